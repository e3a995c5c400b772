//! The bounds that were asked for, on a sample of the held-out parts of the corpora, where they are at hand.

#[path = "../examples/train/corpora.rs"]
#[allow(dead_code)]
mod corpora;
#[path = "../examples/train/lessons.rs"]
#[allow(dead_code)]
mod lessons;
#[path = "../examples/train/measure.rs"]
#[allow(dead_code)]
mod measure;
#[path = "../examples/train/own.rs"]
#[allow(dead_code)]
mod own;
#[path = "../examples/train/readings.rs"]
#[allow(dead_code)]
mod readings;

use lessons::{Lesson, Part};
use measure::{Marks, auc};
use newsroom::discussion::{Label, Policy};
use screen::{
    look,
    model::{
        sums,
        weights::{ADVERTISING, CHINESE, HATE, INSULT, Weights},
    },
    screen,
};
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/screen");
    if !folder.is_dir() {
        println!("skipped: no ../shared, so the model is not measured on the corpora");
        return None;
    }
    Some(folder)
}

fn held(text: &str) -> bool {
    screen(text, "").iter().any(|r| r.score >= Policy::default().hold_at)
}

#[test]
fn the_bounds_hold_on_what_was_held_out() {
    let Some(folder) = folder() else { return };
    let weights = Weights::shipped().expect("made for the features of this version");
    let lessons = lessons::all(&folder, 1).expect("the corpora are readable");
    let measured: Vec<&Lesson> = lessons.iter().filter(|l| l.part == Part::Measure).collect();

    // Nothing that is measured with has taught, not even from another document with the same words.
    let taught: HashSet<&str> = lessons
        .iter()
        .filter(|l| l.part == Part::Train && l.says.iter().any(Option::is_some) && l.text.len() > 60)
        .map(|l| l.text.as_str())
        .collect();
    let twice = measured.iter().filter(|l| taught.contains(l.text.as_str())).count();
    assert!(twice * 200 < measured.len(), "{twice} of {} have taught", measured.len());

    let marks = |head: usize, every: usize, from: &[&str]| -> Marks {
        measured
            .iter()
            .filter(|l| from.contains(&l.from))
            .filter_map(|l| Some((l, l.says[head]?.0)))
            .enumerate()
            .filter(|(n, (_, is))| n % every == 0 || (head == HATE && *is))
            .map(|(_, (l, is))| (sums(weights, &l.text)[head], is))
            .collect()
    };
    for (name, head, least, every, from) in [
        ("insult, Civil sentences", INSULT, 0.96, 3, &["Civil sentence"][..]),
        ("hate, Civil comments and Wikipedia", HATE, 0.96, 3, &["Civil comment", "Wikipedia"]),
        ("hate, Civil sentences", HATE, 0.87, 2, &["Civil sentence"]),
        ("hate, Davidson", HATE, 0.93, 1, &["Davidson hate", "Davidson neither"]),
        ("advertising, SMS", ADVERTISING, 0.96, 1, &["SMS"]),
        ("Chinese, COLD", CHINESE, 0.93, 4, &["COLD"]),
    ] {
        let marks = marks(head, every, from);
        println!("{name}: AUC {:.3} on {}", auc(&marks), marks.len());
        assert!(auc(&marks) >= least, "{name}: {:.3}", auc(&marks));
    }
    // What orders the queue leans to hate where a group is named; nothing is held by that.
    let order: Marks = measured
        .iter()
        .filter(|l| l.from == "Civil sentence")
        .filter_map(|l| Some((l, l.says[HATE]?.0)))
        .map(|(l, is)| (look(&l.text, "", &[]).of(Label::Hate), is))
        .collect();
    println!("hate, Civil sentences, as ordered: AUC {:.3} on {}", auc(&order), order.len());
    assert!(auc(&order) >= 0.9, "{:.3}", auc(&order));
    let videos: Marks = corpora::youtube(&folder)
        .expect("the corpora are readable")
        .into_iter()
        .flat_map(|(_, said)| said)
        .map(|said| (sums(weights, &said.text)[ADVERTISING], said.is))
        .collect();
    println!("advertising, unseen threads: AUC {:.3} on {}", auc(&videos), videos.len());
    assert!(auc(&videos) >= 0.965, "{:.3}", auc(&videos));

    for (from, most, every) in [
        ("Civil sentence", 0.01, 2),
        ("Wikipedia", 0.01, 2),
        ("unseen identity", 0.03, 1),
        ("unseen counter-speech", 0.05, 1),
    ] {
        let clean: Vec<&&Lesson> = measured
            .iter()
            .filter(|l| l.from == from && l.says[INSULT].is_some_and(|(is, _)| !is))
            .step_by(every)
            .collect();
        let part = clean.iter().filter(|l| held(&l.text)).count() as f64 / clean.len() as f64;
        println!("{from}: {:.2} % of {} held", 100.0 * part, clean.len());
        assert!(clean.len() > 100 && part <= most, "{from}: {part:.4} of {}", clean.len());
    }
}
