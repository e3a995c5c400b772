//! Passwords: hashed with Argon2id, two at a time, and checked in the same time whether a name is known.

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash,
};
use newsroom::staff::SHORTEST_PASSWORD;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Longest password in bytes: enough for any sentence, and no work for an attacker's megabyte.
const LONGEST: usize = 1_000;

/// Why a password will not do, in words; `None` when it will.
pub fn fit(password: &str) -> Option<String> {
    let has = password.chars().count();
    if has < SHORTEST_PASSWORD {
        return Some(format!("The password has {has} characters; at least {SHORTEST_PASSWORD} are needed."));
    }
    (password.len() > LONGEST).then(|| format!("The password is too long; {LONGEST} bytes at most."))
}

/// Hashes and checks. Each takes 19 MiB and some 20 ms of a processor, so only two run at once: sign-ins
/// must not starve readers.
pub struct Passwords {
    turns: Arc<Semaphore>,
}

/// Stands in for the hash of an unknown name; nobody knows its password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$F5XDrJWfl/F8AMFXL/9FVg$C9D0Bj8RGnivkg2BHcpQyn96AqW1MU4xZzLMnRuHQBI";

impl Default for Passwords {
    fn default() -> Self {
        Passwords { turns: Arc::new(Semaphore::new(2)) }
    }
}

/// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).expect("constants within Argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

impl Passwords {
    /// The hash of a password as it is stored, in PHC form. Blocks for its work; `Err` when the system
    /// gives no random salt.
    pub fn hash_now(password: &str) -> Result<String, String> {
        let hash: Result<PasswordHash, _> = argon2().hash_password(password.as_bytes());
        hash.map(|h| h.to_string()).map_err(|e| format!("the password cannot be hashed: {e}"))
    }

    /// The same off the serving threads, in its turn.
    pub async fn hash(&self, password: String) -> Result<String, String> {
        self.in_turn(move || Passwords::hash_now(&password)).await?
    }

    /// Whether this is the password of that hash. Without a hash (nobody has that name) the same work is
    /// done and the answer is no, so that time does not tell which names exist.
    pub async fn check(&self, password: String, hash: Option<String>) -> Result<bool, String> {
        if password.len() > LONGEST {
            return Ok(false);
        }
        // Empty for an account that came with an export: nothing opens it until it gets a password.
        let hash = hash.filter(|hash| !hash.is_empty());
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let right = move || argon2().verify_password(password.as_bytes(), hash.as_str()).is_ok();
        Ok(self.in_turn(right).await? && known)
    }

    /// The turn is kept until the work is done, also when whoever asked has hung up meanwhile.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, String> {
        let turn = self.turns.clone().acquire_owned().await.map_err(|e| e.to_string())?;
        let work = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        work.await.map_err(|e| format!("work on a password ended badly: {e}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_endless_ones_are_unfit() {
        assert_eq!(fit("four words in row"), None);
        assert!(fit("ten chars").is_some_and(|w| w.contains("9 characters")));
        assert_eq!(fit("пароль из слов"), None, "characters count, not bytes");
        assert!(fit(&"x".repeat(1_001)).is_some());
    }

    #[test]
    fn an_unknown_name_costs_as_much_as_a_known_one() {
        let nobody = PasswordHash::new(NOBODY).expect("a whole hash");
        let somebody = Passwords::hash_now("night ferry at ten").expect("hashed");
        let somebody = PasswordHash::new(&somebody).expect("a whole hash");
        assert_eq!((nobody.algorithm, nobody.version), (somebody.algorithm, somebody.version));
        assert_eq!(nobody.params, somebody.params);
    }

    #[tokio::test]
    async fn only_the_right_one_opens() {
        let passwords = Passwords::default();
        let hash = passwords.hash("night ferry at ten".into()).await.expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.check("night ferry at ten".into(), Some(hash.clone())).await.expect("checked"));
        assert!(!passwords.check("night ferry at six".into(), Some(hash.clone())).await.expect("checked"));
        assert!(
            !passwords.check("night ferry at ten".into(), Some("no hash".into())).await.expect("checked")
        );
        assert!(!passwords.check("night ferry at ten".into(), None).await.expect("checked"));
        let again = passwords.hash("night ferry at ten".into()).await.expect("hashed");
        assert_ne!(hash, again, "salted");
    }
}
