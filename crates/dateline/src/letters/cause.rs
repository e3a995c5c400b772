//! Which letters follow from what happened. Each has a key made of its cause, so that looking twice leaves
//! no letter twice.

use super::when;
use crate::{app::App, reports::BY_READERS};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, PastRuling, Reason, State, in_force, in_force::latest},
    staff::Act,
};
use store::{
    Result,
    letter::{Kind, NewLetter},
    subscription::{Kind as Wanted, Subscription},
};

/// Followers looked up, and letters written, at once.
const AT_ONCE: u32 = 64;
/// Asks each address that was given and not asked yet.
pub async fn ask_to_confirm(app: &App, now: Millis) -> Result<()> {
    loop {
        let some = app.store.unasked(AT_ONCE).await?;
        for s in &some {
            if app.post.is_none() || app.store.asked_enough(&s.email, now).await? {
                app.store.forget_subscription(s.id).await?;
                continue;
            }
            let key = format!("confirm:{}", s.id);
            let letter = NewLetter {
                key: &key,
                kind: Kind::Confirm,
                recipient: &s.email,
                subscription: Some(s.id),
                about: s.id,
                at: now,
            };
            app.store.ask_to_confirm(&letter, s.id, now).await?;
        }
        if some.len() < AT_ONCE as usize {
            return Ok(());
        }
    }
}

/// Of a comment that is shown: to whoever it answers, and to all who follow the discussion.
pub async fn of_new_comment(app: &App, id: CommentId, now: Millis) -> Result<()> {
    let Some(comment) = app.store.comment(id).await?.filter(|c| c.state == State::Shown) else {
        return Ok(());
    };
    // Nobody is written to about what they wrote themselves, nor twice about one comment.
    let mut known = app.store.addresses_of_writer(id).await?;
    let mut wanted = Vec::new();
    if let Some(parent) = comment.parent {
        wanted.push((Wanted::Answers, parent));
    }
    wanted.push((Wanted::Thread, comment.story));
    for (kind, of) in wanted {
        let mut after = 0;
        loop {
            let some = app.store.followers(kind, of, after, AT_ONCE).await?;
            let fresh: Vec<&Subscription> = some.iter().filter(|s| !known.contains(&s.email)).collect();
            let told = fresh.iter().map(|s| tell(app, s, id, now));
            futures_util::future::try_join_all(told).await?;
            if kind == Wanted::Answers {
                known.extend(fresh.iter().map(|s| s.email.clone()));
            }
            match some.last() {
                Some(last) if some.len() == AT_ONCE as usize => after = last.id,
                _ => break,
            }
        }
    }
    Ok(())
}

async fn tell(app: &App, s: &Subscription, comment: CommentId, now: Millis) -> Result<()> {
    let digest = app.config.letters.digest;
    let key = match digest {
        false => format!("comment:{comment}:{}", s.id),
        true => {
            let at = when::next(&app.paper.zone, now, app.config.letters.hour);
            format!("digest:{}:{}", app.paper.zone.day(at), app.receipts.seal("digest", &s.email))
        }
    };
    let letter = NewLetter {
        key: &key,
        kind: if digest { Kind::Digest } else { Kind::Comment },
        recipient: &s.email,
        subscription: Some(s.id),
        about: if digest { s.id } else { comment },
        at: if digest { when::next(&app.paper.zone, now, app.config.letters.hour) } else { now },
    };
    match digest {
        true => app.store.add_digest_line(&letter, comment, now).await,
        false => app.store.add_letter(&letter).await,
    }
}

/// Of a ruling: the statement of reasons to the writer, what became of an appeal and of reports.
pub async fn after_ruling(app: &App, id: CommentId, now: Millis) -> Result<()> {
    let Some(comment) = app.store.comment(id).await? else { return Ok(()) };
    let mut writers = app.store.followers(Wanted::Fate, id, 0, AT_ONCE).await?;
    writers.extend(app.store.followers(Wanted::Answers, id, 0, AT_ONCE).await?);
    if let Some((kind, key)) = due_to_writer(app, &comment).await? {
        for s in &writers {
            add(app, kind, &format!("{key}:{}", s.id), s, id, now).await?;
        }
    }
    for s in app.store.decided_reporters(id).await? {
        add(app, Kind::Report, &format!("report:{}", s.id), &s, s.of, now).await?;
    }
    Ok(())
}

/// A subscription was confirmed: what was decided before that is told now.
pub async fn catch_up(app: &App, id: i64, now: Millis) -> Result<()> {
    let Some(s) = app.store.subscription(id).await? else { return Ok(()) };
    match s.kind {
        Wanted::Fate | Wanted::Answers => after_ruling(app, s.of, now).await,
        Wanted::Report => match app.store.report(s.of).await? {
            Some(report) => after_ruling(app, report.comment, now).await,
            None => Ok(()),
        },
        Wanted::Thread => Ok(()),
    }
}

async fn add(app: &App, kind: Kind, key: &str, s: &Subscription, about: i64, now: Millis) -> Result<()> {
    let letter = NewLetter { key, kind, recipient: &s.email, subscription: Some(s.id), about, at: now };
    app.store.add_letter(&letter).await
}

/// An appeal that the latest ruling decided, or taking it back, is told of, and not the ruling besides.
async fn due_to_writer(app: &App, comment: &Comment) -> Result<Option<(Kind, String)>> {
    let rulings = app.store.rulings_of(comment.id).await?;
    let appeals = app.store.appeals_of(comment.id).await?;
    let settled = |ruling: &PastRuling| appeals.iter().any(|a| a.ruling == Some(ruling.id));
    if let Some(back) = latest(&rulings).filter(|r| r.takes_back() && settled(r)) {
        return Ok(Some((Kind::Appeal, format!("appeal:{}", back.id))));
    }
    let force = in_force(&rulings);
    let Some(last) = force.rulings.iter().rfind(|r| r.who != BY_READERS) else { return Ok(None) };
    if settled(last) {
        return Ok(Some((Kind::Appeal, format!("appeal:{}", last.id))));
    }
    if !["remove", "cut"].contains(&last.ruling.as_str()) {
        return Ok(None);
    }
    Ok(statement(app, comment).await?.map(|_| (Kind::Ruling, format!("ruling:{}", last.id))))
}

/// What a writer is told of a ruling that took something.
pub struct Reasons {
    at: Millis,
    note: String,
    reported: bool,
    screened: bool,
}

impl Reasons {
    pub fn as_page<'a>(&'a self, comment: &Comment) -> pages::Statement<'a> {
        let reason: Option<Reason> = comment.reason;
        pages::Statement {
            at: self.at,
            reason,
            reported: self.reported,
            screened: self.screened,
            note: &self.note,
        }
    }
}

/// `None` where nothing is taken now, or no person ruled.
pub async fn statement(app: &App, comment: &Comment) -> Result<Option<Reasons>> {
    let rulings = app.store.rulings_of(comment.id).await?;
    let Some(ruling) = in_force(&rulings).taking(comment.state, comment.reason) else { return Ok(None) };
    let (why, risks) = app.store.why_held(comment.id).await?;
    Ok(Some(Reasons {
        at: ruling.at,
        note: ruling.note.clone(),
        reported: rulings.iter().any(|r| r.who == BY_READERS),
        screened: why.is_some() && risks.is_some(),
    }))
}

/// To each moderator that the configuration names, once a day from the hour of daily letters on, where
/// something waits.
pub async fn to_moderators(app: &App, now: Millis) -> Result<()> {
    let options = &app.config.letters;
    if app.post.is_none()
        || options.moderators.is_empty()
        || now < when::on_the_day(&app.paper.zone, now, options.hour)
    {
        return Ok(());
    }
    let [held, _, _] = app.store.count_comments().await?;
    let [reported, appealed, _] = app.store.count_complaints().await?;
    if held + reported + appealed == 0 {
        return Ok(());
    }
    for (name, address) in &options.moderators {
        let person = app.store.find_person(name).await?;
        let person = person.filter(|p| p.disabled_at.is_none() && p.role.may(Act::Moderate));
        let Some(person) = person else {
            tracing::warn!(name, "letters.moderators names nobody who moderates");
            continue;
        };
        let key = format!("queue:{}:{}", app.paper.zone.day(now), person.id);
        let letter = NewLetter {
            key: &key,
            kind: Kind::Queue,
            recipient: address,
            subscription: None,
            about: person.id,
            at: now,
        };
        app.store.add_letter(&letter).await?;
    }
    Ok(())
}
