//! What is done to one comment is done one after another.

use crate::{args, write::Write};
use newsroom::discussion::Comment;

/// Changes nothing, and waits. On PostgreSQL the step after it sees what came before in other tables, too; a
/// condition in the same step would not.
pub(super) const IN_TURN: &str = "UPDATE comment SET unread = unread WHERE id = $1";

/// Before the step that asks what was ruled on a comment, reported of it or appealed against. Its thread first, as
/// where comments are taken in: so nobody waits for each other.
pub(super) fn in_turn(write: &mut Write, comment: &Comment) {
    if comment.parent.is_some() {
        write.step(IN_TURN, args![comment.root]);
    }
    write.must(IN_TURN, args![comment.id], "comment");
}
