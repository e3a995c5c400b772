//! Samples of a reader's account.

use super::{
    Sample,
    data::{self, MORNING},
};
use crate::{
    account::{AccountDoor, AccountEntry, AccountPage, AccountSession, DoorPasskeys, Entry, WayRow},
    theme::{Fault, Theme},
};

pub const ACCOUNT: &[Sample] = samples![
    "account-door.html" => |theme| door(theme, "", ""),
    "account-door-refused.html" => |theme| door(theme, "mette", "That is no mail address."),
    "account-new.html" => |theme| entry(theme, Entry::New("Mette"), ""),
    "account-taken.html" => |theme| entry(theme, Entry::New("Mette"), "An account has that name already."),
    "account-known.html" => |theme| entry(theme, Entry::Known("Mette"), ""),
    "account-another.html" => |theme| entry(theme, Entry::Another("Mette"), ""),
    "account-elsewhere.html" => |theme| entry(theme, Entry::Elsewhere, ""),
    "account.html" => |theme| own(theme, true),
    "account-empty.html" => |theme| own(theme, false),
];

const PROVIDER: &str = "/account/with/courier";

fn door(theme: &Theme, email: &str, refusal: &str) -> Result<String, Fault> {
    theme.account_door(&AccountDoor {
        paper: &data::paper(),
        letters: true,
        providers: &[(PROVIDER.into(), "Courier ID")],
        passkeys: Some(DoorPasskeys {
            origin: "https://courier.example",
            makes: true,
            name: "",
            longest_name: 60,
        }),
        email,
        said: if refusal.is_empty() { "You are signed out." } else { "" },
        refusal,
    })
}

fn entry(theme: &Theme, entry: Entry<'_>, refusal: &str) -> Result<String, Fault> {
    theme.account_entry(&AccountEntry {
        paper: &data::paper(),
        action: "/account/enter/7-abc",
        way: "m***@post.example",
        entry,
        longest_name: 60,
        refusal,
    })
}

fn own(theme: &Theme, full: bool) -> Result<String, Fault> {
    let comment = data::comment(42, 40, Some(41));
    let row = (comment, "/2026/05/01/night-ferry".into(), "Night ferry".into(), "/receipt/42-abc".into());
    let comments = if full { vec![row] } else { vec![] };
    let way = |id, words: &str| WayRow { id, words: words.into(), used: MORNING };
    let session = |id, this| AccountSession {
        id,
        browser: "Firefox on Linux".into(),
        since: MORNING,
        used: MORNING,
        this,
    };
    theme.account(&AccountPage {
        paper: &data::paper(),
        name: "Mette Holm",
        since: MORNING,
        badge: full.then_some(("Professor of hydrology", MORNING)),
        letters: full,
        providers: &[(PROVIDER.into(), "Courier ID")],
        passkeys: full.then_some("https://courier.example"),
        ways: &if full {
            vec![way(1, "By letter to m***@post.example"), way(2, "With Courier ID")]
        } else {
            vec![way(1, "With Courier ID")]
        },
        sessions: &if full { vec![session(1, true), session(2, false)] } else { vec![session(1, true)] },
        comments: &comments,
        next: if full { "/account?before=42#said-head" } else { "" },
        longest_name: 60,
        said: if full { "You are signed in." } else { "" },
        refusal: if full { "" } else { "That is the last way in: it stays." },
        fault: if full { "" } else { "way" },
    })
}
