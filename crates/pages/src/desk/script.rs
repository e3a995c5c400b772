//! The desk's style sheet and script, and the names under which they are cached for ever.

use std::sync::LazyLock;

use crate::assets::hashed_path;

/// The desk's own style sheet.
pub const DESK_CSS: &str = include_str!("../../assets/desk.css");

/// The desk's script: keeps what is typed, and the queue's keys. Everything works without it.
pub const DESK_JS: &str =
    concat!(include_str!("../../assets/queue.js"), include_str!("../../assets/desk.js"));

/// Signs in with a passkey and adds one; on the pages for that alone.
pub const PASSKEY_JS: &str = include_str!("../../assets/passkey.js");

/// `/assets/passkey-{hash8}.js`
pub fn passkey_js_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| hashed_path("passkey", "js", PASSKEY_JS));
    &PATH
}

/// `/assets/desk-{hash8}.css`
pub fn desk_css_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| hashed_path("desk", "css", DESK_CSS));
    &PATH
}

/// `/assets/desk-{hash8}.js`
pub fn desk_js_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| hashed_path("desk", "js", DESK_JS));
    &PATH
}
