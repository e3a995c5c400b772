//! Who may decide what a writer appeals against, by whatever door the ruling comes.

use crate::app::App;
use newsroom::{
    discussion::{CommentId, appeal::may_decide},
    staff::Act,
};
use store::Result;

/// Whether somebody besides this person may rule on comments.
pub async fn somebody_else(app: &App, name: &str) -> Result<bool> {
    let people = app.store.list_people().await?;
    Ok(people.iter().any(|p| p.disabled_at.is_none() && p.name != name && p.role.may(Act::Moderate)))
}

/// Whether its writer appeals against this one's own ruling, and somebody else can decide.
pub async fn is_own(app: &App, who: &str, comment: CommentId) -> Result<bool> {
    let appeals = app.store.appeals_of(comment).await?;
    let Some(open) = appeals.iter().find(|a| a.decided_at.is_none()) else { return Ok(false) };
    Ok(!may_decide(&open.first, who, somebody_else(app, who).await?))
}
