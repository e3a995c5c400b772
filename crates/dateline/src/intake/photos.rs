//! The photos that an item names: only files that came with it are ever opened, never an address.

use crate::{app::AppState, media};
use newsroom::{item::Item, photo::Photo};
use std::{collections::HashMap, io};
use store::Error;

/// What came with an item.
pub trait Beside: Send + Sync {
    /// The bytes of a file of that bare name; `None` where none came.
    fn file(&self, name: &str) -> io::Result<Option<Vec<u8>>>;
}

/// Files sent in the same request, by their names.
#[derive(Default)]
pub struct Given(pub HashMap<String, Vec<u8>>);

impl Beside for Given {
    fn file(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        Ok(self.0.get(name).cloned())
    }
}

/// An item that came alone.
pub struct NothingBeside;

impl Beside for NothingBeside {
    fn file(&self, _: &str) -> io::Result<Option<Vec<u8>>> {
        Ok(None)
    }
}

/// The last piece of a reference, if it can be the name of a file here: of an address it is what a sender
/// calls the file that he sends along.
fn bare_name(href: &str) -> Option<&str> {
    let path = href.split(['?', '#']).next()?;
    let name = path.rsplit(['/', '\\']).next()?;
    let fit = !name.is_empty() && name != "." && name != ".." && !name.contains('\0') && name.len() <= 255;
    fit.then_some(name)
}

/// Examines and keeps each photo. One that did not come, or is no photo, keeps its caption and credit, and
/// leaves a note.
pub async fn find(
    app: &AppState,
    item: &Item,
    beside: &dyn Beside,
    dry: bool,
    notes: &mut Vec<String>,
) -> store::Result<Vec<Photo>> {
    let mut photos = Vec::with_capacity(item.photos.len());
    for named in &item.photos {
        let mut photo = Photo {
            id: 0,
            digest: String::new(),
            width: 0,
            height: 0,
            renditions: vec![],
            caption: named.caption.clone(),
            alt: named.alt.clone(),
            credit: named.credit.clone(),
        };
        let mut missing = named.hrefs.first().cloned();
        for name in named.hrefs.iter().filter_map(|href| bare_name(href)) {
            let bytes = match beside.file(name) {
                Ok(Some(bytes)) => bytes,
                Ok(None) => continue,
                Err(e) => {
                    notes.push(format!("The photo {name} could not be read: {e}."));
                    continue;
                }
            };
            match media::examine(&bytes) {
                Ok(size) => {
                    photo.digest = if dry {
                        media::digest(&bytes)
                    } else {
                        let shelf = app.media.clone();
                        let kept = tokio::task::spawn_blocking(move || shelf.keep(&bytes)).await;
                        kept.map_err(|e| Error::Broken(e.to_string()))??
                    };
                    (photo.width, photo.height) = (size.width, size.height);
                    missing = None;
                    break;
                }
                Err(why) => {
                    notes.push(format!("The photo {name} {why}; it is left out."));
                    missing = None;
                }
            }
        }
        if let Some(href) = missing {
            notes.push(format!(
                "The photo {href} did not come with the item; its caption and credit are kept."
            ));
        }
        photos.push(photo);
    }
    Ok(photos)
}

#[cfg(test)]
mod tests {
    use super::bare_name;

    #[test]
    fn no_reference_leads_out_of_the_folder() {
        assert_eq!(bare_name("https://wire.example/photos/a.jpg?size=l"), Some("a.jpg"));
        assert_eq!(bare_name("../../etc/passwd"), Some("passwd"));
        assert_eq!(bare_name("C:\\photos\\a.jpg"), Some("a.jpg"));
        for none in ["", "..", "photos/", "file:///"] {
            assert_eq!(bare_name(none), None, "{none}");
        }
    }
}
