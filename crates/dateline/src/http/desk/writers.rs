//! `/desk/writers?name=…&network=…`: what a writer has said, notes on them, and measures against the name.

use super::{
    posted::Posted,
    rule::refused,
    seat::Seat,
    story_fields::one_line,
    turned::{Answer, page},
    ways,
};
use crate::{
    app::{App, AppState},
    clock,
    problem::Fault,
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use newsroom::{
    clock::DAY,
    discussion::{Comment, CommentId, Reach, name::own_look},
    staff::Act,
};
use pages::desk::{Other, Said, Traces, WriterDesk, sanctions::LONGEST_DAYS};
use std::collections::HashMap;
use store::{comment::Whence, sanction::Against};

/// Comments on the page.
const MOST: u32 = 50;
/// Of others, from one address or network.
const MOST_OTHERS: u32 = 20;
/// Addresses (by the day) whose other comments are looked for.
const DAYS_COMPARED: usize = 10;
/// Longest note, in characters.
const LONGEST_NOTE: usize = 500;

pub async fn writer(
    State(app): State<AppState>,
    seat: Seat,
    Query(asked): Query<HashMap<String, String>>,
) -> Answer {
    seat.needs(&app, Act::Moderate)?;
    let asked = |name: &str| asked.get(name).map_or("", String::as_str);
    let (name, network) = (asked("name"), asked("network"));
    let mut said: Vec<(Comment, Option<String>, String)> = Vec::new();
    for comment in app.store.said_by(name, network, MOST).await? {
        let story = app.store.story(comment.story).await?;
        let path = story.as_ref().and_then(|s| s.path());
        said.push((comment, path, story.map_or_else(String::new, |s| s.copy.headline)));
    }
    let notes = app.store.notes_on(name, network).await?;
    let notes: Vec<_> = notes.into_iter().map(|n| (n.at, n.staff, n.text)).collect();
    let desk = seat.desk(&app).await?;
    let standing = app.store.standing_of(name, network).await?;
    let reasons = app.house.reasons(&app.store).await?;
    let traces = traces(&app, name, network).await?;
    let html = app.theme.desk_writer(&WriterDesk {
        desk: &desk,
        reasons: &reasons,
        name,
        network,
        standing,
        said: &said,
        notes: &notes,
        traces: &traces,
    })?;
    Ok(page(StatusCode::OK, html))
}

/// Where the writer's latest comments came from, as far as that can still be compared.
async fn traces(app: &App, name: &str, network: &str) -> Result<Traces, Fault> {
    let now = clock::now();
    let mut traces = Traces { days: app.config.discussion.print_days as i64, ..Traces::default() };
    let mut from: Vec<Whence> = Vec::new();
    for (id, prints) in app.store.prints_of_writer(name, network, MOST).await? {
        if prints.from.day < app.prints.first_kept(now) {
            continue;
        }
        let Some(comment) = app.store.comment(id).await? else { continue };
        traces.known.push((id, comment.at));
        if !from.contains(&prints.from) && from.len() < DAYS_COMPARED {
            from.push(prints.from);
        }
    }
    for whence in &from {
        let said = app.store.said_from(*whence, Reach::Address, name, MOST_OTHERS).await?;
        traces.address.extend(others(app, said).await?);
    }
    if let Some(latest) = from.first() {
        let said = app.store.said_from(*latest, Reach::Network, name, MOST_OTHERS).await?;
        traces.network = others(app, said).await?;
        traces.addresses = app.store.addresses_around(*latest, MOST).await?;
    }
    Ok(traces)
}

async fn others(app: &App, said: Vec<Comment>) -> Result<Vec<Other>, Fault> {
    let mut others = Vec::with_capacity(said.len());
    for comment in said {
        let story = app.store.story(comment.story).await?;
        let path = story.as_ref().and_then(|s| s.path());
        others.push(Other { comment, path, headline: story.map_or_else(String::new, |s| s.copy.headline) });
    }
    Ok(others)
}

/// Comments from where this one came from are held or refused until a date; nobody learns from where.
pub async fn ban(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let days = form.text("days").trim().parse::<u32>().ok().filter(|d| (1..=LONGEST_DAYS).contains(d));
    let (id, reach) = (form.text("comment").parse::<CommentId>().ok(), Reach::parse(form.text("reach")));
    let (Some(days), Some(id), Some(reach)) = (days, id, reach) else {
        let why = format!("A measure needs a comment, how far around it, and days from 1 to {LONGEST_DAYS}.");
        return refused(&app, &seat, &form, &why).await;
    };
    let refuse = form.text("measure") == "refuse";
    if refuse && reach == Reach::Wide {
        let why = "So many people share a wide network that it is never refused; it can be held.";
        return refused(&app, &seat, &form, why).await;
    }
    let now = clock::now();
    let print = match app.store.prints_of(id).await? {
        Some(prints) => app.prints.opened(&app, id, &prints, reach, now).await?,
        None => None,
    };
    let Some(print) = print else {
        let why = format!("Where comment {id} came from is not known any more.");
        return refused(&app, &seat, &form, &why).await;
    };
    let until = now.plus(i64::from(days) * DAY);
    let note = format!("For comment {id}.");
    app.store.add_sanction(Against::Print(reach, print, id), refuse, until, &note, seat.name(), now).await?;
    Ok(ways::on("/desk/sanctions", Said::SanctionAdded))
}

fn place(name: &str, network: &str) -> String {
    format!("/desk/writers?name={}&network={}", ways::encoded(name), ways::encoded(network))
}

pub async fn note(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let text: String = one_line(form.text("text")).chars().take(LONGEST_NOTE).collect();
    let (name, network) = (form.text("name"), form.text("network"));
    // A note on nobody would be found by nobody.
    if text.is_empty() || app.store.said_by(name, network, 1).await?.is_empty() {
        return refused(&app, &seat, &form, "A note needs words, and a writer who has said something.").await;
    }
    app.store.note_writer(name, network, &text, seat.name(), clock::now()).await?;
    Ok(ways::on(&place(name, network), Said::Noted))
}

pub async fn sanction(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let days = form.text("days").trim().parse::<u32>().ok().filter(|d| (1..=LONGEST_DAYS).contains(d));
    let folded = own_look(form.text("name"));
    let (Some(days), false) = (days, folded.is_empty()) else {
        let why = format!("A measure needs a name of letters, and days from 1 to {LONGEST_DAYS}.");
        return refused(&app, &seat, &form, &why).await;
    };
    let now = clock::now();
    let until = now.plus(i64::from(days) * DAY);
    let refuse = form.text("measure") == "refuse";
    let note = format!("For the name {}.", one_line(form.text("name")));
    app.store.add_sanction(Against::Name(&folded), refuse, until, &note, seat.name(), now).await?;
    Ok(ways::on("/desk/sanctions", Said::SanctionAdded))
}
