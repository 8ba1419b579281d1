//! A number that something is compared with: declared once by the code that uses it, and shown wherever it was used.

use super::finding::Unit;
use super::units::METRES_PER_MILE;

/// Where a threshold comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// One of the guidance texts gives the number.
    Guidance,
    /// This tool chose it; no guidance text gives one.
    Default,
    /// The runner's configuration.
    Config,
}

/// A threshold as declared. Values are kept as whole numbers so that comparisons are exact: shares in hundredths of a
/// per cent, lengths in metres, scores in tenths, days and counts as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// The key under `[thresholds]`, and the name in the report.
    pub key: &'static str,
    /// The default value, in the whole-number form.
    pub default: u32,
    /// What the value counts: metres, days, a share.
    pub unit: Unit,
    /// Where the default comes from: the guidance or this tool.
    pub origin: Origin,
    /// Whether `[thresholds]` may set it.
    pub configurable: bool,
    /// Its meaning in a few words, with the catalogue id or paper it is from.
    pub meaning: &'static str,
}

impl Threshold {
    /// How many units of the whole-number form make one of the unit.
    #[must_use]
    pub fn scale(&self) -> u32 {
        match self.unit {
            Unit::Share => 10_000,
            Unit::Score => 10,
            Unit::M | Unit::Days | Unit::Count => 1,
        }
    }

    /// A whole-number value in words, such as `10 %` or `483 km (300 mi)`.
    #[must_use]
    pub fn in_words(&self, value: u32) -> String {
        let number = self.in_unit(value);
        match self.unit {
            Unit::Share => format!("{} %", (number * 10_000.0).round() / 100.0),
            Unit::M => format!("{:.1} km ({:.1} mi)", number / 1_000.0, number / METRES_PER_MILE),
            Unit::Days => format!("{number} days"),
            Unit::Count => format!("{number}"),
            Unit::Score => format!("{number} of 10"),
        }
    }

    /// A whole-number value as a number of the unit.
    #[must_use]
    pub fn in_unit(&self, value: u32) -> f64 {
        f64::from(value) / f64::from(self.scale())
    }
}

/// The thresholds in force: the value of each and its origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings(std::collections::BTreeMap<&'static str, (u32, Origin)>);

impl Settings {
    /// The value in force, in the whole-number form.
    #[must_use]
    pub fn get(&self, threshold: &Threshold) -> u32 {
        self.0.get(threshold.key).map_or(threshold.default, |&(value, _)| value)
    }

    /// The value in force as a number of the threshold's unit.
    #[must_use]
    pub fn in_unit(&self, threshold: &Threshold) -> f64 {
        threshold.in_unit(self.get(threshold))
    }

    /// The origin of the value.
    #[must_use]
    pub fn origin(&self, threshold: &Threshold) -> Origin {
        self.0.get(threshold.key).map_or(threshold.origin, |&(_, origin)| origin)
    }

    /// Sets a value from the runner's configuration.
    pub fn configure(&mut self, threshold: &Threshold, value: u32) {
        self.0.insert(threshold.key, (value, Origin::Config));
    }
}
