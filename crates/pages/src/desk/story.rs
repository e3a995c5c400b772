//! A story on the desk: all its fields, what may be done with it, and why something may not be done yet.

use minijinja::{Value, context};
use newsroom::{
    Millis,
    discussion::{Discussion, Mode, Openness},
    staff,
    story::{NotYet, NoticeKind, Status, Story, may_notice, may_spike},
};

use super::{
    frame::{Desk, FieldFault, Room, faults},
    inbox::{tab_href, tab_name},
    story_form::{PhotoForm, StoryForm},
};
use crate::theme::{Fault, Theme};

/// `/desk/stories/{id}`
pub struct StoryDesk<'a> {
    pub desk: &'a Desk<'a>,
    pub story: &'a Story,
    /// What stands in the fields: [`StoryForm::of`] the story, or what was typed.
    pub form: &'a StoryForm,
    pub faults: &'a [FieldFault],
    /// Somebody else saved meanwhile; `story` is then theirs and `form` what this person typed.
    pub conflict: Option<Conflict<'a>>,
    /// Why it may not be published now; `None` where it may.
    pub not_yet: Option<&'a NotYet>,
    /// What the reader of its format wanted the desk to know.
    pub notes: &'a [String],
    /// Its discussion, once it was published.
    pub discussion: Option<&'a Discussion>,
    pub kill: &'a KillForm,
    /// What moderators passed on from its discussion, open ones first.
    pub tips: &'a [TipRow],
    /// What was done with it, the latest first.
    pub history: &'a [Act],
}

/// Somebody else's change between opening and saving.
pub struct Conflict<'a> {
    pub by: &'a str,
    pub at: Millis,
}

/// The kill form as typed; `open` after a refusal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KillForm {
    pub notice: String,
    /// What was typed where `KILL` must stand.
    pub confirm: String,
    pub open: bool,
}

/// What a comment points out, passed on by a moderator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TipRow {
    pub id: i64,
    pub at: Millis,
    pub by: String,
    pub note: String,
    /// Of the comment.
    pub name: String,
    pub text: String,
    /// When and by whom it was dealt with.
    pub done: Option<(Millis, String)>,
}

/// A line of the story's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    pub at: Millis,
    pub who: String,
    /// In words, `published it`.
    pub what: String,
}

impl Theme {
    pub fn desk_story(&self, view: &StoryDesk<'_>) -> Result<String, Fault> {
        let desk = view.desk;
        let zone = &desk.paper.zone;
        let notice = |n: &newsroom::story::Notice| {
            let kind = match n.kind {
                NoticeKind::Correction => "Correction",
                NoticeKind::Update => "Update",
                NoticeKind::Kill => "Kill",
            };
            context! { at => desk.moment(n.at), kind, text => n.text.as_str() }
        };
        let act =
            |a: &Act| context! { at => desk.moment(a.at), who => a.who.as_str(), what => a.what.as_str() };
        let killed = (view.story.status == Status::Killed)
            .then(|| view.story.kill_notice().map_or("", |n| n.text.as_str()));
        let context = context! {
            frame => desk.context(Room::Stories),
            story => story(view),
            form => form(view),
            faults => faults(view.faults),
            may => may(view),
            not_yet => view.not_yet.map(|n| n.words(zone)),
            now => zone.format(desk.now, "%H:%M on %-d %b %Y, %Z"),
            conflict => view.conflict.as_ref().map(|c| conflict(view, c)),
            notes => view.notes.to_vec(),
            killed => killed,
            sections => desk.paper.sections.iter().map(|s| s.name.clone()).collect::<Vec<String>>(),
            urgencies => urgencies(&view.form.urgency),
            discussion => view.discussion.map(|d| discussion(desk, d)),
            kill => context! {
                notice => view.kill.notice.as_str(),
                confirm => view.kill.confirm.as_str(),
                open => view.kill.open,
            },
            tips => view.tips.iter().map(|t| tip(desk, t)).collect::<Vec<Value>>(),
            notices => view.story.notices.iter().rev().map(notice).collect::<Vec<Value>>(),
            history => view.history.iter().map(act).collect::<Vec<Value>>(),
        };
        self.render("desk/story.html", &context)
    }
}

fn tip(desk: &Desk<'_>, tip: &TipRow) -> Value {
    context! {
        id => tip.id,
        at => desk.moment(tip.at),
        by => tip.by.as_str(),
        note => tip.note.as_str(),
        name => tip.name.as_str(),
        text => tip.text.as_str(),
        done => tip.done.as_ref().map(|(at, who)| context! { at => desk.moment(*at), who }),
    }
}

fn story(view: &StoryDesk<'_>) -> Value {
    let story = view.story;
    let at = |at: Option<Millis>| {
        at.map(|at| view.desk.paper.zone.format(at, "%H:%M, %-d %b %Y")).unwrap_or_default()
    };
    let since = match story.status {
        Status::Draft | Status::Spiked => format!("Received {}", at(Some(story.created_at))),
        Status::Scheduled => format!("Goes out by itself at {}", at(story.scheduled_for)),
        Status::Published if story.changed_at.is_some() => {
            format!("Since {}, changed {}", at(story.published_at), at(story.changed_at))
        }
        Status::Published | Status::Killed | Status::Outside => format!("Since {}", at(story.published_at)),
    };
    context! {
        id => story.id,
        live => story.status == Status::Published,
        scheduled => story.status == Status::Scheduled,
        status => match story.status {
            Status::Draft => "Draft",
            status => tab_name(status),
        },
        since => since,
        tab_name => tab_name(story.status),
        tab_href => tab_href(story.status, ""),
        slugline => story.slugline.0.as_str(),
        path => if story.status.is_discussed() { story.path() } else { None },
        dateline => story.copy.dateline.render(),
        // The one place where an editor's note is shown.
        ednote => story.ednote.for_editors(),
        usage => story.usage_terms.as_str(),
        source => story.source.as_ref().map(|s| s.uri.as_str()),
    }
}

/// What this person may do with the story as it stands.
fn may(view: &StoryDesk<'_>) -> Value {
    let role = |act| view.desk.person.as_ref().is_some_and(|p| p.role.may(act));
    let (edit, publish) = (role(staff::Act::Edit), role(staff::Act::Publish));
    let unpublished = may_spike(view.story);
    let live = may_notice(view.story);
    context! {
        edit => (edit && unpublished) || (publish && live),
        save => edit && unpublished,
        publish => publish && unpublished,
        schedule => publish && unpublished,
        publish_changes => publish && live,
        spike => edit && unpublished,
        kill => publish && live,
        discussion => role(staff::Act::Moderate),
    }
}

fn form(view: &StoryDesk<'_>) -> Value {
    let form = view.form;
    context! {
        edition => form.edition,
        kicker => form.kicker.as_str(),
        headline => form.headline.as_str(),
        standfirst => form.standfirst.as_str(),
        byline => form.byline.as_str(),
        place => form.place.as_str(),
        date => form.date.as_str(),
        dateline_agency => form.dateline_agency.as_str(),
        dash => form.dash.as_str(),
        day => form.day.as_str(),
        body => form.body.as_str(),
        section => form.section.as_str(),
        topics => form.topics.as_str(),
        agency => form.agency.as_str(),
        language => form.language.as_str(),
        slugline => form.slugline.as_str(),
        embargo => form.embargo.as_str(),
        schedule => form.schedule.as_str(),
        notice => form.notice.as_str(),
        photos => form.photos.iter().map(|p| photo(view, p)).collect::<Vec<Value>>(),
    }
}

fn photo(view: &StoryDesk<'_>, form: &PhotoForm) -> Value {
    let kept = view.story.photos.iter().find(|p| p.id == form.id);
    let shown = kept.and_then(|p| p.renditions.first().map(|width| (p, *width)));
    context! {
        id => form.id,
        caption => form.caption.as_str(),
        alt => form.alt.as_str(),
        photographer => form.photographer.as_str(),
        agency => form.agency.as_str(),
        lead => form.lead,
        remove => form.remove,
        src => shown.map(|(p, width)| p.path(width)),
        width => shown.map(|(_, width)| width),
        height => shown.map(|(p, width)| p.height_at(width)),
        missing => match kept {
            Some(p) if p.digest.is_empty() => "The picture did not come with the story.",
            Some(_) => "The picture is being made ready.",
            None => "The picture was taken off the story meanwhile.",
        },
    }
}

fn conflict(view: &StoryDesk<'_>, conflict: &Conflict<'_>) -> Value {
    let theirs = StoryForm::of(view.story, &view.desk.paper.zone);
    let field = |(label, yours, theirs): (String, String, String)| context! { label, yours, theirs };
    context! {
        by => conflict.by,
        at => view.desk.moment(conflict.at),
        fields => view.form.differences(&theirs).into_iter().map(field).collect::<Vec<Value>>(),
    }
}

fn urgencies(chosen: &str) -> Vec<Value> {
    let words = |u: u8| match u {
        0 => "not given".to_owned(),
        1 => "1 – most urgent".to_owned(),
        5 => "5 – normal".to_owned(),
        8 => "8 – least urgent".to_owned(),
        u => u.to_string(),
    };
    (0..=9u8).map(|u| context! { value => u, words => words(u), chosen => u.to_string() == chosen }).collect()
}

/// How a discussion takes comments, as the desk tells it.
pub(super) fn mode_words(mode: Mode) -> &'static str {
    match mode {
        Mode::AtOnce => "open, nothing held for its risk",
        Mode::Open => "open",
        Mode::NewHeld => "new writers held first",
        Mode::Slow => "slowed",
        Mode::HeldFirst => "held first",
        Mode::Closed => "closed",
    }
}

fn discussion(desk: &Desk<'_>, discussion: &Discussion) -> Value {
    let counts =
        format!("{} shown, {} waiting, {} removed.", discussion.shown, discussion.held, discussion.removed);
    let closes = discussion.closes_at.map(|at| desk.paper.zone.format(at, "%-d %b %Y"));
    let stands = match (discussion.openness, closes) {
        (openness, Some(day)) if openness.takes_comments() => format!(" It closes by itself on {day}."),
        (Openness::ClosedByAge, _) => " It has closed by age.".to_owned(),
        _ => String::new(),
    };
    let mode = |mode: Mode| {
        context! { value => mode.as_str(), words => mode_words(mode), chosen => mode == discussion.mode }
    };
    context! {
        words => format!("{counts}{stands}"),
        modes => Mode::ALL.into_iter().map(mode).collect::<Vec<Value>>(),
    }
}
