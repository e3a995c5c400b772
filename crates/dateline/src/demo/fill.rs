//! Fills an empty paper with the demo: its stories, pictures, discussions, and an editor to sign in as.

use super::content::{self, Comment, Content, Photo, Story};
use crate::{app::AppState, clock, failure::Failure, jobs, media, staff::Passwords};
use newsroom::{
    Millis,
    discussion::{HeldWhy, Ruling, comment::State, rank},
    moves, photo,
    section::{Section, Topic},
    slug::Slugline,
    staff::Role,
    story::{self, Status},
};
use std::{collections::HashMap, path::Path};
use store::comment::{Mark, NewComment};

/// Who signs in to the demo.
pub const EDITOR: &str = "editor";
/// Says in the database how far the demo came.
const MARK: &str = "demo";

/// Writes the demo's masthead into `dateline.toml`, where there is none and the paper is not begun.
pub fn settle(data: &Path) -> Result<(), Failure> {
    let file = data.join("dateline.toml");
    if file.exists() || data.join("paper.sqlite").exists() {
        return Ok(());
    }
    let paper = content::content().paper;
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let text = format!(
        "# The demo paper's masthead. Every option is in docs/configuration.md.\n[paper]\nname = {}\ntagline = {}\n\
         language = {}\nsections = {}\n",
        quoted(&paper.name),
        quoted(&paper.tagline),
        quoted(&paper.language),
        quoted(&paper.sections.join(", ")),
    );
    std::fs::write(&file, text).map_err(|e| Failure(format!("{} cannot be written: {e}", file.display())))
}

/// Fills the paper if nothing is in it; the editor's password where one was made.
pub async fn fill(app: &AppState) -> Result<Option<String>, Failure> {
    let failed = |e: store::Error| Failure(format!("the demo could not be written: {e}"));
    match app.store.setting(MARK).await.map_err(failed)?.as_deref() {
        Some("whole") => return Ok(None),
        Some(_) => {
            return Err(Failure(
                "the demo was not written to its end last time: remove the data directory and start again"
                    .into(),
            ));
        }
        None => {}
    }
    if app.store.count_stories_by_status().await.map_err(failed)? != [0; 5] {
        tracing::info!("the paper is not empty: no demo stories were added");
        return Ok(None);
    }
    app.store.set_setting(MARK, "begun").await.map_err(failed)?;
    let Content { stories, .. } = content::content();
    let now = clock::now();
    // Oldest first, so that numbers grow with time.
    for story in stories.iter().rev() {
        add(app, story, now).await?;
    }
    jobs::finish(app).await.map_err(failed)?;
    let password = password()?;
    let hash = Passwords::hash_now(&password).map_err(Failure)?;
    app.store.add_person(EDITOR, Role::Admin, &hash, "demo", now).await.map_err(failed)?;
    app.store.set_setting(MARK, "whole").await.map_err(failed)?;
    Ok(Some(password))
}

async fn add(app: &AppState, demo: &Story, now: Millis) -> Result<(), Failure> {
    let failed = |e: store::Error| Failure(format!("the demo story {} could not be written: {e}", demo.key));
    let at = demo.published_at(now);
    let mut draft = draft(app, demo, at).await?;
    draft.photos = demo.photos.iter().map(|p| photo_of(app, p)).collect::<Result<_, _>>()?;
    let mut story = moves::publish(&draft, at, &app.paper.zone)
        .map_err(|why| Failure(format!("the demo story {}: {}", demo.key, why.words(&app.paper.zone))))?;
    if let Some(wanted) = story.address.take() {
        story.address = Some(app.store.free_address(&wanted).await.map_err(failed)?);
    }
    app.store.save_story(None, &story, "demo", "published it", at).await.map_err(failed)?;
    for notice in &demo.notices {
        // The photos have numbers by now.
        story = app
            .store
            .story(story.id)
            .await
            .map_err(failed)?
            .ok_or_else(|| Failure("a story is gone".into()))?;
        let amended = moves::amend(&story, notice.kind, &notice.text, notice.at(at, now))
            .map_err(|why| Failure(format!("the demo story {}: {}", demo.key, why.words())))?;
        app.store
            .save_story(Some(&story), &amended, "demo", "amended it", notice.at(at, now))
            .await
            .map_err(failed)?;
    }
    if demo.discussion != app.config.discussion.mode {
        app.store.set_mode(story.id, demo.discussion, "demo", at).await.map_err(failed)?;
    }
    discuss(app, story.id, demo, at, now).await.map_err(failed)
}

async fn draft(app: &AppState, demo: &Story, at: Millis) -> Result<story::Story, Failure> {
    let id = app.store.next_id().await.map_err(|e| Failure(e.to_string()))?;
    let section = Section::named(&demo.section);
    let topics = Topic::list(&demo.topics.join(","));
    Ok(story::Story {
        id,
        edition: 1,
        status: Status::Draft,
        copy: story::Copy {
            headline: demo.headline.clone(),
            kicker: demo.kicker.clone(),
            standfirst: demo.standfirst.clone(),
            byline: demo.byline.clone(),
            dateline: demo.dateline_on(at, &app.paper.zone),
            body: demo.body.trim().to_owned(),
            agency: demo.agency.clone(),
            language: demo.language.clone(),
            section: section.name.clone(),
            topics: topics.iter().map(|t| t.name.clone()).collect(),
        },
        section,
        topics,
        photos: vec![],
        address: None,
        created_at: at,
        published_at: None,
        changed_at: None,
        embargo_until: None,
        scheduled_for: None,
        urgency: demo.urgency,
        slugline: Slugline::default(),
        ednote: Default::default(),
        usage_terms: String::new(),
        source: None,
        notices: vec![],
    })
}

fn photo_of(app: &AppState, demo: &Photo) -> Result<photo::Photo, Failure> {
    let size =
        media::examine(demo.bytes).map_err(|why| Failure(format!("the demo picture {} {why}", demo.file)))?;
    let digest =
        app.media.keep(demo.bytes).map_err(|e| Failure(format!("the demo picture {}: {e}", demo.file)))?;
    Ok(photo::Photo {
        id: 0,
        digest,
        width: size.width,
        height: size.height,
        renditions: vec![],
        caption: demo.caption.clone(),
        alt: demo.alt.clone(),
        credit: demo.credit(),
    })
}

async fn discuss(app: &AppState, story: i64, demo: &Story, at: Millis, now: Millis) -> store::Result<()> {
    let mut ids: HashMap<&str, (i64, i64)> = HashMap::new();
    let mut kept: Vec<(i64, &Comment)> = Vec::new();
    let mut posts = Vec::new();
    for said in &demo.comments {
        let id = app.store.next_id().await?;
        let above = said.reply_to.as_deref().and_then(|key| ids.get(key)).copied();
        let root = above.map_or(id, |(_, root)| root);
        ids.insert(&said.key, (id, root));
        kept.push((id, said));
        let seen = screen::look(&said.text, &said.name, &[]);
        let (leaning, risks) = (seen.leaning(), seen.risks);
        posts.push(app.store.post(NewComment {
            id,
            story,
            root,
            parent: above.map(|(parent, _)| parent),
            // What is removed was shown before.
            state: if said.state == State::Held { State::Held } else { State::Shown },
            at: said.at(at, now),
            name: said.name.clone(),
            network: said.network.clone(),
            text: said.text.trim().to_owned(),
            staff: said.staff,
            held_why: (said.state == State::Held).then(|| HeldWhy::HeldFirst.stored()),
            rank: rank(&risks, leaning),
            risks: (!risks.is_empty()).then(|| crate::http::risks_json(&risks)),
            digest: None,
            again_after: now,
            follow: None,
            scored: false,
            vouched: None,
            prints: None,
            reader: None,
            badge: None,
        }));
    }
    for posted in futures_util::future::join_all(posts).await {
        posted?;
    }
    for (id, said) in kept {
        if said.state == State::Removed {
            app.store.rule(id, Ruling::Remove, said.reason, "", EDITOR, said.at(at, now)).await?;
        }
        if let Some(comment) = app.store.comment(id).await?.filter(|_| said.valued > 0) {
            let voters: Vec<String> = (0..said.valued).map(|n| format!("demo {n}")).collect();
            let marks: Vec<_> =
                voters.iter().map(|voter| Mark { voter, networks: &[], most: said.valued }).collect();
            let votes = marks.iter().map(|mark| app.store.value_comment(&comment, mark));
            for vote in futures_util::future::join_all(votes).await {
                vote?;
            }
        }
    }
    Ok(())
}

/// What the screen says of it, as of any comment.
/// Sixteen letters and digits that are hard to mistake: 78 bits.
fn password() -> Result<String, Failure> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789x";
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|e| Failure(format!("the system gives no random numbers: {e}")))?;
    Ok(bytes.iter().map(|b| char::from(LETTERS[usize::from(b % 32)])).collect())
}
