//! How long one comment of about 300 bytes takes: `cargo run --release -p screen --example pace`.

use std::{hint::black_box, time::Instant};

fn main() {
    let text = "The night boat was full again and the man at the desk told us, with the patience of a saint, that \
                29 crowns is the price for the chair and not for the bed. I asked whether the chair was a good one. \
                He said that it was a chair. You are all right about the coffee, which is 3 crowns and cold.";
    let rounds = 20_000u32;
    let begun = Instant::now();
    for _ in 0..rounds {
        black_box(screen::screen(black_box(text), "Ada Brook"));
    }
    println!("{} bytes: {:.1} µs", text.len(), begun.elapsed().as_secs_f64() * 1e6 / f64::from(rounds));
}
