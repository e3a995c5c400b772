//! The weights file: a head of 2^18 weights of one byte for each kind of risk, square-root companded, with
//! what turns a sum into a score. `examples/train` writes it; nobody edits it.

use super::features::BITS;
use std::sync::LazyLock;

/// First bytes of a weights file.
pub const MAGIC: [u8; 8] = *b"DLINEAR1";
/// Kinds of risk the model knows, in the order of the file.
pub const HEADS: [&str; 4] = ["insult", "hate", "advertising", "hate-zh"];
/// Places of the heads in `HEADS`.
pub const INSULT: usize = 0;
pub const HATE: usize = 1;
pub const ADVERTISING: usize = 2;
pub const CHINESE: usize = 3;
const NUMBERS: usize = 3;
const HEADER: usize = MAGIC.len() + HEADS.len() * NUMBERS * 4;
/// The file's size in bytes.
pub const SIZE: usize = HEADER + (HEADS.len() << BITS);

static FILE: &[u8] = include_bytes!("weights.bin");
static WEIGHTS: LazyLock<Option<Weights>> = LazyLock::new(|| Weights::read(FILE));

/// What turns the sums of one head into a score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scale {
    /// The greatest weight, which the byte 127 stands for.
    pub top: f32,
    /// `score = 1 / (1 + exp(-(slope * sum + shift)))`.
    pub slope: f32,
    pub shift: f32,
}

impl Scale {
    pub fn score(&self, sum: f32) -> f32 {
        1.0 / (1.0 + (-(self.slope * sum + self.shift)).exp())
    }
}

/// A weights file, read.
pub struct Weights {
    pub scales: [Scale; HEADS.len()],
    /// What each byte stands for, by head.
    meanings: [[f32; 256]; HEADS.len()],
    /// The heads' bytes for one feature stand beside each other.
    bytes: Box<[[u8; HEADS.len()]; 1 << BITS]>,
}

impl Weights {
    /// Those in the binary. `None` only if the file was made for other features, which a test rules out.
    pub fn shipped() -> Option<&'static Weights> {
        WEIGHTS.as_ref()
    }

    /// `None` where the size, the beginning or a number is not what this version writes.
    pub fn read(file: &[u8]) -> Option<Weights> {
        if file.len() != SIZE || !file.starts_with(&MAGIC) {
            return None;
        }
        let mut numbers = file[MAGIC.len()..HEADER]
            .chunks_exact(4)
            .filter_map(|four| Some(f32::from_le_bytes(four.try_into().ok()?)));
        let mut scales = [Scale::default(); HEADS.len()];
        for scale in &mut scales {
            *scale = Scale { top: numbers.next()?, slope: numbers.next()?, shift: numbers.next()? };
            if !(scale.top.is_finite() && scale.slope.is_finite() && scale.shift.is_finite()) {
                return None;
            }
        }
        let meanings = scales.map(|scale| std::array::from_fn(|byte| expanded(byte as u8 as i8, scale.top)));
        let fours = file[HEADER..].chunks_exact(HEADS.len()).filter_map(|four| four.try_into().ok());
        let bytes = fours.collect::<Box<[_]>>().try_into().ok()?;
        Some(Weights { scales, meanings, bytes })
    }

    /// The weights of a feature, by head.
    pub fn of(&self, feature: u32) -> [f32; HEADS.len()] {
        let bytes = self.bytes[feature as usize & ((1 << BITS) - 1)];
        std::array::from_fn(|head| self.meanings[head][usize::from(bytes[head])])
    }

    /// These sums, and to them the weights of features, one after the other.
    pub fn added(&self, mut sums: [f32; HEADS.len()], features: &[u32]) -> [f32; HEADS.len()] {
        for &feature in features {
            for (sum, weight) in sums.iter_mut().zip(self.of(feature)) {
                *sum += weight;
            }
        }
        sums
    }

    /// A file with these scales and weights, `weights[head][feature]`. Each scale's `top` is set here.
    pub fn write(scales: [Scale; HEADS.len()], weights: &[Vec<f32>; HEADS.len()]) -> Vec<u8> {
        let tops: [f32; HEADS.len()] = std::array::from_fn(|head| {
            weights[head].iter().fold(f32::MIN_POSITIVE, |top, w| top.max(w.abs()))
        });
        let mut file = Vec::with_capacity(SIZE);
        file.extend(MAGIC);
        for (scale, top) in scales.iter().zip(tops) {
            for number in [top, scale.slope, scale.shift] {
                file.extend(number.to_le_bytes());
            }
        }
        for feature in 0..1 << BITS {
            let of_heads = weights.iter().zip(tops);
            file.extend(of_heads.map(|(head, top)| companded(head[feature], top) as u8));
        }
        file
    }
}

/// Small weights are many and matter together: the root gives them the finer steps.
fn companded(weight: f32, top: f32) -> i8 {
    let root = (weight.abs() / top).min(1.0).sqrt() * 127.0;
    root.round().copysign(weight) as i8
}

fn expanded(byte: i8, top: f32) -> f32 {
    let root = f32::from(byte) / 127.0;
    (root * root * top).copysign(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_survives_to_within_a_step() {
        for weight in [0.0f32, 0.001, -0.004, 0.3, -0.77, 1.0, -1.0] {
            let again = expanded(companded(weight, 1.0), 1.0);
            assert!((again - weight).abs() <= 0.009 * weight.abs().sqrt() + 1e-4, "{weight} {again}");
        }
    }

    #[test]
    fn another_file_is_refused() {
        assert!(Weights::read(FILE).is_some());
        assert!(Weights::read(&FILE[1..]).is_none());
        let mut broken = FILE.to_vec();
        broken[MAGIC.len()..MAGIC.len() + 4].copy_from_slice(&f32::NAN.to_le_bytes());
        assert!(Weights::read(&broken).is_none());
        broken[0] = b'X';
        assert!(Weights::read(&broken).is_none());
    }
}
