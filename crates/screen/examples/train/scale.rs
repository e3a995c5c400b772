//! Sets the scale of scores: what the model gives 0.8 must be rare among what is to be let be.

use crate::lessons::{Lesson, Part};
use screen::model::weights::{CHINESE, HATE, HEADS, Scale};

/// The score from which a comment is held, `newsroom::discussion::Policy::default().hold_at`.
pub const HOLD: f32 = 0.8;
/// Parts of the ordinary and of the harmless with names of groups that may reach it.
const ORDINARY: f32 = 0.005;
/// The screen lowers hate where no group is named, so that fewer of these reach it in the end.
const ORDINARY_HATE: f32 = 0.008;
const HARMLESS: f32 = 0.01;
/// Chinese: labelled by annotators as not offensive, of comments gathered for being near it.
const CHINESE_PART: f32 = 0.02;

/// The least value that at most `part` of the sums pass.
fn passed_by(mut sums: Vec<f32>, part: f32) -> f32 {
    sums.sort_by(f32::total_cmp);
    let most = (sums.len() as f32 * part) as usize;
    sums.len().checked_sub(most + 1).map_or(f32::MIN, |at| sums[at])
}

/// The scale of a head, from its sums for the lessons that calibrate.
pub fn of(lessons: &[Lesson], sums: &[[f32; HEADS.len()]], head: usize) -> Scale {
    let of = |from: &[&str], yes: bool| -> Vec<f32> {
        lessons
            .iter()
            .zip(sums)
            .filter(|(l, _)| l.part == Part::Calibrate && (from.is_empty() || from.contains(&l.from)))
            .filter(|(l, _)| l.says[head].is_some_and(|(is, _)| is == yes))
            .map(|(_, s)| s[head])
            .collect()
    };
    let hold = if head == CHINESE {
        passed_by(of(&[], false), CHINESE_PART)
    } else {
        [
            (&["Civil sentence"][..], if head == HATE { ORDINARY_HATE } else { ORDINARY }),
            (&["Wikipedia"], ORDINARY),
            (&["SMS"], ORDINARY),
            (&["identity"], HARMLESS),
            (&["political"], HARMLESS),
            (&["ordinary", "ordinary-trade"], HARMLESS),
        ]
        .into_iter()
        .map(|(from, part)| passed_by(of(from, false), part))
        .fold(f32::MIN, f32::max)
    };
    // Half of what is bad lies above `middle`; it is to have 0.95 if that is above the mark, and the
    // slope is never so steep that the order below the mark is lost.
    let middle = passed_by(of(&[], true), 0.5);
    let quiet = passed_by(of(&[], false), 0.1);
    let slope = (logit(HOLD) - logit(0.2)) / (hold - quiet).max(0.05);
    let slope = slope.max((logit(0.95) - logit(HOLD)) / (middle - hold).max(0.5));
    Scale { top: 0.0, slope, shift: logit(HOLD) - slope * hold }
}

fn logit(p: f32) -> f32 {
    (p / (1.0 - p)).ln()
}
