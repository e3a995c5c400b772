//! Pictures that an item names: their files, largest first, caption, and credit.

use super::{
    Fields, Malformed,
    copy::{LONGEST_SUMMARY, plain_line},
};
use crate::credit::caption_and_credit;
use newsroom::item::ItemPhoto;

/// Photos of one item; a gallery beyond that is cut, with a note.
const MOST_PHOTOS: usize = 50;

/// Files of one photo.
const MOST_HREFS: usize = 16;

/// Longest reference to a file.
const LONGEST_HREF: usize = 2_000;

pub(super) struct Rendition {
    href: String,
    is_image: bool,
    pixels: u64,
}

impl Rendition {
    pub fn of(fields: &Fields<'_>) -> Result<Rendition, Malformed> {
        let href = fields.text(&["href"])?.trim();
        let form = fields.text(&["contentType", "contenttype", "mimetype"])?;
        let pixels = fields.size(&["width"])? * fields.size(&["height"])?.max(1);
        Ok(Rendition {
            href: if href.len() <= LONGEST_HREF { href.to_owned() } else { String::new() },
            is_image: form.is_empty() || form.to_ascii_lowercase().starts_with("image/"),
            pixels,
        })
    }
}

/// What either reader found of a picture.
pub(super) struct Picture<'a> {
    pub renditions: Vec<Rendition>,
    /// What it shows, or what may stand for that, in that order.
    pub caption: &'a str,
    pub second: &'a str,
    pub third: &'a str,
    pub alt: &'a str,
    pub agency: String,
}

impl Picture<'_> {
    /// `None` when the object is no picture: by its type, or without one by having no image.
    pub fn photo(self, fields: &Fields<'_>) -> Result<Option<ItemPhoto>, Malformed> {
        let mut images: Vec<Rendition> =
            self.renditions.into_iter().filter(|r| r.is_image && !r.href.is_empty()).collect();
        let uri = fields.text(&["uri"])?.trim();
        // Some senders give the file itself as the picture's identifier.
        let file = uri.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        let is_file = [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(|end| file.ends_with(end));
        if images.is_empty() && is_file && uri.len() <= LONGEST_HREF {
            images.push(Rendition { href: uri.to_owned(), is_image: true, pixels: 0 });
        }
        let is_picture = match fields.text(&["type"])? {
            "picture" | "graphic" => true,
            "" => !images.is_empty(),
            _ => false,
        };
        if !is_picture {
            return Ok(None);
        }
        images.sort_by_key(|r| std::cmp::Reverse(r.pixels));
        let mut hrefs: Vec<String> = Vec::new();
        for image in images {
            if hrefs.len() < MOST_HREFS && !hrefs.contains(&image.href) {
                hrefs.push(image.href);
            }
        }
        let words = [self.caption, self.second, self.third].into_iter().find(|t| !t.trim().is_empty());
        let (caption, mut credit) =
            caption_and_credit(&plain_line(words.unwrap_or_default(), LONGEST_SUMMARY));
        let by = fields.line(&["by", "byline"], 120)?;
        if credit.photographer.is_empty() && by != credit.agency && by != self.agency {
            credit.photographer = by;
        }
        if credit.agency.is_empty() {
            credit.agency = self.agency;
        }
        if credit.is_empty() {
            credit.agency = fields.line(&["copyrightHolder", "copyrightholder"], 120)?;
        }
        Ok(Some(ItemPhoto { hrefs, caption, alt: plain_line(self.alt, LONGEST_SUMMARY), credit }))
    }
}

pub(super) fn limited(mut photos: Vec<ItemPhoto>, notes: &mut Vec<String>) -> Vec<ItemPhoto> {
    if photos.len() > MOST_PHOTOS {
        notes.push(format!("It has {} photos; the first {MOST_PHOTOS} are taken.", photos.len()));
        photos.truncate(MOST_PHOTOS);
    }
    photos
}
