//! Letters in a dress that no table of look-alikes undoes: small capitals, letters in filled circles and boxes, flags.

/// The plain letter, where it is one of these. What Unicode itself calls a form of another letter (full width, bold,
/// in a circle, raised) its normal form NFKC or NFKD undoes.
pub fn undressed(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    match c {
        'ᴀ' => 'a',
        'ʙ' | 'ᴃ' => 'b',
        'ᴄ' | '©' => 'c',
        'ᴅ' | 'ᴆ' => 'd',
        'ᴇ' => 'e',
        'ꜰ' => 'f',
        'ɢ' | 'ʛ' => 'g',
        'ʜ' => 'h',
        'ɪ' => 'i',
        'ᴊ' => 'j',
        'ᴋ' | 'ĸ' => 'k',
        'ʟ' | 'ᴌ' => 'l',
        'ᴍ' | 'ʍ' => 'm',
        'ɴ' | 'ᴎ' => 'n',
        'ᴏ' => 'o',
        'ᴘ' | '℗' => 'p',
        'ꞯ' => 'q',
        'ʀ' | 'ᴙ' | 'ᴚ' | 'ʁ' | '®' => 'r',
        'ꜱ' => 's',
        'ᴛ' => 't',
        'ᴜ' => 'u',
        'ᴠ' => 'v',
        'ᴡ' => 'w',
        'ʏ' => 'y',
        'ᴢ' => 'z',
        'ɜ' | 'ᴈ' => '3',
        // In a filled circle, in a filled box, and halves of flags.
        '\u{1F150}'..='\u{1F169}' => letter(c, 0x1F150),
        '\u{1F170}'..='\u{1F189}' => letter(c, 0x1F170),
        '\u{1F1E6}'..='\u{1F1FF}' => letter(c, 0x1F1E6),
        // Digits in a filled circle.
        '\u{2776}'..='\u{277E}' => digit(c, 0x2776 - 1),
        '\u{278A}'..='\u{2792}' => digit(c, 0x278A - 1),
        '\u{24F5}'..='\u{24FD}' => digit(c, 0x24F5 - 1),
        '\u{24FF}' => '0',
        c => c,
    }
}

fn letter(c: char, a: u32) -> char {
    char::from(b'a' + (u32::from(c) - a) as u8)
}

fn digit(c: char, zero: u32) -> char {
    char::from(b'0' + (u32::from(c) - zero) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dress_comes_off_and_other_letters_stay() {
        let plain = |text: &str| text.chars().map(undressed).collect::<String>();
        assert_eq!(plain("ᴍᴏᴅᴇʀᴀᴛᴏʀ"), "moderator");
        assert_eq!(plain("🅔🅓🅘🅣🅞🅡"), "editor");
        assert_eq!(plain("🅴🅳🅸🆃🅾🆁"), "editor");
        assert_eq!(plain("🇪🇩🇮🇹🇴🇷"), "editor");
        assert_eq!(plain("❶➋⓷⓿"), "1230");
        for own in ["Günter Öz", "Редактор", "李明", "plain"] {
            assert_eq!(plain(own), own);
        }
    }
}
