//! Stories and comments for tests.

use newsroom::{
    Millis, Zone,
    discussion::State,
    moves,
    section::{Section, Topic},
    story::{Copy, Status, Story},
};
use store::{Store, comment::NewComment};

pub const NOON: Millis = Millis(1_362_571_200_000);

pub fn draft(id: i64, headline: &str) -> Story {
    let section = Section::named("World");
    let topics = vec![Topic::named("Ferries").expect("a name")];
    Story {
        id,
        edition: 1,
        status: Status::Draft,
        copy: Copy {
            headline: headline.into(),
            byline: "By Ilse Brandt".into(),
            body: format!("{headline}: the first paragraph.\n\nThe second."),
            section: section.name.clone(),
            topics: vec!["Ferries".into()],
            ..Copy::default()
        },
        section,
        topics,
        photos: vec![],
        address: None,
        created_at: NOON,
        published_at: None,
        changed_at: None,
        embargo_until: None,
        scheduled_for: None,
        urgency: 5,
        slugline: Default::default(),
        ednote: newsroom::ednote::EdNote::new("not before the minister has spoken"),
        usage_terms: String::new(),
        source: None,
        notices: vec![],
    }
}

/// A story that readers can see since `at`.
pub async fn published(store: &Store, headline: &str, at: Millis) -> Story {
    let draft = draft(store.next_id().await.expect("id"), headline);
    store.save_story(None, &draft, "ilse", "wrote it", at).await.expect("saved");
    let mut new = moves::publish(&draft, at, &Zone::default()).expect("may be published");
    new.address = Some(store.free_address(new.address.as_ref().expect("address")).await.expect("free"));
    new.edition = store.save_story(Some(&draft), &new, "ilse", "published it", at).await.expect("published");
    new
}

pub async fn comment(store: &Store, story: &Story, text: &str) -> NewComment {
    let id = store.next_id().await.expect("id");
    NewComment {
        id,
        story: story.id,
        root: id,
        parent: None,
        state: State::Shown,
        at: NOON.plus(id),
        name: format!("Reader {id}"),
        network: "192.0.2.*".into(),
        text: text.into(),
        staff: false,
        held_why: None,
        risks: None,
        rank: 10,
        digest: None,
        again_after: Millis(0),
        follow: None,
        scored: false,
        vouched: None,
        prints: None,
        reader: None,
        badge: None,
    }
}

pub fn answer(to: &NewComment, mut reply: NewComment) -> NewComment {
    (reply.root, reply.parent) = (to.root, Some(to.id));
    reply
}
