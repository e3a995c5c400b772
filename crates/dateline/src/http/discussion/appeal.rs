//! `POST /receipt/{token}/appeal`: a writer asks that a ruling be looked at again.

use super::{
    post::see_other,
    receipt::{Past, Typed, page, words_of},
};
use crate::{
    app::AppState,
    clock,
    edge::{ReaderAddress, from_here},
    problem::Fault,
    reports,
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use newsroom::discussion::appeal::{DUE, LONGEST, NoAppeal, may_appeal};
use store::comment::NewAppeal;

const TRIES: usize = 3;

pub async fn to_receipt(State(app): State<AppState>, Path(token): Path<String>) -> Result<Response, Fault> {
    let id = app.receipts.comment(&token).ok_or(Fault::NotFound)?;
    see_other(&app.receipts.path(id))
}

pub async fn appeal(
    State(app): State<AppState>,
    Path(token): Path<String>,
    reader: ReaderAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    let id = app.receipts.comment(&token).ok_or(Fault::NotFound)?;
    from_here(&headers, &app.paper.address)?;
    let now = clock::now();
    reports::count(&app, reader, app.words().too_many_appeals)?;
    let sent = form_urlencoded::parse(&body).find(|(key, _)| key == "text");
    let text = sent.map(|(_, value)| value.replace("\r\n", "\n")).unwrap_or_default();
    let text = text.trim();
    // Looked at anew where somebody ruled, or the same writer appealed, at the same moment.
    for _ in 0..TRIES {
        let past = Past::of(&app, id).await?;
        let words = past.words();
        let refusal = match may_appeal(past.standing(), now) {
            // Sent twice is sent.
            Err(NoAppeal::Already) if past.appealed_with(text) => return see_other(&app.receipts.path(id)),
            Err(why) => Some(words.no_appeal(why)),
            Ok(_) if text.is_empty() => Some(words.appeal_empty),
            Ok(_) if text.chars().count() > LONGEST => Some(words.appeal_long),
            Ok(_) => None,
        };
        if let Some(refusal) = refusal {
            let html = page(&app, &token, past, Typed { text, refusal, ..Typed::default() }).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        let first = past.ruled().map_or("", |ruling| ruling.who.as_str());
        let seen = past.latest_ruling();
        let new = NewAppeal { comment: id, at: now, due: now.plus(DUE), text, first, seen };
        match app.store.add_appeal(&new).await {
            Ok(()) => return see_other(&app.receipts.path(id)),
            Err(store::Error::Taken(_)) => {}
            Err(e) => return Err(e.into()),
        }
    }
    Err(Fault::refused("changed-meanwhile", words_of(&app, id).await?.changed_meanwhile, None))
}
