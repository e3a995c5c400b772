//! `POST /receipt/{token}/appeal`: a writer asks that a ruling be looked at again.

use super::{
    receipt::{Past, Typed, page},
    report::MOST_PER_HOUR,
};
use crate::{
    app::AppState,
    clock,
    edge::{Origin, ReaderAddress, origin},
    problem::Fault,
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use newsroom::discussion::appeal::{DUE, LONGEST, may_appeal};
use store::comment::NewAppeal;

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
    if origin(&headers, &app.paper.address) == Origin::Foreign {
        return Err(Fault::ForeignOrigin);
    }
    let now = clock::now();
    let print = app.edge.near(reader);
    if !app.policy.limits_off && app.complaints.count(print, now).last_hour >= MOST_PER_HOUR {
        let detail = "Many appeals came from here; please rest a while.".into();
        return Err(Fault::TooMany { detail, wait: 3600 });
    }
    let sent = form_urlencoded::parse(&body).find(|(key, _)| key == "text");
    let text = sent.map(|(_, value)| value.replace("\r\n", "\n")).unwrap_or_default();
    let text = text.trim();
    let past = Past::of(&app, id).await?;
    let refusal = match may_appeal(past.standing(), now) {
        Err(why) => Some(why.words()),
        Ok(_) if text.is_empty() => Some("Please say why it should be decided otherwise."),
        Ok(_) if text.chars().count() > LONGEST => Some("The appeal has more than 2,000 characters."),
        Ok(_) => None,
    };
    if let Some(refusal) = refusal {
        let html = page(&app, &token, past, Typed { text, refusal, ..Typed::default() }).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let first = past.ruled().map_or("", |ruling| ruling.who.as_str());
    let new = NewAppeal { comment: id, at: now, due: now.plus(DUE), text, first };
    match app.store.add_appeal(&new).await {
        // Sent twice is sent.
        Ok(()) | Err(store::Error::Taken(_)) => see_other(&app.receipts.path(id)),
        Err(e) => Err(e.into()),
    }
}

fn see_other(path: &str) -> Result<Response, Fault> {
    let to = header::HeaderValue::try_from(path).map_err(Fault::broken)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}
