//! A header cell in the forms by which it may be named: without markup, without its unit, in any case. It knows no
//! dialect.

use super::words;
use crate::import::word_key::key;

/// A header cell, in the forms by which it may be named.
pub struct Header {
    /// The cell without markup.
    pub shown: String,
    /// The text in brackets, or the last word if it is a unit.
    pub unit: Option<String>,
    forms: Vec<String>,
}

impl Header {
    /// The forms of a cell as written in the file.
    pub fn new(cell: &str) -> Self {
        let shown = without_markup(cell);
        let (outside, brackets) = match shown.split_once(['(', '[']) {
            Some((outside, rest)) => (outside, rest.split([')', ']']).next().map(str::trim).filter(|b| !b.is_empty())),
            None => (shown.as_str(), None),
        };
        let mut words: Vec<&str> =
            outside.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let mut forms = vec![shown.clone(), words.concat()];
        let mut unit = brackets.map(str::to_owned);
        let last = words.pop().unwrap_or_default();
        if words.is_empty() {
            let camel = camel_tail(last).filter(|(_, tail)| is_unit(tail));
            forms.extend(camel.map(|(front, _)| front.to_owned()));
            unit = unit.or_else(|| Some(camel.map_or(last, |(_, tail)| tail).to_owned()).filter(|word| is_unit(word)));
        } else if unit.is_none() && is_unit(last) {
            unit = Some(last.to_owned());
            words.pop_if(|word| word.eq_ignore_ascii_case("in"));
            forms.push(words.concat());
        }
        Self { forms: forms.iter().map(|form| key(form)).collect(), shown, unit }
    }

    /// True if `wanted`, in normalised form, is one of the forms.
    pub fn is_called(&self, wanted: &str) -> bool {
        !wanted.is_empty() && self.forms.iter().any(|form| form == wanted)
    }
}

fn is_unit(word: &str) -> bool {
    words::length_unit(word).is_some() || words::time_unit(word).is_some()
}

/// Splits `distanceKm` into two.
fn camel_tail(word: &str) -> Option<(&str, &str)> {
    let at = word.rfind(char::is_uppercase).filter(|at| *at > 0)?;
    Some(word.split_at(at))
}

/// A header without HTML markup, in which some apps wrap untranslated headers.
pub fn without_markup(cell: &str) -> String {
    let mut shown = String::new();
    let mut inside = false;
    for c in cell.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => shown.push(c),
            _ => {}
        }
    }
    shown.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_found_in_brackets_and_as_the_last_word() {
        for (cell, name, unit) in [
            ("Distance (km)", "distance", "km"),
            ("distance_mi", "distance", "mi"),
            ("Distance in miles", "distance", "miles"),
            ("dist_m", "dist", "m"),
            ("distanceKm", "distance", "Km"),
            ("km", "km", "km"),
        ] {
            let header = Header::new(cell);
            assert!(header.is_called(name), "{cell}");
            assert_eq!(header.unit.as_deref(), Some(unit), "{cell}");
        }
        assert!(!Header::new("Average Pace (min/km)").is_called("distance"));
    }

    #[test]
    fn untranslated_spans_are_taken_off() {
        assert_eq!(without_markup("<span class=\"translation_missing\" title=\"x\">Type</span>"), "Type");
    }
}
