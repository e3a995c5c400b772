//! An invented paper of an invented coast: rich enough that every branch of every template has a case.

use crate::words::Voice;
use newsroom::{
    Language, Millis, Zone,
    byline::Author,
    clock::{DAY, HOUR, MINUTE},
    dateline::Dateline,
    discussion::{
        Comment, Cursor, Discussion, Mode, Openness, Order, Page, Reason, Reasons, State, Thread,
        comment::THREADS_PER_PAGE,
    },
    ednote::EdNote,
    paper::{NetworkDisplay, Paper},
    photo::{Credit, Photo},
    section::{Section, Topic},
    slug::{Slug, Slugline},
    story::{Address, Card, Copy, Notice, NoticeKind, Status, Story},
};
use std::sync::LazyLock;

/// 09:12 on 6 March 2013 in Oslo.
pub const MORNING: Millis = Millis(1_362_557_520_000);

/// English, with the reasons that come with Dateline.
pub fn voice() -> Voice<'static> {
    static REASONS: LazyLock<Reasons> = LazyLock::new(Reasons::default);
    Voice::new(Language::English, &REASONS)
}

pub fn paper() -> Paper {
    Paper {
        name: "The Norhaven Courier".into(),
        tagline: "News of the northern coast".into(),
        language: "en".into(),
        zone: Zone::named("Europe/Oslo").unwrap_or_default(),
        address: "https://courier.example".into(),
        sections: ["World", "Coast", "Business", "Culture", "Science", "Sport"].map(Section::named).to_vec(),
        networks: NetworkDisplay::Mask,
        contact: "desk@courier.example".into(),
    }
}

pub fn photo(n: u8, caption: &str) -> Photo {
    Photo {
        id: n.into(),
        digest: format!("{n:02x}").repeat(32),
        width: 1500,
        height: 1000,
        renditions: vec![320, 640, 960, 1440],
        caption: caption.into(),
        alt: String::new(),
        credit: Credit { agency: "Northwire".into(), photographer: "Tomas Riel".into() },
    }
}

const BODY: &str = "\
The ports of Osk and Lindholm have agreed to run a joint night ferry from May, ending eleven years in \
which neither would give the other its berth after dark.

The crossing takes six hours. A single ship, the *Runa*, will leave Osk at ten in the evening and be \
back by the same hour a day later, with cabins for 240 and a deck for forty lorries.

“We counted the lorries that drive round the fjord each night,” said Ilse Brandt, the harbour master \
of Lindholm. “When the number passed three hundred, there was nothing left to quarrel about.”

## What it costs

A berth in a shared cabin is to cost 38 crowns, a lorry 410. The towns put up 12 million crowns each; \
the rest comes from [the regional fund](https://fund.example/ferries), which asks for:

- a timetable that meets the morning trains,
- fares that stay as they are for two years,
- a crew hired from both sides of the strait.

> Nobody will write a song about a timetable. But people will live by it.

The first tickets go on sale on April 2. What happens when the strait freezes, the agreement does not \
say; in the last ten winters it has done so twice.";

pub fn story() -> Story {
    Story {
        id: 7,
        edition: 3,
        status: Status::Published,
        copy: Copy {
            headline: "Two ports agree on joint night ferry".into(),
            kicker: "After eleven years".into(),
            standfirst: "Osk and Lindholm will share one ship, one timetable and, for the first time since \
                         2002, each other’s berths after dark."
                .into(),
            byline: "By Ilse Brandt and Per Lund".into(),
            dateline: Dateline {
                place: "OSK".into(),
                date: "March 5".into(),
                agency: "Northwire".into(),
                dash: "--".into(),
                ..Dateline::default()
            },
            body: BODY.into(),
            agency: "Northwire".into(),
            language: "en".into(),
            section: "Coast".into(),
            topics: vec!["Ferries".into(), "Osk".into()],
        },
        section: Section::named("Coast"),
        topics: Topic::list("Ferries, Osk, Transport"),
        photos: vec![
            photo(1, "The quay at Osk at dusk on Tuesday, with the Runa at the berth she will share."),
            {
                let mut second = photo(2, "Lorries wait for the last crossing of the day.");
                second.credit.photographer.clear();
                second
            },
        ],
        address: Some(Address {
            day: paper().zone.day(MORNING),
            slug: Slug::of("Two ports agree on joint night ferry", "story"),
        }),
        created_at: MORNING,
        published_at: Some(MORNING),
        changed_at: Some(MORNING.plus(3 * HOUR)),
        embargo_until: None,
        scheduled_for: None,
        urgency: 3,
        slugline: Slugline("BC-OSK-FERRY".into()),
        ednote: EdNote::new("EDNOTE-NEVER-SHOWN"),
        usage_terms: String::new(),
        source: None,
        notices: vec![Notice {
            kind: NoticeKind::Correction,
            at: MORNING.plus(3 * HOUR),
            text: "An earlier version gave the price of a shared cabin as 83 crowns. It is 38.".into(),
        }],
    }
}

/// The story as it came by wire: no photo, no writer, nothing corrected.
pub fn bare_story() -> Story {
    let mut story = story();
    story.photos.clear();
    story.notices.clear();
    story.changed_at = None;
    story.copy.byline.clear();
    story.copy.kicker.clear();
    story.copy.standfirst.clear();
    story.topics.clear();
    story
}

/// A story in a language written from right to left, with a photo that never arrived.
pub fn arabic_story() -> Story {
    let mut story = story();
    story.copy.language = "ar".into();
    story.copy.headline = "ميناءان يتفقان على عبّارة ليلية مشتركة".into();
    story.copy.kicker = "بعد أحد عشر عامًا".into();
    story.copy.standfirst = "سفينة واحدة وجدول واحد بين أوسك وليندهولم.".into();
    story.copy.byline.clear();
    story.copy.dateline =
        Dateline {
            place: "أوسك".into(), agency: "نورثواير".into(), dash: "—".into(), ..Dateline::default()
        };
    story.copy.body = "اتفق ميناءا أوسك وليندهولم على تشغيل عبّارة ليلية مشتركة اعتبارًا من مايو.\n\nتستغرق الرحلة ست ساعات، وتغادر السفينة أوسك في العاشرة مساءً.\n\n> لن يكتب أحد أغنية عن جدول مواعيد.".into();
    story.photos =
        vec![Photo {
            digest: String::new(), renditions: vec![], ..photo(3, "رصيف أوسك عند الغسق")
        }];
    story
}

pub fn killed_story() -> Story {
    let mut story = story();
    story.status = Status::Killed;
    story.notices.push(Notice {
        kind: NoticeKind::Kill,
        at: MORNING.plus(DAY),
        text: "The agency has withdrawn this story: the agreement had not been signed when it was sent."
            .into(),
    });
    story
}

pub fn cards() -> Vec<Card> {
    let lines = [
        (
            "Two ports agree on joint night ferry",
            "Coast",
            "Osk and Lindholm will share one ship, one timetable and, for the first time since 2002, each other’s berths after dark.",
            23,
        ),
        (
            "Winter barley under snow for a tenth week",
            "Business",
            "Farmers on the plateau fear for the seed; the weather office sees no thaw before Easter.",
            4,
        ),
        (
            "A choir of strangers fills the old fish hall",
            "Culture",
            "Four hundred people who had never met sang for an hour, and nobody applauded.",
            112,
        ),
        (
            "Glacier gives back a ski lost in 1931",
            "Science",
            "The name burned into the wood led to a grandson in Lindholm.",
            9,
        ),
        (
            "Goalless, and still the talk of the town",
            "Sport",
            "Norhaven held the champions with nine men and a substitute keeper of seventeen.",
            57,
        ),
        ("Parliament splits over the price of light", "World", "The vote on street lamps fell one short.", 0),
        ("Library to lend umbrellas", "Coast", "They are to be returned dry.", 1),
        (
            "Shipyard takes on sixty apprentices",
            "Business",
            "It is the largest intake since the yard reopened.",
            6,
        ),
        (
            "Why the herring came back",
            "Science",
            "Three seasons of measurements point to a cold current and a closed harbour.",
            31,
        ),
        ("Bridge to stay open on Sundays", "Coast", "", 0),
        (
            "The last telegraph clerk remembers",
            "Culture",
            "He still taps messages on the table while he listens.",
            14,
        ),
        (
            "Talks on the strait go into a fourth day",
            "World",
            "Both sides say that they are tired, which is called progress.",
            2,
        ),
        (
            "Record price for a map that is wrong",
            "Culture",
            "It shows an island where there has only ever been fog.",
            8,
        ),
    ];
    lines
        .iter()
        .enumerate()
        .map(|(i, (headline, section, summary, comments))| Card {
            id: i as i64 + 1,
            path: format!("/2013/03/06/{}", Slug::of(headline, "story")),
            headline: (*headline).into(),
            kicker: if i == 0 { "After eleven years".into() } else { String::new() },
            summary: (*summary).into(),
            section: Section::named(section),
            byline: if i % 3 == 0 { "By Ilse Brandt and Per Lund".into() } else { String::new() },
            agency: "Northwire".into(),
            language: "en".into(),
            photo: (i < 5 || i % 4 == 0).then(|| photo(i as u8 % 5 + 1, headline)),
            published_at: MORNING.plus(-(i as i64) * 2 * HOUR),
            changed_at: None,
            urgency: 3,
            comments: *comments,
        })
        .collect()
}

const SAID: [(&str, &str); 6] = [
    (
        "Old Salt",
        "I took the last night boat in 2002. There were nine of us on board and the cook played the accordion. *Good riddance* to the drive round the fjord.",
    ),
    (
        "Marit",
        "Does anyone know whether bicycles go free? The old timetable had them at half fare:\n> Bicycles and prams, 4 crowns\nhttps://ferries.example/fares_2002.html",
    ),
    (
        "Reader 7",
        "Twelve million each, and not a word on the ice. Twice in ten winters is not “rare”, it is a plan that fails every fifth year.",
    ),
    (
        "Günter Öz",
        "Lorry driver here. Six hours asleep instead of five at the wheel. I would pay **double**.",
    ),
    ("李明", "夜班船终于回来了。"),
    (
        "K. Aas",
        "The towns should publish the agreement. A summary by the two mayors is not the same thing.\n\n- Who owns the ship?\n- Who pays when she lies still?",
    ),
];

pub fn comment(id: i64, root: i64, parent: Option<i64>) -> Comment {
    let (name, text) = SAID[id as usize % SAID.len()];
    Comment {
        id,
        story: 7,
        parent,
        root,
        answers: None,
        name: name.into(),
        network: format!("175.136.{}.*", 160 + id % 9),
        text: text.into(),
        at: MORNING.plus(id * 17 * MINUTE),
        state: State::Shown,
        reason: None,
        replies: 0,
        valued: (id % 4 * 3) as u32,
        staff: false,
        featured: false,
        closed: false,
        vouched: None,
        reader: None,
        badge: None,
        edited: None,
    }
}

fn root(id: i64) -> Thread {
    Thread { root: comment(id, id, None), replies: vec![], more: 0, next: None }
}

/// A thread with replies of every depth, a stub among them, and more elsewhere.
pub fn thread() -> Thread {
    let mut thread = root(40);
    thread.replies = vec![
        comment(41, 40, Some(40)),
        comment(42, 40, Some(41)),
        comment(43, 40, Some(42)),
        comment(44, 40, Some(43)),
        comment(45, 40, Some(40)),
        comment(46, 40, Some(12)),
    ];
    thread.replies[0].staff = true;
    thread.replies[0].name = "Ilse Brandt".into();
    thread.replies[4].state = State::Removed;
    thread.replies[4].reason = Some(Reason::INSULT);
    thread.replies[5].answers = Some("Old Salt".into());
    thread.more = 28;
    thread.root.replies = 34;
    thread
}

pub fn discussion(shown: u32) -> Discussion {
    Discussion {
        story: 7,
        mode: Mode::Open,
        openness: Openness::Open,
        pinned: None,
        closes_at: Some(MORNING.plus(30 * DAY)),
        shown,
        held: 2,
        removed: 1,
        said_at_source: None,
    }
}

/// A full first page: many threads, one of them deep.
pub fn page() -> Page {
    let mut threads = vec![root(60), thread()];
    threads.extend((0..THREADS_PER_PAGE as i64 - 2).map(|i| root(30 - i)));
    let next = Some(Cursor { key: MORNING.0, id: 12 });
    Page { discussion: discussion(61), order: Order::Newest, threads, first: true, next }
}

/// So many threads without replies, and no next page.
pub fn flat_page(threads: i64) -> Page {
    Page {
        discussion: Discussion { held: 0, removed: 0, ..discussion(threads as u32) },
        order: Order::Newest,
        threads: (1..=threads).rev().map(root).collect(),
        first: true,
        next: None,
    }
}

/// The discussion of a saved page: closed by age, its number not the one the page said.
pub fn archived_page() -> Page {
    let mut page = flat_page(5);
    page.discussion.openness = Openness::ClosedByAge;
    page.discussion.said_at_source = Some(6);
    page.order = Order::Oldest;
    page
}

pub fn author() -> Author {
    Author { slug: Slug::of("Ilse Brandt", "author"), name: "Ilse Brandt".into() }
}
