//! A new passkey: what the browser is asked to make, and what it made.

use super::{
    NotProved, Question, RelyingParty,
    answer::{HANDLE, registration},
    enter::challenge_of,
};
use std::convert::Infallible;
use webauthn_rp::{
    bin::{Decode, Encode},
    request::{
        PublicKeyCredentialDescriptor,
        register::{
            CredProtect, PublicKeyCredentialCreationOptions, RegistrationServerState,
            RegistrationVerificationOptions, UserHandle,
        },
    },
    response::{AuthTransports, Backup, CredentialId, register::Registration},
};

/// What is kept of a passkey from now on.
pub struct Added {
    pub credential: Vec<u8>,
    pub handle: Vec<u8>,
    pub key: Vec<u8>,
    pub uses: u32,
    pub backup: &'static str,
}

/// Asks for a passkey for somebody of that name, on a device that has none of `have`. `handle` is that of the
/// passkeys they have; without one a new one is made by chance.
pub fn ask_to_add(
    paper: &RelyingParty,
    name: &str,
    handle: Option<&[u8]>,
    have: &[Vec<u8>],
) -> Result<Question, NotProved> {
    let handle = match handle.and_then(|h| <[u8; HANDLE]>::try_from(h).ok()) {
        Some(bytes) => read(UserHandle::<HANDLE>::decode(bytes)),
        None => UserHandle::new(),
    };
    let mut others = Vec::with_capacity(have.len());
    for id in have {
        let id = CredentialId::decode(id.clone()).map_err(broken)?;
        let transports = AuthTransports::decode(0).map_err(broken)?;
        others.push(PublicKeyCredentialDescriptor { id, transports });
    }
    // The names are put in below: the library wants them by rules of its own, without a space.
    let mut asked =
        PublicKeyCredentialCreationOptions::first_passkey_with_blank_user_info(&paper.id, &handle);
    asked.exclude_credentials = others;
    // Each use asks for its holder anyway, and many devices cannot promise to do so by themselves.
    asked.extensions.cred_protect = CredProtect::None;
    let (state, told) = asked.start_ceremony().map_err(broken)?;
    let mut options = serde_json::to_value(&told).map_err(broken)?;
    options["rp"]["name"] = paper.name.clone().into();
    options["user"]["name"] = name.into();
    options["user"]["displayName"] = name.into();
    Ok(Question { challenge: challenge_of(&state), state: state.encode().map_err(broken)?, options })
}

/// An answer that was read and proves nothing yet.
pub struct Adding {
    made: Registration,
    /// Of the question that it answers.
    pub challenge: Vec<u8>,
}

impl Adding {
    pub fn read(answer: &str) -> Result<Adding, NotProved> {
        let (made, challenge) = registration(answer)?;
        Ok(Adding { made, challenge })
    }

    /// Whether it is a passkey made for that question, here, by somebody who showed to be its holder.
    pub fn prove(&self, paper: &RelyingParty, state: &[u8]) -> Result<Added, NotProved> {
        let state = RegistrationServerState::<HANDLE>::decode(state).map_err(broken)?;
        let origins = [paper.origin.as_str()];
        let options = RegistrationVerificationOptions::<&str, &str> {
            allowed_origins: &origins,
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        let made =
            state.verify(&paper.id, &self.made, &options).map_err(|why| NotProved::Wrong(why.to_string()))?;
        let changing = made.dynamic_state();
        Ok(Added {
            credential: made.id().as_ref().to_vec(),
            handle: made.user_id().as_ref().to_vec(),
            key: read(made.static_state().encode()),
            uses: changing.sign_count,
            backup: backup_word(changing.backup),
        })
    }
}

pub(super) fn backup_word(backup: Backup) -> &'static str {
    match backup {
        Backup::NotEligible => "none",
        Backup::Eligible => "able",
        Backup::Exists => "kept",
    }
}

pub(super) fn backup_of(word: &str) -> Backup {
    match word {
        "kept" => Backup::Exists,
        "able" => Backup::Eligible,
        _ => Backup::NotEligible,
    }
}

pub(super) fn broken(why: impl std::fmt::Display) -> NotProved {
    NotProved::Broken(why.to_string())
}

/// What cannot fail.
pub(super) fn read<T>(sure: Result<T, Infallible>) -> T {
    match sure {
        Ok(read) => read,
        Err(never) => match never {},
    }
}
