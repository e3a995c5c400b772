//! A paper's own word lists: `words/insult.txt` in its data directory, named by the risk.

use crate::failure::Failure;
use newsroom::discussion::Label;
use screen::WordList;
use std::{io::ErrorKind, path::Path};

/// A fault names the file and the line.
pub fn read(data: &Path) -> Result<Vec<WordList>, Failure> {
    let mut lists = Vec::new();
    for label in Label::ALL {
        let file = data.join("words").join(format!("{}.txt", label.as_str()));
        match std::fs::read_to_string(&file) {
            Ok(text) => {
                let list = WordList::read(label, &text);
                lists.push(list.map_err(|why| Failure(format!("{}: {why}", file.display())))?);
            }
            Err(e) if e.kind() == ErrorKind::NotFound => {}
            Err(e) => return Err(Failure(format!("{}: {e}", file.display()))),
        }
    }
    Ok(lists)
}
