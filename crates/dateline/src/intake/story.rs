//! A story made of an item, or brought up to date by one.

use newsroom::{
    Millis,
    ingest::Ingest,
    item::Item,
    moves,
    photo::Photo,
    section::{Section, Topic},
    story::{NoticeKind, Status, Story, StoryId},
};

/// The desk's own decisions on the story (its address, its status) stay; the agency's words are new.
pub fn made_of(
    item: &Item,
    old: Option<&Story>,
    outcome: Ingest,
    id: StoryId,
    photos: Vec<Photo>,
    now: Millis,
) -> Story {
    let section = Section::named(&item.copy.section);
    let topics = Topic::list(&item.copy.topics.join(","));
    let mut copy = item.copy.clone();
    copy.section = section.name.clone();
    copy.topics = topics.iter().map(|t| t.name.clone()).collect();
    let mut story = Story {
        id,
        edition: 1,
        status: Status::Draft,
        copy,
        section,
        topics,
        photos,
        address: None,
        created_at: now,
        published_at: None,
        changed_at: None,
        embargo_until: item.embargo_until,
        scheduled_for: None,
        urgency: item.urgency,
        slugline: item.slugline.clone(),
        ednote: item.ednote.clone(),
        usage_terms: item.usage_terms.clone(),
        source: Some(item.source.clone()),
        notices: vec![],
    };
    if let Some(old) = old {
        story = Story {
            edition: old.edition,
            status: old.status,
            address: old.address.clone(),
            created_at: old.created_at,
            published_at: old.published_at,
            changed_at: old.changed_at,
            scheduled_for: old.scheduled_for,
            notices: old.notices.clone(),
            ..story
        };
        if photos_are_same(&old.photos, &story.photos) {
            story.photos = old.photos.clone();
        }
    }
    // A kill or a withdrawal often comes without a text: what the desk had stays for its records.
    let withdrawn = matches!(outcome, Ingest::Kill | Ingest::Spike);
    if let Some(old) = old.filter(|_| withdrawn) {
        story.copy = old.copy.clone();
        (story.section, story.topics) = (old.section.clone(), old.topics.clone());
        story.photos = old.photos.clone();
    }
    match outcome {
        Ingest::Kill => {
            let text = kill_words(item);
            moves::amend(&story, NoticeKind::Kill, &text, now).unwrap_or(story)
        }
        Ingest::Correction => moves::amend(&story, NoticeKind::Update, "", now).unwrap_or(story),
        Ingest::Spike => moves::spike(&story).unwrap_or(story),
        Ingest::Withheld => moves::unschedule(&story),
        _ => story,
    }
}

/// For readers; never the note to editors.
fn kill_words(item: &Item) -> String {
    match item.copy.agency.as_str() {
        "" => "The agency that this story came from has withdrawn it.".into(),
        agency => format!("{agency} has withdrawn this story."),
    }
}

fn photos_are_same(old: &[Photo], new: &[Photo]) -> bool {
    let face = |p: &Photo| (p.digest.clone(), p.caption.clone(), p.credit.clone());
    old.iter().map(face).eq(new.iter().map(face))
}
