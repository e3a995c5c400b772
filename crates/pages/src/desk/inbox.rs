//! The lists of stories by status: the inbox first.

use minijinja::{Value, context};
use newsroom::{
    Millis,
    story::{Status, StoryId},
};

use super::frame::{Desk, Room};
use crate::theme::{Fault, Theme};

/// `/desk?tab=…&q=…&before=…`
pub struct Inbox<'a> {
    pub desk: &'a Desk<'a>,
    pub tab: Status,
    /// How many stories have each status, in the order of [`Status::ALL`].
    pub counts: [u64; 5],
    /// The words filtered by; empty for all.
    pub filter: &'a str,
    pub rows: &'a [InboxRow],
    /// Stories whose discussion has tips for the editors: number, headline, how many.
    pub tips: &'a [(StoryId, String, u32)],
    /// Where the older ones begin, as the list's own cursor.
    pub older: Option<&'a str>,
}

/// A story as it stands in a list of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxRow {
    pub id: StoryId,
    pub urgency: u8,
    pub slugline: String,
    pub headline: String,
    pub language: String,
    pub agency: String,
    pub section: String,
    /// Received, or the moment that counts in its tab: scheduled for, published, killed.
    pub at: Millis,
    pub embargo_until: Option<Millis>,
    /// The sender says: not now.
    pub withheld: bool,
    /// What the reader of its format wanted the desk to know.
    pub notes: Vec<String>,
}

/// The name of a tab.
pub(super) fn tab_name(status: Status) -> &'static str {
    match status {
        Status::Draft => "Inbox",
        Status::Scheduled => "Scheduled",
        Status::Published => "Published",
        Status::Killed => "Killed",
        Status::Spiked => "Spiked",
        Status::Outside => "Other sites",
    }
}

/// The address of a tab; `rest` begins with `&` or is empty.
pub(super) fn tab_href(status: Status, rest: &str) -> String {
    match (status, rest) {
        (Status::Draft, "") => "/desk".into(),
        _ => format!("/desk?tab={}{rest}", status.as_str()),
    }
}

/// Percent-encodes a query value.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}

fn empty_words(tab: Status, filtered: bool) -> &'static str {
    match tab {
        _ if filtered => "No story here has these words.",
        Status::Draft => {
            "The inbox is empty. Stories arrive from the wire, by import, or as a new story of your own."
        }
        Status::Scheduled => "Nothing is scheduled.",
        Status::Published => "Nothing is published yet.",
        Status::Killed => "No story was killed.",
        Status::Spiked => "Nothing is spiked.",
        Status::Outside => "No page of another site is discussed here yet.",
    }
}

impl Theme {
    pub fn desk_inbox(&self, view: &Inbox<'_>) -> Result<String, Fault> {
        let query =
            |words: &str| if words.is_empty() { String::new() } else { format!("&q={}", encoded(words)) };
        let tab = |(status, count): (Status, u64)| {
            context! {
                name => tab_name(status),
                href => tab_href(status, &query(view.filter)),
                here => status == view.tab,
                count => count,
            }
        };
        let tabs: Vec<Value> = Status::ALL.into_iter().zip(view.counts).map(tab).collect();
        let older =
            view.older.map(|o| tab_href(view.tab, &format!("{}&before={}", query(view.filter), encoded(o))));
        let context = context! {
            frame => view.desk.context(Room::Stories),
            tab => view.tab.as_str(),
            tab_name => tab_name(view.tab),
            tabs => tabs,
            when_name => match view.tab {
                Status::Draft | Status::Spiked => "Received",
                Status::Scheduled => "Goes out",
                Status::Published | Status::Outside => "Published",
                Status::Killed => "Killed",
            },
            q => view.filter,
            clear => tab_href(view.tab, ""),
            rows => view.rows.iter().map(|r| row(view.desk, r)).collect::<Vec<Value>>(),
            tips => view.tips.iter().map(|(id, headline, count)| context! { id, headline, count }).collect::<Vec<Value>>(),
            empty => empty_words(view.tab, !view.filter.is_empty()),
            older => older,
        };
        self.render("desk/inbox.html", &context)
    }
}

fn row(desk: &Desk<'_>, row: &InboxRow) -> Value {
    let mut flags: Vec<String> = Vec::new();
    if row.withheld {
        flags.push("withheld by the sender".into());
    }
    if let Some(until) = row.embargo_until.filter(|until| *until > desk.now) {
        flags.push(format!("embargo until {}", desk.paper.zone.format(until, "%H:%M, %-d %b %Y")));
    }
    context! {
        id => row.id,
        urgency => row.urgency,
        urgent => (1..=3).contains(&row.urgency),
        slugline => row.slugline.as_str(),
        headline => row.headline.as_str(),
        lang => if row.language == desk.paper.language { "" } else { row.language.as_str() },
        agency => row.agency.as_str(),
        section => row.section.as_str(),
        when => desk.moment(row.at),
        flags => flags,
        notes => row.notes.clone(),
    }
}
