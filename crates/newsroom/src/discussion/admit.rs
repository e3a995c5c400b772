//! The one rule by which a comment comes in. Form, API, embed and import all end here.

use super::{
    CommentId, Label, Policy, Regard, Reserved, Risk,
    name::{clean_line, is_deceptive},
    policy::{Mode, Openness},
    suspicion::{Asked, Pace, Proof, Suspicion, suspicion},
};
use crate::{Millis, story::Status};

/// What a reader may set, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Draft {
    pub name: String,
    pub text: String,
    pub reply_to: Option<CommentId>,
    /// For letters about this comment; empty for most.
    pub email: String,
    /// Letters about answers too, not only about what moderators decide.
    pub answers: bool,
    /// What the browser has worked for it, or an empty word where it would; see `super::suspicion`.
    pub proof: Option<String>,
}

/// By which way it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Form,
    Api,
    /// A page of another site.
    Embed,
    /// A page of another site that vouches for the writer's name.
    Vouched,
    /// An archive: written and published long ago, elsewhere.
    Import,
}

/// The comment it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parent {
    /// It answers none.
    None,
    Shown,
    /// There is none of that number under this story, or it is not shown.
    Missing,
    /// It is shown, in a thread that a moderator has closed.
    Closed,
}

/// A moderator's measure against whoever writes from here, or under this name. It always ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanction {
    pub until: Millis,
    /// Whether comments are held for a moderator, or refused.
    pub refuse: bool,
    /// Against a network that very many share: it only makes suspicious.
    pub wide: bool,
}

/// What the database and the edge know, so that the rule can be pure.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    pub door: Door,
    pub status: Status,
    pub published_at: Millis,
    pub mode: Mode,
    pub parent: Parent,
    /// The same text stands under this story already, said within `Policy::duplicate_within`.
    pub said_before: bool,
    /// Comments from the same address within the last minute, hour and day.
    pub last_minute: u32,
    pub last_hour: u32,
    pub last_day: u32,
    /// Comments from the networks around it.
    pub network: Pace,
    pub wide: Pace,
    pub proof: Proof,
    /// Nearly the same was said more than once within a day.
    pub echoes: bool,
    /// In a slowed discussion: when a comment came from the same address here.
    pub last_here: Option<Millis>,
    /// Shown comments of this writer, counted up to `Policy::first_held_in` this mode.
    pub shown_before: u32,
    pub sanction: Option<Sanction>,
    /// Names that no reader may sign with.
    pub reserved: &'a Reserved,
    /// Signed in as staff: may use a reserved name and is not held.
    pub staff: bool,
    /// The name, or one that looks like it, is that of an account, and the writer is not signed in to it.
    pub taken: bool,
    pub signed: Signed,
    /// What a moderator has set for the account that the writer is signed in to, and until when.
    pub regard: Option<(Regard, Millis)>,
}

impl Facts<'_> {
    /// Of a comment that starts a thread of an open discussion, by that door, and of whose writer nothing is known:
    /// all that can be said of what an archive brings.
    pub fn by(door: Door, published_at: Millis) -> Facts<'static> {
        Facts {
            door,
            status: Status::Published,
            published_at,
            mode: Mode::Open,
            parent: Parent::None,
            said_before: false,
            last_minute: 0,
            last_hour: 0,
            last_day: 0,
            network: Pace::default(),
            wide: Pace::default(),
            proof: Proof::None,
            echoes: false,
            last_here: None,
            shown_before: 0,
            sanction: None,
            reserved: Reserved::offices(),
            staff: false,
            taken: false,
            signed: Signed::Now,
            regard: None,
        }
    }
}

/// Whence the name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// Given with what is written.
    Now,
    /// The account's which the writer is signed in to.
    ByAccount,
    /// Given when the comment was taken in that is changed now.
    Before,
}

/// Name and text as they will be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clean {
    pub name: String,
    pub text: String,
    /// Where letters about the comment go, once that address has said yes.
    pub email: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Shown(Clean),
    Held(Clean, HeldWhy),
    Refused(Refusal),
}

/// Why a comment waits for a moderator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeldWhy {
    /// All comments of this discussion do.
    HeldFirst,
    /// It carries that many links.
    Links(usize),
    /// The screen saw a risk of these kinds.
    Risk(Vec<Label>),
    Sanction,
    /// The story is old.
    Age,
    /// The writer is new here; so many comments of theirs are read first.
    New(u32),
    /// It looks like the work of a program, and came without the work of a browser.
    Suspicion(Suspicion),
    /// A moderator has set that for the writer's account.
    Account,
}

/// Why a comment is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The story is not one that readers can see.
    NoStory,
    Closed,
    ClosedByAge,
    /// The thread of what it answers is.
    ThreadClosed,
    NoName,
    LongName {
        most: usize,
    },
    ReservedName,
    /// The account had it before it was.
    ReservedAccountName,
    /// The comment that is changed had it before it was.
    ReservedSince,
    /// An account has it.
    TakenName,
    NoText,
    LongText {
        most: usize,
        has: usize,
    },
    ManyLines {
        most: usize,
    },
    ManyLinks {
        most: usize,
    },
    NoParent,
    /// What was given as a mail address is none.
    BadEmail,
    Duplicate,
    /// Too many from one address; try again in so many seconds.
    Flood {
        wait: u32,
    },
    /// The discussion is slowed; try again in so many seconds.
    Slowed {
        wait: u32,
    },
    Sanctioned {
        until: Millis,
    },
    /// The browser is to work for it first; see `super::suspicion`.
    ProofWanted(Suspicion),
    /// A moderator has set that for the writer's account.
    AccountRefused {
        until: Millis,
    },
}

impl Refusal {
    /// Stable, for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::NoStory => "no-story",
            Refusal::Closed => "discussion-closed",
            Refusal::ClosedByAge => "discussion-closed-by-age",
            Refusal::ThreadClosed => "thread-closed",
            Refusal::NoName => "name-missing",
            Refusal::LongName { .. } => "name-too-long",
            Refusal::ReservedName | Refusal::ReservedAccountName | Refusal::ReservedSince => "name-reserved",
            Refusal::TakenName => "name-taken",
            Refusal::NoText => "text-missing",
            Refusal::LongText { .. } => "text-too-long",
            Refusal::ManyLines { .. } => "too-many-lines",
            Refusal::ManyLinks { .. } => "too-many-links",
            Refusal::NoParent => "reply-to-missing",
            Refusal::BadEmail => "email-malformed",
            Refusal::Duplicate => "duplicate",
            Refusal::Flood { .. } => "too-many-comments",
            Refusal::Slowed { .. } => "discussion-slowed",
            Refusal::Sanctioned { .. } => "sanctioned",
            Refusal::ProofWanted(_) => "proof-wanted",
            Refusal::AccountRefused { .. } => "account-refused",
        }
    }

    /// The form field or JSON member at fault, if one is.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::NoName | Refusal::LongName { .. } | Refusal::ReservedName | Refusal::TakenName => {
                Some("name")
            }
            Refusal::NoText
            | Refusal::LongText { .. }
            | Refusal::ManyLines { .. }
            | Refusal::ManyLinks { .. }
            | Refusal::Duplicate => Some("text"),
            Refusal::NoParent | Refusal::ThreadClosed => Some("reply_to"),
            Refusal::BadEmail => Some("email"),
            _ => None,
        }
    }
}

/// The text as it will be stored: composed line breaks, no control or deceptive characters, no more than
/// one empty line in a row.
pub fn clean_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.replace("\r\n", "\n").split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}']) {
        let line: String =
            line.chars().filter(|&c| c == '\t' || (!c.is_control() && !is_deceptive(c))).collect();
        let line = line.trim_end();
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        out.push_str(line);
    }
    out
}

/// How many addresses of other pages a text names.
pub fn count_links(text: &str) -> usize {
    let lower = text.to_ascii_lowercase();
    let schemes = lower.matches("http://").count() + lower.matches("https://").count();
    let bare = lower
        .match_indices("www.")
        .filter(|(at, _)| {
            !lower[..*at].ends_with("//") && !lower[..*at].ends_with(|c: char| c.is_alphanumeric())
        })
        .count();
    schemes + bare
}

/// Whether so many comments from one address, within a minute, an hour and a day, are one too many for another.
pub fn flood(last_minute: u32, last_hour: u32, last_day: u32, policy: &Policy) -> Option<Refusal> {
    let wait = match () {
        () if last_minute >= policy.most_per_minute => 60,
        () if last_hour >= policy.most_per_hour => 3_600,
        () if last_day >= policy.most_per_day => 86_400,
        () => return None,
    };
    Some(Refusal::Flood { wait })
}

/// Decides. Refusals come first, in the order in which a reader can mend them; then what is held.
pub fn admit(draft: &Draft, facts: &Facts<'_>, risks: &[Risk], policy: &Policy, now: Millis) -> Verdict {
    let archive = facts.door == Door::Import;
    let refused = |why| Verdict::Refused(why);
    if !facts.status.is_discussed() {
        return refused(Refusal::NoStory);
    }
    let openness = policy.openness(facts.mode, facts.published_at, now);
    if !archive {
        match openness {
            Openness::Closed => return refused(Refusal::Closed),
            Openness::ClosedByAge => return refused(Refusal::ClosedByAge),
            _ => {}
        }
        if facts.parent == Parent::Closed {
            return refused(Refusal::ThreadClosed);
        }
    }
    // Where no letters are sent no address is kept.
    let email = if policy.letters { crate::mail::address(&draft.email) } else { None };
    let clean = Clean { name: clean_line(&draft.name), text: clean_text(&draft.text), email };
    if clean.name.is_empty() {
        return refused(Refusal::NoName);
    }
    if clean.name.chars().count() > policy.longest_name {
        return refused(Refusal::LongName { most: policy.longest_name });
    }
    // Whom another site vouches for signs with the name they have there: its admin may be one, but is not ours.
    let reserved = match facts.door {
        _ if facts.staff => false,
        Door::Import => false,
        Door::Vouched => facts.reserved.holds_own(&clean.name),
        Door::Form | Door::Api | Door::Embed => facts.reserved.holds(&clean.name),
    };
    if reserved {
        return refused(match facts.signed {
            Signed::Now => Refusal::ReservedName,
            Signed::ByAccount => Refusal::ReservedAccountName,
            Signed::Before => Refusal::ReservedSince,
        });
    }
    if facts.taken && !facts.staff && !archive && facts.door != Door::Vouched {
        return refused(Refusal::TakenName);
    }
    if clean.text.is_empty() {
        return refused(Refusal::NoText);
    }
    let has = clean.text.chars().count();
    if has > policy.longest_text {
        return refused(Refusal::LongText { most: policy.longest_text, has });
    }
    if clean.text.lines().count() > policy.most_lines {
        return refused(Refusal::ManyLines { most: policy.most_lines });
    }
    let links = count_links(&clean.text);
    if links > policy.most_links && !archive {
        return refused(Refusal::ManyLinks { most: policy.most_links });
    }
    if facts.parent == Parent::Missing {
        return refused(Refusal::NoParent);
    }
    if clean.email.is_none() && policy.letters && !draft.email.trim().is_empty() {
        return refused(Refusal::BadEmail);
    }
    // What was published elsewhere long ago is taken as it stands.
    if archive || policy.limits_off {
        return Verdict::Shown(clean);
    }
    if facts.said_before {
        return refused(Refusal::Duplicate);
    }
    if let Some(flood) = flood(facts.last_minute, facts.last_hour, facts.last_day, policy) {
        return refused(flood);
    }
    if facts.staff {
        return Verdict::Shown(clean);
    }
    if openness == Openness::Slow
        && let Some(again) = facts.last_here.map(|at| at.plus(policy.slow_wait)).filter(|again| *again > now)
    {
        let wait = u32::try_from((again.0 - now.0) / 1000).unwrap_or(u32::MAX).max(1);
        return refused(Refusal::Slowed { wait });
    }
    // Of a person more is known than of a network.
    let regard = facts.regard.filter(|(_, until)| *until > now);
    match regard {
        Some((Regard::Refused, until)) => return refused(Refusal::AccountRefused { until }),
        Some((Regard::AtOnce, _)) => return Verdict::Shown(clean),
        Some((Regard::HeldFirst, _)) | None => {}
    }
    let sanction = facts.sanction.as_ref().filter(|s| s.until > now);
    if let Some(sanction) = sanction.filter(|s| s.refuse) {
        return refused(Refusal::Sanctioned { until: sanction.until });
    }
    if regard.is_some() {
        return Verdict::Held(clean, HeldWhy::Account);
    }
    if sanction.is_some_and(|s| !s.wide) {
        return Verdict::Held(clean, HeldWhy::Sanction);
    }
    if openness == Openness::HeldFirst {
        return Verdict::Held(clean, HeldWhy::HeldFirst);
    }
    if openness == Openness::HeldByAge {
        return Verdict::Held(clean, HeldWhy::Age);
    }
    let first_held = policy.first_held_in(facts.mode);
    if facts.shown_before < first_held {
        return Verdict::Held(clean, HeldWhy::New(first_held));
    }
    if facts.mode != Mode::AtOnce {
        let seen: Vec<Label> = risks.iter().filter(|r| r.score >= policy.hold_at).map(|r| r.label).collect();
        if !seen.is_empty() {
            return Verdict::Held(clean, HeldWhy::Risk(seen));
        }
        if links > policy.links_held_above {
            return Verdict::Held(clean, HeldWhy::Links(links));
        }
    }
    if let Some(why) = suspicion(facts, policy, now) {
        return match facts.proof {
            Proof::Done => Verdict::Shown(clean),
            Proof::Offered if policy.proof_of_work != Asked::Never => refused(Refusal::ProofWanted(why)),
            Proof::Offered | Proof::None => Verdict::Held(clean, HeldWhy::Suspicion(why)),
        };
    }
    Verdict::Shown(clean)
}

#[cfg(test)]
#[path = "admit_tests.rs"]
mod tests;
