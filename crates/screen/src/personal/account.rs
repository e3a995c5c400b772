//! Numbers of accounts and payment cards. Each has a check in it, so that hardly any other number is taken for one.

use super::shown;
use crate::Signs;
use std::ops::Range;

/// Characters of an international account number, without spaces.
const IBAN: std::ops::RangeInclusive<usize> = 15..=34;
const CARD: std::ops::RangeInclusive<usize> = 13..=19;

/// Adds what it finds and answers where that stands, in bytes: it is no telephone number.
pub fn look(text: &str, signs: &mut Signs) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut taken = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begins = bytes[at].is_ascii_alphanumeric() && (at == 0 || !of_a_word(text, at));
        let found = if !begins {
            None
        } else if bytes[at].is_ascii_alphabetic() {
            iban(&bytes[at..]).map(|n| (n, "account number"))
        } else {
            card(&bytes[at..]).map(|n| (n, "payment card"))
        };
        if let Some((length, what)) = found
            && !text.get(at..at + length).is_none_or(str::is_empty)
        {
            // Not the whole of it: reasons are kept.
            signs.add(0.9, format!("{what} {}…", shown(text, at, at + 4)));
            taken.push(at..at + length);
            at += length;
        } else {
            at += 1;
        }
    }
    taken
}

/// Whether what stands before belongs to the same word, or to an address on the web.
fn of_a_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|c| {
        (c.is_alphanumeric() && c.is_ascii()) || matches!(c, '/' | '=' | '_' | '-' | '.' | '#' | '&' | '%')
    })
}

/// The length of the account number that begins here: two letters, two check digits, letters and digits, and the
/// remainder that ISO 13616 wants.
fn iban(bytes: &[u8]) -> Option<usize> {
    let [a, b, c, d, ..] = *bytes else { return None };
    if !(a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_digit() && d.is_ascii_digit()) {
        return None;
    }
    let (mut rest, mut count, mut digits, mut found) = (0u32, 4, 2, None);
    let mut spaced = false;
    for (n, &byte) in bytes.iter().enumerate().skip(4) {
        if byte == b' ' && !spaced {
            spaced = true;
            continue;
        }
        if !(byte.is_ascii_digit() || byte.is_ascii_uppercase()) || count == *IBAN.end() {
            break;
        }
        spaced = false;
        rest = added(rest, byte);
        digits += usize::from(byte.is_ascii_digit());
        count += 1;
        let ends = bytes.get(n + 1).is_none_or(|next| !next.is_ascii_alphanumeric());
        if ends && IBAN.contains(&count) && digits >= 10 && [a, b, c, d].into_iter().fold(rest, added) == 1 {
            found = Some(n + 1);
        }
    }
    found
}

/// The remainder by 97 of what was read, with one more digit, or a letter as two.
fn added(rest: u32, byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte.to_ascii_uppercase() - b'A') + 10) % 97,
    }
}

/// Groups in which the digits of cards are written, but for one piece.
const GROUPS: [&[u8]; 3] = [&[4, 4, 4, 4], &[4, 6, 5], &[4, 4, 4, 4, 3]];

/// The length of the card number that begins here: in one piece or in groups, and with Luhn's check.
fn card(bytes: &[u8]) -> Option<usize> {
    if !matches!(bytes[0], b'2'..=b'6') {
        return None;
    }
    let (mut digits, mut groups, mut end) = (Vec::new(), vec![0u8], 0);
    for (n, &byte) in bytes.iter().enumerate() {
        if byte.is_ascii_digit() && digits.len() <= *CARD.end() {
            digits.push(byte - b'0');
            *groups.last_mut()? += 1;
            end = n + 1;
        } else if matches!(byte, b' ' | b'-') && end == n && bytes.get(n + 1).is_some_and(u8::is_ascii_digit)
        {
            groups.push(0);
        } else if byte.is_ascii_alphanumeric() {
            return None;
        } else {
            break;
        }
    }
    // A short number may follow: the day on which it ends.
    while groups.len() > 1 && groups.last().is_some_and(|g| *g < 3) {
        let dropped = usize::from(groups.pop()?);
        digits.truncate(digits.len() - dropped);
        end -= dropped + 1;
    }
    let grouped = groups.len() == 1 || GROUPS.contains(&&groups[..]);
    (grouped && CARD.contains(&digits.len()) && luhn(&digits)).then_some(end)
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits.iter().rev().enumerate().map(|(n, &d)| doubled(n, d)).sum();
    sum.is_multiple_of(10) && digits.iter().any(|d| *d != digits[0])
}

/// Every second from the end counts twice, as the sum of its digits.
fn doubled(n: usize, digit: u8) -> u32 {
    let twice = u32::from(digit) * (1 + n as u32 % 2);
    if twice > 9 { twice - 9 } else { twice }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        look(text, &mut Signs::new()).into_iter().map(|r| text[r].to_owned()).collect()
    }

    #[test]
    fn the_check_decides() {
        assert_eq!(found("to DE89 3704 0044 0532 0130 00 AND soon"), ["DE89 3704 0044 0532 0130 00"]);
        assert_eq!(found("GB82WEST12345698765432"), ["GB82WEST12345698765432"]);
        assert_eq!(
            found("4111 1111 1111 1111, 4111111111111111"),
            ["4111 1111 1111 1111", "4111111111111111"]
        );
        assert_eq!(found("3782 822463 10005 and 12"), ["3782 822463 10005"]);
        for none in [
            "DE88 3704 0044 0532 0130 00",
            "4111 1111 1111 1112",
            "4444 4444 4444 4444",
            "https://a.example/4111111111111111",
            "41 11 11 11 11 11 11 11",
            "XDE89370400440532013000",
            "é4",
        ] {
            assert_eq!(found(none), Vec::<String>::new(), "{none}");
        }
    }
}
