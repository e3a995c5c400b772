//! A security key in short: makes passkeys and answers with them as a device would, or as a forger would.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use p256::ecdsa::{DerSignature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// User present, user verified.
pub const HERE: u8 = 0x05;

/// A device with one passkey.
#[derive(Clone)]
pub struct Device {
    pub key: SigningKey,
    pub credential: Vec<u8>,
    pub handle: Vec<u8>,
    pub uses: u32,
    pub flags: u8,
    /// Where its browser is, and what it takes the paper's name to be.
    pub origin: String,
    pub name: String,
    pub cross_origin: bool,
}

impl Device {
    pub fn new(origin: &str, seed: u8) -> Device {
        Device {
            key: SigningKey::from_slice(&[seed.max(1); 32]).unwrap(),
            credential: vec![seed; 32],
            handle: vec![],
            uses: 0,
            flags: HERE,
            origin: origin.into(),
            name: "localhost".into(),
            cross_origin: false,
        }
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        json!({
            "type": kind,
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": self.cross_origin,
        })
        .to_string()
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(self.name.as_bytes()).to_vec();
        data.push(self.flags | more);
        data.extend(self.uses.to_be_bytes());
        data
    }

    /// Makes the passkey; what the page's script sends of it.
    pub fn make(&mut self, options: &Value) -> String {
        self.handle = B64.decode(options["user"]["id"].as_str().unwrap()).unwrap();
        let mut data = self.data(0x40);
        data.extend([0; 16]);
        data.extend((self.credential.len() as u16).to_be_bytes());
        data.extend(&self.credential);
        let point = self.key.verifying_key().to_encoded_point(false);
        // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(point.x().unwrap());
        data.extend([0x22, 0x58, 0x20]);
        data.extend(point.y().unwrap());
        let mut object = vec![0xa3];
        object.extend(b"\x63fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(data.len() as u8);
        object.extend(&data);
        json!({
            "attestationObject": B64.encode(object),
            "clientDataJSON": B64.encode(self.client_data("webauthn.create", options)),
            "clientExtensionResults": {},
            "transports": [],
            "type": "public-key",
        })
        .to_string()
    }

    /// Uses it.
    pub fn answer(&mut self, options: &Value) -> String {
        self.uses += 1;
        self.answer_as("webauthn.get", options)
    }

    /// Answers without counting, and as if asked for something else.
    pub fn answer_as(&self, kind: &str, options: &Value) -> String {
        let (data, client) = (self.data(0), self.client_data(kind, options));
        let mut signed = data.clone();
        signed.extend(Sha256::digest(client.as_bytes()));
        let signature: DerSignature = self.key.sign(&signed);
        json!({
            "authenticatorData": B64.encode(data),
            "clientDataJSON": B64.encode(client),
            "clientExtensionResults": {},
            "id": B64.encode(&self.credential),
            "signature": B64.encode(signature.as_bytes()),
            "type": "public-key",
            "userHandle": B64.encode(&self.handle),
        })
        .to_string()
    }
}
