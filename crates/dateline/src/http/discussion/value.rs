//! `POST …/comments/{id}/value`: a reader marks a comment as valuable, once.

use super::{receipt::words_of, writer::Writer};
use crate::{
    app::{App, AppState},
    clock,
    edge::{ReaderAddress, from_here},
    http::{
        site::{path::StoryPath, thread::place},
        wants_json,
    },
    problem::Fault,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use newsroom::discussion::{
    Comment, CommentId, Reach, State as Standing,
    value::{Voter, rested},
};
use serde_json::json;
use store::comment::{Mark, Marked};

/// A random word in the reader's own browser, so that one reader counts once; it names nobody.
const COOKIE: &str = "dateline_voter";

pub async fn value(
    State(app): State<AppState>,
    StoryPath { address, comment }: StoryPath,
    reader: ReaderAddress,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    from_here(&headers, &app.paper.address)?;
    let id = comment.ok_or(Fault::NotFound)?;
    let comment =
        app.store.comment(id).await?.filter(|c| c.state == Standing::Shown).ok_or(Fault::NotFound)?;
    let story = app.house.story(&app.store, &address).await?.ok_or(Fault::NotFound)?;
    if story.id != comment.story {
        return Err(Fault::NotFound);
    }
    // Whoever is signed in counts by the account, in whichever browser; another word for each comment, so that what is
    // kept does not say what else the account has marked.
    let account = Writer::of_cookies(&app, &headers).await?.account();
    let account = account.map(|account| app.receipts.seal("mark", &format!("{account} {id}")));
    let mut fresh = None;
    match account.as_deref() {
        Some(account) => mark(&app, &comment, account, Voter::Account, reader).await?,
        None => {
            let voter = match voter_of(&headers) {
                Some(voter) => voter,
                None => fresh.insert(fresh_voter()?).clone(),
            };
            mark(&app, &comment, &voter, Voter::Browser, reader).await?;
        }
    }
    let mut reply = if wants_json("", &headers) {
        let valued = app.store.comment(id).await?.map_or(0, |c| c.valued);
        axum::Json(json!({ "id": id, "valued": valued })).into_response()
    } else {
        let to = place(&app, &address, &comment).await?;
        (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
    };
    if let Some(voter) = fresh {
        let secure = if app.paper.address.starts_with("https://") { "; Secure" } else { "" };
        let cookie = format!("{COOKIE}={voter}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
        let cookie = header::HeaderValue::try_from(cookie).map_err(Fault::broken)?;
        reply.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(reply)
}

/// What a network's print is made for: another for each comment, so that nobody reads off what else was marked from
/// there.
fn purpose(kind: Voter, comment: CommentId) -> String {
    match kind {
        Voter::Browser => format!("marked {comment} from "),
        Voter::Account => format!("marked {comment} with an account from "),
    }
}

/// Marks a shown comment, once for each voter, with a limit for each address, for the wide network around it, and for
/// what comes to one comment from the network around.
pub async fn mark(
    app: &App,
    comment: &Comment,
    voter: &str,
    kind: Voter,
    reader: ReaderAddress,
) -> Result<(), Fault> {
    if app.policy.limits_off {
        let mark = Mark { voter, networks: &[], most: kind.most() };
        app.store.value_comment(comment, &mark).await?;
        return Ok(());
    }
    let now = clock::now();
    let prints = [app.edge.near(reader), app.edge.around(reader, Reach::Wide)];
    let [near, around] = prints.map(|print| app.votes.count(print, now).last_hour);
    let nothing = || prints.iter().for_each(|print| app.votes.take_back(*print, now));
    if !rested(near, around) {
        nothing();
        let detail = words_of(app, comment.id).await?.too_many_values.into();
        return Err(Fault::TooMany { detail, wait: 3600 });
    }
    let networks = app.prints.of(app, reader, now).await?.networks_for(&purpose(kind, comment.id));
    let mark = Mark { voter, networks: &networks, most: kind.most() };
    match app.store.value_comment(comment, &mark).await? {
        Marked::Now => {}
        Marked::Before => nothing(),
        Marked::Enough => {
            nothing();
            let detail = words_of(app, comment.id).await?.enough_values.into();
            // Until then the network is known again at most.
            let wait = (app.prints.ends(now).0 - now.0) / 1000;
            return Err(Fault::TooMany { detail, wait: u32::try_from(wait).unwrap_or(u32::MAX) });
        }
    }
    Ok(())
}

/// A voter's word as this paper makes them: 128 bits in hexadecimal.
pub fn read_voter(word: &str) -> Option<String> {
    let genuine = word.len() == 32 && word.bytes().all(|b| b.is_ascii_hexdigit());
    genuine.then(|| word.to_ascii_lowercase())
}

fn voter_of(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, voter) = pairs.find(|(name, _)| *name == COOKIE)?;
    read_voter(voter)
}

fn fresh_voter() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(Fault::broken)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_another_under_each_comment() {
        let all = [(Voter::Browser, 1), (Voter::Browser, 12), (Voter::Account, 1), (Voter::Account, 12)];
        let purposes: std::collections::HashSet<String> = all.map(|(kind, id)| purpose(kind, id)).into();
        assert_eq!(purposes.len(), 4);
    }
}
