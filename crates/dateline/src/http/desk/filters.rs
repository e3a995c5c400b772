//! Filters of the queue that a moderator keeps under a name.

use super::{posted::Posted, queue::sought, rule::refused, story_fields::one_line, turned::Answer, ways};
use crate::app::AppState;
use axum::extract::{Path, State};
use newsroom::staff::Act;

pub async fn keep(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted.may(&app, Act::Moderate)?;
    let name: String = one_line(form.text("name")).chars().take(40).collect();
    // Read and written anew: what is kept is a query of ours, whatever was sent.
    let query = sought(form.text("query")).1.query();
    if name.is_empty() || query.is_empty() {
        return refused(&app, &seat, &form, "A filter needs a name, and something that it narrows to.").await;
    }
    app.store.keep_filter(seat.name(), &name, &query).await?;
    Ok(ways::go(&format!("/desk/queue?{query}")))
}

pub async fn drop_one(State(app): State<AppState>, Path(id): Path<i64>, posted: Posted) -> Answer {
    let seat = posted.seat;
    seat.needs(&app, Act::Moderate)?;
    app.store.drop_filter(seat.name(), id).await?;
    Ok(ways::go("/desk/queue"))
}
