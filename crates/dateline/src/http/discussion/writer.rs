//! Who writes: anybody, the holder of an account, or somebody of the staff; and by which door they come.

use crate::{app::App, clock, problem::Fault, readers};
use axum::http::HeaderMap;
use newsroom::{
    Millis,
    discussion::{Badge, Comment, Regard, Voucher, account::in_force, admit::Door, name::look},
    story::Story,
};
use store::reader::{Reader, SignedInReader, WayKind};

pub struct By {
    pub door: Door,
    pub writer: Writer,
    /// Whether the name is given now; a comment that is changed keeps the one it was taken in with.
    pub signs: bool,
}

pub enum Writer {
    /// A name is all that is known.
    Anybody,
    Account(SignedInReader),
    /// Signed in at the desk. `author`: the story's byline names them.
    Staff {
        author: bool,
    },
}

impl From<Door> for By {
    fn from(door: Door) -> By {
        By { door, writer: Writer::Anybody, signs: true }
    }
}

impl By {
    pub fn voucher(&self) -> Option<Voucher> {
        match (&self.writer, self.door) {
            (Writer::Account(_), _) => Some(Voucher::Account),
            (_, Door::Vouched) => Some(Voucher::Site),
            _ => None,
        }
    }
}

impl Writer {
    /// The account that this browser is signed in to. Who has none costs no look into the database.
    pub async fn of_cookies(app: &App, headers: &HeaderMap) -> Result<Writer, Fault> {
        let Some(token) = readers::Cookies::of(&app.paper.address).token(headers) else {
            return Ok(Writer::Anybody);
        };
        let found = app.store.find_reader_session(&token.digest(), readers::SPAN, clock::now()).await?;
        Ok(found.map_or(Writer::Anybody, Writer::Account))
    }

    /// Whoever wrote that comment, as they stand now.
    pub async fn of_comment(app: &App, comment: &Comment) -> Result<Writer, Fault> {
        if comment.staff {
            return Ok(Writer::Staff { author: comment.badge == Some(Badge::Author) });
        }
        let Some(id) = comment.reader else { return Ok(Writer::Anybody) };
        let reader = app.store.reader(id).await?.filter(|reader| reader.ended_at.is_none());
        Ok(reader.map_or(Writer::Anybody, |reader| {
            let (way, label) = (WayKind::Mail, String::new());
            Writer::Account(SignedInReader { session: 0, reader, way, label })
        }))
    }

    /// Somebody of the staff, under that story.
    pub fn of_staff(name: &str, story: &Story) -> Writer {
        let own = look(name);
        Writer::Staff { author: story.authors().iter().any(|author| look(&author.name) == own) }
    }

    pub fn is_staff(&self) -> bool {
        matches!(self, Writer::Staff { .. })
    }

    pub fn account(&self) -> Option<i64> {
        self.reader().map(|reader| reader.id)
    }

    fn reader(&self) -> Option<&Reader> {
        match self {
            Writer::Account(signed_in) => Some(&signed_in.reader),
            _ => None,
        }
    }

    /// With its end.
    pub fn regard(&self) -> Option<(Regard, Millis)> {
        self.reader()?.regard
    }

    /// The gravest that there is: an office, what the desk knows of them, who vouches for them.
    pub fn badge(&self, now: Millis) -> Option<Badge> {
        match self {
            Writer::Anybody => None,
            Writer::Staff { author } => author.then_some(Badge::Author),
            Writer::Account(SignedInReader { reader, way, label, .. }) => {
                match in_force(reader.badge.clone(), now) {
                    Some(words) => Some(Badge::Expert(words)),
                    None => (*way == WayKind::Oidc).then(|| Badge::Provider(label.clone())),
                }
            }
        }
    }
}
