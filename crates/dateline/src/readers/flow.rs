//! What a browser carries while its reader is at a provider: sealed, so that nobody else can have written it,
//! and good for some minutes. The paper keeps nothing meanwhile, so any node can take the reader back.

use crate::receipts::Receipts;
use newsroom::{Millis, clock::MINUTE};

/// So long somebody may take to sign in at the provider, in milliseconds.
pub const FLOW_ENDS: i64 = 10 * MINUTE;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The provider's name in the settings.
    pub provider: String,
    pub state: String,
    pub nonce: String,
    /// Of PKCE: who hands in the code must know it.
    pub verifier: String,
    pub until: Millis,
}

impl Flow {
    pub fn render(&self, receipts: &Receipts) -> String {
        let words = self.words();
        format!("{words}.{}", receipts.seal("reader flow", &words))
    }

    /// None of the parts holds a dot: names of providers, and base64url.
    fn words(&self) -> String {
        let Flow { provider, state, nonce, verifier, until } = self;
        format!("{provider}.{state}.{nonce}.{verifier}.{}", until.0)
    }

    /// `None` where it is not of this paper's making, or too old.
    pub fn parse(text: &str, receipts: &Receipts, now: Millis) -> Option<Flow> {
        let (words, seal) = text.rsplit_once('.')?;
        if !receipts.is_seal("reader flow", words, seal) {
            return None;
        }
        let parts: Vec<&str> = words.split('.').collect();
        let [provider, state, nonce, verifier, until] = parts[..] else { return None };
        let flow = Flow {
            provider: provider.into(),
            state: state.into(),
            nonce: nonce.into(),
            verifier: verifier.into(),
            until: Millis(until.parse().ok()?),
        };
        (flow.until > now).then_some(flow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_and_not_for_long() {
        let receipts = Receipts::new(&[7; 32]);
        let flow = Flow {
            provider: "courier".into(),
            state: "s-1_a".into(),
            nonce: "n".into(),
            verifier: "v".into(),
            until: Millis(1_000),
        };
        let text = flow.render(&receipts);
        assert_eq!(Flow::parse(&text, &receipts, Millis(999)), Some(flow));
        assert_eq!(Flow::parse(&text, &receipts, Millis(1_000)), None, "over");
        assert_eq!(Flow::parse(&text, &Receipts::new(&[8; 32]), Millis(1)), None, "another paper's");
        let forged = text.replace("courier", "another");
        for odd in ["", ".", "a.b.c.d.5", &forged, &text[1..], &format!("{text}0")] {
            assert_eq!(Flow::parse(odd, &receipts, Millis(1)), None, "{odd}");
        }
    }
}
