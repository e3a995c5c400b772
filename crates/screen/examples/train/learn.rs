//! Logistic regression by AdaGrad, on one thread and in one order: the same weights every time.

use crate::{
    lessons::{Lesson, Part},
    own::Chance,
};
use screen::model::{features::BITS, features_of};

/// Features of all lessons that train, one after the other.
pub struct Arena {
    features: Vec<u32>,
    /// Of each lesson: from, to, and the value of a feature.
    places: Vec<Option<(usize, usize, f32)>>,
}

impl Arena {
    pub fn of(lessons: &[Lesson]) -> Arena {
        let mut arena = Arena { features: Vec::new(), places: Vec::with_capacity(lessons.len()) };
        for lesson in lessons {
            let place = (lesson.part == Part::Train).then(|| {
                let (features, value) = features_of(&lesson.text);
                let from = arena.features.len();
                arena.features.extend(features);
                (from, arena.features.len(), value)
            });
            arena.places.push(place);
        }
        arena
    }
}

const ROUNDS: usize = 10;
const RATE: f32 = 0.2;

/// The weights of one head, and its bias. `decay` pulls each weight toward nought, each time it is used.
/// Only those teach that `teaches` lets teach.
pub fn head(
    lessons: &[Lesson],
    arena: &Arena,
    head: usize,
    decay: f32,
    seed: u64,
    teaches: impl Fn(&Lesson) -> bool,
) -> (Vec<f32>, f32) {
    let mut weights = vec![0.0f32; 1 << BITS];
    let mut squares = vec![1e-6f32; 1 << BITS];
    let (mut bias, mut bias_squares) = (0.0f32, 1e-6f32);
    let mut order: Vec<usize> = (0..lessons.len())
        .filter(|&n| arena.places[n].is_some() && lessons[n].says[head].is_some() && teaches(&lessons[n]))
        .collect();
    let mut chance = Chance(seed ^ head as u64);
    for _ in 0..ROUNDS {
        chance.shuffle(&mut order);
        for &n in &order {
            let (Some((from, to, value)), Some((yes, heft))) = (arena.places[n], lessons[n].says[head])
            else {
                continue;
            };
            let features = &arena.features[from..to];
            let sum: f32 = features.iter().map(|&f| weights[f as usize]).sum();
            let expected = 1.0 / (1.0 + (-(sum * value + bias)).exp());
            let slope = (expected - f32::from(u8::from(yes))) * heft;
            bias_squares += slope * slope;
            bias -= RATE * slope / bias_squares.sqrt();
            if slope.abs() < 1e-4 {
                continue;
            }
            for &f in features {
                let f = f as usize;
                let step = slope * value + decay * weights[f];
                squares[f] += step * step;
                weights[f] -= RATE * step / squares[f].sqrt();
            }
        }
    }
    (weights, bias)
}
