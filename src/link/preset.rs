//! What a test of the statistics is: its label, its window and its words. To this folder a label is a label; what raises
//! its flags is known elsewhere.

use super::strata::Window;

/// One test that every report makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its label, the id of a rule.
    pub label: &'static str,
    /// The days before an onset in which a flag counts.
    pub window: Window,
    /// Its share of the chance of a false claim, of a hundred that all tests have together, fixed before any log is seen.
    pub weight: u32,
    /// "… were preceded by *one*".
    pub one: &'static str,
    /// "… from how often you had *such*".
    pub such: &'static str,
}
