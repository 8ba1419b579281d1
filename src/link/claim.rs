//! What may be said of a link, and which figures that takes. The thresholds for a claim stand here and nowhere else.

use serde::Serialize;

/// The number of usable episodes from which counts are shown.
pub const FOR_COUNTS: u64 = 3;
/// The number of usable episodes from which an estimate and p-values are shown.
pub const FOR_ESTIMATE: u64 = 5;
/// The number of informative strata below which nothing is claimed.
pub const INFORMATIVE_STRATA: u64 = 2;
/// The significance level of a claim, for adjusted p-values.
pub const LEVEL: f64 = 0.05;
/// What the lower limit of a pooled ratio has to reach. With thousands of episodes chance is soon ruled out, but the
/// ways people write and log remain: in simulation these alone gave ratios of up to 1.36.
pub const POOLED_RATIO: f64 = 1.5;

/// What may be said of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// Too few episodes for counts.
    TimelineOnly,
    /// Counts and nothing more.
    CountsOnly,
    /// Even the most extreme outcome could not be told from chance.
    CannotBeTested,
    /// Not shown in this log; not "no link" either.
    NotShown,
    /// More often than chance explains.
    MoreOftenThanChance,
}

/// The figures a claim rests on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grounds {
    pub episodes_usable: u64,
    pub informative_strata: u64,
    /// Whether more onsets are exposed than expected.
    pub more_than_expected: bool,
    /// The p-value, adjusted over the preset tests.
    pub p: f64,
    /// Whether the most extreme outcome would have been enough for a claim.
    pub could_be_shown: bool,
    /// Whether the log bears out the assumptions of the test.
    pub borne_out: bool,
}

/// The strongest claim the figures allow.
pub(super) fn claim(grounds: &Grounds) -> Claim {
    match grounds.episodes_usable {
        0..FOR_COUNTS => Claim::TimelineOnly,
        FOR_COUNTS..FOR_ESTIMATE => Claim::CountsOnly,
        _ if grounds.informative_strata < INFORMATIVE_STRATA || !grounds.could_be_shown => Claim::CannotBeTested,
        _ if grounds.p <= LEVEL && grounds.more_than_expected && grounds.borne_out => Claim::MoreOftenThanChance,
        _ => Claim::NotShown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRONG: Grounds = Grounds {
        episodes_usable: 7,
        informative_strata: 3,
        more_than_expected: true,
        p: 0.01,
        could_be_shown: true,
        borne_out: true,
    };

    #[test]
    fn each_ground_can_take_the_claim_away() {
        assert_eq!(claim(&STRONG), Claim::MoreOftenThanChance);
        assert_eq!(claim(&Grounds { p: 0.05, ..STRONG }), Claim::MoreOftenThanChance);
        assert_eq!(claim(&Grounds { p: 0.051, ..STRONG }), Claim::NotShown);
        assert_eq!(claim(&Grounds { borne_out: false, ..STRONG }), Claim::NotShown);
        assert_eq!(claim(&Grounds { more_than_expected: false, ..STRONG }), Claim::NotShown);
        assert_eq!(claim(&Grounds { informative_strata: 1, ..STRONG }), Claim::CannotBeTested);
        assert_eq!(claim(&Grounds { could_be_shown: false, p: 0.3, ..STRONG }), Claim::CannotBeTested);
    }

    #[test]
    fn the_number_of_usable_episodes_opens_the_gates() {
        let with = |episodes_usable| claim(&Grounds { episodes_usable, ..STRONG });
        assert_eq!(
            [0, 2, 3, 4, 5].map(with),
            [
                Claim::TimelineOnly,
                Claim::TimelineOnly,
                Claim::CountsOnly,
                Claim::CountsOnly,
                Claim::MoreOftenThanChance
            ]
        );
    }
}
