//! A reader's mail address: what is one, how it is shown to those who need not know it, and what may
//! stand in a letter's head.

/// Longest address, in characters (RFC 5321, 4.5.3.1.3).
const LONGEST: usize = 254;
/// Longest part before the `@` (RFC 5321, 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// The address with its host in small letters, or `None` where it is none that letters could reach. No
/// quoted local parts and no comments: nobody has such an address, and they can hide line breaks.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim_matches(' ');
    let (local, host) = text.rsplit_once('@')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let local_fits = !local.is_empty()
        && local.len() <= LONGEST_LOCAL
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let host_fits = host.contains('.') && host.split('.').all(label);
    (local_fits && host_fits && text.chars().count() <= LONGEST)
        .then(|| format!("{local}@{}", host.to_lowercase()))
}

/// A domain as a moderator types it: `example.org`, `@example.org`, `*.example.org`; in small letters. `None` where
/// it is none, or one that a country's or a trade's people all have (`org`).
pub fn domain(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix('@').unwrap_or(text);
    let host = text.strip_prefix("*.").unwrap_or(text);
    let last = host.rsplit('.').next().unwrap_or("");
    let named = last.chars().any(char::is_alphabetic);
    (named && address(&format!("a@{host}")).is_some()).then(|| host.to_lowercase())
}

/// The domain of an address and those it belongs to, the nearest first: `a.b.example`, `b.example`.
pub fn domains(address: &str) -> impl Iterator<Item = &str> {
    let host = address.rsplit_once('@').map(|(_, host)| host);
    std::iter::successors(host, |host| host.split_once('.').map(|(_, above)| above))
        .take_while(|host| host.contains('.'))
}

/// `m***@example.org`: enough for an admin to recognise a complaint, too little to write to.
pub fn mask(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, host)) => format!("{}***@{host}", local.chars().next().unwrap_or('*')),
        None => "***".into(),
    }
}

/// One line without control characters, `most` characters at most: what may stand in a letter's head. The
/// library that writes the head encodes it; nothing relies on that alone.
pub fn head_line(text: &str, most: usize) -> String {
    let line = crate::discussion::name::clean_line(text);
    match line.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}

/// What a letter server said, without any address and in one short line: for a log that outlives the
/// letter.
pub fn without_addresses(words: &str) -> String {
    let mut out = String::new();
    for word in head_line(words, 300).split(' ') {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(if word.contains('@') { "(address)" } else { word });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_letters_can_reach() {
        assert_eq!(address(" Mette.O+x@Post.Example "), Some("Mette.O+x@post.example".into()));
        assert_eq!(address("a@мир.example"), Some("a@мир.example".into()));
        for wrong in [
            "",
            "mette",
            "@post.example",
            "a@host",
            "a@.example",
            "a@post..example",
            "a b@post.example",
            "a@post.example\r\nBcc: all@post.example",
            "a\nb@post.example",
            "a@post.example, b@post.example",
            "<a@post.example>",
            "\"a\r\n\"@post.example",
            ".a@post.example",
            "a@-post.example",
            "a\u{0}@post.example",
        ] {
            assert_eq!(address(wrong), None, "{wrong:?}");
        }
        assert_eq!(address(&format!("{}@post.example", "a".repeat(65))), None);
    }

    #[test]
    fn a_domain_and_all_below_it() {
        for typed in ["Post.Example", "@post.example", "*.post.example", " post.example "] {
            assert_eq!(domain(typed).as_deref(), Some("post.example"), "{typed}");
        }
        for not in [
            "",
            "org",
            "1.2.3.*",
            "203.0.113.7",
            "2001:db8::*",
            "a b.example",
            "post..example",
            "a@b.example",
        ] {
            assert_eq!(domain(not), None, "{not}");
        }
        let all: Vec<_> = domains("x@a.post.example").collect();
        assert_eq!(all, ["a.post.example", "post.example"]);
        assert_eq!(domains("nobody").count(), 0);
    }

    #[test]
    fn masks_and_words_name_nobody() {
        assert_eq!(mask("mette@post.example"), "m***@post.example");
        assert_eq!(mask("nobody"), "***");
        assert_eq!(
            without_addresses("550 5.1.1 <mette@post.example>:\r\n no such user"),
            "550 5.1.1 (address) no such user"
        );
        assert_eq!(head_line("Ferry\r\nBcc: x@y.example", 60), "Ferry Bcc: x@y.example");
        assert_eq!(head_line("abcdef", 3), "abc…");
    }
}
