//! Captions and the credits at their end, which are different facts.

use newsroom::photo::Credit;

/// A caption without its credit, and the credit: `… in Osk. (Northwire/Tomas Riel)`. A bracket that is no
/// credit, such as `(L)`, stays where it is.
pub fn caption_and_credit(text: &str) -> (String, Credit) {
    let text = text.trim();
    // `REUTERS/Name  (UNITED STATES - Tags: ENTERTAINMENT)`: the tags are for the picture desk.
    if let Some((rest, inside)) = last_bracket(text)
        && inside.contains("Tags:")
        && let Some(found) = at_end(rest)
    {
        return found;
    }
    if let Some((rest, inside)) = last_bracket(text) {
        let after_sentence =
            rest.is_empty() || rest.ends_with(['.', '!', '?', '"', '”', '»', '。', '…', ':']);
        let square = text.trim_end_matches('.').ends_with(']');
        if let Some((credit, is_file)) = inside_brackets(inside, after_sentence, square) {
            return (with_file_mark(rest, is_file), credit);
        }
    }
    at_end(text).unwrap_or_else(|| (text.to_owned(), Credit::default()))
}

/// What stands before the last bracket, and in it.
fn last_bracket(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_suffix('.').unwrap_or(text);
    let open = match body.chars().next_back()? {
        ')' => body.rfind('(')?,
        ']' => body.rfind('[')?,
        _ => return None,
    };
    Some((body[..open].trim_end(), body[open + 1..body.len() - 1].trim()))
}

/// A file photo stays one in words, since its caption may not say so.
fn with_file_mark(caption: &str, is_file: bool) -> String {
    let says = caption.starts_with("FILE") || caption.to_lowercase().contains("file photo");
    if is_file && !says { format!("{caption} (File)").trim_start().to_owned() } else { caption.to_owned() }
}

/// `Tomas Riel/Northwire, File` without its end.
fn without_file(text: &str) -> (&str, bool) {
    for end in [
        ", FILE PHOTO",
        ", File Photo",
        ", file photo",
        ", FILE",
        ", File",
        ", file",
        "/FILE PHOTO",
        "/File Photo",
        "/FILE",
        "/File",
        "/Files",
    ] {
        if let Some(rest) = text.strip_suffix(end) {
            return (rest.trim_end(), true);
        }
    }
    (text, false)
}

fn inside_brackets(inside: &str, after_sentence: bool, square: bool) -> Option<(Credit, bool)> {
    let (inside, is_file) = without_file(inside);
    let named = |name: &str| {
        (2..=80).contains(&name.chars().count())
            && name.chars().any(char::is_alphabetic)
            && !name.contains(['(', '<', '>'])
    };
    let made = |agency: &str, photographer: &str| {
        let (agency, photographer) = (agency.trim(), photographer.trim());
        let legal = |s: &str| s.is_empty() || named(s);
        (legal(agency) && legal(photographer) && !(agency.is_empty() && photographer.is_empty()))
            .then(|| (Credit { agency: agency.to_owned(), photographer: photographer.to_owned() }, is_file))
    };
    for start in ["Photo by ", "Photo: ", "Photos by ", "Picture: ", "Photograph: ", "Photo courtesy of "] {
        if let Some(rest) = inside.strip_prefix(start) {
            // The photographer first, then everyone through whom it came.
            let (photographer, agency) = rest.split_once('/').unwrap_or((rest, ""));
            return made(agency, photographer);
        }
    }
    if let Some((agency, photographer)) = inside.split_once('/') {
        let agency = agency.trim();
        if matches!(agency, "Photo" | "Photos" | "Pic") {
            return made(photographer, "");
        }
        let agency =
            agency.strip_suffix(" Photo").or_else(|| agency.strip_suffix(" Images")).unwrap_or(agency);
        let begins =
            |s: &str| s.trim().chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
        let is_person = photographer.trim().contains(' ');
        return (begins(photographer) && (after_sentence || square || is_person))
            .then(|| made(agency, photographer))?;
    }
    // An agency alone is told from an aside by standing after the sentence's end.
    let begins = inside.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let words: Vec<&str> = inside.split(' ').collect();
    let names = words.iter().all(|w| *w == "via" || w.chars().next().is_some_and(|c| !c.is_lowercase()));
    let aside = ["L", "R", "C", "Back", "Front", "File", "File Photo", "FILE", "FILE PHOTO", "Top", "Bottom"]
        .contains(&inside);
    (after_sentence
        && begins
        && names
        && words.len() <= 5
        && inside.chars().count() <= 40
        && !aside
        && !inside.ends_with('.'))
    .then(|| made(inside, ""))?
}

/// `… REUTERS/Mario Anzuoni`: without brackets, an agency in capitals.
fn at_end(text: &str) -> Option<(String, Credit)> {
    let (text, is_file) = without_file(text.trim_end());
    let slash = text.rfind('/')?;
    let (before, photographer) = (&text[..slash], text[slash + 1..].trim_end_matches('.').trim());
    let from = before
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let (caption, agency) = (before[..from].trim_end(), &before[from..]);
    let capitals = agency.len() >= 2 && agency.bytes().all(|b| b.is_ascii_uppercase());
    let after_sentence = caption.is_empty() || caption.ends_with(['.', '!', '?', '"', '”']);
    let words: Vec<&str> = photographer.split_whitespace().collect();
    let person = (1..=5).contains(&words.len())
        && photographer.chars().count() <= 60
        && words.iter().all(|w| w.chars().next().is_some_and(char::is_alphabetic))
        && words[0].starts_with(char::is_uppercase);
    (capitals && after_sentence && person).then(|| {
        let credit = Credit { agency: agency.to_owned(), photographer: photographer.to_owned() };
        (with_file_mark(caption, is_file), credit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_apart() {
        for (text, caption, agency, photographer) in [
            ("In Osk. (Northwire/Tomas Riel)", "In Osk.", "Northwire", "Tomas Riel"),
            (
                "Mayor Ilse Brandt (L) in Osk. (Northwire/Tomas Riel)",
                "Mayor Ilse Brandt (L) in Osk.",
                "Northwire",
                "Tomas Riel",
            ),
            ("In Osk (Xinhua/Chen Zeguo)", "In Osk", "Xinhua", "Chen Zeguo"),
            ("In Osk. (Photo by Herman Emmanuel/Xinhua)", "In Osk.", "Xinhua", "Herman Emmanuel"),
            (
                "In Osk. REUTERS/Mario Anzuoni  (UNITED STATES - Tags: ENTERTAINMENT)",
                "In Osk.",
                "REUTERS",
                "Mario Anzuoni",
            ),
            ("In Osk. REUTERS/Mario Anzuoni", "In Osk.", "REUTERS", "Mario Anzuoni"),
            ("In Osk. (AP Photo/Denis Farrell)", "In Osk.", "AP", "Denis Farrell"),
            (
                "FILE - In Osk. (Photo by John Doe/Something/AP, File)",
                "FILE - In Osk.",
                "Something/AP",
                "John Doe",
            ),
            ("In Osk. (AP Photo/Denis Farrell, File)", "In Osk. (File)", "AP", "Denis Farrell"),
            ("FILE - In Osk. (DHA via AP, File)", "FILE - In Osk.", "DHA via AP", ""),
            ("In Osk [Photo/IC]", "In Osk", "IC", ""),
            ("Above Tarn, Oct. 30, 2012. (Northwire)", "Above Tarn, Oct. 30, 2012.", "Northwire", ""),
            ("(Northwire)", "", "Northwire", ""),
            ("In Osk. (Photo: Tomas Riel)", "In Osk.", "", "Tomas Riel"),
        ] {
            let credit = Credit { agency: agency.into(), photographer: photographer.into() };
            assert_eq!(caption_and_credit(text), (caption.to_owned(), credit), "{text}");
        }
    }

    #[test]
    fn asides_are_no_credits() {
        for text in [
            "Mayor Ilse Brandt (L) of Norhaven.",
            "Brandt and Lund (R)",
            "Brandt and Lund. (R)",
            "The harbour at Osk (Norhaven)",
            "It ran at 90 (km/h)",
            "They played (AC/DC)",
            "See http://example.com/Path",
            "He paid the rest. (He never said when.)",
            "x)",
            ")",
            "]",
            "/",
            "",
        ] {
            assert_eq!(caption_and_credit(text), (text.to_owned(), Credit::default()), "{text}");
        }
    }
}
