//! The same text under many stories is known again; other texts are not taken for it.

use screen::likeness;

const FLOOD: &str = "The harbour board has hidden the real figures for eleven years and nobody in this paper dares to \
                     ask why the director's brother owns the crane. Ask yourselves who gains from the new quay.";

#[test]
fn nearly_the_same_is_alike() {
    let known = likeness(FLOOD).expect("long enough");
    for again in [
        FLOOD.to_uppercase(),
        FLOOD.replace(". ", "!!!\n\n"),
        FLOOD.replace('e', "е"),
        FLOOD.replace("eleven", "twelve"),
        format!("{FLOOD} Wake up."),
        FLOOD.replace("real", "reeeeal").replace("hidden", "h1dden"),
    ] {
        let again_known = likeness(&again).expect("long enough");
        assert!(known.is_like(&again_known), "{again}");
        let shared = known.bands().into_iter().zip(again_known.bands()).any(|(a, b)| a == b);
        assert!(shared, "found by some band: {again}");
    }
    let chinese = "港务局隐瞒了十一年的真实数字，没有人敢问为什么局长的兄弟拥有那台起重机。";
    assert!(likeness(chinese).is_some());
    assert_eq!(likeness(chinese), likeness(&chinese.replace('，', "！")));
}

#[test]
fn others_are_not() {
    let texts = [
        FLOOD,
        "The harbour board has published the figures for eleven years, and the crane belongs to the town, as a look \
         into the register shows. Who gains from the new quay? The fishermen, if it is ever built.",
        "I took the night boat on Friday. The coffee was cold, the crew was kind, and the chair was a chair.",
        "Thirty years ago we crossed the lake on foot in winter; the ice does not carry a dog these days.",
        "港务局公布了十一年的数字，起重机属于城市，登记簿上写得很清楚。",
    ];
    for (n, a) in texts.iter().enumerate() {
        for b in &texts[n + 1..] {
            let (a_known, b_known) = (likeness(a).expect("long enough"), likeness(b).expect("long enough"));
            assert!(!a_known.is_like(&b_known), "{a}\n{b}");
        }
    }
}

#[test]
fn what_many_say_is_like_nothing() {
    for text in ["", "Thank you very much!", "I agree with you.", "好", "!!!"] {
        assert_eq!(likeness(text), None, "{text}");
    }
}
