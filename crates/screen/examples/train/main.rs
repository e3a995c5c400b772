//! Makes `src/model/weights.bin` anew: `cargo run --release -p screen --example train -- CORPORA`, and then,
//! with the binary built of them, prints the tables of the model card: the same with `--report` at the end.
//! `--cross` goes through what is not measured with crosswise: by that, features and settings are chosen.
//! CORPORA is `../shared/corpora/screen`.

mod corpora;
mod cross;
mod learn;
mod lessons;
mod measure;
mod own;
mod readings;
mod report;
mod scale;

use lessons::Part;
use screen::model::{
    sums,
    weights::{HEADS, Scale, Weights},
};
use sha2::{Digest, Sha256};
use std::{error::Error, fs, path::Path, time::Instant};

/// Everything that chance decides follows from it.
const SEED: u64 = 20_261_124;
/// How strongly weights are drawn to nought, by head: the fewer the examples, the stronger.
const DECAY: [f32; HEADS.len()] = [1e-3, 1e-2, 5e-3, 1e-4];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: train CORPORA [--report]")?;
    let folder = Path::new(&folder);
    let lessons = lessons::all(folder, SEED)?;
    match arguments.next().as_deref() {
        Some("--report") => return report::print(folder, &lessons),
        Some("--cross") => return cross::print(folder, &lessons),
        _ => {}
    }
    let file = train(&lessons);
    let to = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model/weights.bin");
    fs::write(&to, &file)?;
    let digest: String = Sha256::digest(&file).iter().map(|b| format!("{b:02x}")).collect();
    println!("{}: {} bytes, SHA-256 {digest}", to.display(), file.len());
    Ok(())
}

fn train(lessons: &[lessons::Lesson]) -> Vec<u8> {
    let begun = Instant::now();
    let arena = learn::Arena::of(lessons);
    let learnt: [(Vec<f32>, f32); HEADS.len()] =
        std::array::from_fn(|head| learn::head(lessons, &arena, head, DECAY[head], SEED, |_| true));
    let heads: [Vec<f32>; HEADS.len()] = learnt.map(|(weights, _)| weights);
    eprintln!("trained in {:.1} s", begun.elapsed().as_secs_f32());
    let plain = Weights::write([Scale { top: 0.0, slope: 1.0, shift: 0.0 }; HEADS.len()], &heads);
    let Some(weights) = Weights::read(&plain) else { return plain };
    let sums: Vec<[f32; HEADS.len()]> = lessons
        .iter()
        .map(|l| if l.part == Part::Calibrate { sums(&weights, &l.text) } else { [0.0; HEADS.len()] })
        .collect();
    let scales = std::array::from_fn(|head| scale::of(lessons, &sums, head));
    Weights::write(scales, &heads)
}
