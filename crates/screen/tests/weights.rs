//! The weights in the binary are those that the model card speaks of.

use screen::model::weights::{HEADS, SIZE, Weights};
use sha2::{Digest, Sha256};

const FILE: &[u8] = include_bytes!("../src/model/weights.bin");

#[test]
fn they_are_those_of_the_model_card() {
    let card = include_str!("../../../docs/model-card.md");
    let digest: String = Sha256::digest(FILE).iter().map(|b| format!("{b:02x}")).collect();
    assert!(card.contains(&digest), "docs/model-card.md does not name SHA-256 {digest}");
    assert!(card.contains("1,048,632 bytes"));
    // Four megabytes are the most that weights may take.
    assert_eq!((FILE.len(), SIZE), (1_048_632, 1_048_632));
}

#[test]
fn every_head_has_learnt_something_of_its_own() {
    let weights = Weights::shipped().expect("made for the features of this version");
    let mut sums = [0.0f64; HEADS.len()];
    let mut nought = [0; HEADS.len()];
    for feature in 0..1 << 18 {
        for (head, weight) in weights.of(feature).into_iter().enumerate() {
            sums[head] += f64::from(weight.abs());
            nought[head] += usize::from(weight == 0.0);
        }
    }
    for (head, name) in HEADS.iter().enumerate() {
        assert!(sums[head] > 1_000.0, "{name}: {}", sums[head]);
        assert!(nought[head] < 200_000, "{name}: {} of the weights are nought", nought[head]);
    }
}
