//! What the paper keeps of a comment, for whoever wrote it: to take along, and to have erased.

use super::{
    edit::opened,
    post::see_other,
    receipt::{Past, Typed, page},
    report::private,
};
use crate::{
    app::{App, AppState},
    clock,
    http::api::comments::of_comment,
    problem::Fault,
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use newsroom::discussion::{CommentId, erase::may_erase};
use serde_json::{Value, json};

/// `GET /receipt/{token}/data`: everything, as one JSON document.
pub async fn data(State(app): State<AppState>, Path(token): Path<String>) -> Result<Response, Fault> {
    let id = app.receipts.comment(&token).ok_or(Fault::NotFound)?;
    let all = of(&app, id).await?;
    let name = format!("attachment; filename=\"comment-{id}.json\"");
    let headers = [(header::CONTENT_DISPOSITION, name), (header::CONTENT_TYPE, "application/json".into())];
    Ok((private(), headers, format!("{all:#}\n")).into_response())
}

/// All that is kept of one comment, for its writer.
pub(in crate::http) async fn of(app: &App, id: CommentId) -> Result<Value, Fault> {
    let past = Past::of(app, id).await?;
    let comment = past.comment();
    let story = app.store.story(comment.story).await?.ok_or(Fault::NotFound)?;
    let mut own = of_comment(app, &story.path().unwrap_or_default(), comment);
    // Its writer may read it, whatever became of it.
    own["name"] = json!(comment.name);
    own["text"] = json!(comment.text);
    own["network"] = json!(comment.network);
    own["vouched"] = json!(comment.vouched.map(|v| v.as_str()));
    let prints = app.store.prints_of(id).await?;
    own["known_again_until"] = json!(prints.map(|_| app.prints.ends(comment.at).rfc3339()));
    own["badge"] = json!(comment.badge.as_ref().map(|b| b.words()));
    let (held, risks) = app.store.why_held(id).await?;
    own["held_why"] = json!(held.map(|why| past.words().held_as_stored(&why)));
    own["risks"] = risks.and_then(|risks| serde_json::from_str(&risks).ok()).unwrap_or_default();
    let steps: Vec<_> =
        past.steps().into_iter().map(|(at, what)| json!({"at": at.rfc3339(), "what": what})).collect();
    let earlier: Vec<_> = past
        .revisions()
        .iter()
        .map(|r| json!({"at": r.at.rfc3339(), "act": r.act, "text": r.text}))
        .collect();
    let appeals: Vec<_> =
        past.appeals().iter().map(|a| json!({"at": a.at.rfc3339(), "text": a.text})).collect();
    let letters: Vec<_> = app
        .store
        .addresses_of(id)
        .await?
        .into_iter()
        .map(|(email, confirmed)| json!({"email": email, "confirmed": confirmed}))
        .collect();
    Ok(json!({
        "comment": own, "story": story.copy.headline, "happened": steps, "earlier_texts": earlier,
        "appeals": appeals, "letters": letters,
    }))
}

/// `POST /receipt/{token}/erase`
pub async fn erase(
    State(app): State<AppState>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    let id = opened(&app, &token, &headers)?;
    let past = Past::of(&app, id).await?;
    let sure = form_urlencoded::parse(&body).any(|(name, value)| name == "sure" && !value.is_empty());
    let refusal = match (sure, may_erase(past.erasing())) {
        (false, _) => past.words().erase_unsure,
        (true, Err(why)) => past.words().no_erasing(why),
        (true, Ok(())) => match app.store.erase_comment(past.comment(), clock::now()).await {
            Ok(()) => return see_other(&app.receipts.path(id)),
            Err(store::Error::Taken(_)) => past.words().erase_meanwhile,
            Err(e) => return Err(e.into()),
        },
    };
    let past = Past::of(&app, id).await?;
    let html = page(&app, &token, past, Typed { erase: refusal, ..Typed::default() }).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
