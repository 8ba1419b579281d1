//! The words in which a column asks and its cells answer, loaded from `dialects/asked.toml`. It reads no table.

use std::sync::LazyLock;

use super::words;

const ASKED_TOML: &str = include_str!("../dialects/asked.toml");

static ASKED: LazyLock<Lists> = LazyLock::new(|| toml::from_str(ASKED_TOML).unwrap_or_default());

#[derive(Debug, Default, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    yes: Vec<String>,
    yes_marks: Vec<String>,
    no_marks: Vec<String>,
    never: Vec<String>,
    none: Vec<String>,
    questions: Vec<String>,
    things: Vec<String>,
    answers: Vec<String>,
    asking: Vec<String>,
    denying: Vec<String>,
    negated: Vec<String>,
    function: Vec<String>,
    of_no_part: Vec<String>,
    others: Vec<String>,
}

fn is_one_of(list: &[String], word: &str) -> bool {
    list.iter().any(|one| one == word)
}

/// Whether a text begins with one of the words, and not with a longer word.
fn begins(list: &[String], text: &str) -> bool {
    let text = text.to_lowercase().replace('\u{2019}', "'");
    let is_whole = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    list.iter().any(|start| text.strip_prefix(start.as_str()).is_some_and(is_whole))
}

/// The word that a mark in a cell stands for; another cell as it is.
pub fn meant(cell: &str) -> &str {
    if is_one_of(&ASKED.yes_marks, cell) {
        "yes"
    } else if is_one_of(&ASKED.no_marks, cell) {
        "no"
    } else {
        cell
    }
}

/// Whether a cell denies what its column asks.
pub fn denies(cell: &str) -> bool {
    words::is_no_pain(cell) || words::is_no(cell) || is_never(cell)
}

/// Whether a cell denies in other words than "no": "not at all", "0/10".
pub fn is_never(cell: &str) -> bool {
    let cell = cell.to_lowercase();
    let rest = cell.strip_prefix('0').unwrap_or_default();
    let of_a_scale = rest.strip_prefix('/').is_some_and(|scale| scale.bytes().all(|byte| byte.is_ascii_digit()));
    let named = rest.trim_start().strip_prefix(['-', '=', ':']).is_some_and(|name| words::is_no_pain(name.trim()));
    of_a_scale && rest.len() > 1 || named || is_one_of(&ASKED.never, &cell)
}

/// Whether a cell says that there is none.
pub fn is_none(cell: &str) -> bool {
    is_one_of(&ASKED.none, &cell.to_lowercase())
}

/// Whether the header of a column of scores names no part of the body.
pub fn is_of_no_part(header: &str) -> bool {
    ASKED.of_no_part.iter().any(|name| name.eq_ignore_ascii_case(header))
}

/// Whether a header is that of a column of things that are scored, one in a row.
pub fn is_things(header: &str) -> bool {
    is_one_of(&ASKED.things, &header.to_lowercase())
}

/// Whether a header is that of a column of questions.
pub fn is_questions(header: &str) -> bool {
    is_one_of(&ASKED.questions, &header.to_lowercase())
}

/// Whether a cell affirms what its column asks.
pub fn affirms(cell: &str) -> bool {
    is_one_of(&ASKED.yes, &cell.to_lowercase())
}

/// Whether a header is that of a column of answers.
pub fn is_answers(header: &str) -> bool {
    is_one_of(&ASKED.answers, &header.to_lowercase())
}

/// Whether a header says that the words are somebody else's.
pub fn is_of_another(header: &str) -> bool {
    let header = header.to_lowercase();
    ASKED.others.iter().any(|other| header.starts_with(other.as_str()))
}

/// Whether a header denies by itself, so that "no" tells of nothing.
pub fn is_denying(header: &str) -> bool {
    begins(&ASKED.denying, header)
}

/// Whether a header asks for what is not there, so that "no" tells of it.
pub fn is_negated(header: &str) -> bool {
    begins(&ASKED.negated, header)
}

/// Whether a header asks for what somebody can do, or how something should be.
pub fn is_of_function(header: &str) -> bool {
    let header = header.to_lowercase();
    header.split(|c: char| !c.is_alphanumeric()).any(|word| is_one_of(&ASKED.function, word))
}

/// What a header asks for, without the words of asking.
pub fn subject(header: &str) -> &str {
    let begins = |start: &&String| header.get(..start.len()).is_some_and(|front| front.eq_ignore_ascii_case(start));
    ASKED.asking.iter().find(begins).map_or(header, |start| &header[start.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_read() {
        assert_eq!(toml::from_str::<Lists>(ASKED_TOML).err(), None);
    }

    #[test]
    fn whole_words_count_in_any_case() {
        assert!(is_denying("Can\u{2019}t walk") && is_denying("Not able to stand") && !is_denying("Can walk"));
        assert!(is_negated("No fever") && is_negated("Not limping") && !is_negated("Notes") && !is_negated("Noise"));
        assert!(is_of_function("Bladder OK?") && !is_of_function("Wellness"));
        assert_eq!(
            (subject("Have you had a fever"), subject("ANY limp"), subject("Anything")),
            ("fever", "limp", "Anything")
        );
        assert!(affirms("JA") && denies("nein") && denies("0") && !denies("o") && !affirms(""));
        assert_eq!((meant("\u{2713}"), meant("\u{2610}"), meant("mild")), ("yes", "no", "mild"));
    }
}
