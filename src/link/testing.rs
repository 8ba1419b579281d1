//! Tests like those of the rules, for the tests of this folder.

use super::preset::Preset;
use super::strata::Window;

pub(super) const JUMP: Preset =
    Preset { label: "weekly-mileage-jump", window: Window::before(14), one: "a jump week", such: "such weeks" };

pub(super) const SPIKE: Preset =
    Preset { label: "long-run-spike", window: Window::up_to(7), one: "a long-run spike", such: "such runs" };

pub(super) const REST: Preset = Preset {
    label: "too-few-rest-days",
    window: Window::before(14),
    one: "a week with too few rest days",
    such: "such weeks",
};

const STREAK: Preset = Preset {
    label: "long-running-streak",
    window: Window::before(14),
    one: "a long running streak",
    such: "such streaks",
};

pub(super) const PRESETS: [Preset; 4] = [JUMP, SPIKE, REST, STREAK];
