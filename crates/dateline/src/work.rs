//! Work that a browser is asked for on suspicion: a number by which a digest begins with so many zero bits. What is
//! asked is signed, ends after some minutes, is good for one story and one address, and is taken once.

use crate::{app::App, prints::Reader};
use newsroom::{
    Millis,
    clock::MINUTE,
    discussion::{Proof, suspicion::is_worked},
    story::{Status, StoryId},
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::comment::StoryFacts;

/// What a browser is asked.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Challenge {
    /// Followed by a full stop and a number it makes the proof.
    pub text: String,
    /// Zero bits with which the SHA-256 of the proof begins.
    pub bits: u32,
    /// Path of a script that does it: `export const solve = async ({ text, bits }) => proof`.
    pub solver: &'static str,
}

/// Work that was done.
pub struct Worked {
    /// Of what was asked, so that a second number for it is not taken either.
    pub digest: i64,
    pub until: Millis,
}

/// So long an answer is taken.
const GOOD_FOR: i64 = 10 * MINUTE;
/// Longest proof, in characters.
pub const LONGEST: usize = 300;
/// Kind of the receipts' seal.
const SEAL: &str = "work";

/// A page of another site has no number before its first comment.
fn place(story: &StoryFacts) -> StoryId {
    if story.status == Status::Outside { 0 } else { story.id }
}

/// What is sealed: what everybody reads, and for whom it is.
fn sealed(asked: &str, reader: &Reader) -> String {
    format!("{asked}.{}", reader.today.address)
}

pub fn challenge(
    app: &App,
    story: &StoryFacts,
    reader: &Reader,
    now: Millis,
) -> Result<Challenge, getrandom::Error> {
    let mut salt = [0; 12];
    getrandom::fill(&mut salt)?;
    let salt: String = salt.iter().map(|b| format!("{b:02x}")).collect();
    let bits = app.config.discussion.proof_bits as u32;
    let asked = format!("{}.{}.{bits}.{salt}", place(story), now.plus(GOOD_FOR).0);
    let seal = app.doors.seal(SEAL, &sealed(&asked, reader));
    Ok(Challenge { text: format!("{asked}.{seal}"), bits, solver: pages::assets::work_js_path() })
}

/// What a draft brought along, and the work if it was done.
pub fn judge(
    app: &App,
    sent: Option<&str>,
    story: &StoryFacts,
    reader: &Reader,
    now: Millis,
) -> (Proof, Option<Worked>) {
    let Some(sent) = sent else { return (Proof::None, None) };
    match worked(app, sent, story, reader, now) {
        Some(worked) => (Proof::Done, Some(worked)),
        None => (Proof::Offered, None),
    }
}

fn worked(app: &App, sent: &str, story: &StoryFacts, reader: &Reader, now: Millis) -> Option<Worked> {
    if sent.len() > LONGEST {
        return None;
    }
    let (text, _) = sent.rsplit_once('.')?;
    let (asked, seal) = text.rsplit_once('.')?;
    if !app.doors.is_seal(SEAL, &sealed(asked, reader), seal) {
        return None;
    }
    let mut parts = asked.split('.');
    let of: StoryId = parts.next()?.parse().ok()?;
    let until = Millis(parts.next()?.parse().ok()?);
    let bits: u32 = parts.next()?.parse().ok()?;
    let digest = |text: &str| Sha256::digest(text.as_bytes());
    if of != place(story) || until <= now || !is_worked(&digest(sent), bits) {
        return None;
    }
    let first: [u8; 8] = digest(text)[..8].try_into().expect("SHA-256 has 32 bytes");
    Some(Worked { digest: i64::from_be_bytes(first), until })
}
