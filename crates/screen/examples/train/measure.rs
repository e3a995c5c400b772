//! Precision, recall, and the area under the curve.

/// A score, and whether the text is what the score is of.
pub type Marks = Vec<(f32, bool)>;

/// How often what is ranks above what is not; ties count half. 0.5 where one of them is missing.
pub fn auc(marks: &[(f32, bool)]) -> f64 {
    let mut sorted: Vec<(f32, bool)> = marks.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let yes = sorted.iter().filter(|m| m.1).count() as f64;
    let no = sorted.len() as f64 - yes;
    if yes == 0.0 || no == 0.0 {
        return 0.5;
    }
    let (mut below, mut above) = (0.0, 0.0);
    for tied in sorted.chunk_by(|a, b| a.0 == b.0) {
        let here = tied.iter().filter(|m| m.1).count() as f64;
        let others = tied.len() as f64 - here;
        above += here * (below + others / 2.0);
        below += others;
    }
    above / (yes * no)
}

/// How far to either side of `auc` the true value lies in 95 of 100 samples like this one, by DeLong.
pub fn auc_margin(marks: &[(f32, bool)]) -> f64 {
    let mut sides = [Vec::new(), Vec::new()];
    for (score, is) in marks {
        sides[usize::from(*is)].push(*score);
    }
    for side in &mut sides {
        side.sort_by(f32::total_cmp);
    }
    let [no, yes] = &sides;
    if no.len() < 2 || yes.len() < 2 {
        return 0.5;
    }
    let below = |side: &[f32], score: f32| {
        let (less, up_to) = (side.partition_point(|s| *s < score), side.partition_point(|s| *s <= score));
        (less + up_to) as f64 / 2.0 / side.len() as f64
    };
    let spread = |places: Vec<f64>| {
        let count = places.len() as f64;
        let mean = places.iter().sum::<f64>() / count;
        places.iter().map(|p| (p - mean).powi(2)).sum::<f64>() / (count - 1.0) / count
    };
    let variance = spread(yes.iter().map(|s| below(no, *s)).collect())
        + spread(no.iter().map(|s| 1.0 - below(yes, *s)).collect());
    1.96 * variance.sqrt()
}

/// Precision and recall where the score is at least `at`.
pub fn precision_recall(marks: &[(f32, bool)], at: f32) -> (f64, f64) {
    let seen = marks.iter().filter(|m| m.0 >= at).count() as f64;
    let right = marks.iter().filter(|m| m.0 >= at && m.1).count() as f64;
    let all = marks.iter().filter(|m| m.1).count() as f64;
    (right / seen.max(1.0), right / all.max(1.0))
}

/// The part of those that are not, whose score is at least `at`.
pub fn false_alarms(marks: &[(f32, bool)], at: f32) -> f64 {
    let not = marks.iter().filter(|m| !m.1);
    not.clone().filter(|m| m.0 >= at).count() as f64 / not.count().max(1) as f64
}
