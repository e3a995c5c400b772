//! Who sits at the desk: a living session with its person, and what they may do.

use super::{
    turned::{Turned, page},
    ways,
};
use crate::{
    app::{App, AppState},
    clock,
    problem::Fault,
    staff::{SPAN, SessionToken, is_proof, proof},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use newsroom::{
    Millis,
    passkey::CameBy,
    staff::{Act, Role},
};
use pages::desk::{Carried, Desk, Refusal, Said};
use store::staff::Person;

pub struct Seat {
    pub person: Person,
    pub session: i64,
    pub by: CameBy,
    /// When the session began.
    pub since: Millis,
    token: SessionToken,
    /// Stands in every form of their pages.
    csrf: String,
    said: Option<Said>,
}

impl Seat {
    /// By the cookie; `None` where nobody is signed in.
    pub async fn of(app: &App, headers: &HeaderMap, query: &str) -> Result<Option<Seat>, Fault> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
        let Some(token) = cookies.filter_map(SessionToken::of_cookies).next() else { return Ok(None) };
        let found = app.store.find_session(&token.digest(), SPAN, clock::now()).await?;
        Ok(found.map(|signed_in| Seat {
            person: signed_in.person,
            session: signed_in.session,
            by: if signed_in.by_passkey { CameBy::Passkey } else { CameBy::Password },
            since: signed_in.since,
            csrf: proof(&token),
            token,
            said: form_urlencoded::parse(query.as_bytes())
                .find(|(name, _)| name == "said")
                .and_then(|(_, code)| Said::parse(&code)),
        }))
    }

    /// Right after signing in.
    pub fn new(person: Person, session: i64, by: CameBy, token: SessionToken) -> Seat {
        Seat { person, session, by, since: clock::now(), csrf: proof(&token), token, said: None }
    }

    /// Whether this session may go there: one that began with a password stays at its holder's own page where the
    /// paper asks for a passkey.
    pub fn reaches(&self, app: &App, path: &str) -> bool {
        app.config.staff.passkeys.opens(self.by) || ways::is_own_page(path)
    }

    pub fn name(&self) -> &str {
        &self.person.name
    }

    pub fn may(&self, act: Act) -> bool {
        self.person.role.may(act)
    }

    /// Whether a form came from a page of this session.
    pub fn sent(&self, csrf: &str) -> bool {
        is_proof(&self.token, csrf)
    }

    /// Goes on where the person may; else a page that says so, and to whom to turn.
    pub fn needs(&self, app: &App, act: Act) -> Result<(), Turned> {
        if self.may(act) {
            return Ok(());
        }
        Err(self.barred(app, act, &[]))
    }

    /// This is not open to the person; with all that was typed.
    pub fn barred(&self, app: &App, act: Act, typed: &[Carried]) -> Turned {
        let roles: Vec<&str> = Role::ALL.into_iter().filter(|r| r.may(act)).map(Role::as_str).collect();
        let what = format!("You are signed in as {}, {}.", self.name(), self.person.role.as_str());
        let mend = format!("This takes the role {}. An admin of the paper can give it.", roles.join(" or "));
        let refusal = Refusal { title: "This is not open to you", what: &what, mend: &mend, typed };
        self.turned(app, StatusCode::FORBIDDEN, &refusal)
    }

    /// There is nothing of that kind and number.
    pub fn not_here(&self, app: &App, what: &str) -> Turned {
        let mend = "It may have been removed meanwhile, or the address is mistyped.";
        self.refusal(app, StatusCode::NOT_FOUND, "There is nothing here", what, mend)
    }

    pub fn refusal(&self, app: &App, status: StatusCode, title: &str, what: &str, mend: &str) -> Turned {
        self.turned(app, status, &Refusal { title, what, mend, typed: &[] })
    }

    pub fn turned(&self, app: &App, status: StatusCode, refusal: &Refusal<'_>) -> Turned {
        match app.theme.desk_refusal(&self.bare(app), refusal) {
            Ok(html) => page(status, html).into(),
            Err(fault) => fault.into(),
        }
    }

    /// What stands around a screen, with the number of comments that wait.
    pub async fn desk<'a>(&'a self, app: &'a App) -> Result<Desk<'a>, Fault> {
        let held = if self.may(Act::Moderate) { app.store.count_held().await? } else { 0 };
        Ok(Desk { held, said: self.said, ..self.bare(app) })
    }

    pub(super) fn bare<'a>(&'a self, app: &'a App) -> Desk<'a> {
        let person = pages::desk::Person { name: self.name(), role: self.person.role };
        Desk {
            paper: &app.paper,
            person: Some(person),
            csrf: &self.csrf,
            now: clock::now(),
            held: 0,
            said: None,
            refused: None,
        }
    }

    /// Where this person's work begins.
    pub fn home(&self) -> &'static str {
        match self.may(Act::Edit) {
            true => "/desk",
            false => "/desk/queue",
        }
    }
}

/// Nobody there is sent to the door, and back after it.
impl FromRequestParts<AppState> for Seat {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Seat, Turned> {
        let query = parts.uri.query().unwrap_or("");
        if let Some(seat) = Seat::of(app, &parts.headers, query).await? {
            return match seat.reaches(app, parts.uri.path()) {
                true => Ok(seat),
                false => Err(ways::go("/desk/sessions").into()),
            };
        }
        let here = parts.uri.path_and_query().map_or("/desk", |p| p.as_str());
        Err(match here {
            "/desk" => ways::go("/desk/sign-in").into(),
            here => ways::go(&format!("/desk/sign-in?next={}", ways::encoded(here))).into(),
        })
    }
}
