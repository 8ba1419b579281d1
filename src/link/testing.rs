//! Preset tests and blocks for the tests of this folder.

use super::preset::Preset;
use super::strata::{Block, Window};

pub(super) const JUMP: Preset = Preset {
    label: "weekly-mileage-jump",
    window: Window::before(14),
    weight: 85,
    one: "a jump week",
    such: "such weeks",
};

pub(super) const SPIKE: Preset =
    Preset { label: "long-run-spike", window: Window::up_to(7), weight: 5, one: "a long-run spike", such: "such runs" };

pub(super) const REST: Preset = Preset {
    label: "too-few-rest-days",
    window: Window::before(14),
    weight: 5,
    one: "a week with too few rest days",
    such: "such weeks",
};

const STREAK: Preset = Preset {
    label: "long-running-streak",
    window: Window::before(14),
    weight: 5,
    one: "a long running streak",
    such: "such streaks",
};

pub(super) const PRESETS: [Preset; 4] = [JUMP, SPIKE, REST, STREAK];

/// A block drawn with `x` for exposed days, and for days on which an episode began.
pub(super) fn block(exposed: &str, onset: &str) -> Block {
    let read = |text: &str| text.bytes().map(|b| b == b'x').collect();
    Block { exposed: read(exposed), onset: read(onset) }
}
