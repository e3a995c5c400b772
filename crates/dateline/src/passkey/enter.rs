//! A passkey used: what a browser is asked, whose passkey answers, and whether the answer proves it.

use super::{
    NotProved, Question, RelyingParty,
    add::{backup_of, backup_word, broken, read},
    answer::{Entry, HANDLE, entry},
};
use std::borrow::Borrow;
use webauthn_rp::{
    AuthenticatedCredential,
    bin::{Decode, Encode},
    request::{
        auth::{
            AuthenticationVerificationOptions, DiscoverableAuthenticationServerState,
            DiscoverableCredentialRequestOptions,
        },
        register::UserHandle,
    },
    response::{
        AuthenticatorAttachment, CredentialId, SentChallenge,
        auth::error::AuthCeremonyErr,
        register::{CompressedPubKey, DynamicState, StaticState},
    },
};

type Key = CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;

/// Asks for any passkey of the paper, from somebody who shows to be its holder.
pub fn ask_to_enter(paper: &RelyingParty) -> Result<Question, NotProved> {
    let asked = DiscoverableCredentialRequestOptions::passkey(&paper.id);
    let (state, told) = asked.start_ceremony().map_err(broken)?;
    let options = serde_json::to_value(&told).map_err(broken)?;
    Ok(Question { challenge: challenge_of(&state), state: state.encode().map_err(broken)?, options })
}

pub(super) fn challenge_of(state: &impl Borrow<SentChallenge>) -> Vec<u8> {
    state.borrow().0.to_be_bytes().to_vec()
}

/// An answer that was read and proves nothing yet.
pub struct Entering {
    entry: Entry,
    /// Of the question that it answers.
    pub challenge: Vec<u8>,
}

/// What a use changes in a passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entered {
    pub uses: u32,
    pub backup: &'static str,
}

impl Entering {
    pub fn read(answer: &str) -> Result<Entering, NotProved> {
        let (entry, challenge) = entry(answer)?;
        Ok(Entering { entry, challenge })
    }

    /// The passkey that it names.
    pub fn credential(&self) -> Vec<u8> {
        self.entry.raw_id().as_ref().to_vec()
    }

    /// Whether it proves that the holder of the kept passkey answered that question, here and now.
    pub fn prove(
        &self,
        paper: &RelyingParty,
        state: &[u8],
        kept: &store::passkey::Passkey,
    ) -> Result<Entered, NotProved> {
        let state = DiscoverableAuthenticationServerState::decode(state).map_err(broken)?;
        let handle = <[u8; HANDLE]>::try_from(kept.handle.as_slice()).map_err(broken)?;
        let handle = read(UserHandle::<HANDLE>::decode(handle));
        let id = CredentialId::decode(kept.credential.clone()).map_err(broken)?;
        let key = StaticState::<Key>::decode(kept.key.as_slice()).map_err(broken)?;
        let changing = DynamicState {
            user_verified: true,
            backup: backup_of(&kept.counted.backup),
            sign_count: kept.counted.uses,
            authenticator_attachment: AuthenticatorAttachment::None,
        };
        let mut kept = AuthenticatedCredential::new((&id).into(), &handle, key, changing).map_err(broken)?;
        let origins = [paper.origin.as_str()];
        let options = AuthenticationVerificationOptions::<&str, &str> {
            allowed_origins: &origins,
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        match state.verify(&paper.id, &self.entry, &mut kept, &options) {
            Ok(_) => {
                let changed = kept.dynamic_state();
                Ok(Entered { uses: changed.sign_count, backup: backup_word(changed.backup) })
            }
            Err(AuthCeremonyErr::SignatureCounter) => Err(NotProved::CountedBack),
            Err(why) => Err(NotProved::Wrong(why.to_string())),
        }
    }
}
