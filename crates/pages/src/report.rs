//! The page on which a reader points a comment out to the moderators, and the one on what became of it.

use minijinja::{Value, context, value::Serde};
use newsroom::{
    Millis,
    discussion::{
        Comment, Reason,
        report::{LONGEST, LONGEST_NAME, ReportDraft, ReportFault},
    },
    paper::Paper,
};

use crate::{
    frame::{Frame, Time},
    markup,
    theme::{Fault, Theme},
};

/// `/…/comments/{id}/report`
pub struct ReportPage<'a> {
    pub paper: &'a Paper,
    /// The story's path.
    pub path: &'a str,
    pub headline: &'a str,
    pub comment: &'a Comment,
    pub draft: &'a ReportDraft,
    pub fault: Option<&'a ReportFault>,
}

/// `/report/{token}`
pub struct ReportFate<'a> {
    pub paper: &'a Paper,
    pub path: &'a str,
    pub headline: &'a str,
    pub at: Millis,
    pub reason: Option<Reason>,
    pub text: &'a str,
    /// When it was decided, and what was: a word of `Ruling`.
    pub decided: Option<(Millis, &'a str)>,
}

/// A reason as a reader chooses it.
fn choice(reason: Reason) -> &'static str {
    match reason {
        Reason::Advertising => "It advertises",
        Reason::Insult => "It insults somebody",
        Reason::Hate => "It attacks people for what they are",
        Reason::Threat => "It threatens somebody",
        Reason::PersonalData => "It gives away personal details",
        Reason::OffTopic => "It is not about the story",
        Reason::Repetition => "It repeats what was said",
        Reason::Unlawful => "It is against the law",
        Reason::Other => "Something else",
    }
}

/// What became of a report, by the word of the ruling.
pub fn outcome(ruling: &str) -> &'static str {
    match ruling {
        "remove" => "A moderator removed the comment.",
        "withdrawn" => "Its writer withdrew the comment.",
        "cut" => "A moderator cut a passage of the comment.",
        _ => "A moderator looked at it and left the comment where it is.",
    }
}

impl Theme {
    pub fn report(&self, page: &ReportPage<'_>) -> Result<String, Fault> {
        let title = format!("Report a comment – {}", page.paper.name);
        let reason = |r: Reason| {
            context! { code => r.code(), words => choice(r), chosen => r.code() == page.draft.reason }
        };
        let context = context! {
            frame => Value::from(Serde(Frame::new(page.paper, title, String::new(), ""))),
            fate => false,
            path => page.path,
            headline => page.headline,
            name => page.comment.name.as_str(),
            text => Value::from_safe_string(markup::comment_html(&page.comment.text)),
            action => format!("{}/comments/{}/report", page.path, page.comment.id),
            reasons => Reason::ALL.into_iter().map(reason).collect::<Vec<Value>>(),
            draft => context! {
                text => page.draft.text.as_str(), name => page.draft.name.as_str(),
                email => page.draft.email.as_str(), law => page.draft.reason == Reason::Unlawful.code(), good_faith => page.draft.good_faith,
            },
            refusal => page.fault.map_or("", |f| f.words.as_str()),
            fault => page.fault.map_or("", |f| f.field),
            longest => LONGEST,
            longest_name => LONGEST_NAME,
        };
        self.render("report.html", &context)
    }

    pub fn report_fate(&self, fate: &ReportFate<'_>) -> Result<String, Fault> {
        let title = format!("Your report – {}", fate.paper.name);
        let outcome = fate.decided.map(|(_, word)| outcome(word));
        let decided = fate.decided.map(|(at, _)| Value::from(Serde(Time::of(fate.paper, at))));
        let context = context! {
            frame => Value::from(Serde(Frame::new(fate.paper, title, String::new(), ""))),
            fate => true,
            path => fate.path,
            headline => fate.headline,
            at => Value::from(Serde(Time::of(fate.paper, fate.at))),
            reason => fate.reason.map_or("", choice),
            text => fate.text,
            outcome => outcome,
            decided => decided,
        };
        self.render("report.html", &context)
    }
}
