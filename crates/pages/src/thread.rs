//! One thread on its own page; also the page on which one of its comments is answered without script.

use newsroom::{
    discussion::{Discussion, Policy, State, Thread},
    paper::Paper,
    story::Story,
};
use serde::Serialize;

use crate::{
    form::{Form, FormView},
    frame::{Frame, direction, other},
    markup,
    story::Link,
    talk::Talk,
    theme::{Fault, Theme},
    words::{Voice, fill},
};

pub struct ThreadPage<'a> {
    pub paper: &'a Paper,
    pub voice: Voice<'a>,
    pub story: &'a Story,
    pub discussion: &'a Discussion,
    pub thread: &'a Thread,
    /// Whether this is the first page of the thread.
    pub first: bool,
    /// With `reply_to` set it is the page of an answer: the comment quoted, the form under it.
    pub form: Form<'a>,
    pub policy: &'a Policy,
    /// Where the rules that hold there are read.
    pub rules: &'a str,
}

#[derive(Serialize)]
struct Context<'a> {
    frame: Frame,
    story: Link,
    /// Language and direction of the headline, where they are not the paper's.
    lang: String,
    dir: &'static str,
    title: String,
    talk: Talk<'a>,
    /// Whether the page is there to write an answer.
    answering: bool,
}

impl Theme {
    pub fn thread(&self, page: &ThreadPage<'_>) -> Result<String, Fault> {
        let (paper, story, root) = (page.paper, page.story, &page.thread.root);
        let words = page.voice.words;
        let path = story.path().unwrap_or_default();
        let answering = page.form.reply_to.is_some();
        let shown = root.state == State::Shown;
        let title = match page.form.reply_to {
            Some(comment) => fill(words.reply_to, &[("name", &comment.name)]),
            None if shown => {
                fill(words.named_on, &[("name", &root.name), ("headline", &story.copy.headline)])
            }
            None => fill(words.thread_on, &[("headline", &story.copy.headline)]),
        };
        let canonical =
            if answering || !page.first { String::new() } else { format!("{path}/comments/{}", root.id) };
        let description = if shown { markup::summary(&root.text, 200) } else { String::new() };
        let mut frame =
            Frame::speaking(words, paper, format!("{title} – {}", paper.name), description, &canonical);
        frame.stand_in(story.section.slug.as_str());
        frame.script = true;
        // Without a comment that is answered, the form here answers the thread.
        let mut form = page.form;
        if form.reply_to.is_none() && shown {
            form.reply_to = Some(root);
        }
        let mut view = FormView::of(paper, words, &path, page.discussion, form, page.policy);
        view.rules = page.rules;
        // Its thread says so; a text that was refused is still told.
        view.open &= !root.closed;
        if !answering {
            // The root stands right above: no need to quote it.
            view.quote = false;
        }
        let other = other(words, paper, &story.copy.language);
        let context = Context {
            frame,
            story: Link { name: story.copy.headline.clone(), href: path.clone() },
            lang: other.unwrap_or_default().to_owned(),
            dir: other.map_or("", direction),
            title,
            talk: Talk::of_thread(paper, page.voice, &path, page.discussion, page.thread, page.first, view),
            answering,
        };
        self.render("thread.html", &context)
    }
}
