//! What was read is cached for the next run, and the cache never changes a report.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

struct Place(tempfile::TempDir);

impl Place {
    /// A folder of logs, old enough to be cached.
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        for number in 1..=9 {
            let day = format!("2025-03-0{number}");
            place.write(&format!("{day}.csv"), &format!("date,distance_km,notes\n{day},{number}.5,left hip 2/10\n"));
        }
        place.write("pain.md", "2025-03-04: left hip 4/10\n");
        place
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join("in").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(5_000)).unwrap();
        path
    }

    fn report(&self, options: &[&str]) -> Vec<u8> {
        let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_runhip"))
            .current_dir(self.0.path())
            .env("XDG_CACHE_HOME", self.cache())
            .env("HOME", self.0.path())
            .args(["analyze", "in", "--as-of", "2025-03-20", "--timezone", "UTC", "--stdout", "json"])
            .args(options)
            .assert()
            .success();
        output.get_output().stdout.clone()
    }

    fn cache(&self) -> PathBuf {
        self.0.path().join("cache")
    }

    fn cache_files(&self) -> Vec<PathBuf> {
        let folder = self.cache().join("runhip");
        std::fs::read_dir(folder).map_or_else(|_| Vec::new(), |all| all.map(|one| one.unwrap().path()).collect())
    }
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

#[test]
fn the_report_is_the_same_with_a_cache_without_one_and_with_a_spoilt_one() {
    let place = Place::new();
    let plain = place.report(&["--no-cache"]);
    assert!(place.cache_files().is_empty(), "--no-cache keeps nothing");
    assert!(place.report(&[]) == plain);
    let kept = place.cache_files();
    assert_eq!(kept.len(), 1);
    assert!(place.report(&[]) == plain, "from the cache");
    let whole = bytes(&kept[0]);
    for spoilt in [&whole[..whole.len() / 2], b"nonsense", b""] {
        std::fs::write(&kept[0], spoilt).unwrap();
        assert!(place.report(&[]) == plain);
        assert!(bytes(&kept[0]) == whole, "a spoilt cache is made anew");
    }
    std::fs::remove_dir_all(place.cache()).unwrap();
    std::fs::write(place.cache(), "a file where the folder should be").unwrap();
    assert!(place.report(&[]) == plain);
}

#[test]
fn a_changed_and_a_removed_file_are_seen() {
    let place = Place::new();
    place.report(&[]);
    let path = place.write("2025-03-01.csv", "date,distance_km,notes\n2025-03-01,11.5,left hip 2/10\n");
    assert!(place.report(&[]) == place.report(&["--no-cache"]));
    std::fs::remove_file(path).unwrap();
    assert!(place.report(&[]) == place.report(&["--no-cache"]));
}

#[test]
fn what_was_read_under_another_configuration_is_read_again() {
    let place = Place::new();
    place.write("plain.csv", "date,distance\n2025-03-10,5\n2025-03-11,6\n");
    let in_km = place.report(&[]);
    place.write("runhip.toml", "units = \"mi\"\n");
    let in_miles = place.report(&[]);
    assert!(in_miles == place.report(&["--no-cache"]) && in_miles != in_km);
}

#[test]
fn two_runs_at_once_give_the_same_report() {
    let place = Place::new();
    let plain = place.report(&["--no-cache"]);
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..6).map(|_| scope.spawn(|| place.report(&[]))).collect();
        for run in runs {
            assert!(run.join().unwrap() == plain);
        }
    });
    assert!(place.report(&[]) == plain);
}
