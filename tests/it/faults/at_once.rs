//! Several runs at once on the same logs, cache, reports and notes: each succeeds, and the result is what a single
//! run would have left.

use std::time::{Duration, UNIX_EPOCH};

use crate::place::{Place, QUIET_LOG, Ran};

fn place() -> Place {
    let place = Place::new();
    for athlete in ["ada", "bo", "cy"] {
        for (name, text) in [("log.csv", QUIET_LOG), ("pain.md", "2025-03-05: left hip 3/10\n")] {
            place.write(&format!("in/{athlete}/{name}"), text);
            let file = std::fs::File::options().write(true).open(place.path(&format!("in/{athlete}/{name}"))).unwrap();
            file.set_modified(UNIX_EPOCH + Duration::from_secs(1_700_000_000)).unwrap();
        }
    }
    // A file that changed within one tick of the clock is not cached, whatever its time says.
    std::thread::sleep(Duration::from_millis(50));
    place
}

fn run(place: &Place, arguments: &[&str]) -> Ran {
    let mut command = place.command();
    command.env("XDG_CACHE_HOME", place.path("cache")).args(arguments).output().unwrap().into()
}

#[test]
fn two_and_eight_runs_at_once_leave_what_one_leaves() {
    for command in ["analyze", "roster"] {
        let arguments = [command, "in", "--as-of", "2025-03-31", "--format", "html,md,json", "--export", "runs.csv"];
        let alone = place();
        let printed = run(&alone, &arguments).out;
        let (reports, kept) = (alone.files("reports"), alone.files("cache/runhip").len());
        assert!(kept > 0);
        for runs in [2, 8] {
            let place = place();
            for _ in 0..3 {
                std::thread::scope(|scope| {
                    let all: Vec<_> = (0..runs).map(|_| scope.spawn(|| run(&place, &arguments))).collect();
                    for one in all {
                        let ran = one.join().unwrap();
                        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
                        assert_eq!(ran.out, printed);
                    }
                });
                // The names too: nothing half written is left, and no file of a run that was still writing was
                // removed.
                assert_eq!(place.names("reports"), alone.names("reports"), "{command}, {runs} at once");
                assert!(place.files("reports") == reports, "{command}, {runs} at once");
                assert_eq!(place.files("cache/runhip").len(), kept);
                assert_eq!(place.read("runs.csv"), alone.read("runs.csv"));
            }
        }
    }
}

#[test]
fn notes_written_while_reports_are_made_are_read_whole() {
    let place = place();
    place.write("in/ada/pain.md", format!("{}2025-03-29: off\n", "words before the first day\n".repeat(4_000)));
    let notes = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for number in 0..20 {
                let text = format!("left hip {}/10", number % 7 + 1);
                let ran = run(&place, &["note", "--file", "in/ada/pain.md", "--date", "2025-03-30", &text]);
                assert_eq!((ran.status, ran.err.as_str()), (0, ""));
            }
        });
        let mut seen = Vec::new();
        while !writer.is_finished() {
            let ran = run(&place, &["check", "in/ada/pain.md"]);
            let row = ran.out.lines().next().unwrap_or_default().to_owned();
            let notes = row.rsplit_once(", ").and_then(|(_, notes)| notes.split(' ').next()?.parse::<u32>().ok());
            assert!(ran.status == 0 && (notes.is_some() || row.starts_with("ignored")), "{row}{}", ran.err);
            seen.push(notes.unwrap_or(0));
        }
        seen
    });
    assert!(notes.is_sorted() && notes.len() > 2, "a note that was there went away: {notes:?}");
    assert_eq!(place.read("in/ada/pain.md").lines().filter(|line| line.starts_with("2025-03-30: ")).count(), 20);
}
