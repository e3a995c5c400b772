//! The page on which a reader points a comment out to the moderators, and the one on what became of it.

use minijinja::{Value, context, value::Serde};
use newsroom::{
    Millis,
    discussion::{
        Comment, Reason,
        reason::HouseReason,
        report::{LONGEST, LONGEST_NAME, ReportDraft, ReportFault},
    },
    paper::Paper,
};

use crate::{
    frame::{Frame, Time},
    markup,
    theme::{Fault, Theme},
    words::Voice,
};

/// `/…/comments/{id}/report`
pub struct ReportPage<'a> {
    pub paper: &'a Paper,
    pub voice: Voice<'a>,
    /// The story's path.
    pub path: &'a str,
    pub headline: &'a str,
    pub comment: &'a Comment,
    pub draft: &'a ReportDraft,
    pub fault: Option<ReportFault>,
}

/// `/report/{token}`
pub struct ReportFate<'a> {
    pub paper: &'a Paper,
    pub voice: Voice<'a>,
    pub path: &'a str,
    pub headline: &'a str,
    pub at: Millis,
    pub reason: Option<Reason>,
    pub text: &'a str,
    /// When it was decided, and what was: a word of `Ruling`.
    pub decided: Option<(Millis, &'a str)>,
}

impl Theme {
    pub fn report(&self, page: &ReportPage<'_>) -> Result<String, Fault> {
        let title = format!("{} – {}", page.voice.words.report_title, page.paper.name);
        let reason = |r: &HouseReason| {
            let code = r.reason.code();
            context! { code, words => page.voice.choice(r.reason), chosen => code == page.draft.reason }
        };
        let law = Reason::parse(&page.draft.reason).is_some_and(|r| page.voice.reasons.is_law(r));
        let context = context! {
            frame => Value::from(Serde(Frame::speaking(page.voice.words, page.paper, title, String::new(), ""))),
            fate => false,
            path => page.path,
            headline => page.headline,
            name => page.comment.name.as_str(),
            text => Value::from_safe_string(markup::comment_html(&page.comment.text)),
            action => format!("{}/comments/{}/report", page.path, page.comment.id),
            reasons => page.voice.reasons.offered().map(reason).collect::<Vec<Value>>(),
            draft => context! {
                text => page.draft.text.as_str(), name => page.draft.name.as_str(),
                email => page.draft.email.as_str(), law, good_faith => page.draft.good_faith,
            },
            refusal => page.fault.map_or("", |f| page.voice.words.report_fault(f)),
            fault => page.fault.map_or("", ReportFault::field),
            longest => LONGEST,
            longest_name => LONGEST_NAME,
        };
        self.render("report.html", &context)
    }

    pub fn report_fate(&self, fate: &ReportFate<'_>) -> Result<String, Fault> {
        let words = fate.voice.words;
        let title = format!("{} – {}", words.your_report, fate.paper.name);
        let outcome = fate.decided.map(|(_, word)| words.outcome(word));
        let decided = fate.decided.map(|(at, _)| Value::from(Serde(Time::told(fate.paper, words, at))));
        let context = context! {
            frame => Value::from(Serde(Frame::speaking(words, fate.paper, title, String::new(), ""))),
            fate => true,
            path => fate.path,
            headline => fate.headline,
            at => Value::from(Serde(Time::told(fate.paper, words, fate.at))),
            reason => fate.reason.map_or("", |r| fate.voice.choice(r)),
            text => fate.text,
            outcome => outcome,
            decided => decided,
        };
        self.render("report.html", &context)
    }
}
