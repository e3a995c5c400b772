//! What a change touches, and so which ready pages it makes stale.
//!
//! A page names the touches it depends on; a write names those it makes. The text form travels in the
//! database's change list, so that every node learns of it.

use crate::{
    discussion::CommentId,
    slug::Slug,
    story::{Status, Story, StoryId},
};
use jiff::civil::Date;
use std::{fmt, str::FromStr};

/// A piece of the paper that can change by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Touch {
    /// The story's own text, photos, notices, status.
    Story(StoryId),
    /// Its discussion: a comment came, went or was ruled on.
    Discussion(StoryId),
    /// One comment, for its receipt.
    Comment(CommentId),
    /// How its discussion takes comments.
    Policy(StoryId),
    Front,
    Section(Slug),
    Topic(Slug),
    Author(Slug),
    Day(Date),
    /// Feeds of the whole paper, sitemaps.
    Feeds,
    /// Measures against networks; no page shows them.
    Sanctions,
    /// Settings of the paper, its sections, its staff: all pages.
    Paper,
}

impl fmt::Display for Touch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Touch::Story(id) => write!(f, "s:{id}"),
            Touch::Discussion(id) => write!(f, "d:{id}"),
            Touch::Comment(id) => write!(f, "c:{id}"),
            Touch::Policy(id) => write!(f, "p:{id}"),
            Touch::Front => f.write_str("front"),
            Touch::Section(slug) => write!(f, "sec:{slug}"),
            Touch::Topic(slug) => write!(f, "top:{slug}"),
            Touch::Author(slug) => write!(f, "aut:{slug}"),
            Touch::Day(day) => write!(f, "day:{day}"),
            Touch::Feeds => f.write_str("feeds"),
            Touch::Sanctions => f.write_str("sanctions"),
            Touch::Paper => f.write_str("paper"),
        }
    }
}

impl FromStr for Touch {
    type Err = ();

    fn from_str(text: &str) -> Result<Touch, ()> {
        let Some((kind, of)) = text.split_once(':') else {
            return match text {
                "front" => Ok(Touch::Front),
                "feeds" => Ok(Touch::Feeds),
                "sanctions" => Ok(Touch::Sanctions),
                "paper" => Ok(Touch::Paper),
                _ => Err(()),
            };
        };
        let id = || of.parse::<i64>().map_err(|_| ());
        let slug = || Slug::parse(of).ok_or(());
        match kind {
            "s" => Ok(Touch::Story(id()?)),
            "d" => Ok(Touch::Discussion(id()?)),
            "c" => Ok(Touch::Comment(id()?)),
            "p" => Ok(Touch::Policy(id()?)),
            "sec" => Ok(Touch::Section(slug()?)),
            "top" => Ok(Touch::Topic(slug()?)),
            "aut" => Ok(Touch::Author(slug()?)),
            "day" => Ok(Touch::Day(of.parse().map_err(|_| ())?)),
            _ => Err(()),
        }
    }
}

/// What a change of a story touches: all that lists it, as it was and as it is.
pub fn of_change(old: Option<&Story>, new: &Story) -> Vec<Touch> {
    let mut touches = vec![Touch::Story(new.id), Touch::Policy(new.id)];
    let seen = |s: &Story| matches!(s.status, Status::Published | Status::Killed);
    let faces = [old, Some(new)];
    for story in faces.into_iter().flatten().filter(|s| seen(s)) {
        let mut of = vec![Touch::Front, Touch::Feeds, Touch::Section(story.section.slug.clone())];
        of.extend(story.topics.iter().map(|t| Touch::Topic(t.slug.clone())));
        of.extend(story.authors().into_iter().map(|a| Touch::Author(a.slug)));
        of.extend(story.address.iter().map(|a| Touch::Day(a.day)));
        for touch in of {
            if !touches.contains(&touch) {
                touches.push(touch);
            }
        }
    }
    touches
}

/// Several in one line, a space between them.
pub fn render(touches: &[Touch]) -> String {
    touches.iter().map(Touch::to_string).collect::<Vec<_>>().join(" ")
}

/// Reads such a line; what a newer version wrote and this one does not know becomes [`Touch::Paper`],
/// so that nothing stale is kept.
pub fn parse(line: &str) -> Vec<Touch> {
    line.split_whitespace().map(|word| word.parse().unwrap_or(Touch::Paper)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let all = vec![
            Touch::Story(1),
            Touch::Discussion(2),
            Touch::Comment(3),
            Touch::Policy(4),
            Touch::Front,
            Touch::Section(Slug::of("World", "x")),
            Touch::Topic(Slug::of("Night trains", "x")),
            Touch::Author(Slug::of("Ilse Brandt", "x")),
            Touch::Day(jiff::civil::date(2013, 3, 6)),
            Touch::Feeds,
            Touch::Sanctions,
            Touch::Paper,
        ];
        assert_eq!(parse(&render(&all)), all);
        assert_eq!(parse("unheard:of s:x"), vec![Touch::Paper, Touch::Paper]);
    }
}
