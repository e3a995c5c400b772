//! Who wrote a story: the printed line, and the people in it.

use crate::slug::Slug;

/// One writer, with the slug of the page that lists their stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    pub slug: Slug,
    pub name: String,
}

/// The people named in a byline: `By Ilse Brandt and Per Lund, Osk` is two. At most eight.
pub fn authors(byline: &str) -> Vec<Author> {
    let line = byline.trim();
    let line = match line.split_once(' ') {
        Some((by, rest)) if ["by", "von", "par"].contains(&by.to_lowercase().as_str()) => rest,
        _ => line,
    };
    let mut found: Vec<Author> = Vec::new();
    for name in line.split(" and ").flat_map(|part| part.split([',', ';', '&'])) {
        let name: String = name.trim().chars().take(80).collect();
        if name.is_empty() || found.len() == 8 {
            continue;
        }
        let slug = Slug::of(&name, "author");
        if found.iter().all(|a| a.slug != slug) {
            found.push(Author { slug, name });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_of_a_line() {
        let names = |line| authors(line).into_iter().map(|a| a.name).collect::<Vec<_>>();
        assert_eq!(names("By Ilse Brandt and Per Lund"), ["Ilse Brandt", "Per Lund"]);
        assert_eq!(names("Runa Solberg, Tomas Riel"), ["Runa Solberg", "Tomas Riel"]);
        assert_eq!(names(""), Vec::<String>::new());
    }
}
