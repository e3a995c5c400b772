//! Letters as plain text, and the pages that their links lead to.

pub mod page;
pub(crate) mod sample;

use minijinja::{Value, context};
use newsroom::{
    discussion::{Comment, State},
    mail::head_line,
    paper::Paper,
};

use crate::{
    desk::queue::so_many,
    receipt::{Statement, statement},
    theme::{Fault, Theme},
    words::{Voice, counted_with},
};

/// Longest subject, in characters.
const SUBJECT: usize = 150;
/// Lines and characters of a comment that a letter quotes.
const QUOTED_LINES: usize = 60;
const QUOTED: usize = 4_000;

/// A letter without its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// Lines end with `\n`.
    pub text: String,
}

/// What a letter is of, with all that it says. Addresses are absolute.
pub enum Matter<'a> {
    /// Whether letters are wanted. `report`: the page of the report, where that was the cause.
    Confirm {
        headline: &'a str,
        thread: bool,
        report: &'a str,
        yes: &'a str,
    },
    Comment(Line<'a>),
    Digest(Vec<Line<'a>>),
    Ruling {
        headline: &'a str,
        comment: &'a Comment,
        statement: Statement<'a>,
        url: &'a str,
    },
    /// An appeal or a report was decided.
    Outcome {
        what: &'a str,
        headline: &'a str,
        words: &'a str,
        url: &'a str,
    },
    /// The way into an account.
    SignIn {
        enter: &'a str,
    },
    /// `counts`: held, reported, appealed.
    Queue {
        counts: [u64; 3],
        /// What has waited for too long, in words; may be empty.
        overdue: &'a str,
        rows: Vec<QueueLine<'a>>,
        desk: &'a str,
        until: &'a str,
    },
}

/// A comment as a letter tells of it.
pub struct Line<'a> {
    pub headline: &'a str,
    pub comment: &'a Comment,
    /// It answers whoever reads the letter.
    pub answers: bool,
    pub url: &'a str,
    /// In a digest: ends the letters about this.
    pub stop: &'a str,
}

pub struct QueueLine<'a> {
    pub headline: &'a str,
    pub comment: &'a Comment,
    pub why: &'a str,
    pub show: &'a str,
    pub remove: &'a str,
}

/// The foot's two ways out; empty where there is none.
#[derive(Clone, Copy, Default)]
pub struct Foot<'a> {
    pub stop: &'a str,
    pub stop_all: &'a str,
}

/// Somebody's words, marked as such, so that none of them looks like the paper's own.
fn quote(text: &str) -> String {
    let mut out = String::new();
    let mut left = QUOTED;
    let all: Vec<&str> = text.lines().collect();
    for line in all.iter().take(QUOTED_LINES) {
        let line: String = line.chars().filter(|c| !c.is_control() || *c == '\t').take(left).collect();
        left -= line.chars().count();
        out.push_str("> ");
        out.push_str(&line);
        out.push('\n');
        if left == 0 {
            break;
        }
    }
    if left == 0 || all.len() > QUOTED_LINES {
        out.push_str("> …\n");
    }
    out.truncate(out.trim_end().len());
    out
}

impl Theme {
    pub fn letter(
        &self,
        paper: &Paper,
        voice: Voice<'_>,
        matter: &Matter<'_>,
        foot: Foot<'_>,
    ) -> Result<Letter, Fault> {
        let words = voice.words;
        let line = |text: &str| head_line(text, 200);
        let said = |l: &Line<'_>| {
            context! {
                headline => line(l.headline), name => line(&l.comment.name), quote => quote(&l.comment.text),
                answers => l.answers, url => l.url, stop => l.stop,
            }
        };
        let (template, own) = match matter {
            Matter::Confirm { headline, thread, report, yes } => (
                "letters/confirm.txt",
                context! { headline => line(headline), thread => *thread, report => *report, yes => *yes },
            ),
            Matter::SignIn { enter } => ("letters/sign_in.txt", context! { enter => *enter }),
            Matter::Comment(l) => ("letters/comment.txt", said(l)),
            Matter::Digest(lines) => {
                let n = lines.len() as u64;
                let subject = counted_with(words, words.letter_digest, n, &[("paper", &line(&paper.name))]);
                (
                    "letters/digest.txt",
                    context! { subject, lines => lines.iter().map(said).collect::<Vec<Value>>() },
                )
            }
            Matter::Ruling { headline, comment, statement: s, url } => (
                "letters/ruling.txt",
                context! {
                    headline => line(headline), quote => quote(&comment.text), url => *url,
                    removed => comment.state == State::Removed, note => line(s.note),
                    statement => statement(paper, voice, comment.state, s, words.stated_there),
                },
            ),
            Matter::Outcome { what, headline, words, url } => (
                "letters/outcome.txt",
                context! { what => *what, headline => line(headline), words => *words, url => *url },
            ),
            Matter::Queue { counts, overdue, rows, desk, until } => {
                let [held, reported, appealed] = counts.map(so_many);
                let row = |r: &QueueLine<'_>| {
                    context! {
                        headline => line(r.headline), name => line(&r.comment.name),
                        quote => quote(&r.comment.text), why => line(r.why), show => r.show,
                        remove => r.remove,
                    }
                };
                let rows = rows.iter().map(row).collect::<Vec<Value>>();
                (
                    "letters/queue.txt",
                    context! { held, reported, appealed, overdue => *overdue, rows, desk => *desk, until => *until },
                )
            }
        };
        let around = context! { w => words.value(), paper => line(&paper.name), stop => foot.stop, stop_all => foot.stop_all };
        let whole = self.render(template, &context! { ..around, ..own })?;
        let (subject, text) = whole.split_once('\n').unwrap_or((&whole, ""));
        Ok(Letter { subject: head_line(subject, SUBJECT), text: format!("{}\n", text.trim()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::data;

    #[test]
    fn what_readers_wrote_stays_in_its_place() {
        let mut comment = data::comment(2, 1, Some(1));
        comment.name = "Eve\r\nBcc: all@post.example".into();
        comment.text = "Yes.\n-- \nNo more letters: https://evil.example\u{1b}[2J".into();
        let line = Line {
            headline: "Ferry\r\nTo: x@post.example\r\n\r\n",
            comment: &comment,
            answers: true,
            url: "https://courier.example/c",
            stop: "",
        };
        let foot = Foot { stop: "https://courier.example/letters/stop/1-a", stop_all: "" };
        let theme = Theme::builtin();
        let letter =
            theme.letter(&data::paper(), data::voice(), &Matter::Comment(line), foot).expect("renders");
        assert_eq!(
            letter.subject, "Eve Bcc: all@post.example answers you: Ferry To: x@post.example",
            "one line"
        );
        assert!(letter.text.contains("\n> -- \n> No more letters: https://evil.example[2J\n"), "{letter:?}");
        assert!(letter.text.ends_with("https://courier.example/letters/stop/1-a\n"), "{letter:?}");
        assert!(!letter.text.contains('\r') && !letter.text.contains('\u{1b}'));
    }

    #[test]
    fn a_long_comment_is_cut() {
        assert!(quote(&"x".repeat(9_000)).chars().count() < 4_100);
        let lines = quote(&"x\n".repeat(90));
        assert_eq!(lines.lines().count(), QUOTED_LINES + 1);
        assert!(lines.ends_with('…'));
    }
}
