//! A browser's answer as the page's script sends it: one line of JSON, bounded before it is read.

use super::NotProved;
use webauthn_rp::response::{auth::DiscoverableAuthentication, register::Registration};

/// Largest answer, in bytes. The longest sensible one, with a long RSA key, has some 5,000.
pub const LARGEST_ANSWER: usize = 16_384;

/// Bytes of the handle by which devices know whose a passkey is.
pub(super) const HANDLE: usize = 64;

pub(super) type Entry = DiscoverableAuthentication<HANDLE>;

fn bounded(answer: &str) -> Result<&[u8], NotProved> {
    if answer.len() > LARGEST_ANSWER {
        return Err(NotProved::Unreadable(format!("{} bytes", answer.len())));
    }
    Ok(answer.as_bytes())
}

/// The parser's words may have the sender's in them: so much goes to the log.
fn unreadable(why: impl std::fmt::Display) -> NotProved {
    NotProved::Unreadable(why.to_string().chars().take(200).collect())
}

/// A new passkey, with the challenge that it answers.
pub(super) fn registration(answer: &str) -> Result<(Registration, Vec<u8>), NotProved> {
    let read = Registration::from_json_custom(bounded(answer)?).map_err(unreadable)?;
    let challenge = read.challenge_relaxed().map_err(unreadable)?;
    Ok((read, challenge.0.to_be_bytes().to_vec()))
}

/// A passkey's use, with the challenge that it answers.
pub(super) fn entry(answer: &str) -> Result<(Entry, Vec<u8>), NotProved> {
    let read = Entry::from_json_custom(bounded(answer)?).map_err(unreadable)?;
    let challenge = read.challenge_relaxed().map_err(unreadable)?;
    Ok((read, challenge.0.to_be_bytes().to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever comes is refused or read, without a panic.
        #[test]
        fn anything_at_all(answer in ".{0,300}") {
            prop_assert!(registration(&answer).is_err());
            prop_assert!(entry(&answer).is_err());
        }

        #[test]
        fn the_right_fields_with_anything_in_them(bytes in proptest::collection::vec(any::<u8>(), 0..400), cut in 0usize..400) {
            use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
            let coded = URL_SAFE_NO_PAD.encode(&bytes);
            let data = URL_SAFE_NO_PAD.encode(&bytes[..cut.min(bytes.len())]);
            let new = format!(
                r#"{{"attestationObject":"{coded}","clientDataJSON":"{data}","clientExtensionResults":{{}},"transports":[],"type":"public-key"}}"#
            );
            let used = format!(
                r#"{{"authenticatorData":"{coded}","clientDataJSON":"{data}","clientExtensionResults":{{}},"id":"{coded}","signature":"{data}","type":"public-key","userHandle":"{coded}"}}"#
            );
            prop_assert!(registration(&new).is_err(), "no challenge in it");
            prop_assert!(entry(&used).is_err());
        }
    }

    #[test]
    fn an_endless_answer_is_not_read() {
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(LARGEST_ANSWER));
        assert!(matches!(entry(&long), Err(NotProved::Unreadable(why)) if why.ends_with("bytes")));
    }
}
