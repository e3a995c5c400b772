//! Writes every sample page to a folder, to be looked at: `cargo run -p pages --example gallery -- DIR`.

use std::{fs, io, path::Path};

use pages::desk::script::{DESK_CSS, DESK_JS, PASSKEY_JS, desk_css_path, desk_js_path, passkey_js_path};

fn main() -> io::Result<()> {
    let Some(folder) = std::env::args().nth(1) else {
        return Err(io::Error::other("name the folder to write the pages to"));
    };
    let folder = Path::new(&folder);
    let theme = pages::Theme::builtin();
    for sample in pages::sample::all() {
        let page = (sample.render)(&theme).map_err(io::Error::other)?;
        write(folder, sample.file, &page)?;
    }
    write(folder, pages::assets::reader_js_path(), pages::assets::READER_JS)?;
    write(folder, desk_css_path(), DESK_CSS)?;
    write(folder, desk_js_path(), DESK_JS)?;
    write(folder, passkey_js_path(), PASSKEY_JS)?;
    write(folder, "favicon.svg", pages::assets::FAVICON_SVG)
}

fn write(folder: &Path, file: &str, content: &str) -> io::Result<()> {
    let path = folder.join(file.trim_start_matches('/'));
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, content)
}
