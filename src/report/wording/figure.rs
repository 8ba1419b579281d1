//! Numbers with their unit: shares, scores, measures, settings.

use super::missing::NOT_KNOWN;
use crate::model::finding::Unit;
use crate::model::units::{NO_BREAK, Units};
use crate::report::contract::{Number, Setting};

/// A number with at most two decimals, as a person writes it.
#[must_use]
pub fn plain_number(value: f64) -> String {
    if !value.is_finite() {
        return NOT_KNOWN.to_owned();
    }
    let text = format!("{value:.2}");
    match text.trim_end_matches('0').trim_end_matches('.') {
        "-0" => "0".to_owned(),
        number => number.to_owned(),
    }
}

/// A p-value with three decimals, never zero.
#[must_use]
pub fn probability(p: f64) -> String {
    if p < 0.001 { "under 0.001".to_owned() } else { format!("{p:.3}") }
}

/// A share as a signed rise, such as `+26 %`.
#[must_use]
pub fn rise(share: Number) -> String {
    // Adding 0 turns -0 into 0, so that a change rounded to zero gets a plus sign.
    format!("{:+.0}{NO_BREAK}%", (share.0 * 100.0).round() + 0.0)
}

/// A share in per cent with at most two decimals, such as `10 %` or `3.25 %`.
#[must_use]
pub fn fine_per_cent(share: f64) -> String {
    format!("{}{NO_BREAK}%", plain_number((share * 10_000.0).round() / 100.0))
}

/// A pain score: `6/10`.
#[must_use]
pub fn score(score: Number) -> String {
    format!("{}/10", plain_number(score.0))
}

/// A length in the report's unit, followed by the other unit.
fn both_units(units: Units, metres: u64) -> String {
    let other = if units == Units::Km { Units::Mi } else { Units::Km };
    format!("{} ({})", units.show(metres), other.show(metres))
}

/// A setting's value with its unit.
#[must_use]
pub fn setting(setting: &Setting, units: Units) -> String {
    measure(setting.value, setting.unit, units)
}

/// A finding's measure with its unit.
#[must_use]
pub fn measure(value: Number, unit: Unit, units: Units) -> String {
    match unit {
        Unit::Share => fine_per_cent(value.0),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a saturating cast is what is wanted"
        )]
        Unit::M => both_units(units, value.0.max(0.0) as u64),
        Unit::Days => match plain_number(value.0).as_str() {
            "1" => "1 day".to_owned(),
            n => format!("{n} days"),
        },
        Unit::Count => plain_number(value.0),
        Unit::Score => score(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_carry_their_unit() {
        assert_eq!(measure(Number(0.1), Unit::Share, Units::Km), "10\u{a0}%");
        assert_eq!(measure(Number(482_803.0), Unit::M, Units::Mi), "300\u{a0}mi (483\u{a0}km)");
        assert_eq!(measure(Number(1.0), Unit::Days, Units::Km), "1 day");
        assert_eq!(measure(Number(2.5), Unit::Score, Units::Km), "2.5/10");
        assert_eq!(rise(Number(0.256)), "+26\u{a0}%");
        assert_eq!(rise(Number(-0.08)), "-8\u{a0}%");
    }

    #[test]
    fn nothing_has_no_minus() {
        assert_eq!(rise(Number(-0.004)), "+0\u{a0}%");
        assert_eq!(rise(Number(-0.0)), "+0\u{a0}%");
        assert_eq!(rise(Number(-0.006)), "-1\u{a0}%");
        assert_eq!(fine_per_cent(-0.000_01), "0\u{a0}%");
        assert_eq!((plain_number(-0.001), plain_number(-0.01)), ("0".to_owned(), "-0.01".to_owned()));
    }

    #[test]
    fn a_p_value_is_never_written_as_zero() {
        assert_eq!(probability(0.002_9), "0.003");
        assert_eq!(probability(0.000_4), "under 0.001");
        assert_eq!(probability(0.28), "0.280");
    }
}
