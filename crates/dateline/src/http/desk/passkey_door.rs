//! Coming in with a passkey: the question put to a browser, and its answer.

use super::{
    door,
    sent_form::SentForm,
    turned::{Answer, Turned},
};
use crate::{
    app::{App, AppState},
    clock,
    edge::{ReaderAddress, from_here},
    http::question,
    passkey::{Entering, NotProved, ask_to_enter},
    problem::Fault,
    staff::{AskedToken, SignInDoor, SignInTries},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use newsroom::Language;
use pages::Words;
use store::{
    passkey::{Counted, Passkey},
    staff::Person,
};

const NOT_OPEN: &str = "This passkey does not open the desk.";
const LATE: &str = "That took too long, or was sent twice. Please try again.";
const COUNTED_BACK: &str = "This passkey is refused: by its device\u{2019}s count it was used less often than here, as if there \
                            were a copy of it. Sign in another way and remove it.";

/// A question for whoever stands at the door.
pub async fn ask(State(app): State<AppState>, reader: ReaderAddress, headers: HeaderMap) -> Answer {
    from_here(&headers, &app.paper.address)?;
    let paper = question::party(&app)?;
    question::may_ask(&app, reader, Words::of(Language::English))?;
    let asked = ask_to_enter(paper).map_err(Fault::broken)?;
    Ok(question::put_at_door(&app, asked, &headers, "/desk/sign-in", AskedToken::digest).await?)
}

pub async fn sign_in(
    State(app): State<AppState>,
    reader: ReaderAddress,
    headers: HeaderMap,
    form: SentForm,
) -> Answer {
    from_here(&headers, &app.paper.address)?;
    // There is no name to guess; a forged answer costs its sender as much as a wrong password.
    let tries = SignInTries {
        flood: &app.sign_ins,
        door: SignInDoor::Desk,
        address: app.edge.near(reader),
        name: "",
    };
    if let Some(wait) = tries.wait(clock::now()) {
        return Ok(door::too_many(&app, &form, wait)?);
    }
    let (person, passkey, counted) = proved(&app, &headers, &form).await?;
    tries.forget();
    let begun = door::begin(&app, person, Some((&passkey, &counted)), &headers).await?;
    Ok(door::led_in(&app, begun, &form)?)
}

/// Who answered, with what; or the door again, with words that say no more than needed.
async fn proved(
    app: &App,
    headers: &HeaderMap,
    form: &SentForm,
) -> Result<(Person, Passkey, Counted), Turned> {
    let again =
        |words: &str| -> Turned { door::again(app, StatusCode::UNPROCESSABLE_ENTITY, form, words).into() };
    let refused = |why: &str| {
        tracing::info!(why, "a passkey was refused");
        again(NOT_OPEN)
    };
    let paper = question::party(app)?;
    let now = clock::now();
    let entering = match Entering::read(form.text("passkey")) {
        Ok(entering) => entering,
        Err(why) => return Err(refused(&why.to_string())),
    };
    let holder = question::asked_token(headers).map(|token| token.digest()).unwrap_or_default();
    let Some(state) = app.store.take_challenge(&entering.challenge, &holder, now).await? else {
        tracing::info!("an answer with a passkey came late, twice or from elsewhere");
        return Err(again(LATE));
    };
    let Some((kept, staff)) = app.store.find_passkey(&entering.credential()).await? else {
        return Err(refused("nobody has it"));
    };
    let Some(person) = app.store.person(staff).await?.filter(|p| p.disabled_at.is_none()) else {
        return Err(refused("its holder's account is disabled"));
    };
    match entering.prove(paper, &state, &kept) {
        Ok(entered) => {
            let counted = Counted { uses: entered.uses, backup: entered.backup.into() };
            Ok((person, kept, counted))
        }
        Err(NotProved::CountedBack) => {
            let why = "its device counted back, as if there were a copy";
            tracing::warn!(passkey = kept.id, "a passkey was refused: {why}");
            app.store.note_refused_passkey(&person, &kept, why, now).await?;
            Err(again(COUNTED_BACK))
        }
        Err(NotProved::Broken(why)) => Err(Fault::broken(why).into()),
        Err(why) => Err(refused(&why.to_string())),
    }
}
