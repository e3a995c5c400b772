//! A question for a passkey, put to a browser, and what its answer proves; the same at the desk's doors and at readers'.

use crate::{
    app::App,
    clock,
    edge::ReaderAddress,
    passkey::{Added, Adding, Entering, MOST_QUESTIONS, NotProved, Question, RelyingParty, TIME_TO_ANSWER},
    problem::Fault,
    staff::AskedToken,
};
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use pages::{Words, words::counted};
use store::passkey::{Asked, Counted, Door, Passkey};

/// Questions for one address in a minute, at the desk's doors and at readers'. A page asks by itself when it opens, and
/// again after some minutes.
const QUESTIONS_PER_MINUTE: u32 = 30;

/// For a whole network, /24 or /48, at each entrance: in the five minutes that a question is open it fills a sixteenth of
/// what is kept. Whoever is signed in is not counted with the strangers around them.
const QUESTIONS_PER_NETWORK: u32 = 120;

/// The paper as browsers know it, or why they do not.
pub fn party(app: &App) -> Result<&RelyingParty, Fault> {
    app.passkeys.as_ref().map_err(|why| Fault::refused("no-passkeys", why.words(), None))
}

/// Where a browser must be for them; `None` where the paper can have none.
pub fn origin(app: &App) -> Option<&str> {
    app.passkeys.as_ref().ok().map(RelyingParty::origin)
}

/// A question is a row: nobody makes them by the thousand. Each door has a count of its own. One too many is refused in
/// these words.
pub fn may_ask(app: &App, reader: ReaderAddress, door: Door, words: &Words) -> Result<(), Fault> {
    let now = clock::now();
    let (side, entrance) = match door {
        Door::DeskEntrance => (0, true),
        Door::Desk => (0x6465_736b, false),
        Door::AccountEntrance => (0x7264_7273, true),
        Door::Account => (0x6163_6374, false),
    };
    // Whoever is refused for themselves uses up nothing of their neighbours'.
    let few = app.asked.count(app.edge.near(reader) ^ side, now).last_minute < QUESTIONS_PER_MINUTE
        && (!entrance
            || app.asked.count(app.edge.masked(reader) ^ side, now).last_minute < QUESTIONS_PER_NETWORK);
    if few {
        return Ok(());
    }
    Err(Fault::TooMany { detail: counted(words, words.holder().many_tries, 60), wait: 60 })
}

/// Keeps the question for whoever is `holder`, and puts it to their browser.
pub async fn put(app: &App, question: Question, door: Door, holder: String) -> Result<Response, Fault> {
    let now = clock::now();
    let Question { challenge, state, options } = question;
    let asked = Asked { door, challenge, holder, state, until: now.plus(TIME_TO_ANSWER) };
    app.store.ask_for_passkey(asked, MOST_QUESTIONS, now).await?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::OK, headers, options.to_string()).into_response())
}

/// The word that the asked browser brings back.
pub fn asked_token(headers: &HeaderMap) -> Option<AskedToken> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    cookies.filter_map(AskedToken::of_cookies).next()
}

/// Puts it to whoever stands at an entrance below `path`, where `holder` says for what the browser's word is. A browser
/// that was asked before keeps its word, so that two of its windows do not disturb each other.
pub async fn put_at_entrance(
    app: &App,
    question: Question,
    door: Door,
    headers: &HeaderMap,
    path: &str,
    holder: impl FnOnce(&AskedToken) -> String,
) -> Result<Response, Fault> {
    let token = match asked_token(headers) {
        Some(token) => token,
        None => AskedToken::random().map_err(Fault::broken)?,
    };
    let mut reply = put(app, question, door, holder(&token)).await?;
    let cookie = token.cookie(path, TIME_TO_ANSWER / 1000, app.paper.address.starts_with("https://"));
    reply.headers_mut().insert(header::SET_COOKIE, HeaderValue::try_from(cookie).map_err(Fault::broken)?);
    Ok(reply)
}

/// Why an answer opens nothing and adds nothing. What was wrong with it stands in the log.
pub enum NoProof<W = ()> {
    /// It came late, twice, or from where nobody was asked.
    Late,
    Wrong,
    /// Its device counted back, as if there were a copy of the passkey; whose it is.
    CountedBack(W, Passkey),
    Fault(Fault),
}

impl<W, E: Into<Fault>> From<E> for NoProof<W> {
    fn from(why: E) -> NoProof<W> {
        NoProof::Fault(why.into())
    }
}

fn wrong<W>(why: &str) -> NoProof<W> {
    tracing::info!(why, "an answer with a passkey was refused");
    NoProof::Wrong
}

fn disproved<W>(why: NotProved) -> NoProof<W> {
    match why {
        NotProved::Broken(why) => NoProof::Fault(Fault::broken(why)),
        why => wrong(&why.to_string()),
    }
}

/// Whose passkey has answered what `holder` was asked: `find` knows whom it opens for, and with what.
pub async fn entered<W>(
    app: &App,
    answer: &str,
    holder: &str,
    find: impl AsyncFnOnce(Vec<u8>) -> Result<Option<(W, Passkey)>, Fault>,
) -> Result<(W, Passkey, Counted), NoProof<W>> {
    let paper = party(app)?;
    let entering = Entering::read(answer).map_err(disproved::<W>)?;
    let state = app.store.take_challenge(&entering.challenge, holder, clock::now()).await?;
    let state = state.ok_or(NoProof::<W>::Late)?;
    let (whose, kept) =
        find(entering.credential()).await?.ok_or_else(|| wrong::<W>("it opens for nobody"))?;
    match entering.prove(paper, &state, &kept) {
        Ok(entered) => {
            let counted = Counted { uses: entered.uses, backup: entered.backup.into() };
            Ok((whose, kept, counted))
        }
        Err(NotProved::CountedBack) => {
            tracing::warn!(
                passkey = kept.id,
                "a passkey was refused: its device counted back, as if there were a copy"
            );
            Err(NoProof::CountedBack(whose, kept))
        }
        Err(why) => Err(disproved(why)),
    }
}

/// A new passkey, made for what `holder` was asked.
pub async fn added(app: &App, answer: &str, holder: &str) -> Result<Added, NoProof> {
    let paper = party(app)?;
    let adding = Adding::read(answer).map_err(disproved::<()>)?;
    let state = app.store.take_challenge(&adding.challenge, holder, clock::now()).await?;
    adding.prove(paper, &state.ok_or(NoProof::<()>::Late)?).map_err(disproved)
}
