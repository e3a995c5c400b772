//! What is told to a reader who wants an account, at its door and on its page; a file for each language.

mod de;
mod en;
mod es;
mod ru;
mod zh;

use super::{Words, catalogue};
use newsroom::Language;

catalogue! {
    /// The words of a reader's account in one language.
    HolderWords:
    // The door.
    your_account,
    sign_in,
    sign_in_terms,
    sign_in_with,
    sign_in_by_letter,
    send_link,
    link_terms,
    no_accounts,
    // Who came by one of the ways.
    sign_in_as,
    came_by,
    new_account,
    came_new,
    another_way,
    came_another,
    open_elsewhere,
    open_elsewhere_words,
    make_account,
    add_it,
    link_over,
    // The account's own page.
    since,
    badge_beside,
    sign_out,
    name_beside,
    change_name,
    name_terms,
    ways_in,
    way_letter,
    way_provider,
    way_passkey,
    way_last,
    remove_way,
    add_way,
    add_mail,
    signed_in_where,
    session_this,
    session_other,
    browser_on,
    browser_some,
    browser_unknown,
    end_session,
    other_sessions,
    end_others,
    your_comments,
    became_of,
    no_comments_here,
    mine_shown,
    mine_cut,
    mine_held,
    mine_removed,
    mine_withdrawn,
    account_kept,
    account_along_rest,
    erase_account,
    erase_leaving,
    erase_with,
    erase_for_good,
    erase_it,
    // What was done.
    done_letter,
    done_in,
    done_made,
    done_way,
    done_no_way,
    done_name,
    done_session,
    done_others,
    done_out,
    done_erased,
    // What went wrong.
    name_empty,
    name_reserved,
    name_taken,
    many_names,
    many_spellings,
    // As which an account goes whose name the desk has freed.
    account_number,
    last_way,
    say_what_of_comments,
    many_tries,
    many_sign_ins,
    please_sign_in,
    not_signed_in,
    data_not_signed_in,
    provider_silent,
    provider_unproven,
    unproven_not_begun,
    unproven_another,
    unproven_refused,
    unproven_used,
    unproven_ended,
    unproven_expired,
    unproven_elsewhere,
    unproven_other_sign_in,
    unproven_forged,
    unproven_unreadable,
}

impl Words {
    pub fn holder(&self) -> &'static HolderWords {
        match self.language {
            Language::English => &en::WORDS,
            Language::German => &de::WORDS,
            Language::Russian => &ru::WORDS,
            Language::Spanish => &es::WORDS,
            Language::Chinese => &zh::WORDS,
        }
    }
}
