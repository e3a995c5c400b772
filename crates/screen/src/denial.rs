//! What a text takes back: `you are not …`, `nobody here is …`, `I would never call you …`.

use crate::{fold::Word, word_set::WordSet};
use std::sync::LazyLock;

/// Words after a `not` that it denies, and after a word of saying that is denied.
const REACH: usize = 3;
const SAID_REACH: usize = 9;
/// From `nobody` to the verb that it is the subject of.
const TO_THE_VERB: usize = 5;

/// They deny what comes next.
static DENIALS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::of([
        "not",
        "never",
        "arent",
        "isnt",
        "wasnt",
        "werent",
        "dont",
        "didnt",
        "doesnt",
        "nor",
        "neither",
        "cannot",
        "shouldnt",
        "hardly",
        "nie",
        "niemals",
        "nicht",
        "nunca",
        "jamas",
        "никогда",
        "не",
    ])
});

/// They deny what is said, and nothing else: `you couldn't be more stupid` denies nothing.
static OF_SAYING: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::of(["wouldnt", "wont", "havent", "hasnt", "hadnt", "mustnt", "without"]));

/// They deny the verb they are the subject of, where it says something or says what somebody is.
static NOBODY: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::of(["nobody", "noone", "none", "niemand", "keiner", "nadie", "ninguno", "никто"])
});

static SAYING: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::of([
        "say",
        "says",
        "said",
        "saying",
        "call",
        "calls",
        "called",
        "calling",
        "claim",
        "claims",
        "claimed",
        "think",
        "thinks",
        "thought",
        "thinking",
        "suggest",
        "suggests",
        "suggested",
        "suggesting",
        "imply",
        "implies",
        "implied",
        "mean",
        "meant",
        "consider",
        "considers",
        "considered",
        "write",
        "wrote",
        "written",
        "accuse",
        "accused",
        "sage",
        "sagt",
        "gesagt",
        "sagte",
        "nenne",
        "nennt",
        "nennen",
        "genannt",
        "behauptet",
        "meint",
        "findet",
        "denkt",
        "dice",
        "dicen",
        "dije",
        "dijo",
        "digo",
        "llamo",
        "llama",
        "llame",
        "cree",
        "creo",
        "piensa",
        "говорю",
        "говорит",
        "говорил",
        "говорила",
        "сказал",
        "сказала",
        "называл",
        "называла",
        "называю",
        "называет",
        "назвал",
        "назвала",
        "считаю",
        "считает",
        "думает",
    ])
});

static BEING: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::of([
        "is", "are", "was", "were", "be", "being", "am", "deserves", "deserve", "should", "ist", "bist",
        "sind", "seid", "es", "eres", "son",
    ])
});

/// Whom the word after `you` says something of: `call you a …`, `consider you …`.
static CALLING: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::of(["call", "called", "calling", "calls", "consider", "considered"]));

/// Verbs and articles after `you`: the sentence goes on. With anything else `you` is a form of address, and what
/// comes then is said: `I never said that you fool`.
static GOES_ON: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::of([
        "are", "were", "was", "is", "a", "an", "have", "had", "do", "did", "would", "could", "should",
        "might", "must", "look", "looked", "sound", "sounded", "seem", "seemed", "act", "acted", "behave",
        "behaved", "guys", "people", "all", "two", "here", "to", "any", "some",
    ])
});

/// After a denial of this sort something worse is said.
fn takes_nothing_back(denial: &str, next: &str) -> bool {
    matches!(next, "just" | "only" | "merely" | "simply" | "nur" | "bloss" | "solo" | "только" | "просто")
        || (denial == "never" && next == "mind")
}

/// `never seen such a …`, `nobody could be more …`: it compares.
fn compares(word: &str) -> bool {
    matches!(word, "such" | "so" | "more" | "bigger" | "greater" | "worse" | "dumber" | "stupider" | "than")
}

/// For each word whether it is taken back by a denial before it, in the same clause.
pub fn of(text: &str, words: &[Word]) -> Vec<bool> {
    let mut denied = vec![false; words.len()];
    // How many words are denied yet; how many may still lie before the verb of a `nobody`; and whether what denies
    // is a `never` or a `nobody`.
    let (mut left, mut subject, mut ever) = (0usize, 0usize, false);
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map(|n| &words[n]);
        let gap = before.and_then(|b| text.get(b.span.end..word.span.start));
        let ended = gap.is_some_and(|gap| gap != " " && ends_a_clause(gap, word.text));
        if ended || matches!(word.text, "but" | "sondern" | "sino") {
            (left, subject) = (0, 0);
        }
        if is_denial(before, word) {
            let next = words.get(at + 1).map_or("", |w| w.text);
            denied[at] = left > 0;
            if takes_nothing_back(word.text, next) {
                (left, subject) = (0, 0);
            } else if NOBODY.has(word) || word.text == "one" {
                (left, subject, ever) = (0, TO_THE_VERB, true);
            } else if OF_SAYING.has(word) {
                (left, subject, ever) = (0, 2, false);
                // Only what is said, not what somebody is.
                if !words.get(at + 1..(at + 3).min(words.len())).unwrap_or(&[]).iter().any(|w| SAYING.has(w))
                {
                    subject = 0;
                }
            } else {
                (left, subject, ever) = (REACH, 0, matches!(word.text, "never" | "hardly" | "cannot"));
            }
            continue;
        }
        ever |= word.text == "ever";
        if (left == 0 && subject == 0) || (ever && compares(word.text)) || matches!(word.text, "what" | "how")
        {
            (left, subject) = (0, 0);
            continue;
        }
        if left > 0 && matches!(word.text, "you" | "u") && !goes_on(before, words.get(at + 1)) {
            left = 0;
            continue;
        }
        denied[at] = left > 0;
        left = left.saturating_sub(1);
        if SAYING.has(word) {
            (left, subject) = (SAID_REACH, 0);
        } else if asks(word.text) {
            subject = 0;
        } else if subject > 0 {
            subject -= 1;
            if BEING.has(word) {
                (left, subject) = (REACH, 0);
            }
        }
    }
    denied
}

fn is_denial(before: Option<&Word>, word: &Word) -> bool {
    DENIALS.has(word)
        || OF_SAYING.has(word)
        || NOBODY.has(word)
        || (word.text == "one" && before.is_some_and(|b| b.text == "no"))
}

fn goes_on(before: Option<&Word>, next: Option<&Word>) -> bool {
    before.is_some_and(|b| CALLING.has(b)) || next.is_some_and(|n| GOES_ON.has(n))
}

/// In German, Russian and Spanish a comma may stand before what is said.
fn ends_a_clause(gap: &str, next: &str) -> bool {
    let said = gap.trim() == "," && matches!(next, "dass" | "daß" | "что" | "que" | "that");
    !said && gap.chars().any(|c| !c.is_whitespace())
}

/// `nobody cares what you think`, `nobody asked`: what comes after is not what nobody says.
fn asks(word: &str) -> bool {
    matches!(
        word,
        "what"
            | "how"
            | "why"
            | "cares"
            | "care"
            | "asked"
            | "likes"
            | "loves"
            | "wants"
            | "needs"
            | "gives"
            | "respects"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Folded;

    fn denied(text: &str) -> Vec<String> {
        let folded = Folded::of(text);
        let words = folded.words();
        let denied = of(text, &words);
        words.into_iter().zip(denied).filter(|(_, d)| *d).map(|(w, _)| w.text.to_owned()).collect()
    }

    #[test]
    fn what_a_not_takes_back() {
        assert_eq!(denied("You are not a bad man at all"), ["a", "bad", "man"]);
        assert_eq!(denied("I would not, you fool"), Vec::<String>::new());
        assert_eq!(denied("not clever but mean"), ["clever"]);
    }

    #[test]
    fn what_nobody_is_and_nobody_says() {
        assert_eq!(denied("Nobody here is stupid today"), ["stupid", "today"]);
        assert!(denied("I would never call you a fool").contains(&"fool".to_owned()));
        assert!(denied("No one said that you were pathetic").contains(&"pathetic".to_owned()));
        assert!(denied("I wouldn't call you a fool").contains(&"fool".to_owned()));
    }

    #[test]
    fn what_takes_nothing_back() {
        for text in [
            "You are not just a fool",
            "Never mind you fool",
            "Nobody cares you fool",
            "I never said that you fool",
            "I have never met such a fool",
            "You couldn't be a bigger fool",
            "I cannot believe what a fool you are",
            "I can't believe that you are such a fool",
            "I don't think I have ever met such a fool",
            "Nobody could be more of a fool",
        ] {
            assert!(!denied(text).contains(&"fool".to_owned()), "{text}: {:?}", denied(text));
        }
    }
}
