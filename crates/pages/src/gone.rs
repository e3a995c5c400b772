//! The page of a killed story: answered with 410, saying when it was withdrawn and why.

use newsroom::{paper::Paper, story::Story};
use serde::Serialize;

use crate::{
    frame::{Frame, Time},
    theme::{Fault, Theme},
    words::Words,
};

/// A story that was published and is withdrawn. Nothing of its text is shown, not even the headline.
pub struct Gone<'a> {
    pub paper: &'a Paper,
    pub story: &'a Story,
}

#[derive(Serialize)]
struct Context<'a> {
    frame: Frame,
    time: Option<Time>,
    notice: &'a str,
}

impl Theme {
    pub fn gone(&self, gone: &Gone<'_>) -> Result<String, Fault> {
        let paper = gone.paper;
        let frame =
            Frame::new(paper, format!("{} – {}", Words::of_paper(paper).gone, paper.name), String::new(), "");
        let notice = gone.story.kill_notice();
        let context = Context {
            frame,
            time: notice.map(|n| Time::of(paper, n.at)),
            notice: notice.map_or("", |n| n.text.as_str()),
        };
        self.render("gone.html", &context)
    }
}
