//! Reasons: why comments are removed here, for the paper's admins to word, add and retire.

use minijinja::{Value, context};
use newsroom::{
    Language,
    discussion::{
        Reason, Reasons,
        reason::{Ground, HouseReason, LONGEST_CODE, LONGEST_NAME, LONGEST_SENTENCE, ReasonDraft, Wording},
    },
};

use super::frame::{Desk, FieldFault, Room, faults};
use crate::{
    theme::{Fault, Theme},
    words::{Voice, Words, built_in},
};

/// `/desk/reasons` and `/desk/reasons/{code}`
pub struct ReasonsPage<'a> {
    pub desk: &'a Desk<'a>,
    pub reasons: &'a Reasons,
    /// The one that is changed; `None` on the list, where one can be added.
    pub of: Option<Reason>,
    /// What is in the form.
    pub draft: &'a ReasonDraft,
    pub faults: &'a [FieldFault],
}

impl Theme {
    pub fn desk_reasons(&self, view: &ReasonsPage<'_>) -> Result<String, Fault> {
        let spoken = Language::or_english(&view.desk.paper.language);
        let voice = Voice::new(spoken, view.reasons);
        let row = |r: &HouseReason| {
            context! {
                code => r.reason.code(),
                label => r.label.as_str(),
                ground => ground_words(r.ground),
                source => r.source.as_str(),
                sentence => voice.sentence(r.reason),
                offered => r.offered,
                in_use => r.in_use,
            }
        };
        let d = view.draft;
        // The paper's language first: its sentence is the one that most are told.
        let mut languages = Language::ALL.to_vec();
        languages.sort_by_key(|l| *l != spoken);
        let wording = |language: &Language| {
            let own = d.wordings.iter().find(|(l, _)| l == language);
            let own = own.map_or_else(Wording::default, |(_, w)| w.clone());
            let usual = view.of.and_then(|r| built_in(Words::of(*language), r)).unwrap_or_default();
            context! {
                tag => language.tag(), name => language.name(), sentence => own.sentence, choice => own.choice,
                usual_sentence => usual.0, usual_choice => usual.1,
            }
        };
        let ground = |g: Ground| {
            context! { value => g.as_str(), words => ground_words(g), chosen => g.as_str() == d.ground }
        };
        let context = context! {
            frame => view.desk.context(Room::Reasons),
            of => view.of.map(|r| context! { code => r.code(), label => view.reasons.label(&r) }),
            lang => spoken.tag(),
            reasons => view.reasons.all().iter().map(row).collect::<Vec<Value>>(),
            grounds => [Ground::Rule, Ground::Law].map(ground).to_vec(),
            wordings => languages.iter().map(wording).collect::<Vec<Value>>(),
            form => context! {
                code => d.code.as_str(), label => d.label.as_str(), source => d.source.as_str(),
                offered => d.offered, in_use => d.in_use,
            },
            faults => faults(view.faults),
            longest => context! { code => LONGEST_CODE, name => LONGEST_NAME, sentence => LONGEST_SENTENCE },
        };
        self.render("desk/reasons.html", &context)
    }
}

fn ground_words(ground: Ground) -> &'static str {
    match ground {
        Ground::Rule => "a rule of the house",
        Ground::Law => "a law",
    }
}
