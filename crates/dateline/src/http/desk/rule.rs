//! Rulings at the desk: one comment shown, removed, cut, or all that are ticked; and rulings taken back.

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
    appeals, clock,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use newsroom::{
    discussion::{CommentId, Reason, Ruling, View, cut::cut as cut_out},
    staff::Act,
};
use pages::desk::{Refusal, Said};
use store::{
    Error,
    comment::{Decided, Decision, Undone},
};

/// Longest note to a comment's writer, in characters.
const LONGEST_NOTE: usize = 1_000;

const NO_REASON: &str = "Choose a reason: whoever wrote the comment is told why it was removed.";

pub async fn show(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted.may(&app, Act::Moderate)?;
    let decided = decide(&app, &seat, &form, id, Ruling::Show, None).await?;
    Ok(done(&form, decided, Said::Shown))
}

pub async fn remove(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted.may(&app, Act::Moderate)?;
    let Some(reason) = chosen(&app, &form, "reason").await? else {
        return refused(&app, &seat, &form, NO_REASON).await;
    };
    let decided = decide(&app, &seat, &form, id, Ruling::Remove, Some(reason)).await?;
    Ok(done(&form, decided, Said::Removed))
}

pub async fn cut(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted.may(&app, Act::Moderate)?;
    let Some(reason) = chosen(&app, &form, "because").await? else {
        return refused(&app, &seat, &form, NO_REASON).await;
    };
    let comment = app.store.comment(id).await?;
    let comment = comment.ok_or_else(|| seat.not_here(&app, &format!("There is no comment {id}.")))?;
    if cut_out(&comment.text, form.text("passage")).is_none() {
        let why = "That passage does not stand in the comment, or is all of it. Leave in the field only the \
                   words that go.";
        return refused(&app, &seat, &form, why).await;
    }
    let decided = decide(&app, &seat, &form, id, Ruling::Cut, Some(reason)).await?;
    Ok(done(&form, decided, Said::PassageCut))
}

pub async fn hold(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted.may(&app, Act::Moderate)?;
    let decided = decide(&app, &seat, &form, id, Ruling::Hold, None).await?;
    Ok(done(&form, decided, Said::Held))
}

pub async fn warn(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted.may(&app, Act::Moderate)?;
    if form.text("note").trim().is_empty() {
        return refused(&app, &seat, &form, "Write the warning: its writer reads it on the receipt.").await;
    }
    let decided = decide(&app, &seat, &form, id, Ruling::Warn, None).await?;
    Ok(done(&form, decided, Said::Warned))
}

/// Back to the queue. Its script, which stays there, is told where nothing was changed: so there is nothing to undo.
fn done(form: &SentForm, decided: Decided, said: Said) -> Response {
    match decided {
        Decided::Already(_) if form.text("stays") == "on" => StatusCode::NO_CONTENT.into_response(),
        _ => ways::on(back(form), said),
    }
}

/// Takes back one's own latest ruling on a comment.
pub async fn undo(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted.may(&app, Act::Moderate)?;
    match app.store.undo_ruling(id, seat.name(), form.number("seen"), clock::now()).await {
        Ok(undone) => {
            let said = if undone == Undone::Already { Said::UndoneAlready } else { Said::Undone };
            Ok(at_row(&form, id, said))
        }
        Err(Error::Gone(_)) => refused(&app, &seat, &form, "There is no ruling of yours to take back.").await,
        Err(Error::Taken(_)) => Err(meanwhile(&app, &seat, id, &form)),
        Err(e) => Err(e.into()),
    }
}

/// Takes back what this person ruled last, be it on one comment or on many at a stroke: that stroke which the page
/// offered, named by one of its comments, and never the one before it.
pub async fn undo_last(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted.may(&app, Act::Moderate)?;
    let now = clock::now();
    let (who, of, since) = (seat.name(), form.number("of"), now.plus(-queue::UNDO_WITHIN));
    let last = app.store.last_ruled_by(who, of, since, queue::MOST_TICKS).await?;
    let mut already = match of {
        Some(of) if last.is_empty() && app.store.is_taken_back(of, who).await? => Some(of),
        _ => None,
    };
    let mut undone = Vec::new();
    for id in last {
        match app.store.undo_ruling(id, who, None, now).await {
            Ok(Undone::Done(_)) => undone.push(id),
            Ok(Undone::Already) => already = Some(id),
            // Another moderator has ruled on it since: theirs stands.
            Err(Error::Taken(_) | Error::Gone(_)) => {}
            Err(e) => return Err(e.into()),
        }
    }
    match (undone.first(), already) {
        (Some(first), _) => Ok(at_row(&form, *first, Said::Undone)),
        (None, Some(first)) => Ok(at_row(&form, first, Said::UndoneAlready)),
        (None, None) => refused(&app, &seat, &form, "There is no ruling of yours to take back.").await,
    }
}

/// Back to the page of the queue, at a comment.
fn at_row(form: &SentForm, id: CommentId, said: Said) -> Response {
    let place = back(form).split('#').next().unwrap_or_default();
    ways::on(&format!("{place}#c-{id}"), said)
}

/// A tick is a comment's number, and after a dot the latest ruling that was seen of it.
fn tick(text: &str) -> Option<(CommentId, Option<i64>)> {
    match text.split_once('.') {
        Some((id, seen)) => Some((id.parse().ok()?, Some(seen.parse().ok()?))),
        None => Some((text.parse().ok()?, None)),
    }
}

pub async fn ticked(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted.may(&app, Act::Moderate)?;
    let leave = form.text("ruling") == "leave";
    let ruling = Ruling::parse(form.text("ruling")).filter(|r| matches!(r, Ruling::Show | Ruling::Remove));
    let reason = chosen(&app, &form, "reason").await?;
    let ticks: Vec<_> = form.all("tick").filter_map(tick).take(queue::MOST_TICKS as usize).collect();
    let why = match ruling {
        _ if ticks.is_empty() => Some("No comment is ticked."),
        _ if leave => None,
        None => Some("Choose whether the ticked comments are shown or removed."),
        Some(Ruling::Remove) if reason.is_none() => Some(NO_REASON),
        Some(_) => None,
    };
    if let Some(why) = why {
        return refused(&app, &seat, &form, why).await;
    }
    let Some(ruling) = ruling else {
        let ids: Vec<CommentId> = ticks.into_iter().map(|(id, _)| id).collect();
        app.store.mark_read(&ids).await?;
        return Ok(ways::on(back(&form), Said::Read));
    };
    let reason = reason.filter(|_| ruling == Ruling::Remove);
    // One moment for all: what was ruled at a stroke is taken back at a stroke.
    let now = clock::now();
    let (mut ruled, mut left) = (0, 0);
    for (comment, seen) in ticks {
        if appeals::is_own(&app, seat.name(), comment).await? {
            left += 1;
            continue;
        }
        let (passage, note, who) = ("", "", seat.name());
        let decision = Decision { comment, ruling, reason, passage, note, who, seen, now };
        match app.store.decide(&decision).await {
            Ok(_) => ruled += 1,
            // Another moderator was quicker with this one: theirs stands.
            Err(Error::Taken(_)) => left += 1,
            Err(Error::Gone(_)) => {}
            Err(e) => return Err(e.into()),
        }
    }
    if left > 0 {
        let why = format!(
            "Ruled on {ruled}. {left} stayed as they were: another moderator has ruled on them since you saw them, or \
             the writer appeals against your own ruling."
        );
        return refused(&app, &seat, &form, &why).await;
    }
    Ok(ways::on(back(&form), Said::Ruled))
}

/// The reason that a field names, if the paper uses it.
async fn chosen(app: &App, form: &SentForm, field: &str) -> Result<Option<Reason>, Turned> {
    Ok(app.house.reasons(&app.store).await?.usable(form.text(field)))
}

async fn decide(
    app: &App,
    seat: &Seat,
    form: &SentForm,
    id: CommentId,
    ruling: Ruling,
    reason: Option<Reason>,
) -> Result<Decided, Turned> {
    if appeals::is_own(app, seat.name(), id).await? {
        return Err(seat.refusal(
            app,
            StatusCode::FORBIDDEN,
            "Somebody else decides this",
            "The writer appeals against your own ruling.",
            "Another moderator decides it; undo takes your ruling back.",
        ));
    }
    let note: String = form.text("note").trim().chars().take(LONGEST_NOTE).collect();
    let decision = Decision {
        comment: id,
        ruling,
        reason,
        passage: form.text("passage"),
        note: &note,
        who: seat.name(),
        seen: form.number("seen"),
        now: clock::now(),
    };
    match app.store.decide(&decision).await {
        Ok(decided) => Ok(decided),
        Err(Error::Gone(_)) => Err(seat.not_here(app, &format!("There is no comment {id}."))),
        Err(Error::Taken(_)) => Err(meanwhile(app, seat, id, form)),
        Err(e) => Err(e.into()),
    }
}

fn meanwhile(app: &App, seat: &Seat, id: CommentId, form: &SentForm) -> Turned {
    let refusal = Refusal {
        title: "Ruled on meanwhile",
        what: &format!(
            "Another moderator has ruled on comment {id} since you saw it, or its text was changed."
        ),
        mend: "Go back to the queue to see what they decided; nothing was done.",
        typed: &form.carried(),
    };
    seat.turned(app, StatusCode::CONFLICT, &refusal)
}

/// The page of the queue that the form stood on.
pub(super) fn back(form: &SentForm) -> &str {
    ways::own_queue(form.text("back")).unwrap_or("/desk/queue")
}

/// That page again, saying why nothing was done.
pub(super) async fn refused(app: &App, seat: &Seat, form: &SentForm, why: &str) -> Answer {
    let query = back(form).split('#').next().and_then(|b| b.split_once('?')).map_or("", |(_, query)| query);
    let asked = |name: &str| {
        let found = form_urlencoded::parse(query.as_bytes()).find(|(n, _)| n == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let view = View::parse(&asked("state")).unwrap_or(View::Held);
    queue::screen(app, seat, view, query, asked("after").parse().ok(), Some(why)).await
}
