//! What pages need besides themselves: the reader's script, the icon, and the names under which they are
//! cached for ever.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// The reader's script. Everything works without it.
pub const READER_JS: &str = include_str!("../assets/reader.js");

/// What a page of another site needs to show its discussion: read, post, answer, change, mark, count.
pub fn embed_js() -> &'static str {
    static SQUEEZED: LazyLock<String> = LazyLock::new(|| squeeze_js(include_str!("../assets/embed.js")));
    &SQUEEZED
}

/// Does the work that a browser is asked for on suspicion; a module, taken in only then.
pub const WORK_JS: &str = include_str!("../assets/work.js");

/// `/assets/work-{hash8}.js`
pub fn work_js_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| hashed_path("work", "js", WORK_JS));
    &PATH
}

/// The embed's words in a language other than English, one a line.
pub fn embed_words(language: &str) -> Option<&'static str> {
    Some(match language {
        "de" => include_str!("../assets/embed-words/de.txt"),
        "fr" => include_str!("../assets/embed-words/fr.txt"),
        "es" => include_str!("../assets/embed-words/es.txt"),
        "ru" => include_str!("../assets/embed-words/ru.txt"),
        "zh" => include_str!("../assets/embed-words/zh.txt"),
        "ar" => include_str!("../assets/embed-words/ar.txt"),
        _ => return None,
    })
}

/// The icon of the paper in the reader's tabs.
pub const FAVICON_SVG: &str = include_str!("../assets/favicon.svg");

/// Path of the script, `/assets/reader-{hash8}.js`: it changes whenever the script does.
pub fn reader_js_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| hashed_path("reader", "js", READER_JS));
    &PATH
}

/// `/assets/NAME-{hash8}.EXT` of a file's content.
pub fn hashed_path(name: &str, extension: &str, content: &str) -> String {
    let digest = Sha256::digest(content.as_bytes());
    let hash: String = digest.iter().take(4).map(|b| format!("{b:02x}")).collect();
    format!("/assets/{name}-{hash}.{extension}")
}

/// `'sha256-…'` with its quotes, as a content security policy names an inline block.
pub fn csp_hash(content: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(content.as_bytes())))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let group = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            if i <= chunk.len() {
                out.push(char::from(LETTERS[(group >> (18 - 6 * i) & 63) as usize]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

/// A script without its indentation, its lines of comment, and the spaces around its signs. For scripts of ours
/// alone: no text in them may go over a line's end, and no pattern (`/…/`) may hold a quotation mark.
fn squeeze_js(source: &str) -> String {
    let lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(tighten).collect::<Vec<_>>().join("\n")
}

/// One line without the spaces that stand beside a sign and outside all texts.
fn tighten(line: &str) -> String {
    const SIGNS: &str = "=+-*<>!&|?:,;(){}[]";
    let mut out = String::with_capacity(line.len());
    let mut quote = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match quote {
            Some(_) if c == '\\' => {
                out.push(c);
                out.extend(chars.next());
                continue;
            }
            Some(open) if c == open => quote = None,
            None if matches!(c, '\'' | '"' | '`') => quote = Some(c),
            None if c == ' ' => {
                let (before, after) =
                    (out.chars().next_back().unwrap_or(' '), chars.peek().copied().unwrap_or(' '));
                // `a - -b` is not `a--b`.
                let joined = "+-".contains(before) && before == after;
                if !joined && (SIGNS.contains(before) || SIGNS.contains(after)) {
                    continue;
                }
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

/// A style sheet without comments and needless white space.
pub(crate) fn squeeze_css(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let mut gap = false;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            gap = true;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if matches!(c, '{' | '}' | ';') {
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
        } else if gap && !out.is_empty() && !out.ends_with(['{', '}', ';', ':', ',']) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squeezed() {
        assert_eq!(
            squeeze_css("/* a */ p > a:hover {\n color: red;\n margin: 0 1px;\n}\n\n b {}"),
            "p > a:hover{color:red;margin:0 1px}b{}"
        );
        assert_eq!(squeeze_css("@media (a: b) and (c) { x {} } /* open"), "@media (a:b) and (c){x{}}");
    }

    #[test]
    fn a_script_keeps_its_words() {
        assert_eq!(
            squeeze_js("// Says so.\n(() => {\n  a('// no'); // why\n\n})();\n"),
            "(()=>{\na('// no');// why\n})();"
        );
        for (whole, tight) in [
            ("const a = b ? [1, 2] : { c: '= d' };", "const a=b?[1,2]:{c:'= d'};"),
            ("return a - -b + `x = ${y + z}`;", "return a- -b+`x = ${y + z}`;"),
            (r"say('it\'s = so', of);", r"say('it\'s = so',of);"),
        ] {
            assert_eq!(tighten(whole), tight);
        }
        // Every text of it ends on its own line.
        assert!(embed_js().lines().all(|line| line.matches('`').count() % 2 == 0));
    }

    /// Even in the form that is made at once; a page of another site must not wait for it.
    #[test]
    fn the_embed_is_small() {
        let mut compressor = libdeflater::Compressor::new(libdeflater::CompressionLvl::new(1).unwrap());
        let mut out = vec![0; compressor.gzip_compress_bound(embed_js().len())];
        let bytes = compressor.gzip_compress(embed_js().as_bytes(), &mut out).unwrap();
        assert!(bytes <= 10_000, "{bytes} bytes");
    }

    /// What the script asks for is there, and says as much as its English does.
    #[test]
    fn the_embed_speaks_every_language_it_names() {
        let line = |start: &str| {
            let found = embed_js().lines().find_map(|line| line.strip_prefix(start));
            found.expect("the script has that line")
        };
        let english = line("const english=").split('|').count();
        let others: Vec<&str> = line("const others=").split('\'').skip(1).step_by(2).collect();
        assert_eq!(others, ["de", "fr", "es", "ru", "zh", "ar"]);
        for language in others {
            let words = embed_words(language).expect("its words");
            assert_eq!(words.lines().count(), english, "{language}");
            assert!(words.lines().all(|word| !word.trim().is_empty()), "{language}");
        }
        assert_eq!(embed_words("en"), None);
    }

    #[test]
    fn hashed_as_browsers_do() {
        assert_eq!(csp_hash(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
        assert_eq!(
            (base64(b"f"), base64(b"fo"), base64(b"foo")),
            ("Zg==".into(), "Zm8=".into(), "Zm9v".into())
        );
        assert!(reader_js_path().starts_with("/assets/reader-") && reader_js_path().ends_with(".js"));
    }
}
