//! The pages behind a letter's links: each asks before it does anything, for machines follow links too.

use minijinja::{Value, context, value::Serde};
use newsroom::{
    discussion::{Comment, Reasons},
    paper::Paper,
};

use crate::{
    frame::Frame,
    markup,
    theme::{Fault, Theme},
    words::Words,
};

pub struct LetterPage<'a> {
    pub paper: &'a Paper,
    /// Those around what is asked.
    pub around: &'static Words,
    pub title: &'a str,
    pub words: &'a str,
    /// The comment in question, with the headline and path of its story.
    pub comment: Option<(&'a Comment, &'a str, &'a str)>,
    pub ask: Option<Ask<'a>>,
}

/// A question that one button answers.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    pub action: &'a str,
    pub button: &'a str,
    /// A reason must be chosen of these.
    pub reasons: Option<&'a Reasons>,
}

impl Theme {
    pub fn letter_page(&self, page: &LetterPage<'_>) -> Result<String, Fault> {
        let title = format!("{} – {}", page.title, page.paper.name);
        let comment = page.comment.map(|(comment, headline, path)| {
            let text = Value::from_safe_string(markup::comment_html(&comment.text));
            context! { name => comment.name.as_str(), headline, path, text }
        });
        let reasons: Vec<[String; 2]> = match page.ask {
            Some(Ask { reasons: Some(reasons), .. }) => {
                reasons.in_use().map(|r| [r.reason.code().to_owned(), r.label.clone()]).collect()
            }
            _ => Vec::new(),
        };
        let context = context! {
            frame => Value::from(Serde(Frame::speaking(page.around, page.paper, title, String::new(), ""))),
            page => context! {
                title => page.title, words => page.words, comment => comment, reasons => Value::from(Serde(reasons)),
                action => page.ask.map_or("", |a| a.action), button => page.ask.map_or("", |a| a.button),
            },
        };
        self.render("letter.html", &context)
    }
}
