//! A pair of shoes as the runner's configuration or an export declares it.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

/// One pair. Distances are whole metres.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Shoe {
    /// The name the report uses.
    pub name: String,
    /// Other spellings found in logs.
    pub aliases: Vec<String>,
    /// First day in use.
    pub from: Option<NaiveDate>,
    /// Last day in use; later than this the pair is retired.
    pub to: Option<NaiveDate>,
    /// The distance on the pair before the first logged run; `None` if not known.
    pub initial_m: Option<u32>,
    /// Where this pair's own replacement window begins.
    pub due_m: Option<u32>,
    /// Where this pair's own replacement window ends.
    pub worn_m: Option<u32>,
    /// Whether this pair was worn in runs between `from` and `to` that name no shoe.
    pub default: bool,
}

impl Shoe {
    /// The form that all spellings of a name share if they differ only in case, spaces or the Unicode form of their
    /// letters.
    #[must_use]
    pub fn folded(spelling: &str) -> String {
        Self::tidy(&spelling.nfkc().collect::<String>()).to_lowercase().nfkc().collect()
    }

    /// The name without outer spaces and with one space between its words.
    #[must_use]
    pub fn tidy(name: &str) -> String {
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether two names are so similar that one may be a misspelling of the other. Names that differ in a digit, or
    /// in a word of one or two letters, are different models.
    #[must_use]
    pub fn may_be_a_slip(one: &str, other: &str) -> bool {
        let (one, other) = (Self::folded(one), Self::folded(other));
        let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
        let letters = one.chars().count().min(other.chars().count());
        let most = if letters >= 9 { 2 } else { usize::from(letters >= 5) };
        let models = |name: &str| {
            name.split(' ').filter(|word| word.chars().count() <= 2).map(str::to_owned).collect::<Vec<_>>()
        };
        let same_models = one.split(' ').count() != other.split(' ').count() || models(&one) == models(&other);
        one != other
            && digits(&one) == digits(&other)
            && same_models
            && strsim::damerau_levenshtein(&one, &other) <= most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_case_and_the_form_of_letters_make_no_other_name() {
        let folded = Shoe::folded("Élan Trail 7");
        for spelling in [
            "  élan  trail\u{a0}7 ",
            "E\u{301}lan Trail 7",
            "ÉLAN\tTRAIL 7",
            "Élan Trail \u{ff17}",
            "Élan\u{2003}Trail 7",
        ] {
            assert_eq!(Shoe::folded(spelling), folded, "{spelling:?}");
        }
        assert_ne!(Shoe::folded("Elan Trail 7"), folded);
        assert_eq!(Shoe::tidy(" Heron\u{a0}\u{a0}2 "), "Heron 2");
    }

    #[test]
    fn a_slip_is_told_from_another_model() {
        for (one, other) in [
            ("Plover Trail", "Plovr Trail"),
            ("Plover Trail", "Polver Trial"),
            ("Heron 2", "Heorn 2"),
            ("Heron2", "Heron 2"),
        ] {
            assert!(Shoe::may_be_a_slip(one, other) && Shoe::may_be_a_slip(other, one), "{one}, {other}");
        }
        for (one, other) in [
            ("Heron 2", "Heron 3"),
            ("Heron 2", "heron  2"),
            ("Heron X", "Heron S"),
            ("Skua", "Skia"),
            ("Heron", "Heron Trail"),
            ("Swift Tempo", "Plover Trail"),
        ] {
            assert!(!Shoe::may_be_a_slip(one, other), "{one}, {other}");
        }
    }
}
