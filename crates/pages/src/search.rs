//! The page of a search: the question, and what was found in stories and comments.

use newsroom::{discussion::Comment, paper::Paper, story::Card};
use serde::Serialize;

use crate::{
    card::CardView,
    frame::{Frame, Time},
    theme::{Fault, Theme},
    words::{Words, fill},
};

/// One page of answers. With an empty query it is the form alone.
pub struct Search<'a> {
    pub paper: &'a Paper,
    pub query: &'a str,
    pub found: &'a [Found<'a>],
    /// How many there are in all, where that is known.
    pub total: Option<u32>,
    /// Address of the next page.
    pub older: Option<&'a str>,
    pub newer: Option<&'a str>,
    /// What is wrong with the question or the search now, in a sentence; mostly empty.
    pub trouble: &'a str,
}

/// A story, or a comment under it, that answers.
pub struct Found<'a> {
    pub card: &'a Card,
    /// The comment in which the words are, when they are not in the story itself.
    pub comment: Option<&'a Comment>,
    /// The words around those asked for; empty shows the story's summary instead.
    pub extract: &'a [Piece],
}

/// A piece of an extract, plain text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    pub text: String,
    /// Whether it is one of the words asked for.
    pub found: bool,
}

#[derive(Serialize)]
struct Context<'a> {
    frame: Frame,
    query: &'a str,
    trouble: &'a str,
    count: String,
    found: Vec<View<'a>>,
    older: &'a str,
    newer: &'a str,
}

#[derive(Serialize)]
struct View<'a> {
    card: CardView,
    href: String,
    /// Who wrote the comment; empty for a story.
    by: &'a str,
    time: Option<Time>,
    extract: &'a [Piece],
}

impl Theme {
    pub fn search(&self, search: &Search<'_>) -> Result<String, Fault> {
        let (paper, words) = (search.paper, Words::of_paper(search.paper));
        let title = match search.query {
            "" => format!("{} – {}", words.search, paper.name),
            query => format!("{query} – {} – {}", words.search, paper.name),
        };
        // Answers are of no use to search engines; the form itself is.
        let path = if search.query.is_empty() { "/search" } else { "" };
        let frame = Frame::new(paper, title, fill(words.search_about, &[("paper", &paper.name)]), path);
        let count = match (search.query, search.total) {
            ("", _) => String::new(),
            (_, Some(0)) => words.nothing_found_for.into(),
            (_, None) if search.found.is_empty() => words.nothing_found_for.into(),
            (_, Some(n)) => words.counted(words.results_for, n),
            (_, None) => words.some_results_for.into(),
        };
        let found = search.found.iter().map(|f| View {
            card: CardView::of(paper, f.card, None),
            href: match f.comment {
                // The thread's own page always holds it, whatever has been said since.
                Some(c) => format!("{}/comments/{}#comment-{}", f.card.path, c.root, c.id),
                None => f.card.path.clone(),
            },
            by: f.comment.map_or("", |c| c.name.as_str()),
            time: f.comment.map(|c| Time::of(paper, c.at)),
            extract: f.extract,
        });
        let context = Context {
            frame,
            query: search.query,
            trouble: search.trouble,
            count,
            found: found.collect(),
            older: search.older.unwrap_or_default(),
            newer: search.newer.unwrap_or_default(),
        };
        self.render("search.html", &context)
    }
}
