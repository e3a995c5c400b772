//! The comments of an account that has ended: taken from it, or erased. Twice is once: what is done is no longer the
//! account's.

use crate::app::AppState;
use newsroom::{
    Millis,
    clock::DAY,
    discussion::erase::{Standing, may_erase},
};
use store::{Error, Result};

/// Comments looked at together.
const AT_ONCE: u32 = 64;

pub async fn end(app: &AppState, reader: i64, comments: bool, now: Millis) -> Result<()> {
    let mut before = None;
    let mut waits = false;
    loop {
        let some = app.store.comments_of_reader(reader, before, AT_ONCE).await?;
        for comment in &some {
            if !comments {
                app.store.let_go_of_comment(comment).await?;
                continue;
            }
            let open = app.store.is_under_decision(comment.id).await?;
            if may_erase(Standing { erased: false, open }).is_err() {
                waits = true;
                continue;
            }
            match app.store.erase_comment(comment, now).await {
                Ok(()) => {}
                // Something happened to it at the same moment.
                Err(Error::Taken(_)) => waits = true,
                Err(e) => return Err(e),
            }
        }
        match some.last().filter(|_| some.len() == AT_ONCE as usize) {
            Some(last) => before = Some(last.id),
            None => break,
        }
    }
    // What is reported or appealed goes once that is decided.
    if waits {
        app.store.end_reader_later(reader, now.plus(DAY)).await?;
    }
    Ok(())
}
