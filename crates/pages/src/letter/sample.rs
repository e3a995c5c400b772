//! Samples of every letter and its pages.

use newsroom::discussion::{Reason, State};

use super::{
    Foot, Line, Matter, QueueLine,
    page::{Ask, LetterPage},
};
use crate::{
    Statement,
    sample::{
        Sample,
        data::{self, MORNING},
    },
    theme::{Fault, Theme},
};

pub(crate) const LETTERS: &[Sample] = &[
    Sample { file: "letter-confirm.txt", render: |t| confirm(t, false, "") },
    Sample { file: "letter-confirm-thread.txt", render: |t| confirm(t, true, "") },
    Sample { file: "letter-confirm-report.txt", render: |t| confirm(t, false, "https://courier.example/r") },
    Sample { file: "letter-comment.txt", render: |t| said(t, false) },
    Sample { file: "letter-digest.txt", render: |t| said(t, true) },
    Sample { file: "letter-ruling.txt", render: ruling },
    Sample { file: "letter-outcome.txt", render: outcome },
    Sample { file: "letter-queue.txt", render: queue },
    Sample { file: "letter-sign-in.txt", render: |t| whole(t, &Matter::SignIn { enter: URL }) },
    Sample { file: "letter-page.html", render: |t| page(t, false) },
    Sample { file: "letter-page-rule.html", render: |t| page(t, true) },
];

const URL: &str = "https://courier.example/somewhere";
const FOOT: Foot<'_> = Foot { stop: URL, stop_all: "https://courier.example/all" };

fn whole(theme: &Theme, matter: &Matter<'_>) -> Result<String, Fault> {
    let letter = theme.letter(&data::paper(), data::voice(), matter, FOOT)?;
    Ok(format!("{}\n\n{}", letter.subject, letter.text))
}

fn confirm(theme: &Theme, thread: bool, report: &str) -> Result<String, Fault> {
    whole(theme, &Matter::Confirm { headline: "Night ferry", thread, report, yes: URL })
}

fn said(theme: &Theme, digest: bool) -> Result<String, Fault> {
    let comment = data::comment(42, 40, Some(41));
    let line = Line { headline: "Night ferry", comment: &comment, answers: true, url: URL, stop: URL };
    whole(theme, &if digest { Matter::Digest(vec![line]) } else { Matter::Comment(line) })
}

fn ruling(theme: &Theme) -> Result<String, Fault> {
    let mut comment = data::comment(42, 40, Some(41));
    comment.state = State::Removed;
    let statement = Statement {
        at: MORNING,
        reason: Some(Reason::INSULT),
        reported: true,
        screened: false,
        note: "Not like this, please.",
    };
    whole(theme, &Matter::Ruling { headline: "Night ferry", comment: &comment, statement, url: URL })
}

fn outcome(theme: &Theme) -> Result<String, Fault> {
    let words = data::voice().words.outcome("remove");
    whole(
        theme,
        &Matter::Outcome { what: "Your report is decided", headline: "Night ferry", words, url: URL },
    )
}

fn queue(theme: &Theme) -> Result<String, Fault> {
    let comment = data::comment(42, 40, Some(41));
    let row =
        QueueLine { headline: "Night ferry", comment: &comment, why: "It insults.", show: URL, remove: URL };
    whole(
        theme,
        &Matter::Queue {
            counts: [1, 2, 1_001],
            overdue: "1 reported comment has waited for more than 24 hours.",
            rows: vec![row],
            desk: URL,
            until: "2 May, 07:00",
        },
    )
}

fn page(theme: &Theme, rule: bool) -> Result<String, Fault> {
    let comment = data::comment(42, 40, Some(41));
    theme.letter_page(&LetterPage {
        paper: &data::paper(),
        around: data::voice().words,
        title: "Remove this comment?",
        words: "Nothing is done until you press the button.",
        comment: rule.then_some((&comment, "Night ferry", "/2026/05/01/night-ferry")),
        ask: rule.then_some(Ask {
            action: "/letters/rule/x",
            button: "Remove",
            reasons: Some(data::voice().reasons),
        }),
    })
}
