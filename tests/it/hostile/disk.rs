//! Files that cannot be read, or that disappear or change while they are read, and paths that are not regular files.
#![cfg(unix)]

use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use super::watched::{check, watch};
use crate::place::{Place, QUIET_LOG, gpx};

/// A user who cannot read root's private files.
const NOBODY: u32 = 65_534;

fn allow(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Starts a program that was just copied. If another test forks at that moment, it holds the copy open for writing
/// for a moment, and the kernel reports it as busy.
fn started(command: &mut std::process::Command) -> std::process::Child {
    for _ in 0..500 {
        match command.spawn() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            started => return started.unwrap(),
        }
    }
    panic!("the copy stayed busy for five seconds");
}

#[test]
fn files_and_folders_that_may_not_be_read_have_their_rows_and_the_rest_is_read() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("a.gpx", "x"), ("b.zip", "x"), ("shut/c.gpx", "x")]);
    allow(&place.path(""), 0o755);
    for name in ["in/a.gpx", "in/b.zip", "in/shut"] {
        allow(&place.path(name), 0o000);
    }
    let mut command = check(&place.path(""));
    if std::fs::read(place.path("in/a.gpx")).is_ok() {
        // Root may read everything, so another user runs it.
        let copy = place.path("runhip");
        std::fs::copy(env!("CARGO_BIN_EXE_runhip"), &copy).unwrap();
        command = check(&place.path(""));
        let arguments: Vec<_> = command.get_args().map(std::ffi::OsStr::to_owned).collect();
        let mut other = std::process::Command::new(copy);
        other.args(arguments).current_dir(place.path("")).env_clear().uid(NOBODY).gid(NOBODY);
        other.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        command = other;
    }
    let seen = watch(started(&mut command));
    allow(&place.path("in/shut"), 0o755);
    assert_eq!(seen.status, Some(3), "{}", seen.err);
    let denied = "the file could not be read: permission denied";
    for (path, kind) in [("a.gpx", ", gpx"), ("b.zip", ", zip"), ("shut", "")] {
        let row = seen.row(path);
        assert!(
            row == format!("failed  {path}{kind}: {denied}") || row == format!("failed  {path}: {denied}"),
            "{row}"
        );
    }
    assert_eq!(seen.row("log.csv"), "read    log.csv, csv (run-log), 12 activities");
    assert!(seen.out.contains("4 files: 1 read, 0 merged, 0 ignored, 3 failed."), "{}", seen.out);
}

#[test]
fn a_file_that_is_a_folder_and_links_that_lead_nowhere_or_in_a_circle_have_their_rows() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("folder.gpx/inside.csv", QUIET_LOG)]);
    symlink("gone.gpx", place.path("in/dangling.gpx")).unwrap();
    symlink("circle.gpx", place.path("in/circle.gpx")).unwrap();
    symlink("..", place.path("in/folder.gpx/up")).unwrap();
    symlink("log.csv", place.path("in/same.csv")).unwrap();
    let seen = watch(check(&place.path("")).spawn().unwrap());
    assert_eq!(seen.status, Some(3), "{}", seen.err);
    assert!(seen.row("dangling.gpx").ends_with("the file could not be read: it is not there"), "{}", seen.out);
    assert!(seen.row("circle.gpx").starts_with("failed  circle.gpx: the file could not be read: "), "{}", seen.out);
    assert_eq!(seen.row("folder.gpx/up"), "ignored folder.gpx/up: a link back to a folder above it");
    assert_eq!(seen.row("same.csv"), "ignored same.csv: the same file as log.csv");
    assert!(seen.row("folder.gpx/inside.csv").starts_with("read "), "{}", seen.out);
}

#[test]
fn pipes_sockets_and_devices_are_left_alone_and_nothing_waits_for_them() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let made = std::process::Command::new("mkfifo").arg(place.path("in/pipe.gpx")).status();
    let _socket = std::os::unix::net::UnixListener::bind(place.path("in/socket.csv")).unwrap();
    symlink("/dev/zero", place.path("in/zero.fit")).unwrap();
    symlink("/dev/null", place.path("in/null.json")).unwrap();
    let seen = watch(check(&place.path("")).spawn().unwrap());
    assert_eq!(seen.status, Some(0), "{}", seen.err);
    for name in ["socket.csv", "zero.fit", "null.json"] {
        assert_eq!(seen.row(name), format!("ignored {name}: not a regular file"));
    }
    if made.is_ok_and(|status| status.success()) {
        assert_eq!(seen.row("pipe.gpx"), "ignored pipe.gpx: not a regular file");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_shown_byte_by_byte() {
    let place = Place::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9\x1b[31m\n.csv");
    std::fs::write(place.path("in").join(name), QUIET_LOG).unwrap();
    let seen = watch(check(&place.path("")).spawn().unwrap());
    assert_eq!(seen.row("caf%E9%1B[31m%0A.csv"), "read    caf%E9%1B[31m%0A.csv, csv (run-log), 12 activities");
    assert_eq!(place.json(&[])["runs"][0]["sources"][0], "caf%E9%1B[31m%0A.csv");
}

/// Waits until the program has this file open.
#[cfg(target_os = "linux")]
fn until_open(child: &Child, name: &str) {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_mins(1) {
        let open = std::fs::read_dir(format!("/proc/{}/fd", child.id())).into_iter().flatten();
        let mut targets = open.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
        if targets.any(|target| target.ends_with(name)) {
            return;
        }
    }
    panic!("{name} was never opened");
}

/// A track that takes a while to read: 60 MB of points, a metre and a second apart.
#[cfg(target_os = "linux")]
fn long_track() -> String {
    let point = "<trkpt lat=\"48.1\" lon=\"11.5\"><ele>500</ele><time>2025-03-04T06:00:00Z</time></trkpt>\n";
    let short = gpx("2025-03-04T06:00:00Z", (48.1, 11.5), 20);
    let end = short.find("</trkseg>").unwrap();
    format!("{}{}{}", &short[..end], point.repeat(60_000_000 / point.len()), &short[end..])
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_goes_away_or_is_cut_while_others_are_read_costs_only_itself() {
    let place = Place::with(&[("a.gpx", &long_track()), ("b.gpx", "x"), ("c.zip", "x"), ("log.csv", QUIET_LOG)]);
    let child = check(&place.path("")).args(["--jobs", "1"]).spawn().unwrap();
    until_open(&child, "in/a.gpx");
    std::fs::remove_file(place.path("in/b.gpx")).unwrap();
    std::fs::remove_file(place.path("in/c.zip")).unwrap();
    // The beginning stays, so that the track is cut in the middle of a point.
    std::fs::OpenOptions::new().write(true).open(place.path("in/a.gpx")).unwrap().set_len(1_200).unwrap();
    let seen = watch(child);
    assert_eq!(seen.status, Some(3), "{}", seen.err);
    for name in ["b.gpx", "c.zip"] {
        assert!(seen.row(name).ends_with("the file could not be read: it is not there"), "{}", seen.out);
    }
    assert_eq!(seen.row("a.gpx"), "read    a.gpx, gpx, 1 activity");
    assert!(seen.out.contains("the file breaks off: "), "{}", seen.out);
    assert_eq!(seen.row("log.csv"), "read    log.csv, csv (run-log), 12 activities");
}
