//! `GET /receipt/{token}`: the writer's private page on what became of a comment: each step, the statement
//! of reasons, and the way to an appeal.

use super::report::private;
use crate::{
    app::{App, AppState},
    clock,
    http::site::thread::place,
    problem::Fault,
    reports::BY_READERS,
};
use axum::{
    extract::{Path, State},
    response::{Html, IntoResponse, Response},
};
use newsroom::{
    Millis,
    discussion::{
        Comment, CommentId, Reasons, State as Standing,
        appeal::{self, may_appeal},
        edit::{self, NoEdit, may_edit},
        erase::{self, may_erase},
        in_force,
    },
    story::Story,
};
use pages::{AppealForm, EditForm, OwnData, Receipt, Statement, Voice, Words, words::fill};
use std::sync::Arc;
use store::comment::{Appeal, PastRuling, Revision};

pub async fn receipt(State(app): State<AppState>, Path(token): Path<String>) -> Result<Response, Fault> {
    let id = app.receipts.comment(&token).ok_or(Fault::NotFound)?;
    let past = Past::of(&app, id).await?;
    page(&app, &token, past, Typed::default()).await
}

/// What was typed and refused.
#[derive(Default)]
pub(super) struct Typed<'a> {
    /// Of the appeal.
    pub text: &'a str,
    pub refusal: &'a str,
    /// Why it was not erased.
    pub erase: &'a str,
    /// Of a change of the comment, and why not.
    pub edit: Option<(&'a str, &'a str)>,
}

/// A comment with all that was decided about it.
pub(in crate::http) struct Past {
    comment: Comment,
    story: Story,
    why_held: String,
    screened: bool,
    rulings: Vec<PastRuling>,
    appeals: Vec<Appeal>,
    revisions: Vec<Revision>,
    /// Somebody's report waits for a decision.
    reported: bool,
    reasons: Arc<Reasons>,
    words: &'static Words,
}

impl Past {
    pub async fn of(app: &App, id: CommentId) -> Result<Past, Fault> {
        let comment = app.store.comment(id).await?.ok_or(Fault::NotFound)?;
        let (why, risks) = app.store.why_held(id).await?;
        let story = app.store.story(comment.story).await?.ok_or(Fault::NotFound)?;
        let words = app.words_under(&story).await?;
        Ok(Past {
            words,
            comment,
            story,
            screened: why.is_some() && risks.is_some(),
            why_held: why.map(|why| words.held_as_stored(&why)).unwrap_or_default(),
            rulings: app.store.rulings_of(id).await?,
            appeals: app.store.appeals_of(id).await?,
            revisions: app.store.revisions_of(id).await?,
            reported: !app.store.open_reports(id).await?.is_empty(),
            reasons: app.house.reasons(&app.store).await?,
        })
    }

    /// The ruling by which something is taken now.
    pub fn ruled(&self) -> Option<&PastRuling> {
        in_force(&self.rulings).taking(self.comment.state, self.comment.reason)
    }

    /// Its number; 0 where there is none.
    pub fn latest_ruling(&self) -> i64 {
        self.rulings.last().map_or(0, |r| r.id)
    }

    pub fn standing(&self) -> appeal::Standing {
        let ruled = self.ruled();
        appeal::Standing {
            state: self.comment.state,
            cut: self.comment.reason.is_some(),
            ruled_at: ruled.map(|r| r.at),
            appealed: self.appeals.iter().any(|a| {
                a.decided_at.is_none() || (a.ruling >= ruled.map(|r| r.id) && !self.ended_with_its_ruling(a))
            }),
        }
    }

    /// Whether the ruling that an appeal was against was taken back: then nobody decided on it.
    fn ended_with_its_ruling(&self, appeal: &Appeal) -> bool {
        self.rulings.iter().any(|r| Some(r.id) == appeal.ruling && r.takes_back())
    }

    /// Until when its writer may change or withdraw it, or why not.
    pub fn editable(&self, app: &App, now: Millis) -> Result<Millis, NoEdit> {
        let Comment { state, at, .. } = self.comment;
        may_edit(edit::Standing { state, at, ruled: !self.rulings.is_empty() }, &app.policy, now)
    }

    pub fn comment(&self) -> &Comment {
        &self.comment
    }

    pub fn story(&self) -> &Story {
        &self.story
    }

    /// Why it was held at first, in words; empty where it was not.
    pub fn why_held(&self) -> &str {
        &self.why_held
    }

    /// How it stands, to its writer, and why.
    pub fn told(&self) -> (&'static str, String) {
        self.voice().standing(&self.comment, &self.why_held)
    }

    pub fn revisions(&self) -> &[Revision] {
        &self.revisions
    }

    /// Whether the latest appeal says just that: it was sent twice.
    pub fn appealed_with(&self, text: &str) -> bool {
        self.appeals.last().is_some_and(|appeal| appeal.text == text)
    }

    pub fn appeals(&self) -> &[Appeal] {
        &self.appeals
    }

    /// Whether its writer may have it erased.
    pub fn erasing(&self) -> erase::Standing {
        erase::Standing {
            erased: self.comment.state == Standing::Withdrawn && self.comment.text.is_empty(),
            open: self.reported || self.appeals.iter().any(|a| a.decided_at.is_none()),
        }
    }

    /// Those in which its writer is spoken to.
    pub fn words(&self) -> &'static Words {
        self.words
    }

    fn voice(&self) -> Voice<'_> {
        Voice { words: self.words, reasons: &self.reasons }
    }

    /// When, and what in words.
    pub fn steps(&self) -> Vec<(Millis, String)> {
        let (words, voice) = (self.words, self.voice());
        let first = match self.why_held.as_str() {
            // Whether that held it, or a change that came later, is not known.
            _ if !self.revisions.is_empty() => words.step_wrote.to_owned(),
            "" => words.step_shown_at_once.to_owned(),
            why => fill(words.step_held_at_once, &[("why", why)]),
        };
        let mut steps = vec![(self.comment.at, first)];
        for ruling in &self.rulings {
            let what = match ruling.ruling.as_str() {
                "show" => words.step_show,
                "remove" => words.step_remove,
                "cut" => words.step_cut,
                "hold" if ruling.who == BY_READERS => words.step_hold_reports,
                "warn" => words.step_warn,
                "hold" => words.step_hold,
                _ => words.step_undo,
            };
            let why = ruling.reason.map_or("", |r| voice.sentence(r));
            steps
                .push((ruling.at, fill(what, &[("why", why), ("note", &ruling.note)]).trim_end().to_owned()));
        }
        for revision in &self.revisions {
            let what = match revision.act.as_str() {
                "withdrew" => words.step_withdrew,
                "erased" => words.step_erased,
                _ => words.step_changed,
            };
            steps.push((revision.at, what.to_owned()));
        }
        for appeal in &self.appeals {
            steps.push((appeal.at, words.step_appealed.to_owned()));
            if let (Some(at), Some(outcome)) = (appeal.decided_at, &appeal.outcome) {
                let alone = appeal.judge.as_deref() == Some(&appeal.first);
                let what = match (outcome.as_str(), alone) {
                    _ if self.ended_with_its_ruling(appeal) => words.step_upheld_undone,
                    ("upheld", false) => words.step_upheld,
                    ("upheld", true) => words.step_upheld_alone,
                    (_, false) => words.step_kept,
                    (_, true) => words.step_kept_alone,
                };
                steps.push((at, what.to_owned()));
            }
        }
        steps.sort_by_key(|(at, _)| *at);
        steps
    }
}

/// Those in which the writer of a comment is spoken to.
pub async fn words_of(app: &App, id: CommentId) -> Result<&'static Words, Fault> {
    let comment = app.store.comment(id).await?.ok_or(Fault::NotFound)?;
    let story = app.store.story(comment.story).await?.ok_or(Fault::NotFound)?;
    Ok(app.words_under(&story).await?)
}

pub(super) async fn page(app: &App, token: &str, past: Past, typed: Typed<'_>) -> Result<Response, Fault> {
    let (comment, story) = (&past.comment, &past.story);
    let address = story.address.as_ref().ok_or(Fault::NotFound)?;
    let url = match comment.state {
        Standing::Shown => place(app, address, comment).await?,
        _ => String::new(),
    };
    let statement = past.ruled().map(|ruling| Statement {
        at: ruling.at,
        reason: comment.reason,
        reported: past.rulings.iter().any(|r| r.who == BY_READERS),
        screened: past.screened,
        note: &ruling.note,
    });
    let now = clock::now();
    let action = format!("/receipt/{token}/appeal");
    let (edit, withdraw) = (format!("/receipt/{token}/edit"), format!("/receipt/{token}/withdraw"));
    let (data, erase) = (format!("/receipt/{token}/data"), format!("/receipt/{token}/erase"));
    let may_erase = may_erase(past.erasing());
    let (edited, edit_refusal) = typed.edit.unwrap_or((&comment.text, ""));
    let html = app.theme.receipt(&Receipt {
        paper: &app.paper,
        voice: past.voice(),
        comment,
        headline: &story.copy.headline,
        path: &address.path(),
        why_held: &past.why_held,
        url: &url,
        steps: &past.steps(),
        statement,
        edit: EditForm {
            action: &edit,
            withdraw: &withdraw,
            until: past.editable(app, now).ok(),
            text: edited,
            refusal: edit_refusal,
        },
        own: OwnData {
            data: &data,
            erase: &erase,
            erased: past.erasing().erased,
            hindered: may_erase.err().map_or("", |why| past.words.no_erasing(why)),
            refusal: typed.erase,
        },
        appeal: AppealForm {
            action: &action,
            until: may_appeal(past.standing(), now).ok(),
            text: typed.text,
            refusal: typed.refusal,
        },
    })?;
    Ok((private(), Html(html)).into_response())
}
