//! What the screen must see, and what it must let be: our own sentences, each with its verdict.

use newsroom::discussion::{Label, Policy, Risk};
use screen::{look, screen};

fn score(risks: &[Risk], label: Label) -> f32 {
    risks.iter().find(|r| r.label == label).map_or(0.0, |r| r.score)
}

#[test]
fn held() {
    let hold_at = Policy::default().hold_at;
    for (label, text) in [
        (Label::Advertising, "Best cabin deals at:ferrydeals bulletin board, tell them I sent you"),
        (Label::Advertising, "Cheapest replica watches, visit our shop https://watches.example/buy"),
        (Label::Advertising, "I earn up to 900 a week, work from home, write me on Telegram @easycash"),
        (Label::Advertising, "Online casino, promo code OSK50, click here https://spin.example"),
        (Label::Advertising, "Bеst dеals on loans, buy nоw, t.me/fastloans"),
        (Label::Insult, "You idiot, read the tariff before you write."),
        (Label::Insult, "you are such a m0r0n"),
        (Label::Insult, "What an i d i o t you are. You i d i o t."),
        (Label::Insult, "Only a loser like you would defend this timetable"),
        (Label::Insult, "YOU STUUUPID MORON"),
        (Label::Insult, "Oh fuck off"),
        (Label::Insult, "you are an іdіоt"),
        (Label::Insult, "Ты и д и о т"),
        (Label::Insult, "ты у.б.л.ю.д.о.к, все вы такие"),
        (Label::Insult, "Ну ты К-О-З-Ё-Л!"),
        (Label::Hate, "Immigrants are vermin and everybody in Osk knows it"),
        (Label::Hate, "The gays should all be shot"),
        (Label::Hate, "Go back to your country"),
        (Label::Hate, "Muslims are 4nimals"),
        (Label::Threat, "I will kill you, and I mean it"),
        (Label::Threat, "I know where you live"),
        (Label::Threat, "kill yourself"),
        (Label::Threat, "I'll find you and you will regret this"),
        (Label::Threat, "k1ll yourself please"),
        (Label::Sexual, "Lonely? Hot girls in Norhaven, sex chat tonight"),
        (Label::Sexual, "send nudes"),
        (Label::Personal, "He answers at harbour.master@osk.example, write to him all of you"),
        (Label::Personal, "Call her on 0171 555 01 23 and say what you think"),
        (Label::Personal, "+44 20 7946 0958"),
        (Label::Personal, "The driver lives at 14 Tanner Street, in case anybody wonders"),
        (Label::Flood, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        (Label::Flood, "ferry ferry ferry ferry ferry ferry ferry ferry ferry ferry ferry ferry ferry"),
    ] {
        let risks = screen(text, "Reader");
        assert!(score(&risks, label) >= hold_at, "{text}: {risks:?}");
    }
}

#[test]
fn let_be() {
    let hold_at = Policy::default().hold_at;
    for text in [
        "29 crowns is the price for the chair, not for the bed. Read the tariff.",
        "I am a gay man and I have lived in Tarn for thirty years.",
        "As a Muslim woman I take this ferry every week, and nobody has ever been rude to me.",
        "Jewish and Muslim families here share the bakery's oven on Fridays.",
        "Black people are stopped on this line far more often. The figures are in the report.",
        "Refugees are not animals. They are people who would like a cabin with a window.",
        "People who say that immigrants are vermin should be ashamed.",
        "He called me an idiot and a moron in front of the whole ship.",
        "Somebody wrote \"you idiot\" on my windscreen; I thought of it as fan mail.",
        "> I will kill you\nThis is what he sent me. The police have it.",
        "Refugees who are disabled need a ramp, not a speech.",
        "The government is corrupt to the bone and ought to resign tonight.",
        "This council could not run a bath. Abolish it.",
        "The minister is a clown and his railway policy is idiotic.",
        "The referee was blind, stupid and a disgrace to his whistle.",
        "The killer frost killed all my tomatoes. I will kill for a greenhouse.",
        "He was shot in 1911 and hanged twice, according to the guide.",
        "I think you are wrong, and I think you know it.",
        "You are not stupid; you are tired. So is the timetable.",
        "Cheap tickets are a good thing. I paid 12 crowns and got a seat.",
        "The best offer I ever had was a chair by the engine room.",
        "See https://statistics.example/ferries for the figures and https://osk.example/tariff for the prices.",
        "My doctor says breast cancer screening on the ship saved her life.",
        "Sex education belongs in schools, and so does swimming.",
        "The ship carried 1 200 000 passengers in 2025, against 987,654,321 hours of waiting, or so it felt.",
        "The sitting is on 2026-11-24 at 19:30, room 114.",
        "We met outside 7 Harbour Street, where the plaque is.",
        "NATO and the EU sent two MPs each.",
        "It is VERY cold in Osk.",
        "Поезд пришёл вовремя, и это уже новость.",
        "夜车终于恢复了，真好。",
        "@Ada you are right about the lock, wrong about the tide.",
        "I use WhatsApp to talk to my mother, who is on the island.",
        "-----------------------------",
        "Women are the majority of the crew now, and the coffee has not suffered.",
        "Chinese is harder to learn than the tariff, but only just.",
        "Kill the motion, not the messenger.",
        "Scunthorpe, Essex and Cockermouth would all like a word.",
        "Turks and Greeks both claim the pudding. Both are right.",
        "",
    ] {
        for risk in screen(text, "Reader") {
            assert!(risk.score < hold_at, "{text}: {risk:?}");
        }
    }
}

/// Spelled out or not, in whatever letters: the same is seen of it.
#[test]
fn a_word_spelled_out_is_seen_as_the_word() {
    let apart = |word: &str, by: &str| word.chars().map(String::from).collect::<Vec<_>>().join(by);
    for (before, word, after) in [
        ("Ты ", "идиот", ", читай тариф"),
        ("Вы все ", "Подонки", ""),
        ("What an ", "idiot", " you are"),
        ("Du bist ein ", "Arschloch", ", weißt du das"),
        ("Eres un ", "imbécil", ", lee la tarifa"),
    ] {
        let insult = |said: &str| score(&screen(&format!("{before}{said}{after}"), "Reader"), Label::Insult);
        let whole = insult(word);
        assert!(whole > 0.0, "{word}");
        for by in [" ", ".", "-", ". "] {
            assert_eq!(insult(&apart(word, by)), whole, "{word} by {by:?}");
        }
    }
}

#[test]
fn single_letters_of_ordinary_sentences_are_no_risk() {
    for text in [
        "и я в с о к у",
        "И я в лесу, а он с ней, и у них чай",
        "А. С. Пушкин и М. Ю. Лермонтов",
        "П. И. Чайковский, Н. А. Римский-Корсаков, С. В. Рахманинов",
        "Пункты а, б, в, г и д договора, а в них я и о том же",
        "т. е. и т. д. и т. п., а с 5 до 6 я в саду",
        "Plan A o B, y a mí me da igual; e. g., a o e",
        "J. S. Bach, z. B. am 5. 6., d. h. i. d. R. im Mai",
        "I a m, I say, a part of J. R. R. Tolkien's fan club",
    ] {
        // Initials look a little like an offer to the model, as they did before.
        let little = |risk: &Risk| risk.label == Label::Advertising && risk.score < 0.5;
        let risks = screen(text, "Reader");
        assert!(risks.iter().all(little), "{text}: {risks:?}");
    }
}

#[test]
fn reasons_name_the_words_seen() {
    let risks = screen("Best cabin deals at:ferrydeals bulletin board, tell them I sent you", "Reader");
    assert_eq!(risks[0].label, Label::Advertising);
    for seen in ["best cabin deals", "at:ferrydeals", "tell them i sent you"] {
        assert!(risks[0].why.iter().any(|w| w == seen), "{seen}: {risks:?}");
    }
}

#[test]
fn what_every_address_has_is_no_reason() {
    let text = "Memory pillow for the ferry, now minus 60 % only this week: https://example.com/pillow and the famous \
                travel socks: https://example.net/socks Order two, pay three!";
    let risks = screen(text, "Sleep Well Deals");
    let why = &risks.iter().find(|r| r.label == Label::Advertising).unwrap().why;
    assert!(why.iter().any(|w| w == "link to example.com"), "{why:?}");
    assert!(!why.iter().any(|w| ["https", "com", "net"].contains(&w.as_str())), "{why:?}");
}

#[test]
fn quoting_softens_and_is_said_so() {
    let said = score(&screen("You are a moron.", "A"), Label::Insult);
    let risks = screen("He called me a moron.", "A");
    let quoted = score(&risks, Label::Insult);
    assert!(quoted > 0.0 && quoted < said, "{quoted} {said}");
    assert!(risks[0].why[0].starts_with("quoted:"));
}

#[test]
fn a_shops_name_counts() {
    let text = "Visit our page for the tickets";
    let by = |name| score(&screen(text, name), Label::Advertising);
    assert!(by("cheap-tickets.shop") > by("Ada Brook"));
    assert_eq!(score(&screen("Good morning.", "Ada Brook"), Label::Advertising), 0.0);
}

#[test]
fn harmless_talk_gives_no_risk_at_all() {
    for text in ["The bakery opens at six.", "I disagree with every word of this, politely.", "好", "🙂"] {
        assert_eq!(screen(text, "Ada"), vec![], "{text}");
    }
}

#[test]
fn what_is_too_little_to_be_said_still_orders() {
    let calm = look("The bakery opens at six.", "Ada", &[]);
    let faint = look("That is a ridiculous answer to a simple question.", "Ada", &[]);
    assert_eq!((&calm.risks, &faint.risks), (&vec![], &vec![]), "no risk is named");
    assert!(faint.of(Label::Insult) > 10.0 * calm.of(Label::Insult), "{faint:?} {calm:?}");
    assert!(faint.leaning() > calm.leaning());
    let plain = look("The Muslim bakery opens at six.", "Ada", &[]);
    assert_eq!(plain.risks, vec![], "the name of a group is no risk");
    assert!(plain.leaning() < 0.8 && plain.of(Label::Hate) > calm.of(Label::Hate), "{plain:?}");
}

#[test]
fn shouting_ranks_and_does_not_hold() {
    let risks = screen("WHY DOES NOBODY IN THIS TOWN EVER ANSWER THE TELEPHONE ON A MONDAY", "Ada");
    let flood = score(&risks, Label::Flood);
    assert!(flood > 0.4 && flood < 0.8, "{risks:?}");
}
