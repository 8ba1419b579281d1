//! The same checks for what the other commands print and write, and for files open while they run.

use std::collections::BTreeSet;

use super::{SECRET_PLACE, assert_no_coordinate, coordinates};
use crate::place::{AS_OF, Place, QUIET_LOG, gpx};

/// The output of the other commands: the roster's index and reports, plans, exported tables, notes, explanations.
fn elsewhere(place: &Place, user: &str) -> Vec<(String, Vec<u8>)> {
    let whole = |name: &str| place.path(name).to_str().unwrap().to_owned();
    let home = place.path("home").join(user);
    let mut all = Vec::new();
    let mut run = |arguments: &[&str]| {
        let mut command = place.command();
        command.env("HOME", &home).env("USER", user).env("LOGNAME", user).env("XDG_CACHE_HOME", home.join("cache"));
        let output = command.args(arguments).output().unwrap();
        assert!(
            matches!(output.status.code(), Some(0 | 1 | 3)),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        all.push((arguments.join(" "), [output.stdout, output.stderr].concat()));
    };
    let (team, log, plan) = (whole("team"), whole("team/one"), whole("plan.csv"));
    for format in ["html", "md", "json"] {
        run(&["roster", &team, "--as-of", AS_OF, "--timezone", "UTC", "--stdout", format]);
    }
    run(&["plan", &plan, "--log", &log, "--as-of", AS_OF, "--timezone", "UTC"]);
    run(&["plan", &plan, "--log", &log, "--as-of", AS_OF, "--timezone", "UTC", "--stdout", "json"]);
    let wish = ["--as-of", AS_OF, "--target", "6km", "--by", "2025-05-11", "--suggest", "--stdout"];
    run(&[&["plan", "--log", &log][..], &wish, &["json"]].concat());
    run(&["check", &log, &team]);
    run(&["explain"]);
    run(&["explain", "worn-shoes"]);
    run(&["guide", "warning-signs"]);
    run(&["man"]);
    // The last line names the place as it was given, so it is given as a relative path here.
    let mut tables = Vec::new();
    for ending in ["csv", "parquet"] {
        run(&["analyze", &log, "--as-of", AS_OF, "--timezone", "UTC", "--quiet", "--export", &format!("one.{ending}")]);
        run(&["roster", &team, "--as-of", AS_OF, "--quiet", "--out", "rosters", "--export", &format!("all.{ending}")]);
        for name in ["one", "all"] {
            let name = format!("{name}.{ending}");
            tables.push((name.clone(), std::fs::read(place.path(&name)).unwrap()));
        }
    }
    all.extend(tables);
    for folder in ["reports", "rosters"] {
        for name in place.names(folder) {
            all.push((format!("{folder}/{name}"), std::fs::read(place.path(&format!("{folder}/{name}"))).unwrap()));
        }
    }
    all
}

#[test]
fn no_other_command_tells_a_coordinate_a_whole_path_or_a_users_name() {
    let place = Place::new();
    let start = "2025-03-14T06:00:00Z";
    for athlete in ["one", "two"] {
        place.write(&format!("team/{athlete}/track.gpx"), gpx(start, SECRET_PLACE, 40));
        place.write(&format!("team/{athlete}/cut.gpx"), &gpx("2025-03-15T06:00:00Z", SECRET_PLACE, 40)[..900]);
        place.write(&format!("team/{athlete}/log.csv"), QUIET_LOG);
        place.write(&format!("team/{athlete}/pain.md"), "2025-03-20: right hip 4/10\n");
    }
    place.write("team/three/runhip.toml", "nonsense = 1\n");
    place.write("plan.csv", "date,distance_km\n2025-04-01,6\n2025-04-03,30\n");
    let user = "zaphodb";
    let all = elsewhere(&place, user);
    assert!(all.len() > 30, "{}", all.len());
    let known = coordinates(&place, "team");
    assert!(known.contains(&51_477) && known.contains(&12_345));
    let root = place.path(".").canonicalize().unwrap();
    let root = root.to_str().unwrap();
    for (name, bytes) in &all {
        assert!(bytes.len() > 300 || name.contains("--quiet"), "{name} is short");
        let text = String::from_utf8_lossy(bytes);
        // In a binary file, a run of digits means nothing; a coordinate would be stored in eight bytes.
        if name.ends_with("parquet") && !name.contains(' ') {
            for degrees in [SECRET_PLACE.0, SECRET_PLACE.1] {
                assert!(!bytes.windows(8).any(|some| some == degrees.to_le_bytes()), "{name} holds {degrees}");
            }
        } else {
            assert_no_coordinate(name, &text, &known);
        }
        for word in [root, "/tmp/", "/home/", user] {
            assert!(!text.contains(word), "{name} holds {word}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_that_is_open_while_a_log_is_read_is_a_connection() {
    let place = Place::new();
    place.run(&["demo", "demo"]);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_runhip"));
    command.args(["analyze", "demo", "--quiet", "--no-cache", "--export", "runs.parquet"]).current_dir(place.path(""));
    // What these tests themselves were given to read from may be a connection; and of a user without a HOME the C
    // library looks up the folder, for which it asks a name service of this machine through a socket.
    let alone = command.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::null()).env_clear();
    let mut child = alone.stderr(std::process::Stdio::null()).env("HOME", place.path("home")).spawn().unwrap();
    let mut seen = BTreeSet::new();
    while child.try_wait().unwrap().is_none() {
        let open = std::fs::read_dir(format!("/proc/{}/fd", child.id())).into_iter().flatten().flatten();
        seen.extend(
            open.filter_map(|entry| Some(std::fs::read_link(entry.path()).ok()?.to_string_lossy().into_owned())),
        );
    }
    assert!(seen.iter().any(|target| target.contains("demo/")), "its files were seen open: {seen:?}");
    assert_eq!(seen.iter().filter(|target| target.starts_with("socket:")).count(), 0, "{seen:?}");
}
