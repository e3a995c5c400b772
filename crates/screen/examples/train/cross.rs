//! Sentences of Civil Comments that nothing is measured with, each scored by weights that its own comment, and a
//! fifth of the others, did not teach. What is chosen is chosen by this, so that the measured part stays unseen.

use crate::{
    DECAY, SEED,
    corpora::{self, Civil},
    learn::{Arena, head},
    lessons::{Lesson, Part, fold, part},
    measure::{Marks, auc, auc_margin},
    readings::{Readings, Verdict},
};
use screen::model::{
    features, features_of, sums,
    weights::{HATE, HEADS, INSULT, Scale, Weights},
};
use std::{error::Error, path::Path};

const FOLDS: u64 = 5;
/// How much more the model might lean to hate where a group is named.
const LEANS: [f32; 6] = [0.25, 0.5, 0.75, 1.0, 1.5, 2.0];

/// What is asked, of which head, and which sentences are and are not.
type Question = (&'static str, usize, fn(&Civil) -> Option<bool>);

const QUESTIONS: [Question; 4] = [
    ("insult against clean", INSULT, |c| (c.insult >= 0.5 || c.any == 0.0).then_some(c.insult >= 0.5)),
    ("hate against clean", HATE, |c| (c.identity >= 0.5 || c.any == 0.0).then_some(c.identity >= 0.5)),
    ("hate against all", HATE, |c| Some(c.identity >= 0.5)),
    ("hate against all but insult", HATE, |c| {
        (c.identity >= 0.5 || c.insult < 0.5).then_some(c.identity >= 0.5)
    }),
];

pub fn print(folder: &Path, lessons: &[Lesson]) -> Result<(), Box<dyn Error>> {
    let (_, cut) = corpora::civil(folder)?;
    let cut: Vec<Civil> = cut.into_iter().filter(|c| part(c.comment) == Part::Train).collect();
    let arena = Arena::of(lessons);
    let mut marks: [Marks; QUESTIONS.len()] = Default::default();
    let mut leaning: [Marks; LEANS.len()] = Default::default();
    let mut either = Marks::new();
    let readings = Readings::read();
    let mut anew = Marks::new();
    for left_out in 0..FOLDS {
        let heads: [Vec<f32>; HEADS.len()] = std::array::from_fn(|h| match h {
            INSULT | HATE => {
                head(lessons, &arena, h, DECAY[h], SEED, |l| fold(l.document, FOLDS) != left_out).0
            }
            _ => vec![0.0; 1 << features::BITS],
        });
        let plain = Weights::write([Scale { top: 0.0, slope: 1.0, shift: 0.0 }; HEADS.len()], &heads);
        let weights = Weights::read(&plain).ok_or("weights that were just written")?;
        for one in cut.iter().filter(|c| fold(c.comment, FOLDS) == left_out) {
            let sums = sums(&weights, &one.text);
            for (marks, (_, head, is)) in marks.iter_mut().zip(QUESTIONS) {
                marks.extend(is(one).map(|is| (sums[head], is)));
            }
            match readings.of(&one.text) {
                Some(Verdict::Hate) => anew.push((sums[HATE], true)),
                Some(Verdict::Not) => anew.push((sums[HATE], false)),
                _ => {}
            }
            let bad = one.insult >= 0.5 || one.identity >= 0.5;
            if bad || one.any == 0.0 {
                either.push((sums[INSULT].max(sums[HATE]), bad));
            }
            let group = features_of(&one.text).0.contains(&features::group());
            for (marks, lean) in leaning.iter_mut().zip(LEANS) {
                let lean = if group { lean } else { 0.0 };
                marks.extend(QUESTIONS[1].2(one).map(|is| (sums[HATE] + lean, is)));
            }
        }
    }
    for (marks, (name, _, _)) in marks.iter().zip(QUESTIONS) {
        let those = marks.iter().filter(|m| m.1).count();
        println!("{name}: {those} of {}: AUC {:.3} ± {:.3}", marks.len(), auc(marks), auc_margin(marks));
    }
    let those = either.iter().filter(|m| m.1).count();
    println!(
        "insult or hate against clean, the greater sum: {those} of {}: AUC {:.3} ± {:.3}",
        either.len(),
        auc(&either),
        auc_margin(&either)
    );
    for (marks, lean) in leaning.iter().zip(LEANS) {
        let (auc, margin) = (auc(marks), auc_margin(marks));
        println!("hate against clean, {lean} more where a group is named: AUC {auc:.3} ± {margin:.3}");
    }
    let those = anew.iter().filter(|m| m.1).count();
    println!(
        "hate as read anew, among what was read: {those} of {}: AUC {:.3} ± {:.3}",
        anew.len(),
        auc(&anew),
        auc_margin(&anew)
    );
    agreement(&cut, &readings);
    Ok(())
}

/// What the sentences that were read are to their annotators, and how far both agree beyond chance.
fn agreement(cut: &[Civil], readings: &Readings) {
    let read: Vec<(&Civil, Verdict)> =
        cut.iter().filter_map(|c| readings.of(&c.text).map(|verdict| (c, verdict))).collect();
    type Marked = (&'static str, fn(&Civil) -> bool);
    let marked: [Marked; 4] = [
        ("hate", |c| c.identity >= 0.5),
        ("hate for some, fewer than half", |c| c.identity > 0.0 && c.identity < 0.5),
        ("something else for some", |c| c.identity == 0.0 && c.any > 0.0),
        ("clean", |c| c.any == 0.0),
    ];
    println!("\n| to its annotators | read | hate | unsure | not |\n|---|---|---|---|---|");
    for (name, is) in marked {
        let count = |verdict: Verdict| read.iter().filter(|(c, v)| is(c) && *v == verdict).count();
        let [hate, unsure, not] = [Verdict::Hate, Verdict::Unsure, Verdict::Not].map(count);
        println!("| {name} | {} | {hate} | {unsure} | {not} |", hate + unsure + not);
    }
    let both: Vec<(bool, bool)> = read
        .iter()
        .filter(|(c, _)| c.identity >= 0.5 || c.any == 0.0)
        .map(|(c, verdict)| (c.identity >= 0.5, *verdict == Verdict::Hate))
        .collect();
    let part = |is: &dyn Fn(&(bool, bool)) -> bool| {
        both.iter().filter(|b| is(b)).count() as f64 / both.len().max(1) as f64
    };
    let [crowd, reader] = [part(&|b| b.0), part(&|b| b.1)];
    let by_chance = crowd * reader + (1.0 - crowd) * (1.0 - reader);
    let kappa = (part(&|b| b.0 == b.1) - by_chance) / (1.0 - by_chance);
    println!("\nkappa on hate and clean: {kappa:.2}");
}
