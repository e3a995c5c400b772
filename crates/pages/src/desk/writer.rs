//! A writer as the desk knows them: a name and a network, what was said under it, and the moderators' notes.

use super::frame::{Desk, Room};
use crate::{
    markup,
    theme::{Fault, Theme},
};
use minijinja::{Value, context};
use newsroom::{
    Millis,
    discussion::{Comment, Reasons, State},
};

/// `/desk/writers?name=…&network=…`
pub struct WriterDesk<'a> {
    pub desk: &'a Desk<'a>,
    pub reasons: &'a Reasons,
    pub name: &'a str,
    /// The mask; empty where none is kept.
    pub network: &'a str,
    /// Of the latest comments: shown, held, removed.
    pub standing: [u32; 3],
    /// The latest, the newest first, each with the path of its story and its headline.
    pub said: &'a [(Comment, Option<String>, String)],
    /// When, by whom, what; the oldest first.
    pub notes: &'a [(Millis, String, String)],
}

impl Theme {
    pub fn desk_writer(&self, view: &WriterDesk<'_>) -> Result<String, Fault> {
        let said = |(comment, path, headline): &(Comment, Option<String>, String)| {
            let state = match (comment.state, comment.reason) {
                (State::Shown, None) => "Shown".to_owned(),
                (State::Shown, Some(reason)) => {
                    format!("Passage cut: {}", view.reasons.label(&reason))
                }
                (State::Held, _) => "Waits".into(),
                (State::Removed, Some(reason)) => {
                    format!("Removed as: {}", view.reasons.label(&reason))
                }
                (State::Removed, None) => "Removed".into(),
                (State::Withdrawn, _) => "Withdrawn by its writer".into(),
            };
            context! {
                id => comment.id,
                state,
                headline,
                // Its own page in the thread, as long as readers see it.
                href => path.as_ref().filter(|_| comment.state == State::Shown)
                    .map(|path| format!("{path}/comments/{0}#comment-{0}", comment.id)),
                at => view.desk.moment(comment.at),
                html => Value::from_safe_string(markup::comment_html(&comment.text)),
            }
        };
        let note = |(at, who, text): &(Millis, String, String)| {
            context! { at => view.desk.moment(*at), who, text }
        };
        let [shown, held, removed] = view.standing;
        let context = context! {
            frame => view.desk.context(Room::Queue),
            name => view.name,
            network => view.network,
            standing => format!("{shown} shown, {held} waiting, {removed} removed"),
            said => view.said.iter().map(said).collect::<Vec<Value>>(),
            notes => view.notes.iter().map(note).collect::<Vec<Value>>(),
            longest => super::sanctions::LONGEST_DAYS,
        };
        self.render("desk/writer.html", &context)
    }
}
