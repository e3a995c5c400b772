//! A reader's account: the door with its ways in, the page of somebody who came by one of them for the first time,
//! and all that an account holds. For one reader alone, and never kept.

use minijinja::{Value, context, value::Serde};
use newsroom::{
    Millis,
    discussion::{Comment, State},
    paper::Paper,
};

use crate::{
    desk::script::passkey_js_path,
    frame::{Frame, Time},
    markup,
    theme::{Fault, Theme},
    words::{Words, fill},
};

/// `/account`, to whoever is not signed in.
pub struct AccountDoor<'a> {
    pub paper: &'a Paper,
    /// Whether a letter can bring the way in.
    pub letters: bool,
    /// Address and label of each provider.
    pub providers: &'a [(String, &'a str)],
    /// Where browsers can have passkeys of the paper.
    pub passkeys: Option<DoorPasskeys<'a>>,
    pub email: &'a str,
    /// What was done, or why not.
    pub said: &'a str,
    pub refusal: &'a str,
}

/// What a passkey does at the door.
pub struct DoorPasskeys<'a> {
    /// Where a browser must be for them.
    pub origin: &'a str,
    /// Whether one makes an account, with nothing else.
    pub makes: bool,
    /// As typed for the new account, where that was refused.
    pub name: &'a str,
    pub longest_name: usize,
}

/// `/account/enter/{token}`: somebody has shown who they are.
pub struct AccountEntry<'a> {
    pub paper: &'a Paper,
    pub action: &'a str,
    /// The masked address, or the provider's label.
    pub way: &'a str,
    pub entry: Entry<'a>,
    pub longest_name: usize,
    pub refusal: &'a str,
}

/// Where the way leads.
pub enum Entry<'a> {
    /// Into the account of that name.
    Known(&'a str),
    /// To a new account; with the name that is proposed, or was typed.
    New(&'a str),
    /// To the account that is signed in here already, as another way in.
    Another(&'a str),
    /// Nowhere in this browser: the account of that other way is signed in elsewhere.
    Elsewhere,
}

/// `/account`, to its holder.
pub struct AccountPage<'a> {
    pub paper: &'a Paper,
    pub name: &'a str,
    pub since: Millis,
    /// What the desk gave it, and until when.
    pub badge: Option<(&'a str, Millis)>,
    pub letters: bool,
    pub providers: &'a [(String, &'a str)],
    /// Where a browser must be to add a passkey; `None` where there are none.
    pub passkeys: Option<&'a str>,
    pub ways: &'a [WayRow],
    pub sessions: &'a [AccountSession],
    /// The newest first, each with the path of its story, its headline, and the path of its receipt.
    pub comments: &'a [(Comment, String, String, String)],
    /// Where the older comments begin.
    pub next: &'a str,
    pub longest_name: usize,
    pub said: &'a str,
    pub refusal: &'a str,
    /// Which form was refused: `name`, `way`, `email` or `erase`.
    pub fault: &'a str,
}

pub struct WayRow {
    pub id: i64,
    /// `By letter to m***@example.org`
    pub words: String,
    pub used: Millis,
}

pub struct AccountSession {
    pub id: i64,
    pub browser: String,
    pub since: Millis,
    pub used: Millis,
    /// The one that asks.
    pub this: bool,
}

fn around(paper: &Paper) -> Value {
    let title = format!("{} – {}", Words::of_paper(paper).holder().your_account, paper.name);
    Value::from(Serde(Frame::new(paper, title, String::new(), "")))
}

fn doors(providers: &[(String, &str)]) -> Vec<Value> {
    providers.iter().map(|(href, label)| context! { href, label => *label }).collect()
}

/// What the script says of passkeys, by the name of what went wrong.
fn script_words(words: &Words, origin: &str) -> String {
    serde_json::json!({
        "elsewhere": fill(words.passkey_elsewhere, &[("origin", origin)]),
        "unknown": words.passkey_unknown,
        "no_answer": words.passkey_no_answer,
        "NotAllowedError": words.passkey_not_used,
        "InvalidStateError": words.passkey_has_one,
        "SecurityError": words.passkey_not_here,
        "NotSupportedError": words.passkey_not_kept,
    })
    .to_string()
}

impl Theme {
    pub fn account_door(&self, door: &AccountDoor<'_>) -> Result<String, Fault> {
        let passkeys = door.passkeys.as_ref().map(|p| {
            context! {
                script => passkey_js_path(), origin => p.origin,
                words => script_words(Words::of_paper(door.paper), p.origin),
                makes => p.makes, name => p.name, longest => p.longest_name,
            }
        });
        let context = context! {
            frame => around(door.paper),
            passkeys,
            letters => door.letters, providers => doors(door.providers), email => door.email,
            said => door.said, refusal => door.refusal,
        };
        self.render("account_door.html", &context)
    }

    pub fn account_entry(&self, page: &AccountEntry<'_>) -> Result<String, Fault> {
        let (kind, name) = match page.entry {
            Entry::Known(name) => ("known", name),
            Entry::New(name) => ("new", name),
            Entry::Another(name) => ("another", name),
            Entry::Elsewhere => ("elsewhere", ""),
        };
        let context = context! {
            frame => around(page.paper),
            action => page.action, way => page.way, kind, name,
            longest => page.longest_name, refusal => page.refusal,
        };
        self.render("account_entry.html", &context)
    }

    pub fn account(&self, page: &AccountPage<'_>) -> Result<String, Fault> {
        let time = |at: Millis| Value::from(Serde(Time::of(page.paper, at)));
        let words = Words::of_paper(page.paper).holder();
        let comment = |(comment, path, headline, receipt): &(Comment, String, String, String)| {
            let state = match comment.state {
                State::Shown if comment.reason.is_some() => words.mine_cut,
                State::Shown => words.mine_shown,
                State::Held => words.mine_held,
                State::Removed => words.mine_removed,
                State::Withdrawn => words.mine_withdrawn,
            };
            context! {
                at => time(comment.at), state, path, headline, receipt,
                text => Value::from_safe_string(markup::comment_html(&comment.text)),
            }
        };
        let session = |s: &AccountSession| {
            context! {
                id => s.id, browser => s.browser.as_str(), since => time(s.since), used => time(s.used),
                this => s.this,
            }
        };
        let way = |w: &WayRow| context! { id => w.id, words => w.words.as_str(), used => time(w.used) };
        let passkeys = page.passkeys.map(|origin| {
            let words = script_words(Words::of_paper(page.paper), origin);
            context! { script => passkey_js_path(), origin, words }
        });
        let context = context! {
            frame => around(page.paper),
            passkeys,
            name => page.name, since => time(page.since),
            badge => page.badge.map(|(words, until)| context! { words, until => time(until) }),
            letters => page.letters, providers => doors(page.providers),
            ways => page.ways.iter().map(way).collect::<Vec<_>>(),
            sessions => page.sessions.iter().map(session).collect::<Vec<_>>(),
            comments => page.comments.iter().map(comment).collect::<Vec<_>>(),
            next => page.next, longest => page.longest_name,
            said => page.said, refusal => page.refusal, fault => page.fault,
        };
        self.render("account.html", &context)
    }
}
