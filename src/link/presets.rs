//! The four preset tests: label, window and words. To this folder a label is a label; what raises its flags is known
//! elsewhere.

use super::strata::Window;

/// One preset test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its label.
    pub label: &'static str,
    /// The days before an onset in which a flag counts.
    pub window: Window,
    /// "… were preceded by *one*".
    pub one: &'static str,
    /// "… from how often you had *such*".
    pub such: &'static str,
}

/// Jump, spike, rest, long streak, in this order.
pub const PRESETS: [Preset; 4] = [JUMP, SPIKE, REST, STREAK];

/// Weekly jumps, dated on the crossing day.
pub const JUMP: Preset =
    Preset { label: "weekly-mileage-jump", window: Window::before(14), one: "a jump week", such: "such weeks" };

/// Long-run spikes: the run itself can be the painful one, so its own day counts, on every day alike.
pub const SPIKE: Preset =
    Preset { label: "long-run-spike", window: Window::up_to(7), one: "a long-run spike", such: "such runs" };

/// Weeks with too few rest days, dated on their last day.
pub const REST: Preset = Preset {
    label: "too-few-rest-days",
    window: Window::before(14),
    one: "a week with too few rest days",
    such: "such weeks",
};

/// Long streaks; every day beyond the sixth is a flag day.
pub const STREAK: Preset = Preset {
    label: "long-running-streak",
    window: Window::before(14),
    one: "a long running streak",
    such: "such streaks",
};
