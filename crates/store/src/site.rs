//! Other sites whose pages are discussed here, and the stories that stand for those pages.

use crate::{
    Store, args,
    error::{Error, Result},
    log,
    value::Row,
    write::Write,
};
use newsroom::{
    Language, Millis,
    discussion::{Mode, OwnPolicy},
    site::{OutsidePage, Own, SiteOrigin},
    story::{Address, StoryId},
    touch::Touch,
};
use std::ops::Range;

/// A site with its own key, origins and settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Names it in addresses; it is no secret.
    pub key: String,
    pub name: String,
    /// How a new discussion of its pages begins.
    pub mode: Mode,
    /// Pages of these may show and take comments.
    pub origins: Vec<SiteOrigin>,
    pub own: Own,
    pub created_at: Millis,
}

/// A page of another site that has a discussion here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    pub story: StoryId,
    /// Where its discussion is read on the paper's own pages.
    pub address: Address,
    pub site_key: String,
    /// Where the page itself is read.
    pub link: String,
}

/// A page that was not discussed yet.
pub struct NewOutside<'a> {
    pub story: StoryId,
    pub site: &'a Site,
    pub page: &'a OutsidePage,
    pub title: &'a str,
    /// A language tag, or empty.
    pub language: &'a str,
    pub address: &'a Address,
    pub now: Millis,
}

impl NewOutside<'_> {
    /// Its address first and then its page: whoever waits for a page has no address yet that another waits for who has
    /// the page. Of many the import takes all addresses before the first page.
    pub(crate) fn write(&self) -> Write {
        let mut write = self.with_address();
        write.and(self.with_page());
        write
    }

    pub(crate) fn with_address(&self) -> Write {
        let NewOutside { story, address, .. } = *self;
        let mut write = Write::new();
        write.step(SECTION, args![]);
        let (day, slug) = (address.day.to_string(), address.slug.as_str());
        write.step(STORY, args![story, self.title, self.language, day, slug, self.now]);
        write
    }

    pub(crate) fn with_page(&self) -> Write {
        let NewOutside { story, site, page, .. } = *self;
        let mut write = Write::new();
        write.unless_taken(
            "INSERT INTO outside (story_id, site_key, page, link) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (site_key, page) DO NOTHING",
            args![story, &site.key, &page.key, &page.link],
            "page",
        );
        write.step(
            "INSERT INTO discussion (story_id, mode, shown, held, removed, said_at_source) \
             VALUES ($1, $2, 0, 0, 0, NULL)",
            args![story, site.mode.as_str()],
        );
        write.touch([Touch::Story(story), Touch::Policy(story)]);
        write
    }
}

/// Stories of other sites stand in a section of their own, which no page lists.
const SECTION: &str = "INSERT INTO section (slug, name, position) VALUES ('outside', 'Other sites', 2000) \
     ON CONFLICT (slug) DO NOTHING";

const STORY: &str = "INSERT INTO story (id, edition, status, headline, kicker, standfirst, byline, dateline_place, \
     dateline_date, dateline_agency, dateline_dash, dateline_raw, body, summary, agency, language, section, day, slug, \
     created_at, published_at, urgency, slugline, ednote, usage_terms) \
     VALUES ($1, 1, 'outside', $2, '', '', '', '', '', '', '', '', '', '', '', $3, 'outside', $4, $5, $6, $6, 0, '', '', '')";

/// How a discussion (`d`) takes comments, a page's of another site (`o`) as long as that site (`t`) is there: where it was
/// removed the discussion is closed, and keeps its own mode for the day when the site comes back.
macro_rules! mode_in_force {
    () => {
        "CASE WHEN o.site_key IS NOT NULL AND t.key IS NULL THEN 'closed' ELSE COALESCE(d.mode, 'open') END"
    };
}
pub(crate) use mode_in_force;

/// Pages under an origin that were a removed site's become this one's, with their discussions; of two of the same page,
/// for it was removed twice, the later one. So what was said and brought there is known again.
const COMES_BACK: &str = "UPDATE outside SET site_key = $1 WHERE story_id IN (SELECT MAX(o.story_id) FROM outside o \
     WHERE substr(o.link, 1, length($2) + 1) = $2 || '/' AND NOT EXISTS (SELECT 1 FROM site t WHERE t.key = o.site_key) \
     AND NOT EXISTS (SELECT 1 FROM outside h WHERE h.site_key = $1 AND h.page = o.page) GROUP BY o.page)";

macro_rules! outside {
    ($rest:literal) => {
        concat!(
            "SELECT o.story_id, s.day, s.slug, o.site_key, o.link FROM outside o JOIN story s ON s.id = o.story_id ",
            $rest
        )
    };
}

fn outside(row: &Row<'_>) -> Result<Outside> {
    Ok(Outside {
        story: row.int(0)?,
        address: Address {
            day: row.word(1, |day| day.parse().ok())?,
            slug: row.word(2, newsroom::slug::Slug::parse)?,
        },
        site_key: row.text(3)?,
        link: row.text(4)?,
    })
}

impl Store {
    /// How many discussions come back with it, which a removed site had under its origins. [`Error::Taken`] with `site`
    /// where one of that name is there.
    pub async fn add_site(&self, site: &Site, who: &str) -> Result<u64> {
        let mut write = Write::new();
        write.unless_taken(
            "INSERT INTO site (key, name, mode, created_at, language, hold_at, closes_after_days, first_held) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (name) DO NOTHING",
            args![
                &site.key,
                &site.name,
                site.mode.as_str(),
                site.created_at,
                site.own.language.map(Language::tag),
                number(site.own.policy.hold_at),
                number(site.own.policy.closes_after_days),
                number(site.own.policy.first_held)
            ],
            "site",
        );
        let back = set_origins(&mut write, site);
        let origins: Vec<&str> = site.origins.iter().map(SiteOrigin::as_str).collect();
        let act = format!("added the site for {}{}", origins.join(" "), in_log(site.own));
        write.and(log::entry(site.created_at, who, &act, &format!("site {}", site.name)));
        write.touch([Touch::Paper]);
        Ok(self.commit(write).await?.rows[back].iter().sum())
    }

    /// Origins, mode and its own settings of the site of that name, and how many discussions come back with its origins.
    /// [`Error::Gone`] where there is none.
    pub async fn change_site(&self, site: &Site, who: &str, now: Millis) -> Result<u64> {
        let mut write = Write::new();
        write.must(
            "UPDATE site SET mode = $1, language = $2, hold_at = $3, closes_after_days = $4, first_held = $5 \
             WHERE name = $6 AND key = $7",
            args![
                site.mode.as_str(),
                site.own.language.map(Language::tag),
                number(site.own.policy.hold_at),
                number(site.own.policy.closes_after_days),
                number(site.own.policy.first_held),
                &site.name,
                &site.key
            ],
            "site",
        );
        write.step(
            "DELETE FROM site_origin WHERE site_id = (SELECT id FROM site WHERE key = $1)",
            args![&site.key],
        );
        let back = set_origins(&mut write, site);
        let origins: Vec<&str> = site.origins.iter().map(SiteOrigin::as_str).collect();
        let (mode, own) = (site.mode.as_str(), in_log(site.own));
        let act = format!("set the site to {mode} for {}{own}", origins.join(" "));
        write.and(log::entry(now, who, &act, &format!("site {}", site.name)));
        write.touch([Touch::Paper]);
        Ok(self.commit(write).await?.rows[back].iter().sum())
    }

    /// Its key is worthless from then on, and the discussions of its pages are closed for as long as no site with their
    /// origin is added; they can still be read on the paper. [`Error::Gone`] where there is none of that name.
    pub async fn remove_site(&self, name: &str, who: &str, now: Millis) -> Result<()> {
        let key = self
            .one("SELECT key FROM site WHERE name = $1", &args![name], |row| row.text(0))
            .await?
            .ok_or(Error::Gone("site"))?;
        let mut write = Write::new();
        write.step(
            "DELETE FROM site_origin WHERE site_id = (SELECT id FROM site WHERE key = $1)",
            args![&key],
        );
        write.step("DELETE FROM site_key WHERE site_id = (SELECT id FROM site WHERE key = $1)", args![&key]);
        write.must("DELETE FROM site WHERE key = $1", args![&key], "site");
        write.and(log::entry(now, who, "removed the site", &format!("site {name}")));
        write.touch([Touch::Paper]);
        self.commit(write).await.map(|_| ())
    }

    /// All of them, by name.
    pub async fn list_sites(&self) -> Result<Vec<Site>> {
        let origins = self
            .all(
                "SELECT s.key, o.origin FROM site_origin o JOIN site s ON s.id = o.site_id ORDER BY o.origin",
                &[],
                |row| Ok((row.text(0)?, row.word(1, SiteOrigin::parse)?)),
            )
            .await?;
        let sites = self
            .all(
                "SELECT key, name, mode, created_at, language, hold_at, closes_after_days, first_held FROM site \
                 ORDER BY name",
                &[],
                |row| {
                    Ok(Site {
                        key: row.text(0)?,
                        name: row.text(1)?,
                        mode: row.word(2, Mode::parse)?,
                        origins: vec![],
                        own: Own {
                            language: row.opt_text(4)?.as_deref().and_then(Language::of),
                            policy: own_policy(row, 5)?,
                        },
                        created_at: row.moment(3)?,
                    })
                },
            )
            .await?;
        let with_origins = |mut site: Site| {
            let own = origins.iter().filter(|(key, _)| *key == site.key);
            site.origins = own.map(|(_, origin)| origin.clone()).collect();
            site
        };
        Ok(sites.into_iter().map(with_origins).collect())
    }

    /// The page of a site, once it was discussed.
    pub async fn outside(&self, site_key: &str, page: &str) -> Result<Option<Outside>> {
        self.one(outside!("WHERE o.site_key = $1 AND o.page = $2"), &args![site_key, page], outside).await
    }

    /// Whether a story stands for a page whose site was removed: its discussion is closed, whatever is set.
    pub async fn is_of_removed_site(&self, story: StoryId) -> Result<bool> {
        let one = "SELECT o.story_id FROM outside o LEFT JOIN site t ON t.key = o.site_key \
             WHERE o.story_id = $1 AND t.key IS NULL";
        Ok(self.one(one, &args![story], |row| row.int(0)).await?.is_some())
    }

    /// What a story of status `outside` stands for.
    pub async fn outside_of(&self, story: StoryId) -> Result<Option<Outside>> {
        self.one(outside!("WHERE o.story_id = $1"), &args![story], outside).await
    }

    /// Gives a page its discussion. [`Error::Taken`] where it got one meanwhile.
    pub async fn add_outside(&self, new: &NewOutside<'_>) -> Result<()> {
        self.commit(new.write()).await.map(|_| ())
    }

    /// Comments shown under each of these pages of a site, 0 where nobody has said anything.
    pub async fn outside_counts(&self, site_key: &str, pages: &[String]) -> Result<Vec<u32>> {
        let mut counts = Vec::with_capacity(pages.len());
        for page in pages {
            let count = self
                .one(
                    "SELECT d.shown FROM outside o JOIN discussion d ON d.story_id = o.story_id \
                     WHERE o.site_key = $1 AND o.page = $2",
                    &args![site_key, page],
                    |row| row.count(0),
                )
                .await?;
            counts.push(count.unwrap_or(0));
        }
        Ok(counts)
    }
}

/// From the column on where its three begin: `hold_at`, `closes_after_days`, `first_held`.
pub(crate) fn own_policy(row: &Row<'_>, at: usize) -> Result<OwnPolicy> {
    let number = |at: usize| Ok::<_, Error>(row.opt_int(at)?.and_then(|n| u32::try_from(n).ok()));
    Ok(OwnPolicy {
        hold_at: number(at)?.and_then(|n| u16::try_from(n).ok()),
        closes_after_days: number(at + 1)?,
        first_held: number(at + 2)?,
    })
}

fn number(set: Option<impl Into<i64>>) -> Option<i64> {
    set.map(Into::into)
}

/// Nothing where the site sets nothing for itself.
fn in_log(own: Own) -> String {
    let OwnPolicy { hold_at, closes_after_days, first_held } = own.policy;
    let hold_at = hold_at.map(|at| format!(", holds from {}", f32::from(at) / 1000.0));
    let closes = closes_after_days.map(|days| format!(", closes after {days} days"));
    let first = first_held.map(|n| format!(", first {n} held"));
    let language = own.language.map(|language| format!(", in {}", language.tag()));
    [language, hold_at, closes, first].into_iter().flatten().collect()
}

/// Which steps bring discussions back.
fn set_origins(write: &mut Write, site: &Site) -> Range<usize> {
    for origin in &site.origins {
        write.step(
            "INSERT INTO site_origin (site_id, origin) SELECT id, $1 FROM site WHERE key = $2 \
             ON CONFLICT (site_id, origin) DO NOTHING",
            args![origin.as_str(), &site.key],
        );
    }
    let from = write.steps.len();
    for origin in &site.origins {
        write.step(COMES_BACK, args![&site.key, origin.as_str()]);
    }
    from..write.steps.len()
}
