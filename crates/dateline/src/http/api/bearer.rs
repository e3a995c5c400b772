//! Which machine is asking: the bearer token of a request, and what it may be used for.

use crate::{app::AppState, problem::Fault, staff::BearerToken};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use newsroom::staff::Scope;

/// The holder of a token in use. A handler that takes one answers 401 without.
pub struct Bearer {
    pub name: String,
    pub scope: Scope,
}

impl Bearer {
    /// Goes on where the token's scope covers `scope`.
    pub fn needs(&self, scope: Scope) -> Result<(), Fault> {
        if self.scope.covers(scope) {
            return Ok(());
        }
        let detail = format!(
            "The token {} has the scope {}; this takes {}. Make one with `dateline token add NAME --scope {}`.",
            self.name,
            self.scope.as_str(),
            scope.as_str(),
            scope.as_str()
        );
        Err(Fault::Forbidden { detail })
    }

    /// As the log of acts names it.
    pub fn who(&self) -> String {
        format!("token {}", self.name)
    }
}

impl FromRequestParts<AppState> for Bearer {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Bearer, Fault> {
        let sign_in = |detail: &str| Fault::SignIn { detail: detail.into() };
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
        let Some(header) = header else {
            return Err(sign_in("Send a token: Authorization: Bearer dateline_…"));
        };
        let token = BearerToken::of_authorization(header)
            .ok_or_else(|| sign_in("The Authorization header does not carry a token of this paper."))?;
        let found = app.store.find_token(&token.digest()).await?;
        found
            .map(|token| Bearer { name: token.name, scope: token.scope })
            .ok_or_else(|| sign_in("The token is unknown or was revoked."))
    }
}
