//! The private page on which a writer sees what became of a comment.

use minijinja::{Value, context, value::Serde};
use newsroom::{
    Millis,
    discussion::{Comment, Reason, State, appeal::LONGEST},
    paper::Paper,
};
use serde::Serialize;

use crate::{
    frame::{Frame, Time},
    markup,
    theme::{Fault, Theme},
    words::{Voice, fill},
};

pub struct Receipt<'a> {
    pub paper: &'a Paper,
    pub voice: Voice<'a>,
    pub comment: &'a Comment,
    /// The story it was written under.
    pub headline: &'a str,
    pub path: &'a str,
    /// Why it waits, in a sentence; empty where that is not known or not so.
    pub why_held: &'a str,
    /// Where it stands when it is shown: path with its fragment.
    pub url: &'a str,
    /// All that happened to it, the oldest first: when, and what in words.
    pub steps: &'a [(Millis, String)],
    /// Of the ruling in force, where something was taken.
    pub statement: Option<Statement<'a>>,
    pub edit: EditForm<'a>,
    pub own: OwnData<'a>,
    pub appeal: AppealForm<'a>,
}

/// Whether and where the writer can change or withdraw the comment.
#[derive(Default)]
pub struct EditForm<'a> {
    pub action: &'a str,
    /// Where withdrawing is sent to.
    pub withdraw: &'a str,
    /// Until when; `None` where it is too late.
    pub until: Option<Millis>,
    /// The comment as it stands, or what was typed and refused, with the reason.
    pub text: &'a str,
    pub refusal: &'a str,
}

/// What is kept of the comment: to take along, and to have erased.
#[derive(Default)]
pub struct OwnData<'a> {
    /// Where all of it is.
    pub data: &'a str,
    /// Where erasing is sent to.
    pub erase: &'a str,
    pub erased: bool,
    /// Why it cannot be erased now; empty where it can.
    pub hindered: &'a str,
    /// Why what was asked was not done.
    pub refusal: &'a str,
}

/// What DSA Art. 17 asks to be told of a ruling.
pub struct Statement<'a> {
    pub at: Millis,
    pub reason: Option<Reason>,
    /// Readers had reported it.
    pub reported: bool,
    /// The screen had held it for a moderator.
    pub screened: bool,
    /// What the moderator adds; empty for most.
    pub note: &'a str,
}

/// Whether and where the ruling can be appealed against.
#[derive(Default)]
pub struct AppealForm<'a> {
    pub action: &'a str,
    /// Until when; `None` where there is nothing to appeal.
    pub until: Option<Millis>,
    /// What was typed and refused, with the reason.
    pub text: &'a str,
    pub refusal: &'a str,
}

#[derive(Serialize)]
struct Context<'a> {
    frame: Frame,
    state: &'static str,
    headline: &'a str,
    path: &'a str,
    url: &'a str,
    why: &'a str,
    cut: bool,
    statement: Vec<(&'static str, String)>,
    note: &'a str,
    steps: Vec<(Time, &'a str)>,
    edit: Option<Value>,
    own: Value,
    erased: bool,
    /// Why a change was not taken, where there is no form for it.
    edit_refused: &'a str,
    appeal: Option<Value>,
    /// Why an appeal was not taken, where there is no form for it.
    refused: &'a str,
    name: &'a str,
    text: Value,
    time: Time,
}

impl Theme {
    pub fn receipt(&self, receipt: &Receipt<'_>) -> Result<String, Fault> {
        let (comment, words) = (receipt.comment, receipt.voice.words);
        let why = match comment.state {
            State::Shown | State::Withdrawn => "",
            State::Held => receipt.why_held,
            State::Removed => comment.reason.map_or("", |r| receipt.voice.sentence(r)),
        };
        let title = format!("{} – {}", words.your_comment, receipt.paper.name);
        let context = Context {
            frame: Frame::speaking(words, receipt.paper, title, String::new(), ""),
            state: comment.state.as_str(),
            headline: receipt.headline,
            path: receipt.path,
            url: receipt.url,
            why,
            cut: comment.state == State::Shown && comment.reason.is_some(),
            statement: receipt
                .statement
                .as_ref()
                .map(|s| statement(receipt.paper, receipt.voice, comment.state, s, words.stated_here))
                .unwrap_or_default(),
            note: receipt.statement.as_ref().map_or("", |s| s.note),
            steps: receipt
                .steps
                .iter()
                .map(|(at, what)| (Time::told(receipt.paper, words, *at), what.as_str()))
                .collect(),
            own: {
                let o = &receipt.own;
                context! { data => o.data, erase => o.erase, hindered => o.hindered, refusal => o.refusal }
            },
            erased: receipt.own.erased,
            edit_refused: if receipt.edit.until.is_none() { receipt.edit.refusal } else { "" },
            edit: receipt.edit.until.map(|until| {
                let e = &receipt.edit;
                let until = Value::from(Serde(Time::told(receipt.paper, words, until)));
                context! { action => e.action, withdraw => e.withdraw, until, text => e.text, refusal => e.refusal }
            }),
            refused: if receipt.appeal.until.is_none() { receipt.appeal.refusal } else { "" },
            appeal: receipt.appeal.until.map(|until| {
                let a = &receipt.appeal;
                let until = Value::from(Serde(Time::told(receipt.paper, words, until)));
                context! { action => a.action, until, text => a.text, refusal => a.refusal, most => LONGEST }
            }),
            name: &comment.name,
            text: Value::from_safe_string(markup::comment_html(&comment.text)),
            time: Time::told(receipt.paper, words, comment.at),
        };
        self.render("receipt.html", &context)
    }
}

/// The parts of the statement, each with its name. `redress` says where an appeal can be made.
pub(crate) fn statement(
    paper: &Paper,
    voice: Voice<'_>,
    state: State,
    s: &Statement<'_>,
    redress: &'static str,
) -> Vec<(&'static str, String)> {
    let words = voice.words;
    let what = match state {
        State::Removed => words.stated_removed,
        _ => words.stated_cut,
    };
    let facts = match (s.reported, s.screened) {
        (true, _) => words.stated_reported,
        (false, true) => words.stated_screened,
        (false, false) => words.stated_found,
    };
    let machine = if s.screened { words.stated_machine } else { words.stated_no_machine };
    vec![
        (words.stated_what, fill(what, &[("at", &words.moment(&paper.zone, s.at))])),
        (words.stated_why, facts.to_owned()),
        (words.stated_ground, voice.ground(s.reason)),
        (words.stated_machines, machine.to_owned()),
        (words.stated_redress, redress.to_owned()),
    ]
}
