//! People: the accounts of the paper's staff, for its admins.

use minijinja::{Value, context};
use newsroom::{
    Millis,
    staff::{Role, SHORTEST_PASSWORD},
};

use super::frame::{Desk, FieldFault, Room, faults};
use crate::theme::{Fault, Theme};

/// `/desk/staff`
pub struct PeoplePage<'a> {
    pub desk: &'a Desk<'a>,
    pub people: &'a [PersonRow],
    /// What was typed, after a refusal.
    pub form: &'a PersonForm,
    pub faults: &'a [FieldFault],
}

pub struct PersonRow {
    pub id: i64,
    pub name: String,
    pub role: Role,
    pub since: Millis,
    pub disabled: bool,
    pub passkeys: u32,
    /// The person who looks at the page.
    pub you: bool,
}

/// A new account as typed; the password is never shown again.
#[derive(Clone, Debug)]
pub struct PersonForm {
    pub name: String,
    pub role: Role,
}

impl Default for PersonForm {
    fn default() -> Self {
        PersonForm { name: String::new(), role: Role::Editor }
    }
}

fn role_words(role: Role) -> &'static str {
    match role {
        Role::Admin => "admin – everything, accounts too",
        Role::Editor => "editor – publishes, corrects, kills, moderates",
        Role::Reporter => "reporter – writes and edits drafts",
        Role::Moderator => "moderator – rules on comments",
    }
}

impl Theme {
    pub fn desk_people(&self, view: &PeoplePage<'_>) -> Result<String, Fault> {
        let person = |p: &PersonRow| {
            context! {
                id => p.id,
                name => p.name.as_str(),
                role => p.role.as_str(),
                since => view.desk.moment(p.since),
                disabled => p.disabled,
                passkeys => p.passkeys,
                you => p.you,
            }
        };
        let role = |role: Role| {
            context! { value => role.as_str(), words => role_words(role), chosen => role == view.form.role }
        };
        let context = context! {
            frame => view.desk.context(Room::People),
            people => view.people.iter().map(person).collect::<Vec<Value>>(),
            roles => Role::ALL.into_iter().map(role).collect::<Vec<Value>>(),
            form => context! { name => view.form.name.as_str() },
            faults => faults(view.faults),
            shortest => SHORTEST_PASSWORD,
        };
        self.render("desk/staff.html", &context)
    }
}
