//! Other spellings of an address lead to the one it has: no trailing slash, two digits for months and
//! days, small letters. So do addresses that stories had before they were brought here.

use crate::{app::AppState, problem::Fault};
use axum::{
    extract::State,
    http::{HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use newsroom::story::Address;
use store::Store;

/// The address that this one is another spelling of; `None` where it is spelt right or means nothing.
pub fn right(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let mut spelt = String::with_capacity(path.len());
    let dated = parts.len() >= 3 && parts[..3].iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    for (at, part) in parts.iter().enumerate() {
        spelt.push('/');
        match (dated, at) {
            (true, 1 | 2) if part.len() == 1 => {
                spelt.push('0');
                spelt.push_str(part);
            }
            _ => spelt.push_str(&part.to_ascii_lowercase()),
        }
    }
    if spelt.is_empty() {
        spelt.push('/');
    }
    // Case means something to these.
    let exact = ["/receipt/", "/desk/set-up/", "/api/"].iter().any(|p| path.starts_with(p));
    (spelt != path && !(exact && spelt.eq_ignore_ascii_case(path))).then_some(spelt)
}

/// Old addresses are no longer; what is, is asked by nobody who followed a link.
const LONGEST_OLD: usize = 2_000;

/// The story to which whoever asks for this path is led, because it had it where it was brought from. The path is spelt
/// right.
pub async fn moved(store: &Store, path: &str) -> store::Result<Option<Address>> {
    match path.len() <= LONGEST_OLD {
        true => store.moved(path).await,
        false => Ok(None),
    }
}

/// For whatever no route took.
pub async fn elsewhere(State(app): State<AppState>, method: Method, uri: Uri) -> Response {
    let reading = method == Method::GET || method == Method::HEAD;
    if !reading {
        return Fault::NotFound.into_response();
    }
    let spelt = right(uri.path());
    let path = spelt.as_deref().unwrap_or(uri.path());
    match moved(&app.store, path).await {
        Ok(Some(address)) => {
            let to = [(header::LOCATION, address.path())];
            return (StatusCode::MOVED_PERMANENTLY, to).into_response();
        }
        Ok(None) => {}
        Err(e) => return Fault::from(e).into_response(),
    }
    match spelt {
        Some(path) => redirect(&path, uri.query()),
        None => Fault::NotFound.into_response(),
    }
}

/// For ever, with the query as it was.
pub fn redirect(path: &str, query: Option<&str>) -> Response {
    let to = match query {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    match HeaderValue::try_from(to) {
        Ok(to) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response(),
        Err(_) => Fault::NotFound.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::right;

    #[test]
    fn one_address_each() {
        assert_eq!(right("/2013/3/6/Two-Ports/").as_deref(), Some("/2013/03/06/two-ports"));
        assert_eq!(right("/section/World").as_deref(), Some("/section/world"));
        assert_eq!(right("//search/").as_deref(), Some("/search"));
        assert_eq!(right("//evil.example/x").as_deref(), Some("/evil.example/x"));
        for spelt in ["/", "/2013/03/06/two-ports", "/nothing", "/receipt/12-Ab"] {
            assert_eq!(right(spelt), None, "{spelt}");
        }
    }
}
