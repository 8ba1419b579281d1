//! The anchors of what a page shows, by its place in the report.

/// The anchor of a finding by its place in the report.
#[must_use]
pub fn finding_anchor(at: usize) -> String {
    format!("finding-{at}")
}

/// The anchor of an episode by its place in the report.
#[must_use]
pub fn episode_anchor(at: usize) -> String {
    format!("episode-{at}")
}

/// The anchor of a warning sign by its place in the report.
#[must_use]
pub fn warning_anchor(at: usize) -> String {
    format!("sign-{at}")
}

/// The anchor of a line of advice by its place in the report.
#[must_use]
pub fn advice_anchor(at: usize) -> String {
    format!("advice-{at}")
}
