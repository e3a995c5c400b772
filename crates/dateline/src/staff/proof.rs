//! The proof in each form of the desk that it came from a page of this session: a digest of the session's
//! token, which no other site can know.

use super::session::{SessionToken, base64url};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

fn mac(session: &SessionToken) -> Hmac<Sha256> {
    let mut mac: Hmac<Sha256> =
        KeyInit::new_from_slice(session.reveal().as_bytes()).expect("HMAC takes keys of any length");
    mac.update(b"a form of the desk");
    mac
}

/// What the forms of this session carry.
pub fn proof(session: &SessionToken) -> String {
    base64url(&mac(session).finalize().into_bytes())
}

/// Whether a form carries its session's proof. Takes the same time whatever is wrong with it.
pub fn is_proof(session: &SessionToken, said: &str) -> bool {
    let right = proof(session);
    let differing = right.bytes().zip(said.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    right.len() == said.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_session_has_its_own() {
        let (a, b) = (SessionToken::random().expect("chance"), SessionToken::random().expect("chance"));
        assert!(is_proof(&a, &proof(&a)));
        assert!(!is_proof(&a, &proof(&b)) && !is_proof(&a, "") && !is_proof(&a, &proof(&a)[1..]));
        assert!(!proof(&a).contains(a.reveal()));
    }
}
