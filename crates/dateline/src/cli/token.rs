//! `dateline token`: keys for programs, each printed once.

use super::{
    args::{Data, Token, TokenAct},
    beside::{WHO, failed, say, with_store},
};
use crate::{
    clock,
    failure::Failure,
    staff::{BearerToken, fit_name},
};
use store::Error;

pub(super) fn run(act: TokenAct) -> Result<(), Failure> {
    match act {
        TokenAct::Add(args) => add(args),
        TokenAct::List(data) => list(&data),
        TokenAct::Revoke { data, name } => revoke(&data, &name),
    }
}

fn add(args: Token) -> Result<(), Failure> {
    let name = fit_name(&args.name).map_err(Failure)?;
    let token =
        BearerToken::random().map_err(|e| Failure(format!("the system gives no random numbers: {e}")))?;
    with_store(&args.data, true, async |store| {
        let added = store.add_token(&name, args.scope.into(), &token.digest(), WHO, clock::now()).await;
        added.map_err(|e| match e {
            Error::Taken(_) => Failure(format!(
                "there is a token named {name}: take another name, or `dateline token revoke {name}` first"
            )),
            e => failed(e),
        })
    })?;
    // Alone on standard output, so that a script can take it.
    say(token.reveal())
}

fn list(data: &Data) -> Result<(), Failure> {
    let tokens = with_store(data, false, async |store| store.list_tokens().await.map_err(failed))?;
    for token in tokens {
        let state = if token.revoked_at.is_some() { "revoked" } else { "active" };
        say(&format!("{}\t{}\t{}\t{state}", token.name, token.scope.as_str(), token.created_at.rfc3339()))?;
    }
    Ok(())
}

fn revoke(data: &Data, name: &str) -> Result<(), Failure> {
    with_store(data, false, async |store| {
        store.revoke_token(name, WHO, clock::now()).await.map_err(|e| match e {
            Error::Gone(_) => {
                Failure(format!("no token in use is named {name}: `dateline token list` shows all"))
            }
            e => failed(e),
        })
    })?;
    say(&format!("the token {name} is worthless now"))
}
