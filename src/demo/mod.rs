//! The made-up athlete of `runhip demo`: two years of training and pain notes from a seed, as a plan and as the files
//! a runner would have. Uses neither the disk nor the clock, and does not know the rules by which a log is judged.

pub mod calendar;
pub mod events;
pub mod gear;
pub mod journal;
pub mod plan;
pub mod route;
pub mod seed;
pub mod story;
pub mod table;
pub mod team;
pub mod track;

pub use events::{Event, EventKind};
pub use gear::PlannedShoe;
pub use plan::{DemoPlan, PlannedOther, PlannedRun, Surface, plan};
pub use story::{ExpectedReading, PlannedNote};

/// The seed of the samples, and the default of `runhip demo`.
pub const DEFAULT_SEED: u64 = 1;

/// Every file of the plan as a relative path with `/` and its bytes, in a fixed order: configuration, run log,
/// journal, then the tracks by name. The same plan gives the same bytes on every system.
#[must_use]
pub fn files(plan: &DemoPlan) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("runhip.toml".to_owned(), gear::configuration("Sample Runner", &plan.shoes).into_bytes()),
        ("runs.csv".to_owned(), table::run_log(plan).into_bytes()),
        ("pain.md".to_owned(), journal::journal(&plan.notes).into_bytes()),
    ];
    let mut tracks: Vec<_> = plan.runs.iter().filter_map(track::track).collect();
    tracks.sort();
    files.extend(tracks);
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEDS: [u64; 4] = [0, 1, 2, 987_654_321];

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        for seed in SEEDS {
            assert_eq!(files(&plan(seed)), files(&plan(seed)));
        }
    }

    #[test]
    fn another_seed_gives_another_log_with_the_same_file_names_but_for_start_times() {
        let (one, two) = (files(&plan(1)), files(&plan(2)));
        assert_eq!(one.len(), two.len());
        assert_ne!(one[1].1, two[1].1, "the run log");
        assert_ne!(one[3].1, two[3].1, "the first track");
    }

    #[test]
    fn every_planned_track_is_written_once() {
        for seed in SEEDS {
            let plan = plan(seed);
            let tracked = plan.runs.iter().filter(|run| run.route.is_some()).count();
            let mut names: Vec<_> = files(&plan).into_iter().map(|(name, _)| name).collect();
            assert_eq!(names.len(), tracked + 3);
            names.sort();
            names.dedup();
            assert_eq!(names.len(), tracked + 3);
        }
    }

    #[test]
    fn the_whole_is_smaller_than_three_megabytes() {
        for seed in SEEDS {
            let bytes: usize = files(&plan(seed)).iter().map(|(_, bytes)| bytes.len()).sum();
            assert!(bytes < 3_000_000, "{bytes} bytes");
        }
    }

    #[test]
    fn file_names_and_contents_name_neither_a_machine_nor_an_absolute_path() {
        for (name, bytes) in files(&plan(1)) {
            assert!(!name.starts_with('/') && !name.contains(".."), "{name}");
            assert!(!String::from_utf8_lossy(&bytes).contains("/home"), "{name}");
        }
    }
}
