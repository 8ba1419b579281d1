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
    /// "… were preceded by *one*".
    pub one: &'static str,
    /// "… from how often you had *such*".
    pub such: &'static str,
}
