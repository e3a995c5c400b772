//! Photos of all formats, and files that only claim to be photos.

use super::*;
use image::{DynamicImage, ImageFormat, RgbaImage};
use std::io::Cursor;

fn picture(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, |x, y| {
        image::Rgba([(x % 256) as u8, (y % 256) as u8, 90, if x < width / 2 { 255 } else { 0 }])
    }))
}

fn as_file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let picture = match format {
        ImageFormat::Jpeg => DynamicImage::ImageRgb8(picture.to_rgb8()),
        _ => picture.clone(),
    };
    picture.write_to(&mut file, format).expect("encodes");
    file.into_inner()
}

#[test]
fn every_format_is_rendered_in_the_widths_it_has() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let file = as_file(&picture(700, 350), format);
        assert_eq!(examine(&file), Ok(Examined { width: 700, height: 350 }), "{format:?}");
        let renditions = render(&file, &[320, 640, 960]).expect("renders");
        let sizes: Vec<_> = renditions.iter().map(|r| (r.width, r.height)).collect();
        assert_eq!(sizes, [(320, 160), (640, 320)], "{format:?}");
        let small = image::load_from_memory(&renditions[0].jpeg).expect("a JPEG").into_rgb8();
        assert_eq!(small.dimensions(), (320, 160));
        if format == ImageFormat::Png {
            assert!(small.get_pixel(300, 10).0.iter().all(|c| *c > 245), "what is clear becomes white");
        }
    }
    let narrow = render(&as_file(&picture(100, 50), ImageFormat::Png), &[320]).expect("renders");
    assert_eq!((narrow.len(), narrow[0].width), (1, 100));
}

/// A JPEG whose EXIF says: turn by 90 degrees.
fn turned() -> Vec<u8> {
    let jpeg = as_file(&picture(80, 40), ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    let mut segment = vec![0xff, 0xe1];
    segment.extend(((exif.len() + 2) as u16).to_be_bytes());
    segment.append(&mut exif);
    [&jpeg[..2], &segment, &jpeg[2..]].concat()
}

#[test]
fn a_photo_is_turned_upright_and_tells_nothing_of_its_camera() {
    let file = turned();
    assert_eq!(examine(&file), Ok(Examined { width: 40, height: 80 }));
    let rendition = &render(&file, &[320]).expect("renders")[0];
    assert_eq!((rendition.width, rendition.height), (40, 80));
    assert!(!rendition.jpeg.windows(4).any(|w| w == b"Exif"));
}

#[test]
fn what_is_no_photo_is_refused_in_words() {
    let png = as_file(&picture(64, 64), ImageFormat::Png);
    let mut bomb = png.clone();
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    for (file, words) in [
        (b"<svg onload=alert(1)>".to_vec(), "is not a"),
        (vec![], "is not a"),
        (bomb, "broken"),
        (as_file(&picture(8, 8), ImageFormat::Png), "only 8"),
        (vec![0; MOST_BYTES + 1], "larger than"),
    ] {
        let why = examine(&file).expect_err("refused").0;
        assert!(why.contains(words), "{why}");
    }
    assert!(render(&png[..png.len() / 2], &[320]).is_err(), "half a file");
}

#[test]
fn the_same_photo_is_kept_once_and_no_name_leads_elsewhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let shelf = Shelf::open(&folder.path().join("media")).expect("opens");
    let digest = shelf.keep(b"photo").expect("kept");
    assert_eq!(shelf.keep(b"photo").expect("kept"), digest);
    assert_eq!(shelf.original(&digest).expect("read").as_deref(), Some(&b"photo"[..]));
    shelf.put_rendition(&digest, 320, b"small").expect("kept");
    assert_eq!(shelf.rendition(&digest, 320).expect("read").as_deref(), Some(&b"small"[..]));
    assert_eq!(shelf.rendition(&digest, 640).expect("read"), None);
    for name in ["", "../../etc/passwd", &"A".repeat(64), &digest[..63]] {
        assert_eq!(shelf.original(name).expect("no error"), None, "{name}");
        assert!(shelf.put_rendition(name, 1, b"x").is_err());
    }
}
