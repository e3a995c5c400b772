//! What a ruling decides besides: the readers' reports, the writer's appeal and a colleague's doubt that waited
//! for it. Each keeps the ruling's number; all that is here comes after it in the same write.

use super::rule::{Becomes, Decision};
use crate::{args, write::Write};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, Ruling, State},
};

/// Nobody else rules on the comment meanwhile, so that the latest is the one just written.
macro_rules! settled {
    ($table:literal, $also:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET ruling_id = (SELECT MAX(r.id) FROM ruling r WHERE r.comment_id = $1), decided_at = $2",
            $also,
            " WHERE comment_id = $1 AND decided_at IS NULL"
        )
    };
}

const DECIDE_APPEAL: &str = settled!("appeal", ", judge = $3, outcome = $4");

pub(super) fn settle(write: &mut Write, comment: &Comment, becomes: &Becomes<'_>, decision: &Decision<'_>) {
    settle_reports(write, comment, decision);
    write.step(settled!("doubt", ""), args![comment.id, decision.now]);
    // Back in whole or in part: the appeal had something.
    let lifted = decision.ruling == Ruling::Show && becomes.text.is_some();
    let came_back = becomes.state == State::Shown && (comment.state != State::Shown || lifted);
    let outcome = if came_back { "upheld" } else { "kept" };
    write.step(DECIDE_APPEAL, args![comment.id, decision.now, decision.who, outcome]);
}

/// A warning settles no more than these, where the comment stays shown.
pub(super) fn settle_reports(write: &mut Write, comment: &Comment, decision: &Decision<'_>) {
    write.step(
        settled!("report", ", outcome = $3"),
        args![comment.id, decision.now, decision.ruling.as_str()],
    );
}

/// What that ruling had settled waits again; of appeals one at a time.
pub(super) fn unsettle(write: &mut Write, comment: CommentId, ruling: i64) {
    write.step(
        "UPDATE report SET decided_at = NULL, outcome = NULL, ruling_id = NULL \
         WHERE comment_id = $1 AND ruling_id = $2",
        args![comment, ruling],
    );
    write.step(
        "UPDATE appeal SET decided_at = NULL, judge = NULL, outcome = NULL, ruling_id = NULL \
         WHERE comment_id = $1 AND ruling_id = $2 \
         AND NOT EXISTS (SELECT 1 FROM appeal o WHERE o.comment_id = $1 AND o.decided_at IS NULL)",
        args![comment, ruling],
    );
    write.step(
        "UPDATE doubt SET decided_at = NULL, ruling_id = NULL WHERE comment_id = $1 AND ruling_id = $2",
        args![comment, ruling],
    );
}

/// The ruling that was appealed against is taken back, so the writer was right.
pub(super) fn uphold(write: &mut Write, comment: CommentId, who: &str, now: Millis) {
    write.step(DECIDE_APPEAL, args![comment, now, who, "upheld"]);
}

/// The appeal goes on, against what this person ruled.
pub(super) fn turn_appeal(write: &mut Write, comment: CommentId, first: &str) {
    write.step(
        "UPDATE appeal SET first = $1 WHERE comment_id = $2 AND decided_at IS NULL",
        args![first, comment],
    );
}
