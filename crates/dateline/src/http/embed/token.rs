//! A host site's word for its reader: a JSON Web Token (RFC 7519), signed with a key that the site and the paper
//! agreed on. It says a name; of whom else it speaks nothing is kept.

use crate::{app::App, problem::Fault};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use newsroom::{Millis, discussion::voucher::in_time};
use serde::Deserialize;
use store::{site::Site, site_key::SiteKey};

/// In bytes.
const LONGEST: usize = 4096;

#[derive(Deserialize)]
struct Claims {
    /// Of the site's own choosing; that there is one is all that is asked.
    sub: String,
    name: String,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
}

/// The member `token` of a JSON body, if it has one.
pub fn of_json(body: &[u8]) -> Result<Option<String>, Fault> {
    #[derive(Deserialize)]
    struct Sent {
        #[serde(default)]
        token: Option<String>,
    }
    let bad = |_| Fault::BadRequest { detail: "token must be text.".into(), field: Some("token") };
    Ok(serde_json::from_slice::<Sent>(body).map_err(bad)?.token.filter(|token| !token.is_empty()))
}

/// The name that the site vouches for.
pub async fn vouched(app: &App, site: &Site, token: &str, now: Millis) -> Result<String, Fault> {
    let keys = app.store.site_keys(&site.name).await?;
    read(token, &site.key, &keys, now).map_err(|why| Fault::SignIn { detail: why.into() })
}

/// `audience` is the site's key in the embed's script tag. What is wrong is said without a word of the token.
fn read(token: &str, audience: &str, keys: &[SiteKey], now: Millis) -> Result<String, &'static str> {
    if token.len() > LONGEST {
        return Err("The token is too long.");
    }
    let header = decode_header(token).map_err(|_| "The token is none.")?;
    let kid = header.kid.ok_or("The token does not name its key (kid).")?;
    let key = keys.iter().find(|key| key.kid == kid && key.until.is_none_or(|until| until > now));
    let key = key.ok_or("The token's key is not one of the site's.")?;
    let (alg, decoding) = of(key).ok_or("The site's key cannot be read.")?;
    // The key says how it signs, never the token: one meant for another way is refused.
    let mut rules = Validation::new(alg);
    rules.validate_exp = false;
    rules.set_required_spec_claims(&["exp", "aud", "sub"]);
    rules.set_audience(&[audience]);
    let claims =
        decode::<Claims>(token, &decoding, &rules).map_err(|_| "The token is not signed by the site.")?;
    let claims = claims.claims;
    in_time(claims.exp, claims.nbf, now)?;
    match claims.sub.is_empty() || claims.name.trim().is_empty() {
        true => Err("The token names nobody."),
        false => Ok(claims.name),
    }
}

/// How a key's tokens are signed.
fn of(key: &SiteKey) -> Option<(Algorithm, DecodingKey)> {
    let alg: Algorithm = key.alg.parse().ok()?;
    let decoding = match alg {
        Algorithm::HS256 => DecodingKey::from_secret(&key.value),
        Algorithm::RS256 => DecodingKey::from_rsa_pem(&key.value).ok()?,
        Algorithm::ES256 => DecodingKey::from_ec_pem(&key.value).ok()?,
        Algorithm::EdDSA => DecodingKey::from_ed_pem(&key.value).ok()?,
        _ => return None,
    };
    Some((alg, decoding))
}

/// How tokens are signed whose key is this PEM; `None` where it is no public key of a kind that is read here.
pub fn alg_of_pem(pem: &[u8]) -> Option<&'static str> {
    if DecodingKey::from_ed_pem(pem).is_ok() {
        Some("EdDSA")
    } else if DecodingKey::from_ec_pem(pem).is_ok() {
        Some("ES256")
    } else if DecodingKey::from_rsa_pem(pem).is_ok() {
        Some("RS256")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jsonwebtoken::{EncodingKey, Header, encode};
    use serde_json::{Value, json};

    const NOW: Millis = Millis(1_700_000_000_000);
    const PRIVATE: &[u8] = b"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";
    const PUBLIC: &[u8] = b"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n";

    fn key(kid: &str, alg: &str, value: &[u8], until: Option<Millis>) -> SiteKey {
        SiteKey { kid: kid.into(), alg: alg.into(), value: value.into(), created_at: NOW, until }
    }

    fn keys() -> Vec<SiteKey> {
        vec![
            key("old", "HS256", b"secret one", Some(NOW)),
            key("new", "HS256", b"secret two", Some(NOW.plus(1))),
            key("ed", "EdDSA", PUBLIC, None),
        ]
    }

    fn claims() -> Value {
        json!({"sub": "7", "name": "Ana", "aud": "site-key", "exp": NOW.0 / 1000 + 600})
    }

    fn token(alg: Algorithm, kid: &str, secret: &[u8], claims: &Value) -> String {
        let mut header = Header::new(alg);
        header.kid = Some(kid.into());
        let key = match alg {
            Algorithm::EdDSA => EncodingKey::from_ed_pem(secret).unwrap(),
            _ => EncodingKey::from_secret(secret),
        };
        encode(&header, claims, &key).unwrap()
    }

    fn with(name: &str, value: Value) -> Value {
        let mut all = claims();
        all[name] = value;
        all
    }

    #[test]
    fn keys_take_each_others_place() {
        let hs = |kid: &str, secret: &[u8]| {
            read(&token(Algorithm::HS256, kid, secret, &claims()), "site-key", &keys(), NOW)
        };
        assert_eq!(hs("new", b"secret two"), Ok("Ana".into()));
        assert_eq!(hs("old", b"secret one"), Err("The token's key is not one of the site's."));
        assert_eq!(hs("new", b"secret one"), Err("The token is not signed by the site."));
        let signed = token(Algorithm::EdDSA, "ed", PRIVATE, &claims());
        assert_eq!(read(&signed, "site-key", &keys(), NOW), Ok("Ana".into()));
        assert_eq!(alg_of_pem(PUBLIC), Some("EdDSA"));
        assert_eq!(alg_of_pem(b"secret"), None);
    }

    #[test]
    fn what_is_forged_or_meant_for_others_is_refused() {
        let refused = |token: &str| read(token, "site-key", &keys(), NOW).unwrap_err();
        // The public key as if it were a shared secret.
        let confused = token(Algorithm::HS256, "ed", PUBLIC, &claims());
        assert_eq!(refused(&confused), "The token is not signed by the site.");
        // `{"alg":"none","kid":"new"}`
        let none = format!("eyJhbGciOiJub25lIiwia2lkIjoibmV3In0.{}.", confused.split('.').nth(1).unwrap());
        assert_eq!(refused(&none), "The token is none.");
        for (claims, why) in [
            (with("aud", json!("another")), "The token is not signed by the site."),
            (with("exp", json!(NOW.0 / 1000 - 61)), "The token has ended."),
            (with("exp", json!(NOW.0 / 1000 + 90_000)), "The token is good for longer than a day."),
            (with("exp", Value::Null), "The token is not signed by the site."),
            (with("name", json!("  ")), "The token names nobody."),
            (with("sub", json!("")), "The token names nobody."),
        ] {
            assert_eq!(refused(&token(Algorithm::HS256, "new", b"secret two", &claims)), why, "{claims}");
        }
        for odd in ["", "a.b.c", "....", &"a".repeat(5000)] {
            refused(odd);
        }
    }
}
