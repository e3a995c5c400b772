//! Samples that every template is rendered with: by the tests, by `dateline check` for a paper's own
//! theme, and by the gallery for the eye.

macro_rules! samples {
    ($($file:literal => $render:expr),* $(,)?) => { &[$(Sample { file: $file, render: $render }),*] };
}

mod account;
pub(crate) mod data;
pub(crate) mod machines;

use newsroom::{
    discussion::{
        Comment, Openness, Page, Policy, Reason, Refusal, State,
        report::{ReportDraft, ReportFault},
    },
    section::{Section, Topic},
    story::Story,
};

use crate::{
    AppealForm, EditForm, ErrorPage, Form, Found, Front, Gone, List, ListKind, OutsidePage, OwnData, Piece,
    Receipt, ReceiptLine, Receipts, ReportFate, ReportPage, Search, Statement, StoryPage, ThreadPage,
    house_rules::{HouseRules, Rules, text},
    theme::{Fault, Theme},
    transparency::{Line, Transparency},
};
use data::MORNING;

/// One page of the gallery.
pub struct Sample {
    /// Name of the file that the gallery writes.
    pub file: &'static str,
    pub render: fn(&Theme) -> Result<String, Fault>,
}

const READER: &[Sample] = samples![
    "front.html" => |theme| front(theme, data::cards().len()),
    "front-one.html" => |theme| front(theme, 1),
    "front-empty.html" => |theme| front(theme, 0),
    "section.html" => |theme| list(theme, ListKind::Section(&Section::named("Coast")), data::cards().len()),
    "topic.html" => |theme| list(theme, ListKind::Topic(&Topic { ..data::story().topics.remove(0) }), 0),
    "author.html" => |theme| list(theme, ListKind::Author(&data::author()), 4),
    "day.html" => |theme| list(theme, ListKind::Day(MORNING), 8),
    "story.html" => |theme| story(theme, &data::story(), Some(&data::page()), Form::default()),
    "story-bare.html" => |theme| story(theme, &data::bare_story(), Some(&data::flat_page(0)), Form::default()),
    "story-twenty.html" => twenty,
    "story-right-to-left.html" => |theme| story(theme, &data::arabic_story(), Some(&data::archived_page()), Form::default()),
    "story-preview.html" => preview,
    "story-refused.html" => refused,
    "story-closed.html" => closed,
    "thread.html" => |theme| thread(theme, Form::default()),
    "reply.html" => |theme| thread(theme, Form { reply_to: Some(&data::comment(42, 40, Some(41))), ..Form::default() }),
    "receipt-held.html" => |theme| receipt(theme, State::Held),
    "receipt-shown.html" => |theme| receipt(theme, State::Shown),
    "receipt-removed.html" => |theme| receipt(theme, State::Removed),
    "receipt-withdrawn.html" => |theme| receipt(theme, State::Withdrawn),
    "receipts.html" => |theme| receipts(theme, false),
    "receipts-none.html" => |theme| receipts(theme, true),
    "outside.html" => outside,
    "report.html" => |theme| report(theme, None),
    "report-refused.html" => |theme| report(theme, Some(ReportFault::NoReason)),
    "report-received.html" => |theme| report_fate(theme, None),
    "report-decided.html" => |theme| report_fate(theme, Some((MORNING, "cut"))),
    "transparency.html" => transparency,
    "house-rules.html" => house_rules,
    "search.html" => search,
    "search-empty.html" => |theme| nothing_found(theme, "", ""),
    "search-nothing.html" => |theme| nothing_found(theme, "<b>zeppelin", ""),
    "search-trouble.html" => |theme| nothing_found(theme, "the", "Search is being rebuilt. Please try again in a minute."),
    "gone.html" => |theme| theme.gone(&Gone { paper: &data::paper(), story: &data::killed_story() }),
    "gone-unsaid.html" => |theme| theme.gone(&Gone { paper: &data::paper(), story: &data::story() }),
    "error.html" => error,
];

/// All samples.
pub fn all() -> impl Iterator<Item = &'static Sample> {
    READER
        .iter()
        .chain(machines::FEEDS)
        .chain(crate::desk::sample::DESK)
        .chain(crate::letter::sample::LETTERS)
        .chain(account::ACCOUNT)
}

fn front(theme: &Theme, stories: usize) -> Result<String, Fault> {
    let cards = data::cards();
    let older = (stories > 1).then_some("/2013/03/05");
    theme.front(&Front { paper: &data::paper(), at: MORNING, cards: &cards[..stories], older })
}

fn list(theme: &Theme, kind: ListKind<'_>, stories: usize) -> Result<String, Fault> {
    let cards = data::cards();
    let (older, newer) =
        (Some("?after=1362557520000-7"), matches!(kind, ListKind::Day(_)).then_some("/2013/03/07"));
    theme.list(&List { paper: &data::paper(), kind, cards: &cards[..stories], older, newer })
}

pub(crate) fn story(
    theme: &Theme,
    story: &Story,
    discussion: Option<&Page>,
    form: Form<'_>,
) -> Result<String, Fault> {
    let (cards, policy) = (data::cards(), Policy::default());
    theme.story(&StoryPage {
        paper: &data::paper(),
        voice: data::voice(),
        story,
        discussion,
        form,
        more: &cards[5..11],
        policy: &policy,
    })
}

fn twenty(theme: &Theme) -> Result<String, Fault> {
    let (paper, policy, page) = (data::paper(), Policy::default(), data::flat_page(20));
    theme.story(&StoryPage {
        paper: &paper,
        voice: data::voice(),
        story: &data::bare_story(),
        discussion: Some(&page),
        form: Form::default(),
        more: &[],
        policy: &policy,
    })
}

fn preview(theme: &Theme) -> Result<String, Fault> {
    let mut draft = data::story();
    draft.address = None;
    draft.published_at = None;
    story(theme, &draft, None, Form::default())
}

fn refused(theme: &Theme) -> Result<String, Fault> {
    let refusal = Refusal::ReservedName;
    let form =
        Form { name: "M0derator", text: "I <b>disagree</b>.", refusal: Some(&refusal), ..Form::default() };
    story(theme, &data::story(), Some(&data::flat_page(3)), form)
}

fn closed(theme: &Theme) -> Result<String, Fault> {
    let mut page = data::flat_page(1);
    page.discussion.openness = Openness::Closed;
    page.first = false;
    let refusal = Refusal::Closed;
    let form = Form { text: "What I wanted to say.", refusal: Some(&refusal), ..Form::default() };
    story(theme, &data::story(), Some(&page), form)
}

fn thread(theme: &Theme, form: Form<'_>) -> Result<String, Fault> {
    let (thread, policy) = (data::thread(), Policy::default());
    theme.thread(&ThreadPage {
        paper: &data::paper(),
        voice: data::voice(),
        story: &data::story(),
        discussion: &data::discussion(61),
        thread: &thread,
        first: form.reply_to.is_none(),
        form,
        policy: &policy,
        rules: "/discussion-rules",
    })
}

fn outside(theme: &Theme) -> Result<String, Fault> {
    let (page, policy) = (data::flat_page(3), Policy::default());
    theme.outside(&OutsidePage {
        paper: &data::paper(),
        voice: data::voice(),
        title: "Tides & <timetables>",
        language: "ar",
        link: "https://blog.example/tides",
        path: "/2026/11/24/tides-and-timetables",
        action: None,
        discussion: &page,
        form: Form::default(),
        policy: &policy,
        rules: "/discussion-rules?site=x",
    })
}

fn receipt(theme: &Theme, state: State) -> Result<String, Fault> {
    let reason = (state == State::Removed).then_some(Reason::OFF_TOPIC);
    let story = data::story();
    let path = story.path().unwrap_or_default();
    theme.receipt(&Receipt {
        paper: &data::paper(),
        voice: data::voice(),
        comment: &Comment { state, reason, ..data::comment(2, 2, None) },
        headline: &story.copy.headline,
        path: &path,
        why_held: "It has 3 links; a moderator looks at those first.",
        url: &format!("{path}#comment-2"),
        steps: &[
            (MORNING, "You wrote it; it was shown.".into()),
            (MORNING, "A moderator ruled on it.".into()),
        ],
        statement: (state == State::Removed).then_some(Statement {
            at: MORNING,
            reason,
            reported: true,
            screened: false,
            note: "The thread about fares is the place for it.",
        }),
        own: OwnData { data: "/receipt/46-x/data", erase: "/receipt/46-x/erase", ..OwnData::default() },
        edit: EditForm {
            action: "/receipt/2-00/edit",
            withdraw: "/receipt/2-00/withdraw",
            until: (state == State::Shown).then_some(MORNING),
            text: "The <b>ferry</b> was late.",
            refusal: "",
        },
        appeal: AppealForm {
            action: "/receipt/2-00/appeal",
            until: (state == State::Removed).then_some(MORNING),
            text: "It <b>was</b> about the ferry.",
            refusal: "",
        },
    })
}

fn receipts(theme: &Theme, none: bool) -> Result<String, Fault> {
    let (voice, story) = (data::voice(), data::story());
    let removed =
        Comment { state: State::Removed, reason: Some(Reason::INSULT), ..data::comment(9, 9, None) };
    let comments = [data::comment(12, 12, None), removed];
    let line = |comment| ReceiptLine {
        comment,
        headline: &story.copy.headline,
        receipt: "/receipt/9-0123456789abcdef01234567",
        standing: voice.standing(comment, ""),
    };
    let all: Vec<_> = comments.iter().filter(|_| !none).map(line).collect();
    theme.receipts(&Receipts { paper: &data::paper(), words: voice.words, all: &all })
}

fn transparency(theme: &Theme) -> Result<String, Fault> {
    let reason = |code: &str| Reason::parse(code).and_then(|r| data::voice().reasons.find(r).cloned());
    let line = |what: &str, code: &str, number| Line {
        what: what.into(),
        code: code.into(),
        number,
        reason: reason(code),
    };
    let lines = [line("comments written", "", 1203), line("rulings: removed", "off-topic", 7)];
    let until = newsroom::Millis(MORNING.0 + 86_400_000);
    let all = [(2, MORNING, until), (1, newsroom::Millis(0), MORNING)];
    theme.transparency(&Transparency {
        paper: &data::paper(),
        from: MORNING,
        until,
        lines: &lines,
        public: Some((2, &all)),
    })
}

fn house_rules(theme: &Theme) -> Result<String, Fault> {
    let (paper, policy) = (data::paper(), Policy::default());
    let reasons: Vec<String> =
        data::voice().reasons.in_use().map(|r| data::voice().sentence(r.reason).to_owned()).collect();
    let words = data::voice().words;
    let rules = Rules {
        words,
        site: None,
        policy: &policy,
        reasons: &reasons,
        contact: "desk@courier.example",
        authorities: "law@courier.example, in English or German",
        screened: true,
        scored: true,
        learned: true,
    };
    theme.house_rules(&HouseRules {
        paper: &paper,
        text: &text(&paper, &rules),
        since: Some(MORNING),
        earlier: false,
        words,
        papers: true,
        accounts: true,
        versions: &[(2, MORNING), (1, newsroom::Millis(0))],
    })
}

fn report(theme: &Theme, fault: Option<ReportFault>) -> Result<String, Fault> {
    let story = data::story();
    theme.report(&ReportPage {
        paper: &data::paper(),
        voice: data::voice(),
        path: &story.path().unwrap_or_default(),
        headline: &story.copy.headline,
        comment: &data::comment(2, 2, None),
        draft: &ReportDraft { text: "<i>Look</i> at this".into(), ..ReportDraft::default() },
        fault,
    })
}

fn report_fate(theme: &Theme, decided: Option<(newsroom::Millis, &str)>) -> Result<String, Fault> {
    let story = data::story();
    theme.report_fate(&ReportFate {
        paper: &data::paper(),
        voice: data::voice(),
        path: &story.path().unwrap_or_default(),
        headline: &story.copy.headline,
        at: MORNING,
        reason: Some(Reason::INSULT),
        text: "It names me & my boat.",
        decided,
    })
}

fn search(theme: &Theme) -> Result<String, Fault> {
    let (cards, comment) = (data::cards(), data::comment(2, 2, None));
    let piece = |text: &str, found| Piece { text: text.into(), found };
    let extract = [
        piece("… agree on a joint night ", false),
        piece("ferry", true),
        piece(" from May, ending …", false),
    ];
    let found = [
        Found { card: &cards[0], comment: None, extract: &extract },
        Found { card: &cards[0], comment: Some(&comment), extract: &extract },
        Found { card: &cards[3], comment: None, extract: &[] },
    ];
    theme.search(&Search {
        paper: &data::paper(),
        query: "ferry",
        found: &found,
        total: Some(1203),
        older: Some("/search?q=ferry&after=3"),
        newer: None,
        trouble: "",
    })
}

fn nothing_found(theme: &Theme, query: &str, trouble: &str) -> Result<String, Fault> {
    let paper = data::paper();
    theme.search(&Search { paper: &paper, query, found: &[], total: None, older: None, newer: None, trouble })
}

fn error(theme: &Theme) -> Result<String, Fault> {
    theme.error(&ErrorPage {
        paper: &data::paper(),
        status: 404,
        title: "Page not found",
        what: "There is nothing at this address.",
        advice: "It may have been mistyped, or the page may have moved.",
    })
}
