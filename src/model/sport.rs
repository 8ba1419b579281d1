//! Sports, as far as the report distinguishes them: the kinds of running, and everything else.

use std::fmt;

/// A sport. Only the running ones count as running distance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Sport {
    /// Running outdoors, or running without further detail.
    Run,
    /// Trail running.
    TrailRun,
    /// Treadmill or indoor running.
    TreadmillRun,
    /// Running on a track.
    TrackRun,
    /// Running in a virtual world.
    VirtualRun,
    /// Any other sport, in the source's own word.
    Other(String),
}

impl Sport {
    /// The kind of running with this name in the JSON, the configuration and the table of names.
    #[must_use]
    pub fn run_named(name: &str) -> Option<Self> {
        Some(match name {
            "run" => Self::Run,
            "trail-run" => Self::TrailRun,
            "treadmill-run" => Self::TreadmillRun,
            "track-run" => Self::TrackRun,
            "virtual-run" => Self::VirtualRun,
            _ => return None,
        })
    }

    /// True for every kind of running.
    #[must_use]
    pub fn is_running(&self) -> bool {
        !matches!(self, Self::Other(_))
    }

    /// The name used in the JSON.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Run => "run",
            Self::TrailRun => "trail-run",
            Self::TreadmillRun => "treadmill-run",
            Self::TrackRun => "track-run",
            Self::VirtualRun => "virtual-run",
            Self::Other(word) => word,
        }
    }
}

impl fmt::Display for Sport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
