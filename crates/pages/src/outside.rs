//! The discussion of another site's page, on the paper's own: for readers without script.

use newsroom::{
    discussion::{Page, Policy},
    paper::Paper,
};
use serde::Serialize;

use crate::{
    form::{Form, FormView},
    frame::{Frame, direction, other},
    talk::Talk,
    theme::{Fault, Theme},
    words::Voice,
};

pub struct OutsidePage<'a> {
    pub paper: &'a Paper,
    pub voice: Voice<'a>,
    pub title: &'a str,
    /// Of the title; empty where it is not known.
    pub language: &'a str,
    /// Where the page itself is read.
    pub link: &'a str,
    /// Where this page is read.
    pub path: &'a str,
    /// Where the form is sent to while nobody has said anything yet.
    pub action: Option<&'a str>,
    pub discussion: &'a Page,
    pub form: Form<'a>,
    pub policy: &'a Policy,
    /// Where the rules that hold there are read.
    pub rules: &'a str,
}

#[derive(Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    lang: &'a str,
    dir: &'static str,
    /// The other site, by its host.
    host: &'a str,
    link: &'a str,
    talk: Talk<'a>,
}

impl Theme {
    pub fn outside(&self, page: &OutsidePage<'_>) -> Result<String, Fault> {
        let (paper, words) = (page.paper, page.voice.words);
        // Search engines find the page itself.
        let mut frame =
            Frame::speaking(words, paper, format!("{} – {}", page.title, paper.name), String::new(), "");
        frame.script = page.action.is_none();
        let mut form =
            FormView::of(paper, words, page.path, &page.discussion.discussion, page.form, page.policy);
        form.rules = page.rules;
        if let Some(action) = page.action {
            form.action = action.to_owned();
        }
        let rest = page.link.split_once("://").map_or(page.link, |(_, rest)| rest);
        let other = (!page.language.is_empty()).then(|| other(words, paper, page.language)).flatten();
        let context = Context {
            frame,
            title: page.title,
            lang: other.unwrap_or_default(),
            dir: other.map_or("", direction),
            host: rest.split(['/', '?']).next().unwrap_or(rest),
            link: page.link,
            talk: Talk::of(paper, page.voice, page.path, page.discussion, form),
        };
        self.render("outside.html", &context)
    }
}
