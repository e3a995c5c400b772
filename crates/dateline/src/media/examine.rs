//! What a file is, by its content, without decoding it.

use super::Unfit;
use image::{ImageDecoder, ImageFormat, ImageReader, metadata::Orientation};
use std::io::Cursor;

/// Bytes of one photo at most.
pub const MOST_BYTES: usize = 20 << 20;
/// Pixels at most: 40 megapixels take 160 MB to decode.
const MOST_PIXELS: u64 = 40_000_000;
const SMALLEST_SIDE: u32 = 16;

/// A photo's measures as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Examined {
    pub width: u32,
    pub height: u32,
}

/// Reads the header: JPEG, PNG, WebP or the first frame of a GIF, whatever the file is called.
pub fn examine(bytes: &[u8]) -> Result<Examined, Unfit> {
    let mut decoder = decoder(bytes)?;
    let (width, height) = decoder.dimensions();
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok(if swaps(turned) { Examined { width: height, height: width } } else { Examined { width, height } })
}

pub(super) fn swaps(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// A decoder whose header has passed every bound.
pub(super) fn decoder(bytes: &[u8]) -> Result<impl ImageDecoder + '_, Unfit> {
    if bytes.len() > MOST_BYTES {
        return Err(Unfit(format!("is larger than {} MB", MOST_BYTES >> 20)));
    }
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|e| Unfit(format!("cannot be read: {e}")))?;
    match reader.format() {
        Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif) => {}
        _ => return Err(Unfit("is not a JPEG, PNG, WebP or GIF picture".into())),
    }
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(30_000);
    limits.max_image_height = Some(30_000);
    limits.max_alloc = Some(MOST_PIXELS * 6);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|e| Unfit(format!("is a broken picture: {e}")))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Unfit(format!("has {width} × {height} pixels; at most 40 million are taken")));
    }
    if width < SMALLEST_SIDE || height < SMALLEST_SIDE {
        return Err(Unfit(format!("has only {width} × {height} pixels")));
    }
    Ok(decoder)
}
