//! Fuzzy matching for the command palette: how well do a few typed letters name a command?

/// How well `needle` names `text`: higher is better, `None` if it does not.
///
/// Every word of the needle must occur, letters in order. Letters that start a word of the text or follow the previous
/// match count most, so "goin" finds "Go to incidents" before "Copying".
pub fn score(needle: &str, text: &str) -> Option<u32> {
    let letters: Vec<char> = text.to_lowercase().chars().collect();
    needle.to_lowercase().split_whitespace().map(|word| score_word(word, &letters)).sum()
}

fn score_word(word: &str, letters: &[char]) -> Option<u32> {
    // Trying each start keeps an early stray letter from hiding a better match further on.
    let first = word.chars().next()?;
    letters
        .iter()
        .enumerate()
        .filter(|(_, letter)| **letter == first)
        .filter_map(|(start, _)| score_from(word, letters, start))
        .max()
}

fn score_from(word: &str, letters: &[char], start: usize) -> Option<u32> {
    let mut total = 0;
    let mut at = start;
    let mut previous: Option<usize> = None;
    for wanted in word.chars() {
        let offset = letters.get(at..)?.iter().position(|letter| *letter == wanted)?;
        let found = at + offset;
        let starts_word = found == 0 || letters.get(found - 1).is_some_and(|c| !c.is_alphanumeric());
        let follows = previous.is_some_and(|p| p + 1 == found);
        total += 1 + if starts_word { 6 } else { 0 } + if follows { 4 } else { 0 };
        previous = Some(found);
        at = found + 1;
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::score;

    fn best<'a>(needle: &str, texts: &[&'a str]) -> &'a str {
        texts.iter().max_by_key(|text| score(needle, text)).copied().unwrap()
    }

    #[test]
    fn starts_of_words_win() {
        assert_eq!(best("goin", &["Copying in", "Go to incidents"]), "Go to incidents");
        assert_eq!(best("set", &["Reset filters", "Settings"]), "Settings");
    }

    #[test]
    fn every_word_must_occur_in_any_order() {
        assert!(score("theme dark", "Use the dark theme").is_some());
        assert_eq!(score("theme blue", "Use the dark theme"), None);
    }

    #[test]
    fn nothing_typed_matches_everything_alike() {
        assert_eq!(score("", "anything"), Some(0));
        assert_eq!(score("   ", ""), Some(0));
    }

    #[test]
    fn case_and_accents_do_not_break_it() {
        assert!(score("ÉÉN", "één stap").is_some());
    }
}
