//! How long one comment takes: `cargo run --release -p screen --example pace`.

use newsroom::discussion::Label;
use screen::{WordList, by_rules, learned::Learned, likeness, look, screen, screen_with};
use std::{hint::black_box, time::Instant};

const TEXT: &str = "The night boat was full again and the man at the desk told us, with the patience of a saint, that \
                    29 crowns is the price for the chair and not for the bed. I asked whether the chair was a good one. \
                    He said that it was a chair. You are all right about the coffee, which is 3 crowns and cold. What \
                    the company never says is who pays for the empty cabins on the upper deck, and why nobody may sleep there.";

/// Microseconds for one call: the least of ten runs, so that a busy machine tells on it little.
fn pace<T>(call: impl Fn() -> T) -> f64 {
    let rounds = 200u32;
    let runs = (0..10).map(|_| {
        let begun = Instant::now();
        for _ in 0..rounds {
            black_box(call());
        }
        begun.elapsed().as_secs_f64() * 1e6 / f64::from(rounds)
    });
    runs.fold(f64::INFINITY, f64::min)
}

/// Whether what folds worst costs ten times as much where there is ten times as much of it.
fn paces_of_the_worst() {
    for (name, piece) in [
        ("combining marks", "e\u{301}\u{336}"),
        ("one word", "a"),
        ("single letters", "i d "),
        ("single letters of Russian", "и д "),
        ("names of groups", "muslim "),
        ("quotation marks", "\" you idiot "),
        ("ligatures", "\u{fdfa}"),
    ] {
        let [short, long] = [100_000, 1_000_000].map(|bytes| {
            let text = piece.repeat(bytes / piece.len());
            let runs = (0..5).map(|_| {
                let begun = Instant::now();
                black_box(screen(black_box(&text), "Ada Brook"));
                begun.elapsed().as_secs_f64() * 1e3
            });
            runs.fold(f64::INFINITY, f64::min)
        });
        println!("{name}, in ms: 100 kB {short:.1}, 1 MB {long:.1}, {:.1} times", long / short);
    }
}

fn main() {
    // Ten thousand entries of made-up words and phrases, some beginning with the commonest words.
    let list: String = (0..10_000)
        .map(|n| match n % 4 {
            0 => format!("0.5 word{n}\n"),
            1 => format!("0.5 the quay{n}\n"),
            2 => format!("0.5 the man at the desk who{n} said|told so\n"),
            _ => format!("0.5 {}夜{}\n", char::from_u32(0x4e00 + n).unwrap_or('好'), n % 10),
        })
        .collect();
    let lists = [WordList::read(Label::Insult, &list).expect("a list of our own")];
    let learned = Learned::default();
    println!("one comment of {} bytes, in µs", TEXT.len());
    println!("rules alone                       {:.1}", pace(|| by_rules(black_box(TEXT), "Ada Brook")));
    println!("rules and model                   {:.1}", pace(|| screen(black_box(TEXT), "Ada Brook")));
    println!(
        "and a list of {} entries       {:.1}",
        lists[0].entries(),
        pace(|| screen_with(black_box(TEXT), "Ada Brook", &lists))
    );
    println!("likeness                          {:.1}", pace(|| likeness(black_box(TEXT))));
    println!("all that a post is looked at for  {:.1}", pace(|| look(black_box(TEXT), "Ada Brook", &[])));
    println!("learned model, with the screen    {:.1}", pace(|| learned.score(black_box(TEXT))));
    for times in [10, 100] {
        let long = TEXT.repeat(times);
        println!(
            "rules and model, {} bytes      {:.1}",
            long.len(),
            pace(|| screen(black_box(&long), "Ada Brook"))
        );
        if times == 100 {
            paces_of_the_worst();
        }
        if times == 10 {
            println!("the list alone on it              {:.1}", pace(|| lists[0].risk(black_box(&long))));
        }
    }
}
