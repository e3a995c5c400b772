//! The table of templates that come with Dateline.

macro_rules! table {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../templates/", $name)))),*] };
}

/// The readers' pages.
const READER: &[(&str, &str)] = table![
    "reader.css",
    "base.html",
    "parts.html",
    "front.html",
    "list.html",
    "search.html",
    "story.html",
    "discussion.html",
    "talk.html",
    "thread.html",
    "outside.html",
    "receipt.html",
    "receipts.html",
    "report.html",
    "letter.html",
    "account_door.html",
    "account_entry.html",
    "account.html",
    "account_passkey_door.html",
    "account_passkey_add.html",
    "transparency.html",
    "ruling_log.html",
    "house_rules.html",
    "gone.html",
    "error.html",
];

/// The desk's screens.
const DESK: &[(&str, &str)] = table![
    "desk/layout.html",
    "desk/parts.html",
    "desk/sign_in.html",
    "desk/set_up.html",
    "desk/resume.html",
    "desk/refusal.html",
    "desk/inbox.html",
    "desk/story.html",
    "desk/queue.html",
    "desk/staff.html",
    "desk/sessions.html",
    "desk/sanctions.html",
    "desk/reasons.html",
    "desk/writer.html",
    "desk/reader.html",
    "desk/staff_form.html",
    "desk/screen.html",
    "desk/shift.html",
    "desk/letters.html",
];

/// Letters: the first line is the subject.
const LETTERS: &[(&str, &str)] = table![
    "letters/foot.txt",
    "letters/confirm.txt",
    "letters/comment.txt",
    "letters/digest.txt",
    "letters/ruling.txt",
    "letters/outcome.txt",
    "letters/queue.txt",
    "letters/sign_in.txt",
];

/// Every template with its source.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    READER.iter().chain(DESK).chain(LETTERS).copied()
}
