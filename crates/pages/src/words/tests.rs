use super::*;
use newsroom::{
    Millis, Zone,
    discussion::{
        HeldWhy, Label, Reason, Reasons, Refusal,
        account::{NameFault, Unproven},
        reason::Wording,
    },
};
use std::collections::BTreeSet;

fn places(sentence: &str) -> BTreeSet<&str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_language_is_whole() {
    let english: Vec<_> = Words::of(Language::English).each().collect();
    for language in Language::ALL {
        let words = Words::of(language);
        assert_eq!(words.language, language);
        for ((name, said), (same, in_english)) in words.each().zip(&english) {
            assert_eq!(name, *same);
            assert!(!said.trim().is_empty(), "{language:?} {name}");
            assert_eq!(places(said), places(in_english), "{language:?} {name}: {said}");
            assert!(!said.contains(['<', '>', '"']), "{language:?} {name}: plain text");
            match name {
                "months" => assert_eq!(said.split('|').count(), 12, "{language:?}"),
                "weekdays" => assert_eq!(said.split('|').count(), 7, "{language:?}"),
                _ if in_english.contains('|') => {
                    assert_eq!(said.split('|').count(), language.plurals().len(), "{language:?} {name}");
                }
                _ => assert!(!said.contains('|'), "{language:?} {name}"),
            }
        }
    }
}

/// Few sentences may be the same in two languages: names, marks, numbers.
#[test]
fn nothing_was_left_in_english() {
    let same = [
        "months",
        "moment",
        "day",
        "day_of_year",
        "weekday",
        "name",
        "list_comma",
        "letter_part",
        "letter_subject",
        "to_whom",
        "eg_list",
        "eg_emphasis",
        "eg_code",
        "no_replies",
        "update",
        "comment_by",
        "to",
        "letters",
        "log_line",
        "feed_section",
    ];
    let english: Vec<_> = Words::of(Language::English).each().collect();
    for language in Language::ALL.into_iter().filter(|l| *l != Language::English) {
        for ((name, said), (_, in_english)) in Words::of(language).each().zip(&english) {
            assert!(said != *in_english || same.contains(&name), "{language:?} {name}: {said}");
        }
    }
}

#[test]
fn numbers_beside_their_words() {
    let say = |language, n| {
        let words = Words::of(language);
        words.counted(words.comments, n)
    };
    assert_eq!(
        (say(Language::English, 1), say(Language::English, 1_234)),
        ("1 comment".into(), "1,234 comments".into())
    );
    assert_eq!(
        (say(Language::German, 1), say(Language::German, 1_234)),
        ("1 Kommentar".into(), "1.234 Kommentare".into())
    );
    for (n, said) in [
        (1, "1 комментарий"),
        (3, "3 комментария"),
        (11, "11 комментариев"),
        (21, "21 комментарий"),
        (1_002, "1002 комментария"),
        (12_345, "12\u{a0}345 комментариев"),
    ] {
        assert_eq!(say(Language::Russian, n), said);
    }
    assert_eq!(
        (say(Language::Spanish, 1), say(Language::Spanish, 2)),
        ("1 comentario".into(), "2 comentarios".into())
    );
    assert_eq!(
        (say(Language::Chinese, 1), say(Language::Chinese, 7)),
        ("1 条评论".into(), "7 条评论".into())
    );
}

#[test]
fn moments_in_the_manner_of_the_language() {
    let zone = Zone::named("Europe/Oslo").unwrap();
    let at = Millis(1_362_557_520_000);
    for (language, moment, weekday) in [
        (Language::English, "09:12, 6 March 2013", "Wednesday, 6 March 2013"),
        (Language::German, "6. März 2013, 09:12 Uhr", "Mittwoch, 6. März 2013"),
        (Language::Russian, "6 марта 2013 г., 09:12", "среда, 6 марта 2013 г."),
        (Language::Spanish, "6 de marzo de 2013, 09:12", "miércoles, 6 de marzo de 2013"),
        (Language::Chinese, "2013年3月6日 09:12", "2013年3月6日 星期三"),
    ] {
        let words = Words::of(language);
        assert_eq!((words.moment(&zone, at), words.weekday(&zone, at)), (moment.into(), weekday.into()));
    }
}

#[test]
fn verdicts_are_told_in_the_language() {
    let german = Words::of(Language::German);
    let long = Refusal::LongText { most: 4_000, has: 4_001 };
    assert_eq!(german.refusal(&long), "Der Kommentar hat 4001 Zeichen; erlaubt sind höchstens 4000.");
    assert_eq!(
        german.refusal(&Refusal::Flood { wait: 3_600 }),
        "Zu viele Kommentare von Ihrer Adresse. Bitte warten Sie 60 Minuten."
    );
    let sanctioned = Refusal::Sanctioned { until: Millis(1_764_752_400_000) };
    let mut paper = crate::sample::data::paper();
    let told = german.refused_by(&paper, &sanctioned);
    assert!(
        told.contains("3. Dezember 2025") && told.contains("schreiben Sie an desk@courier.example."),
        "{told}"
    );
    paper.contact.clear();
    let told = Words::of(Language::English).refused_by(&paper, &sanctioned);
    assert_eq!(
        told,
        "A moderator has closed the discussions to comments from here until 10:00, 3 December 2025."
    );
    let risk = HeldWhy::Risk(vec![Label::Insult, Label::Hate]);
    let russian = Words::of(Language::Russian);
    assert_eq!(russian.held_as_stored(&risk.stored()), "Похоже на оскорбление, ненависть; решает модератор.");
    assert_eq!(russian.held(&HeldWhy::Links(3)), "В нём 3 ссылки; такие сначала смотрит модератор.");
    let older = "It has 3 links; a moderator looks at those first.";
    assert_eq!(german.held_as_stored(older), older, "from before there were codes");
}

#[test]
fn no_name_stands_in_two_catalogues() {
    let names: Vec<_> = Words::of(Language::English).each().map(|(name, _)| name).collect();
    assert!(names.contains(&"ways_in") && names.contains(&"rules_who"));
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

#[test]
fn what_keeps_somebody_out_is_told_in_the_language() {
    let german = Words::of(Language::German);
    assert_eq!(
        german.unproven("Courier ID", Unproven::Forged),
        "Sie sind nicht mit Courier ID angemeldet: die Signatur ist nicht echt."
    );
    assert_eq!(
        german.name_fault(NameFault::Long { most: 60 }),
        "Der Name ist zu lang; höchstens 60 Zeichen."
    );
    assert_eq!(
        counted(Words::of(Language::Russian), Words::of(Language::Russian).holder().many_tries, 22),
        "Слишком много попыток. Подождите 22 секунды."
    );
    for (kept, said) in [
        ("Firefox on Linux", "Firefox unter Linux"),
        ("a browser on iPhone", "ein Browser unter iPhone"),
        ("an unknown browser", "ein unbekannter Browser"),
        ("curl", "curl"),
    ] {
        assert_eq!(german.browser(kept), said);
        assert_eq!(Words::of(Language::English).browser(kept), kept);
    }
}

#[test]
fn a_reason_always_says_something() {
    let mut own = Reasons::default().find(Reason::INSULT).unwrap().clone();
    own.source = "Netiquette 4".into();
    own.wordings = vec![(Language::German, Wording { sentence: "So nicht.".into(), choice: String::new() })];
    let mut bare = own.clone();
    bare.reason = Reason::parse("rude").unwrap();
    let reasons = Reasons::with(vec![own, bare]);
    let german = Voice::new(Language::German, &reasons);
    let english = Voice::new(Language::English, &reasons);
    assert_eq!((german.sentence(Reason::INSULT), german.choice(Reason::INSULT)), ("So nicht.", "So nicht."));
    assert!(english.sentence(Reason::INSULT).starts_with("It insults somebody."));
    assert_eq!(german.ground(Some(Reason::INSULT)), "Eine Regel dieser Diskussion, Netiquette 4: So nicht.");
    assert_eq!(english.sentence(Reason::parse("rude").unwrap()), "So nicht.", "in what words there are");
    let unknown = Reason::parse("long-gone").unwrap();
    assert_eq!(german.sentence(unknown), "Er hat gegen eine Regel dieser Diskussion verstoßen.");
    assert!(english.ground(Some(Reason::UNLAWFUL)).starts_with("The law: "));
}

#[test]
fn places_are_filled_once() {
    assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
    assert_eq!(fill("{a", &[("a", "1")]), "a");
}
