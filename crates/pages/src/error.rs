//! Pages that say that something is not here, and what to do about it.

use newsroom::paper::Paper;
use serde::Serialize;

use crate::{
    frame::Frame,
    theme::{Fault, Theme},
};

/// A page for a request that could not be answered.
pub struct ErrorPage<'a> {
    pub paper: &'a Paper,
    /// The HTTP status.
    pub status: u16,
    /// `Page not found`.
    pub title: &'a str,
    /// What happened, in a sentence; may be empty.
    pub what: &'a str,
    /// What to do about it, in a sentence; may be empty.
    pub advice: &'a str,
}

#[derive(Serialize)]
struct Context<'a> {
    frame: Frame,
    page: View<'a>,
}

#[derive(Serialize)]
struct View<'a> {
    status: u16,
    title: &'a str,
    what: &'a str,
    advice: &'a str,
}

impl Theme {
    pub fn error(&self, page: &ErrorPage<'_>) -> Result<String, Fault> {
        let title = format!("{} – {}", page.title, page.paper.name);
        let frame = Frame::new(page.paper, title, String::new(), "");
        let view = View { status: page.status, title: page.title, what: page.what, advice: page.advice };
        self.render("error.html", &Context { frame, page: view })
    }
}
