//! The comments of an account that has ended: taken from it, or erased; some at a time, so that an account of a hundred
//! thousand comments keeps no other job waiting. Twice is once: what is done is no longer the account's.

use crate::app::AppState;
use newsroom::{
    Millis,
    clock::HOUR,
    discussion::{
        CommentId,
        erase::{Standing, may_erase},
    },
};
use store::{Error, Result, job::Task};

/// Comments of one part.
const AT_ONCE: u32 = 64;

/// One part, those before that number; what is to be done next, and when.
pub async fn part(
    app: &AppState,
    reader: i64,
    comments: bool,
    before: Option<CommentId>,
    now: Millis,
) -> Result<Option<(Task, Millis)>> {
    let some = app.store.comments_of_reader(reader, before, AT_ONCE).await?;
    for comment in &some {
        if !comments {
            app.store.let_go_of_comment(comment).await?;
            continue;
        }
        let open = app.store.is_under_decision(comment.id).await?;
        if may_erase(Standing { erased: false, open }).is_err() {
            continue;
        }
        match app.store.erase_comment(comment, now).await {
            // Something happened to it at the same moment: later.
            Ok(()) | Err(Error::Taken(_)) => {}
            Err(e) => return Err(e),
        }
    }
    let next = |before, at| Some((Task::EndReader { reader, comments, before }, at));
    if let Some(last) = some.last().filter(|_| some.len() == AT_ONCE as usize) {
        return Ok(next(Some(last.id), now));
    }
    if app.store.comments_of_reader(reader, None, 1).await?.is_empty() {
        app.store.reader_has_ended(reader).await?;
        return Ok(None);
    }
    // What is reported or appealed goes once that is decided.
    Ok(next(None, now.plus(HOUR)))
}
