//! Looks at every byte of a text that need not stop early, so that many bytes are looked at in one step.

/// Whether there is such a byte.
pub fn any(text: &str, is: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |any, b| any | is(b))
}

/// How many such bytes there are.
pub fn count(text: &str, is: impl Fn(u8) -> bool) -> usize {
    // In stretches that one byte can count.
    let stretches = text.as_bytes().chunks(usize::from(u8::MAX));
    stretches.map(|s| usize::from(s.iter().map(|&b| u8::from(is(b))).sum::<u8>())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_one_by_one() {
        for length in [0, 1, 254, 255, 256, 1000] {
            let text = format!("{}{}", "7".repeat(length), "x".repeat(length / 3));
            assert_eq!(count(&text, |b| b.is_ascii_digit()), length);
            assert_eq!(any(&text, |b| b == b'x'), length >= 3);
        }
    }
}
