//! What the desk's screens must carry, and what they must never.

use newsroom::{
    discussion::State,
    staff::Role,
    story::{Status, Story},
};
use scraper::{Html, Selector};

use super::{
    sample::{DESK, at_the_desk, draft_story, queue_rows},
    *,
};
use crate::theme::Theme;

fn all(html: &str, selector: &str) -> Vec<String> {
    let tree = Html::parse_document(html);
    let selector = Selector::parse(selector).expect("selector");
    tree.select(&selector).map(|e| e.html()).collect()
}

fn rendered(file: &str) -> String {
    let found = DESK.iter().find(|s| s.file == file).expect("sample");
    (found.render)(&Theme::builtin()).expect("renders")
}

fn page(story: &Story, role: Role, form: Option<&StoryForm>) -> String {
    at_the_desk(role, None, |desk| {
        let own = StoryForm::of(story, &desk.paper.zone);
        let view = StoryDesk {
            desk,
            story,
            form: form.unwrap_or(&own),
            faults: &[],
            conflict: None,
            not_yet: None,
            notes: &[],
            discussion: None,
            kill: &KillForm::default(),
            tips: &[],
            history: &[],
        };
        Theme::builtin().desk_story(&view).expect("renders")
    })
}

#[test]
fn nothing_inline_and_every_form_carries_the_token() {
    for sample in DESK {
        let html = (sample.render)(&Theme::builtin()).expect("renders");
        assert!(all(&html, "style, [style], script:not([src])").is_empty(), "{}", sample.file);
        assert!(!html.contains(" onclick") && !html.contains("javascript:"), "{}", sample.file);
        let forms = all(&html, "form[method=post]").len();
        let tokens = all(&html, "form[method=post] input[name=csrf][value=c5rf-t0ken]").len();
        assert_eq!(forms, tokens, "{}", sample.file);
        assert_eq!(all(&html, "h1").len(), 1, "{}", sample.file);
    }
}

#[test]
fn every_input_has_a_label_and_every_id_is_one() {
    for sample in DESK {
        let html = (sample.render)(&Theme::builtin()).expect("renders");
        let tree = Html::parse_document(&html);
        let any = Selector::parse("[id]").expect("selector");
        let mut ids: Vec<&str> = tree.select(&any).filter_map(|e| e.attr("id")).collect();
        ids.sort_unstable();
        let before = ids.len();
        ids.dedup();
        assert_eq!(before, ids.len(), "{}: an id twice", sample.file);
        let fields = Selector::parse("input:not([type=hidden]), select, textarea").expect("selector");
        let labels = Selector::parse("label[for]").expect("selector");
        let named: Vec<&str> = tree.select(&labels).filter_map(|e| e.attr("for")).collect();
        for field in tree.select(&fields) {
            let wrapped =
                field.ancestors().any(|a| a.value().as_element().is_some_and(|e| e.name() == "label"));
            let labelled = field.attr("id").is_some_and(|id| named.contains(&id));
            assert!(wrapped || labelled, "{}: {}", sample.file, field.html());
            for id in field.attr("aria-describedby").unwrap_or("").split_whitespace() {
                assert!(ids.binary_search(&id).is_ok(), "{}: nothing is #{id}", sample.file);
            }
        }
    }
}

#[test]
fn a_reporter_is_offered_no_publishing() {
    let draft = draft_story();
    let html = page(&draft, Role::Reporter, None);
    assert!(html.contains(">Save</button>") && html.contains("Publishing is for editors."));
    assert!(!html.contains("/publish") && !html.contains("/schedule") && !html.contains("/kill"));
    let html = page(&draft, Role::Editor, None);
    assert!(html.contains("/publish\"") && html.contains("/schedule\"") && html.contains("/spike\""));
    assert!(!html.contains("/kill\""), "only what was published can be killed");

    let live = Story { status: Status::Published, ..draft };
    let html = page(&live, Role::Reporter, None);
    assert!(html.contains("<fieldset class=\"copy\" disabled>"), "a reporter only reads what is published");
    assert!(!html.contains("/correct") && !html.contains("/kill"));
}

#[test]
fn the_editors_note_stands_on_the_storys_screen_alone() {
    let note = "Hold until the mayor of Osk has confirmed the price.";
    for sample in DESK {
        let html = (sample.render)(&Theme::builtin()).expect("renders");
        let marked = all(&html, ".ednote").join("");
        assert_eq!(html.matches(note).count(), marked.matches(note).count(), "{}", sample.file);
    }
    assert!(rendered("desk-story-draft.html").contains("not for publication"));
}

#[test]
fn what_was_typed_survives_a_conflict_and_both_texts_stand_there() {
    let html = rendered("desk-story-conflict.html");
    let both = all(&html, ".conflict .both").join("");
    assert!(both.contains("Ports of Osk and Lindholm to share a night ferry"), "{both}");
    assert!(both.contains(&draft_story().copy.headline), "{both}");
    assert_eq!(all(&html, ".conflict .both").len(), 2, "only the fields that differ");
    let field = all(&html, "#headline").join("");
    assert!(field.contains("Ports of Osk and Lindholm to share a night ferry"), "{field}");
    assert!(all(&html, "#embargo[aria-invalid=true]").len() == 1);
}

#[test]
fn hostile_words_are_shown_as_text() {
    let evil = "\"><script>alert(1)</script>";
    let mut story = draft_story();
    story.copy.headline = evil.into();
    story.copy.body = format!("</textarea>{evil}");
    story.slugline.0 = evil.into();
    story.section.name = evil.into();
    let html = page(&story, Role::Editor, None);
    assert_eq!(all(&html, "script").len(), 1, "only the desk's own script");
    assert!(all(&html, "#body").join("").contains("&lt;/textarea&gt;"));
    let mut rows = queue_rows(State::Held);
    rows[0].comment.name = evil.into();
    let html = at_the_desk(Role::Moderator, None, |desk| {
        let view = Queue {
            desk,
            reasons: crate::sample::data::voice().reasons,
            view: State::Held.into(),
            counts: [Some(1), Some(0), Some(0), Some(0), Some(0), None, None, None, None],
            filter: &super::QueueFilter::default(),
            undo: &[],
            alarm: "",
            looks_on: false,
            rows: &rows,
            after: Some("\"<b>"),
            next: None,
        };
        Theme::builtin().desk_queue(&view).expect("renders")
    });
    assert_eq!(all(&html, "script").len(), 1);
    assert!(html.contains("after=%22%3Cb%3E"));
}

#[test]
fn after_a_ruling_the_queue_comes_back_at_the_next_row() {
    let html = rendered("desk-queue.html");
    // What is done beside a ruling leads back to the row itself.
    let backs = all(&html, "li.row form[action$='/show'] [name=back]");
    assert!(backs[0].contains("/desk/queue#c-4"), "{backs:?}");
    let last = backs.last().expect("rows");
    assert!(last.contains("/desk/queue#c-4"), "the last row leads back to the one before: {last}");
    assert!(!all(&html, "li.row").last().expect("rows").contains("hold-network"), "no network, no sanction");
}

#[test]
fn leading_line_breaks_of_a_body_are_kept() {
    let mut form = StoryForm::of(&draft_story(), &newsroom::Zone::default());
    form.body = "\n\nAfter two empty lines".into();
    let html = page(&draft_story(), Role::Editor, Some(&form));
    let tree = Html::parse_document(&html);
    let body = tree.select(&Selector::parse("#body").expect("selector")).next().expect("body");
    assert_eq!(body.text().collect::<String>(), form.body);
}

#[test]
fn codes_of_what_was_done_are_read_back() {
    for said in [Said::Saved, Said::SignedOut, Said::NetworkHeld] {
        assert_eq!(Said::parse(said.code()), Some(said));
        assert!(!said.words().is_empty());
    }
    assert_eq!(Said::parse("<b>"), None);
}

#[test]
fn the_scripts_are_small() {
    let mut gzip = libdeflater::Compressor::new(libdeflater::CompressionLvl::default());
    for (text, most) in [(script::DESK_JS, 7_500), (script::PASSKEY_JS, 2_500)] {
        let mut out = vec![0; gzip.gzip_compress_bound(text.len())];
        let size =
            gzip.gzip_compress(text.as_bytes(), &mut out).expect("the buffer is as large as the bound");
        assert!(size <= most, "{size} bytes");
        assert!(!text.contains("innerHTML"));
    }
}

#[test]
fn passkeys_are_offered_where_the_paper_can_have_them() {
    let door = rendered("desk-sign-in.html");
    assert_eq!(all(&door, "script[src^='/assets/passkey-']").len(), 1);
    assert_eq!(all(&door, "#with-passkey[hidden] button[type=button]").len(), 1, "shown by script alone");
    let none = at_the_desk(Role::Editor, None, |desk| {
        let view = SignIn { desk, passkeys: None, name: "", words: None, next: "", carried: &[] };
        Theme::builtin().desk_sign_in(&view).expect("renders")
    });
    assert!(!none.contains("passkey") && !none.contains("webauthn"));
    let own = rendered("desk-sessions.html");
    assert_eq!(all(&own, "form[action$='/drop']").len(), 2);
    assert!(own.contains("Telephone &lt;b&gt;") && own.contains("on several devices"));
    let wanted = rendered("desk-sessions-wanted.html");
    assert!(wanted.contains("This paper asks its people for a passkey.") && !wanted.contains("/drop"));
}

#[test]
fn browsers_in_words() {
    for (agent, words) in [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge on Windows"),
        ("<script>", "an unknown browser"),
    ] {
        assert_eq!(sessions::browser_words(agent), words);
    }
}
