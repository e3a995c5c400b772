//! What the paper says to readers and writers, a file for each language. A language that lacks a sentence does
//! not compile.
//!
//! A sentence has its places in braces, `{name}`; one that counts has a form for each plural of its language, with
//! `|` between them.

mod count;
mod de;
mod en;
mod es;
mod holder;
mod open;
mod reason;
mod ru;
mod said;
#[cfg(test)]
mod tests;
mod time;
mod verdict;
mod zh;

pub use count::counted;
pub(crate) use count::counted_with;
pub use holder::HolderWords;
pub use open::OpenWords;
pub(crate) use reason::built_in;

use minijinja::Value;
use newsroom::{Language, discussion::Reasons, paper::Paper};
use std::{collections::BTreeMap, sync::LazyLock};

macro_rules! catalogue {
    ($(#[$said:meta])* $catalogue:ident: $($name:ident,)*) => {
        $(#[$said])*
        pub struct $catalogue {
            pub language: Language,
            $(pub $name: &'static str,)*
        }

        impl $catalogue {
            /// Each sentence with its name.
            pub(crate) fn sentences(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
                [$((stringify!($name), self.$name)),*].into_iter()
            }
        }
    };
}
use catalogue;

catalogue! {
    /// All sentences in one language, but for those of two pages with a catalogue of their own.
    Words:
    // Why a comment was removed, to its writer; what is wrong with one, to be chosen by a reporter; on what a ruling stands.
    advertising,
    advertising_choice,
    insult,
    insult_choice,
    hate,
    hate_choice,
    threat,
    threat_choice,
    personal_data,
    personal_data_choice,
    off_topic,
    off_topic_choice,
    repetition,
    repetition_choice,
    unlawful,
    unlawful_choice,
    other,
    other_choice,
    ground_rule,
    ground_rule_named,
    ground_law,
    ground_law_named,
    // Around every page.
    skip_page,
    skip_story,
    skip_discussion,
    skip_thread,
    sections,
    search,
    search_button,
    front_page,
    to_front_page,
    pages,
    // Times: months and weekdays (from Monday) apart by a bar.
    months,
    weekdays,
    moment,
    day,
    day_of_year,
    weekday,
    // Front page, lists, search.
    nothing_published,
    lead_story,
    top_stories,
    more_stories,
    earlier_stories,
    later_stories,
    list_section,
    list_topic,
    list_author,
    list_day,
    list_empty,
    about_front,
    about_author,
    about_day,
    about_list,
    comments_of,
    search_paper,
    search_where,
    search_about,
    results_for,
    some_results_for,
    nothing_found_for,
    nothing_holds,
    earlier_results,
    more_results,
    search_long,
    search_no_word,
    a_comment,
    // A story.
    preview,
    changed,
    correction,
    update,
    withdrawn,
    section_and_topics,
    gone,
    gone_title,
    gone_words,
    // The discussion under a story.
    no_comments,
    comments,
    no_replies,
    replies,
    removed_count,
    held_count,
    decided_here,
    source_said,
    source_said_had,
    order_of_comments,
    newest,
    oldest,
    discussed,
    valued,
    first_comments,
    older_comments,
    newer_comments,
    more_comments,
    earlier_replies,
    later_replies,
    whole_discussion,
    show_all,
    show_thread,
    pinned,
    thread_closed,
    staff,
    editors_pick,
    to,
    edited,
    address_confirmed,
    signed_in,
    account,
    author_of_story,
    reply,
    reply_to,
    to_whom,
    valuable,
    report,
    comment_by,
    stub_held,
    stub_removed,
    stub_withdrawn,
    passage_cut,
    slowed,
    old_story,
    read_first,
    new_read_first,
    closed,
    closed_by_age,
    // The form.
    your_comment,
    your_reply,
    name,
    post_comment,
    kept_text,
    letters_about,
    mail_optional,
    write_answers,
    mail_terms,
    terms_network,
    terms_name,
    terms_length,
    open_until,
    own_comments,
    markup_hint,
    eg_emphasis,
    eg_strong,
    eg_quote,
    eg_list,
    eg_code,
    eg_words,
    paragraph_hint,
    follow,
    follow_by_mail,
    mail_address,
    follow_button,
    named_on,
    thread_on,
    comments_on,
    read_outside,
    // Why a comment is refused.
    refused_no_story,
    refused_closed,
    refused_closed_by_age,
    refused_thread_closed,
    refused_no_name,
    refused_long_name,
    refused_reserved_name,
    refused_reserved_account_name,
    refused_reserved_since,
    refused_taken_name,
    refused_no_text,
    refused_long_text,
    refused_many_lines,
    refused_many_links,
    refused_no_parent,
    refused_bad_email,
    refused_duplicate,
    refused_flood_minute,
    refused_flood,
    refused_slowed_minute,
    refused_slowed,
    refused_flood_day,
    refused_proof,
    work_taken,
    suspicion_crowd,
    suspicion_wide,
    suspicion_echo,
    suspicion_always,
    refused_sanctioned,
    refused_account,
    refused_sanctioned_until,
    refused_account_until,
    refused_write,
    // Why a comment waits.
    held_discussion,
    held_links,
    held_risk,
    held_age,
    held_new,
    held_sanction,
    held_account,
    held_suspicion,
    risk_advertising,
    risk_insult,
    risk_hate,
    risk_threat,
    risk_sexual,
    risk_personal,
    risk_flood,
    risk_house,
    list_comma,
    // Changing, erasing, appealing.
    edit_never,
    edit_late,
    edit_ruled,
    edit_gone,
    changed_meanwhile,
    erase_unsure,
    erase_meanwhile,
    erase_already,
    erase_open,
    appeal_nothing,
    appeal_already,
    appeal_late,
    appeal_empty,
    appeal_long,
    too_many_reports,
    too_many_appeals,
    too_many_values,
    enough_values,
    too_many_letters,
    story_gone,
    // The receipt.
    shown_title,
    shown_cut_title,
    see_it,
    waiting_title,
    waiting,
    keep_receipt,
    receipts_terms,
    receipts_none,
    receipts_forget,
    receipts_forget_terms,
    erased_title,
    erased,
    withdrawn_title,
    withdrawn_words,
    removed_title,
    removed,
    moderator_adds,
    what_you_wrote,
    under,
    what_happened,
    change_title,
    save,
    change_until,
    change_until_rest,
    withdraw,
    appeal,
    appeal_why,
    appeal_button,
    another_decides,
    own_title,
    take_along,
    take_along_rest,
    erase_sure,
    erase_button,
    // What happened to a comment, step by step.
    step_wrote,
    step_shown_at_once,
    step_held_at_once,
    step_show,
    step_remove,
    step_cut,
    step_hold_reports,
    step_warn,
    step_hold,
    step_undo,
    step_withdrew,
    step_erased,
    step_changed,
    step_appealed,
    step_upheld,
    step_kept,
    step_upheld_alone,
    step_upheld_undone,
    step_kept_alone,
    // The statement of reasons, DSA Art. 17.
    statement,
    stated_what,
    stated_removed,
    stated_cut,
    stated_why,
    stated_reported,
    stated_screened,
    stated_found,
    stated_ground,
    stated_machines,
    stated_machine,
    stated_no_machine,
    stated_redress,
    stated_here,
    stated_there,
    // Reports.
    report_title,
    report_what,
    choose,
    explanation,
    report_law,
    report_law_terms,
    your_name,
    your_mail,
    good_faith,
    report_button,
    report_terms,
    report_no_reason,
    report_long_text,
    report_long_name,
    report_bad_email,
    report_no_explanation,
    report_no_good_faith,
    reported_before,
    your_report,
    report_received,
    report_decided,
    report_waits,
    reported_on,
    decided_on,
    keep_report,
    outcome_removed,
    outcome_withdrawn,
    outcome_cut,
    outcome_warned,
    outcome_left,
    // The public log of a discussion.
    log_title,
    log_line,
    log_none,
    log_terms,
    discussion_rules,
    rules,
    log_shown,
    log_removed,
    log_cut,
    log_hold_reports,
    log_hold,
    log_undo,
    // Letters.
    letter_answers,
    letter_writes,
    letter_answers_under,
    letter_writes_under,
    letter_read,
    letter_sign_in,
    letter_sign_in_link,
    letter_sign_in_if_not,
    letter_confirm_report,
    letter_confirm,
    letter_report,
    letter_report_yes,
    letter_thread,
    letter_comment,
    letter_if_not,
    letter_digest,
    letter_line,
    letter_line_to_you,
    letter_stop,
    letter_stop_all,
    letter_removed,
    letter_cut,
    letter_yours,
    letter_part,
    letter_note,
    letter_appeal_there,
    appeal_decided,
    appeal_upheld,
    appeal_kept,
    letter_subject,
    letter_all_there,
    // The pages behind a letter's links.
    letters,
    no_address_title,
    no_address,
    asked_title,
    asked,
    yes_title,
    yes_words,
    yes_button,
    yes_done_title,
    yes_done,
    yes_over_title,
    yes_over,
    stop_title,
    stop_all_title,
    stop_button,
    stop_done,
    // What can go wrong with a request, to readers.
    nothing_here,
    nothing_here_words,
    was_withdrawn,
    not_read,
    not_accepted,
    foreign,
    foreign_words,
    too_large,
    too_large_words,
    too_many,
    slow,
    slow_words,
    busy,
    busy_words,
    broken,
    broken_words,
    not_read_words,
    other_requests,
    other_requests_words,
    taken_meanwhile,
    no_such_page,
    not_vouched,
    // Feeds.
    feed_latest,
    feed_section,
    feed_in,
    feed_by,
    feed_everywhere,
    feed_said,
    // Passkeys of readers.
    passkey_sign_in,
    passkey_new,
    passkey_name,
    passkey_make,
    passkey_terms,
    passkey_add,
    passkey_label,
    passkey_label_terms,
    passkey_no_script,
    passkey_elsewhere,
    passkey_unknown,
    passkey_not_used,
    passkey_has_one,
    passkey_not_here,
    passkey_not_kept,
    passkey_no_answer,
    passkey_wrong,
    passkey_late,
    passkey_taken,
    passkey_opens_nothing,
    passkey_counted_back,
    passkey_too_many,
    passkey_tries,
    passkey_many_made,
}

/// In which the paper speaks on a page: the words of a language, and the paper's own for its reasons.
#[derive(Clone, Copy)]
pub struct Voice<'a> {
    pub words: &'static Words,
    pub reasons: &'a Reasons,
}

impl<'a> Voice<'a> {
    pub fn new(language: Language, reasons: &'a Reasons) -> Voice<'a> {
        Voice { words: Words::of(language), reasons }
    }
}

impl Words {
    pub fn of(language: Language) -> &'static Words {
        match language {
            Language::English => &en::WORDS,
            Language::German => &de::WORDS,
            Language::Russian => &ru::WORDS,
            Language::Spanish => &es::WORDS,
            Language::Chinese => &zh::WORDS,
        }
    }

    /// Those that a paper speaks in: of its language, or English.
    pub fn of_paper(paper: &Paper) -> &'static Words {
        Words::of(Language::or_english(&paper.language))
    }

    /// Each sentence of all catalogues with its name.
    pub fn each(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.sentences().chain(self.holder().sentences()).chain(self.open().sentences())
    }

    /// As templates have them, `w.reply`.
    pub(crate) fn value(&self) -> Value {
        static VALUES: LazyLock<Vec<(Language, Value)>> = LazyLock::new(|| {
            let value = |l: Language| Value::from(Words::of(l).each().collect::<BTreeMap<_, _>>());
            Language::ALL.into_iter().map(|l| (l, value(l))).collect()
        });
        let found = VALUES.iter().find(|(l, _)| *l == self.language);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// A sentence with its places filled in.
pub fn fill(sentence: &str, places: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        let found = places.iter().find(|(place, _)| *place == name);
        out.push_str(found.map_or("", |(_, with)| with));
        rest = after;
    }
    out.push_str(rest);
    out
}
