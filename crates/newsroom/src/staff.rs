//! Who works here, and what each may do.

/// What a person is at the paper. Each includes nothing of the others: see [`Role::may`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Admin,
    Editor,
    Reporter,
    Moderator,
}

/// An act of staff that needs a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// See the inbox, read and edit stories not yet published.
    Edit,
    /// Publish, correct, update, kill.
    Publish,
    /// Rule on comments; open, slow or close a discussion.
    Moderate,
    /// Accounts, tokens, settings.
    Administer,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Admin, Role::Editor, Role::Reporter, Role::Moderator];

    pub fn may(self, act: Act) -> bool {
        match self {
            Role::Admin => true,
            Role::Editor => act != Act::Administer,
            Role::Reporter => act == Act::Edit,
            Role::Moderator => act == Act::Moderate,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Editor => "editor",
            Role::Reporter => "reporter",
            Role::Moderator => "moderator",
        }
    }

    pub fn parse(text: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.as_str() == text)
    }
}

/// What a machine that holds a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Push items to the desk.
    Wire,
    /// Read what readers may read.
    Read,
    /// See the queue and rule.
    Moderate,
    /// All of it.
    Admin,
}

impl Scope {
    pub const ALL: [Scope; 4] = [Scope::Wire, Scope::Read, Scope::Moderate, Scope::Admin];

    /// Whether a token of this scope may be used where `needed` is asked for.
    pub fn covers(self, needed: Scope) -> bool {
        self == Scope::Admin || self == needed || needed == Scope::Read
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Wire => "wire",
            Scope::Read => "read",
            Scope::Moderate => "moderate",
            Scope::Admin => "admin",
        }
    }

    pub fn parse(text: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

/// Shortest password accepted, in characters (NIST SP 800-63B asks for eight at least).
pub const SHORTEST_PASSWORD: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_stays_in_its_room() {
        assert!(!Role::Reporter.may(Act::Publish));
        assert!(!Role::Moderator.may(Act::Edit));
        assert!(!Role::Editor.may(Act::Administer));
        assert!(!Scope::Wire.covers(Scope::Moderate) && Scope::Moderate.covers(Scope::Read));
    }
}
