//! What is stored from one run to the next holds no place, nothing that is gone and nothing of others, and can be
//! deleted on request.

use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::place::{AS_OF, Place, QUIET_LOG, gpx};

const NOTES: &str = "2025-03-05: left hip 3/10\n2025-03-06: hip fine\n";

/// A folder whose logs are old enough to be cached.
fn settled() -> Place {
    let place = Place::with(&[
        ("log.csv", QUIET_LOG),
        ("track.gpx", &gpx("2025-03-04T18:30:00Z", (-36.851_234, 174.763_456), 30)),
        ("pain.md", NOTES),
    ]);
    for name in place.names("in") {
        age(&place, &format!("in/{name}"), 5_000);
    }
    place
}

fn age(place: &Place, name: &str, seconds: u64) {
    let file = std::fs::File::options().write(true).open(place.path(name)).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
}

fn run(place: &Place, arguments: &[&str]) -> (i32, String) {
    let output = place.command().env("XDG_CACHE_HOME", place.path("home")).args(arguments).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stdout).unwrap())
}

fn report(place: &Place) -> String {
    // The last file was written just now, and a file that changed within one tick of the clock is not cached.
    std::thread::sleep(Duration::from_millis(50));
    run(place, &["analyze", "in", "--as-of", AS_OF, "--stdout", "json"]).1
}

fn caches(place: &Place) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(place.path("home/runhip")).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "cache")).collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

#[test]
fn the_cache_holds_the_zone_of_a_track_and_no_coordinate() {
    let place = settled();
    let first = report(&place);
    assert!(first.contains("\"utc_offset_s\": 46800"), "{first}");
    let kept = std::fs::read(&caches(&place)[0]).unwrap();
    assert!(holds(&kept, b"Pacific/Auckland") && holds(&kept, b"track.gpx"));
    for coordinate in [-36.851_234_f64, 174.763_456] {
        assert!(!holds(&kept, &coordinate.to_le_bytes()) && !holds(&kept, &coordinate.to_be_bytes()));
        assert!(!holds(&kept, format!("{coordinate}").as_bytes()));
    }
    assert_eq!(report(&place), first, "from the cache");
}

#[test]
fn a_note_of_the_same_size_and_time_is_read_again() {
    for replaced in [false, true] {
        let place = settled();
        let first = report(&place);
        let then = std::fs::metadata(place.path("in/pain.md")).unwrap().modified().unwrap();
        let other = NOTES.replace("hip fine", "hip sore");
        assert_eq!(other.len(), NOTES.len());
        if replaced {
            place.write("new.md", &other);
            std::fs::rename(place.path("new.md"), place.path("in/pain.md")).unwrap();
        } else {
            place.write("in/pain.md", &other);
        }
        let file = std::fs::File::options().write(true).open(place.path("in/pain.md")).unwrap();
        file.set_modified(then).unwrap();
        let second = report(&place);
        assert!(second != first && second.contains("hip sore"));
        assert_eq!(second, run(&place, &["analyze", "in", "--as-of", AS_OF, "--stdout", "json", "--no-cache"]).1);
    }
}

#[test]
fn what_belongs_to_folders_that_are_gone_is_dropped() {
    let place = settled();
    report(&place);
    std::fs::rename(place.path("in"), place.path("moved")).unwrap();
    place.write("other/log.csv", QUIET_LOG);
    age(&place, "other/log.csv", 5_000);
    std::thread::sleep(Duration::from_millis(50));
    let gone = caches(&place);
    assert_eq!(run(&place, &["check", "other"]).0, 0);
    let now = caches(&place);
    assert!(now.len() == 1 && now != gone, "{now:?}");
}

#[test]
fn what_was_not_used_for_long_is_dropped_and_what_is_used_stays() {
    let place = settled();
    report(&place);
    let cache = caches(&place).remove(0);
    let unused_for = |days: u64| {
        let file = std::fs::File::options().write(true).open(&cache).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_hours(24 * days)).unwrap();
    };
    place.write("other/log.csv", QUIET_LOG);
    unused_for(80);
    run(&place, &["check", "other"]);
    assert!(cache.exists());
    report(&place);
    let age = std::fs::metadata(&cache).unwrap().modified().unwrap().elapsed().unwrap();
    assert!(age < Duration::from_hours(1), "it was used now");
    unused_for(91);
    run(&place, &["check", "other"]);
    assert!(!cache.exists());
}

#[test]
fn nothing_but_a_regular_file_of_ones_own_is_trusted() {
    let place = settled();
    let first = report(&place);
    let cache = caches(&place).remove(0);
    let whole = std::fs::read(&cache).unwrap();
    // A cache that somebody else could have put there, with another distance for a run.
    let elsewhere = place.path("elsewhere");
    std::fs::write(&elsewhere, &whole).unwrap();
    std::fs::remove_file(&cache).unwrap();
    symlink(&elsewhere, &cache).unwrap();
    assert_eq!(report(&place), first);
    assert!(
        !cache.is_symlink() && std::fs::read(&elsewhere).unwrap() == whole,
        "it was made anew, and not through the link"
    );
    std::fs::remove_file(&cache).unwrap();
    if std::process::Command::new("mkfifo").arg(&cache).status().is_ok_and(|status| status.success()) {
        assert_eq!(report(&place), first, "nothing waits for a pipe");
    }
}

#[test]
fn the_cache_is_shown_measured_and_cleared() {
    let place = settled();
    assert_eq!(run(&place, &["cache", "size"]), (0, "0 caches, 0 B\n".to_owned()));
    let first = report(&place);
    let path = run(&place, &["cache", "path"]).1;
    assert_eq!(path.trim_end(), place.path("home/runhip").to_string_lossy());
    let (status, size) = run(&place, &["cache", "size"]);
    assert!(status == 0 && size.starts_with("1 cache, "), "{size}");
    place.write("home/runhip/mine.txt", "mine");
    let (status, cleared) = run(&place, &["cache", "clear"]);
    assert_eq!((status, cleared), (0, format!("removed {size}")));
    assert_eq!(place.names("home/runhip"), ["mine.txt"]);
    assert_eq!(report(&place), first);
    std::fs::remove_file(place.path("home/runhip/mine.txt")).unwrap();
    assert_eq!(run(&place, &["cache", "clear"]).0, 0);
    assert!(!place.path("home/runhip").exists());
    assert_eq!(run(&place, &["cache", "clear"]), (0, "removed 0 caches, 0 B\n".to_owned()));
    let ran = place.run(&["cache", "sweep"]);
    assert_eq!(ran.status, 2, "{}", ran.err);
}
