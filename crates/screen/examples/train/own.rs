//! Sentences of our own, made from the templates in `training/`.

use std::collections::BTreeMap;

/// SplitMix64: the same numbers on every machine.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.below(at + 1));
        }
    }
}

/// Endings of addresses, of shops and papers alike.
const ENDINGS: [&str; 8] = [".com", ".com", ".org", ".net", ".info", ".eu", ".de", ".co.uk"];

/// Templates by kind, and what fills their gaps.
pub struct Own {
    slots: BTreeMap<String, Vec<String>>,
    templates: BTreeMap<String, Vec<String>>,
}

impl Own {
    pub fn read() -> Own {
        let mut own = Own { slots: BTreeMap::new(), templates: BTreeMap::new() };
        for file in [
            include_str!("../../training/slots.txt"),
            include_str!("../../training/advertising.txt"),
            include_str!("../../training/harmless.txt"),
            include_str!("../../training/hostile.txt"),
        ] {
            own.add(file);
        }
        own
    }

    /// Those that nothing is trained on.
    pub fn held_out() -> Own {
        let mut own = Own { slots: BTreeMap::new(), templates: BTreeMap::new() };
        own.add(include_str!("../../training/held-out.txt"));
        own
    }

    fn add(&mut self, file: &str) {
        let mut section: Option<&mut Vec<String>> = None;
        for line in file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = Some(match name.strip_prefix("templates ") {
                    Some(kind) => self.templates.entry(kind.to_owned()).or_default(),
                    None => {
                        let name = name.strip_prefix("slot ").unwrap_or(name);
                        self.slots.entry(name.to_owned()).or_default()
                    }
                });
            } else if let Some(lines) = section.as_mut() {
                lines.push(line.to_owned());
            }
        }
    }

    /// `each` sentences of every template of a kind, no text twice.
    pub fn sentences(&self, kind: &str, each: usize, chance: &mut Chance) -> Vec<String> {
        let mut made = Vec::new();
        for text in self.templates.get(kind).into_iter().flatten() {
            let mut texts: Vec<String> = (0..each).map(|_| self.fill(text, chance)).collect();
            texts.sort();
            texts.dedup();
            made.extend(texts);
        }
        made
    }

    fn fill(&self, template: &str, chance: &mut Chance) -> String {
        let mut text = template.to_owned();
        // A filler may have gaps itself; none nests deeper.
        for _ in 0..12 {
            let Some((from, to)) = text.find('{').zip(text.find('}')) else { break };
            let fillers = self.slots.get(&text[from + 1..to]);
            let filler = fillers.map_or("", |f| f[chance.below(f.len())].as_str());
            text = format!("{}{filler}{}", &text[..from], &text[to + 1..]);
        }
        // Nobody sells from `.example`: the ending must not be what gives a link away.
        while let Some(at) = text.find(".example") {
            text.replace_range(at..at + ".example".len(), ENDINGS[chance.below(ENDINGS.len())]);
        }
        text
    }
}
