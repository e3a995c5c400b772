//! Artalk's Artrans: a list of comments in which every value is text.

use super::{
    Said,
    json::{self, Shape, Walk, text, truth},
    metered::Metered,
    out::{Out, network},
};
use crate::Malformed;
use newsroom::{Millis, discussion::State};
use serde_json::Value;

pub(super) fn read(input: Metered<'_>, out: &mut Out<'_, '_>) -> Result<(), Malformed> {
    json::walk(input, &mut Reader { out }).map(|halves| out.halves(halves))
}

struct Reader<'o, 'a, 'b> {
    out: &'o mut Out<'a, 'b>,
}

impl Walk for Reader<'_, '_, '_> {
    fn shape(&self, path: &str) -> Shape {
        if path.is_empty() { Shape::Into } else { Shape::Take }
    }

    fn take(&mut self, _: &str, n: u64, value: Value) -> Result<(), Malformed> {
        let of = |key| text(&value, key);
        let page = of("page_key");
        // A path is one of the first of the site's addresses.
        let site = of("site_urls");
        let site = site.split(',').next().unwrap_or_default().trim().trim_end_matches('/').to_owned();
        let address = match page.starts_with('/') {
            true => format!("{site}{page}"),
            false => page,
        };
        self.out.page(&address, &of("page_title"), truth(&value, "page_admin_only"))?;
        let said = Said {
            thread: address,
            id: of("id"),
            parent: Some(of("rid")).filter(|r| r != "0"),
            name: of("nick"),
            writer: None,
            network: network(&of("ip")),
            at: Millis(0),
            text: of("content"),
            state: if truth(&value, "is_pending") { State::Held } else { State::Shown },
            spam: false,
        };
        self.out.said(&format!("[{n}]"), said, &of("created_at"))
    }
}
