//! `/desk/screen?days=…`: how thresholds, learning and word lists would have agreed with the moderators, and what
//! other modes would have meant for them.

use super::{
    seat::Seat,
    turned::{Answer, page},
};
use crate::{
    app::{App, AppState},
    clock,
    problem::Fault,
    screening::{
        modes::{self, Outcome, Screened, Tried},
        rehearsal::{self, Rehearsal},
    },
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use newsroom::{
    clock::DAY,
    discussion::{Label, Mode, Policy},
    staff::Act,
};
use pages::desk::{AgreementRow, ModeRow, ScreenDesk, Trial, mode_words};
use screen::{WordList, learned::Agreement, screen_with};
use std::collections::HashMap;
use store::comment::{KNOWN, PastComment, RuledText};

/// Rulings, and comments, looked at, the latest: some tenths of a second.
const MOST: u32 = 5_000;
const DAYS: u32 = 30;
/// Longest list that is tried, in characters; and longest of all else that is typed.
const LONGEST: usize = 4_000;
const SHORT: usize = 60;
const LATEST_DAY: i64 = 36_500;

pub async fn screen(
    State(app): State<AppState>,
    seat: Seat,
    Query(asked): Query<HashMap<String, String>>,
) -> Answer {
    seat.needs(&app, Act::Moderate)?;
    let days = asked.get("days").and_then(|d| d.trim().parse().ok()).unwrap_or(DAYS).clamp(1, 365);
    let trial = trial(&asked);
    let list = (!trial.words.is_empty())
        .then(|| WordList::read(Label::parse(&trial.label).unwrap_or(Label::Insult), &trial.words))
        .transpose();
    let (list, fault) = match list {
        Ok(list) => (list, None),
        Err(why) => (None, Some(why.to_string())),
    };
    let since = clock::now().plus(-i64::from(days) * DAY);
    let ruled = app.store.ruled_texts(since, MOST).await?;
    let past = app.store.past_comments(since, &trial.section, MOST).await?;
    let said = past.len() as u32;
    let ways = ways(&app.policy, typed(&app.policy, &trial, list.is_some()));
    let names: Vec<String> = ways.iter().map(|way| way.name.clone()).collect();
    let looking = app.clone();
    let looked = tokio::task::spawn_blocking(move || look(&looking, &ruled, past, list, &ways));
    let (went, outcomes) = looked.await.map_err(Fault::broken)?;
    let tried = fault.map(Err).or(went.tried.as_ref().map(|a| Ok(row(a))));
    let sections: Vec<(String, String)> =
        app.paper.sections.iter().map(|s| (s.slug.to_string(), s.name.clone())).collect();
    let desk = seat.desk(&app).await?;
    let html = app.theme.desk_screen(&ScreenDesk {
        desk: &desk,
        days,
        shown: went.shown,
        removed: went.removed,
        screen: &went.screen.iter().map(row).collect::<Vec<_>>(),
        learned: &went.learned.iter().map(row).collect::<Vec<_>>(),
        trial: &trial,
        tried,
        hold_at: app.policy.hold_at,
        learned_hold_at: app.config.discussion.learned_hold_at,
        sections: &sections,
        said,
        modes: &names.into_iter().zip(&outcomes).map(|(name, o)| mode_row(name, o)).collect::<Vec<_>>(),
    })?;
    Ok(page(StatusCode::OK, html))
}

/// What was typed, cut to what a field may hold.
fn trial(asked: &HashMap<String, String>) -> Trial {
    let asked = |name: &str, most: usize| -> String {
        asked.get(name).map_or("", |text| text.trim()).chars().take(most).collect()
    };
    Trial {
        section: asked("section", SHORT),
        mode: asked("mode", SHORT),
        first_held: asked("first_held", SHORT),
        held_after_days: asked("held_after_days", SHORT),
        closes_after_days: asked("closes_after_days", SHORT),
        hold_at: asked("hold_at", SHORT),
        label: Label::parse(&asked("label", SHORT)).unwrap_or(Label::Insult).as_str().to_owned(),
        words: asked("words", LONGEST),
    }
}

/// The way that was typed; `None` where nothing was. What is no number, or left empty, stays as it is set.
fn typed(policy: &Policy, trial: &Trial, list: bool) -> Option<Tried> {
    // As in the settings, 0 days are never.
    let days = |text: &str, set: Option<i64>| match text.parse::<i64>() {
        Ok(days) => (days > 0).then(|| days.min(LATEST_DAY) * DAY),
        Err(_) => set,
    };
    let mode = Mode::parse(&trial.mode);
    let first_held = trial.first_held.parse().ok().map(|n: u32| n.min(KNOWN));
    let held_after = days(&trial.held_after_days, policy.held_after);
    let closes_after = days(&trial.closes_after_days, policy.closes_after);
    let hold_at = trial.hold_at.parse().ok().filter(|at: &f32| (0.0..=1.0).contains(at));
    let any = mode.is_some()
        || first_held.is_some()
        || held_after != policy.held_after
        || closes_after != policy.closes_after
        || hold_at.is_some()
        || list;
    any.then(|| Tried {
        name: "What you typed".into(),
        mode,
        policy: Policy {
            first_held: first_held.unwrap_or(policy.first_held),
            held_after,
            closes_after,
            hold_at: hold_at.unwrap_or(policy.hold_at),
            ..policy.clone()
        },
        list,
    })
}

/// What is always tried: as it is set, and one thing changed at a time.
fn ways(policy: &Policy, typed: Option<Tried>) -> Vec<Tried> {
    let way = |name: String, mode: Option<Mode>, policy: Policy| Tried { name, mode, policy, list: false };
    let mut ways = vec![way("As it is set".into(), None, policy.clone())];
    ways.extend(typed);
    for mode in [Mode::HeldFirst, Mode::Slow] {
        ways.push(way(mode_words(mode).into(), Some(mode), policy.clone()));
    }
    for (first_held, words) in [(1, "first comment"), (3, "first 3 comments"), (10, "first 10 comments")] {
        let name = format!("A writer’s {words} held");
        ways.push(way(name, None, Policy { first_held, ..policy.clone() }));
    }
    for days in [1, 3, 7] {
        let name = format!("All held from {days} {} on", if days == 1 { "day" } else { "days" });
        ways.push(way(name, None, Policy { held_after: Some(days * DAY), ..policy.clone() }));
    }
    let closed = Policy { closes_after: Some(7 * DAY), ..policy.clone() };
    ways.push(way("Closed from 7 days on".into(), None, closed));
    ways
}

/// All that takes time: the screen looks at every text once, and the rule at each for every way.
fn look(
    app: &App,
    ruled: &[RuledText],
    past: Vec<PastComment>,
    list: Option<WordList>,
    ways: &[Tried],
) -> (Rehearsal, Vec<Outcome>) {
    let lists = app.screening.lists();
    let rehearsal = rehearsal::go_through(ruled, lists, list.as_ref());
    let screened: Vec<Screened> = past
        .into_iter()
        .filter(|past| past.status.is_discussed())
        .map(|past| {
            let risks = screen_with(&past.text, &past.name, lists);
            let mut with_list = risks.clone();
            with_list.extend(list.as_ref().and_then(|list| list.risk(&past.text)));
            Screened { past, risks, with_list }
        })
        .collect();
    let outcomes = modes::go_through(&screened, ways);
    (rehearsal, outcomes)
}

fn row(a: &Agreement) -> AgreementRow {
    AgreementRow {
        threshold: a.threshold,
        held_removed: a.held_removed,
        held_shown: a.held_shown,
        precision: a.precision(),
        recall: a.recall(),
    }
}

fn mode_row(name: String, o: &Outcome) -> ModeRow {
    ModeRow {
        name,
        held: o.held,
        refused: o.refused,
        removed: o.removed,
        stands: o.stands,
        precision: o.precision(),
        recall: o.recall(),
    }
}
