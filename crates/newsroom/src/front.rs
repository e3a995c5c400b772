//! The order of the front page: what leads, what stands beside it, what follows.

use crate::{clock::DAY, story::Card};

/// Stories that stand above the river: the lead and those under it.
const ABOVE: usize = 5;
/// Of so many newest those above are chosen.
const CHOSEN_FROM: usize = 12;

/// Puts cards, given newest first, in the order of the front page: of the newest, none more than a day
/// older than the very newest, the most urgent stand above, and the first of them that has a photo leads.
/// The rest follow by time.
pub fn rank(cards: Vec<Card>) -> Vec<Card> {
    let Some(newest) = cards.first().map(|c| c.published_at) else { return cards };
    let eligible = |at: usize, card: &Card| at < CHOSEN_FROM && newest.since(card.published_at) <= DAY;
    let (mut fresh, mut river): (Vec<_>, Vec<_>) =
        cards.into_iter().enumerate().partition(|(at, card)| at == &0 || eligible(*at, card));
    fresh.sort_by_key(|(at, card)| (urgency(card), *at));
    river.extend(fresh.split_off(fresh.len().min(ABOVE)));
    river.sort_by_key(|(at, _)| *at);
    if let Some(at) = fresh.iter().position(|(_, card)| card.photo.as_ref().is_some_and(|p| p.is_ready())) {
        // Only among equals: an urgent story without a photo leads all the same.
        if urgency(&fresh[at].1) == urgency(&fresh[0].1) {
            let lead = fresh.remove(at);
            fresh.insert(0, lead);
        }
    }
    fresh.into_iter().chain(river).map(|(_, card)| card).collect()
}

/// 1 to 9, with what was not given as normal.
fn urgency(card: &Card) -> u8 {
    if card.urgency == 0 { 5 } else { card.urgency }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Millis, clock::HOUR, section::Section};

    fn card(id: i64, hours_ago: i64, urgency: u8) -> Card {
        Card {
            id,
            path: String::new(),
            headline: String::new(),
            kicker: String::new(),
            summary: String::new(),
            section: Section::named("World"),
            byline: String::new(),
            agency: String::new(),
            language: String::new(),
            photo: None,
            published_at: Millis(1000 * DAY - hours_ago * HOUR),
            changed_at: None,
            urgency,
            comments: 0,
        }
    }

    #[test]
    fn the_urgent_lead_and_none_is_lost() {
        let order = |cards: Vec<Card>| rank(cards).iter().map(|c| c.id).collect::<Vec<_>>();
        let cards = (0..9).map(|n| card(n, n, if n == 4 { 1 } else { 0 })).collect();
        assert_eq!(order(cards), [4, 0, 1, 2, 3, 5, 6, 7, 8]);
        let old_but_urgent = vec![card(0, 0, 5), card(1, 30, 1)];
        assert_eq!(order(old_but_urgent), [0, 1]);
        assert_eq!(order(vec![]), Vec::<i64>::new());
    }
}
