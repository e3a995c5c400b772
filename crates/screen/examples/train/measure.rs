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
