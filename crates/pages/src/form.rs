//! The form under a story: empty, or filled in again with the reason in words.

use minijinja::Value;
use newsroom::{
    discussion::{Comment, Discussion, Policy, Refusal},
    paper::{NetworkDisplay, Paper},
};
use serde::Serialize;

use crate::{frame::Time, markup, words::Words};

/// What is in the form. `Form::default()` is an empty one.
#[derive(Clone, Copy, Default)]
pub struct Form<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub email: &'a str,
    pub answers: bool,
    /// The comment that is answered; it is quoted above the form.
    pub reply_to: Option<&'a Comment>,
    /// Why what was sent was refused.
    pub refusal: Option<&'a Refusal>,
}

#[derive(Serialize)]
pub(crate) struct FormView<'a> {
    /// The words around it.
    pub w: Value,
    /// Where it posts to.
    pub action: String,
    /// Whether the discussion takes comments now.
    pub open: bool,
    /// How it stands, in words; empty when simply open.
    pub state: &'static str,
    /// The day on which it closes by itself.
    pub closes: Option<Time>,
    pub name: &'a str,
    pub text: &'a str,
    /// Whether the paper sends letters; then an address may be given.
    pub letters: bool,
    pub email: &'a str,
    pub answers: bool,
    /// Where an address is given to follow the discussion.
    pub follow: String,
    pub longest_name: usize,
    pub longest_text: String,
    pub parent: Option<Parent<'a>>,
    /// Whether the parent is quoted above the form.
    pub quote: bool,
    /// The reason of a refusal; empty when there is none.
    pub refusal: String,
    /// The field at fault: `name`, `text`, `email`, or empty.
    pub fault: &'static str,
    /// Whether readers can have an account.
    pub accounts: bool,
    /// Whether readers see the network that a comment comes from.
    pub networks: bool,
    /// Where the rules are read.
    pub rules: &'a str,
}

#[derive(Serialize)]
pub(crate) struct Parent<'a> {
    pub id: i64,
    pub name: &'a str,
    pub text: Value,
}

impl<'a> FormView<'a> {
    pub fn of(
        paper: &Paper,
        words: &Words,
        path: &str,
        discussion: &Discussion,
        form: Form<'a>,
        policy: &Policy,
    ) -> FormView<'a> {
        let openness = discussion.openness;
        let closes = discussion.closes_at.filter(|_| openness.takes_comments()).map(|at| {
            let mut time = Time::of(paper, at);
            time.words = words.day(&paper.zone, at);
            time
        });
        FormView {
            w: words.value(),
            action: format!("{path}/comments"),
            open: openness.takes_comments(),
            state: words.openness(openness),
            closes,
            name: form.name,
            text: form.text,
            letters: policy.letters,
            email: form.email,
            answers: form.answers,
            follow: format!("{path}/follow"),
            longest_name: policy.longest_name,
            longest_text: words.number(policy.longest_text as u64),
            parent: form.reply_to.map(|c| Parent {
                id: c.id,
                name: &c.name,
                text: Value::from_safe_string(markup::comment_html(&c.text)),
            }),
            quote: true,
            refusal: form.refusal.map(|r| words.refused_by(paper, r)).unwrap_or_default(),
            fault: match form.refusal.and_then(Refusal::field) {
                Some("name") => "name",
                Some("text") => "text",
                Some("email") => "email",
                _ => "",
            },
            accounts: policy.accounts,
            networks: paper.networks == NetworkDisplay::Mask,
            rules: "/discussion-rules",
        }
    }
}
