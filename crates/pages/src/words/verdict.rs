//! Why something was refused, or waits: the words of what the rules decide.

use super::{Words, counted, fill};
use newsroom::{
    Millis,
    discussion::{
        HeldWhy, Label, Refusal, Suspicion,
        account::{NameFault, Unproven},
        appeal::NoAppeal,
        edit::NoEdit,
        erase::NoErasing,
        report::ReportFault,
    },
    paper::Paper,
};

impl Words {
    /// For the reader, with what this paper knows besides: until when, and whom to write to who thinks it wrong.
    pub fn refused_by(&self, paper: &Paper, refusal: &Refusal) -> String {
        let until = |sentence: &str, until: &Millis| {
            let told = fill(sentence, &[("until", &self.moment(&paper.zone, *until))]);
            match paper.contact.as_str() {
                "" => told,
                contact => format!("{told} {}", fill(self.refused_write, &[("contact", contact)])),
            }
        };
        match refusal {
            Refusal::Sanctioned { until: at } => until(self.refused_sanctioned_until, at),
            Refusal::AccountRefused { until: at } => until(self.refused_account_until, at),
            _ => self.refusal(refusal),
        }
    }

    /// For the reader.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        let most = |sentence: &str, most: &usize| fill(sentence, &[("most", &most.to_string())]);
        match refusal {
            Refusal::NoStory => self.refused_no_story.into(),
            Refusal::Closed => self.refused_closed.into(),
            Refusal::ClosedByAge => self.refused_closed_by_age.into(),
            Refusal::ThreadClosed => self.refused_thread_closed.into(),
            Refusal::NoName => self.refused_no_name.into(),
            Refusal::LongName { most: n } => most(self.refused_long_name, n),
            Refusal::ReservedName => self.refused_reserved_name.into(),
            Refusal::ReservedAccountName => self.refused_reserved_account_name.into(),
            Refusal::ReservedSince => self.refused_reserved_since.into(),
            Refusal::TakenName => self.refused_taken_name.into(),
            Refusal::NoText => self.refused_no_text.into(),
            Refusal::LongText { most, has } => {
                let places = [("most", &*most.to_string()), ("has", &*has.to_string())];
                fill(self.refused_long_text, &places)
            }
            Refusal::ManyLines { most: n } => most(self.refused_many_lines, n),
            Refusal::ManyLinks { most: n } => most(self.refused_many_links, n),
            Refusal::NoParent => self.refused_no_parent.into(),
            Refusal::BadEmail => self.refused_bad_email.into(),
            Refusal::Duplicate => self.refused_duplicate.into(),
            Refusal::Flood { wait: 0..=90 } => self.refused_flood_minute.into(),
            Refusal::Flood { wait: 86_400.. } => self.refused_flood_day.into(),
            Refusal::Flood { wait } => counted(self, self.refused_flood, wait.div_ceil(60).into()),
            Refusal::Slowed { wait: 0..=60 } => self.refused_slowed_minute.into(),
            Refusal::Slowed { wait } => counted(self, self.refused_slowed, wait.div_ceil(60).into()),
            Refusal::Sanctioned { .. } => self.refused_sanctioned.into(),
            Refusal::AccountRefused { .. } => self.refused_account.into(),
            Refusal::ProofWanted(why) => fill(self.refused_proof, &[("why", self.suspicion(*why))]),
        }
    }

    /// Why a comment waits, for its writer and the moderator.
    pub fn held(&self, why: &HeldWhy) -> String {
        match why {
            HeldWhy::HeldFirst => self.held_discussion.into(),
            HeldWhy::Links(n) => counted(self, self.held_links, *n as u64),
            HeldWhy::Risk(kinds) => {
                let kinds: Vec<&str> = kinds.iter().map(|kind| self.kind(*kind)).collect();
                fill(self.held_risk, &[("kinds", &kinds.join(self.list_comma))])
            }
            HeldWhy::Age => self.held_age.into(),
            HeldWhy::New(n) => counted(self, self.held_new, (*n).into()),
            HeldWhy::Sanction => self.held_sanction.into(),
            HeldWhy::Account => self.held_account.into(),
            HeldWhy::Suspicion(why) => fill(self.held_suspicion, &[("why", self.suspicion(*why))]),
        }
    }

    /// What the database has of why a comment waits. What was written before it had codes stands as it was said.
    pub fn held_as_stored(&self, stored: &str) -> String {
        HeldWhy::read(stored).map_or_else(|| stored.to_owned(), |why| self.held(&why))
    }

    fn suspicion(&self, why: Suspicion) -> &'static str {
        match why {
            Suspicion::Crowd => self.suspicion_crowd,
            Suspicion::Wide => self.suspicion_wide,
            Suspicion::Echo => self.suspicion_echo,
            Suspicion::Always => self.suspicion_always,
        }
    }

    /// A kind of risk, after "it looks like".
    fn kind(&self, kind: Label) -> &'static str {
        match kind {
            Label::Advertising => self.risk_advertising,
            Label::Insult => self.risk_insult,
            Label::Hate => self.risk_hate,
            Label::Threat => self.risk_threat,
            Label::Sexual => self.risk_sexual,
            Label::Personal => self.risk_personal,
            Label::Flood => self.risk_flood,
            Label::House => self.risk_house,
        }
    }

    pub fn no_edit(&self, why: NoEdit) -> String {
        match why {
            NoEdit::Late { minutes: 0 } => self.edit_never.into(),
            NoEdit::Late { minutes } => counted(self, self.edit_late, minutes.unsigned_abs()),
            NoEdit::Ruled => self.edit_ruled.into(),
            NoEdit::Gone => self.edit_gone.into(),
        }
    }

    pub fn no_erasing(&self, why: NoErasing) -> &'static str {
        match why {
            NoErasing::Already => self.erase_already,
            NoErasing::Open => self.erase_open,
        }
    }

    pub fn no_appeal(&self, why: NoAppeal) -> &'static str {
        match why {
            NoAppeal::Nothing => self.appeal_nothing,
            NoAppeal::Already => self.appeal_already,
            NoAppeal::Late => self.appeal_late,
        }
    }

    /// To whoever wants the name for an account.
    pub fn name_fault(&self, fault: NameFault) -> String {
        let holder = self.holder();
        match fault {
            NameFault::Empty => holder.name_empty.into(),
            NameFault::Long { most } => fill(self.refused_long_name, &[("most", &most.to_string())]),
            NameFault::Reserved => holder.name_reserved.into(),
            NameFault::Taken => holder.name_taken.into(),
        }
    }

    /// To whoever came back from a provider, after its name.
    pub fn unproven(&self, provider: &str, why: Unproven) -> String {
        let holder = self.holder();
        let why = match why {
            Unproven::NotBegun => holder.unproven_not_begun,
            Unproven::Another => holder.unproven_another,
            Unproven::Refused => holder.unproven_refused,
            Unproven::Used => holder.unproven_used,
            Unproven::Ended => holder.unproven_ended,
            Unproven::Expired => holder.unproven_expired,
            Unproven::Elsewhere => holder.unproven_elsewhere,
            Unproven::OtherSignIn => holder.unproven_other_sign_in,
            Unproven::Forged => holder.unproven_forged,
            Unproven::Unreadable => holder.unproven_unreadable,
        };
        fill(holder.provider_unproven, &[("provider", provider), ("why", why)])
    }

    /// To whoever reports.
    pub fn report_fault(&self, fault: ReportFault) -> &'static str {
        match fault {
            ReportFault::NoReason => self.report_no_reason,
            ReportFault::LongText => self.report_long_text,
            ReportFault::LongName => self.report_long_name,
            ReportFault::BadEmail => self.report_bad_email,
            ReportFault::NoExplanation => self.report_no_explanation,
            ReportFault::NoGoodFaith => self.report_no_good_faith,
        }
    }
}
