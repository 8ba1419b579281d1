//! Units of length: parsing lengths that a person wrote, and formatting metres for a person.

use std::fmt;

/// Metres in a statute mile.
pub const METRES_PER_MILE: f64 = 1_609.344;

/// The unit a report shows distances in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Units {
    /// Kilometres.
    #[default]
    Km,
    /// Statute miles.
    Mi,
}

impl Units {
    /// Metres in one of this unit.
    #[must_use]
    pub fn metres(self) -> f64 {
        match self {
            Self::Km => 1_000.0,
            Self::Mi => METRES_PER_MILE,
        }
    }

    /// The unit's sign.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Km => "km",
            Self::Mi => "mi",
        }
    }

    /// [`Self::figure`] with the sign, such as `10.2 km`, separated by a space that does not break.
    #[must_use]
    pub fn show(self, metres: u64) -> String {
        format!("{}{NO_BREAK}{}", self.figure(metres), self.sign())
    }

    /// The most whole tenths of this unit that are not more than `metres`.
    #[must_use]
    pub fn whole_tenths(self, metres: u64) -> u64 {
        let unit_mm: u128 = match self {
            Self::Km => 1_000_000,
            Self::Mi => 1_609_344,
        };
        u64::try_from(u128::from(metres) * 10_000 / unit_mm).unwrap_or(u64::MAX)
    }

    /// Metres rounded down to a tenth of the unit, with the sign, so that the figure is never too much.
    #[must_use]
    pub fn show_at_most(self, metres: u64) -> String {
        let tenths = self.whole_tenths(metres);
        format!("{}.{}{NO_BREAK}{}", tenths / 10, tenths % 10, self.sign())
    }

    /// `metres` in this unit with one decimal, such as `10.2`; without decimals from 100 upwards. Halves are rounded
    /// up, computed in whole millimetres: 50,550 m are 50.6 km and 25,750 m are 25.8 km.
    #[must_use]
    pub fn figure(self, metres: u64) -> String {
        let unit_mm: u128 = match self {
            Self::Km => 1_000_000,
            Self::Mi => 1_609_344,
        };
        let rounded = |parts: u128| (u128::from(metres) * 1_000 * parts * 2 + unit_mm) / (unit_mm * 2);
        match rounded(10) {
            tenths @ 0..1_000 => format!("{}.{}", tenths / 10, tenths % 10),
            _ => rounded(1).to_string(),
        }
    }
}

/// The space between a number and its unit, which does not break in a page, a Markdown text or a terminal.
pub const NO_BREAK: char = '\u{a0}';

/// The text with a space that does not break between each number and the unit of length or per cent sign after it.
#[must_use]
pub fn keep_units(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(' ') {
        let word = after.split(|c: char| !c.is_alphabetic() && c != '%').next().unwrap_or_default();
        let joined = before.ends_with(|c: char| c.is_ascii_digit()) && matches!(word, "km" | "mi" | "miles" | "%");
        kept.push_str(before);
        kept.push(if joined { NO_BREAK } else { ' ' });
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// A share in whole per cent, such as `26 %`.
#[must_use]
pub fn per_cent(share: f64) -> String {
    // Adding 0 turns -0 into 0.
    format!("{:.0}{NO_BREAK}%", (share * 100.0).round() + 0.0)
}

impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sign())
    }
}

/// Whole metres from a finite, non-negative number of metres below 10,000 km; anything else is `None`.
#[must_use]
pub fn whole_metres(metres: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked first")]
    (metres.is_finite() && (0.0..10_000_000.0).contains(&metres)).then(|| metres.round() as u32)
}

/// Why a text is not a length.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LengthError {
    /// No known unit follows the number.
    #[error("\"{0}\" needs a number and a unit, such as \"300mi\", \"480km\" or \"800 m\"")]
    NoUnit(String),
    /// The text before the unit is not a number, or out of range.
    #[error("\"{0}\" is not a distance; write a number and a unit, such as \"480km\"")]
    NotADistance(String),
}

/// Reads a length in whole metres with its unit, as written in a configuration: `300mi`, `12.5 km`, `804672 m`.
///
/// # Errors
/// If the text is not a length.
pub fn parse_length(text: &str) -> Result<u32, LengthError> {
    let text = text.trim();
    let split = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let factor = match unit.trim().to_lowercase().as_str() {
        "km" | "kilometres" | "kilometers" => 1_000.0,
        "mi" | "mile" | "miles" => METRES_PER_MILE,
        "m" | "metres" | "meters" => 1.0,
        _ => return Err(LengthError::NoUnit(text.to_owned())),
    };
    number
        .trim()
        .parse::<f64>()
        .ok()
        .and_then(|value| whole_metres(value * factor))
        .ok_or_else(|| LengthError::NotADistance(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_with_their_unit() {
        assert_eq!(parse_length("300mi"), Ok(482_803));
        assert_eq!(parse_length(" 500 miles"), Ok(804_672));
        assert_eq!(parse_length("12.5km"), Ok(12_500));
        assert_eq!(parse_length("800 m"), Ok(800));
    }

    #[test]
    fn a_length_without_a_unit_is_refused() {
        assert_eq!(parse_length("300"), Err(LengthError::NoUnit("300".to_owned())));
        for text in ["-3km", "99999999km", "km"] {
            assert_eq!(parse_length(text), Err(LengthError::NotADistance(text.to_owned())));
        }
        // The text before the first letter is the number, and the rest the unit.
        for text in ["NaNkm", "1e12km"] {
            assert_eq!(parse_length(text), Err(LengthError::NoUnit(text.to_owned())));
        }
    }

    #[test]
    fn metres_are_shown_to_a_tenth() {
        assert_eq!(Units::Km.show(10_249), "10.2\u{a0}km");
        assert_eq!(Units::Mi.show(16_093), "10.0\u{a0}mi");
        assert_eq!(Units::Km.show(482_803), "483\u{a0}km");
        assert_eq!(per_cent(0.256), "26\u{a0}%");
        assert_eq!(per_cent(-0.004), "0\u{a0}%");
    }

    #[test]
    fn a_number_in_a_text_keeps_its_unit() {
        assert_eq!(
            keep_units("300–500 miles (about 483–805 km), 10 % or 10% in 3 weeks, 5 kmh, a mi"),
            "300–500\u{a0}miles (about 483–805\u{a0}km), 10\u{a0}% or 10% in 3 weeks, 5 kmh, a mi"
        );
        assert_eq!(keep_units("8 km"), "8\u{a0}km");
    }

    #[test]
    fn what_lies_half_way_is_rounded_up_and_nothing_else_is() {
        for (metres, figure) in [
            (0, "0.0"),
            (49, "0.0"),
            (50, "0.1"),
            (25_749, "25.7"),
            (25_750, "25.8"),
            (50_549, "50.5"),
            (50_550, "50.6"),
            (50_650, "50.7"),
            (99_949, "99.9"),
            (99_950, "100"),
            (100_499, "100"),
            (100_500, "101"),
        ] {
            assert_eq!(Units::Km.figure(metres), figure, "{metres}");
        }
        // 0.05 mi are 80.47 m; 99.95 mi are 160,853.9 m; 500.5 mi are 805,476.7 m.
        for (metres, figure) in
            [(80, "0.0"), (81, "0.1"), (160_853, "99.9"), (160_854, "100"), (805_476, "500"), (805_477, "501")]
        {
            assert_eq!(Units::Mi.figure(metres), figure, "{metres}");
        }
    }
}
