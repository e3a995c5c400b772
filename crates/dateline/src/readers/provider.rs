//! An OpenID Connect provider that the settings name: the way there, and what it says of who comes back, which is
//! believed only with its signature, for this paper, in time, and for the very browser that left.

use super::talks::{NoAnswer, Talks, read_url};
use crate::{config, outside::Trust, staff::random_word};
use newsroom::{
    Millis,
    clock::HOUR,
    discussion::{account::Unproven, name::clean_line},
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    SignatureVerificationError, TokenResponse,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdTokenClaims, CoreJwsSigningAlgorithm,
        CoreProviderMetadata, CoreTokenResponse,
    },
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

pub struct Provider {
    /// Its name in the settings and in addresses.
    pub key: String,
    /// On the button, and beside names.
    pub label: String,
    issuer: IssuerUrl,
    client: ClientId,
    secret: Option<ClientSecret>,
    talks: Talks,
    found: Mutex<Option<Arc<Found>>>,
}

/// What it says of itself, with its keys.
struct Found {
    metadata: CoreProviderMetadata,
    at: Millis,
}

/// A reader on the way to the provider.
pub struct Departure {
    pub url: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// Who the provider says has come back.
#[derive(Debug, PartialEq, Eq)]
pub struct Identity {
    pub issuer: String,
    pub subject: String,
    /// What it calls them; empty where it says nothing.
    pub name: String,
}

/// Why nobody could be signed in.
#[derive(Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It gives no answer that can be used; the words are for the log.
    Silent(String),
    /// What it says cannot be believed.
    Unproven(Unproven),
}

/// What a provider says of itself is asked anew after this time, in milliseconds.
const KEPT: i64 = HOUR;

/// Of public keys alone: a client's secret signs nothing here.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 6] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// All that the settings name, or what is wrong with them.
pub fn read_providers(options: &config::Identity, trust: &Trust) -> Result<Vec<Provider>, String> {
    let of = |pairs: &[(String, String)], key: &str| {
        pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone())
    };
    for (option, pairs) in
        [("clients", &options.clients), ("secrets", &options.secrets), ("labels", &options.labels)]
    {
        if let Some((name, _)) = pairs.iter().find(|(name, _)| of(&options.providers, name).is_none()) {
            return Err(format!("identity.{option} names {name}, which identity.providers does not"));
        }
    }
    let one = |(key, issuer): &(String, String)| {
        let client =
            of(&options.clients, key).ok_or_else(|| format!("identity.clients has no client for {key}"))?;
        read_url(issuer, options.allow_inside).map_err(|why| format!("identity.providers, {key}: {why}"))?;
        Ok(Provider {
            key: key.clone(),
            label: of(&options.labels, key).unwrap_or_else(|| key.clone()),
            issuer: IssuerUrl::new(issuer.clone()).map_err(|e| format!("identity.providers, {key}: {e}"))?,
            client: ClientId::new(client),
            secret: of(&options.secrets, key).map(ClientSecret::new),
            talks: Talks {
                trust: trust.clone(),
                allow_inside: options.allow_inside,
                longest: Duration::from_secs(options.seconds as u64),
            },
            found: Mutex::default(),
        })
    };
    options.providers.iter().map(one).collect()
}

fn silent(why: impl std::error::Error) -> Trouble {
    let mut words = why.to_string();
    let mut cause = why.source();
    while let Some(deeper) = cause {
        words.push_str(&format!(": {deeper}"));
        cause = deeper.source();
    }
    Trouble::Silent(newsroom::mail::head_line(&words, 300))
}

impl Provider {
    /// Whether it goes by that name among providers.
    pub fn is(&self, issuer: &str) -> bool {
        self.issuer.as_str() == issuer
    }

    /// The way there. `back` is where it sends whoever has signed in.
    pub async fn depart(&self, back: &str, now: Millis) -> Result<Departure, Trouble> {
        let found = self.found(now, KEPT).await?;
        let back = RedirectUrl::new(back.to_owned()).map_err(silent)?;
        let client = CoreClient::from_provider_metadata(
            found.metadata.clone(),
            self.client.clone(),
            self.secret.clone(),
        )
        .set_redirect_uri(back);
        let words = || random_word().map_err(|e| Trouble::Silent(e.to_string()));
        let (state, nonce, verifier) = (words()?, words()?, words()?);
        let challenge =
            PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
        let (csrf, once) = (CsrfToken::new(state.clone()), Nonce::new(nonce.clone()));
        let (url, ..) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || csrf, move || once)
            .add_scope(Scope::new("profile".into()))
            .set_pkce_challenge(challenge)
            .url();
        Ok(Departure { url: url.into(), state, nonce, verifier })
    }

    /// Hands in the code with which somebody came back.
    pub async fn arrive(
        &self,
        back: &str,
        code: &str,
        verifier: &str,
        nonce: &str,
        now: Millis,
    ) -> Result<Identity, Trouble> {
        let found = self.found(now, KEPT).await?;
        let token = self.hand_in(&found, back, code, verifier).await?;
        match self.believe(&found, &token, nonce) {
            // Its keys may have changed since they were looked at.
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                let found = self.found(now, 0).await?;
                self.believe(&found, &token, nonce).map_err(|why| self.unproven(&why))
            }
            believed => believed.map_err(|why| self.unproven(&why)),
        }
    }

    /// As known, where that is no older than `kept`.
    async fn found(&self, now: Millis, kept: i64) -> Result<Arc<Found>, Trouble> {
        let known = self.found.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.filter(|known| now.since(known.at) < kept) {
            return Ok(known);
        }
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.talks).await;
        let found = Arc::new(Found { metadata: metadata.map_err(silent)?, at: now });
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(found.clone());
        Ok(found)
    }

    async fn hand_in(
        &self,
        found: &Found,
        back: &str,
        code: &str,
        verifier: &str,
    ) -> Result<CoreTokenResponse, Trouble> {
        let methods = found.metadata.token_endpoint_auth_methods_supported();
        let only_in_body = methods.is_some_and(|m| {
            m.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !m.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let client = CoreClient::from_provider_metadata(
            found.metadata.clone(),
            self.client.clone(),
            self.secret.clone(),
        )
        .set_redirect_uri(RedirectUrl::new(back.to_owned()).map_err(silent)?)
        .set_auth_type(if only_in_body { AuthType::RequestBody } else { AuthType::BasicAuth });
        let request = client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(silent)?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
        request.request_async(&self.talks).await.map_err(
            |why: openidconnect::RequestTokenError<NoAnswer, _>| match why {
                openidconnect::RequestTokenError::ServerResponse(_) => Trouble::Unproven(Unproven::Used),
                why => silent(why),
            },
        )
    }

    fn believe(
        &self,
        found: &Found,
        token: &CoreTokenResponse,
        nonce: &str,
    ) -> Result<Identity, ClaimsVerificationError> {
        let client = CoreClient::from_provider_metadata(
            found.metadata.clone(),
            self.client.clone(),
            self.secret.clone(),
        );
        let other = |what: &str| ClaimsVerificationError::Other(what.to_owned());
        let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
        let id_token = token.id_token().ok_or_else(|| other("it sent no ID token"))?;
        let claims: &CoreIdTokenClaims = id_token.claims(&verifier, &Nonce::new(nonce.to_owned()))?;
        if let Some(expected) = claims.access_token_hash() {
            let alg = id_token.signing_alg().map_err(|e| other(&e.to_string()))?;
            let key = id_token.signing_key(&verifier).map_err(|e| other(&e.to_string()))?;
            let actual = AccessTokenHash::from_token(token.access_token(), alg, key);
            if actual.map_err(|e| other(&e.to_string()))? != *expected {
                return Err(other("the access token is another's"));
            }
        }
        let called = claims.name().and_then(|name| name.get(None)).map(|name| name.as_str());
        let called = called.or_else(|| claims.preferred_username().map(|name| name.as_str())).unwrap_or("");
        Ok(Identity {
            issuer: self.issuer.to_string(),
            subject: claims.subject().to_string(),
            name: clean_line(&called.chars().take(200).collect::<String>()),
        })
    }

    fn unproven(&self, why: &ClaimsVerificationError) -> Trouble {
        tracing::warn!(provider = self.key, %why, "a provider's word was not believed");
        Trouble::Unproven(match why {
            ClaimsVerificationError::Expired(_) => Unproven::Expired,
            ClaimsVerificationError::InvalidAudience(_) => Unproven::Elsewhere,
            ClaimsVerificationError::InvalidIssuer(_) => Unproven::Another,
            ClaimsVerificationError::InvalidNonce(_) => Unproven::OtherSignIn,
            ClaimsVerificationError::SignatureVerification(_) => Unproven::Forged,
            _ => Unproven::Unreadable,
        })
    }
}
