//! What a paper's own rulings teach, and that the kept bytes are checked.

use proptest::prelude::*;
use screen::learned::{Fault, Learned, MOST_BYTES, rehearse};

/// A house that removes all talk of the pudding recipe, and nothing else.
fn rulings() -> Vec<(String, bool)> {
    let removed = [
        "the pudding recipe is stolen",
        "who stole the pudding recipe again",
        "this pudding is stolen goods",
        "my pudding recipe, give it back",
    ];
    let shown = [
        "the bridge opens in spring",
        "who paid for the bridge again",
        "this is a fine photograph",
        "my street was flooded, give us pumps",
        "the recipe for peace is patience",
        "is the ferry late again",
    ];
    (0..60)
        .map(|n| {
            let (text, is) = if n % 3 == 0 { (removed[n / 3 % 4], true) } else { (shown[n % 6], false) };
            (format!("{text}, said reader {n}"), is)
        })
        .collect()
}

fn rehearsed() -> (Learned, Vec<screen::learned::Agreement>) {
    let rulings = rulings();
    rehearse(rulings.iter().map(|(t, r)| (t.as_str(), *r)), &[0.3, 0.5, 0.9])
}

#[test]
fn it_learns_what_this_house_removes() {
    let (learned, agreements) = rehearsed();
    let before = Learned::default();
    let (bad, good) = ("Again somebody stole a pudding recipe", "The bridge is a fine thing in spring");
    assert!(before.score(bad) < 0.3, "{}", before.score(bad));
    assert!(
        learned.score(bad) > 0.5 && learned.score(good) < 0.2,
        "{} {}",
        learned.score(bad),
        learned.score(good)
    );
    assert_eq!(learned.rulings(), (40, 20));

    let half = &agreements[1];
    let all = half.held_removed + half.held_shown + half.let_be_removed + half.let_be_shown;
    assert_eq!(all, 60);
    // The first that it meets it cannot know.
    assert!(half.let_be_removed >= 1);
    let (precision, recall) = (half.precision().unwrap(), half.recall().unwrap());
    assert!(precision > 0.8 && recall > 0.5, "{half:?}");
    assert!(half.agreement().unwrap() > 0.8, "{half:?}");
    // A higher threshold never holds more.
    assert!(agreements.windows(2).all(|w| w[0].recall() >= w[1].recall()));
}

#[test]
fn before_any_ruling_it_thinks_as_the_screen() {
    let new = Learned::default();
    assert!(new.score("You are a worthless moron, go to hell") > 0.5);
    assert!(new.score("The bakery opens at six.") < 0.2);
    let (_, none) = rehearse([], &[0.5]);
    assert_eq!((none[0].precision(), none[0].recall(), none[0].agreement()), (None, None, None));
}

#[test]
fn a_house_can_unlearn_a_sign() {
    let mut learned = Learned::default();
    let text = "What a clown you are, dear moron of a goalkeeper";
    let before = learned.score(text);
    for n in 0..40 {
        learned.learn(&format!("{text}, and {n} more"), false);
    }
    assert!(before > 0.5 && learned.score(text) < 0.3, "{before} {}", learned.score(text));
}

#[test]
fn kept_and_read_again_it_is_the_same() {
    let (learned, _) = rehearsed();
    let bytes = learned.to_bytes();
    assert!(bytes.len() < MOST_BYTES / 10, "{} bytes", bytes.len());
    assert_eq!(Learned::from_bytes(&bytes).unwrap(), learned);
    assert_eq!(Learned::from_bytes(&Learned::default().to_bytes()).unwrap(), Learned::default());
}

#[test]
fn broken_bytes_are_refused() {
    let bytes = rehearsed().0.to_bytes();
    assert_eq!(Learned::from_bytes(b""), Err(Fault::Version));
    assert_eq!(Learned::from_bytes(&bytes[..8]), Err(Fault::Length));
    assert_eq!(Learned::from_bytes(&bytes[..bytes.len() - 1]), Err(Fault::Length));
    let mut other = bytes.clone();
    other[7] = 2;
    assert_eq!(Learned::from_bytes(&other), Err(Fault::Version));
    let mut many = bytes.clone();
    many[24..28].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(Learned::from_bytes(&many), Err(Fault::Length));
    let mut flipped = bytes.clone();
    flipped[100] ^= 1;
    assert_eq!(Learned::from_bytes(&flipped), Err(Fault::Checksum));

    // With a checksum that fits, what it says is still looked at.
    let mut nan = bytes[..bytes.len() - 8].to_vec();
    nan[32..36].copy_from_slice(&f32::NAN.to_le_bytes());
    let sum =
        nan.iter().fold(0xcbf2_9ce4_8422_2325u64, |s, b| (s ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    nan.extend(sum.to_le_bytes());
    assert_eq!(Learned::from_bytes(&nan), Err(Fault::Entry(0)));
}

proptest! {
    #[test]
    fn any_bytes_and_any_text(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,200}") {
        let mut kept = b"DLEARN\0\x01".to_vec();
        kept.extend(bytes);
        prop_assert!(Learned::from_bytes(&kept).is_err());
        let mut learned = Learned::default();
        learned.learn(&text, true);
        prop_assert!((0.0..=1.0).contains(&learned.score(&text)));
    }
}
