//! Whoever is signed in to an account, and their forms.

use crate::{
    app::App,
    edge::from_here,
    http::discussion::writer::Writer,
    problem::Fault,
    readers::{Cookies, SPAN},
    staff::SessionToken,
};
use axum::http::HeaderMap;
use newsroom::Millis;
use store::reader::{NewSession, SignedInReader};

pub async fn holder(app: &App, headers: &HeaderMap) -> Result<Option<SignedInReader>, Fault> {
    Ok(match Writer::of_cookies(app, headers).await? {
        Writer::Account(signed_in) => Some(signed_in),
        _ => None,
    })
}

/// Of a form that was sent from the account's own page. The cookie does not come along from other sites, and what
/// the browser says of the form's origin is looked at besides.
pub async fn posted(app: &App, headers: &HeaderMap) -> Result<SignedInReader, Fault> {
    from_here(headers, &app.paper.address)?;
    let nobody = || Fault::SignIn { detail: app.words().holder().not_signed_in.into() };
    holder(app, headers).await?.ok_or_else(nobody)
}

/// A session about to begin: its token, with the cookies that carry it.
pub struct Fresh {
    digest: String,
    browser: String,
    pub cookies: [String; 2],
}

impl Fresh {
    pub fn of(app: &App, headers: &HeaderMap) -> Result<Fresh, Fault> {
        let token = SessionToken::random().map_err(Fault::broken)?;
        let cookies = Cookies::of(&app.paper.address).welcome(&token);
        Ok(Fresh { digest: token.digest(), browser: super::browser(headers), cookies })
    }

    pub fn session(&self) -> NewSession<'_> {
        NewSession { digest: &self.digest, browser: &self.browser }
    }
}

/// A browser that signs in anew leaves the session it had.
pub async fn leave(app: &App, before: Option<SignedInReader>) -> Result<(), Fault> {
    if let Some(old) = before {
        app.store.end_reader_session(old.reader.id, old.session).await?;
    }
    Ok(())
}

pub async fn sessions(
    app: &App,
    reader: i64,
    now: Millis,
) -> Result<Vec<store::reader::ReaderSession>, Fault> {
    Ok(app.store.list_reader_sessions(reader, SPAN, now).await?)
}
