//! What a letter says, of what is so when its turn comes; nothing where it is not wanted any more.

use super::{RulingLink, cause};
use crate::{app::App, failure::Failure, readers::EntryLink, receipts::Made, reports};
use newsroom::{
    Language, Millis,
    clock::DAY,
    discussion::{Comment, CommentId, Ruling, State, View},
    staff::Act,
    story::{Status, Story},
};
use pages::{
    Voice, Words,
    letter::{Foot, Line, Matter, QueueLine},
};
use store::{
    comment::{Sought, Waiting},
    letter::{Kind, Letter},
    subscription::{self, Subscription},
};

/// A letter as it is sent.
pub struct Composed {
    pub subject: String,
    pub text: String,
    /// Where one click ends such letters.
    pub stop: Option<String>,
    /// Lines of a digest, to be forgotten once it is sent.
    pub lines: Vec<(i64, i64)>,
}

/// Comments in one daily letter.
const MOST_LINES: u32 = 50;
/// Comments in a moderator's letter, held and reported each.
const MOST_WAITING: u32 = 10;
/// A moderator's links end after so long, in milliseconds.
const LINKS_END: i64 = 2 * DAY;

/// A comment under a story that readers see.
struct Said {
    comment: Comment,
    story: Story,
    /// Another site's page, where it stands under one.
    page: Option<String>,
}

impl Said {
    async fn of(app: &App, id: CommentId) -> Result<Option<Said>, Failure> {
        let Some(comment) = app.store.comment(id).await.map_err(failed)? else { return Ok(None) };
        let story = app.store.story(comment.story).await.map_err(failed)?;
        let story = story.filter(|s| s.status.is_discussed() && s.address.is_some());
        let Some(story) = story else { return Ok(None) };
        let outside = match story.status {
            Status::Outside => app.store.outside_of(story.id).await.map_err(failed)?,
            _ => None,
        };
        Ok(Some(Said { comment, story, page: outside.map(|outside| outside.link) }))
    }

    fn headline(&self) -> &str {
        &self.story.copy.headline
    }

    /// Where it is read: on the page that it is about; here a reply's own number leads to its page.
    fn url(&self, app: &App) -> String {
        let path = self.story.path().unwrap_or_default();
        let id = self.comment.id;
        if let Some(page) = &self.page {
            return format!("{page}#comment-{id}");
        }
        app.paper.url(&match self.comment.parent {
            None => format!("{path}#comment-{id}"),
            Some(_) => format!("{path}/comments/{id}#comment-{id}"),
        })
    }
}

pub async fn compose(app: &App, letter: &Letter, now: Millis) -> Result<Option<Composed>, Failure> {
    let subscription = match letter.subscription {
        Some(id) => app.store.subscription(id).await.map_err(failed)?,
        None => None,
    };
    let live = subscription.as_ref().filter(|s| s.confirmed && !s.ended);
    match (letter.kind, live) {
        (Kind::Confirm, _) => match subscription.as_ref().filter(|s| !s.confirmed && !s.ended) {
            Some(asked) => confirm(app, asked).await,
            None => Ok(None),
        },
        (Kind::Queue, _) => queue(app, letter, now).await,
        (Kind::SignIn, _) => sign_in(app, letter, now).await,
        (Kind::Comment, Some(s)) => comment(app, s, letter.about).await,
        (Kind::Digest, Some(s)) => digest(app, s).await,
        (Kind::Ruling, Some(s)) => ruling(app, s, letter.about).await,
        (Kind::Appeal, Some(s)) => appeal(app, s, letter.about).await,
        (Kind::Report, Some(s)) => report(app, s, letter.about).await,
        (_, None) => Ok(None),
    }
}

async fn confirm(app: &App, asked: &Subscription) -> Result<Option<Composed>, Failure> {
    let mut page = String::new();
    let story = match asked.kind {
        subscription::Kind::Thread => app.store.story(asked.of).await.map_err(failed)?,
        subscription::Kind::Fate | subscription::Kind::Answers => {
            Said::of(app, asked.of).await?.map(|said| said.story)
        }
        subscription::Kind::Report => match app.store.report(asked.of).await.map_err(failed)? {
            Some(report) => {
                page = app.paper.url(&app.receipts.report_path(reports::made(&report)));
                Said::of(app, report.comment).await?.map(|said| said.story)
            }
            None => None,
        },
    };
    let Some(story) = story else { return Ok(None) };
    let yes = app.paper.url(&format!("/letters/yes/{}", app.receipts.token("yes", made(asked))));
    let matter = Matter::Confirm {
        headline: &story.copy.headline,
        thread: asked.kind == subscription::Kind::Thread,
        report: &page,
        yes: &yes,
    };
    whole(app, app.words_under(&story).await.map_err(failed)?, &matter, None, false).await
}

/// Nothing where the link would open nothing any more.
async fn sign_in(app: &App, letter: &Letter, now: Millis) -> Result<Option<Composed>, Failure> {
    let Some(knock) = app.store.knock(letter.about, now).await.map_err(failed)? else { return Ok(None) };
    let enter = app.paper.url(&EntryLink::of(&knock).path(&app.doors));
    whole(app, app.words(), &Matter::SignIn { enter: &enter }, None, false).await
}

async fn comment(app: &App, s: &Subscription, id: CommentId) -> Result<Option<Composed>, Failure> {
    let Some(said) = Said::of(app, id).await?.filter(|said| said.comment.state == State::Shown) else {
        return Ok(None);
    };
    let url = said.url(app);
    let line = Line {
        headline: said.headline(),
        comment: &said.comment,
        answers: s.kind == subscription::Kind::Answers,
        url: &url,
        stop: "",
    };
    whole(app, app.words_under(&said.story).await.map_err(failed)?, &Matter::Comment(line), Some(s), false)
        .await
}

async fn digest(app: &App, s: &Subscription) -> Result<Option<Composed>, Failure> {
    let lines = app.store.digest_lines(&s.email, MOST_LINES).await.map_err(failed)?;
    let mut told = Vec::new();
    for (subscription, id) in &lines {
        let Some(said) = Said::of(app, *id).await? else { continue };
        if said.comment.state != State::Shown {
            continue;
        }
        let Some(of) = app.store.subscription(*subscription).await.map_err(failed)? else { continue };
        let answers = of.kind == subscription::Kind::Answers;
        let (url, stop) = (said.url(app), stop(app, "stop", &of));
        told.push((said, answers, url, stop));
    }
    if told.is_empty() {
        app.store.forget_digest_lines(&lines).await.map_err(failed)?;
        return Ok(None);
    }
    let told = told.iter().map(|(said, answers, url, stop)| Line {
        headline: said.headline(),
        comment: &said.comment,
        answers: *answers,
        url,
        stop,
    });
    let composed = whole(app, app.words(), &Matter::Digest(told.collect()), Some(s), true).await?;
    Ok(composed.map(|composed| Composed { lines, ..composed }))
}

async fn ruling(app: &App, s: &Subscription, id: CommentId) -> Result<Option<Composed>, Failure> {
    let Some(said) = Said::of(app, id).await? else { return Ok(None) };
    let Some(statement) = cause::statement(app, &said.comment).await.map_err(failed)? else {
        return Ok(None);
    };
    let url = app.paper.url(&app.receipts.path(id));
    let matter = Matter::Ruling {
        headline: said.headline(),
        comment: &said.comment,
        statement: statement.as_page(&said.comment),
        url: &url,
    };
    whole(app, app.words_under(&said.story).await.map_err(failed)?, &matter, Some(s), false).await
}

async fn appeal(app: &App, s: &Subscription, id: CommentId) -> Result<Option<Composed>, Failure> {
    let Some(said) = Said::of(app, id).await? else { return Ok(None) };
    let appeals = app.store.appeals_of(id).await.map_err(failed)?;
    let Some(outcome) = appeals.iter().rev().find_map(|a| a.outcome.as_deref()) else { return Ok(None) };
    let spoken = app.words_under(&said.story).await.map_err(failed)?;
    let words = match outcome {
        "upheld" => spoken.appeal_upheld,
        _ => spoken.appeal_kept,
    };
    let url = app.paper.url(&app.receipts.path(id));
    let what = spoken.appeal_decided;
    whole(app, spoken, &Matter::Outcome { what, headline: said.headline(), words, url: &url }, Some(s), false)
        .await
}

async fn report(app: &App, s: &Subscription, id: i64) -> Result<Option<Composed>, Failure> {
    let Some(report) = app.store.report(id).await.map_err(failed)? else { return Ok(None) };
    let Some(said) = Said::of(app, report.comment).await? else { return Ok(None) };
    let Some(outcome) = report.outcome.as_deref() else { return Ok(None) };
    let spoken = app.words_under(&said.story).await.map_err(failed)?;
    let words = spoken.outcome(outcome);
    let url = app.paper.url(&app.receipts.report_path(reports::made(&report)));
    let what = spoken.report_decided;
    whole(app, spoken, &Matter::Outcome { what, headline: said.headline(), words, url: &url }, Some(s), false)
        .await
}

async fn queue(app: &App, letter: &Letter, now: Millis) -> Result<Option<Composed>, Failure> {
    let person = app.store.person(letter.about).await.map_err(failed)?;
    let person = person.filter(|p| p.disabled_at.is_none() && p.role.may(Act::Moderate));
    let Some(person) = person else { return Ok(None) };
    let [held, _, _] = app.store.count_comments().await.map_err(failed)?;
    let [reported, appealed, _] = app.store.count_complaints().await.map_err(failed)?;
    if held + reported + appealed == 0 {
        return Ok(None);
    }
    let anything = Sought::default();
    let mut waiting =
        app.store.queue(View::Held, &person.name, &anything, None, MOST_WAITING).await.map_err(failed)?;
    let reports =
        app.store.queue(View::Reported, &person.name, &anything, None, MOST_WAITING).await.map_err(failed)?;
    waiting.extend(reports.into_iter().filter(|r| r.comment.state != State::Held));
    // What is appealed against is decided at the desk, where the appeal is read.
    waiting.retain(|w| w.appeal.is_none());
    let until = now.plus(LINKS_END);
    let link = |w: &Waiting, ruling| {
        let link = RulingLink {
            comment: w.comment.id,
            ruling,
            seen: w.last_ruling(),
            until,
            person: person.id,
            since: person.created_at,
        };
        app.paper.url(&format!("/letters/rule/{}", link.token(&app.doors)))
    };
    let links: Vec<(String, String)> =
        waiting.iter().map(|w| (link(w, Ruling::Show), link(w, Ruling::Remove))).collect();
    let reported_words = "readers reported it";
    let english = Words::of(Language::English);
    let whys: Vec<String> = waiting
        .iter()
        .map(|w| if w.why.is_empty() { reported_words.to_owned() } else { english.held_as_stored(&w.why) })
        .collect();
    let rows = waiting.iter().zip(&links).zip(&whys).map(|((w, (show, remove)), why)| QueueLine {
        headline: &w.headline,
        comment: &w.comment,
        why,
        show,
        remove,
    });
    let overdue = app.store.overdue(app.policy.reports_before(now), now).await.map_err(failed)?;
    let matter = Matter::Queue {
        overdue: &overdue.words(app.config.discussion.reports_hours),
        counts: [held, reported, appealed],
        rows: rows.collect(),
        desk: &app.paper.url("/desk/queue"),
        until: &app.paper.zone.format(until, "%-d %B %Y, %H:%M"),
    };
    whole(app, english, &matter, None, false).await
}

fn stop(app: &App, kind: &str, of: &Subscription) -> String {
    app.paper.url(&format!("/letters/{kind}/{}", app.receipts.token(kind, made(of))))
}

fn made(of: &Subscription) -> Made {
    Made { id: of.id, at: of.at }
}

/// `all`: the one click ends every letter to the address, for the letter is about several things.
async fn whole(
    app: &App,
    words: &'static Words,
    matter: &Matter<'_>,
    s: Option<&Subscription>,
    all: bool,
) -> Result<Option<Composed>, Failure> {
    let (one, every) = match s {
        Some(s) => (stop(app, "stop", s), stop(app, "stop-all", s)),
        None => Default::default(),
    };
    let reasons = app.house.reasons(&app.store).await.map_err(failed)?;
    let foot = Foot { stop: if all { "" } else { &one }, stop_all: &every };
    let letter = app
        .theme
        .letter(&app.paper, Voice { words, reasons: &reasons }, matter, foot)
        .map_err(|e| Failure(e.to_string()))?;
    let click = if all { every } else { one };
    let stop = Some(click).filter(|click| !click.is_empty());
    Ok(Some(Composed { subject: letter.subject, text: letter.text, stop, lines: Vec::new() }))
}

fn failed(e: store::Error) -> Failure {
    Failure(e.to_string())
}
