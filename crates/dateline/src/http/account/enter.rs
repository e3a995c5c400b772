//! `/account/enter/{token}`: where a letter's link leads, and whoever comes from a provider for the first time. The
//! GET only asks, for machines follow links too; the POST signs in, makes the account, or adds the way.

use super::{
    holder::{Fresh, holder, leave},
    on,
    page::{Said, door},
    private,
};
use crate::{
    app::{App, AppState},
    clock,
    edge::from_here,
    problem::Fault,
    readers::EntryLink,
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use newsroom::{
    Millis,
    discussion::{
        account::{NameFault, fit_name},
        name::own_look,
    },
};
use pages::account::{AccountEntry, Entry};
use store::{
    Error,
    reader::{Knock, NewReader, Reader, SignedInReader},
};

/// Who is at the door, and where it leads them.
struct Visit {
    knock: Knock,
    known: Option<Reader>,
    holder: Option<SignedInReader>,
}

impl Visit {
    /// `None` where the link has been used, or is too old.
    async fn of(app: &App, token: &str, headers: &HeaderMap, now: Millis) -> Result<Option<Visit>, Fault> {
        let link = EntryLink::open(&app.doors, token).ok_or(Fault::NotFound)?;
        let knock = app.store.knock(link.knock, now).await?.filter(|knock| link.is_of(knock));
        let Some(knock) = knock else { return Ok(None) };
        let known = app.store.reader_by_way(knock.kind, &knock.digest).await?.map(|(reader, _)| reader);
        let holder = holder(app, headers).await?;
        Ok(Some(Visit { knock, known, holder }))
    }

    /// A way that is nobody's yet is added only to the account that asked for it, in its own session: a link sent
    /// to somebody who is signed in must not open their account to its sender.
    fn entry<'a>(&'a self, typed: &'a str) -> Entry<'a> {
        match (&self.known, self.knock.reader, &self.holder) {
            (Some(known), ..) => Entry::Known(&known.name),
            (None, None, _) => Entry::New(typed),
            (None, Some(asked), Some(holder)) if asked == holder.reader.id => {
                Entry::Another(&holder.reader.name)
            }
            (None, Some(_), _) => Entry::Elsewhere,
        }
    }

    fn page(
        &self,
        app: &App,
        token: &str,
        typed: &str,
        status: StatusCode,
        refusal: &str,
    ) -> Result<Response, Fault> {
        let html = app.theme.account_entry(&AccountEntry {
            paper: &app.paper,
            action: &format!("/account/enter/{token}"),
            way: &self.knock.label,
            entry: self.entry(typed),
            longest_name: app.policy.longest_name,
            refusal,
        })?;
        Ok(private(status, html))
    }
}

pub async fn ask(
    State(app): State<AppState>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    match Visit::of(&app, &token, &headers, clock::now()).await? {
        Some(visit) => visit.page(&app, &token, &visit.knock.name, StatusCode::OK, ""),
        None => over(&app),
    }
}

fn over(app: &App) -> Result<Response, Fault> {
    let words = app.words().holder().link_over;
    door(app, StatusCode::GONE, "", "", words)
}

pub async fn enter(
    State(app): State<AppState>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    from_here(&headers, &app.paper.address)?;
    let now = clock::now();
    let Some(visit) = Visit::of(&app, &token, &headers, now).await? else { return over(&app) };
    let knock = &visit.knock;
    let typed = super::field(&body, "name");
    let done = match visit.entry(&typed) {
        Entry::Known(_) => {
            let reader = visit.known.as_ref().map_or(0, |known| known.id);
            let fresh = Fresh::of(&app, &headers)?;
            let begun = app.store.begin_session(&fresh.session(), reader, knock, now).await;
            begun.map(|()| (Said::SignedIn, fresh.cookies.to_vec()))
        }
        Entry::Another(_) => {
            let reader = visit.holder.as_ref().map_or(0, |holder| holder.reader.id);
            app.store.add_way(knock, reader, now).await.map(|()| (Said::WayAdded, vec![]))
        }
        Entry::Elsewhere => return visit.page(&app, &token, "", StatusCode::FORBIDDEN, ""),
        Entry::New(_) => {
            let refuse = |fault: NameFault| {
                visit.page(
                    &app,
                    &token,
                    &typed,
                    StatusCode::UNPROCESSABLE_ENTITY,
                    &app.words().name_fault(fault),
                )
            };
            let rules = app.house.rules(&app.store, now).await?;
            let name = match fit_name(&typed, app.policy.longest_name, &rules.reserved) {
                Ok(name) => name,
                Err(fault) => return refuse(fault),
            };
            if app.store.reader_of_name(&name, now).await?.is_some() {
                return refuse(NameFault::Taken);
            }
            let fresh = Fresh::of(&app, &headers)?;
            let new = NewReader { name: &name, look: &own_look(&name), session: fresh.session() };
            match app.store.add_reader(&new, knock, now).await {
                Err(Error::Taken("name")) => return refuse(NameFault::Taken),
                made => made.map(|_| (Said::Made, fresh.cookies.to_vec())),
            }
        }
    };
    match done {
        Ok((said, cookies)) => {
            if !cookies.is_empty() {
                leave(&app, visit.holder).await?;
            }
            on(said, &cookies)
        }
        // Somebody was quicker with the same link, or the account ended meanwhile.
        Err(Error::Taken(_) | Error::Gone(_)) => over(&app),
        Err(e) => Err(e.into()),
    }
}
