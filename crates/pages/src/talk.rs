//! A discussion as its templates have it: counts in words, threads in order, each comment ready to print.

use std::collections::HashMap;

use minijinja::Value;
use newsroom::{
    discussion::{
        Badge, Comment, CommentId, Discussion, Order, Page, State, Thread,
        comment::{DEEPEST, REPLIES_PER_PAGE},
    },
    paper::{NetworkDisplay, Paper},
};
use serde::Serialize;

use crate::{
    form::FormView,
    frame::Time,
    markup,
    words::{Voice, Words, counted_with, fill},
};

#[derive(Serialize)]
pub(crate) struct Talk<'a> {
    /// Path of the story.
    pub path: &'a str,
    pub shown: u32,
    /// `5 comments`, `No comments yet`.
    pub count: String,
    /// What became of those that are not here, a phrase each.
    pub missing: Vec<String>,
    /// What the page it was taken from said; empty where that agrees.
    pub said: String,
    pub form: FormView<'a>,
    pub orders: Vec<OrderLink>,
    pub threads: Vec<ThreadView>,
    /// Where the next page is; empty on the last.
    pub next: String,
    /// `Older comments`, by the order.
    pub next_words: &'static str,
    /// Where the first page is; empty on it.
    pub first: String,
}

#[derive(Serialize)]
pub(crate) struct OrderLink {
    pub words: &'static str,
    pub href: String,
    pub current: bool,
}

#[derive(Serialize)]
pub(crate) struct ThreadView {
    /// The words around its comments.
    pub w: Value,
    /// Set before all others by the moderators.
    pub pinned: bool,
    /// Nobody can reply in it any more.
    pub closed: bool,
    /// The root, then its replies, each after the one it answers.
    pub comments: Vec<CommentView>,
    /// `Show all 34 replies`; empty where all are here.
    pub more: String,
    pub href: String,
}

#[derive(Serialize)]
pub(crate) struct CommentView {
    pub id: CommentId,
    /// 0 for a root, at most `DEEPEST`.
    pub depth: usize,
    pub shown: bool,
    /// Why nothing is shown here.
    pub stub: String,
    pub name: String,
    pub staff: bool,
    pub featured: bool,
    /// Who vouches for the writer, in words; empty for most.
    pub vouched: String,
    /// An office or an expertise, in words; empty for most.
    pub badge: String,
    pub network: String,
    pub time: Time,
    /// Path of the comment itself.
    pub href: String,
    /// Whom it answers, where that cannot be seen from where it stands.
    pub answers: String,
    pub text: Value,
    /// Where to answer it; empty where no comments are taken.
    pub reply: String,
    /// Where to mark it as valuable.
    pub value: String,
    /// Where to report it to the moderators.
    pub report: String,
    /// Why a passage was cut; empty where none was.
    pub cut: String,
    /// When its writer changed it.
    pub edited: Option<Time>,
    pub valued: String,
}

impl<'a> Talk<'a> {
    pub fn of(paper: &Paper, voice: Voice<'_>, path: &'a str, page: &Page, form: FormView<'a>) -> Talk<'a> {
        let (d, words) = (&page.discussion, voice.words);
        let in_order = |order: Order, after: &str| {
            let mut query: Vec<String> = Vec::new();
            if !after.is_empty() {
                query.push(format!("after={after}"));
            }
            if order != Order::default() {
                query.push(format!("order={}", order.as_str()));
            }
            let mark = if query.is_empty() { "" } else { "?" };
            format!("{path}{mark}{}#comments", query.join("&"))
        };
        let orders = if d.shown < 2 {
            Vec::new()
        } else {
            let link = |order: Order| OrderLink {
                words: words.order(order),
                href: in_order(order, ""),
                current: order == page.order,
            };
            Order::ALL.into_iter().map(link).collect()
        };
        Talk {
            path,
            shown: d.shown,
            count: match d.shown {
                0 => words.no_comments.into(),
                n => words.counted(words.comments, n),
            },
            missing: missing(words, d),
            said: said(words, d),
            threads: page
                .threads
                .iter()
                .map(|t| ThreadView {
                    pinned: d.pinned == Some(t.root.id),
                    ..ThreadView::of(paper, voice, path, t, form.open)
                })
                .collect(),
            form,
            orders,
            next: page.next.map(|c| in_order(page.order, &c.render())).unwrap_or_default(),
            next_words: match page.order {
                Order::Newest => words.older_comments,
                Order::Oldest => words.newer_comments,
                Order::Discussed | Order::Valued => words.more_comments,
            },
            first: if page.first { String::new() } else { in_order(page.order, "") },
        }
    }

    /// One thread on its own page.
    pub fn of_thread(
        paper: &Paper,
        voice: Voice<'_>,
        path: &'a str,
        d: &Discussion,
        thread: &Thread,
        first: bool,
        form: FormView<'a>,
    ) -> Talk<'a> {
        let words = voice.words;
        let here = format!("{path}/comments/{}", thread.root.id);
        let mut view = ThreadView::of(paper, voice, path, thread, form.open);
        view.more.clear();
        Talk {
            path,
            shown: d.shown,
            count: match thread.root.replies {
                0 => words.no_replies.into(),
                n => words.counted(words.replies, n),
            },
            missing: Vec::new(),
            said: String::new(),
            threads: vec![view],
            form,
            orders: Vec::new(),
            next: thread.next.map(|c| format!("{here}?after={}#comments", c.render())).unwrap_or_default(),
            next_words: words.later_replies,
            first: if first { String::new() } else { format!("{here}#comments") },
        }
    }
}

fn missing(words: &Words, d: &Discussion) -> Vec<String> {
    let mut phrases = Vec::new();
    if d.removed > 0 {
        phrases.push(words.counted(words.removed_count, d.removed));
    }
    if d.held > 0 {
        phrases.push(words.counted(words.held_count, d.held));
    }
    phrases
}

fn said(words: &Words, d: &Discussion) -> String {
    let Some(said) = d.said_at_source else { return String::new() };
    let said = words.counted(words.comments, said);
    // While readers still add to it, the number here is no longer the number that came.
    if d.openness.takes_comments() {
        return fill(words.source_said, &[("said", &said)]);
    }
    let here = d.shown.saturating_add(d.held).saturating_add(d.removed);
    counted_with(words, words.source_said_had, here.into(), &[("said", &said)])
}

impl ThreadView {
    fn of(paper: &Paper, voice: Voice<'_>, path: &str, thread: &Thread, open: bool) -> ThreadView {
        let open = open && !thread.root.closed;
        let mut comments = vec![CommentView::of(paper, voice, path, &thread.root, 0, None, open)];
        let here: HashMap<CommentId, &Comment> = thread.replies.iter().map(|c| (c.id, c)).collect();
        // Replies by what they answer; those whose parent is on another page stand under the root.
        let mut under: HashMap<CommentId, Vec<&Comment>> = HashMap::new();
        for reply in &thread.replies {
            let parent = reply.parent.filter(|p| here.contains_key(p) && *p != reply.id);
            under.entry(parent.unwrap_or(thread.root.id)).or_default().push(reply);
        }
        // Own stack: a thread may be thousands of replies deep.
        let mut stack: Vec<(&Comment, usize)> = Vec::new();
        let push = |stack: &mut Vec<_>, under: &mut HashMap<_, Vec<_>>, id, depth| {
            stack.extend(under.remove(&id).unwrap_or_default().into_iter().rev().map(|c| (c, depth)));
        };
        push(&mut stack, &mut under, thread.root.id, 1);
        while let Some((reply, depth)) = stack.pop() {
            let parent = reply.parent.filter(|p| *p != thread.root.id);
            let answers = match parent.and_then(|p| here.get(&p)) {
                Some(parent) => (depth > DEEPEST).then_some(parent.name.as_str()),
                None if parent.is_some() => reply.answers.as_deref(),
                None => None,
            };
            comments.push(CommentView::of(paper, voice, path, reply, depth.min(DEEPEST), answers, open));
            push(&mut stack, &mut under, reply.id, depth + 1);
        }
        let (replies, words) = (thread.root.replies, voice.words);
        ThreadView {
            pinned: false,
            closed: thread.root.closed,
            comments,
            w: words.value(),
            more: match thread.more {
                0 => String::new(),
                _ if (replies as usize) > REPLIES_PER_PAGE => words.counted(words.show_thread, replies),
                _ => words.counted(words.show_all, replies),
            },
            href: format!("{path}/comments/{}", thread.root.id),
        }
    }
}

impl CommentView {
    fn of(
        paper: &Paper,
        voice: Voice<'_>,
        path: &str,
        comment: &Comment,
        depth: usize,
        answers: Option<&str>,
        open: bool,
    ) -> CommentView {
        let shown = comment.state == State::Shown;
        let words = voice.words;
        let here = format!("{path}/comments/{}", comment.id);
        // Nothing that its writer wrote is kept in a context that is not to show it.
        let if_shown = |text: &str| if shown { text.to_owned() } else { String::new() };
        CommentView {
            id: comment.id,
            depth,
            shown,
            stub: match comment.state {
                State::Shown => String::new(),
                State::Held => words.stub_held.into(),
                State::Removed => match comment.reason {
                    Some(reason) => format!("{} {}", words.stub_removed, voice.sentence(reason)),
                    None => words.stub_removed.into(),
                },
                State::Withdrawn => words.stub_withdrawn.into(),
            },
            name: if_shown(&comment.name),
            staff: comment.staff && shown,
            featured: comment.featured && shown,
            vouched: match (&comment.badge, comment.vouched) {
                (Some(Badge::Provider(label)), Some(_)) if shown => label.clone(),
                (_, Some(voucher)) if shown => words.badge(voucher).to_owned(),
                _ => String::new(),
            },
            badge: match &comment.badge {
                Some(Badge::Author) if shown => words.author_of_story.to_owned(),
                Some(Badge::Expert(what)) if shown => what.clone(),
                _ => String::new(),
            },
            network: match paper.networks {
                NetworkDisplay::Mask => if_shown(&comment.network),
                NetworkDisplay::Nothing => String::new(),
            },
            time: Time::told(paper, words, comment.at),
            href: format!("{path}/comments/{}#comment-{}", comment.root, comment.id),
            answers: answers.unwrap_or_default().to_owned(),
            text: Value::from_safe_string(if shown {
                markup::comment_html(&comment.text)
            } else {
                String::new()
            }),
            reply: if open && shown { format!("{here}/reply#form") } else { String::new() },
            value: format!("{here}/value"),
            report: format!("{here}/report"),
            cut: match comment.reason.filter(|_| shown) {
                Some(reason) => format!("{} {}", words.passage_cut, voice.sentence(reason)),
                None => String::new(),
            },
            edited: comment.edited.filter(|_| shown).map(|at| Time::told(paper, words, at)),
            valued: if comment.valued > 0 { words.number(comment.valued.into()) } else { String::new() },
        }
    }
}
