//! What readers are shown of a text is what its sender wrote: the markup is read again by the parser that
//! the pages use, and compared.

use super::*;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The text that the markup shows, blocks on lines of their own. HTML, pictures and any address that is not
/// to be followed are failures.
fn shown(markup: &str, soft: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(markup, Options::empty()) {
        match event {
            Event::Text(t) | Event::Code(t) => out.push_str(&t),
            Event::SoftBreak => out.push_str(soft),
            Event::HardBreak => out.push('\n'),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(
                    ["http://", "https://", "mailto:"].iter().any(|s| dest_url.to_lowercase().starts_with(s)),
                    "{dest_url}"
                );
            }
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock | TagEnd::List(_),
            )
            | Event::Start(Tag::List(_)) => out.push('\n'),
            Event::Start(_) | Event::End(_) => {}
            other => panic!("{other:?} in {markup:?}"),
        }
    }
    out
}

/// White space folded; line by line.
fn folded(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect()
}

fn blocks_text(blocks: &[Block]) -> String {
    blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n")
}

fn html(html: &str) -> String {
    to_markup(&from_html(html).expect("few tags"))
}

#[test]
fn html_in_our_markup() {
    for (source, want) in [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("bare", "bare"),
        ("<p>never closed<p>Two", "never closed\n\nTwo"),
        ("<h1>A</h1><h2>B</h2><h4>C # D</h4><p>x</p>", "## A\n\n## B\n\n## C \\# D\n\nx"),
        ("<ul><li>a</li><li>b<ul><li>c</ul><li>d</ul>", "- a\n- b\n  - c\n- d"),
        ("<ol><li><p>a</p><p>b</p></li><li>c</li></ol>", "1. a\\\n   b\n2. c"),
        ("<blockquote><p>a</p><p>b</p></blockquote>c", "> a\n>\n> b\n\nc"),
        ("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n> b"),
        ("a <em>b</em> <i>c</i> <strong>d</strong><b>e</b>", "a *b* *c* **de**"),
        ("<em>a <strong>b</strong></em>", "*a* ***b***"),
        ("wo<em>rd</em>s, <em>(a)</em>b", "wo*rd*s, (a)b"),
        (
            "<a href='https://a.example/?x=1&copy=2&amp;y=(3)'>a ] b</a>!",
            "[a \\] b](https://a.example/?x=1&amp;copy=2&amp;y=%283%29)!",
        ),
        ("<a href=mailto:desk@a.example>write</a>", "[write](mailto:desk@a.example)"),
        (
            "<a href=javascript:alert(1)>a</a> <a href=/x>b</a> <a href='java\nscript:x'>c</a> <a>d</a>",
            "a b c d",
        ),
        (
            "<a href='data:text/html,x'>a</a> <a href='https:x'>b</a> <a href='JAVASCRIPT&colon;x'>c</a>",
            "a b c",
        ),
        ("wow<a href=http://a.example><b>b</b></a>", "wow[**b**](http://a.example)"),
        ("!<a href=http://a.example>b</a>", "\\![b](http://a.example)"),
        ("a<br>b<br/>\n c", "a\\\nb\\\nc"),
        ("a<br><br> b<br>&nbsp;<br>c", "a\n\nb\n\nc"),
        ("<br>a<br>", "a"),
        ("<pre>x\n  *y*\n</pre>", "```\nx\n  *y*\n```"),
        ("<pre>```\n</pre>", "````\n```\n````"),
        ("run <code>a`b</code> now", "run ``a`b`` now"),
        ("<table><tr><th>Team<th>Goals<tr><td>Osk<td><p>2</p></table>", "Team · Goals\\\nOsk · 2"),
        ("a<script>x</script>b<style>y</style><iframe>z</iframe>", "ab"),
        ("<form><p>in</p><form>in</form></form>a<svg><p>in</svg>b", "ab"),
        ("<figure><img src=x><figcaption>in</figcaption></figure>a<img src=x onerror=y>", "a"),
        ("<!-- a --><!DOCTYPE html><?x?>b", "b"),
        (
            "<p># a</p><p>- b</p><p>1. c</p><p>&gt; d</p><p>+ e</p><p>10) f</p>",
            "\\# a\n\n\\- b\n\n1\\. c\n\n\\> d\n\n\\+ e\n\n10\\) f",
        ),
        (
            "*a* _b_ `c` [d](e) &amp;lt; &lt;b&gt; a_b \\ 5 < 6 & 7",
            "\\*a\\* \\_b\\_ \\`c\\` \\[d](e) \\&lt; \\<b> a_b \\\\ 5 < 6 & 7",
        ),
        ("<p>a\u{200b}\u{202e}\u{7}b&#8203;&#x202e;c</p>", "abc"),
        ("<p>&nbsp;</p><p></p><div> </div>", ""),
        ("", ""),
    ] {
        assert_eq!(html(source), want, "{source}");
    }
}

#[test]
fn hostile_html_takes_no_time() {
    let million = 1 << 20;
    for (what, source) in [
        ("nested elements", "<div>".repeat(90_000)),
        ("nested emphasis", "<b>x<i>".repeat(30_000)),
        ("nested lists", "<ul><li>x".repeat(30_000)),
        ("nested quotes", "<blockquote>x".repeat(40_000)),
        ("comments", "<!---->".repeat(million / 7)),
        ("comments that never end", "<!--".repeat(million / 4)),
        ("ends of comments", format!("<!--{}", "-->".repeat(million / 3))),
        ("one long tag", format!("<p {}", "a=b ".repeat(million / 4))),
        ("attributes", format!("<p {}>x", "a=b ".repeat(million / 4))),
        ("script ends", format!("<script>{}", "</scrip".repeat(million / 7))),
        ("wide spaces", "<b>\u{3000}</b>\u{3000}".repeat(20_000)),
        ("ampersands", "&".repeat(million)),
        ("half references", "&notit".repeat(million / 6)),
        ("angles", "<".repeat(million)),
        ("line breaks", "<br>".repeat(90_000)),
        ("brackets", "[".repeat(million)),
        ("backticks", format!("<code>{}</code>", "` ".repeat(million / 2))),
    ] {
        let began = std::time::Instant::now();
        if let Ok(blocks) = from_html(&source) {
            to_markup(&blocks);
        }
        // Far from what it takes, and as far from what work that grows with the square would.
        assert!(began.elapsed().as_secs() < 20, "{what}: {:?}", began.elapsed());
    }
    assert!(from_html(&"<b>".repeat(100_001)).is_err());
}

#[test]
fn styles_are_read_as_they_were_meant() {
    let events = |markup: &str| {
        let tags = Parser::new_ext(markup, Options::empty()).filter_map(|event| match event {
            Event::Start(Tag::Emphasis) => Some("em"),
            Event::Start(Tag::Strong) => Some("strong"),
            Event::Start(Tag::Link { .. }) => Some("a"),
            Event::Start(Tag::Heading { .. }) => Some("h"),
            Event::Start(Tag::BlockQuote(_)) => Some("quote"),
            Event::Start(Tag::Item) => Some("li"),
            Event::Code(_) => Some("code"),
            _ => None,
        });
        tags.collect::<Vec<_>>().join(" ")
    };
    for (source, want) in [
        ("<p>a <em>b</em>c <b>d</b>, <a href=https://a.example>e <i>f</i></a></p>", "em strong a em"),
        ("<b><i>a</i></b> <code>b</code>", "em strong code"),
        ("<h3>a</h3><blockquote>b</blockquote><ul><li>c</li></ul>", "h quote li"),
        ("«<em>a</em>» “<b>b</b>”", "em strong"),
        ("** a ** *b* ~~c~~ `d` [e](https://a.example) &lt;b&gt;", ""),
    ] {
        assert_eq!(events(&html(source)), want, "{source}");
    }
}

/// What markup is made of, and what bends it.
fn bits() -> impl Strategy<Value = String> {
    let bit = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "`",
        "``",
        "```",
        "[",
        "]",
        "(",
        ")",
        "](x)",
        "<",
        ">",
        "<b>",
        "</p>",
        "<!--",
        "&",
        "&amp;",
        "&#38;",
        "#",
        "##",
        "-",
        "--",
        "---",
        "+",
        "=",
        "===",
        "~",
        "~~~",
        "|",
        "\\",
        "!",
        "![",
        ":",
        ".",
        "1",
        "1.",
        "2)",
        "12",
        "a",
        "word",
        "é",
        "日本",
        "e\u{301}",
        "\u{94d}",
        "€",
        "🙂",
        "“",
        "”",
        "\"",
        "'",
        " ",
        "  ",
        "    ",
        "\t",
        "\u{a0}",
        "\n",
        "\n\n",
        "\r\n",
        "https://a.example/b_c*d",
        "[a]: /x",
        "javascript:x",
        "\u{200d}",
    ]);
    prop::collection::vec(bit, 0..24).prop_map(|bits| bits.concat())
}

fn html_bits() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<br>",
        "<b>",
        "</b>",
        "<em>",
        "</em>",
        "<code>",
        "</code>",
        "<pre>",
        "</pre>",
        "<ul>",
        "</ul>",
        "<ol>",
        "</ol>",
        "<li>",
        "</li>",
        "<blockquote>",
        "</blockquote>",
        "<h2>",
        "</h2>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<a href=\"https://a.example/(x)\">",
        "<a href='javascript:x'>",
        "<a href='http://a b\\'>",
        "</a>",
        "<div>",
        "</div>",
        "<script>",
        "</script>",
        "<form>",
        "</form>",
        "<!--",
        "-->",
        "<svg>",
        "</svg>",
    ]);
    let text = bits().prop_map(|t| t.replace('<', "&lt;"));
    let piece = prop_oneof![3 => tag.prop_map(str::to_owned), 2 => text];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn plain_text_shows_as_it_was(text in bits()) {
        let blocks = from_plain(&text).expect("few lines");
        prop_assert_eq!(folded(&shown(&to_markup(&blocks), " ")), folded(&blocks_text(&blocks)));
    }

    #[test]
    fn comments_show_as_they_were(text in bits()) {
        let lines: Vec<&str> = text.lines().collect();
        let visible: String = text.replace("\r\n", "\n").chars().filter(|c| crate::plain_text::is_visible(*c)).collect();
        prop_assert_eq!(folded(&shown(&comment_markup(&lines), "\n")), folded(&visible));
    }

    #[test]
    fn html_shows_what_it_said(source in html_bits()) {
        let blocks = from_html(&source).expect("few tags");
        let markup = to_markup(&blocks);
        prop_assert_eq!(folded(&shown(&markup, " ")), folded(&blocks_text(&blocks)), "{}", markup);
    }
}
