//! How much a reader's browser has to fetch.

use libdeflater::{CompressionLvl, Compressor};
use pages::{Theme, assets, sample};

fn gzipped(text: &str) -> usize {
    let mut gzip = Compressor::new(CompressionLvl::default());
    let mut out = vec![0; gzip.gzip_compress_bound(text.len())];
    gzip.gzip_compress(text.as_bytes(), &mut out).expect("the buffer is as large as the bound")
}

#[test]
fn a_story_with_twenty_comments_and_its_style_fits_in_14_kb() {
    let theme = Theme::builtin();
    let found = sample::all().find(|s| s.file == "story-twenty.html").expect("sample");
    let html = (found.render)(&theme).expect("renders");
    assert_eq!(html.matches("<article class=\"comment").count(), 20);
    assert!(html.contains("<style>") && !html.contains("<img"));
    let size = gzipped(&html);
    println!("story with 20 comments: {} bytes, {size} gzipped", html.len());
    assert!(size <= 14_000, "{size} bytes");
    assert!(size > 3_000, "the sample is too thin to prove anything: {size} bytes");
}

#[test]
fn the_script_fits_in_6_kb_and_the_icon_in_one() {
    assert!(gzipped(assets::READER_JS) <= 6_000, "{} bytes", gzipped(assets::READER_JS));
    assert!(gzipped(assets::FAVICON_SVG) <= 1_000);
}

#[test]
fn a_page_asks_for_the_script_and_the_icon_and_nothing_else() {
    let theme = Theme::builtin();
    let found = sample::all().find(|s| s.file == "story-twenty.html").expect("sample");
    let html = (found.render)(&theme).expect("renders");
    let tree = scraper::Html::parse_document(&html);
    let fetched =
        scraper::Selector::parse("script[src], link[rel~=stylesheet], link[rel~=icon], img, iframe")
            .expect("selector");
    let asked: Vec<&str> = tree.select(&fetched).filter_map(|e| e.attr("src").or(e.attr("href"))).collect();
    assert_eq!(asked, ["/favicon.svg", assets::reader_js_path()]);
}
