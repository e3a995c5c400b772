//! What belongs to a story and has rows of its own.

use crate::{Store, args, error::Result, value::Row, write::Write};
use newsroom::{
    photo::{Credit, Photo},
    section::Topic,
    slug::Slug,
    story::{Notice, NoticeKind},
    touch::Touch,
};

pub(super) fn topic(row: &Row<'_>) -> Result<Topic> {
    Ok(Topic { slug: row.word(0, Slug::parse)?, name: row.text(1)? })
}

/// From nine columns that begin at `at`.
pub(super) fn photo(row: &Row<'_>, at: usize) -> Result<Photo> {
    Ok(Photo {
        id: row.int(at)?,
        digest: row.text(at + 1)?,
        width: row.count(at + 2)?,
        height: row.count(at + 3)?,
        renditions: row.text(at + 4)?.split(' ').filter_map(|w| w.parse().ok()).collect(),
        caption: row.text(at + 5)?,
        alt: row.text(at + 6)?,
        credit: Credit { agency: row.text(at + 7)?, photographer: row.text(at + 8)? },
    })
}

pub(super) fn notice(row: &Row<'_>) -> Result<Notice> {
    Ok(Notice { kind: row.word(0, NoticeKind::parse)?, at: row.moment(1)?, text: row.text(2)? })
}

pub(super) fn widths(renditions: &[u32]) -> String {
    renditions.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
}

impl Store {
    /// Notes that a photo's renditions are ready, wherever it stands.
    pub async fn photo_is_ready(&self, digest: &str, renditions: &[u32]) -> Result<()> {
        let stories = self
            .all("SELECT DISTINCT story_id FROM photo WHERE digest = $1", &args![digest], |row| row.int(0))
            .await?;
        let mut write = Write::new();
        write.step("UPDATE photo SET renditions = $1 WHERE digest = $2", args![widths(renditions), digest]);
        for id in stories {
            if let Some(story) = self.story(id).await? {
                write.touch(newsroom::touch::of_change(None, &story));
            }
            write.touch([Touch::Story(id)]);
        }
        self.commit(write).await.map(|_| ())
    }

    /// Digests of all photos that any story has, in order, after `after`.
    pub async fn photo_digests(&self, after: &str, most: u32) -> Result<Vec<(String, String)>> {
        self.all(
            "SELECT DISTINCT digest, renditions FROM photo WHERE digest > $1 ORDER BY digest LIMIT $2",
            &args![after, most],
            |row| Ok((row.text(0)?, row.text(1)?)),
        )
        .await
    }
}
