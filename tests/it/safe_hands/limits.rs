//! Work grows with the input and not with its square, and if the system grants too little of something, one line says
//! so.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::place::{AS_OF, Place, QUIET_LOG, Ran};

/// Runs the program with a shell's `ulimit`.
fn limited(place: &Place, limit: &str, arguments: &[&str]) -> Ran {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &format!("{limit} && exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_runhip")]).args(arguments);
    command.current_dir(place.path("")).env_clear().env("TZ", "UTC").stdin(Stdio::null());
    command.output().unwrap().into()
}

/// Status 1, one line, and nothing half written.
#[track_caller]
fn one_line(place: &Place, ran: &Ran, says: &str) {
    assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{}", ran.err);
    assert!(ran.err.lines().count() == 1 && ran.err.contains(says) && !ran.err.contains("panicked"), "{}", ran.err);
    let parts = walkdir::WalkDir::new(place.path("")).into_iter().flatten();
    let parts: Vec<_> = parts.filter(|entry| entry.file_name().to_string_lossy().contains(".part")).collect();
    assert!(parts.is_empty(), "{parts:?}");
}

#[test]
fn too_few_open_files_are_told_before_any_is_missed() {
    let place = Place::with(&[("ada/log.csv", QUIET_LOG)]);
    place.write("plan.csv", "date,distance_km\n2025-04-01,5\n");
    for files in [4, 5, 8, 16, 30] {
        for arguments in [
            &["analyze", "in", "--as-of", AS_OF][..],
            &["roster", "in", "--as-of", AS_OF],
            &["check", "in"],
            &["plan", "plan.csv", "--log", "in", "--as-of", AS_OF],
            &["analyze", "in", "--as-of", AS_OF, "--export", "runs.parquet"],
        ] {
            let ran = limited(&place, &format!("ulimit -n {files}"), arguments);
            one_line(&place, &ran, &format!("the limit here is {files}; raise it with ulimit -n"));
            assert!(ran.err.contains("ulimit -n") && !place.path("runs.parquet").exists(), "{}", ran.err);
        }
    }
    // A limit that may be raised is raised.
    let ran = limited(&place, "ulimit -S -n 16", &["analyze", "in", "--as-of", AS_OF, "--stdout", "md"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
}

#[test]
fn too_little_memory_is_told() {
    let place = Place::with(&[("ada/log.csv", QUIET_LOG)]);
    for kilobytes in [150_000, 250_000] {
        for arguments in
            [&["analyze", "in", "--as-of", AS_OF][..], &["roster", "in", "--as-of", AS_OF], &["check", "in"]]
        {
            let ran = limited(&place, &format!("ulimit -v {kilobytes}"), arguments);
            one_line(&place, &ran, "raise it with ulimit -v");
        }
    }
}

#[test]
fn memory_that_runs_out_on_the_way_ends_in_a_line() {
    // A file that is held whole and a second time as text: more than is left beside the program itself.
    let place = Place::new();
    let row = format!("2025-03-04,5,{}\n", "x".repeat(900_000));
    place.write("in/log.csv", format!("date,distance_km,weather\n{}", row.repeat(100)));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let least = (300_000_000 + 20_000_000 * threads) / 1_024 + 1_024;
    let mut ended = Vec::new();
    for more in [0, 50_000, 100_000, 200_000, 3_000_000] {
        let limit = format!("ulimit -v {}", least + more);
        let ran = limited(&place, &limit, &["analyze", "in", "--as-of", AS_OF, "--no-cache", "--stdout", "md"]);
        // Each thread that gets no memory may say so and how to learn where.
        let says =
            |line: &str| ["memory allocation of ", "runhip: ", "note: "].iter().any(|begin| line.starts_with(begin));
        let told = ran.status == 1 && !ran.err.is_empty() && ran.err.lines().all(says);
        assert!(told || ran.status == 0, "{limit}: {} {}", ran.status, ran.err);
        ended.push(ran.status);
    }
    assert_eq!((ended[0], ended[4]), (1, 0), "{ended:?}");
}

#[test]
fn a_bound_on_files_is_told_and_no_signal_ends_the_program() {
    let place = Place::with(&[("ada/log.csv", QUIET_LOG)]);
    // The shell does not change the signal; unless handled, it would end the program without a message.
    let limit = "ulimit -f 4";
    for arguments in [
        &["analyze", "in", "--as-of", AS_OF, "--no-cache"][..],
        &["roster", "in", "--as-of", AS_OF, "--no-cache"],
        &["demo", "demo"],
    ] {
        let ran = limited(&place, limit, arguments);
        one_line(
            &place,
            &ran,
            "cannot be written: it would be larger than files may be here; raise the limit (ulimit -f)",
        );
    }
    assert_eq!(place.names("reports"), [""; 0]);
}

/// A log with a run for each of so many shoes.
fn shoes(count: usize) -> String {
    let mut log = "date,distance_km,shoe\n".to_owned();
    for number in 0..count {
        let (month, day) = (number / 28 % 3 + 1, number % 28 + 1);
        writeln!(log, "2025-{month:02}-{day:02},5.{},Pair {number}", number % 10).unwrap();
    }
    log
}

/// The time of the quickest of a few runs.
fn quickest(place: &Place, arguments: &[&str], statuses: &[i32]) -> Duration {
    let once = || {
        let begun = Instant::now();
        let ran = place.run(arguments);
        assert!(statuses.contains(&ran.status), "{arguments:?}: {} {}", ran.status, ran.err);
        begun.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap()
}

/// Four times the input takes at most eight times as long; work that grew with the square would take sixteen.
#[track_caller]
fn grows_with_its_size(little: Duration, much: Duration) {
    assert!(much < little * 8 + Duration::from_millis(300), "{little:?} for a quarter of what takes {much:?}");
}

#[test]
fn shoes_by_the_thousand_take_their_share_of_time_and_no_more() {
    let of = |count: usize| {
        let place = Place::with(&[("log.csv", &shoes(count))]);
        quickest(&place, &["analyze", "in", "--as-of", AS_OF, "--no-cache", "--stdout", "json"], &[0])
    };
    grows_with_its_size(of(5_000), of(20_000));
}

#[test]
fn corrections_by_the_thousand_take_their_share_of_time_and_no_more() {
    let of = |count: usize| {
        let mut log = "date,distance_km\n".to_owned();
        let (mut notes, mut settings) = (String::new(), String::new());
        for number in 0..count {
            let (year, month, day) = (1990 + number / 336 % 30, number / 28 % 12 + 1, number % 28 + 1);
            writeln!(log, "{year}-{month:02}-{day:02},5.{}", number % 10).unwrap();
            writeln!(notes, "{year}-{month:02}-{day:02}: the {number}th day of it").unwrap();
            let run = format!("{year}{month:02}{day:02}");
            writeln!(settings, "[[corrections]]\nrun = \"{run}\"\nshoe = \"Pair\"").unwrap();
        }
        for line in notes.lines().take(count / 4) {
            let (day, words) = line.split_once(": ").unwrap();
            writeln!(settings, "[[corrections]]\ndate = {day}\ntext = \"{words}\"\nreading = \"none\"").unwrap();
        }
        let place = Place::with(&[("log.csv", &log), ("pain.md", &notes), ("runhip.toml", &settings)]);
        quickest(&place, &["check", "in", "--no-cache"], &[0])
    };
    grows_with_its_size(of(2_000), of(8_000));
}

#[test]
fn a_plan_of_more_runs_than_anyone_plans_is_refused_and_a_long_one_is_held() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let event = |day: usize| {
        format!("BEGIN:VEVENT\nDTSTART:2025{:02}{:02}\nSUMMARY:5 km easy\nEND:VEVENT\n", day / 28 % 6 + 4, day % 28 + 1)
    };
    let calendar = |events: usize| {
        let events: String = (0..events).map(event).collect();
        format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
    };
    place.write("long.ics", calendar(100_000));
    let begun = Instant::now();
    let ran = place.run(&["plan", "long.ics", "--log", "in", "--as-of", AS_OF]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{}", ran.err);
    let says = "the plan holds 100000 runs that are still to come; no more than 5000 are checked";
    assert!(ran.err.contains(says), "{}", ran.err);
    assert!(begun.elapsed() < Duration::from_mins(1), "{:?}", begun.elapsed());
    place.write("year.ics", calendar(168));
    assert_eq!(place.run(&["plan", "year.ics", "--log", "in", "--as-of", AS_OF, "--quiet"]).status, 0);
}

#[test]
fn more_settings_than_anyone_writes_are_told_with_their_line() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    place.write("in/runhip.toml", format!("ignore = [\n{}]\n", "\"old/**/*.gpx\",\n".repeat(1_001)));
    let ran = place.analyze(&[]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert_eq!(ran.err, "runhip: in/runhip.toml:1002: there are more than 1000 patterns under ignore\n");
}
