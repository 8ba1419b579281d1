//! `check`, `init` and `demo`.

use crate::place::{Place, QUIET_LOG, gpx};

#[test]
fn check_prints_the_ledger_and_writes_nothing() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("pain.md", "2025-03-26: left hip 3/10\n"), ("photo.jpg", "x")]);
    place.write("in/a.gpx", gpx("2025-03-12T06:00:00Z", (48.1, 11.5), 70));
    place.write("in/b.gpx", place.read("in/a.gpx"));
    let ran = place.run(&["check", "in"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(
        ran.out,
        "read    a.gpx, gpx, 1 activity\n\
         merged  b.gpx, gpx, 1 activity: the same as in a.gpx\n\
         read    log.csv, csv (run-log), 12 activities\n\
         read    pain.md, text (journal), 1 note\n\
         ignored photo.jpg: not a kind of file that runhip reads\n\
         assumed log.csv: no column names a sport, so 12 rows were taken for runs; if some are not, add a column \"sport\", \
         or list the file under ignore in runhip.toml\n\
         \n\
         5 files: 3 read, 1 merged, 1 ignored, 0 failed.\n\
         13 runs, 0 other activities, 1 note; 1 duplicate merged, 0 activities left out.\n"
    );
    assert_eq!(place.names("."), ["in"]);
}

#[test]
fn init_writes_a_configuration_once_and_never_over_another() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let ran = place.run(&["init", "in"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(ran.out, "in/runhip.toml written. Every line in it is optional.\n");
    assert_eq!(place.analyze(&["--quiet"]).status, 0, "it is valid as written");

    place.write("in/runhip.toml", "athlete = \"Ada\"\n");
    let again = place.run(&["init", "in"]);
    assert_eq!((again.status, again.out.as_str()), (1, ""));
    assert_eq!(again.err, "runhip: in/runhip.toml exists already and was not changed\n");
    assert_eq!(place.read("in/runhip.toml"), "athlete = \"Ada\"\n");
}

#[test]
fn demo_refuses_a_folder_that_holds_anything() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let ran = place.run(&["demo", "in"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert_eq!(ran.err, "runhip: in is not empty; name a new folder, so that nothing of yours is lost\n");
    assert_eq!(place.names("in"), ["log.csv"]);
    assert_eq!(place.run(&["demo", "in/log.csv"]).status, 1);
    assert_eq!(place.read("in/log.csv"), QUIET_LOG);
}

#[test]
fn demo_says_what_to_do_next_and_that_works() {
    let place = Place::new();
    let ran = place.run(&["demo", "athlete"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let next = ran.out.lines().find_map(|line| line.strip_prefix("Next: runhip ")).unwrap();
    let next: Vec<&str> = next.split(' ').collect();
    let ran = place.run(&next);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("▲ "), "{}", ran.out);
}

#[test]
fn a_seed_makes_one_athlete_and_another_seed_another() {
    let place = Place::new();
    for (folder, seed) in [("a", "7"), ("b", "7"), ("c", "8")] {
        assert_eq!(place.run(&["demo", folder, "--seed", seed]).status, 0);
    }
    assert_eq!(place.names("a"), place.names("b"));
    assert_eq!(place.read("a/runs.csv"), place.read("b/runs.csv"));
    assert_ne!(place.read("a/runs.csv"), place.read("c/runs.csv"));
}
