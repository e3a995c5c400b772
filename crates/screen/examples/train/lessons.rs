//! Which text teaches which head what, and which are kept to measure with.

use crate::{
    corpora::{self, Fault},
    own::{Chance, Own},
    readings::Readings,
};
use screen::model::weights::HEADS;
use std::{collections::HashSet, path::Path};

/// What a text is for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Part {
    Train,
    /// The scale of scores is set by these.
    Calibrate,
    Measure,
}

/// One text and what it says to each head: yes or no with a weight, or nothing.
pub struct Lesson {
    pub from: &'static str,
    pub part: Part,
    /// What it was cut from; of most texts they themselves.
    pub document: u64,
    pub text: String,
    pub says: Says,
}

/// The same part for the same document, whatever else there is: seven tenths, one, two.
pub fn part(document: u64) -> Part {
    match Chance(document ^ 0xda7e_11ae).next() % 10 {
        0..=6 => Part::Train,
        7 => Part::Calibrate,
        _ => Part::Measure,
    }
}

/// In which of so many folds a document is left out, when what is not measured with is gone through crosswise.
pub fn fold(document: u64, folds: u64) -> u64 {
    Chance(document ^ 0xf01d).next() % folds
}

pub fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

pub fn all(folder: &Path, seed: u64) -> Result<Vec<Lesson>, Fault> {
    let mut lessons = Vec::new();
    civil(folder, &mut lessons)?;
    for said in corpora::wikipedia(folder)? {
        let says = if said.is {
            [Some((true, 1.0)), None, Some((false, 1.0)), None]
        } else {
            [Some((false, 1.0)), Some((false, TALK_PAGES)), Some((false, 1.0)), None]
        };
        lessons.push(by_itself("Wikipedia", said.text, says));
    }
    for (class, text) in corpora::davidson(folder)? {
        let says = match class {
            0 => [Some((true, 0.5)), Some((true, 2.0)), None, None],
            1 => [Some((true, 0.25)), Some((false, 0.1)), None, None],
            _ => [Some((false, 1.0)), Some((false, 1.0)), Some((false, 0.5)), None],
        };
        lessons.push(by_itself(DAVIDSON[usize::from(class.min(2))], text, says));
    }
    for said in corpora::sms(folder)? {
        let says = [None, None, Some((said.is, 1.0)), None];
        lessons.push(by_itself("SMS", said.text, says));
    }
    let (train, dev) = corpora::cold(folder)?;
    let measured: HashSet<&str> = dev.iter().map(|d| d.text.as_str()).collect();
    let train: Vec<_> = train.into_iter().filter(|t| !measured.contains(t.text.as_str())).collect();
    for said in train {
        let says = [None, None, None, Some((said.is, 1.0))];
        lessons.push(never_measured(by_itself("COLD", said.text, says)));
    }
    for said in dev {
        let says = [None, None, None, Some((said.is, 1.0))];
        lessons.push(Lesson { part: Part::Measure, ..by_itself("COLD", said.text, says) });
    }
    own(seed, &mut lessons);
    Ok(lessons)
}

/// How much clean talk pages weigh for the hate head beside news comments. Chosen crosswise.
const TALK_PAGES: f32 = 0.3;

type Says = [Option<(bool, f32)>; HEADS.len()];

/// A text that is a document of its own.
fn by_itself(from: &'static str, text: String, says: Says) -> Lesson {
    let document = digest(&text);
    Lesson { from, part: part(document), document, text, says }
}

fn never_measured(lesson: Lesson) -> Lesson {
    let part = if lesson.part == Part::Calibrate { Part::Calibrate } else { Part::Train };
    Lesson { part, ..lesson }
}

/// Where Davidson's three classes are from, in a report.
pub const DAVIDSON: [&str; 3] = ["Davidson hate", "Davidson offensive", "Davidson neither"];

/// Hate where so many of its annotators say so, none where nobody marked anything.
fn crowd(one: &corpora::Civil, enough: f32) -> Option<(bool, f32)> {
    if one.identity >= enough { Some((true, 2.0)) } else { (one.any == 0.0).then_some((false, 1.0)) }
}

fn civil(folder: &Path, lessons: &mut Vec<Lesson>) -> Result<(), Fault> {
    let (whole, cut) = corpora::civil(folder)?;
    let readings = Readings::read();
    for one in cut {
        let part = part(one.comment);
        let insult =
            if one.insult >= 0.5 { Some((true, 1.0)) } else { (one.any == 0.0).then_some((false, 1.0)) };
        let hate = match part {
            Part::Train => readings.teach(&one),
            // Nothing is scaled or measured by what was read anew.
            Part::Calibrate => crowd(&one, 0.3).or((one.identity == 0.0).then_some((false, 0.05))),
            Part::Measure => crowd(&one, 0.5),
        };
        let advertising = Some((false, 1.0));
        lessons.push(Lesson {
            from: "Civil sentence",
            part,
            document: one.comment,
            text: one.text,
            says: [insult, hate, advertising, None],
        });
    }
    for one in whole {
        let part = part(one.comment);
        let insult = (one.insult >= 0.5).then_some((true, 1.0));
        let hate = (one.identity >= 0.5).then_some((true, 1.0));
        let says = [insult, hate, Some((false, 1.0)), None];
        // Whole comments are only measured with: their sentences have taught already.
        if part == Part::Measure {
            lessons.push(Lesson { from: "Civil comment", part, document: one.comment, text: one.text, says });
        } else if part == Part::Train {
            lessons.push(Lesson {
                from: "Civil comment",
                part,
                document: one.comment,
                text: one.text,
                says: [None, None, Some((false, 1.0)), None],
            });
        }
    }
    Ok(())
}

fn own(seed: u64, lessons: &mut Vec<Lesson>) {
    let own = Own::read();
    let mut chance = Chance(seed);
    let no = Some((false, 1.0));
    let yes = Some((true, 1.0));
    for (kind, each, says) in [
        ("identity", 30, [no, no, no, None]),
        ("counter-speech", 30, [no, no, no, None]),
        ("negation", 40, [no, no, no, None]),
        ("reclaimed", 12, [no, no, no, None]),
        ("political", 30, [no, no, no, None]),
        ("ordinary", 30, [no, no, no, None]),
        ("ordinary-trade", 40, [no, no, no, None]),
        ("advertising", 40, [None, None, yes, None]),
        ("insult", 40, [yes, None, no, None]),
        ("hate", 40, [None, yes, no, None]),
    ] {
        for sentence in own.sentences(kind, each, &mut chance) {
            lessons.push(never_measured(by_itself(kind, sentence, says)));
        }
    }
    let held_out = Own::held_out();
    for (kind, from) in [("identity", "unseen identity"), ("counter-speech", "unseen counter-speech")] {
        for sentence in held_out.sentences(kind, 40, &mut chance) {
            let lesson = by_itself(from, sentence, [no, no, no, None]);
            lessons.push(Lesson { part: Part::Measure, ..lesson });
        }
    }
}
