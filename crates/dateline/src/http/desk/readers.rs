//! `/desk/readers/{id}`: a reader's account, with what the desk gives it: a badge, and how its comments come in.

use super::{
    posted::Posted,
    seat::Seat,
    story_fields::one_line,
    turned::{Answer, page},
    ways,
};
use crate::{app::App, app::AppState, clock};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use newsroom::{
    Language, Millis,
    clock::DAY,
    discussion::{
        Comment, Regard,
        account::{imitates_paper, in_force},
        name::own_look,
    },
    staff::Act,
};
use pages::desk::{
    NameRow, ReaderDesk, Said,
    reader::{LONGEST_BADGE, MOST_DAYS},
};
use pages::{Words, words::fill};
use store::{Error, reader::WayKind};

/// Comments on the page.
const MOST: u32 = 50;

pub async fn show(State(app): State<AppState>, Path(id): Path<i64>, seat: Seat) -> Answer {
    seat.needs(&app, Act::Moderate)?;
    screen(&app, &seat, id, None).await
}

async fn screen(app: &App, seat: &Seat, id: i64, refused: Option<&str>) -> Answer {
    let reader = app.store.reader(id).await?;
    let reader = reader.ok_or_else(|| seat.not_here(app, &format!("There is no account {id}.")))?;
    let mut said: Vec<(Comment, Option<String>, String)> = Vec::new();
    for comment in app.store.comments_of_reader(id, None, MOST).await? {
        let story = app.store.story(comment.story).await?;
        let path = story.as_ref().and_then(|s| s.path());
        said.push((comment, path, story.map_or_else(String::new, |s| s.copy.headline)));
    }
    let kind = |way: store::reader::Way| match way.kind {
        WayKind::Mail => "by letter",
        WayKind::Oidc => "with a provider",
        WayKind::Passkey => "with a passkey",
    };
    let ways: Vec<&'static str> = app.store.ways_of(id).await?.into_iter().map(kind).collect();
    let names = app.store.names_of(id).await?.into_iter().map(|held| NameRow {
        current: reader.ended_at.is_none() && held.is_of(&reader.name),
        words: held.words().to_owned(),
        look: held.look,
        free_at: held.free_at,
    });
    let names: Vec<NameRow> = names.collect();
    let (now, desk) = (clock::now(), seat.desk(app).await?);
    let badge = in_force(reader.badge.clone(), now).zip(reader.badge.map(|(_, until)| until));
    let desk = pages::desk::Desk { refused, ..desk };
    let html = app.theme.desk_reader(&ReaderDesk {
        desk: &desk,
        id,
        name: &reader.name,
        since: reader.created_at,
        badge: badge.as_ref().map(|(words, until)| (words.as_str(), *until)),
        regard: reader.regard.filter(|(_, until)| *until > now),
        ways: &ways,
        names: &names,
        said: &said,
    })?;
    let status = if refused.is_none() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page(status, html))
}

/// From the field `days`; `None` where it is no number of days that something may last.
fn until(days: &str, now: Millis) -> Option<Millis> {
    let days = days.trim().parse::<u32>().ok().filter(|d| (1..=MOST_DAYS).contains(d))?;
    Some(now.plus(i64::from(days) * DAY))
}

const DAYS: &str = "The days are a whole number from 1 to 730.";

pub async fn badge(State(app): State<AppState>, Path(id): Path<i64>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let (words, now) = (one_line(form.text("words")), clock::now());
    if words.chars().count() > LONGEST_BADGE {
        return screen(&app, &seat, id, Some("A badge has 60 characters at most.")).await;
    }
    // As a name is: no reader's badge passes for the paper's own.
    let papers = Language::ALL.map(Words::of);
    let papers: Vec<&str> = papers.iter().flat_map(|w| [w.staff, w.author_of_story]).collect();
    let rules = app.house.rules(&app.store, now).await?;
    if imitates_paper(&words, &papers, &rules.reserved) {
        return screen(&app, &seat, id, Some("These words look like a badge of the paper's own.")).await;
    }
    let badge = match (words.as_str(), until(form.text("days"), now)) {
        ("", _) => None,
        (words, Some(until)) => Some((words, until)),
        (_, None) => return screen(&app, &seat, id, Some(DAYS)).await,
    };
    match app.store.give_badge(id, badge, seat.name(), now).await {
        Ok(()) => Ok(ways::on(&format!("/desk/readers/{id}"), Said::AccountSet)),
        Err(Error::Gone(_)) => screen(&app, &seat, id, Some("This account has ended.")).await,
        Err(e) => Err(e.into()),
    }
}

pub async fn regard(State(app): State<AppState>, Path(id): Path<i64>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let now = clock::now();
    let regard = match (form.text("regard"), until(form.text("days"), now)) {
        ("", _) => None,
        (word, Some(until)) => match Regard::parse(word) {
            Some(regard) => Some((regard, until)),
            None => return screen(&app, &seat, id, Some("Choose how the comments come in.")).await,
        },
        (_, None) => return screen(&app, &seat, id, Some(DAYS)).await,
    };
    match app.store.regard_reader(id, regard, seat.name(), now).await {
        Ok(()) => Ok(ways::on(&format!("/desk/readers/{id}"), Said::AccountSet)),
        Err(Error::Gone(_)) => screen(&app, &seat, id, Some("This account has ended.")).await,
        Err(e) => Err(e.into()),
    }
}

/// A name of the account is anybody's again, by its look.
pub async fn free(State(app): State<AppState>, Path(id): Path<i64>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let instead = fill(app.words().holder().account_number, &[("n", &id.to_string())]);
    if own_look(&instead) == form.text("look") {
        return screen(&app, &seat, id, Some("That is its number: an account without a name goes by it."))
            .await;
    }
    match app.store.free_name(id, form.text("look"), &instead, seat.name(), clock::now()).await {
        Ok(()) => Ok(ways::on(&format!("/desk/readers/{id}"), Said::NameFreed)),
        Err(Error::Gone(_)) => screen(&app, &seat, id, Some("This account has no such name any more.")).await,
        Err(Error::Taken(_)) => {
            let why = format!(
                "Another account goes by “{instead}”, which this one would go by then: free that first."
            );
            screen(&app, &seat, id, Some(&why)).await
        }
        Err(e) => Err(e.into()),
    }
}
