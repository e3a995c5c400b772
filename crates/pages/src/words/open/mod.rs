//! What the paper lays open of its discussion: the rules, and the account of its moderation; a file for each language.

mod de;
mod en;
mod es;
mod ru;
mod zh;

use super::{Words, catalogue};
use newsroom::Language;

catalogue! {
    /// The words of the rules and of the account of moderation in one language.
    OpenWords:
    // The page with the rules.
    rules_as_of,
    rules_as_they_were,
    rules_earlier,
    // What is not shown.
    rules_not_shown,
    rules_reasons,
    rules_limits,
    rules_links,
    // Who decides.
    rules_who,
    rules_people,
    rules_screened,
    rules_screened_at,
    rules_screened_any,
    rules_screened_sure,
    rules_learned,
    rules_scored,
    rules_waits,
    rules_waits_discussion,
    rules_waits_links,
    rules_waits_new,
    rules_waits_age,
    rules_waits_age_on_site,
    rules_waits_reports,
    rules_waits_sanction,
    rules_closes,
    rules_closes_on_site,
    // What a writer can do.
    rules_you_can,
    rules_report,
    rules_receipt,
    rules_appeal,
    rules_days,
    rules_change,
    rules_data,
    // What is public, and whom to write to.
    rules_public,
    rules_public_words,
    rules_whom,
    rules_contact,
    rules_authorities,
    rules_of,
    rules_of_site,
    // The account of moderation.
    moderation,
    from_to,
    column_what,
    column_reason,
    column_number,
    ground_is_law,
    ground_is_rule,
    same_as_csv,
    programs_hold,
    other_accounts,
    counted_written,
    counted_held,
    counted_held_of_thousand,
    counted_reports,
    counted_shown,
    counted_removed,
    counted_cut,
    counted_put_off,
    counted_warned,
    counted_taken_back,
    counted_by_itself,
    counted_appeals,
    counted_upheld,
    counted_kept,
    counted_report_minutes,
    counted_appeal_minutes,
}

impl Words {
    pub fn open(&self) -> &'static OpenWords {
        match self.language {
            Language::English => &en::WORDS,
            Language::German => &de::WORDS,
            Language::Russian => &ru::WORDS,
            Language::Spanish => &es::WORDS,
            Language::Chinese => &zh::WORDS,
        }
    }
}
