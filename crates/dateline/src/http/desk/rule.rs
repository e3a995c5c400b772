//! Rulings at the desk: one comment shown or removed, or all that are ticked.

use super::{
    posted::Posted,
    queue,
    seat::Seat,
    sent_form::SentForm,
    turned::{Answer, Turned},
    ways,
};
use crate::{
    app::{App, AppState},
    clock,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use newsroom::{
    discussion::{CommentId, Reason, Ruling, State as CommentState},
    staff::Act,
};
use pages::desk::Said;
use store::Error;

/// Longest note to a comment's writer, in characters.
const LONGEST_NOTE: usize = 1_000;
/// Comments ruled on at once.
const MOST_TICKS: usize = 100;

const NO_REASON: &str = "Choose a reason: whoever wrote the comment is told why it was removed.";

pub async fn show(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    decide(&app, &seat, id, Ruling::Show, None, "").await?;
    Ok(ways::on(back(&form), Said::Shown))
}

pub async fn remove(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let Some(reason) = Reason::parse(form.text("reason")) else {
        return refused(&app, &seat, &form, NO_REASON).await;
    };
    let note: String = form.text("note").trim().chars().take(LONGEST_NOTE).collect();
    decide(&app, &seat, id, Ruling::Remove, Some(reason), &note).await?;
    Ok(ways::on(back(&form), Said::Removed))
}

pub async fn ticked(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let ruling = Ruling::parse(form.text("ruling")).filter(|r| *r != Ruling::Hold);
    let reason = Reason::parse(form.text("reason"));
    let ticks: Vec<CommentId> = form.all("tick").filter_map(|id| id.parse().ok()).take(MOST_TICKS).collect();
    let why = match ruling {
        None => Some("Choose whether the ticked comments are shown or removed."),
        Some(_) if ticks.is_empty() => Some("No comment is ticked."),
        Some(Ruling::Remove) if reason.is_none() => Some(NO_REASON),
        Some(_) => None,
    };
    let (None, Some(ruling)) = (why, ruling) else {
        return refused(&app, &seat, &form, why.unwrap_or_default()).await;
    };
    let reason = reason.filter(|_| ruling == Ruling::Remove);
    for id in ticks {
        match app.store.rule(id, ruling, reason, "", seat.name(), clock::now()).await {
            // Another moderator was quicker with this one: theirs stands.
            Ok(_) | Err(Error::Taken(_) | Error::Gone(_)) => {}
            Err(e) => return Err(e.into()),
        }
    }
    Ok(ways::on(back(&form), Said::Ruled))
}

async fn decide(
    app: &App,
    seat: &Seat,
    id: CommentId,
    ruling: Ruling,
    reason: Option<Reason>,
    note: &str,
) -> Result<(), Turned> {
    match app.store.rule(id, ruling, reason, note, seat.name(), clock::now()).await {
        Ok(_) => Ok(()),
        Err(Error::Gone(_)) => Err(seat.not_here(app, &format!("There is no comment {id}."))),
        Err(Error::Taken(_)) => Err(seat.refusal(
            app,
            StatusCode::CONFLICT,
            "Ruled on meanwhile",
            &format!("Another moderator ruled on comment {id} at the same moment."),
            "Go back to the queue to see what they decided.",
        )),
        Err(e) => Err(e.into()),
    }
}

/// The page of the queue that the form stood on.
pub(super) fn back(form: &SentForm) -> &str {
    ways::own(form.text("back")).filter(|b| b.starts_with("/desk/queue")).unwrap_or("/desk/queue")
}

/// That page again, saying why nothing was done.
pub(super) async fn refused(app: &App, seat: &Seat, form: &SentForm, why: &str) -> Answer {
    let query = back(form).split('#').next().and_then(|b| b.split_once('?')).map_or("", |(_, query)| query);
    let asked = |name: &str| {
        let found = form_urlencoded::parse(query.as_bytes()).find(|(n, _)| n == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let state = CommentState::parse(&asked("state")).unwrap_or(CommentState::Held);
    queue::screen(app, seat, state, asked("after").parse().ok(), Some(why)).await
}
