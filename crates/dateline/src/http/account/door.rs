//! `POST /account/letter`: the way in by a letter with a link that opens once.

use super::{
    holder::holder,
    on,
    page::{Said, Told, door, own},
};
use crate::{
    app::AppState,
    clock,
    edge::{ReaderAddress, from_here},
    problem::Fault,
    readers::mail_digest,
    staff::{SignInDoor, SignInTries},
};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use newsroom::mail;
use pages::words::counted;
use store::reader::{NewKnock, WayKind};

pub async fn letter(
    State(app): State<AppState>,
    reader: ReaderAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    from_here(&headers, &app.paper.address)?;
    if app.post.is_none() {
        return Err(Fault::NotFound);
    }
    let holder = holder(&app, &headers).await?;
    let typed = super::field(&body, "email");
    let refuse = async |status, words: &str| match &holder {
        Some(holder) => {
            let told = Told { refusal: words, fault: "email", ..Told::default() };
            own(&app, holder, status, &told).await
        }
        None => door(&app, status, &typed, "", words),
    };
    let Some(email) = mail::address(&typed) else {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, app.words().report_bad_email).await;
    };
    let now = clock::now();
    let tries = SignInTries {
        flood: &app.sign_ins,
        door: SignInDoor::Letter,
        address: app.edge.near(reader),
        name: &email,
    };
    if let Some(wait) = tries.wait(now) {
        let words = counted(app.words(), app.words().holder().many_tries, wait.into());
        let mut reply = refuse(StatusCode::TOO_MANY_REQUESTS, &words).await?;
        reply.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        return Ok(reply);
    }
    let knock = NewKnock {
        kind: WayKind::Mail,
        digest: &mail_digest(&app.receipts, &email),
        label: &mail::mask(&email),
        name: "",
        reader: holder.as_ref().map(|holder| holder.reader.id),
    };
    // The same answer whatever comes of it: it tells nobody who has an account.
    app.store.knock_by_letter(&knock, &email, now).await?;
    on(Said::LetterSent, &[])
}
