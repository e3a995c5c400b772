//! The tables of the model card.

use crate::{
    corpora,
    lessons::{DAVIDSON, Lesson, Part, part},
    measure::{Marks, auc, auc_margin, false_alarms, precision_recall},
    scale::HOLD,
};
use newsroom::discussion::{Label, Risk, rank};
use screen::model::{
    sums,
    weights::{ADVERTISING, CHINESE, HATE, HEADS, INSULT, Weights},
};
use std::{error::Error, path::Path};

/// What each text got: the model's score by head, the rules' and the whole screen's by label.
struct Seen {
    model: [f32; HEADS.len()],
    sums: [f32; HEADS.len()],
    rules: Vec<Risk>,
    both: screen::Seen,
}

pub fn print(folder: &Path, lessons: &[Lesson]) -> Result<(), Box<dyn Error>> {
    let weights = Weights::shipped().ok_or("the weights in the binary are of another version")?;
    let see = |text: &str| {
        let sums = sums(weights, text);
        Seen {
            model: std::array::from_fn(|head| weights.scales[head].score(sums[head])),
            sums,
            rules: screen::by_rules(text, ""),
            both: screen::look(text, "", &[]),
        }
    };
    let seen: Vec<(&Lesson, Seen)> =
        lessons.iter().filter(|l| l.part == Part::Measure).map(|l| (l, see(&l.text))).collect();
    println!(
        "\n| what is held out | of it | AUC model | AUC rules | AUC screen | AUC queue | model P/R at 0.8 | rules P/R | screen P/R | false alarms model | rules | screen |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    let of = |head: usize, from: &[&str]| -> Vec<(&Seen, bool)> {
        seen.iter()
            .filter(|(l, _)| from.contains(&l.from))
            .filter_map(|(l, s)| l.says[head].map(|(is, _)| (s, is)))
            .collect()
    };
    row("insult: Civil sentences", INSULT, Label::Insult, &of(INSULT, &["Civil sentence"]));
    row(
        "insult: Civil comments against Wikipedia's clean",
        INSULT,
        Label::Insult,
        &[of(INSULT, &["Civil comment"]), of(INSULT, &["Wikipedia"]).into_iter().filter(|s| !s.1).collect()]
            .concat(),
    );
    row("insult: Wikipedia", INSULT, Label::Insult, &of(INSULT, &["Wikipedia"]));
    row("insult: Davidson", INSULT, Label::Insult, &of(INSULT, &DAVIDSON));
    row("hate: Civil sentences", HATE, Label::Hate, &of(HATE, &["Civil sentence"]));
    row(
        "hate: Civil comments against Wikipedia's clean",
        HATE,
        Label::Hate,
        &[of(HATE, &["Civil comment"]), of(HATE, &["Wikipedia"]).into_iter().filter(|s| !s.1).collect()]
            .concat(),
    );
    let either: Vec<(&Seen, bool)> = seen
        .iter()
        .filter(|(l, _)| l.from == "Civil sentence")
        .filter_map(|(l, s)| {
            let says = [INSULT, HATE].into_iter().filter_map(|head| l.says[head]);
            says.map(|(is, _)| is).reduce(|a, b| a || b).map(|is| (s, is))
        })
        .collect();
    row_of_several(
        "insult or hate: Civil sentences",
        &[(INSULT, Label::Insult), (HATE, Label::Hate)],
        &either,
    );
    let disputed: Vec<(Seen, corpora::Civil)> = corpora::civil(folder)?
        .1
        .into_iter()
        .filter(|c| part(c.comment) == Part::Measure)
        .map(|c| (see(&c.text), c))
        .collect();
    let all_sentences = |is: &dyn Fn(&corpora::Civil) -> bool| -> Vec<(&Seen, bool)> {
        disputed.iter().map(|(s, c)| (s, is(c))).collect()
    };
    let name = "all Civil sentences, also those that annotators dispute";
    row(&format!("insult: {name}"), INSULT, Label::Insult, &all_sentences(&|c| c.insult >= 0.5));
    row(&format!("hate: {name}"), HATE, Label::Hate, &all_sentences(&|c| c.identity >= 0.5));
    row("hate: Davidson hate against neither", HATE, Label::Hate, &of(HATE, &[DAVIDSON[0], DAVIDSON[2]]));
    row("hate: Davidson, hate against all", HATE, Label::Hate, &of(HATE, &DAVIDSON));
    row("advertising: SMS", ADVERTISING, Label::Advertising, &of(ADVERTISING, &["SMS"]));
    let videos: Vec<(&str, Vec<(Seen, bool)>)> = corpora::youtube(folder)?
        .into_iter()
        .map(|(video, said)| (video, said.into_iter().map(|s| (see(&s.text), s.is)).collect()))
        .collect();
    for (video, said) in &videos {
        let said: Vec<(&Seen, bool)> = said.iter().map(|(s, is)| (s, *is)).collect();
        row(&format!("advertising: {video}"), ADVERTISING, Label::Advertising, &said);
    }
    let all: Vec<(&Seen, bool)> = videos.iter().flat_map(|v| &v.1).map(|(s, is)| (s, *is)).collect();
    row("advertising: the three videos", ADVERTISING, Label::Advertising, &all);
    row("hate, Chinese: COLD dev", CHINESE, Label::Hate, &of(CHINESE, &["COLD"]));

    println!("\n| let be | texts | held by rules | by the screen | of these insult | hate | advertising |");
    println!("|---|---|---|---|---|---|---|");
    let held = |name: &str, those: Vec<&Seen>| {
        let part = |n: usize| format!("{:.2} %", 100.0 * n as f64 / those.len().max(1) as f64);
        let by = |label: Option<Label>, rules: bool| {
            part(
                those
                    .iter()
                    .filter(|s| {
                        let risks = if rules { &s.rules } else { &s.both.risks };
                        risks.iter().any(|r| r.score >= HOLD && label.is_none_or(|l| l == r.label))
                    })
                    .count(),
            )
        };
        println!(
            "| {name} | {} | {} | {} | {} | {} | {} |",
            those.len(),
            by(None, true),
            by(None, false),
            by(Some(Label::Insult), false),
            by(Some(Label::Hate), false),
            by(Some(Label::Advertising), false)
        );
    };
    for from in ["Civil sentence", "Wikipedia", "unseen identity", "unseen counter-speech", "SMS"] {
        let head = if from == "SMS" { ADVERTISING } else { INSULT };
        held(
            from,
            seen.iter()
                .filter(|(l, _)| l.from == from && l.says[head].is_some_and(|s| !s.0))
                .map(|(_, s)| s)
                .collect(),
        );
    }
    held("videos, not spam", all.iter().filter(|s| !s.1).map(|s| s.0).collect());
    // Each head's scale is its own; the sums of two heads may be set beside each other, see `cross`.
    let sums: Marks = either.iter().map(|(s, is)| (s.sums[INSULT].max(s.sums[HATE]), *is)).collect();
    println!(
        "\ninsult or hate: Civil sentences, by the greater sum: AUC {:.3} ± {:.3}",
        auc(&sums),
        auc_margin(&sums)
    );
    Ok(())
}

fn row(name: &str, head: usize, label: Label, seen: &[(&Seen, bool)]) {
    row_of_several(name, &[(head, label)], seen);
}

/// Of what is of any of these kinds: it has the score of that which it is most.
fn row_of_several(name: &str, kinds: &[(usize, Label)], seen: &[(&Seen, bool)]) {
    let most = |score: &dyn Fn(&(usize, Label)) -> f32| kinds.iter().map(score).fold(0.0, f32::max);
    let score = |risks: &[Risk]| {
        most(&|(_, label)| risks.iter().find(|r| r.label == *label).map_or(0.0, |r| r.score))
    };
    let model: Marks = seen.iter().map(|(s, is)| (most(&|(head, _)| s.model[*head]), *is)).collect();
    let rules: Marks = seen.iter().map(|(s, is)| (score(&s.rules), *is)).collect();
    let both: Marks = seen.iter().map(|(s, is)| (score(&s.both.risks), *is)).collect();
    let order: Marks = seen.iter().map(|(s, is)| (most(&|(_, label)| s.both.of(*label)), *is)).collect();
    let queue: Marks =
        seen.iter().map(|(s, is)| (-rank(&s.both.risks, s.both.leaning()) as f32, *is)).collect();
    let pr = |marks: &Marks| {
        let (p, r) = precision_recall(marks, HOLD);
        format!("{p:.3} / {r:.3}")
    };
    println!(
        "| {name} | {} of {} | {:.3} ± {:.3} | {:.3} | {:.3} | {:.3} | {} | {} | {} | {:.2} % | {:.2} % | {:.2} % |",
        seen.iter().filter(|s| s.1).count(),
        seen.len(),
        auc(&model),
        auc_margin(&model),
        auc(&rules),
        auc(&order),
        auc(&queue),
        pr(&model),
        pr(&rules),
        pr(&both),
        100.0 * false_alarms(&model, HOLD),
        100.0 * false_alarms(&rules, HOLD),
        100.0 * false_alarms(&both, HOLD),
    );
}
