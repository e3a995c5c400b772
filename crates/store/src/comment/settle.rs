//! What a ruling decides besides: the readers' reports, the writer's appeal and a colleague's doubt that waited
//! for it.

use super::rule::{Becomes, Decision};
use crate::{args, write::Write};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, Ruling, State},
};

pub(super) fn settle(write: &mut Write, comment: &Comment, becomes: &Becomes<'_>, decision: &Decision<'_>) {
    settle_reports(write, comment, decision);
    write.step(
        "UPDATE doubt SET decided_at = $1 WHERE comment_id = $2 AND decided_at IS NULL",
        args![decision.now, comment.id],
    );
    // Back in whole or in part: the appeal had something.
    let lifted = decision.ruling == Ruling::Show && becomes.text.is_some();
    let came_back = becomes.state == State::Shown && (comment.state != State::Shown || lifted);
    write.step(
        "UPDATE appeal SET decided_at = $1, judge = $2, outcome = $3 WHERE comment_id = $4 AND decided_at IS NULL",
        args![decision.now, decision.who, if came_back { "upheld" } else { "kept" }, comment.id],
    );
}

/// A warning settles no more than these, where the comment stays shown.
pub(super) fn settle_reports(write: &mut Write, comment: &Comment, decision: &Decision<'_>) {
    write.step(
        "UPDATE report SET decided_at = $1, outcome = $2 WHERE comment_id = $3 AND decided_at IS NULL",
        args![decision.now, decision.ruling.as_str(), comment.id],
    );
}

/// What was decided at that moment waits again; of appeals one at a time.
pub(super) fn unsettle(write: &mut Write, comment: CommentId, at: Millis) {
    write.step(
        "UPDATE report SET decided_at = NULL, outcome = NULL WHERE comment_id = $1 AND decided_at = $2",
        args![comment, at],
    );
    write.step(
        "UPDATE appeal SET decided_at = NULL, judge = NULL, outcome = NULL WHERE comment_id = $1 AND decided_at = $2 \
         AND NOT EXISTS (SELECT 1 FROM appeal o WHERE o.comment_id = $1 AND o.decided_at IS NULL)",
        args![comment, at],
    );
    write.step(
        "UPDATE doubt SET decided_at = NULL WHERE comment_id = $1 AND decided_at = $2",
        args![comment, at],
    );
}

/// The ruling that was appealed against is taken back, so the writer was right.
pub(super) fn uphold(write: &mut Write, comment: CommentId, who: &str, now: Millis) {
    write.step(
        "UPDATE appeal SET decided_at = $1, judge = $2, outcome = 'upheld' WHERE comment_id = $3 AND decided_at IS NULL",
        args![now, who, comment],
    );
}

/// The appeal goes on, against what this person ruled.
pub(super) fn turn_appeal(write: &mut Write, comment: CommentId, first: &str) {
    write.step(
        "UPDATE appeal SET first = $1 WHERE comment_id = $2 AND decided_at IS NULL",
        args![first, comment],
    );
}
