//! A reader's account as the desk knows it, and somebody of the staff writing under a story.

use super::frame::{Desk, Room};
use crate::{
    markup,
    theme::{Fault, Theme},
};
use minijinja::{Value, context};
use newsroom::{
    Millis,
    discussion::{Comment, Regard, State},
};

/// `/desk/readers/{id}`
pub struct ReaderDesk<'a> {
    pub desk: &'a Desk<'a>,
    pub id: i64,
    /// Empty where it has ended.
    pub name: &'a str,
    pub since: Millis,
    pub badge: Option<(&'a str, Millis)>,
    pub regard: Option<(Regard, Millis)>,
    /// Kinds of ways in; none says who it is.
    pub ways: &'a [&'static str],
    /// Names that nobody else can sign with.
    pub names: &'a [NameRow],
    /// The latest, the newest first, each with the path of its story and its headline.
    pub said: &'a [(Comment, Option<String>, String)],
}

/// A name that an account keeps from others.
pub struct NameRow {
    /// By which it is told from others.
    pub look: String,
    pub words: String,
    /// The account goes by it.
    pub current: bool,
    /// From when on it is free by itself.
    pub free_at: Option<Millis>,
}

/// `/desk/comments/{id}/reply`, `/desk/stories/{id}/say`
pub struct StaffForm<'a> {
    pub desk: &'a Desk<'a>,
    pub action: &'a str,
    pub headline: &'a str,
    /// Where readers find the story.
    pub path: &'a str,
    /// What is answered.
    pub parent: Option<&'a Comment>,
    /// The story's byline names whoever writes.
    pub author: bool,
    pub text: &'a str,
    /// Why it was not taken.
    pub refusal: &'a str,
}

/// Words of a badge, in characters.
pub const LONGEST_BADGE: usize = 60;
/// A badge, and what is set for an account, end after at most so many days.
pub const MOST_DAYS: u32 = 730;

fn regard_words(regard: Regard) -> &'static str {
    match regard {
        Regard::AtOnce => "shown at once, whatever the discussion’s mode",
        Regard::HeldFirst => "held for a moderator",
        Regard::Refused => "refused",
    }
}

impl Theme {
    pub fn desk_reader(&self, view: &ReaderDesk<'_>) -> Result<String, Fault> {
        let said = |(comment, path, headline): &(Comment, Option<String>, String)| {
            let state = match comment.state {
                State::Shown => "Shown",
                State::Held => "Waits",
                State::Removed => "Removed",
                State::Withdrawn => "Withdrawn by its writer",
            };
            context! {
                state, headline,
                href => path.as_ref().filter(|_| comment.state == State::Shown)
                    .map(|path| format!("{path}/comments/{0}#comment-{0}", comment.id)),
                at => view.desk.moment(comment.at),
                html => Value::from_safe_string(markup::comment_html(&comment.text)),
            }
        };
        let context = context! {
            frame => view.desk.context(Room::Queue),
            id => view.id,
            name => view.name,
            since => view.desk.moment(view.since),
            badge => view.badge.map(|(words, until)| context! { words, until => view.desk.moment(until) }),
            regard => view.regard.map(|(regard, until)| {
                context! { words => regard_words(regard), until => view.desk.moment(until) }
            }),
            regards => Regard::ALL.iter().map(|r| (r.as_str(), regard_words(*r))).collect::<Vec<_>>(),
            ways => view.ways.to_vec(),
            names => view.names.iter().map(|n| context! {
                look => n.look.as_str(), words => n.words.as_str(), current => n.current,
                free_at => n.free_at.map(|at| view.desk.moment(at)),
            }).collect::<Vec<Value>>(),
            said => view.said.iter().map(said).collect::<Vec<Value>>(),
            longest => LONGEST_BADGE,
            most => MOST_DAYS,
        };
        self.render("desk/reader.html", &context)
    }

    pub fn desk_staff_form(&self, view: &StaffForm<'_>) -> Result<String, Fault> {
        let parent = view.parent.map(|c| {
            context! { name => c.name.as_str(), html => Value::from_safe_string(markup::comment_html(&c.text)) }
        });
        let context = context! {
            frame => view.desk.context(Room::Queue),
            action => view.action, headline => view.headline, path => view.path, parent,
            author => view.author, text => view.text, refusal => view.refusal,
            name => view.desk.person.map_or("", |p| p.name),
        };
        self.render("desk/staff_form.html", &context)
    }
}
