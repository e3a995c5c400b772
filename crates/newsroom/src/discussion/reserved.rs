//! The names that belong to the house: those of its staff, the paper's own, and the offices of a newsroom in every
//! language that the paper speaks.

use super::name::{look, looks};
use std::{collections::HashSet, sync::LazyLock};

/// Offices and the like, in English, German, Spanish, Russian and Chinese.
const OFFICES: [&str; 115] = [
    // English
    "editor",
    "the editor",
    "editors",
    "the editors",
    "editor in chief",
    "chief editor",
    "managing editor",
    "editorial",
    "editorial team",
    "editorial staff",
    "editorial board",
    "moderator",
    "the moderator",
    "moderators",
    "the moderators",
    "moderation",
    "moderation team",
    "admin",
    "admins",
    "administrator",
    "administrators",
    "administration",
    "staff",
    "the staff",
    "newsroom",
    "the newsroom",
    "publisher",
    "webmaster",
    // German
    "redaktion",
    "die redaktion",
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
    "la redacción",
    "equipo de redacción",
    "redactor",
    "redactora",
    "redactores",
    "redactor jefe",
    "redactora jefe",
    "editora",
    "editores",
    "editoras",
    "el editor",
    "la editora",
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
];

/// What stands between an office and the paper's name: `Editors of the Courier`, `Courier's editors`.
const BETWEEN: [&str; 20] = [
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
const ARTICLES: [&str; 9] = ["the ", "der ", "die ", "das ", "el ", "la ", "los ", "las ", "le "];

static OFFICE_LOOKS: LazyLock<HashSet<String>> =
    LazyLock::new(|| OFFICES.iter().flat_map(|office| looks(office)).collect());
static BETWEEN_LOOKS: LazyLock<Vec<String>> =
    LazyLock::new(|| BETWEEN.iter().map(|word| look(word)).collect());

/// Kept ready, for each comment asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reserved {
    /// Looks of the staff's names.
    staff: HashSet<String>,
    /// Of the paper's name, with and without its article.
    paper: HashSet<String>,
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
        }
    }

    /// Is this one of them, or one that looks like it? No other may sign with it.
    pub fn holds(&self, name: &str) -> bool {
        // `Moderator 2` is a moderator as well.
        let stem = name.trim_end_matches(|c: char| c.is_numeric() || !c.is_alphanumeric());
        looks(name).iter().any(|look| self.staff.contains(look) || self.is_office(look))
            || (stem.len() < name.len() && looks(stem).iter().any(|look| self.is_office(look)))
    }

    fn is_office(&self, look: &str) -> bool {
        OFFICE_LOOKS.contains(look) || self.paper.iter().any(|paper| is_of(paper, look))
    }
}

/// Is it the paper's name alone, or with an office before it or behind?
fn is_of(paper: &str, look: &str) -> bool {
    let office = |rest: &str| rest.is_empty() || OFFICE_LOOKS.contains(rest);
    let behind = look.strip_prefix(paper);
    let before = look.strip_suffix(paper);
    behind.is_some_and(|rest| {
        office(rest) || BETWEEN_LOOKS.iter().filter_map(|word| rest.strip_prefix(word.as_str())).any(office)
    }) || before.is_some_and(|rest| {
        office(rest) || BETWEEN_LOOKS.iter().filter_map(|word| rest.strip_suffix(word.as_str())).any(office)
    })
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
