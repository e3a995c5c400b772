//! Renditions: the photo in each width as JPEG, turned upright, without any of the file's metadata.

use super::{Unfit, examine::decoder};
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer, images::Image};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, RgbImage, codecs::jpeg::JpegEncoder, metadata::Orientation,
};

/// JPEG quality: the eye sees no loss at the widths of a newspaper's column.
const QUALITY: u8 = 78;

pub struct Rendition {
    pub width: u32,
    pub height: u32,
    pub jpeg: Vec<u8>,
}

/// Decodes once and makes each of `widths` that the original is as wide as; where it is narrower than all
/// of them, one of its own width.
pub fn render(bytes: &[u8], widths: &[u32]) -> Result<Vec<Rendition>, Unfit> {
    let broken = |e: &dyn std::fmt::Display| Unfit(format!("is a broken picture: {e}"));
    let mut decoder = decoder(bytes)?;
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|e| broken(&e))?;
    picture.apply_orientation(turned);
    let picture = on_white(picture);
    let (width, height) = picture.dimensions();
    let mut wanted: Vec<u32> = widths.iter().copied().filter(|w| *w <= width).collect();
    if wanted.is_empty() {
        wanted.push(width);
    }
    let source = Image::from_vec_u8(width, height, picture.into_raw(), fast_image_resize::PixelType::U8x3)
        .map_err(|e| broken(&e))?;
    let mut resizer = Resizer::new();
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    let mut renditions = Vec::with_capacity(wanted.len());
    for w in wanted {
        let h = (u64::from(w) * u64::from(height)).div_ceil(u64::from(width)).max(1) as u32;
        let mut small = Image::new(w, h, fast_image_resize::PixelType::U8x3);
        resizer.resize(&source, &mut small, &options).map_err(|e| broken(&e))?;
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
            .encode(small.buffer(), w, h, ExtendedColorType::Rgb8)
            .map_err(|e| broken(&e))?;
        renditions.push(Rendition { width: w, height: h, jpeg });
    }
    Ok(renditions)
}

fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let clear = picture.into_rgba8();
    let (width, height) = clear.dimensions();
    RgbImage::from_fn(width, height, |x, y| {
        let [r, g, b, a] = clear.get_pixel(x, y).0;
        let over = |c: u8| ((u32::from(c) * u32::from(a) + 255 * (255 - u32::from(a)) + 127) / 255) as u8;
        image::Rgb([over(r), over(g), over(b)])
    })
}
