//! Blocks written in our small markup. What the text contains shows as it is: characters that would read as
//! markup are escaped with a backslash.

use super::{Block, Kind, Run};

/// Deepest list that is shown as one.
const DEEPEST_ITEM: usize = 4;

pub(crate) fn to_markup(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut before: Option<&Kind> = None;
    // Columns where the content of the open items begins.
    let mut columns: Vec<usize> = Vec::new();
    for block in blocks {
        let text = match &block.kind {
            Kind::Code => fenced(&block.text()),
            Kind::Subhead => inline(&block.runs, true),
            _ => inline(&block.runs, false),
        };
        if text.trim().is_empty() {
            continue;
        }
        out.push_str(match (before, &block.kind) {
            (None, _) => "",
            (Some(Kind::Item { .. }), Kind::Item { .. }) => "\n",
            (Some(Kind::Quote(a)), Kind::Quote(b)) if a == b => "\n>\n",
            _ => "\n\n",
        });
        if !matches!((before, &block.kind), (Some(Kind::Item { .. }), Kind::Item { .. })) {
            columns.clear();
        }
        match &block.kind {
            Kind::Paragraph | Kind::Code => out.push_str(&text),
            Kind::Subhead => {
                out.push_str("## ");
                out.push_str(&text);
            }
            Kind::Quote(_) => {
                out.push_str("> ");
                out.push_str(&text.replace('\n', "\n> "));
            }
            Kind::Item { depth, number } => {
                columns.truncate((*depth).min(DEEPEST_ITEM));
                let column = columns.last().copied().unwrap_or(0);
                let marker = number.map_or_else(|| "- ".to_owned(), |n| format!("{n}. "));
                out.push_str(&" ".repeat(column));
                out.push_str(&marker);
                columns.push(column + marker.len());
                let indent = format!("\n{}", " ".repeat(column + marker.len()));
                out.push_str(&text.replace('\n', &indent));
            }
        }
        before = Some(&block.kind);
    }
    out
}

/// A fence longer than any in the text.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{text}\n{fence}")
}

fn inline(runs: &[Run], subhead: bool) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < runs.len() {
        let link = &runs[at].style.link;
        let group = runs[at..].iter().take_while(|r| r.style.link == *link).count();
        let after = runs.get(at + group).and_then(|r| r.text.chars().next());
        let group = &runs[at..at + group];
        at += group.len();
        match link {
            None => styled(group, after, subhead, false, &mut out),
            Some(href) => {
                let text: String = group.iter().map(|r| r.text.as_str()).collect();
                let (lead, rest) = text.split_at(text.len() - text.trim_start().len());
                space(lead, &mut out);
                if !rest.is_empty() {
                    // A bang before the bracket would make a picture of the link.
                    if out.ends_with('!') {
                        out.insert(out.len() - 1, '\\');
                    }
                    out.push('[');
                    let mut words = String::new();
                    styled(group, Some(']'), subhead, true, &mut words);
                    // A break at the end of the words goes after the link.
                    out.push_str(words.strip_suffix("\\\n").unwrap_or(&words).trim());
                    out.push_str("](");
                    target(href, &mut out);
                    out.push(')');
                    space(&rest[rest.trim_end().len()..], &mut out);
                }
            }
        }
    }
    out
}

/// White space between runs: a line break stays one, all else is a space.
fn space(text: &str, out: &mut String) {
    if text.contains('\n') {
        while out.ends_with(' ') {
            out.pop();
        }
        if !out.is_empty() && !out.ends_with('\n') {
            out.push_str("\\\n");
        }
    } else if !text.is_empty() && !out.is_empty() && !out.ends_with(['\n', ' ']) {
        out.push(' ');
    }
}

/// Runs with emphasis and code. `after` is what follows the last of them.
fn styled(runs: &[Run], after: Option<char>, subhead: bool, in_link: bool, out: &mut String) {
    for (i, run) in runs.iter().enumerate() {
        let text = run.text.as_str();
        let core = text.trim();
        if core.is_empty() {
            space(text, out);
            continue;
        }
        let lead = &text[..text.len() - text.trim_start().len()];
        let trail = &text[text.trim_end().len()..];
        space(lead, out);
        let mut written = String::new();
        // Two spans without a gap would be read as one.
        if run.style.code && !out.ends_with('`') {
            code(core, &mut written);
        } else {
            let at_line_start = (out.is_empty() && !in_link) || out.ends_with('\n');
            escape(core, at_line_start, subhead, in_link, &mut written);
        }
        let next = if trail.is_empty() {
            runs.get(i + 1).map_or(after, |r| r.text.chars().next())
        } else {
            Some(' ')
        };
        let marker = match (run.style.em, run.style.strong) {
            (false, false) => "",
            (true, false) => "*",
            (false, true) => "**",
            (true, true) => "***",
        };
        // Where delimiters would not be read as such, the text goes without them.
        let is_start = out.is_empty() && !in_link;
        let before = if is_start { None } else { out.chars().next_back().or(Some('[')) };
        let marker = if marker.is_empty() || flanks(before, &written, next) { marker } else { "" };
        out.push_str(marker);
        out.push_str(&written);
        out.push_str(marker);
        space(trail, out);
    }
}

/// CommonMark's left- and right-flanking rules, on the safe side: what is neither a letter nor a digit may
/// be punctuation, and only what is known as white space or punctuation bounds a word.
fn flanks(before: Option<char>, written: &str, after: Option<char>) -> bool {
    let word = |c: char| c.is_alphanumeric();
    let bound = |c: char| {
        c.is_whitespace()
            || c.is_ascii_punctuation()
            || matches!(c, '«' | '»' | '‘' | '’' | '“' | '”' | '„' | '–' | '—' | '…')
    };
    let (Some(first), Some(last)) = (written.chars().next(), written.chars().next_back()) else {
        return false;
    };
    before != Some('*')
        && after != Some('*')
        && (word(first) || before.is_none_or(bound))
        && (word(last) || after.is_none_or(bound))
}

/// A span of code for each line, since a line break in one would be a space.
fn code(text: &str, out: &mut String) {
    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            out.push_str("\\\n");
        }
        let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let pad = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
        for part in [&fence, pad, line, pad, &fence] {
            out.push_str(part);
        }
    }
}

fn target(href: &str, out: &mut String) {
    for c in href.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '\\' | '"' | '`' | '[' | ']' | '*' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            '&' => out.push_str("&amp;"),
            c if c.is_whitespace() => out.push_str("%20"),
            c => out.push(c),
        }
    }
}

/// One line of plain text, so that it shows exactly.
pub(crate) fn escape_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    escape(line, true, false, false, &mut out);
    out
}

fn escape(text: &str, mut at_line_start: bool, subhead: bool, in_link: bool, out: &mut String) {
    let bytes = text.as_bytes();
    let mut before: Option<char> = None;
    // Digits from the line's start on, of which a `.` would make a list.
    let mut digits = false;
    for (at, c) in text.char_indices() {
        if c == '\n' {
            while out.ends_with(' ') {
                out.pop();
            }
            out.push_str("\\\n");
            (at_line_start, before) = (true, None);
            continue;
        }
        if at_line_start && c.is_whitespace() {
            continue;
        }
        let next = text[at + c.len_utf8()..].chars().next();
        digits = c.is_ascii_digit() && (at_line_start || digits) || digits && matches!(c, '.' | ')');
        let escaped = match c {
            '\\' | '*' | '`' | '[' | '~' => true,
            ']' => in_link,
            '#' => at_line_start || subhead,
            '>' | '-' | '+' | '=' | ':' => at_line_start,
            '.' | ')' => digits,
            '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
            '<' => next.is_none_or(|n| n.is_ascii_alphabetic() || matches!(n, '/' | '!' | '?')),
            '&' => next.is_none() || is_reference(&bytes[at + 1..]),
            '|' => at_line_start,
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        if matches!(c, '.' | ')') {
            digits = false;
        }
        out.push(c);
        at_line_start = false;
        before = Some(c);
    }
}

/// Whether `amp;` or `#38;` follows an ampersand.
fn is_reference(after: &[u8]) -> bool {
    let name = after.iter().take(40).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    name > 0 && after.get(name) == Some(&b';')
}
