//! `GET /desk/queue`: comments that wait for a moderator, and those ruled on or shown of late.

use super::{
    seat::Seat,
    turned::{Answer, page},
};
use crate::{
    app::{App, AppState},
    appeals, clock,
    http::risks,
    problem::Fault,
};
use axum::{
    extract::{Query, RawQuery, State},
    http::StatusCode,
};
use newsroom::{
    Language, Millis,
    clock::HOUR,
    discussion::{CommentId, Label, View, appeal::may_decide},
    staff::Act,
};
use pages::{
    Words,
    desk::{AppealRow, Desk, Queue, QueueFilter, QueueRow, Ruled},
};
use std::collections::HashMap;
use store::comment::{PastRuling, Sought, Waiting};

/// Comments on one page.
const ROWS: u32 = 30;
/// A ruling can be taken back so long, in milliseconds.
pub(super) const UNDO_WITHIN: i64 = HOUR;
/// Comments ruled on at once.
pub(super) const MOST_TICKS: u32 = 100;

pub async fn queue(
    State(app): State<AppState>,
    seat: Seat,
    RawQuery(query): RawQuery,
    Query(asked): Query<HashMap<String, String>>,
) -> Answer {
    seat.needs(&app, Act::Moderate)?;
    let query = query.unwrap_or_default();
    let asked = |name: &str| asked.get(name).map_or("", String::as_str);
    let view = View::parse(asked("state")).unwrap_or(View::Held);
    screen(&app, &seat, view, &query, asked("after").parse().ok(), None).await
}

/// Longest words that are looked for, in characters.
const LONGEST_WORDS: usize = 100;

/// What a query narrows the queue to, and the same as the form shows it.
pub(super) fn sought(query: &str) -> (Sought, QueueFilter) {
    let asked = |name: &str| {
        let found = form_urlencoded::parse(query.as_bytes()).find(|(n, _)| n == name);
        found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let sought = Sought {
        story: asked("story").parse().ok().filter(|id: &i64| *id >= 0),
        risk: Label::parse(&asked("risk")),
        words: asked("words").chars().take(LONGEST_WORDS).collect(),
    };
    let filter = QueueFilter {
        story: sought.story.map(|id| id.to_string()).unwrap_or_default(),
        risk: sought.risk.map_or("", Label::as_str).to_owned(),
        words: sought.words.clone(),
        kept: Vec::new(),
    };
    (sought, filter)
}

/// One page of the queue; with `refused`, after a ruling that was not done.
pub(super) async fn screen(
    app: &App,
    seat: &Seat,
    view: View,
    query: &str,
    after: Option<CommentId>,
    refused: Option<&str>,
) -> Answer {
    let (sought, mut filter) = sought(query);
    filter.kept = app.store.kept_filters(seat.name()).await?;
    let mut found = app.store.queue(view, seat.name(), &sought, after, ROWS + 1).await?;
    let more = found.len() > ROWS as usize;
    found.truncate(ROWS as usize);
    let turns = !matches!(view, View::Reported | View::Appealed | View::Doubted);
    let mut next = found.last().filter(|_| more && turns).map(|w| w.comment.id);
    // A search looks through so many at once; then it goes on where it left off.
    let narrowed = view == View::Held && sought != Sought::default();
    let left_off = match narrowed && next.is_none() {
        true => app.store.window_end(&sought, after).await?,
        false => None,
    };
    next = next.or(left_off);
    let next = next.map(|id| id.to_string());
    let now = clock::now();
    let looking = app.store.lookers(now).await?;
    let somebody_else = match view {
        View::Appealed => appeals::somebody_else(app, seat.name()).await?,
        _ => true,
    };
    let rows: Vec<QueueRow> =
        found.into_iter().map(|waiting| row(waiting, seat.name(), somebody_else, &looking)).collect();
    let held = app.store.count_held().await?;
    let unread = app.store.count_unread().await?;
    let [reported, appealed, doubted] = app.store.count_complaints().await?;
    let since = now.plus(-UNDO_WITHIN);
    let desk = Desk { refused, ..seat.desk(app).await? };
    let after = after.map(|id| id.to_string());
    let reasons = app.house.reasons(&app.store).await?;
    let queue = Queue {
        desk: &desk,
        reasons: &reasons,
        view,
        counts: [
            Some(held),
            Some(reported),
            Some(appealed),
            Some(doubted),
            Some(unread),
            // As long as the archive, or beside the point.
            None,
            None,
            None,
            None,
        ],
        alarm: &overdue(app, now).await?,
        looks_on: left_off.is_some(),
        filter: &filter,
        undo: &app.store.last_ruled_by(seat.name(), None, since, MOST_TICKS).await?,
        rows: &rows,
        after: after.as_deref(),
        next: next.as_deref(),
    };
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page(status, app.theme.desk_queue(&queue)?))
}

/// What has waited for too long at `now`, in words; empty where nothing has.
pub(super) async fn overdue(app: &App, now: Millis) -> Result<String, Fault> {
    let hours = app.config.discussion.reports_hours;
    let overdue = app.store.overdue(app.policy.reports_before(now), now).await?;
    Ok(overdue.words(hours))
}

fn row(waiting: Waiting, who: &str, somebody_else: bool, looking: &HashMap<CommentId, String>) -> QueueRow {
    let ruled =
        |r: PastRuling| Ruled { at: r.at, by: r.who, ruling: r.ruling, reason: r.reason, note: r.note };
    QueueRow {
        last_ruling: waiting.last_ruling(),
        looked_at: looking.get(&waiting.comment.id).filter(|by| *by != who).cloned(),
        comment: waiting.comment,
        headline: waiting.headline,
        path: waiting.path,
        mode: waiting.mode,
        above: waiting.above,
        why: Words::of(Language::English).held_as_stored(&waiting.why),
        risks: waiting.risks.as_deref().map(risks::read).unwrap_or_default(),
        reports: waiting.reports.into_iter().map(|r| (r.reason, r.text)).collect(),
        appeal: waiting.appeal.map(|a| AppealRow {
            may: may_decide(&a.first, who, somebody_else),
            text: a.text,
            due: a.due,
            first: a.first,
        }),
        doubt: waiting.doubt.map(|d| (d.staff, d.note)),
        tips: waiting.tips.into_iter().map(|t| (t.staff, t.note, t.done.is_some())).collect(),
        pinned: waiting.pinned,
        closed: waiting.closed,
        standing: waiting.standing,
        before: waiting.before.into_iter().map(|r| (r.at, r.text)).collect(),
        rulings: waiting.rulings.into_iter().map(ruled).collect(),
    }
}
