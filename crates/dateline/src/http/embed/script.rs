//! `GET /embed.js`: the one script that a page of another site needs, and `GET /embed-words/{language}`, which it
//! asks for where the page does not speak English. A page that says no language, or one that the script does not
//! speak, asks by its site's key instead and is given the site's language, or the paper's.

use crate::{app::AppState, problem::Fault, ready::Rendered};
use axum::{
    extract::{Path, Request, State},
    http::{HeaderName, HeaderValue, header},
    response::Response,
};
use newsroom::touch::Touch;
use pages::assets::{embed_js, embed_words};

pub async fn script(State(app): State<AppState>, request: Request) -> Result<Response, Fault> {
    let page = app
        .ready
        .get_or_render("/embed.js", async || Ok(for_all("text/javascript; charset=utf-8", embed_js())))
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}

pub async fn words(
    State(app): State<AppState>,
    Path(language): Path<String>,
    request: Request,
) -> Result<Response, Fault> {
    let (language, words, of_site) = match embed_words(&language) {
        Some(words) => (language, words, false),
        None => {
            let site = app.house.site(&app.store, &language).await?.ok_or(Fault::NotFound)?;
            let tag = match site.own.language {
                Some(language) => language.tag(),
                None => &app.paper.language,
            };
            let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
            // None where that is English: the script has it at hand.
            match embed_words(&language) {
                Some(words) => (language, words, true),
                None => ("en".to_owned(), "", true),
            }
        }
    };
    // By what is answered, not by what was asked: a key may be spelled in many ways, and there are few languages.
    let key = format!("/embed-words/{language}{}", if of_site { " of a site" } else { "" });
    let page = app.ready.get_or_render(&key, async || {
        let mut rendered = for_all("text/plain; charset=utf-8", words);
        let language = HeaderValue::try_from(&language).map_err(Fault::broken)?;
        rendered.headers.push((header::CONTENT_LANGUAGE, language));
        if of_site {
            // Which language that is may change any time.
            rendered.headers.retain(|(name, _)| *name != header::CACHE_CONTROL);
            rendered.headers.push((header::CACHE_CONTROL, HeaderValue::from_static("no-cache")));
        }
        Ok(rendered)
    });
    Ok(page.await?.respond(request.method(), request.headers()))
}

/// What pages of every site may load.
fn for_all(kind: &'static str, text: &'static str) -> Rendered {
    let mut rendered = Rendered::of(kind, text, vec![Touch::Paper]);
    for (name, value) in [
        // Its address never changes, its content may with the program.
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
        // So that a page may name its digest, and is told of its faults.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ] {
        rendered.headers.push((name, HeaderValue::from_static(value)));
    }
    rendered
}
