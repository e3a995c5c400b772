use super::*;
use newsroom::{
    dateline::Dateline,
    ednote::EdNote,
    story::{Copy, Status},
};

fn story() -> Story {
    let photo = |id: i64| Photo {
        id,
        digest: "ab".repeat(32),
        width: 1440,
        height: 960,
        renditions: vec![320],
        caption: format!("Photo {id}"),
        alt: String::new(),
        credit: Credit { agency: "Northwire".into(), photographer: String::new() },
    };
    let dateline = Dateline {
        place: "OSK".into(),
        date: "March 5".into(),
        agency: "Northwire".into(),
        dash: "--".into(),
        day: Some(jiff::civil::date(2013, 3, 5)),
        raw: "OSK, March 5 (Northwire)  --".into(),
    };
    Story {
        id: 7,
        edition: 3,
        status: Status::Draft,
        copy: Copy { headline: "Two ports agree".into(), body: "Text.".into(), dateline, ..Copy::default() },
        section: Section::named("Coast"),
        topics: Topic::list("Ferries, Osk"),
        photos: vec![photo(1), photo(2), photo(3)],
        address: None,
        created_at: Millis(0),
        published_at: None,
        changed_at: None,
        // Not on a full minute, which the form cannot show.
        embargo_until: Some(Millis(1_362_557_525_250)),
        scheduled_for: None,
        urgency: 4,
        slugline: Slugline("BC-OSK".into()),
        ednote: EdNote::new("hold"),
        usage_terms: String::new(),
        source: None,
        notices: vec![],
    }
}

fn zone() -> Zone {
    Zone::named("Europe/Oslo").expect("zone")
}

/// What a browser sends back of the form, as the page gave it out.
fn sent(change: impl FnOnce(&mut StoryForm)) -> Result<Story, Vec<FieldFault>> {
    let mut form = StoryForm::of(&story(), &zone());
    change(&mut form);
    apply(&form, &story(), &zone())
}

#[test]
fn a_form_sent_back_untouched_changes_nothing() {
    let same = sent(|_| {}).expect("fits");
    assert_eq!(same.copy.dateline, story().copy.dateline);
    assert_eq!(same.embargo_until, story().embargo_until);
    assert_eq!((same.photos, same.section, same.urgency), (story().photos, story().section, 4));
    assert_eq!(same.ednote.for_editors(), "hold");
}

#[test]
fn words_are_cleaned_and_times_read_in_the_papers_zone() {
    let new = sent(|form| {
        form.headline = "  Two\r\nports\u{0} agree \u{200f}now ".into();
        form.body = "\r\n\r\nOne.\r\n\r\nTwo.\u{7}\n\n".into();
        form.embargo = "2013-07-06T18:00".into();
        form.topics = "Ferries, ferries, Night trains".into();
        form.section = "World".into();
        form.place = "TARN".into();
    })
    .expect("fits");
    assert_eq!(new.copy.headline, "Two ports agree \u{200f}now");
    assert_eq!(new.copy.body, "One.\n\nTwo.");
    assert_eq!(new.embargo_until.map(Millis::rfc3339).as_deref(), Some("2013-07-06T16:00:00Z"));
    assert_eq!(new.copy.topics, ["Ferries", "Night trains"]);
    assert_eq!((new.section.slug.as_str(), new.copy.section.as_str()), ("world", "World"));
    assert_eq!(new.copy.dateline.raw, "TARN, March 5 (Northwire) --");
}

#[test]
fn photos_are_credited_removed_and_led() {
    let new = sent(|form| {
        form.photos[0].remove = true;
        form.photos[2].lead = true;
        form.photos[2].photographer = "Tomas Riel".into();
        form.photos[1].id = 99;
    })
    .expect("fits");
    let ids: Vec<i64> = new.photos.iter().map(|p| p.id).collect();
    assert_eq!(ids, [3, 2], "the unnamed photo stays, the foreign number is nothing");
    assert_eq!(new.photos[0].credit.to_string(), "Northwire/Tomas Riel");
    assert_eq!(new.photos[0].digest, "ab".repeat(32));
}

#[test]
fn each_field_at_fault_is_named() {
    let faults = sent(|form| {
        form.headline = "x".repeat(301);
        form.embargo = "tomorrow".into();
        form.day = "2013-02-30".into();
        form.urgency = "12".into();
        form.language = "en<b>".into();
        form.photos[1].caption = "x".repeat(2_001);
    })
    .expect_err("faults");
    let fields: Vec<&str> = faults.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(fields, ["headline", "caption-2", "language", "day", "urgency", "embargo"]);
    assert!(faults[0].words.contains("301 characters; 300 at most"), "{}", faults[0].words);
}

#[test]
fn read_from_what_a_browser_sends() {
    let sent = SentForm::read(
        b"edition=3&headline=A+%26+B&photo=1&caption-1=C&photo=2&remove-2=1&lead=1&photo=x&notice=N",
    );
    let form = read(&sent);
    assert_eq!((form.edition, form.headline.as_str(), form.notice.as_str()), (3, "A & B", "N"));
    assert_eq!(form.photos.len(), 2);
    assert!(form.photos[0].lead && form.photos[1].remove && !form.photos[1].lead);
}
