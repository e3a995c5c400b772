//! The names that belong to the house: those of its staff, the paper's own, and the offices of a newsroom in every
//! language that the paper speaks.

use super::name::{look, looks};
use std::{collections::HashSet, sync::LazyLock};

/// Offices and the like, in English, German, Spanish, Russian and Chinese.
const OFFICES: &[&str] = &[
    // English
    "editor",
    "editors",
    "editor in chief",
    "chief editor",
    "managing editor",
    "editorial",
    "editorial team",
    "editorial staff",
    "editorial board",
    "moderator",
    "moderators",
    "moderation",
    "moderation team",
    "admin",
    "admins",
    "administrator",
    "administrators",
    "administration",
    "staff",
    "newsroom",
    "publisher",
    "webmaster",
    // German
    "redaktion",
    "redaktionsteam",
    "redakteur",
    "redakteurin",
    "redakteure",
    "redakteurinnen",
    "chefredaktion",
    "chefredakteur",
    "chefredakteurin",
    "moderatorin",
    "moderatoren",
    "moderatorinnen",
    "moderationsteam",
    "administratorin",
    "administratoren",
    "mitarbeiter der redaktion",
    "mitarbeiterin der redaktion",
    "herausgeber",
    "herausgeberin",
    "verlag",
    // Spanish
    "redacción",
    "equipo de redacción",
    "redactor",
    "redactora",
    "redactores",
    "redactor jefe",
    "redactora jefe",
    "editora",
    "editores",
    "editoras",
    "moderador",
    "moderadora",
    "moderadores",
    "moderadoras",
    "moderación",
    "equipo de moderación",
    "administrador",
    "administradora",
    "administradores",
    "administración",
    "personal de redacción",
    // Russian
    "редактор",
    "редакторы",
    "редакция",
    "от редакции",
    "главный редактор",
    "главред",
    "модератор",
    "модераторы",
    "модерация",
    "админ",
    "админы",
    "администратор",
    "администраторы",
    "администрация",
    "администрация сайта",
    "редакция сайта",
    "модератор сайта",
    "сотрудник редакции",
    "сотрудники редакции",
    "издатель",
    // Chinese, short and long forms
    "编辑",
    "編輯",
    "编辑部",
    "編輯部",
    "编辑团队",
    "主编",
    "主編",
    "总编",
    "總編",
    "总编辑",
    "總編輯",
    "版主",
    "管理员",
    "管理員",
    "系统管理员",
    "系統管理員",
    "管理团队",
    "审核员",
    "審核員",
    "站长",
    "站長",
    "工作人员",
    "工作人員",
    "本报",
    "本报编辑",
    "小编",
    "小編",
    "官方",
];

/// Offices only beside the paper's name; alone many a reader goes by them.
const HOUSEHOLD: &[&str] = &[
    "team",
    "support",
    "support team",
    "equipo",
    "soporte",
    "equipo de soporte",
    "команда",
    "поддержка",
    "служба поддержки",
    "团队",
    "團隊",
    "客服",
];

/// What stands between an office and the paper's name: `Editors of the Courier`, `Courier's editors`.
const BETWEEN: &[&str] = &[
    "the",
    "of",
    "of the",
    "from",
    "from the",
    "at",
    "at the",
    "s",
    "der",
    "die",
    "das",
    "des",
    "von",
    "vom",
    "beim",
    "de",
    "del",
    "de la",
    "газеты",
    "的",
];

/// With which a paper's name may begin.
const ARTICLES: &[&str] = &["the ", "der ", "die ", "das ", "el ", "la ", "los ", "las ", "le "];

/// With which an office may, too.
const INDEFINITE: &[&str] = &["a ", "an ", "ein ", "eine ", "un ", "una "];

static OFFICE_LOOKS: LazyLock<HashSet<String>> = LazyLock::new(|| looks_of(OFFICES));
static HOUSEHOLD_LOOKS: LazyLock<HashSet<String>> = LazyLock::new(|| looks_of(HOUSEHOLD));
static BETWEEN_LOOKS: LazyLock<HashSet<String>> = LazyLock::new(|| looks_of(BETWEEN));
static ARTICLE_LOOKS: LazyLock<HashSet<String>> = LazyLock::new(|| looks_of(ARTICLES));
static INDEFINITE_LOOKS: LazyLock<HashSet<String>> = LazyLock::new(|| looks_of(INDEFINITE));

fn looks_of(words: &[&str]) -> HashSet<String> {
    words.iter().flat_map(|word| looks(word)).collect()
}

/// Kept ready, for each comment asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reserved {
    /// Looks of the staff's names.
    staff: HashSet<String>,
    /// Of the paper's name, with and without its article.
    paper: HashSet<String>,
    /// Without.
    bare: HashSet<String>,
    /// Without it is one word, which may be in other names as well.
    one_word: bool,
}

impl Reserved {
    /// What is so at every paper.
    pub fn offices() -> &'static Reserved {
        static ALONE: LazyLock<Reserved> = LazyLock::new(Reserved::default);
        &ALONE
    }

    pub fn of<'a>(paper: &str, staff: impl IntoIterator<Item = &'a str>) -> Reserved {
        let small = paper.trim().to_lowercase();
        let bare = ARTICLES.iter().find_map(|article| small.strip_prefix(article)).unwrap_or(&small);
        let named = |names: &mut dyn Iterator<Item = &str>| {
            names.flat_map(looks).filter(|look| !look.is_empty()).collect()
        };
        Reserved {
            staff: named(&mut staff.into_iter()),
            paper: named(&mut [paper, small.as_str(), bare].into_iter()),
            bare: named(&mut [bare].into_iter()),
            one_word: bare.split_whitespace().count() == 1 && !bare.contains(is_unspaced),
        }
    }

    /// Is this one of them, or one that looks like it? No other may sign with it.
    pub fn holds(&self, name: &str) -> bool {
        self.holds_some(name, true)
    }

    /// The same of the staff's names and the paper's, with an office or without: offices alone are others' too.
    pub fn holds_own(&self, name: &str) -> bool {
        self.holds_some(name, false)
    }

    fn holds_some(&self, name: &str, offices: bool) -> bool {
        let core = name.trim_matches(|c: char| !c.is_alphanumeric());
        let lettered = name.contains(SIGNS).then(|| name.replace(SIGNS_OF_A, "a").replace(SIGNS_OF_S, "s"));
        self.holds_spelled(core, offices)
            || lettered.is_some_and(|lettered| self.holds_spelled(&lettered, offices))
    }

    fn holds_spelled(&self, name: &str, offices: bool) -> bool {
        let number = |c: char| c.is_numeric() || !c.is_alphanumeric();
        let own = looks(name);
        if own.iter().any(|look| self.staff.contains(look)) || self.is_of_house(name, &own, false, offices) {
            return true;
        }
        // `Moderator 2` is a moderator as well, and so is `1 Moderator`.
        [name.trim_end_matches(number), name.trim_start_matches(number), name.trim_matches(number)]
            .into_iter()
            .filter(|stem| stem.len() < name.len())
            .any(|stem| self.is_of_house(stem, &looks(stem), true, offices))
    }

    fn is_of_house(&self, name: &str, looks: &[String; 2], numbered: bool, offices: bool) -> bool {
        looks
            .iter()
            .any(|look| (offices && is_office(look)) || self.paper.iter().any(|paper| is_beside(paper, look)))
            || self.is_paper(name, looks, numbered)
    }

    /// Is it the paper's name alone, with an article or without? A single word is only itself: at *The Times* `Tim Es` is
    /// a reader, and `Mark 5` is one at *Die Mark*.
    fn is_paper(&self, name: &str, looks: &[String; 2], numbered: bool) -> bool {
        let any = |is: &dyn Fn(&str) -> bool| looks.iter().any(|look| is(look));
        let bare = any(&|look| self.bare.contains(look));
        let led = any(&|look| behind_any(&ARTICLE_LOOKS, look, |rest| self.bare.contains(rest)));
        if !(bare || led || any(&|look| self.paper.contains(look))) {
            return false;
        }
        if !self.one_word {
            return true;
        }
        let words: Vec<&str> =
            name.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect();
        let letters = |word: &&str| word.chars().filter(|c| c.is_alphanumeric()).count();
        match words.as_slice() {
            [article, _] if ARTICLE_LOOKS.contains(&look(article)) => true,
            [_] => any(&|look| self.paper.contains(look)) && !(bare && numbered),
            spelled => spelled.iter().all(|word| letters(word) == 1) && !(bare && numbered),
        }
    }
}

/// What stands for a letter wherever it is, though as a name's first or last sign it commonly does not.
const SIGNS: [char; 6] = ['@', '＠', '﹫', '$', '＄', '﹩'];
const SIGNS_OF_A: [char; 3] = ['@', '＠', '﹫'];
const SIGNS_OF_S: [char; 3] = ['$', '＄', '﹩'];

/// Of a script that puts no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_office(look: &str) -> bool {
    let office = |rest: &str| OFFICE_LOOKS.contains(rest);
    office(look) || behind_any(&ARTICLE_LOOKS, look, office) || behind_any(&INDEFINITE_LOOKS, look, office)
}

/// Is it the paper's name with an office before it or behind?
fn is_beside(paper: &str, look: &str) -> bool {
    let office = |rest: &str| is_office(rest) || HOUSEHOLD_LOOKS.contains(rest);
    look.strip_prefix(paper).is_some_and(|rest| office(rest) || behind_any(&BETWEEN_LOOKS, rest, office))
        || look.strip_suffix(paper).is_some_and(|rest| {
            office(rest)
                || BETWEEN_LOOKS.iter().filter_map(|word| rest.strip_suffix(word.as_str())).any(office)
        })
}

fn behind_any(words: &HashSet<String>, look: &str, is: impl Fn(&str) -> bool) -> bool {
    words.iter().filter_map(|word| look.strip_prefix(word.as_str())).any(is)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discussion::name::clean_line;

    fn reserved() -> Reserved {
        Reserved::of("The Courier", ["Ilse Brandt"])
    }

    #[test]
    fn an_office_in_whatever_dress() {
        for imitation in [
            "Moderator",
            "M0derat0r",
            "Моdеrаtоr",
            "m o d e r a t o r",
            "mode\u{200b}rator",
            "MODERATOR!",
            "ᴍᴏᴅᴇʀᴀᴛᴏʀ",
            "ᵐᵒᵈᵉʳᵃᵗᵒʳ",
            "ⓜⓞⓓⓔⓡⓐⓣⓞⓡ",
            "🅜🅞🅓🅔🅡🅐🅣🅞🅡",
            "🄼🄾🄳🄴🅁🄰🅃🄾🅁",
            "🅼🅾🅳🅴🆁🅰🆃🅾🆁",
            "Ｍｏｄｅｒａｔｏｒ",
            "𝐌𝐨𝐝𝐞𝐫𝐚𝐭𝐨𝐫",
            "𝔐𝔬𝔡𝔢𝔯𝔞𝔱𝔬𝔯",
            "𝓜𝓸𝓭𝓮𝓻𝓪𝓽𝓸𝓻",
            "𝕄𝕠𝕕𝕖𝕣𝕒𝕥𝕠𝕣",
            "Møderatør",
            "Mo\u{301}de\u{308}rator",
            "ADMIΝ",
            "Moder@tor",
            "M0der4tor",
            "Modera7or",
            "Mo\u{1de7}derator",
            "Mod\u{20dd}erator\u{fe20}",
            "@dmin",
            "@admin",
            "＠dmin",
            "4dmin",
            "$taff",
            "s74ff",
            "1 Moderator",
            "007 Admin 1",
            "Der Moderator",
            "The Admin",
            "An Editor",
            "Una moderadora",
            "Администрация сайта",
            "小编",
            "官方",
            "Ilse Br@nd7",
            "Moderator 2",
            "Moderator ②",
            "The Editor",
            "Ⓡⓔⓓⓐⓚⓣⓘⓞⓝ",
            "DIE REDAKTION",
            "Moderación",
            "moderacion",
            "Администратор",
            "АДМИНИСТРАТОР",
            "главный редактор",
            "Главный Редактор",
            "ГЛАВНЫЙ РЕДАКТОР",
            "Модератор",
            "модератоp",
            "管理员",
            "管理員",
            "编 辑 部",
            "Ilse Brandt",
            "ɪʟꜱᴇ ʙʀᴀɴᴅᴛ",
            "𝑰𝒍𝒔𝒆 Brandt",
        ] {
            assert!(reserved().holds(&clean_line(imitation)), "{imitation}");
        }
    }

    #[test]
    fn the_papers_name_alone_and_with_an_office() {
        for name in [
            "Courier",
            "The Courier",
            "THE COURlER",
            "ᴄᴏᴜʀɪᴇʀ",
            "Courier editors",
            "The Courier Editor",
            "Courier’s staff",
            "Editors of the Courier",
            "Moderation, Courier",
            "Redaktion Courier",
            "Redaktion des Courier",
            "Redacción de The Courier",
            "Редакция Courier",
            "Courier 编辑部",
            "Courier的编辑",
            "Courier Moderator 7",
            "The Courier 7",
            "Der Courier",
            "«Courier»",
            "C o u r i e r",
            "T. h. e. C. o. u. r. i. e. r.",
            "Courier Team",
            "Support of the Courier",
            "The Admin of the Courier",
        ] {
            assert!(reserved().holds(&clean_line(name)), "{name}");
        }
        let russian = Reserved::of("Вестник", []);
        for name in [
            "Вестник",
            "вестник",
            "ВЕСТНИК",
            "Редакция газеты Вестник",
            "Редакция «Вестник»",
            "Вестник: модератор",
        ] {
            assert!(russian.holds(&clean_line(name)), "{name}");
        }
        assert!(!russian.holds("Courier"));
    }

    #[test]
    fn a_paper_that_is_a_word_leaves_people_their_names() {
        for (paper, own, others) in [
            (
                "The Sun",
                &[
                    "Sun",
                    "The Sun",
                    "SUN",
                    "5un",
                    "TheSun",
                    "S u n",
                    "The Sun 2",
                    "Sun editor",
                    "Sun’s staff",
                ][..],
                &["Sunde", "De Sun", "Suns", "Sun 5", "Sunny", "Del Sun", "Vom Sun", "Su N.", "Of Sun"][..],
            ),
            (
                "The Times",
                &["Times", "The Times", "Tìmes", "Редакция Times", "Times Support", "Admin of the Times"],
                &["Tim Es", "Timesh", "Thet Imes", "Times 7", "Sometimes", "Tim E. S."],
            ),
            (
                "El Sol",
                &["Sol", "El Sol", "La Sol", "Redacción de El Sol", "Equipo Sol", "El Sol: moderación"],
                &["Del Sol", "De Sol", "E. L. Sol", "Sols", "Solde", "Marisol", "Sol 2", "Sol de la O"],
            ),
            (
                "Die Mark",
                &["Mark", "Die Mark", "Mark Redaktion", "Redaktion der Mark", "Mark-Verlag", "Die Mark 5"],
                &["Mark 5", "Marks", "Lamark", "Markus", "Von Mark", "Mar K.", "Mark Team 7 Nord", "7 Mark"],
            ),
            (
                "Заря",
                &["Заря", "ЗАРЯ", "Редакция газеты Заря", "Заря поддержка", "З а р я"],
                &["За Ря", "Зарянка", "Заря 3", "Лазаря"],
            ),
            (
                "明报",
                &["明报", "明 报", "明报编辑", "明报的编辑", "明报客服", "明报 2"],
                &["明", "李明", "小明报喜"],
            ),
        ] {
            let reserved = Reserved::of(paper, []);
            for name in own {
                assert!(reserved.holds(&clean_line(name)), "{paper}: {name}");
                assert!(reserved.holds_own(&clean_line(name)), "{paper}: {name}, by whatever door");
            }
            for name in others {
                assert!(!reserved.holds(&clean_line(name)), "{paper}: {name}");
            }
        }
        let long = Reserved::of("The Norhaven Courier", []);
        for name in ["Nor haven Courier", "Norhaven Courier 2", "Norhavencourier", "Der Norhaven Courier"] {
            assert!(long.holds(name), "{name}");
        }
        assert!(!long.holds("Courier") && !long.holds("Norhaven"));
    }

    #[test]
    fn offices_are_others_too_but_not_the_house() {
        for name in ["Editor", "Admin", "Der Moderator", "@dmin", "Модератор 3", "小编"] {
            assert!(reserved().holds(name) && !reserved().holds_own(name), "{name}");
        }
        for name in
            ["Ilse Brandt", "Ilse Br@ndt", "Courier", "The Courier", "Courier editors", "Team Courier"]
        {
            assert!(reserved().holds_own(name), "{name}");
        }
    }

    #[test]
    fn people_keep_their_names() {
        for honest in [
            "Mode",
            "Günter Öz",
            "Reader 7",
            "old salt",
            "李明",
            "Edith Orr",
            "Courier reader",
            "A Courier fan",
            "Per Courierson",
            "Editha",
            "Adminton",
            "Модест",
            "Редькин",
            "编剧",
            "Ilse",
            "Ilse Brandtner",
            "Stafford",
            "Team",
            "Support",
            "Admiral 1",
            "Theodora Edit",
            "Courier 7",
            "$am",
            "@ilse",
            "7",
            "…",
            "",
        ] {
            assert!(!reserved().holds(honest), "{honest}");
        }
        // A paper whose name has no letters reserves nothing by it.
        assert!(!Reserved::of("…", []).holds("Mette") && !Reserved::default().holds("Ilse Brandt"));
        assert!(Reserved::default().holds("editor"));
    }
}
