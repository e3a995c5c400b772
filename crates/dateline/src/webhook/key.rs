//! Keys of webhooks, and the signature that proves a delivery.

use hmac::{Hmac, KeyInit, Mac};
use newsroom::Millis;
use sha2::Sha256;
use store::webhook::Key;

/// A key as its owner is shown it, once: 64 hexadecimal digits. These characters are what signs.
pub struct SigningKey(pub Key);

impl SigningKey {
    pub fn random() -> Result<SigningKey, getrandom::Error> {
        let mut key = Key::default();
        getrandom::fill(&mut key)?;
        Ok(SigningKey(key))
    }

    pub fn reveal(&self) -> String {
        hex(&self.0)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// `t=1761400000,v1=4f…,v1=9a…`: for each key that is valid now, HMAC-SHA256 over the seconds, a dot and the body.
pub fn signature(keys: &[Key], now: Millis, body: &str) -> String {
    let at = now.0.div_euclid(1000);
    let mut out = format!("t={at}");
    for key in keys {
        let mac = Hmac::<Sha256>::new_from_slice(SigningKey(*key).reveal().as_bytes());
        let mut mac = mac.expect("HMAC takes keys of any length");
        mac.update(format!("{at}.{body}").as_bytes());
        out.push_str(",v1=");
        out.push_str(&hex(&mac.finalize().into_bytes()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_others_reckon_it() {
        // printf '1.{}' | openssl dgst -sha256 -hmac 0000…0000 (64 digits)
        let made = signature(&[[0; 32], [1; 32]], Millis(1_999), "{}");
        assert!(made.starts_with("t=1,v1="), "{made}");
        let parts: Vec<&str> = made.split(",v1=").collect();
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[1], "273c7dd45ad5dc9eb911e52b437e0adfdf55bc1bf55afb8d8348fe021dc58272");
        assert_ne!(parts[1], parts[2]);
    }
}
