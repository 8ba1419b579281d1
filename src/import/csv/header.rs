//! A header cell in the forms by which it may be named: without markup, without its unit, in any case. It knows no
//! dialect.

use super::words;
use crate::import::word_key::{Key, key};
use crate::model::reading::Side;

/// A header cell, in the forms by which it may be named.
pub struct Header {
    /// The cell without markup.
    pub shown: String,
    /// The text in brackets, or the last word if it is a unit.
    pub unit: Option<String>,
    forms: Vec<Key>,
}

impl Header {
    /// The forms of a cell as written in the file.
    pub fn new(cell: &str) -> Self {
        let shown = without_markup(cell);
        let scale = without_scale(&shown);
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
        if let (named, Some(highest)) = scale {
            forms.push(named);
            unit = Some(format!("0-{highest}"));
        }
        Self { forms: forms.iter().map(|form| key(form)).collect(), shown, unit }
    }

    /// Its forms, normalised.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().map(Key::as_str)
    }

    /// True if `wanted`, in normalised form, is one of the forms.
    pub fn is_called(&self, wanted: &str) -> bool {
        !wanted.is_empty() && self.forms.iter().any(|form| form == wanted)
    }
}

/// Headers with the names of the groups that stand above them: "Left hip" above "AM" and "PM". A group goes on over
/// empty cells, as merged cells of a spreadsheet do.
pub fn under_groups(headers: &[String], groups: Option<&[String]>) -> Vec<String> {
    let Some(groups) = groups else { return headers.to_vec() };
    let mut group = "";
    let named = headers.iter().enumerate().map(|(index, header)| {
        if let Some(next) = groups.get(index).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) {
            group = next;
        }
        if group.is_empty() { header.clone() } else { format!("{group} {header}").trim().to_owned() }
    });
    named.collect()
}

/// A header without a unit of a few letters in brackets: "Temp (°C)".
pub fn without_unit(header: &str) -> &str {
    const LONGEST_UNIT: usize = 3;
    let inside = header.trim_end().strip_suffix(')').and_then(|open| open.rsplit_once('('));
    match inside {
        Some((front, unit)) if unit.trim().chars().count() <= LONGEST_UNIT => front.trim_end(),
        _ => header,
    }
}

/// A header without a side in brackets, and the side: "Hip (L)", "Hip [right]".
pub fn without_side(header: &str) -> (&str, Option<&'static str>) {
    let inside = header.trim_end().strip_suffix([')', ']']).and_then(|open| open.rsplit_once(['(', '[']));
    let named = inside.and_then(|(front, word)| {
        let side = match words::side(word.trim())? {
            Side::Left => "left",
            Side::Right => "right",
            Side::Both => "both",
            Side::Unknown => return None,
        };
        Some((front.trim_end(), side))
    });
    named.map_or((header, None), |(front, side)| (front, Some(side)))
}

/// The highest scores in use.
const SCALES: [u32; 8] = [3, 4, 5, 6, 7, 10, 20, 100];

/// A header without its scale, and the highest score: "hip pain (0-10)", "hip pain /10", "pain out of 10".
pub fn without_scale(header: &str) -> (String, Option<u32>) {
    let whole = || (header.to_owned(), None);
    let end = header.trim_end().trim_end_matches([')', ']']);
    let digits = end.len() - end.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let highest = end[end.len() - digits..].parse().ok().filter(|highest| SCALES.contains(highest));
    let front = end[..end.len() - digits].trim_end();
    let Some(highest) = highest.filter(|_| front.contains(char::is_alphabetic)) else { return whole() };
    let ends = [
        "out of", "0-", "1-", "0–", "1–", "0 -", "1 -", "0 –", "1 –", "0 to", "1 to", "/", "0 a", "1 a", "0 à", "1 à",
        "0 bis", "1 bis", "0 tot", "1 tot", "0 til", "1 til", "0 till", "1 till", "0 do", "1 do", " sur", " von",
        " van", " av", "_0_", " 0",
    ];
    let Some(front) = ends.iter().find_map(|end| front.strip_suffix(end)) else { return whole() };
    let closed = end.len() < header.trim_end().len();
    let front = if closed { front.trim_end().strip_suffix(['(', '[']).unwrap_or(front) } else { front };
    (front.trim_end().trim_end_matches(',').to_owned(), Some(highest))
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
    fn a_scale_is_no_part_of_a_name() {
        for cell in [
            "Hip pain /10",
            "Hip pain (0-10)",
            "Hip pain 0-10",
            "hip_pain (/10)",
            "Hip pain out of 10",
            "hip_pain_0_10",
            "hip pain 0 10",
            "Hip pain [1–10]",
        ] {
            assert!(Header::new(cell).is_called("hippain"), "{cell}");
            assert_eq!(without_scale(cell).1, Some(10), "{cell}");
        }
        assert_eq!(without_scale("Limp (0-3)"), ("Limp".to_owned(), Some(3)));
        for cell in ["Week 12", "km 10", "5/3", "Pain", "", "10"] {
            assert_eq!(without_scale(cell), (cell.to_owned(), None), "{cell}");
        }
    }

    #[test]
    fn untranslated_spans_are_taken_off() {
        assert_eq!(without_markup("<span class=\"translation_missing\" title=\"x\">Type</span>"), "Type");
    }
}
