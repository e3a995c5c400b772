//! `dateline staff`: accounts, also for a paper that is being served.

use super::{
    args::{Data, Staff, StaffAct},
    beside::{WHO, failed, say, with_store},
};
use crate::{
    clock,
    failure::Failure,
    staff::{Passwords, fit, fit_name},
};
use std::io::{BufRead, IsTerminal, Read};
use store::{Store, staff::Person};

pub(super) fn run(act: StaffAct) -> Result<(), Failure> {
    match act {
        StaffAct::Add(args) => add(args),
        StaffAct::List(data) => list(&data),
        StaffAct::Disable { data, name } => disable(&data, &name),
        StaffAct::DropPasskeys { data, name } => drop_passkeys(&data, &name),
    }
}

fn add(args: Staff) -> Result<(), Failure> {
    let name = fit_name(&args.name).map_err(Failure)?;
    let password = read_password()?;
    if let Some(why) = fit(&password) {
        return Err(Failure(why));
    }
    let role: newsroom::staff::Role = args.role.into();
    let hash = Passwords::hash_now(&password).map_err(Failure)?;
    let done = with_store(&args.data, true, async |store| {
        let now = clock::now();
        let known = store.find_person(&name).await.map_err(failed)?;
        match known {
            Some(person) => {
                store.change_person(person.id, role, &hash, WHO, now).await.map_err(failed)?;
                let has = store.passkeys_of(person.id).await.map_err(failed)?.len();
                let kept = match has {
                    0 => String::new(),
                    n => format!(
                        "; its {n} passkeys open it still: `dateline staff drop-passkeys` removes them"
                    ),
                };
                Ok(format!("{} has the role {} and the new password now{kept}", person.name, role.as_str()))
            }
            None => {
                store.add_person(&name, role, &hash, WHO, now).await.map_err(failed)?;
                Ok(format!("{name} has an account now, with the role {}", role.as_str()))
            }
        }
    })?;
    say(&done)
}

fn list(data: &Data) -> Result<(), Failure> {
    let people = with_store(data, false, async |store| store.list_people().await.map_err(failed))?;
    for person in people {
        let state = if person.disabled_at.is_some() { "disabled" } else { "active" };
        say(&format!("{}\t{}\t{}\t{state}", person.name, person.role.as_str(), person.created_at.rfc3339()))?;
    }
    Ok(())
}

fn disable(data: &Data, name: &str) -> Result<(), Failure> {
    let name = with_store(data, false, async |store| {
        let person = named(&store, name).await?;
        if person.disabled_at.is_none() {
            store.disable_person(person.id, WHO, clock::now()).await.map_err(failed)?;
        }
        Ok(person.name)
    })?;
    say(&format!("{name} is signed out everywhere and can sign in no more"))
}

fn drop_passkeys(data: &Data, name: &str) -> Result<(), Failure> {
    let (name, gone) = with_store(data, false, async |store| {
        let person = named(&store, name).await?;
        let gone = store.drop_passkeys(&person, WHO, clock::now()).await.map_err(failed)?;
        Ok((person.name, gone))
    })?;
    say(&format!(
        "{gone} passkeys of {name} are removed; the password opens the account, and its sessions are ended"
    ))
}

async fn named(store: &Store, name: &str) -> Result<Person, Failure> {
    let person = store.find_person(name).await.map_err(failed)?;
    person.ok_or_else(|| Failure(format!("nobody has the name {name}: `dateline staff list` shows all")))
}

/// The first line of standard input, without its end.
fn read_password() -> Result<String, Failure> {
    let input = std::io::stdin();
    if input.is_terminal() {
        eprintln!("Type the password and press Enter; it is seen as you type.");
    }
    let mut line = Vec::new();
    // No password is that long; a file given by mistake must not be read whole.
    let read = input.lock().take(10_000).read_until(b'\n', &mut line);
    read.map_err(|e| Failure(format!("the password cannot be read from standard input: {e}")))?;
    let line = String::from_utf8(line).map_err(|_| Failure("the password is not UTF-8 text".into()))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
