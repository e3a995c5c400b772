//! What the markup becomes, and that nothing else can.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use scraper::{Html, Node};

use super::*;

/// Panics where HTML holds an element, attribute or address that the renderer promises never to write.
fn assert_harmless(html: &str, comment: bool) {
    // What a lenient parser would drop must not be there either.
    for (at, _) in html.match_indices('<') {
        let name = html[at + 1..].trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
        assert!(!["", "html", "body"].contains(&name.unwrap_or("")), "{html}");
    }
    let tree = Html::parse_fragment(html);
    for node in tree.tree.nodes() {
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                let mut allowed = vec![
                    "html",
                    "body",
                    "p",
                    "br",
                    "em",
                    "strong",
                    "blockquote",
                    "ul",
                    "ol",
                    "li",
                    "pre",
                    "code",
                    "a",
                ];
                if !comment {
                    allowed.extend(["h2", "h3"]);
                }
                assert!(allowed.contains(&name), "<{name}> in {html}");
                for (key, value) in element.attrs() {
                    match (name, key) {
                        ("a", "href") => {
                            let lower = value.to_ascii_lowercase();
                            let safe =
                                ["http://", "https://", "mailto:"].iter().any(|s| lower.starts_with(s));
                            assert!(safe, "href {value:?} in {html}");
                        }
                        ("a", "rel") => {
                            assert_eq!(value, if comment { "nofollow ugc noopener" } else { "noopener" })
                        }
                        ("ol", "start") => assert!(value.bytes().all(|b| b.is_ascii_digit())),
                        _ => panic!("attribute {key} on <{name}> in {html}"),
                    }
                }
            }
            Node::Comment(_) | Node::Doctype(_) | Node::ProcessingInstruction(_) => panic!("node in {html}"),
            Node::Document | Node::Fragment | Node::Text(_) => {}
        }
    }
}

/// Text that is rich in what could do harm.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("<script>alert(1)</script>".to_owned()),
        Just("<img src=x onerror=alert(1)>".to_owned()),
        Just("[x](javascript:alert(1))".to_owned()),
        Just("[x](JaVaScRiPt&colon;alert(1))".to_owned()),
        Just("<javascript:alert(1)>".to_owned()),
        Just("[x](data:text/html,<script>)".to_owned()),
        Just("[![a](http://x/\"onerror=1)](https://e.example/?\"onmouseover=alert(1))".to_owned()),
        Just("[a]: javascript:alert(1) \"t\"\n".to_owned()),
        Just("http://a.example/\"onmouseover='x'<b>".to_owned()),
        Just("<a@b.example>".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("    ".to_owned()),
        Just("```".to_owned()),
        Just("<!-- ".to_owned()),
        Just("<![CDATA[".to_owned()),
        Just("\0".to_owned()),
        "[-*_`>#\\[\\]()!<&;:\"'\\\\ 1.a\n]{0,12}",
        any::<String>(),
    ];
    prop::collection::vec(pieces, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn nothing_but_the_promised_elements_comes_out(text in hostile()) {
        assert_harmless(&comment_html(&text), true);
        assert_harmless(&body_html(&text), false);
        let _ = summary(&text, 40);
    }

    #[test]
    fn tags_pair(text in hostile()) {
        for html in [comment_html(&text), body_html(&text)] {
            for tag in ["p", "em", "strong", "blockquote", "ul", "li", "pre", "a", "h2"] {
                let opened = html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
                prop_assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{}: {}", tag, html);
            }
        }
    }

    #[test]
    fn letters_and_digits_all_stay(text in "[a-z0-9 \n*_>\\-#]{0,80}") {
        let letters = |t: &str| t.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        prop_assert_eq!(letters(&plain(&text)), letters(&text));
    }
}

#[test]
fn a_comment() {
    for (text, html) in [
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>\n"),
        ("*a* **b** `c<d`", "<p><em>a</em> <strong>b</strong> <code>c&lt;d</code></p>\n"),
        ("> said\n\nno", "<blockquote>\n<p>said</p>\n</blockquote>\n<p>no</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("1986. A year", "<ol start=\"1986\">\n<li>A year</li>\n</ol>\n"),
        ("# Loud", "<p>Loud</p>\n"),
        ("<b>x</b> &amp; <i>", "<p>&lt;b&gt;x&lt;/b&gt; &amp; &lt;i&gt;</p>\n"),
        ("<div>\nx\n</div>", "<p>&lt;div&gt;<br>\nx<br>\n&lt;/div&gt;</p>\n"),
        ("![a cat](http://x.example/c.png)", "<p>a cat</p>\n"),
        ("[x](javascript:alert(1)) [y](/local)", "<p>x y</p>\n"),
        ("    far in", "<p>far in</p>\n"),
        (
            "[note]: http://a.example",
            "<p>[note]: <a href=\"http://a.example\" rel=\"nofollow ugc noopener\">http://a.example</a></p>\n",
        ),
        (
            "www.a.example",
            "<p><a href=\"http://www.a.example\" rel=\"nofollow ugc noopener\">www.a.example</a></p>\n",
        ),
        (
            "[www.a.example](https://b.example)",
            "<p><a href=\"https://b.example\" rel=\"nofollow ugc noopener\">www.a.example</a></p>\n",
        ),
        (
            "https://a.example/b_c_d?x=1&y=2.",
            "<p><a href=\"https://a.example/b_c_d?x=1&amp;y=2\" rel=\"nofollow ugc noopener\">https://a.example/b_c_d?x=1&amp;y=2</a>.</p>\n",
        ),
        ("", ""),
    ] {
        assert_eq!(comment_html(text), html, "{text}");
        assert_harmless(html, true);
    }
}

#[test]
fn a_body_with_its_dateline() {
    let dateline = Dateline {
        place: "OSK".into(),
        date: "March 5".into(),
        agency: "Northwire & <Co>".into(),
        ..Dateline::default()
    };
    let lead = "<span class=\"dateline\">OSK, March 5 (Northwire &amp; &lt;Co&gt;) --</span>";
    let with = |text| body_html_with_dateline(text, Some(&dateline));
    assert_eq!(with("One\nline.\n\nTwo."), format!("<p>{lead} One\nline.</p>\n<p>Two.</p>\n"));
    assert_eq!(with("> q\n\nTwo."), format!("<blockquote>\n<p>q</p>\n</blockquote>\n<p>{lead} Two.</p>\n"));
    assert_eq!(with("- a"), format!("<p>{lead}</p>\n<ul>\n<li>a</li>\n</ul>\n"));
    assert_eq!(body_html_with_dateline("One.", Some(&Dateline::default())), "<p>One.</p>\n");
    assert_eq!(body_html("### Sub\n\nText\n\n### B"), "<h2>Sub</h2>\n<p>Text</p>\n<h3>B</h3>\n");
}

#[test]
fn depth_is_bounded() {
    for deep in [
        ">".repeat(10_000) + " x",
        "> ".repeat(10_000) + "x",
        "- ".repeat(10_000) + "x",
        "*a **b ".repeat(5_000) + &"b** a*".repeat(5_000),
        "[".repeat(10_000) + &"](http://x)".repeat(2_000),
        "1. ".repeat(10_000),
    ] {
        let html = comment_html(&deep);
        assert!(html.matches("<blockquote>").count() <= DEEPEST);
        assert!(html.matches("<ul>").count() <= DEEPEST && html.matches("<ol>").count() <= DEEPEST);
        assert!(html.len() < deep.len() * 12 + 1_000, "{} bytes of {}", html.len(), deep.len());
        assert_harmless(&html, true);
    }
}

#[test]
fn work_grows_with_the_text_and_not_faster() {
    for piece in
        ["> > * [a](", "<a ", "`` ` ", "*_", "](x", "www.", "http://a.", "&#", "<!--", "\\", "[a]: b\n"]
    {
        let took = |n: usize| {
            let text = piece.repeat(n);
            let start = Instant::now();
            let _ = comment_html(&text);
            start.elapsed()
        };
        took(1_000);
        let long = took(40_000);
        assert!(long < Duration::from_secs(4), "{piece:?} repeated 40,000 times took {long:?}");
    }
}

#[test]
fn summaries_are_cut_at_words() {
    assert_eq!(plain("# A\n\nb *c*\n- d\n\n<b>"), "A b c d <b>");
    assert_eq!(summary("One two three four", 12), "One two…");
    assert_eq!(summary("One two", 7), "One two");
    assert_eq!(summary("夜车开往北方的港口城市", 5), "夜车开往…");
    assert_eq!(summary("", 5), "");
    let long = "Words of a paragraph.\n\n".repeat(5_000);
    assert_eq!(summary(&long, 200), summary(&long[..4_000], 200));
    assert_eq!(summary(&long, 200).chars().count(), 197);
}
