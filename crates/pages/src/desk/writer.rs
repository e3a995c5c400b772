//! A writer as the desk knows them: a name and a network, what was said under it, and the moderators' notes.

use super::{
    frame::{Desk, Room},
    inbox::encoded,
};
use crate::{
    markup,
    theme::{Fault, Theme},
};
use minijinja::{Value, context};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, Reach, Reasons, State},
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
    pub traces: &'a Traces,
}

/// What can still be said of where a writer's comments came from.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    /// Comments whose address can still be known again, the newest first.
    pub known: Vec<(CommentId, Millis)>,
    /// Said from the same address on the same day under other names.
    pub address: Vec<Other>,
    /// Said from the network around it on the day of the latest comment, from other addresses.
    pub network: Vec<Other>,
    /// So many addresses of the wide network wrote on that day.
    pub addresses: u32,
    /// Days for which an address is known again.
    pub days: i64,
}

/// Somebody else's comment, or the same person's under another name.
#[derive(Clone, Debug)]
pub struct Other {
    pub comment: Comment,
    /// Where its story stands; `None` where readers do not see it.
    pub path: Option<String>,
    pub headline: String,
}

/// From so many addresses on it is many people's network.
const MANY: u32 = 20;

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
        let other = |o: &Other| {
            context! {
                name => o.comment.name.as_str(),
                writer => format!(
                    "/desk/writers?name={}&network={}",
                    encoded(&o.comment.name),
                    encoded(&o.comment.network)
                ),
                at => view.desk.moment(o.comment.at),
                state => o.comment.state.as_str(),
                headline => o.headline.as_str(),
                href => o.path.as_ref().filter(|_| o.comment.state == State::Shown)
                    .map(|path| format!("{path}/comments/{0}#comment-{0}", o.comment.id)),
            }
        };
        let traces = view.traces;
        let others = |all: &[Other]| all.iter().map(other).collect::<Vec<Value>>();
        let known = |(id, at): &(CommentId, Millis)| context! { id, at => view.desk.moment(*at) };
        let [shown, held, removed] = view.standing;
        let context = context! {
            frame => view.desk.context(Room::Queue),
            name => view.name,
            network => view.network,
            standing => format!("{shown} shown, {held} waiting, {removed} removed"),
            said => view.said.iter().map(said).collect::<Vec<Value>>(),
            notes => view.notes.iter().map(note).collect::<Vec<Value>>(),
            known => traces.known.iter().map(known).collect::<Vec<Value>>(),
            same_address => others(&traces.address),
            same_network => others(&traces.network),
            crowd => (traces.addresses >= MANY).then_some(traces.addresses),
            print_days => traces.days,
            reaches => Reach::ALL.map(|r| context! { value => r.as_str(), words => r.words() }).to_vec(),
            longest => super::sanctions::LONGEST_DAYS,
        };
        self.render("desk/writer.html", &context)
    }
}
