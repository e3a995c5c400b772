//! Text folded into words that say what they mean: one case, look-alike letters, digits read as letters,
//! stretched and spaced-out words; and which words are quoted rather than said.

use compact_str::CompactString;
use newsroom::discussion::disguise::undressed;
use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_security::confusable_detection::skeleton;

use crate::model::features::unspaced;

/// One word of the text.
pub struct Word {
    /// Folded to one case and, where it then is plain ASCII, to ordinary letters.
    pub text: CompactString,
    /// With digits and signs read as letters, where it mixes them: `1d10t` is `idiot`.
    pub leet: Option<CompactString>,
    /// `text` and `leet` with every run of one letter as one letter: under these a list is searched.
    pub keys: (CompactString, Option<CompactString>),
    /// Holds a letter three times or more in a row.
    pub stretched: bool,
    /// Holds a character of a script that is written without spaces.
    pub unspaced: bool,
    /// Where it stands in the text as written, in bytes.
    pub span: Range<usize>,
    /// Inside quotation marks or a quoted line, or reported as what somebody called somebody.
    pub quoted: bool,
}

/// How far a reported word may stand after `called me`.
const REPORTED: usize = 6;

/// The words of a text in order.
pub fn words(text: &str) -> Vec<Word> {
    let quotes = quotations(text);
    let mut quote = quotes.iter().peekable();
    let mut found: Vec<Word> = Vec::with_capacity(text.len() / 5 + 1);
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        let inside = c.is_alphanumeric()
            || (!c.is_ascii() && (is_combining_mark(c) || invisible(c)))
            || (start.is_some()
                && matches!(c, '\'' | '’' | '@' | '$' | '!')
                && next.is_some_and(|n| n.is_alphanumeric() || (c == '$' && n == '$')));
        if inside && start.is_none() {
            start = Some(at);
        }
        let end = if inside { at + c.len_utf8() } else { at };
        if let Some(from) = start
            && (!inside || next.is_none())
        {
            while quote.peek().is_some_and(|q| q.end <= from) {
                quote.next();
            }
            let quoted = quote.peek().is_some_and(|q| q.start <= from);
            if let Some(word) = fold(&text[from..end], from..end, quoted) {
                found.push(word);
            }
            start = None;
        }
    }
    let mut found = join_spelled_out(found);
    mark_reported(&mut found);
    found
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

fn fold(raw: &str, span: Range<usize>, quoted: bool) -> Option<Word> {
    let text: CompactString = if !raw.is_ascii() {
        fold_beyond_ascii(raw).into()
    } else if raw.contains('\'') {
        raw.bytes().filter(|&b| b != b'\'').map(|b| b.to_ascii_lowercase() as char).collect()
    } else {
        let mut text = CompactString::from(raw);
        text.make_ascii_lowercase();
        text
    };
    (!text.is_empty()).then(|| word(text, span, quoted))
}

fn word(text: CompactString, span: Range<usize>, quoted: bool) -> Word {
    let leet = read_digits(&text);
    let (doubled, stretched) = runs(&text);
    let squeezed = |text: &CompactString| if doubled { squeeze(text) } else { text.clone() };
    // Two digits that are not the same may be read as the same letter.
    let keys = (squeezed(&text), leet.as_deref().map(squeeze));
    let unspaced = !text.is_ascii() && text.contains(|c| unspaced(u32::from(c)));
    Word { text, leet, keys, stretched, unspaced, span, quoted }
}

/// Look-alikes are folded only where the whole word then is ASCII: a Russian word stays Russian.
fn fold_beyond_ascii(raw: &str) -> String {
    let mut plain = String::with_capacity(raw.len());
    let mut letters = String::with_capacity(raw.len());
    let mut buffer = [0; 4];
    for c in raw
        .chars()
        .map(undressed)
        .nfkd()
        .filter(|&c| !is_combining_mark(c) && !invisible(c) && c != '\'' && c != '’')
    {
        let lower = c.to_lowercase().next().unwrap_or(c);
        plain.push(lower);
        if c.is_ascii() {
            letters.push(lower);
        } else {
            let mut like = skeleton(lower.encode_utf8(&mut buffer));
            match (like.next(), like.next()) {
                (Some(one), None) if one.is_ascii_alphanumeric() => letters.push(one.to_ascii_lowercase()),
                _ => letters.push(lower),
            }
        }
    }
    if letters.is_ascii() { letters } else { plain }
}

fn read_digits(word: &str) -> Option<CompactString> {
    let mixed =
        word.bytes().any(|b| matches!(b, b'0' | b'1' | b'3' | b'4' | b'5' | b'7' | b'@' | b'$' | b'!'))
            && word.bytes().any(|b| b.is_ascii_alphabetic());
    mixed.then(|| {
        word.chars()
            .map(|c| match c {
                '0' => 'o',
                '1' | '!' => 'i',
                '3' => 'e',
                '4' | '@' => 'a',
                '5' | '$' => 's',
                '7' => 't',
                c => c,
            })
            .collect()
    })
}

/// Whether a letter stands twice in a row, and whether one stands three times.
fn runs(word: &str) -> (bool, bool) {
    let (mut last, mut run, mut longest) = ('\0', 0, 0);
    for c in word.chars() {
        run = if c == last { run + 1 } else { 1 };
        last = c;
        longest = longest.max(run);
    }
    (longest >= 2, longest >= 3)
}

/// Every run of one letter as one letter: `idiooot` and `idiot` alike become `idiot`, `kill` becomes `kil`.
pub fn squeeze(word: &str) -> CompactString {
    let mut out = CompactString::with_capacity(word.len());
    let mut last = None;
    for c in word.chars() {
        if last != Some(c) {
            out.push(c);
        }
        last = Some(c);
    }
    out
}

/// `i d i o t` and `i.d.i.o.t` are one word: four single letters or more in a row.
fn join_spelled_out(words: Vec<Word>) -> Vec<Word> {
    let single = |w: &Word| w.text.len() <= 4 && w.text.chars().count() == 1;
    if words.windows(4).all(|four| !four.iter().all(single)) {
        return words;
    }
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut run: Vec<Word> = Vec::new();
    for word in words {
        if single(&word) {
            run.push(word);
        } else {
            end_run(&mut run, &mut out);
            out.push(word);
        }
    }
    end_run(&mut run, &mut out);
    out
}

fn end_run(run: &mut Vec<Word>, out: &mut Vec<Word>) {
    if run.len() < 4 {
        out.append(run);
        return;
    }
    if let (Some(first), Some(last)) = (run.first(), run.last()) {
        let text: CompactString = run.iter().map(|w| w.text.as_str()).collect();
        out.push(word(text, first.span.start..last.span.end, first.quoted));
    }
    run.clear();
}

/// Pairs of quotation marks, and lines that begin with `>`, in bytes and in order. A mark that is never
/// closed quotes nothing.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut line_start = true;
    let mut quoted_line = None;
    for (at, c) in text.char_indices() {
        if line_start && c == '>' {
            quoted_line = Some(at);
        }
        if c == '\n' {
            if let Some(from) = quoted_line.take() {
                found.push(from..at);
            }
            open = None;
        }
        line_start = c == '\n' || (line_start && c == ' ');
        if quoted_line.is_some() {
            continue;
        }
        match (open, c) {
            (Some((from, closing)), c) if c == closing => {
                found.push(from..at);
                open = None;
            }
            (None, '"') => open = Some((at, '"')),
            (None, '“') => open = Some((at, '”')),
            (None, '„') => open = Some((at, '“')),
            (None, '«') => open = Some((at, '»')),
            (None, '‘') => open = Some((at, '’')),
            _ => {}
        }
    }
    if let Some(from) = quoted_line {
        found.push(from..text.len());
    }
    found
}

/// `they called me a …`, `stop calling people …`: what follows is reported, not said.
fn mark_reported(words: &mut [Word]) {
    for at in 0..words.len() {
        // Nearly every word is none of these, and is told by its first letter.
        if !matches!(words[at].text.as_bytes().first(), Some(b'c' | b'l' | b's' | b'y' | b't' | b'w')) {
            continue;
        }
        let reports = match words[at].text.as_str() {
            "calling" | "labelled" | "labeled" | "saying" | "claiming" | "shouting" | "yelling" => true,
            "called" | "calls" | "call" | "told" | "tells" => words.get(at + 1).is_some_and(|w| {
                matches!(w.text.as_str(), "me" | "us" | "him" | "her" | "them" | "people" | "my" | "each")
            }),
            "said" | "says" | "shouted" | "wrote" => at > 0 && words[at - 1].text != "i",
            "say" | "claim" | "think" | "write" => {
                at > 0
                    && matches!(
                        words[at - 1].text.as_str(),
                        "who"
                            | "they"
                            | "some"
                            | "cannot"
                            | "cant"
                            | "dont"
                            | "never"
                            | "nobody"
                            | "anybody"
                            | "anyone"
                    )
            }
            _ => false,
        };
        if reports {
            for word in words.iter_mut().skip(at + 1).take(REPORTED) {
                // `you` ends a report: it is said to somebody here.
                if matches!(word.text.as_str(), "you" | "youre" | "your") {
                    break;
                }
                word.quoted = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|w| w.leet.unwrap_or(w.text).into()).collect()
    }

    #[test]
    fn disguises_come_off() {
        for disguised in [
            "IDIOT",
            "1d10t",
            "і\u{200b}diоt",
            "ｉｄｉｏｔ",
            "i d i o t",
            "i.d.i.o.t",
            "ïdïöt",
            "𝐢𝐝𝐢𝐨𝐭",
            "ɪᴅɪᴏᴛ",
            "🅘🅓🅘🅞🅣",
            "ⁱᵈⁱᵒᵗ",
        ] {
            assert_eq!(texts(disguised), ["idiot"], "{disguised}");
        }
        assert_eq!(squeeze("idiooot"), "idiot");
        assert_eq!(texts("don't, you’re"), ["dont", "youre"]);
    }

    #[test]
    fn other_scripts_stay_themselves() {
        assert_eq!(texts("Поезд пришёл"), ["поезд", "пришел"]);
        assert_eq!(texts("夜车"), ["夜车"]);
    }

    #[test]
    fn what_is_quoted() {
        let quoted = |t| words(t).iter().filter(|w| w.quoted).map(|w| w.text.clone()).collect::<Vec<_>>();
        assert_eq!(quoted("he said \"go home\" twice"), ["go", "home", "twice"]);
        assert_eq!(quoted("> old line\nnew"), ["old", "line"]);
        assert!(quoted("a \" never closed").is_empty());
    }
}
