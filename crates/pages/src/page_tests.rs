//! What outside checks lean on, and what must never be on a page.

use newsroom::{
    Millis,
    clock::DAY,
    discussion::{Openness, Reason, Refusal, State},
    ednote::EdNote,
    paper::NetworkDisplay,
    section::Topic,
};
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use crate::{Form, StoryPage, Theme, sample, sample::data};

fn rendered() -> Vec<(&'static str, String)> {
    let theme = Theme::builtin();
    // The desk's own tests look at its pages, which may show more.
    let readers = sample::all().filter(|s| !s.file.starts_with("desk"));
    readers.map(|s| (s.file, (s.render)(&theme).expect("renders"))).collect()
}

fn pages() -> Vec<(&'static str, String)> {
    rendered().into_iter().filter(|(file, _)| file.ends_with(".html")).collect()
}

fn select<'a>(tree: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("selector");
    tree.select(&selector).collect()
}

fn text(element: &ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn texts(tree: &Html, selector: &str) -> Vec<String> {
    select(tree, selector).iter().map(text).collect()
}

fn story_with(change: impl FnOnce(&mut newsroom::story::Story, &mut newsroom::discussion::Page)) -> String {
    let (mut story, mut page) = (data::story(), data::page());
    change(&mut story, &mut page);
    sample::story(&Theme::builtin(), &story, Some(&page), Form::default()).expect("renders")
}

#[test]
fn the_story_is_where_outside_checks_look_for_it() {
    let html = story_with(|_, _| {});
    let tree = Html::parse_document(&html);
    assert_eq!(texts(&tree, "main > article h1"), ["Two ports agree on joint night ferry"]);
    let time = &select(&tree, "article .when time")[0];
    assert_eq!(time.attr("datetime"), Some("2013-03-06T09:12:00+01:00"));
    assert_eq!(text(time), "09:12, 6 March 2013");
    assert_eq!(texts(&tree, ".when span"), ["Changed 12:12, 6 March 2013"]);
    let caption = &texts(&tree, "article figure figcaption")[0];
    assert!(caption.starts_with("The quay at Osk"), "{caption}");
    assert_eq!(texts(&tree, "figcaption .credit")[0], "(Northwire/Tomas Riel)");
    assert_eq!(texts(&tree, ".dateline"), ["OSK, March 5 (Northwire) --"]);
    let first = &texts(&tree, ".body p")[0];
    assert!(first.starts_with("OSK, March 5 (Northwire) -- The ports of Osk"), "{first}");
    assert_eq!(texts(&tree, ".byline a"), ["Ilse Brandt", "Per Lund"]);
    assert!(texts(&tree, ".notice.correction")[0].contains("It is 38."));
    let image = &select(&tree, "article figure img")[0];
    assert_eq!(image.attr("fetchpriority"), Some("high"));
    assert_eq!((image.attr("width"), image.attr("height")), (Some("960"), Some("640")));
    assert_eq!(
        select(&tree, "link[rel=canonical]")[0].attr("href"),
        Some("https://courier.example/2013/03/06/two-ports-agree-on-joint-night-ferry")
    );
}

#[test]
fn the_discussion_is_where_outside_checks_look_for_it() {
    let html = story_with(|_, page| page.threads[1].replies[2].network = "2001:db8:4a::*".into());
    let tree = Html::parse_document(&html);
    assert_eq!(texts(&tree, "#comments h2"), ["61 comments"]);
    assert_eq!(
        texts(&tree, "#comments .fate"),
        ["1 removed by the moderators · 2 waiting for the moderator"]
    );
    assert_eq!(texts(&tree, "#comments article.comment#comment-43 .network"), ["2001:db8:4a::*"]);
    for part in [".name", "time[datetime]", ".network", ".text"] {
        let selector = format!("article.comment#comment-60 {part}");
        assert_eq!(select(&tree, &selector).len(), 1, "{selector}");
    }
    assert_eq!(texts(&tree, "#comment-44 .to"), ["to Marit"]);
    assert_eq!(texts(&tree, "#comment-46 .to"), ["to Old Salt"]);
    assert!(texts(&tree, "#comment-43 .to").is_empty(), "it stands right under what it answers");
    assert_eq!(texts(&tree, ".all a"), ["Show all 34 replies"]);
    let next = select(&tree, "#comments a[rel=next]");
    assert_eq!(
        next[0].attr("href"),
        Some("/2013/03/06/two-ports-agree-on-joint-night-ferry?after=1362557520000-12#comments")
    );
    let form = &select(&tree, "form#form")[0];
    assert_eq!(form.attr("action"), Some("/2013/03/06/two-ports-agree-on-joint-night-ferry/comments"));
    assert_eq!(texts(&tree, ".orders [aria-current]"), ["Newest"]);
    let deepest =
        select(&tree, "article.comment").iter().filter_map(|c| c.attr("class")).any(|c| c.contains("d4"));
    assert!(!deepest);
}

#[test]
fn counts_agree_with_their_nouns() {
    for (n, words) in
        [(0, "No comments yet"), (1, "1 comment"), (2, "2 comments"), (12_345, "12,345 comments")]
    {
        let html = story_with(|_, page| page.discussion.shown = n);
        assert_eq!(texts(&Html::parse_document(&html), "#comments h2"), [words]);
    }
}

#[test]
fn what_is_not_shown_leaves_no_trace_of_its_writer() {
    for state in [State::Removed, State::Held] {
        let html = story_with(|story, page| {
            story.ednote = EdNote::new("EDNOTE-NEVER-SHOWN");
            let root = &mut page.threads[1].root;
            root.state = state;
            root.reason = Some(Reason::THREAT);
            root.text = "SECRET-TEXT".into();
            root.name = "SECRET-NAME".into();
            root.network = "9.9.9.*".into();
        });
        for secret in ["SECRET-TEXT", "SECRET-NAME", "9.9.9.*", "EDNOTE-NEVER-SHOWN"] {
            assert!(!html.contains(secret), "{secret}");
        }
        assert_eq!(select(&Html::parse_document(&html), "article.stub#comment-40").len(), 1);
    }
    for (file, page) in rendered() {
        assert!(!page.contains("EDNOTE-NEVER-SHOWN"), "{file}");
    }
}

#[test]
fn a_paper_that_hides_networks_shows_none() {
    let (story, page, mut paper, policy) =
        (data::story(), data::page(), data::paper(), newsroom::discussion::Policy::default());
    paper.networks = NetworkDisplay::Nothing;
    let html = Theme::builtin()
        .story(&StoryPage {
            paper: &paper,
            voice: data::voice(),
            story: &story,
            discussion: Some(&page),
            form: Form::default(),
            more: &[],
            policy: &policy,
        })
        .expect("renders");
    assert!(!html.contains("175.136."));
    assert!(html.contains("Your name is shown; the address you write from is not."));
}

#[test]
fn a_refused_form_is_filled_again_and_says_why() {
    let (story, page) = (data::story(), data::flat_page(1));
    let refusal = Refusal::LongText { most: 5000, has: 5001 };
    let form = Form {
        name: "A & \"B\"",
        text: "\n</textarea><script>x</script>",
        refusal: Some(&refusal),
        ..Form::default()
    };
    let html = sample::story(&Theme::builtin(), &story, Some(&page), form).expect("renders");
    let tree = Html::parse_document(&html);
    assert_eq!(texts(&tree, "#form [role=alert]"), [data::voice().words.refusal(&refusal)]);
    assert_eq!(select(&tree, "#name")[0].attr("value"), Some("A & \"B\""));
    let area = &select(&tree, "#text")[0];
    assert_eq!(area.text().collect::<String>(), "\n</textarea><script>x</script>");
    assert!(area.attr("aria-describedby").is_some_and(|d| d.contains("refusal")));
    assert!(area.attr("autofocus").is_some() && area.attr("aria-invalid").is_some());
}

#[test]
fn closed_discussions_have_no_form() {
    for openness in [Openness::Closed, Openness::ClosedByAge] {
        let html = story_with(|_, page| page.discussion.openness = openness);
        let tree = Html::parse_document(&html);
        assert!(select(&tree, "#form, a.reply").is_empty());
        assert!(texts(&tree, "#comments .state")[0].contains("closed"));
    }
    let html = story_with(|_, page| page.discussion.openness = Openness::HeldFirst);
    let tree = Html::parse_document(&html);
    assert!(texts(&tree, "#comments .state")[0].contains("moderator") && !select(&tree, "#form").is_empty());
}

#[test]
fn the_saved_pages_number_is_told() {
    let html =
        sample::story(&Theme::builtin(), &data::story(), Some(&data::archived_page()), Form::default())
            .expect("renders");
    assert!(html.contains("The page this was taken from said 6 comments; 5 were there."));
}

/// Every field that comes from outside, filled with what would do harm.
#[test]
fn nothing_from_outside_runs() {
    const EVIL: &str =
        "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'><b onclick=x>";
    let html = story_with(|story, page| {
        let photo = &mut story.photos[0];
        for field in [&mut photo.caption, &mut photo.alt, &mut photo.credit.agency] {
            *field = EVIL.into();
        }
        let copy = &mut story.copy;
        for field in [
            &mut copy.headline,
            &mut copy.kicker,
            &mut copy.standfirst,
            &mut copy.byline,
            &mut copy.body,
            &mut copy.agency,
            &mut copy.language,
            &mut copy.dateline.place,
            &mut story.section.name,
            &mut story.notices[0].text,
        ] {
            *field = EVIL.into();
        }
        story.topics = vec![Topic { name: EVIL.into(), ..story.topics.remove(0) }];
        let (first, rest) = page.threads.split_at_mut(1);
        for comment in [&mut first[0].root, &mut rest[0].replies[5]] {
            comment.name = EVIL.into();
            comment.text = EVIL.into();
            comment.network = EVIL.into();
            comment.answers = Some(EVIL.into());
        }
    });
    assert_harmless("story", &html);
    let tree = Html::parse_document(&html);
    assert_eq!(texts(&tree, "#comment-60 .name"), [EVIL]);
}

fn assert_harmless(file: &str, html: &str) {
    let tree = Html::parse_document(html);
    for script in select(&tree, "script") {
        let structured = script.attr("type") == Some("application/ld+json");
        let own = [crate::assets::reader_js_path(), crate::desk::script::passkey_js_path()];
        let ours = script.attr("src").is_some_and(|src| own.contains(&src));
        assert!(structured || ours, "{file}: {}", script.html());
    }
    for element in select(&tree, "*") {
        let name = element.value().name();
        assert!(!["iframe", "object", "embed", "base"].contains(&name), "{file}: <{name}>");
        for (key, value) in element.value().attrs() {
            assert!(!key.starts_with("on") && key != "style", "{file}: {key} on <{name}>");
            assert!(!value.trim_start().to_lowercase().starts_with("javascript:"), "{file}: {value}");
            if matches!(key, "src" | "srcset")
                || (name == "link" && key == "href" && element.attr("rel") == Some("icon"))
            {
                assert!(
                    value.starts_with('/') && !value.starts_with("//"),
                    "{file}: asks {value} of another host"
                );
            }
        }
    }
    assert!(select(&tree, "img[src=x]").is_empty(), "{file}");
}

#[test]
fn every_page_keeps_the_strict_policy() {
    let theme = Theme::builtin();
    for (file, html) in pages() {
        assert_harmless(file, &html);
        assert!(html.contains(&format!("<style>{}</style>", theme.style())), "{file}: the hashed style");
        assert!(!theme.style().contains("url("), "nothing is fetched by the style");
    }
}

#[test]
fn every_page_has_its_landmarks_labels_and_headings_in_order() {
    for (file, html) in pages() {
        let tree = Html::parse_document(&html);
        assert_eq!(select(&tree, "h1").len(), 1, "{file}: one h1");
        assert_eq!(select(&tree, "main").len(), 1, "{file}: one main");
        for landmark in ["html[lang][dir]", "header", "nav[aria-label]", "footer", "a.skip[href='#main']"] {
            assert!(!select(&tree, landmark).is_empty(), "{file}: {landmark}");
        }
        let mut level = 1;
        for heading in select(&tree, "h1, h2, h3, h4") {
            let here = heading.value().name()[1..].parse::<u8>().expect("level");
            assert!(here <= level + 1, "{file}: h{here} after h{level}: {}", text(&heading));
            level = here;
        }
        let ids: Vec<&str> = select(&tree, "[id]").iter().filter_map(|e| e.attr("id")).collect();
        let mut unique = ids.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(ids.len(), unique.len(), "{file}: an id twice: {ids:?}");
        for described in select(&tree, "[aria-describedby], [aria-labelledby]") {
            let names =
                described.attr("aria-describedby").or(described.attr("aria-labelledby")).unwrap_or("");
            for id in names.split_whitespace() {
                assert!(ids.contains(&id), "{file}: no element {id}");
            }
        }
        for field in select(&tree, "input:not([type=hidden]), textarea") {
            let id = field.attr("id").expect("id");
            assert_eq!(select(&tree, &format!("label[for='{id}']")).len(), 1, "{file}: label of {id}");
        }
        for image in select(&tree, "img") {
            assert!(image.attr("alt").is_some() && image.attr("width").is_some(), "{file}: {}", image.html());
        }
    }
}

#[test]
fn structured_data_tells_the_story() {
    let html = story_with(|_, page| page.threads[0].root.text = "*a* <b> & c".into());
    let tree = Html::parse_document(&html);
    let script = &select(&tree, "script[type='application/ld+json']")[0];
    let data: Value = serde_json::from_str(&script.text().collect::<String>()).expect("json");
    assert_eq!(data["@type"], "NewsArticle");
    assert_eq!(data["dateline"], "OSK, March 5 (Northwire) --");
    assert_eq!(data["author"][1]["name"], "Per Lund");
    assert_eq!(data["sourceOrganization"]["name"], "Northwire");
    assert_eq!(data["image"][0]["creditText"], "Northwire/Tomas Riel");
    assert_eq!(data["image"][0]["width"], 1440);
    assert_eq!(data["commentCount"], 61);
    assert_eq!(data["comment"][0]["text"], "a <b> & c");
    assert_eq!(data["correction"][0]["@type"], "CorrectionComment");
    assert_eq!(data["isAccessibleForFree"], true);
    // One of the 26 on the page is removed.
    assert_eq!(data["comment"].as_array().map(Vec::len), Some(25));
}

#[test]
fn a_story_in_another_language_says_so() {
    let html =
        sample::story(&Theme::builtin(), &data::arabic_story(), None, Form::default()).expect("renders");
    let tree = Html::parse_document(&html);
    let article = &select(&tree, "main > article")[0];
    assert_eq!((article.attr("lang"), article.attr("dir")), (Some("ar"), Some("rtl")));
    assert_eq!(select(&tree, "html")[0].attr("dir"), Some("ltr"));
    assert_eq!(select(&tree, ".when time")[0].attr("dir"), Some("ltr"));
    assert!(select(&tree, "figure img").is_empty() && !select(&tree, "figure figcaption").is_empty());
}

#[test]
fn a_killed_story_is_not_quoted() {
    let (_, html) = pages().into_iter().find(|(file, _)| *file == "gone.html").expect("sample");
    assert!(html.contains("the agreement had not been signed"));
    assert!(!html.contains("Two ports"));
    assert!(html.contains("noindex"));
}

#[test]
fn a_thread_thousands_deep_is_drawn_flat() {
    let html = story_with(|_, page| {
        page.threads.truncate(1);
        page.threads[0].replies = (61..3_061).map(|id| data::comment(id, 60, Some(id - 1))).collect();
    });
    let tree = Html::parse_document(&html);
    assert_eq!(select(&tree, "article.comment").len(), 3_001);
    assert_eq!(select(&tree, "article.comment.d3").len(), 2_998);
    assert!(select(&tree, "article.comment article.comment").is_empty());
}

#[test]
fn no_moment_breaks_a_page() {
    for at in [i64::MIN, -1, 0, i64::MAX] {
        let html = story_with(|story, page| {
            story.published_at = Some(Millis(at));
            page.discussion.closes_at = Some(Millis(at).plus(30 * DAY));
            page.threads[0].root.at = Millis(at);
        });
        assert!(html.contains("</html>"));
    }
}
