//! The anchors of a page's rows, by their index in the report.

/// The anchor of a finding by its index in the report.
#[must_use]
pub fn finding_anchor(at: usize) -> String {
    format!("finding-{at}")
}

/// The anchor of an episode by its index in the report.
#[must_use]
pub fn episode_anchor(at: usize) -> String {
    format!("episode-{at}")
}

/// The anchor of a warning sign by its index in the report.
#[must_use]
pub fn warning_anchor(at: usize) -> String {
    format!("sign-{at}")
}

/// The anchor of a line of advice by its index in the report.
#[must_use]
pub fn advice_anchor(at: usize) -> String {
    format!("advice-{at}")
}
