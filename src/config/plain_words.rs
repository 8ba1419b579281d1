//! Explains what is wrong with a configuration in the user's terms: a key in the wrong place, a fraction written as a
//! percentage, a path with backslashes. The TOML parser knows where the mistake is; this says what to write instead.

use super::mistake::{ConfigError, LineIndex, in_plain_words};

/// The keys of each section and how its heading is written; first the keys above all sections.
const SECTIONS: [(&str, &[&str]); 5] = [
    (
        "above the first [section]",
        &["athlete", "units", "week_start", "timezone", "notes", "ignore", "untyped", "config_version"],
    ),
    (
        "under [thresholds]",
        &[
            "weekly_jump",
            "long_run_spike",
            "min_rest_days",
            "max_streak_days",
            "shoe_due",
            "shoe_worn",
            "episode_gap_days",
            "lookback_days",
        ],
    ),
    ("under [[shoes]]", &["aliases", "from", "to", "initial", "due", "worn", "default", "name"]),
    ("under [[corrections]]", &["text", "reading", "run", "distance", "shoe", "date"]),
    ("under [limits]", &["unpacked_ratio", "unpacked_size", "file_size", "inner_archive_size"]),
];

/// The mistake in plain words, with its line.
pub(super) fn of(text: &str, lines: &LineIndex, error: &toml::de::Error) -> ConfigError {
    let line = error.span().map(|span| lines.at(span.start));
    let written = line.and_then(|line| text.lines().nth(line - 1)).unwrap_or_default();
    let message = error.message().trim().replace('\n', "; ");
    let what = key(&message).or_else(|| kind(&message, written)).or_else(|| form(&message, written));
    ConfigError { line, what: what.unwrap_or_else(|| in_plain_words(&message)) }
}

/// An unknown key: the section it belongs to, or the key that was probably meant.
fn key(message: &str) -> Option<String> {
    let (key, expected) = message.strip_prefix("unknown field `")?.split_once("`, expected ")?;
    if let Some((section, _)) = SECTIONS.iter().find(|(_, keys)| keys.contains(&key)) {
        return Some(format!("{key} belongs {section}"));
    }
    let here: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    Some(match nearest(key, here.iter().copied()) {
        Some(meant) => format!("\"{key}\" is not known; did you mean {meant}?"),
        None => format!("\"{key}\" is not known; the keys here are {}", here.join(", ")),
    })
}

/// The entry of `known` that a word is most likely a misspelling of.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = if word.chars().count() >= 7 { 2 } else { 1 };
    let near = known.map(|one| (strsim::damerau_levenshtein(word, one), one)).filter(|(away, _)| *away <= most);
    near.min().map(|(_, one)| one)
}

/// A value of another type than its key takes.
fn kind(message: &str, written: &str) -> Option<String> {
    let (found, expected) = message.strip_prefix("invalid type: ")?.split_once(", expected ")?;
    let key = written.split('=').next().unwrap_or_default().trim();
    let head = written.trim().trim_matches(['[', ']']).trim();
    Some(match expected {
        "a sequence" if found.starts_with("map") => format!("write [[{head}]] with two brackets, once for each"),
        "a sequence" => format!("{key} takes a list, such as {key} = [\"one\", \"two\"]"),
        "a string" => format!("{key} takes words in quotes, such as {key} = \"…\""),
        "a boolean" => format!("{key} takes true or false, without quotes"),
        "a map" => format!("write [{key}] on a line of its own, and what belongs to it below"),
        _ => format!("{key} takes {expected}, and not {}", found.replace('`', "")),
    })
}

/// A line that is not of the form `key = value`.
fn form(message: &str, written: &str) -> Option<String> {
    let (key, value) = written.split_once('=').map(|(key, value)| (key.trim(), value.trim()))?;
    let bare = |text: &str| !text.is_empty() && !text.contains(['"', '\'', '[', ']', '{', '}', '#']);
    let is_decimal_comma = |(whole, rest): (&str, &str)| {
        [whole, rest].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if message.contains("duplicate key") {
        return Some(format!("{key} is set twice; keep one of the two"));
    }
    if value.starts_with('"') && value.contains('\\') {
        let path = value.trim_matches('"');
        return Some(format!(
            "a backslash in double quotes means something else; put the path in single quotes: {key} = '{path}'"
        ));
    }
    if bare(value) && value.ends_with('%') {
        return Some(format!("{key} takes a share; write 0.1, not 10 %"));
    }
    if bare(value) && value.split_once(',').is_some_and(is_decimal_comma) {
        return Some(format!("write a full stop in a number: {key} = {}", value.replace(',', ".")));
    }
    if value.is_empty() {
        return Some(format!("{key} has no value; write one behind the =, or # in front of the line"));
    }
    if value.matches('"').count() % 2 == 1 {
        return Some(format!("the words of {key} need a quote on both sides, such as {key} = \"…\""));
    }
    if bare(value) && value.starts_with(char::is_alphabetic) {
        return Some(format!("put words in quotes: {key} = \"{value}\""));
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn mistakes_are_told_in_the_words_of_who_made_them() {
        for (text, line, what) in [
            ("athlete = \"Ada\"\nlong_run_spike = 0.2\n", 2, "long_run_spike belongs under [thresholds]"),
            (
                "[thresholds]\nmin_rest_days = 1\n[[shoes]]\nname = \"A\"\nunits = \"km\"\n",
                5,
                "units belongs above the first [section]",
            ),
            ("aliases = [\"x\"]", 1, "aliases belongs under [[shoes]]"),
            ("file_size = \"1MB\"", 1, "file_size belongs under [limits]"),
            ("tresholds = 1", 1, "\"tresholds\" is not known; did you mean thresholds?"),
            ("[[shoes]]\nnmae = \"A\"", 2, "\"nmae\" is not known; did you mean name?"),
            ("[shoes]\nname = \"A\"", 1, "write [[shoes]] with two brackets, once for each"),
            ("athlete = Ada Lund", 1, "put words in quotes: athlete = \"Ada Lund\""),
            ("athlete = 3", 1, "athlete takes words in quotes, such as athlete = \"…\""),
            ("athlete = ", 1, "athlete has no value; write one behind the =, or # in front of the line"),
            ("athlete = \"Ada", 1, "the words of athlete need a quote on both sides, such as athlete = \"…\""),
            ("[thresholds]\nweekly_jump = 15 %", 2, "weekly_jump takes a share; write 0.1, not 10 %"),
            ("[thresholds]\nweekly_jump = 0,15", 2, "write a full stop in a number: weekly_jump = 0.15"),
            ("units = \"km\"\nunits = \"mi\"", 2, "units is set twice; keep one of the two"),
            ("ignore = \"old/**\"", 1, "ignore takes a list, such as ignore = [\"one\", \"two\"]"),
            ("[[shoes]]\nname = \"A\"\ndefault = \"yes\"", 3, "default takes true or false, without quotes"),
            (
                "notes = \"C:\\Users\\ada\\pain.md\"",
                1,
                "a backslash in double quotes means something else; put the path in single quotes: notes = 'C:\\Users\\ada\\pain.md'",
            ),
        ] {
            let error = Config::parse(text).expect_err(text);
            assert_eq!((error.line, error.what.as_str()), (Some(line), what), "{text}");
        }
    }
}
