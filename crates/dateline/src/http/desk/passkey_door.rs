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
    http::question::{self, NoProof},
    passkey::ask_to_enter,
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
    passkey::{Counted, Door, Passkey},
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
    let door = Door::DeskEntrance;
    question::may_ask(&app, reader, door, Words::of(Language::English))?;
    let asked = ask_to_enter(paper).map_err(Fault::broken)?;
    Ok(question::put_at_entrance(&app, asked, door, &headers, "/desk/sign-in", AskedToken::digest).await?)
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
    let holder = question::asked_token(headers).map(|token| token.digest()).unwrap_or_default();
    let find = async |credential: Vec<u8>| -> Result<Option<(Person, Passkey)>, Fault> {
        let Some((kept, staff)) = app.store.find_passkey(&credential).await? else { return Ok(None) };
        let person = app.store.person(staff).await?.filter(|p| p.disabled_at.is_none());
        Ok(person.map(|person| (person, kept)))
    };
    match question::entered(app, form.text("passkey"), &holder, find).await {
        Ok(proved) => Ok(proved),
        Err(NoProof::Late) => Err(again(LATE)),
        Err(NoProof::Wrong) => Err(again(NOT_OPEN)),
        Err(NoProof::CountedBack(person, kept)) => {
            let why = "its device counted back, as if there were a copy";
            app.store.note_refused_passkey(&person, &kept, why, clock::now()).await?;
            Err(again(COUNTED_BACK))
        }
        Err(NoProof::Fault(fault)) => Err(fault.into()),
    }
}
