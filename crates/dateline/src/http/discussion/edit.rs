//! A writer changes or withdraws their own comment, by the word of its receipt: on the receipt's page, or from
//! a page of another site.

use super::{
    post::{NotTaken, Occasion, Taken, count, digest, fault_of, see_other, weigh},
    receipt::{Past, Typed, page, words_of},
    writer::{By, Writer},
};
use crate::{
    app::{App, AppState},
    clock,
    edge::{ReaderAddress, from_here},
    problem::Fault,
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use newsroom::discussion::{
    CommentId, Mode, Refusal, Voucher,
    admit::{Door, Draft},
    edit::{NoEdit, state_after},
};
use pages::Words;
use store::comment::Edit;

/// The new text of a comment whose receipt was shown: screened and admitted like a new one.
pub async fn change(
    app: &App,
    id: CommentId,
    text: &str,
    reader: ReaderAddress,
    door: Door,
) -> Result<Taken, NotTaken> {
    let now = clock::now();
    let past = Past::of(app, id).await?;
    past.editable(app, now).map_err(|why| refused(why, past.words()))?;
    let comment = past.comment();
    let mut story = app.store.facts_of(comment.story).await?.ok_or(Fault::NotFound)?;
    // To mend one's comment is not to speak again.
    if story.mode == Mode::Slow {
        story.mode = Mode::Open;
    }
    let draft = Draft { name: comment.name.clone(), text: text.to_owned(), ..Draft::default() };
    // By the door it came in: whom a site vouches for has a name of that site.
    let door = if comment.vouched == Some(Voucher::Site) { Door::Vouched } else { door };
    let by = By { door, writer: Writer::of_comment(app, comment).await?, signs: false };
    let weighed = weigh(app, &story, &draft, reader, &by, Occasion::Mended, now).await?;
    let state = state_after(comment.state, &weighed.verdict);
    let taken = Taken { id, state, parent: comment.parent };
    if weighed.clean.text == comment.text {
        return Ok(Taken { state: comment.state, ..taken });
    }
    let (why, _) = app.store.why_held(id).await?;
    let edit = Edit {
        comment,
        text: &weighed.clean.text,
        state,
        held_why: weighed.why.as_deref().or(why.as_deref()),
        rank: weighed.rank,
        risks: weighed.risks.as_deref(),
        digests: (!app.policy.limits_off).then(|| (digest(&comment.text), digest(&weighed.clean.text))),
        again_after: now.plus(-app.policy.duplicate_within),
        scored: !app.config.scorer.url.is_empty() && !app.policy.limits_off,
        now,
    };
    match app.store.edit_comment(&edit).await {
        Ok(()) => {
            count(app, &story, reader, now);
            Ok(taken)
        }
        Err(store::Error::Taken("text")) => Err(NotTaken::Refused(Refusal::Duplicate)),
        Err(store::Error::Taken(_)) => Err(NotTaken::Fault(meanwhile(past.words()))),
        Err(e) => Err(e.into()),
    }
}

/// Takes a comment back whose receipt was shown.
pub async fn withdraw(app: &App, id: CommentId) -> Result<(), Fault> {
    let now = clock::now();
    let past = Past::of(app, id).await?;
    past.editable(app, now).map_err(|why| refused(why, past.words()))?;
    let comment = past.comment();
    let digest = (!app.policy.limits_off).then(|| digest(&comment.text));
    match app.store.withdraw_comment(comment, digest, now).await {
        Err(store::Error::Taken(_)) => Err(meanwhile(past.words())),
        done => Ok(done?),
    }
}

fn refused(why: NoEdit, words: &Words) -> Fault {
    Fault::refused(why.code(), words.no_edit(why), None)
}

fn meanwhile(words: &Words) -> Fault {
    Fault::refused("changed-meanwhile", words.changed_meanwhile, None)
}

/// `POST /receipt/{token}/edit`
pub async fn edit(
    State(app): State<AppState>,
    Path(token): Path<String>,
    reader: ReaderAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    let id = opened(&app, &token, &headers)?;
    let sent = form_urlencoded::parse(&body).find(|(key, _)| key == "text");
    let text = sent.map(|(_, value)| value.into_owned()).unwrap_or_default();
    let fault = match change(&app, id, &text, reader, Door::Form).await {
        Ok(_) => return see_other(&app.receipts.path(id)),
        Err(NotTaken::Refused(refusal)) => fault_of(&app, &refusal, words_of(&app, id).await?),
        Err(NotTaken::Fault(fault)) => fault,
    };
    again(&app, id, &token, &text, fault).await
}

/// `POST /receipt/{token}/withdraw`
pub async fn take_back(
    State(app): State<AppState>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let id = opened(&app, &token, &headers)?;
    match withdraw(&app, id).await {
        Ok(()) => see_other(&app.receipts.path(id)),
        Err(fault) => again(&app, id, &token, "", fault).await,
    }
}

pub(super) fn opened(app: &App, token: &str, headers: &HeaderMap) -> Result<CommentId, Fault> {
    let id = app.receipts.comment(token).ok_or(Fault::NotFound)?;
    from_here(headers, &app.paper.address)?;
    Ok(id)
}

/// The receipt with what was typed and why it was not taken.
async fn again(app: &App, id: CommentId, token: &str, text: &str, fault: Fault) -> Result<Response, Fault> {
    if !matches!(fault, Fault::Refused { .. } | Fault::TooMany { .. }) {
        return Err(fault);
    }
    let refusal = fault.problem().detail;
    let past = Past::of(app, id).await?;
    let typed = if text.is_empty() { past.comment().text.clone() } else { text.to_owned() };
    let typed = Typed { edit: Some((&typed, &refusal)), ..Typed::default() };
    let html = page(app, token, past, typed).await?;
    let status = if matches!(fault, Fault::TooMany { .. }) {
        StatusCode::TOO_MANY_REQUESTS
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, html).into_response())
}
