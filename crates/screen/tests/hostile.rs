//! Any bytes that are text: no panic, every score within 0..=1, and no more time for a word than it is long.

use proptest::prelude::*;
use screen::screen;
use std::time::{Duration, Instant};

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,400}", name in "\\PC{0,80}") {
        for risk in screen(&text, &name) {
            prop_assert!((0.0..=1.0).contains(&risk.score), "{risk:?}");
            prop_assert!(!risk.why.is_empty());
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
