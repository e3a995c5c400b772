//! `dateline export`: everything the paper's owner has, as plain files for other programs and for
//! `dateline import`. It holds what no reader may see: notes to editors, comments held and removed.

mod records;
pub(super) mod rows;
mod tables;

use super::{
    args::Export,
    beside::{failed, say, with_app},
    import::counted,
};
use crate::{app::AppState, clock, failure::Failure};
use serde_json::Value;
use std::{collections::BTreeMap, fs, io::Write, path::Path};
use store::Store;

pub(super) fn run(args: Export) -> Result<(), Failure> {
    let to = args.to;
    let done = with_app(&args.data, false, async |app: AppState| {
        empty(&to)?;
        for folder in ["stories", "comments", "tables", "media"] {
            make(&to.join(folder))?;
        }
        let exported_at = clock::now();
        // The paper may be in use; what is written here belongs together.
        let store = app.store.as_of_now().await.map_err(failed)?;
        let staff = store.list_people().await.map_err(failed)?;
        put(&to.join("staff.json"), &Value::Array(staff.iter().map(records::person).collect()))?;
        let (mut stories, mut after) = (0, 0);
        loop {
            let ids = store.story_ids(after, 500).await.map_err(failed)?;
            let Some(last) = ids.last() else { break };
            after = *last;
            for id in ids {
                let Some(story) = store.story(id).await.map_err(failed)? else { continue };
                let discussion = store.discussion(id, &app.policy, clock::now()).await.map_err(failed)?;
                let record = records::story(&story, discussion.filter(|_| story.published_at.is_some()));
                put(&to.join(format!("stories/{id}.json")), &record)?;
                stories += 1;
            }
        }
        let comments = discuss(&store, &to.join("comments")).await?;
        let photos = photos(&app, &store, &to.join("media")).await?;
        let rows = tables::write(&store, &to.join("tables"), args.with_keys).await?;
        let mut paper = records::paper(&app.paper, exported_at);
        let mut print = [0; 8];
        getrandom::fill(&mut print)
            .map_err(|e| Failure(format!("the system gives no random numbers: {e}")))?;
        // Tells two exports of one second apart.
        paper["export"] = format!("{:016x}", u64::from_be_bytes(print)).into();
        paper["schema"] = store::SCHEMA_VERSION.into();
        paper["next_id"] = store.next_unused_id().await.map_err(failed)?.into();
        paper["keys"] = args.with_keys.into();
        paper["tables"] = Value::Object(rows);
        paper["left_out"] = tables::left_out(args.with_keys);
        // Last: without it the folder is no export.
        put(&to.join("paper.json"), &paper)?;
        Ok(format!(
            "{} has {}, {} and {}",
            to.display(),
            counted(stories, "story", "stories"),
            counted(comments, "comment", "comments"),
            counted(photos, "photo", "photos")
        ))
    })?;
    say(&done)
}

/// A line each, in the order of their numbers, in a file for each story that has any. One walk over all of
/// the paper: a story's file grows as its comments come by.
async fn discuss(store: &Store, to: &Path) -> Result<usize, Failure> {
    let (mut after, mut count) = (0, 0);
    loop {
        let some = store.all_comments(after, 10_000).await.map_err(failed)?;
        let (Some(first), Some(last)) = (some.first(), some.last()) else { break };
        let held = store.held_between(first.id, last.id).await.map_err(failed)?;
        let rulings = store.rulings_between(first.id, last.id).await.map_err(failed)?;
        after = last.id;
        count += some.len();
        let mut lines: BTreeMap<i64, String> = BTreeMap::new();
        for comment in &some {
            let from = rulings.partition_point(|r| r.comment < comment.id);
            let until = rulings.partition_point(|r| r.comment <= comment.id);
            let record = records::comment(comment, held.get(&comment.id), &rulings[from..until]);
            lines.entry(comment.story).or_default().push_str(&format!("{record}\n"));
        }
        for (story, lines) in lines {
            let path = to.join(format!("{story}.jsonl"));
            let file = fs::File::options().create(true).append(true).open(&path);
            let written = file.and_then(|mut file| file.write_all(lines.as_bytes()));
            written.map_err(|e| Failure(format!("{}: {e}", path.display())))?;
        }
    }
    Ok(count)
}

/// The photos as received, by their digests, with the ending that their content has.
async fn photos(app: &AppState, store: &Store, to: &Path) -> Result<usize, Failure> {
    let (mut after, mut count) = (String::new(), 0);
    loop {
        let some = store.photo_digests(&after, 500).await.map_err(failed)?;
        let Some((last, _)) = some.last() else { break };
        after = last.clone();
        for (digest, _) in some {
            let original = app.media.original(&digest);
            let original = original.map_err(|e| Failure(format!("the photo {digest}: {e}")))?;
            let Some(bytes) = original else {
                eprintln!(
                    "dateline: the photo {digest} is not in the media folder; the export lacks it, too"
                );
                continue;
            };
            let path = to.join(records::photo_file(&digest, &bytes));
            if !path.exists() {
                fs::write(&path, bytes).map_err(|e| Failure(format!("{}: {e}", path.display())))?;
                count += 1;
            }
        }
    }
    Ok(count)
}

fn empty(folder: &Path) -> Result<(), Failure> {
    make(folder)?;
    let mut entries = fs::read_dir(folder).map_err(|e| Failure(format!("{}: {e}", folder.display())))?;
    if entries.next().is_some() {
        return Err(Failure(format!("{} is not empty: name a new or empty folder", folder.display())));
    }
    Ok(())
}

fn make(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|e| Failure(format!("{} cannot be made: {e}", folder.display())))
}

fn put(path: &Path, record: &Value) -> Result<(), Failure> {
    fs::write(path, format!("{record:#}\n")).map_err(|e| Failure(format!("{}: {e}", path.display())))
}
