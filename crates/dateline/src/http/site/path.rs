//! The addresses of stories and days, read strictly; other spellings are for [`super::spelling`].

use crate::problem::Fault;
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use jiff::civil::Date;
use newsroom::{discussion::CommentId, slug::Slug, story::Address};

/// `/2013/03/06/two-ports-agree`, and the comment where the path names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryPath {
    pub address: Address,
    pub comment: Option<CommentId>,
}

/// `/2013/03/06`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayPath(pub Date);

/// The parameter named `slug`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlugPath(pub Slug);

fn digits(text: &str, long: usize) -> Option<i16> {
    (text.len() == long && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// A day of exactly four, two and two digits.
pub fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(digits(year, 4)?, i8::try_from(digits(month, 2)?).ok()?, i8::try_from(digits(day, 2)?).ok()?)
        .ok()
}

/// Reads `/2013/03/06/two-ports-agree`.
pub fn story_address(path: &str) -> Option<Address> {
    let mut parts = path.strip_prefix('/')?.split('/');
    let date = day(parts.next()?, parts.next()?, parts.next()?)?;
    let slug = Slug::parse(parts.next()?)?;
    parts.next().is_none().then_some(Address { day: date, slug })
}

async fn params<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<Vec<(String, String)>, Fault> {
    let raw = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Fault::NotFound)?;
    Ok(raw.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

fn named<'a>(params: &'a [(String, String)], name: &str) -> Option<&'a str> {
    params.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

fn day_of(params: &[(String, String)]) -> Option<Date> {
    day(named(params, "year")?, named(params, "month")?, named(params, "day")?)
}

impl<S: Send + Sync> FromRequestParts<S> for StoryPath {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<StoryPath, Fault> {
        let params = params(parts, state).await?;
        let day = day_of(&params).ok_or(Fault::NotFound)?;
        let slug = named(&params, "slug").and_then(Slug::parse).ok_or(Fault::NotFound)?;
        let comment = match named(&params, "id") {
            Some(id) => Some(id.parse().ok().filter(|id| *id > 0).ok_or(Fault::NotFound)?),
            None => None,
        };
        Ok(StoryPath { address: Address { day, slug }, comment })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for DayPath {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<DayPath, Fault> {
        day_of(&params(parts, state).await?).map(DayPath).ok_or(Fault::NotFound)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SlugPath {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<SlugPath, Fault> {
        let params = params(parts, state).await?;
        named(&params, "slug").and_then(Slug::parse).map(SlugPath).ok_or(Fault::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_strictly() {
        assert_eq!(story_address("/2013/03/06/two-ports").unwrap().path(), "/2013/03/06/two-ports");
        for not in [
            "/2013/3/06/two-ports",
            "/2013/03/06/Two",
            "/2013/02/30/two",
            "/2013/03/06/two/",
            "/2013/03/06",
            "/+013/03/06/two",
            "2013/03/06/two",
        ] {
            assert_eq!(story_address(not), None, "{not}");
        }
    }
}
