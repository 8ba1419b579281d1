//! The words of cells and headers in many languages, loaded from `dialects/words.toml`, and their normalised form for
//! comparison. It knows no dialect and no column.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use crate::error::Error;
use crate::import::word_key::{Key, key};
use crate::model::reading::Side;
use crate::model::units::METRES_PER_MILE;

const WORDS_TOML: &str = include_str!("../dialects/words.toml");

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::load(WORDS_TOML).unwrap_or_default());

/// A unit of length that a header, a cell or a dialect may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LengthUnit {
    /// Metres.
    M,
    /// Kilometres.
    Km,
    /// Statute miles.
    Mi,
    /// Yards.
    Yd,
}

impl LengthUnit {
    /// Metres in one of this unit.
    pub fn metres(self) -> f64 {
        match self {
            Self::M => 1.0,
            Self::Km => 1_000.0,
            Self::Mi => METRES_PER_MILE,
            Self::Yd => 0.914_4,
        }
    }

    /// The sign used in messages.
    pub fn sign(self) -> &'static str {
        match self {
            Self::M => "m",
            Self::Km => "km",
            Self::Mi => "mi",
            Self::Yd => "yd",
        }
    }
}

/// A unit of time that a header, a cell or a dialect may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Milliseconds.
    Ms,
    /// Seconds.
    S,
    /// Minutes.
    Min,
    /// Hours.
    H,
    /// Hours and minutes with a colon, so that `1:05` is 65 minutes.
    HhMm,
    /// Minutes and seconds with a colon, so that `1:05` is 65 seconds; longer ones begin with hours.
    MmSs,
}

impl TimeUnit {
    /// Seconds in one of this unit, for a bare number in it.
    pub fn seconds(self) -> f64 {
        match self {
            Self::Ms => 0.001,
            Self::S => 1.0,
            Self::Min | Self::MmSs => 60.0,
            Self::H | Self::HhMm => 3_600.0,
        }
    }

    /// True for a format with colons, which tells nothing of a number without one.
    pub fn is_form(self) -> bool {
        matches!(self, Self::HhMm | Self::MmSs)
    }
}

/// A part of a date that may have a column of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DatePart {
    /// The year.
    Year,
    /// The month, as a number or a name.
    Month,
    /// The day of the month.
    Day,
}

/// The part of a date that a normalised header names.
pub fn date_part(header: &str) -> Option<DatePart> {
    WORDS.date_parts.get(header).copied()
}

/// The lists as written in `words.toml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WordLists {
    missing: Vec<String>,
    rest: Vec<String>,
    run_kinds: Vec<String>,
    other_sports: Vec<String>,
    week: Vec<String>,
    names: Vec<String>,
    took_place: Vec<String>,
    counted: Vec<String>,
    joins: Vec<String>,
    no: Vec<String>,
    whole: Vec<String>,
    planned: Vec<String>,
    beside_a_calendar: Vec<String>,
    pace: Vec<String>,
    no_length: Vec<String>,
    weekdays: BTreeMap<String, Vec<String>>,
    date_parts: BTreeMap<DatePart, Vec<String>>,
    not_shoes: Vec<String>,
    no_pain: Vec<String>,
    am: Vec<String>,
    pm: Vec<String>,
    side: BTreeMap<Side, Vec<String>>,
    length: BTreeMap<LengthUnit, Vec<String>>,
    time: BTreeMap<TimeUnit, Vec<String>>,
    months: BTreeMap<String, Vec<String>>,
}

/// Words in normalised form.
type Listed = HashSet<Key, FixedState>;

/// The meaning of each word in normalised form.
type Meanings<T> = HashMap<Key, T, FixedState>;

/// The lists in normalised form, and the meaning of each word that has one.
#[derive(Default)]
struct Words {
    missing: Vec<String>,
    rest: Listed,
    run_kinds: Listed,
    other_sports: Listed,
    week: Listed,
    names: Listed,
    took_place: Vec<String>,
    counted: Listed,
    joins: Listed,
    no: Listed,
    whole: Listed,
    planned: Listed,
    beside_a_calendar: Listed,
    pace: Listed,
    no_length: Listed,
    weekdays: Meanings<u32>,
    date_parts: Meanings<DatePart>,
    not_shoes: Listed,
    no_pain: Listed,
    am: Listed,
    pm: Listed,
    sides: Meanings<Side>,
    lengths: Meanings<LengthUnit>,
    times: Meanings<TimeUnit>,
    months: Meanings<u32>,
}

impl Words {
    fn load(toml_text: &str) -> Result<Self, Error> {
        let unreadable = |why: String| Error::Data { file: "words.toml".to_owned(), why };
        let listed: WordLists = toml::from_str(toml_text).map_err(|error| unreadable(error.to_string()))?;
        let keys = |words: Vec<String>| -> Listed { words.iter().map(|word| key(word)).collect() };
        let numbered = |lists: BTreeMap<String, Vec<String>>, last: u32| {
            let number = |(number, words): (String, Vec<String>)| {
                let value = number.parse().ok().filter(|value| (1..=last).contains(value));
                Ok((value.ok_or_else(|| unreadable(format!("{number} is no month or day")))?, words))
            };
            lists.into_iter().map(number).collect::<Result<Vec<(u32, Vec<String>)>, Error>>()
        };
        let (months, weekdays) = (numbered(listed.months, 12)?, numbered(listed.weekdays, 7)?);
        Ok(Self {
            missing: listed.missing.iter().map(|word| word.trim().to_lowercase()).collect(),
            rest: keys(listed.rest),
            run_kinds: keys(listed.run_kinds),
            other_sports: keys(listed.other_sports),
            week: keys(listed.week),
            names: keys(listed.names),
            took_place: listed.took_place.iter().map(|words| words.to_lowercase()).collect(),
            counted: keys(listed.counted),
            joins: listed.joins.into_iter().map(Key::from).collect(),
            no: keys(listed.no),
            whole: keys(listed.whole),
            planned: keys(listed.planned),
            beside_a_calendar: keys(listed.beside_a_calendar),
            pace: keys(listed.pace),
            no_length: keys(listed.no_length),
            weekdays: by_word(weekdays),
            date_parts: by_word(listed.date_parts),
            not_shoes: keys(listed.not_shoes),
            no_pain: keys(listed.no_pain),
            am: keys(listed.am),
            pm: keys(listed.pm),
            sides: by_word(listed.side),
            lengths: by_word(listed.length),
            times: by_word(listed.time),
            months: by_word(months),
        })
    }
}

/// Each word of the lists with the meaning of its list.
fn by_word<T: Copy>(lists: impl IntoIterator<Item = (T, Vec<String>)>) -> Meanings<T> {
    let words = |(meaning, words): (T, Vec<String>)| words.into_iter().map(move |word| (key(&word), meaning));
    lists.into_iter().flat_map(words).collect()
}

/// True where a cell says that its value is not known, rather than that it is zero.
pub fn is_missing(cell: &str) -> bool {
    if has_a_figure(cell) {
        return false;
    }
    let cell = cell.trim();
    // Only punctuation: "--", "--:--:--", "?".
    !cell.contains(|c: char| c.is_alphanumeric())
        || if cell.is_ascii() {
            WORDS.missing.iter().any(|word| word.eq_ignore_ascii_case(cell))
        } else {
            WORDS.missing.contains(&cell.to_lowercase())
        }
}

/// Whether a cell is a figure or a time, as most are. None of the words for a missing value or a day of rest has a figure in it.
fn has_a_figure(cell: &str) -> bool {
    cell.bytes().any(|byte| byte.is_ascii_digit())
}

/// True if a cell says that there was no run that day.
pub fn is_rest(cell: &str) -> bool {
    !has_a_figure(cell) && WORDS.rest.contains(&key(cell))
}

/// True if every word is one that runners use for a kind of run, such as `long tempo`.
pub fn is_kind_of_run(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| WORDS.run_kinds.contains(&key(word)))
}

/// True if a word names another sport and none names a run: `bike`, but not `run and bike`.
pub fn is_other_sport(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    let whole = WORDS.other_sports.contains(&key(text));
    let other = whole || words().any(|word| WORDS.other_sports.contains(&key(word)));
    other && !words().any(|word| WORDS.run_kinds.contains(&key(word)) || key(word) == "running")
}

/// True if the text before a date, or above its column, means the week of that date.
pub fn is_week(text: &str) -> bool {
    WORDS.week.contains(&key(text))
}

/// True for a header that is a plain word for "name".
pub fn is_name_header(header: &str) -> bool {
    WORDS.names.contains(&key(header))
}

/// True if the words of a run without figures say that it took place, as when the watch died.
pub fn says_it_took_place(text: &str) -> bool {
    let text = text.to_lowercase();
    WORDS.took_place.iter().any(|words| text.contains(words.as_str()))
}

/// True for a word that follows a count without being a unit: "May 5 times".
pub fn is_counted(word: &str) -> bool {
    WORDS.counted.contains(&key(word))
}

/// True for a word or mark between two activities of one day.
pub fn is_join(word: &str) -> bool {
    let word = word.to_lowercase();
    WORDS.joins.contains(word.as_str())
}

/// True if a cell says "no".
pub fn is_no(cell: &str) -> bool {
    WORDS.no.contains(&key(cell))
}

/// True if the cell of a lap's number says that the row is the whole activity.
pub fn is_whole(cell: &str) -> bool {
    WORDS.whole.contains(&key(cell))
}

/// True if a cell says that its row is only planned.
pub fn is_planned(cell: &str) -> bool {
    WORDS.planned.contains(&key(cell))
}

/// True for a header that may occur next to the days of a running calendar.
pub fn is_beside_a_calendar(header: &str) -> bool {
    WORDS.beside_a_calendar.contains(&key(header.split(['(', '[']).next().unwrap_or(header)))
}

/// True for a header that contains a word for pace or speed.
pub fn is_pace(header: &str) -> bool {
    has_word_of(header, &WORDS.pace)
}

/// True for a header that contains a word for something other than a distance.
pub fn is_no_length(header: &str) -> bool {
    has_word_of(header, &WORDS.no_length)
}

fn has_word_of(header: &str, list: &Listed) -> bool {
    let mut words = header.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    list.contains(&key(header)) || words.any(|word| list.contains(&key(word)))
}

/// The day of the week that a word names, Monday as 1.
pub fn weekday(word: &str) -> Option<u32> {
    WORDS.weekdays.get(&key(word)).copied()
}

/// True if an item of equipment is not a pair of shoes: a foot pod, a watch, a bike.
pub fn is_not_a_shoe(item: &str) -> bool {
    let mut words = item.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    WORDS.not_shoes.contains(&key(item)) || words.any(|word| WORDS.not_shoes.contains(&key(word)))
}

/// True if a pain cell says that there is no pain.
pub fn is_no_pain(cell: &str) -> bool {
    WORDS.no_pain.contains(&key(cell))
}

/// `Some(true)` for a word like PM, `Some(false)` for one like AM.
pub fn half_of_day(word: &str) -> Option<bool> {
    let word = key(word);
    if WORDS.pm.contains(&word) {
        Some(true)
    } else if WORDS.am.contains(&word) {
        Some(false)
    } else {
        None
    }
}

/// The side that a word names.
pub fn side(word: &str) -> Option<Side> {
    WORDS.sides.get(&key(word)).copied()
}

/// The unit of length that a word names.
pub fn length_unit(word: &str) -> Option<LengthUnit> {
    WORDS.lengths.get(&key(word)).copied()
}

/// The unit of time that a word names.
pub fn time_unit(word: &str) -> Option<TimeUnit> {
    WORDS.times.get(&key(word)).copied()
}

/// The month that a word names, 1 to 12.
pub fn month(word: &str) -> Option<u32> {
    WORDS.months.get(&key(word)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_words_can_be_read() {
        assert_eq!(Words::load(WORDS_TOML).err(), None);
    }

    #[test]
    fn no_month_name_stands_under_two_months() {
        let listed: WordLists = toml::from_str(WORDS_TOML).unwrap();
        let mut seen = BTreeMap::new();
        for (month, names) in &listed.months {
            for name in names {
                let before = seen.insert(key(name), month);
                assert!(before.is_none_or(|known| known == month), "{name} is in {before:?} and {month}");
            }
        }
    }

    #[test]
    fn case_accents_blanks_and_points_do_not_matter() {
        assert_eq!(key("Durée  de déplacement"), key("DUREE_DE_DEPLACEMENT"));
        assert_eq!(key("Dure\u{301}e"), "duree");
        assert_eq!((month("сент."), month("Août"), month("mrt.")), (Some(9), Some(8), Some(3)));
        assert_eq!(month("week"), None);
    }

    #[test]
    fn no_word_for_missing_or_rest_has_a_figure_in_it() {
        assert!(!WORDS.missing.is_empty() && !WORDS.rest.is_empty());
        assert!(!WORDS.rest.iter().any(|word| word.contains(|c: char| c.is_ascii_digit())));
        assert!(!WORDS.missing.iter().any(|word| word.contains(|c: char| c.is_ascii_digit())));
    }

    #[test]
    fn dashes_are_missing_and_zero_is_not() {
        assert!(is_missing(" -- ") && is_missing("N/A") && is_missing("") && is_missing("-"));
        assert!(!is_missing("0") && !is_missing("-3"));
    }
}
