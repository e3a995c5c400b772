//! The story page: the story whole, its discussion under it, and other stories to read.

use minijinja::Value;
use newsroom::{
    discussion::{self, Policy},
    paper::Paper,
    story::{Card, NoticeKind, Story},
};
use serde::Serialize;

use crate::{
    card::CardView,
    figure::Figure,
    form::{Form, FormView},
    frame::{FeedLink, Frame, Time, direction, other},
    markup, social, structured,
    talk::Talk,
    theme::{Fault, Theme},
    words::{Voice, Words, fill},
};

pub struct StoryPage<'a> {
    pub paper: &'a Paper,
    pub voice: Voice<'a>,
    /// A story without an address is a preview: it has no canonical address and takes no comments.
    pub story: &'a Story,
    /// `None` shows no discussion at all.
    pub discussion: Option<&'a discussion::Page>,
    pub form: Form<'a>,
    /// Other stories to read.
    pub more: &'a [Card],
    /// Its limits are told beside the form.
    pub policy: &'a Policy,
}

#[derive(Serialize)]
struct Context<'a> {
    frame: Frame,
    story: StoryView,
    talk: Option<Talk<'a>>,
    more: Vec<CardView>,
}

#[derive(Serialize)]
pub(crate) struct StoryView {
    pub path: String,
    pub headline: String,
    pub kicker: String,
    pub standfirst: String,
    pub byline: Vec<BylinePart>,
    pub published: Option<Time>,
    pub changed: Option<Time>,
    pub notices: Vec<NoticeView>,
    pub lead: Option<Figure>,
    pub photos: Vec<Figure>,
    pub body: Value,
    pub agency: String,
    pub section: Link,
    pub topics: Vec<Link>,
    /// Language and direction, where they are not the paper's.
    pub lang: String,
    pub dir: &'static str,
    pub preview: bool,
}

#[derive(Serialize)]
pub(crate) struct Link {
    pub name: String,
    pub href: String,
}

/// The byline as printed, with its people linked: words between them have no address.
#[derive(Serialize)]
pub(crate) struct BylinePart {
    pub text: String,
    pub href: String,
}

#[derive(Serialize)]
pub(crate) struct NoticeView {
    pub kind: &'static str,
    pub title: &'static str,
    pub time: Time,
    pub text: String,
}

impl StoryView {
    pub fn of(paper: &Paper, story: &Story) -> StoryView {
        let copy = &story.copy;
        let other = other(Words::of_paper(paper), paper, &copy.language);
        let mut photos = story
            .photos
            .iter()
            .map(Figure::of)
            .filter(|f| f.ready || !f.caption.is_empty() || !f.credit.is_empty());
        StoryView {
            path: story.path().unwrap_or_default(),
            headline: copy.headline.clone(),
            kicker: copy.kicker.clone(),
            standfirst: copy.standfirst.clone(),
            byline: byline(story),
            published: story.published_at.map(|at| Time::of(paper, at)),
            changed: story.changed_at.map(|at| Time::of(paper, at)),
            notices: notices(paper, story),
            lead: photos.next(),
            photos: photos.collect(),
            body: Value::from_safe_string(markup::body_html_with_dateline(&copy.body, Some(&copy.dateline))),
            agency: copy.agency.clone(),
            section: Link {
                name: story.section.name.clone(),
                href: format!("/section/{}", story.section.slug),
            },
            topics: (story.topics.iter())
                .map(|t| Link { name: t.name.clone(), href: format!("/topic/{}", t.slug) })
                .collect(),
            lang: other.unwrap_or_default().to_owned(),
            dir: other.map_or("", direction),
            preview: story.address.is_none(),
        }
    }
}

fn byline(story: &Story) -> Vec<BylinePart> {
    let mut parts = Vec::new();
    let mut rest = story.copy.byline.as_str();
    for author in story.authors() {
        let Some(at) = rest.find(&author.name) else { continue };
        if at > 0 {
            parts.push(BylinePart { text: rest[..at].to_owned(), href: String::new() });
        }
        rest = &rest[at + author.name.len()..];
        parts.push(BylinePart { text: author.name, href: format!("/author/{}", author.slug) });
    }
    if !rest.is_empty() {
        parts.push(BylinePart { text: rest.to_owned(), href: String::new() });
    }
    parts
}

/// Latest first, as a reader who comes back wants them.
fn notices(paper: &Paper, story: &Story) -> Vec<NoticeView> {
    let words = Words::of_paper(paper);
    let view = |n: &newsroom::story::Notice| NoticeView {
        kind: n.kind.as_str(),
        title: match n.kind {
            NoticeKind::Correction => words.correction,
            NoticeKind::Update => words.update,
            NoticeKind::Kill => words.withdrawn,
        },
        time: Time::of(paper, n.at),
        text: n.text.clone(),
    };
    // An update without words is told by the time of change alone.
    story.notices.iter().rev().filter(|n| !n.text.trim().is_empty()).map(view).collect()
}

/// Standfirst, or the beginning of the body.
pub(crate) fn description(story: &Story) -> String {
    match story.copy.standfirst.trim() {
        "" => markup::summary(&story.copy.body, 200),
        standfirst => standfirst.to_owned(),
    }
}

impl Theme {
    pub fn story(&self, page: &StoryPage<'_>) -> Result<String, Fault> {
        let (paper, story) = (page.paper, page.story);
        let view = StoryView::of(paper, story);
        let path = view.path.clone();
        let title = format!("{} – {}", story.copy.headline, paper.name);
        let mut frame = Frame::new(paper, title, description(story), &path);
        frame.stand_in(story.section.slug.as_str());
        if !view.preview {
            frame.meta = social::of_story(paper, story);
            let comments = page.discussion.map(|d| (d.discussion.shown, d.threads.as_slice()));
            let data = structured::news_article(paper, story, comments);
            frame.data = Value::from_safe_string(structured::script(&data));
        }
        let discussion = page.discussion.filter(|_| !view.preview);
        if discussion.is_some() {
            let feed_title = fill(page.voice.words.comments_on, &[("headline", &story.copy.headline)]);
            frame.feeds.push(FeedLink::rss(paper, feed_title, &format!("{path}/comments.xml")));
            frame.script = true;
        }
        let talk = discussion.map(|d| {
            let form = FormView::of(paper, page.voice.words, &path, &d.discussion, page.form, page.policy);
            Talk::of(paper, page.voice, &path, d, form)
        });
        let more = CardView::all(paper, page.more, None);
        self.render("story.html", &Context { frame, story: view, talk, more })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_keep_their_words() {
        let mut story = crate::sample::data::story();
        story.copy.byline = "By Ilse Brandt and Per Lund, Osk".into();
        let whole: String = byline(&story).iter().map(|p| p.text.as_str()).collect();
        assert_eq!(whole, "By Ilse Brandt and Per Lund, Osk");
        let linked = byline(&story).into_iter().filter(|p| !p.href.is_empty()).map(|p| p.href);
        assert_eq!(linked.take(2).collect::<Vec<_>>(), ["/author/ilse-brandt", "/author/per-lund"]);
    }
}
