//! Under which story a thread of an archive comes to stand: one that is here, a page of another site, or one that came
//! with the archive.

use super::{
    archive::{digest, failed},
    onto::{Begins, Onto},
};
use crate::{app::AppState, clock, failure::Failure, http::site::spelling};
use newsroom::{
    discussion::Mode,
    moves,
    paper::Paper,
    section::Section,
    site,
    slug::Slug,
    story::{Address, Status, Story, StoryId},
};
use store::{bring::Opening, site::Site};
use wire::archive::{Archived, OwnStory, Thread};

/// The story under which a thread comes to stand.
pub struct Place {
    pub story: StoryId,
    pub new: bool,
    /// A page of another site.
    pub outside: bool,
    /// What of a new one is written with its first comments.
    pub opening: Option<Opening>,
}

pub const UNPUBLISHED: &str = "it was not published there; it is not taken";

pub async fn place(
    app: &AppState,
    form: Archived,
    address: &str,
    thread: &Thread,
    site: Option<&Site>,
    onto: &mut Onto<'_>,
) -> Result<Result<Place, String>, Failure> {
    let now = clock::now();
    let known = |story, outside| Ok(Ok(Place { story, new: false, outside, opening: None }));
    let digest = digest(&[form.as_str(), "thread", address]);
    if let Some(id) = app.store.brought(digest).await.map_err(failed)?
        && let Some(facts) = app.store.facts_of(id).await.map_err(failed)?
    {
        return known(id, facts.status == Status::Outside);
    }
    if let Some(id) = onto.known(digest)? {
        return known(id, false);
    }
    // Another system's comments on a story that WordPress had at that very address.
    let stays = site.is_some_and(|site| site::page("", address, &site.origins).is_ok());
    let in_wordpress = self::digest(&[Archived::WordPress.as_str(), "thread", address]);
    if thread.story.is_none()
        && !stays
        && let Some(id) = app.store.brought(in_wordpress).await.map_err(failed)?.or(onto.known(in_wordpress)?)
    {
        return known(id, false);
    }
    let path = own_path(&app.paper.address, address).map(spelt).unwrap_or_default();
    if let Some(address) = crate::http::site::path::story_address(&path) {
        // A story of an archive may have been read where another that came with one is read now.
        if let Some(facts) = app.store.facts_at(&address).await.map_err(failed)?
            && !(thread.story.is_some() && app.store.is_brought(facts.id).await.map_err(failed)?)
        {
            return known(facts.id, facts.status == Status::Outside);
        }
        if let Some((story, outside)) = onto.at(&address)?
            && (thread.story.is_none() || outside)
        {
            return known(story, outside);
        }
    }
    // Where whoever follows the old address is led.
    if thread.story.is_none()
        && !stays
        && let Some(id) = moved(app, onto, &path).await?
    {
        return known(id, false);
    }
    if let Some(own) = &thread.story {
        let mut story = match story_of(&app.paper, own, thread) {
            Ok(Some(story)) => story,
            Ok(None) => return Ok(Err(UNPUBLISHED.into())),
            Err(why) => return Ok(Err(why)),
        };
        let Some(wanted) = story.address.take() else {
            return Ok(Err("has no address here, as if it were not published".into()));
        };
        let (id, free) = onto.promise(&wanted, Begins::Story(digest)).await?;
        (story.id, story.address) = (id, Some(free));
        // Where its old readers look for it: its address there, and what `--map` made of that.
        let moved: Vec<String> =
            [thread.address.as_str(), address].into_iter().filter_map(old_path).collect();
        onto.moves(&moved, id)?;
        let opening = Opening::Story { digest, story: Box::new(story), closed: thread.closed, moved };
        return Ok(Ok(Place { story: id, new: true, outside: false, opening: Some(opening) }));
    }
    let Some(site) = site else {
        let why = "no story here has that address: name the site whose page it is (--site), or map its address (--map)";
        let from = match url::Url::parse(address) {
            Ok(url) if moved(app, onto, &spelt(url.path())).await?.is_some() => {
                url.origin().ascii_serialization()
            }
            _ => return Ok(Err(why.into())),
        };
        return Ok(Err(format!("{why}; with --map {from}= its path leads to one")));
    };
    let page = match site::page("", address, &site.origins) {
        Ok(page) => page,
        Err(fault) => return Ok(Err(fault.words())),
    };
    if let Some(there) = app.store.outside(&site.key, &page.key).await.map_err(failed)? {
        return known(there.story, true);
    }
    // Two addresses may be of one page.
    if let Some(story) = onto.of(&page)? {
        return known(story, true);
    }
    let title = match site::title(&thread.title, &page) {
        Ok(title) => title,
        Err(fault) => return Ok(Err(fault.words())),
    };
    let at = thread.published_at.unwrap_or(now).min(now);
    let wanted = Address { day: app.paper.zone.day(at), slug: Slug::of(&title, "page") };
    let (story, address) = onto.promise(&wanted, Begins::Page(&page)).await?;
    // Closed there, closed here, from its first moment.
    let site = Site { mode: if thread.closed { Mode::Closed } else { site.mode }, ..site.clone() };
    let opening = Opening::Page { site, page, title, address, at };
    Ok(Ok(Place { story, new: true, outside: true, opening: Some(opening) }))
}

/// What of an address would be asked of the paper itself, whichever scheme it has.
fn own_path<'a>(paper: &str, address: &'a str) -> Option<&'a str> {
    fn bare(address: &str) -> Option<&str> {
        address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))
    }
    match bare(address) {
        None => address.starts_with('/').then_some(address),
        Some(rest) => rest.strip_prefix(bare(paper)?).filter(|path| path.starts_with('/')),
    }
}

/// A path without query and fragment, in the spelling that is looked for.
fn spelt(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    spelling::right(path).unwrap_or_else(|| path.to_owned())
}

/// The story that was read at that path before it was brought here.
async fn moved(app: &AppState, onto: &Onto<'_>, path: &str) -> Result<Option<StoryId>, Failure> {
    match spelling::moved(&app.store, path).await.map_err(failed)? {
        Some(address) => Ok(app.store.facts_at(&address).await.map_err(failed)?.map(|facts| facts.id)),
        None => onto.moved(path),
    }
}

/// The path of an old address, in the spelling that is looked for; none where the address was not in its path.
fn old_path(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let path = spelt(url.path());
    (path != "/" && url.query().is_none()).then_some(path)
}

/// The story as published at its own time; `None` where it never was.
pub fn story_of(paper: &Paper, own: &OwnStory, thread: &Thread) -> Result<Option<Story>, String> {
    let Some(at) = thread.published_at.filter(|_| !own.draft) else { return Ok(None) };
    let section = paper.sections.iter().find(|s| s.name == own.copy.section).cloned();
    let section = section.or(paper.sections.first().cloned()).unwrap_or_else(|| Section::named("News"));
    let draft = Story {
        id: 0,
        edition: 1,
        status: Status::Draft,
        copy: own.copy.clone(),
        topics: newsroom::section::Topic::list(&own.copy.topics.join(",")),
        section,
        photos: vec![],
        address: None,
        created_at: at,
        published_at: None,
        changed_at: None,
        embargo_until: None,
        scheduled_for: None,
        urgency: 5,
        slugline: Default::default(),
        ednote: Default::default(),
        usage_terms: String::new(),
        source: None,
        notices: vec![],
    };
    moves::publish(&draft, at, &paper.zone).map(Some).map_err(|not| not.words(&paper.zone))
}
