//! What defines a test of the statistics: its label, its window and its words. Here a label is only a name; what
//! raises its flags is known elsewhere.

use super::strata::Window;

/// One of the tests that every report makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its label, which is the id of a rule.
    pub label: &'static str,
    /// The days before an onset in which a flag counts.
    pub window: Window,
    /// Its share, in hundredths, of the chance of a false claim that all tests have together, fixed before any log is
    /// seen. The weights of all rules with a `link` add up to 100: a new one takes its share from the others.
    pub weight: u32,
    /// "… were preceded by *one*".
    pub one: &'static str,
    /// "… from how often you had *such*".
    pub such: &'static str,
}
