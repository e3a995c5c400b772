//! Any bytes that are text: no panic, every score within 0..=1, and no more time for a word than it is long.

use newsroom::discussion::Label;
use proptest::prelude::*;
use screen::{
    WordList,
    learned::Learned,
    likeness, look,
    model::{sums, weights::Weights},
    screen,
};
use std::time::{Duration, Instant};

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,400}", name in "\\PC{0,80}") {
        let seen = look(&text, &name, &[]);
        prop_assert!((0.0..0.8).contains(&seen.leaning()), "a leaning never holds");
        for risk in seen.risks {
            prop_assert!((0.0..=1.0).contains(&risk.score), "{risk:?}");
            prop_assert!(!risk.why.is_empty());
            prop_assert!(seen.leanings.iter().all(|l| (0.0..0.8).contains(&l.1)));
        }
    }

    #[test]
    fn texts_near_the_rules(parts in prop::collection::vec(prop::sample::select(vec![
        "you", "idiot", "1d10t", "i d i o t", "\"", "“", "”", "«", "> ", "\n", "called me", "are", "vermin",
        "immigrants", "http://", "www.", "a@b.cd", "@", "+44 20", "0171-", "(", "12 Tanner Street", "t.me/",
        "é", "і", "\u{200b}", "\u{301}", "夜", "𝐢", "€", "5", "!", "'", "'", " ", " ", " ",
    ]), 0..80)) {
        for risk in screen(&parts.concat(), &parts.join("")) {
            prop_assert!((0.0..=1.0).contains(&risk.score), "{risk:?}");
        }
    }
}

#[test]
fn a_long_text_of_anything_is_linear() {
    for piece in [
        "a",
        "\"",
        "a ",
        "you idiot ",
        "0 ",
        "0171-55 ",
        "> ",
        "called me ",
        "\u{fdfa}",
        "@",
        "i.d.",
        "http://",
        "4111 ",
        "DE89 3704 ",
        "Lindenstr. 8 ",
        "建国路8号",
        "her number 0171-55501 ",
        "someone should kill him ",
        "евреи это ",
        "nobody said you ",
        "lives at 5 ",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let begun = Instant::now();
        let risks = screen(&text, "Ada");
        assert!(risks.iter().all(|r| (0.0..=1.0).contains(&r.score) && r.why.len() <= 8));
        assert!(risks.iter().flat_map(|r| &r.why).all(|w| w.len() < 2_000), "{piece}");
        // Quadratic work on that much would take hours; this leaves room for a slow, busy machine.
        assert!(begun.elapsed() < Duration::from_secs(20), "{piece}: {:?}", begun.elapsed());
    }
}

#[test]
fn much_of_what_folds_worst_is_linear() {
    for piece in [
        "e\u{301}",
        "a\u{336}\u{336} ",
        "\u{301}",
        "\u{200b}",
        "і\u{200b}d",
        "ﷺ",
        "a.b.",
        "muslim not you \" > ",
    ] {
        let text = piece.repeat(300_000 / piece.len());
        let begun = Instant::now();
        let seen = look(&text, "Ada", &[]);
        assert!(seen.risks.iter().all(|r| (0.0..=1.0).contains(&r.score)), "{piece}");
        assert!((0.0..0.8).contains(&seen.leaning()), "{piece}: a leaning never holds");
        // Quadratic work on that much would take days.
        assert!(begun.elapsed() < Duration::from_secs(60), "{piece}: {:?}", begun.elapsed());
    }
}

#[test]
fn a_list_of_ten_thousand_costs_a_long_text_little() {
    // Entries that all begin entries that differ by a letter, and a text made of nothing but beginnings.
    let list: String = (0..10_000)
        .map(|n| {
            if n % 2 == 0 {
                format!("0.5 a b c d{n}\n")
            } else {
                format!("0.5 夜夜夜{}\n", "车".repeat(n % 12 + 1))
            }
        })
        .collect();
    let list = WordList::read(Label::Insult, &list).expect("a list");
    for piece in ["a ", "a b c ", "夜", "夜夜夜车", "a b c d1 "] {
        let text = piece.repeat(200_000 / piece.len());
        let begun = Instant::now();
        let risk = list.risk(&text);
        assert!(risk.is_none_or(|r| r.score <= 1.0 && r.why.len() <= 8), "{piece}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{piece}: {:?}", begun.elapsed());
    }
}

#[test]
fn what_the_model_reads_is_bounded_and_linear() {
    for piece in ["a", "you idiot ", "夜", "muslims are ", "\"", "not ", "x.", "\u{fdfa} ", "t.me/", "🙂"]
    {
        let text = piece.repeat(200_000 / piece.len());
        let begun = Instant::now();
        assert!(sums(Weights::shipped().expect("weights"), &text).iter().all(|s| s.is_finite()), "{piece}");
        assert!(Learned::default().score(&text).is_finite(), "{piece}");
        likeness(&text);
        assert!(begun.elapsed() < Duration::from_secs(20), "{piece}: {:?}", begun.elapsed());
    }
}

proptest! {
    #[test]
    fn any_list(list in "(0\\.[0-9] )?\\PC{0,60}(\n0\\.[0-9] \\PC{0,40}){0,6}", text in "\\PC{0,200}") {
        if let Some(risk) = WordList::read(Label::Hate, &list).ok().and_then(|list| list.risk(&text)) {
            prop_assert!((0.0..=1.0).contains(&risk.score), "{risk:?}");
        }
    }

    #[test]
    fn any_weights(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Weights::read(&bytes).is_none());
    }

    #[test]
    fn a_text_is_alike_to_itself(text in "\\PC{0,300}") {
        if let Some(known) = likeness(&text) {
            prop_assert!(known.is_like(&known));
        }
    }
}
