//! Each sentence of the rule, and that no input breaks it.

use super::*;
use crate::{
    clock::{DAY, MINUTE},
    discussion::Label,
};
use proptest::prelude::*;

fn facts() -> Facts<'static> {
    Facts::by(Door::Form, Millis(0))
}

const NOON: Millis = Millis(12 * 60 * MINUTE);

fn draft(name: &str, text: &str) -> Draft {
    Draft { name: name.into(), text: text.into(), ..Draft::default() }
}

fn verdict(d: &Draft, f: &Facts<'_>) -> Verdict {
    admit(d, f, &[], &Policy::default(), Millis(MINUTE))
}

fn refusal(d: &Draft, f: &Facts<'_>) -> &'static str {
    match verdict(d, f) {
        Verdict::Refused(why) => why.code(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn an_ordinary_comment_is_shown_as_written() {
    let got = verdict(&draft(" Mette ", "At last.\r\n\r\n\r\nMy sister\u{202e} lives there."), &facts());
    let want = Clean { name: "Mette".into(), text: "At last.\n\nMy sister lives there.".into(), email: None };
    assert_eq!(got, Verdict::Shown(want));
}

#[test]
fn refused_for_what_the_writer_can_mend() {
    let long = "x".repeat(5_001);
    for (name, text, code) in [
        ("", "hi", "name-missing"),
        ("\u{200b}", "hi", "name-missing"),
        (&*"n".repeat(61), "hi", "name-too-long"),
        ("M0derator", "hi", "name-reserved"),
        ("a", " \n\u{200b}\n", "text-missing"),
        ("a", &*long, "text-too-long"),
        ("a", &*"x\n".repeat(121), "too-many-lines"),
        ("a", &*"http://x.example ".repeat(11), "too-many-links"),
    ] {
        assert_eq!(refusal(&draft(name, text), &facts()), code);
    }
}

#[test]
fn refused_for_what_the_paper_has_decided() {
    let d = draft("a", "hi");
    let closed = Facts { mode: Mode::Closed, ..facts() };
    assert_eq!(refusal(&d, &closed), "discussion-closed");
    let old = Facts { published_at: Millis(-31 * DAY), ..facts() };
    assert_eq!(refusal(&d, &old), "discussion-closed-by-age");
    let killed = Facts { status: Status::Killed, ..facts() };
    assert_eq!(refusal(&d, &killed), "no-story");
    let orphan = Facts { parent: Parent::Missing, ..facts() };
    assert_eq!(refusal(&d, &orphan), "reply-to-missing");
    let in_closed = Facts { parent: Parent::Closed, ..facts() };
    assert_eq!(refusal(&d, &in_closed), "thread-closed");
    assert_eq!(refusal(&d, &Facts { staff: true, ..in_closed.clone() }), "thread-closed", "nobody replies");
    assert_eq!(refusal(&draft("", ""), &in_closed), "thread-closed", "nothing to mend first");
    let brought = verdict(&d, &Facts { door: Door::Import, ..in_closed });
    assert!(matches!(brought, Verdict::Shown(_)), "it was said elsewhere, long ago: {brought:?}");
    let again = Facts { said_before: true, ..facts() };
    assert_eq!(refusal(&d, &again), "duplicate");
    let quick = Facts { last_minute: 6, ..facts() };
    assert_eq!(refusal(&d, &quick), "too-many-comments");
    let many = Facts { last_hour: 60, ..facts() };
    assert_eq!(refusal(&d, &many), "too-many-comments");
    let banned =
        Facts { sanction: Some(Sanction { until: Millis(DAY), refuse: true, wide: false }), ..facts() };
    assert_eq!(refusal(&d, &banned), "sanctioned");
    let reserved = Reserved::of("The Courier", ["Ilse Brandt"]);
    let staff_name = Facts { reserved: &reserved, ..facts() };
    for name in ["llse  Brandt", "Courier editors", "ᴇᴅɪᴛᴏʀ", "Редакция"] {
        assert_eq!(refusal(&draft(name, "hi"), &staff_name), "name-reserved", "{name}");
    }
    let vouched = Facts { door: Door::Vouched, ..staff_name.clone() };
    assert!(matches!(verdict(&draft("Admin", "hi"), &vouched), Verdict::Shown(_)), "of another site");
    for name in ["Ilse Brandt", "The Courier", "Courier editors"] {
        assert_eq!(refusal(&draft(name, "hi"), &vouched), "name-reserved", "{name}");
    }
    for (signed, refusal) in [
        (Signed::Now, Refusal::ReservedName),
        (Signed::ByAccount, Refusal::ReservedAccountName),
        (Signed::Before, Refusal::ReservedSince),
    ] {
        let facts = Facts { signed, ..staff_name.clone() };
        let field = (signed == Signed::Now).then_some("name");
        assert_eq!((refusal.code(), refusal.field()), ("name-reserved", field), "where it can be mended");
        assert_eq!(verdict(&draft("Ilse Brandt", "hi"), &facts), Verdict::Refused(refusal));
    }
}

#[test]
fn held_with_a_reason() {
    let held = |d: &Draft, f: &Facts<'_>, risks: &[Risk]| match admit(
        d,
        f,
        risks,
        &Policy::default(),
        Millis(MINUTE),
    ) {
        Verdict::Held(_, why) => why,
        other => panic!("not held: {other:?}"),
    };
    let d = draft("a", "hi");
    assert_eq!(held(&d, &Facts { mode: Mode::HeldFirst, ..facts() }, &[]), HeldWhy::HeldFirst);
    let links = draft("a", "http://a.example www.b.example https://www.c.example");
    assert_eq!(held(&links, &facts(), &[]), HeldWhy::Links(3));
    let ended = Facts { sanction: Some(Sanction { until: Millis(1), refuse: true, wide: false }), ..facts() };
    assert!(matches!(verdict(&d, &ended), Verdict::Shown(_)), "a sanction ends");
    let held_here =
        Facts { sanction: Some(Sanction { until: Millis(DAY), refuse: false, wide: false }), ..facts() };
    assert_eq!(held(&d, &held_here, &[]), HeldWhy::Sanction);
    let risk = Risk { label: Label::Hate, score: 0.9, why: vec![] };
    assert_eq!(held(&d, &facts(), std::slice::from_ref(&risk)), HeldWhy::Risk(vec![Label::Hate]));
    let staff = Facts { staff: true, mode: Mode::HeldFirst, ..facts() };
    assert!(matches!(
        admit(&draft("Editor", "hi"), &staff, &[risk], &Policy::default(), Millis(0)),
        Verdict::Shown(_)
    ));
}

#[test]
fn in_its_own_mode_a_discussion_holds_its_own() {
    let fate = |mode, shown_before, text: &str, score, first_held| {
        let risks = [Risk { label: Label::Insult, score, why: vec![] }];
        let policy = Policy { first_held, ..Policy::default() };
        let facts = Facts { mode, shown_before, ..facts() };
        match admit(&draft("a", text), &facts, &risks, &policy, Millis(MINUTE)) {
            Verdict::Held(_, why) => Some(why),
            Verdict::Shown(_) => None,
            Verdict::Refused(why) => panic!("{why:?}"),
        }
    };
    let risky = Some(HeldWhy::Risk(vec![Label::Insult]));
    let links = "http://a.example www.b.example https://www.c.example";
    for (mode, of_risk, of_links, of_new) in [
        (Mode::AtOnce, None, None, None),
        (Mode::Open, risky.clone(), Some(HeldWhy::Links(3)), Some(HeldWhy::New(2))),
        (Mode::NewHeld, risky, Some(HeldWhy::Links(3)), Some(HeldWhy::New(2))),
    ] {
        assert_eq!(fate(mode, 2, "hi", 0.9, 2), of_risk, "{mode:?}");
        assert_eq!(fate(mode, 2, links, 0.0, 2), of_links, "{mode:?}");
        assert_eq!(fate(mode, 1, "hi", 0.0, 2), of_new, "{mode:?}");
        assert_eq!(fate(mode, 2, "hi", 0.0, 2), None, "{mode:?}");
    }
    assert_eq!(fate(Mode::NewHeld, 0, "hi", 0.0, 0), Some(HeldWhy::New(1)), "one, where no number is set");
    assert_eq!(fate(Mode::NewHeld, 1, "hi", 0.0, 0), None);
    let held = |facts: &Facts<'_>| matches!(verdict(&draft("a", "hi"), facts), Verdict::Held(..));
    let at_once = Facts { mode: Mode::AtOnce, ..facts() };
    let sanction = Some(Sanction { until: Millis(DAY), refuse: false, wide: false });
    assert!(held(&Facts { sanction, ..at_once.clone() }), "a person is held wherever they write");
    assert!(held(&Facts { echoes: true, ..at_once }), "a program is");
}

#[test]
fn an_archive_is_taken_as_it_stood() {
    let archive = Facts {
        door: Door::Import,
        mode: Mode::Closed,
        published_at: Millis(-9_000 * DAY),
        said_before: true,
        last_hour: 9_999,
        ..facts()
    };
    assert!(matches!(verdict(&draft("Editor", "hi"), &archive), Verdict::Shown(_)));
    assert_eq!(refusal(&draft("a", ""), &archive), "text-missing");
}

#[test]
fn load_tests_lift_limits_and_nothing_else() {
    let off = Policy { limits_off: true, ..Policy::default() };
    let busy = Facts { said_before: true, last_minute: 9_999, mode: Mode::HeldFirst, ..facts() };
    assert!(matches!(admit(&draft("a", "hi"), &busy, &[], &off, Millis(0)), Verdict::Shown(_)));
    let closed = Facts { mode: Mode::Closed, ..facts() };
    assert!(matches!(admit(&draft("a", "hi"), &closed, &[], &off, Millis(0)), Verdict::Refused(_)));
    assert!(matches!(admit(&draft("a", ""), &busy, &[], &off, Millis(0)), Verdict::Refused(_)));
}

proptest! {
    #[test]
    fn what_is_admitted_keeps_the_limits(name in ".{0,80}", text in "(?s).{0,400}", said in any::<bool>()) {
        let policy = Policy::default();
        let f = Facts { said_before: said, ..facts() };
        match admit(&draft(&name, &text), &f, &[], &policy, Millis(0)) {
            Verdict::Shown(clean) | Verdict::Held(clean, _) => {
                prop_assert!(!said);
                prop_assert!((1..=60).contains(&clean.name.chars().count()));
                prop_assert!(!clean.text.is_empty() && clean.text.chars().all(|c| !is_deceptive(c)));
                prop_assert!(clean.text.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()));
                prop_assert_eq!(clean_text(&clean.text), clean.text, "cleaning is done once");
            }
            Verdict::Refused(why) => prop_assert!(!why.code().is_empty()),
        }
    }
}

#[test]
fn slowed_and_aged_discussions_and_new_writers() {
    let d = draft("Mette", "One more thing.");
    let slow = Facts { mode: Mode::Slow, last_here: Some(NOON.plus(-60_000)), ..facts() };
    let policy = Policy::default();
    assert_eq!(admit(&d, &slow, &[], &policy, NOON), Verdict::Refused(Refusal::Slowed { wait: 240 }));
    let rested = Facts { last_here: Some(NOON.plus(-policy.slow_wait)), ..slow.clone() };
    assert!(matches!(admit(&d, &rested, &[], &policy, NOON), Verdict::Shown(_)));
    let open = Facts { mode: Mode::Open, ..slow.clone() };
    assert!(matches!(admit(&d, &open, &[], &policy, NOON), Verdict::Shown(_)), "only where it is slowed");
    assert!(matches!(admit(&d, &Facts { staff: true, ..slow }, &[], &policy, NOON), Verdict::Shown(_)));

    let aged = Policy { held_after: Some(1), ..Policy::default() };
    let old = Facts { published_at: NOON.plus(-1), ..facts() };
    assert!(matches!(admit(&d, &old, &[], &aged, NOON), Verdict::Held(_, HeldWhy::Age)));
    let young = Facts { published_at: NOON, ..facts() };
    assert!(matches!(admit(&d, &young, &[], &aged, NOON), Verdict::Shown(_)));

    let careful = Policy { first_held: 2, ..Policy::default() };
    let known = |shown_before| Facts { shown_before, ..facts() };
    assert!(matches!(admit(&d, &known(1), &[], &careful, NOON), Verdict::Held(_, HeldWhy::New(2))));
    assert!(matches!(admit(&d, &known(2), &[], &careful, NOON), Verdict::Shown(_)));
}

#[test]
fn a_crowded_network_is_held_or_asked_to_work_and_never_refused() {
    let d = draft("Mette", "At last, a bridge.");
    let policy = Policy::default();
    let judged = |f: &Facts<'_>, policy: &Policy| admit(&d, f, &[], policy, NOON);
    let many = Facts { last_day: policy.most_per_day, ..facts() };
    assert_eq!(judged(&many, &policy), Verdict::Refused(Refusal::Flood { wait: 86_400 }));

    let campus = Facts { network: Pace { minute: 119, hour: 1_199 }, ..facts() };
    assert!(matches!(judged(&campus, &policy), Verdict::Shown(_)), "wide enough for a campus");
    for crowd in [
        Facts { network: Pace { minute: 120, hour: 120 }, ..facts() },
        Facts { network: Pace { minute: 0, hour: 1_200 }, ..facts() },
        Facts { wide: Pace { minute: 600, hour: 600 }, ..facts() },
        Facts { wide: Pace { minute: 0, hour: 6_000 }, ..facts() },
    ] {
        let held = HeldWhy::Suspicion(Suspicion::Crowd);
        assert!(matches!(judged(&crowd, &policy), Verdict::Held(_, why) if why == held));
        let able = Facts { proof: Proof::Offered, ..crowd.clone() };
        assert_eq!(judged(&able, &policy), Verdict::Refused(Refusal::ProofWanted(Suspicion::Crowd)));
        let never = Policy { proof_of_work: Asked::Never, ..policy.clone() };
        assert!(matches!(judged(&able, &never), Verdict::Held(_, HeldWhy::Suspicion(_))));
        assert!(matches!(judged(&Facts { proof: Proof::Done, ..crowd }, &policy), Verdict::Shown(_)));
    }
}

#[test]
fn work_opens_no_door_that_a_moderator_has_closed() {
    let d = draft("Mette", "At last, a bridge.");
    let always = Policy { proof_of_work: Asked::Always, ..Policy::default() };
    let judged = |f: Facts<'_>, risks: &[Risk]| admit(&d, &f, risks, &always, NOON);
    let worked = || Facts { proof: Proof::Done, ..facts() };
    let until = Millis(DAY);
    let sanction = |refuse, wide| Some(Sanction { until, refuse, wide });
    assert!(matches!(judged(Facts { sanction: sanction(false, false), ..worked() }, &[]), Verdict::Held(..)));
    assert!(matches!(judged(Facts { sanction: sanction(true, true), ..worked() }, &[]), Verdict::Refused(_)));
    assert!(matches!(judged(Facts { sanction: sanction(false, true), ..worked() }, &[]), Verdict::Shown(_)));
    assert!(matches!(judged(Facts { mode: Mode::HeldFirst, ..worked() }, &[]), Verdict::Held(..)));
    let wide = judged(Facts { sanction: sanction(false, true), ..facts() }, &[]);
    assert!(matches!(wide, Verdict::Held(_, HeldWhy::Suspicion(Suspicion::Wide))));
    let echo = judged(Facts { echoes: true, ..facts() }, &[]);
    assert!(matches!(echo, Verdict::Held(_, HeldWhy::Suspicion(Suspicion::Echo))));
    let grave = Risk { label: Label::Flood, score: 0.85, why: vec![] };
    assert!(matches!(judged(worked(), &[grave]), Verdict::Held(_, HeldWhy::Risk(_))), "still held");
    assert!(matches!(judged(facts(), &[]), Verdict::Held(_, HeldWhy::Suspicion(Suspicion::Always))));
    let vouched = Facts { door: Door::Vouched, ..facts() };
    assert!(matches!(judged(vouched, &[]), Verdict::Shown(_)), "who is vouched for is not asked");
    for why in [Suspicion::Crowd, Suspicion::Wide, Suspicion::Echo, Suspicion::Always] {
        assert_eq!(HeldWhy::read(&HeldWhy::Suspicion(why).stored()), Some(HeldWhy::Suspicion(why)));
    }
}

#[test]
fn a_name_that_an_account_has_is_for_that_account_alone() {
    let of_another = Facts { taken: true, ..facts() };
    assert_eq!(refusal(&draft("Mette", "hi"), &of_another), "name-taken");
    assert_eq!(
        refusal(&draft("Mette", "hi"), &Facts { door: Door::Embed, ..of_another.clone() }),
        "name-taken"
    );
    for other in [
        Facts { staff: true, ..of_another.clone() },
        Facts { door: Door::Import, ..of_another.clone() },
        Facts { door: Door::Vouched, ..of_another.clone() },
    ] {
        assert!(matches!(verdict(&draft("Mette", "hi"), &other), Verdict::Shown(_)), "{other:?}");
    }
}

#[test]
fn what_a_moderator_set_for_a_person_counts_before_mode_and_network() {
    let sanction = Some(Sanction { until: Millis(2 * MINUTE), refuse: true, wide: false });
    let of = |regard| Facts {
        regard: Some((regard, Millis(2 * MINUTE))),
        mode: Mode::HeldFirst,
        sanction: sanction.clone(),
        ..facts()
    };
    assert!(matches!(verdict(&draft("Mette", "hi"), &of(Regard::AtOnce)), Verdict::Shown(_)));
    assert_eq!(
        refusal(&draft("Mette", "hi"), &of(Regard::HeldFirst)),
        "sanctioned",
        "held is no way past a ban"
    );
    let unbanned = Facts { sanction: None, ..of(Regard::HeldFirst) };
    let held = verdict(&draft("Mette", "hi"), &unbanned);
    assert!(matches!(held, Verdict::Held(_, HeldWhy::Account)));
    assert_eq!(refusal(&draft("Mette", "hi"), &of(Regard::Refused)), "account-refused");
    let ended =
        Facts { regard: Some((Regard::Refused, Millis(1))), mode: Mode::Open, sanction: None, ..facts() };
    assert!(matches!(verdict(&draft("Mette", "hi"), &ended), Verdict::Shown(_)), "it ends by itself");
    let closed = Facts { mode: Mode::Closed, ..of(Regard::AtOnce) };
    assert_eq!(refusal(&draft("Mette", "hi"), &closed), "discussion-closed");
    let slow = Facts { mode: Mode::Slow, last_here: Some(Millis(MINUTE)), ..of(Regard::AtOnce) };
    assert_eq!(refusal(&draft("Mette", "hi"), &slow), "discussion-slowed", "pace is pace");
}
