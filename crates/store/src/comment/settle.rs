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
    write.step("DELETE FROM doubt WHERE comment_id = $1", args![comment.id]);
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

/// What was decided at that moment waits again.
pub(super) fn unsettle(write: &mut Write, comment: CommentId, at: Millis) {
    write.step(
        "UPDATE report SET decided_at = NULL, outcome = NULL WHERE comment_id = $1 AND decided_at = $2",
        args![comment, at],
    );
    write.step(
        "UPDATE appeal SET decided_at = NULL, judge = NULL, outcome = NULL WHERE comment_id = $1 AND decided_at = $2",
        args![comment, at],
    );
}
