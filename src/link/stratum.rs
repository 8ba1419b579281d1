//! The counts of one stratum, and which outcomes they allow.

/// The counts of one stratum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stratum {
    /// At-risk days (N).
    pub days: u64,
    /// At-risk days that are exposed (K).
    pub exposed_days: u64,
    /// Onsets on at-risk days (c).
    pub onsets: u64,
    /// Onsets on exposed days (a).
    pub exposed_onsets: u64,
}

impl Stratum {
    /// Whether the counts are consistent. An inconsistent stratum is left out of every sum.
    pub fn is_possible(&self) -> bool {
        self.exposed_days <= self.days && self.onsets <= self.days && {
            let (low, high) = support(self);
            (low..=high).contains(&self.exposed_onsets)
        }
    }

    /// Whether more than one number of exposed onsets is possible: some days exposed, some not, and an onset.
    pub fn is_informative(&self) -> bool {
        self.is_possible() && {
            let (low, high) = support(self);
            low < high
        }
    }
}

/// The smallest and the largest number of exposed onsets that the margins allow.
pub(super) fn support(stratum: &Stratum) -> (u64, u64) {
    let unexposed_days = stratum.days - stratum.exposed_days;
    (stratum.onsets.saturating_sub(unexposed_days), stratum.onsets.min(stratum.exposed_days))
}
