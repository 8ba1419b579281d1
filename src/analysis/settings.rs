//! Lists all thresholds, and applies the configured ones after checking them.

use crate::config::{Config, ConfigError, RawThreshold, nearest};
use crate::model::finding::Unit;
use crate::model::threshold::{Settings, Threshold};
use crate::model::units::parse_length;
use crate::pain::episodes::{EPISODE_GAP_DAYS, OPEN_DAYS};
use crate::pain::warnings;
use crate::report::plain;
use crate::rules::{self, CURRENT_DAYS};

use super::{INJURY_DAYS, LOOKBACK_DAYS, SETTLED_DAYS};
use crate::tables::BLANK_DAYS;

/// Every threshold, in the order in which the report prints them.
pub fn thresholds() -> impl Iterator<Item = &'static Threshold> {
    static OTHERS: [&Threshold; 7] =
        [&CURRENT_DAYS, &EPISODE_GAP_DAYS, &OPEN_DAYS, &LOOKBACK_DAYS, &BLANK_DAYS, &INJURY_DAYS, &SETTLED_DAYS];
    rules::registry().flat_map(|rule| rule.meta().thresholds.iter().copied()).chain(OTHERS).chain(warnings::THRESHOLDS)
}

/// The thresholds in force under a configuration.
///
/// # Errors
/// A key that no rule declares, or a value in the wrong unit, with its line.
pub fn settings(config: &Config) -> Result<Settings, ConfigError> {
    let mut settings = Settings::default();
    for (key, raw) in &config.thresholds {
        let Some(threshold) = thresholds().find(|known| known.configurable && known.key == key) else {
            let known: Vec<&str> = thresholds().filter(|known| known.configurable).map(|known| known.key).collect();
            return Err(ConfigError {
                line: Some(raw.line),
                what: match nearest(key, known.iter().copied()) {
                    Some(meant) => format!("unknown threshold \"{}\"; did you mean {meant}?", cut(key)),
                    None => format!("unknown threshold \"{}\"; the thresholds are {}", cut(key), known.join(", ")),
                },
            });
        };
        settings.configure(threshold, whole_number(threshold, raw)?);
    }
    if settings.get(&rules::SHOE_WORN) < settings.get(&rules::SHOE_DUE) {
        let line = config.thresholds.get(rules::SHOE_WORN.key).or_else(|| config.thresholds.get(rules::SHOE_DUE.key));
        return Err(ConfigError {
            line: line.map(|raw| raw.line),
            what: "shoe_worn is below shoe_due; due comes first".to_owned(),
        });
    }
    Ok(settings)
}

/// The beginning of a key or value, which may be very long.
fn cut(written: &str) -> String {
    plain::cut(&plain::one_line(written), plain::NAME_CHARS)
}

fn whole_number(threshold: &Threshold, raw: &RawThreshold) -> Result<u32, ConfigError> {
    let number = match &raw.value {
        toml::Value::Integer(whole) => i32::try_from(*whole).ok().map(f64::from),
        toml::Value::Float(number) => Some(*number),
        _ => None,
    };
    let (wanted, value) = match threshold.unit {
        Unit::M => {
            ("a length such as \"300mi\" or \"480km\"", raw.value.as_str().and_then(|text| parse_length(text).ok()))
        }
        Unit::Share => ("a share from 0 to 1; write 0.1, not 10 %", scaled(number, threshold, 1.0)),
        Unit::Score => ("a score from 0 to 10", scaled(number, threshold, 10.0)),
        Unit::Days => ("a whole number of days from 0 to 365", scaled(number, threshold, 365.0)),
        Unit::Count => ("a whole number from 0 to 365", scaled(number, threshold, 365.0)),
    };
    value.ok_or_else(|| ConfigError {
        line: Some(raw.line),
        what: format!("{} = {} is not {wanted}", threshold.key, cut(&raw.value.to_string())),
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked first")]
fn scaled(number: Option<f64>, threshold: &Threshold, most: f64) -> Option<u32> {
    let number = number.filter(|number| (0.0..=most).contains(number))? * f64::from(threshold.scale());
    ((number - number.round()).abs() < 1e-6).then(|| number.round() as u32)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn configured(text: &str) -> Result<Settings, ConfigError> {
        settings(&Config::parse(text).expect("valid TOML"))
    }

    #[test]
    fn thresholds_are_taken_from_the_configuration() {
        let settings =
            configured("[thresholds]\nweekly_jump = 0.15\nshoe_due = \"280mi\"\nmin_rest_days = 1\n").expect("valid");
        assert_eq!(settings.get(&rules::WEEKLY_JUMP), 1_500);
        assert_eq!(settings.get(&rules::SHOE_DUE), 450_616);
        assert_eq!(settings.get(&rules::MIN_REST_DAYS), 1);
        assert_eq!(settings.get(&rules::MAX_STREAK_DAYS), 6);
    }

    #[test]
    fn a_threshold_that_is_not_one_is_an_error_with_its_line() {
        for (text, line, part) in [
            ("[thresholds]\nweekly_jmp = 0.15", 2, "unknown threshold"),
            ("[thresholds]\n\nweekly_jump = -0.1", 3, "share"),
            ("[thresholds]\nweekly_jump = \"10%\"", 2, "write 0.1, not 10 %"),
            ("[thresholds]\nweekly_jump = 10", 2, "write 0.1, not 10 %"),
            ("[thresholds]\nmin_rest_days = 1.5", 2, "whole number"),
            ("[thresholds]\nshoe_due = 300", 2, "length"),
            ("[thresholds]\nshoe_worn = \"100mi\"", 2, "due comes first"),
            ("[thresholds]\nbreak_days = 3", 2, "unknown threshold"),
        ] {
            let error = configured(text).expect_err(text);
            assert_eq!(error.line, Some(line), "{text}");
            assert!(error.what.contains(part), "{error}");
        }
    }

    #[test]
    fn every_threshold_that_can_be_set_is_known_where_keys_are_put_right() {
        let known: Vec<&str> = thresholds().filter(|known| known.configurable).map(|known| known.key).collect();
        for key in known {
            let error = Config::parse(&format!("{key} = 1\n")).expect_err(key);
            assert_eq!(error.what, format!("{key} belongs under [thresholds]"));
        }
    }

    #[test]
    fn no_two_thresholds_share_a_key() {
        let mut keys: BTreeMap<&str, &Threshold> = BTreeMap::new();
        for threshold in thresholds() {
            assert_eq!(*keys.entry(threshold.key).or_insert(threshold), threshold);
        }
    }
}
