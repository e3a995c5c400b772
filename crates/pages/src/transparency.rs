//! The account of a time's moderation as a page: to be put online, or at `/transparency` once it was made public.

use minijinja::{Value, context, value::Serde};
use newsroom::{
    Language, Millis,
    discussion::{
        Reasons,
        reason::{Ground, HouseReason},
    },
    paper::Paper,
};

use crate::{
    frame::Frame,
    theme::{Fault, Theme},
    words::{OpenWords, Voice, Words},
};

pub struct Transparency<'a> {
    pub paper: &'a Paper,
    pub from: Millis,
    /// Not with it.
    pub until: Millis,
    pub lines: &'a [Line],
    /// Its number where the paper made it public, and all that it made public: number, from, until.
    pub public: Option<(i64, &'a [Public])>,
}

/// An account that was made public: its number, from when, until when.
pub type Public = (i64, Millis, Millis);

/// What is counted. The name is for programs and for what is kept, and the same in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Written,
    Held,
    HeldOfThousand,
    Reports,
    Shown,
    Removed,
    Cut,
    PutOff,
    Warned,
    TakenBack,
    ByItself,
    Appeals,
    Upheld,
    Kept,
    ReportMinutes,
    AppealMinutes,
}

impl Counted {
    const ALL: [(Counted, &str); 16] = [
        (Counted::Written, "comments written"),
        (Counted::Held, "comments held at first"),
        (Counted::HeldOfThousand, "of each thousand comments held at first"),
        (Counted::Reports, "reports by readers"),
        (Counted::Shown, "rulings: shown"),
        (Counted::Removed, "rulings: removed"),
        (Counted::Cut, "rulings: a passage cut"),
        (Counted::PutOff, "rulings: held"),
        (Counted::Warned, "rulings: writer warned"),
        (Counted::TakenBack, "rulings taken back"),
        (Counted::ByItself, "held by the paper itself for readers' reports"),
        (Counted::Appeals, "appeals"),
        (Counted::Upheld, "appeals upheld"),
        (Counted::Kept, "appeals refused"),
        (Counted::ReportMinutes, "median minutes from report to ruling"),
        (Counted::AppealMinutes, "median minutes from appeal to ruling"),
    ];

    pub fn as_str(self) -> &'static str {
        Counted::ALL.iter().find(|(counted, _)| *counted == self).map_or("", |(_, name)| name)
    }

    fn parse(name: &str) -> Option<Counted> {
        Counted::ALL.iter().find(|(_, known)| *known == name).map(|(counted, _)| *counted)
    }

    fn words(self, words: &OpenWords) -> &'static str {
        match self {
            Counted::Written => words.counted_written,
            Counted::Held => words.counted_held,
            Counted::HeldOfThousand => words.counted_held_of_thousand,
            Counted::Reports => words.counted_reports,
            Counted::Shown => words.counted_shown,
            Counted::Removed => words.counted_removed,
            Counted::Cut => words.counted_cut,
            Counted::PutOff => words.counted_put_off,
            Counted::Warned => words.counted_warned,
            Counted::TakenBack => words.counted_taken_back,
            Counted::ByItself => words.counted_by_itself,
            Counted::Appeals => words.counted_appeals,
            Counted::Upheld => words.counted_upheld,
            Counted::Kept => words.counted_kept,
            Counted::ReportMinutes => words.counted_report_minutes,
            Counted::AppealMinutes => words.counted_appeal_minutes,
        }
    }
}

/// One number.
pub struct Line {
    /// A [`Counted`]'s name; another one, of another version, stands as it is.
    pub what: String,
    /// A reason's code; empty where none belongs to it.
    pub code: String,
    pub number: u64,
    /// As the paper has it.
    pub reason: Option<HouseReason>,
}

/// As CSV, a line for each number, the first naming the columns.
pub fn csv(lines: &[Line]) -> String {
    let mut out = String::from("what,code,number,reason,ground,source\n");
    for Line { what, code, number, reason } in lines {
        let ground = reason.as_ref().map_or("", |r| r.ground.as_str());
        let (label, source) = reason.as_ref().map_or(("", ""), |r| (r.label.as_str(), r.source.as_str()));
        out.push_str(&format!("{what},{code},{number},{},{ground},{}\n", cell(label), cell(source)));
    }
    out
}

/// What the paper has worded itself, as one cell: quoted where it must be, and never a formula to a spreadsheet.
fn cell(text: &str) -> String {
    let text = match text.starts_with(['=', '+', '-', '@', '\t']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match text.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// A reason's label; one that came with Dateline in the page's words.
fn label(words: &'static Words, reason: &HouseReason) -> String {
    let usual = Reasons::default();
    let own = usual.find(reason.reason).is_none_or(|r| r.label != reason.label);
    if own || words.language == Language::English {
        return reason.label.clone();
    }
    Voice { words, reasons: &usual }.choice(reason.reason).to_owned()
}

impl Theme {
    pub fn transparency(&self, page: &Transparency<'_>) -> Result<String, Fault> {
        let words = Words::of_paper(page.paper);
        let title = format!("{} – {}", words.open().moderation, page.paper.name);
        let day = |at| words.day(&page.paper.zone, at);
        let line = |l: &Line| {
            let reason = l.reason.as_ref().map(|r| {
                context! { label => label(words, r), law => r.ground == Ground::Law, source => r.source.as_str() }
            });
            let what = Counted::parse(&l.what).map_or(l.what.as_str(), |counted| counted.words(words.open()));
            context! { what, code => l.code.as_str(), number => l.number, reason }
        };
        let other = |(id, from, until): &Public| context! { id, from => day(*from), until => day(*until) };
        let others = page
            .public
            .map(|(this, all)| all.iter().filter(|a| a.0 != this).map(other).collect::<Vec<Value>>());
        let path = if page.public.is_some() { "/transparency" } else { "" };
        let context = context! {
            frame => Value::from(Serde(Frame::new(page.paper, title, String::new(), path))),
            id => page.public.map(|(id, _)| id),
            others => others.unwrap_or_default(),
            from => day(page.from),
            until => day(page.until),
            lines => page.lines.iter().map(line).collect::<Vec<Value>>(),
        };
        self.render("transparency.html", &context)
    }
}
