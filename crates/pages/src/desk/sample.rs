//! Samples of the desk's screens: for the tests, `dateline check`, and the gallery.

use newsroom::{
    Millis,
    clock::{DAY, HOUR, MINUTE},
    discussion::{
        Discussion, Label, Mode, Reason, Risk, State,
        reason::ReasonDraft,
        shift::{self as of_shift, Waits, Worked},
    },
    ednote::EdNote,
    item::Source,
    staff::Role,
    story::{NotYet, Status, Story},
};

use super::*;
use crate::{
    sample::{
        Sample,
        data::{self, MORNING},
    },
    theme::{Fault, Theme},
};

pub(crate) const DESK: &[Sample] = &[
    Sample { file: "desk-sign-in.html", render: |t| sign_in(t, None, &[]) },
    Sample {
        file: "desk-sign-in-refused.html",
        render: |t| sign_in(t, Some("Too many tries. Please wait 42 seconds."), &sent()),
    },
    Sample { file: "desk-set-up.html", render: set_up },
    Sample { file: "desk-resume.html", render: resume },
    Sample { file: "desk-refusal.html", render: refusal },
    Sample { file: "desk-inbox.html", render: |t| inbox(t, &inbox_rows(), "") },
    Sample { file: "desk-inbox-empty.html", render: |t| inbox(t, &[], "zeppelin & <b>") },
    Sample { file: "desk-story-draft.html", render: draft },
    Sample { file: "desk-story-conflict.html", render: conflict },
    Sample { file: "desk-story-published.html", render: published },
    Sample { file: "desk-story-killed.html", render: killed },
    Sample { file: "desk-queue.html", render: |t| queue(t, State::Held, &queue_rows(State::Held)) },
    Sample {
        file: "desk-queue-removed.html",
        render: |t| queue(t, State::Removed, &queue_rows(State::Removed)),
    },
    Sample { file: "desk-queue-empty.html", render: |t| queue(t, State::Held, &[]) },
    Sample { file: "desk-shift.html", render: shift },
    Sample { file: "desk-people.html", render: people },
    Sample { file: "desk-sessions.html", render: |t| sessions(t, false) },
    Sample { file: "desk-sessions-wanted.html", render: |t| sessions(t, true) },
    Sample { file: "desk-sanctions.html", render: sanctions },
    Sample { file: "desk-reasons.html", render: |t| reasons(t, None, &[]) },
    Sample {
        file: "desk-reason.html",
        render: |t| {
            reasons(
                t,
                Some(Reason::HATE),
                &[FieldFault::new("label", "Moderators need a name to choose it by.")],
            )
        },
    },
    Sample { file: "desk-letters.html", render: letters },
    Sample { file: "desk-reader.html", render: |t| reader(t, "Mette Holm") },
    Sample { file: "desk-reader-ended.html", render: |t| reader(t, "") },
    Sample { file: "desk-staff-form.html", render: |t| staff_form(t, "") },
    Sample { file: "desk-staff-form-refused.html", render: |t| staff_form(t, "The comment is empty.") },
];

/// Calls with a desk at which somebody sits.
pub(super) fn at_the_desk<T>(role: Role, said: Option<Said>, then: impl FnOnce(&Desk<'_>) -> T) -> T {
    let paper = data::paper();
    let person = Some(Person { name: "Ilse Brandt", role });
    let now = MORNING.plus(3 * HOUR);
    then(&Desk { paper: &paper, person, csrf: "c5rf-t0ken", now, held: 3, said, refused: None })
}

fn reasons(theme: &Theme, of: Option<Reason>, faults: &[FieldFault]) -> Result<String, Fault> {
    let known = data::voice().reasons;
    let draft = of.and_then(|r| known.find(r)).map(ReasonDraft::of).unwrap_or_default();
    at_the_desk(Role::Admin, None, |desk| {
        theme.desk_reasons(&ReasonsPage { desk, reasons: known, of, draft: &draft, faults })
    })
}

fn at_the_door<T>(then: impl FnOnce(&Desk<'_>) -> T) -> T {
    at_the_desk(Role::Editor, None, |desk| then(&Desk { person: None, ..desk.clone() }))
}

fn sent() -> Vec<Carried> {
    let field = |name: &str, value: &str| Carried { name: name.into(), value: value.into() };
    vec![
        field("edition", "4"),
        field("headline", "Two ports agree on joint night ferry"),
        field("body", "The ports of Osk and Lindholm have agreed.\n\n\"From May,\" they said."),
        field("kicker", ""),
    ]
}

fn sign_in(theme: &Theme, words: Option<&str>, carried: &[Carried]) -> Result<String, Fault> {
    let (name, next) = if words.is_some() { ("ilse", "/desk/stories/7") } else { ("", "") };
    at_the_door(|desk| {
        theme.desk_sign_in(&SignIn {
            desk,
            passkeys: Some("https://courier.example"),
            name,
            words,
            next,
            carried,
        })
    })
}

fn set_up(theme: &Theme) -> Result<String, Fault> {
    let words = Some("The password has 4 characters; at least 10 are needed.");
    at_the_door(|desk| theme.desk_set_up(&SetUp { desk, action: "/desk/set-up/Zm9v", name: "ilse", words }))
}

fn resume(theme: &Theme) -> Result<String, Fault> {
    at_the_desk(Role::Editor, None, |desk| {
        theme.desk_resume(&Resume { desk, action: "/desk/stories/7", carried: &sent() })
    })
}

fn refusal(theme: &Theme) -> Result<String, Fault> {
    at_the_desk(Role::Reporter, None, |desk| {
        let refusal = Refusal {
            title: "Not yours to do",
            what: "A reporter cannot publish.",
            mend: "An editor or an admin can do it for you.",
            typed: &sent(),
        };
        theme.desk_refusal(desk, &refusal)
    })
}

pub(super) fn inbox_rows() -> Vec<InboxRow> {
    let row = |id: i64, urgency: u8, slugline: &str, headline: &str| InboxRow {
        id,
        urgency,
        slugline: slugline.into(),
        headline: headline.into(),
        language: "en".into(),
        agency: "Northwire".into(),
        section: "Coast".into(),
        at: MORNING.plus(-id * 23 * MINUTE),
        embargo_until: None,
        withheld: false,
        notes: vec![],
    };
    let mut rows = vec![
        row(21, 2, "BC-OSK-FERRY", "Two ports agree on joint night ferry"),
        row(
            20,
            5,
            "BC-TARN-GLACIER",
            "Surveyors find the Tarn glacier eleven metres lower than in their grandfathers' maps",
        ),
        row(19, 0, "", ""),
        row(18, 6, "RU-NIGHT-TRAINS", "Ночные поезда возвращаются на северную линию"),
        row(17, 4, "BC-MARN-BUDGET", "Marn council passes budget by one vote"),
        row(16, 5, "BC-SCHOOL-BUS", "School bus drivers learn sign language for two sisters of Linden"),
    ];
    rows[1].embargo_until = Some(MORNING.plus(DAY));
    rows[2].agency = String::new();
    rows[3].language = "ru".into();
    rows[4].withheld = true;
    rows[5].notes = vec!["The page says 6 comments; 5 are there.".into()];
    rows
}

fn inbox(theme: &Theme, rows: &[InboxRow], filter: &str) -> Result<String, Fault> {
    at_the_desk(Role::Editor, Some(Said::Spiked), |desk| {
        let older = (!rows.is_empty()).then_some("1362557520000-16");
        theme.desk_inbox(&Inbox {
            desk,
            tab: Status::Draft,
            counts: [6, 1, 2_104, 3, 12],
            filter,
            rows,
            tips: &[(7, "Two <ports> agree".into(), 2)],
            older,
        })
    })
}

/// A draft as the wire brought it, with a note that no reader may see.
pub(super) fn draft_story() -> Story {
    let mut story = data::story();
    story.status = Status::Draft;
    story.address = None;
    story.published_at = None;
    story.changed_at = None;
    story.notices.clear();
    story.embargo_until = Some(MORNING.plus(DAY));
    story.ednote = EdNote::new("Hold until the mayor of Osk has confirmed the price.");
    story.usage_terms = "Not for sale or relay in Eastland.".into();
    story.source = Some(Source {
        uri: "urn:newsml:northwire.example:20130306:osk-ferry".into(),
        version: 3,
        digest: "0".into(),
    });
    story
}

/// What a sample of the story's screen shows besides the story.
#[derive(Default)]
struct Case {
    typed: Option<StoryForm>,
    faults: Vec<FieldFault>,
    saved_at: Option<Millis>,
    not_yet: Option<NotYet>,
    notes: Vec<String>,
    discussion: Option<Discussion>,
    kill: KillForm,
    tips: Vec<TipRow>,
}

fn story(theme: &Theme, story: &Story, case: Case) -> Result<String, Fault> {
    at_the_desk(Role::Editor, None, |desk| {
        let form = case.typed.unwrap_or_else(|| StoryForm::of(story, &desk.paper.zone));
        theme.desk_story(&StoryDesk {
            desk,
            story,
            form: &form,
            faults: &case.faults,
            conflict: case.saved_at.map(|at| Conflict { by: "Per Lund", at }),
            not_yet: case.not_yet.as_ref(),
            notes: &case.notes,
            discussion: case.discussion.as_ref(),
            kill: &case.kill,
            tips: &case.tips,
            history: &[Act { at: MORNING, who: "Northwire".into(), what: "sent it".into() }],
        })
    })
}

fn draft(theme: &Theme) -> Result<String, Fault> {
    let notes = vec!["The photo “quay.tif” was named but did not come along.".to_owned()];
    let case = Case { not_yet: Some(NotYet::PhotoWithoutCredit), notes, ..Case::default() };
    story(theme, &draft_story(), case)
}

fn conflict(theme: &Theme) -> Result<String, Fault> {
    let theirs = draft_story();
    let mut typed = StoryForm::of(&theirs, &data::paper().zone);
    typed.headline = "Ports of Osk and Lindholm to share a night ferry".into();
    typed.embargo = "tomorrow".into();
    let faults = vec![FieldFault::new("embargo", "The embargo is no date and time: tomorrow")];
    let saved_at = Some(MORNING.plus(HOUR));
    story(theme, &theirs, Case { typed: Some(typed), faults, saved_at, ..Case::default() })
}

fn published(theme: &Theme) -> Result<String, Fault> {
    let kill = KillForm { notice: "The ferry was never agreed.".into(), confirm: "kil".into(), open: true };
    let faults = vec![FieldFault::new("confirm", "Type KILL, in capitals, to confirm.")];
    let discussion = Some(data::discussion(23));
    let live = Story { ednote: EdNote::default(), ..data::story() };
    let tip = |id: i64, done: Option<(Millis, String)>| TipRow {
        id,
        at: MORNING,
        by: "Bo".into(),
        note: "The year is <wrong>.".into(),
        name: "Old salt".into(),
        text: "It was in 2002, <not> 2001.".into(),
        done,
    };
    let tips = vec![tip(2, None), tip(1, Some((MORNING, "Ilse Brandt".into())))];
    story(theme, &live, Case { discussion, kill, faults, tips, ..Case::default() })
}

fn killed(theme: &Theme) -> Result<String, Fault> {
    let dead = Story { ednote: EdNote::default(), ..data::killed_story() };
    story(theme, &dead, Case::default())
}

pub(super) fn queue_rows(state: State) -> Vec<QueueRow> {
    let row = |id: i64, text: &str| {
        let mut comment = data::comment(id, id, None);
        comment.state = state;
        comment.text = text.into();
        QueueRow {
            comment,
            headline: "Two ports agree on joint night ferry".into(),
            path: Some("/2013/03/06/two-ports-agree-on-joint-night-ferry".into()),
            mode: Mode::Open,
            above: vec![],
            why: String::new(),
            risks: vec![],
            rulings: vec![],
            last_ruling: 0,
            reports: vec![],
            appeal: None,
            doubt: None,
            tips: vec![],
            looked_at: None,
            pinned: false,
            closed: id == 4,
            standing: [12, 1, 0],
            before: if id == 4 { vec![(MORNING, "It said <less>.".into())] } else { vec![] },
        }
    };
    let mut rows = vec![
        row(3, "Best cabin deals at:ferrydeals bulletin board, tell them I sent you"),
        row(
            4,
            "You would not know a ferry if it *ran you over*.\n\n> ending eleven years\n\nTwelve. Count again.",
        ),
        row(
            5,
            "Сколько стоит место в каюте? See https://timetable.example/osk and <script>alert(1)</script>",
        ),
    ];
    rows[0].risks = vec![Risk {
        label: Label::Advertising,
        score: 0.92,
        why: vec!["“best … deals”".into(), "“tell them I sent you”".into()],
    }];
    rows[0].why = "It looks like advertising; a moderator decides.".into();
    rows[1].above = vec![data::comment(1, 1, None), data::comment(2, 1, Some(1))];
    rows[1].looked_at = Some("Per <Lund>".into());
    rows[1].tips = vec![("Per Lund".into(), "The year is <wrong>.".into(), false)];
    rows[1].why = "Every comment in this discussion is read by a moderator first.".into();
    rows[2].why = "Comments from here are read by a moderator first, for a while.".into();
    rows[2].comment.network = String::new();
    rows[2].path = None;
    rows[1].reports = vec![(Some(Reason::INSULT), "He means <me>.".into()), (None, String::new())];
    if state == State::Removed {
        let (text, first) = ("It was a joke about <ferries>.".into(), "Ilse Brandt".into());
        rows[1].appeal = Some(super::AppealRow { text, due: MORNING.plus(14 * DAY), first, may: true });
        rows[0].comment.reason = Some(Reason::ADVERTISING);
        let note = "Please read the house rules.".into();
        let by = "Ilse Brandt".to_owned();
        rows[0].rulings = vec![
            Ruled {
                at: MORNING,
                by: by.clone(),
                ruling: "warn".into(),
                reason: None,
                note: "No <ads>.".into(),
            },
            Ruled {
                at: Millis(MORNING.0 + HOUR),
                by,
                ruling: "remove".into(),
                reason: Some(Reason::ADVERTISING),
                note,
            },
        ];
    }
    rows
}

fn queue(theme: &Theme, state: State, rows: &[QueueRow]) -> Result<String, Fault> {
    at_the_desk(Role::Moderator, Some(Said::Shown), |desk| {
        let next = (!rows.is_empty()).then_some("1362557520000-5");
        let counts = [Some(3), Some(1), Some(1), Some(1), Some(1_001), None, None, None, None];
        let filter = &super::QueueFilter::default();
        theme.desk_queue(&Queue {
            desk,
            reasons: data::voice().reasons,
            view: state.into(),
            counts,
            filter,
            rows,
            undo: &[1, 2, 3, 4, 5, 6, 7],
            alarm: if rows.is_empty() { "" } else { "1 reported comment has waited for more than 24 hours." },
            looks_on: rows.is_empty(),
            after: None,
            next,
        })
    })
}

fn shift(theme: &Theme) -> Result<String, Fault> {
    let one = |who: &str, ruling: &str, waited| Worked {
        who: who.into(),
        ruling: ruling.into(),
        reason: (ruling == "remove").then(|| "insult".into()),
        waited,
    };
    let worked = [
        one("Ilse <Brandt>", "show", Some(40_000)),
        one("Ilse <Brandt>", "remove", Some(130_000)),
        one("Bo", "undo", None),
    ];
    let waits = Waits {
        held: 1_001,
        reported: 2,
        appealed: 1,
        oldest_report: Some(MORNING.plus(-2 * DAY)),
        next_appeal: Some(MORNING.plus(9 * DAY)),
        ..Waits::default()
    };
    at_the_desk(Role::Moderator, Some(Said::ShiftNoted), |desk| {
        theme.desk_shift(&ShiftDesk {
            desk,
            since: MORNING,
            reasons: data::voice().reasons,
            shift: &of_shift::account(&worked, "readers' reports"),
            cut_short: false,
            waits: &waits,
            alarm: "2 reported comments have waited for more than 24 hours.",
            notes: &[(MORNING, "Bo".into(), "The ferry thread is <hot>.\nI slowed it.".into())],
        })
    })
}

fn people(theme: &Theme) -> Result<String, Fault> {
    let person = |id: i64, name: &str, role: Role| PersonRow {
        id,
        name: name.into(),
        role,
        since: MORNING.plus(-id * 40 * DAY),
        disabled: id == 3,
        passkeys: 3 - id as u32,
        you: id == 1,
    };
    let people = [
        person(1, "Ilse Brandt", Role::Admin),
        person(2, "Per Lund", Role::Editor),
        person(3, "K. Aas", Role::Moderator),
    ];
    let form = PersonForm { name: "per lund".into(), role: Role::Reporter };
    let faults = [FieldFault::new("name", "Somebody has this name already.")];
    at_the_desk(Role::Admin, None, |desk| {
        theme.desk_people(&PeoplePage { desk, people: &people, form: &form, faults: &faults })
    })
}

fn sessions(theme: &Theme, wanted: bool) -> Result<String, Fault> {
    let session = |id: i64, browser: &str| SessionRow {
        id,
        browser: browser.into(),
        since: MORNING.plus(-id * DAY),
        used: MORNING.plus(-id * HOUR),
        this: id == 1,
    };
    let sessions = [session(1, "Firefox on Linux"), session(2, "Safari on iPhone")];
    let faults = [FieldFault::new("current", "That is not your present password.")];
    at_the_desk(Role::Moderator, None, |desk| {
        let passkey = |id: i64, name: &str, used: Option<Millis>, copied: bool| PasskeyRow {
            id,
            name: name.into(),
            since: MORNING.plus(-id * DAY),
            used,
            copied,
        };
        let rows = [
            passkey(1, "Work laptop", Some(MORNING.plus(-HOUR)), false),
            passkey(2, "Telephone <b>", None, true),
        ];
        let passkeys = PasskeyList {
            rows: if wanted { &[] } else { &rows },
            origin: "https://courier.example",
            closed: None,
            wanted,
            keeps_last: wanted,
        };
        theme.desk_sessions(&SessionsPage { desk, sessions: &sessions, passkeys, faults: &faults })
    })
}

fn sanctions(theme: &Theme) -> Result<String, Fault> {
    let sanctions = [SanctionRow {
        id: 1,
        against: "203.0.113.*".into(),
        refuse: false,
        until: MORNING.plus(7 * DAY),
        since: MORNING,
        by: "Ilse Brandt".into(),
        note: "Forty advertisements in an hour.".into(),
    }];
    let form = SanctionForm { days: "400".into(), ..SanctionForm::default() };
    let faults = [FieldFault::new("days", "A sanction lasts 1 to 90 days.")];
    at_the_desk(Role::Moderator, Some(Said::SanctionAdded), |desk| {
        theme.desk_sanctions(&SanctionsPage { desk, sanctions: &sanctions, form: &form, faults: &faults })
    })
}

fn letters(theme: &Theme) -> Result<String, Fault> {
    let row = |kind: &str, to: &str, state: &'static str, error: &str| SentRow {
        at: MORNING,
        kind: kind.into(),
        to: to.into(),
        state,
        tries: 2,
        error: error.into(),
    };
    let letters = [
        row("confirm", "m***@post.example", "sent", ""),
        row("comment", "b***@elsewhere.example", "failed", "550 5.1.1 (address) <no such user>"),
    ];
    let deliveries = [row("comment.shown", "https://hooks.example/in?a=1&b=2", "queued", "status 503")];
    at_the_desk(Role::Admin, None, |desk| {
        theme.desk_letters(&LettersPage {
            desk,
            sends: true,
            letters: &letters,
            deliveries: &deliveries,
            next: Some("17"),
        })
    })
}

fn reader(theme: &Theme, name: &str) -> Result<String, Fault> {
    at_the_desk(Role::Moderator, None, |desk| {
        let comment = data::comment(42, 40, Some(41));
        theme.desk_reader(&ReaderDesk {
            desk,
            id: 7,
            name,
            since: MORNING,
            badge: Some(("Professor of hydrology", MORNING)),
            regard: Some((newsroom::discussion::Regard::AtOnce, MORNING)),
            ways: &["by letter", "with a provider"],
            names: &[
                NameRow {
                    look: "nnetteholrn".into(),
                    words: name.into(),
                    current: !name.is_empty(),
                    free_at: None,
                },
                NameRow {
                    look: "n1ette".into(),
                    words: "Mette".into(),
                    current: false,
                    free_at: Some(MORNING),
                },
            ],
            said: &[(comment, Some("/2026/05/01/night-ferry".into()), "Night ferry".into())],
        })
    })
}

fn staff_form(theme: &Theme, refusal: &str) -> Result<String, Fault> {
    at_the_desk(Role::Editor, None, |desk| {
        let comment = data::comment(42, 40, Some(41));
        theme.desk_staff_form(&StaffForm {
            desk,
            action: "/desk/comments/42/reply",
            headline: "Night ferry",
            path: "/2026/05/01/night-ferry",
            parent: Some(&comment),
            author: true,
            text: "",
            refusal,
        })
    })
}
