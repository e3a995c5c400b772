//! Which page of a discussion is asked for.

use newsroom::discussion::{Comment, Order, comment::Cursor, comment::Thread};
use store::Store;

/// `?order=oldest&after=1362571200000-14`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub order: Order,
    pub after: Option<Cursor>,
}

impl Asked {
    /// What is not understood counts as not said, so that a mangled link still leads to the story.
    pub fn of(query: Option<&str>) -> Asked {
        let mut asked = Asked::default();
        for (name, value) in form_urlencoded::parse(query.unwrap_or("").as_bytes()) {
            match &*name {
                "order" => asked.order = Order::parse(&value).unwrap_or_default(),
                "after" => asked.after = Cursor::parse(&value),
                _ => {}
            }
        }
        asked
    }

    /// The one spelling of this page's address, by which it is kept ready.
    pub fn key(self, path: &str) -> String {
        let mut key = path.to_owned();
        let mut mark = '?';
        if let Some(after) = self.after {
            key.push_str(&format!("{mark}after={}", after.render()));
            mark = '&';
        }
        if self.order != Order::default() {
            key.push_str(&format!("{mark}order={}", self.order.as_str()));
        }
        key
    }
}

/// Fills in whom a reply answers where that comment is not on the page.
pub async fn name_the_answered(store: &Store, thread: &mut Thread) -> store::Result<()> {
    let here: Vec<i64> = thread.replies.iter().map(|r| r.id).chain([thread.root.id]).collect();
    for reply in &mut thread.replies {
        if let Some(parent) = reply.parent.filter(|p| !here.contains(p)) {
            let shown = |c: &Comment| c.state == newsroom::discussion::State::Shown;
            reply.answers = store.comment(parent).await?.filter(shown).map(|c| c.name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_for_each_page() {
        let key = |query| Asked::of(Some(query)).key("/x");
        assert_eq!(key("utm_source=a&fbclid=b"), "/x");
        assert_eq!(key("order=newest&after="), "/x");
        assert_eq!(key("order=oldest&after=5-7&z"), "/x?after=5-7&order=oldest");
        assert_eq!(key("after=5-7&order=oldest"), "/x?after=5-7&order=oldest");
    }
}
