//! Folders and files without write permission: the message says what to do, and nothing there changes. Root may write
//! everywhere, so if the tests run as root, the program runs as another user.

use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::place::{Place, QUIET_LOG, Ran};

const NOBODY: u32 = 65_534;

fn allow(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// A folder whose program runs as a user bound by permissions.
struct Bound {
    place: Place,
    root: bool,
}

impl Bound {
    fn with(files: &[(&str, &str)]) -> Self {
        let place = Place::with(files);
        std::fs::create_dir(place.path("bin")).unwrap();
        let program = place.path("bin/runhip");
        // The user "nobody" may not enter the folder where the program was built.
        if std::fs::hard_link(env!("CARGO_BIN_EXE_runhip"), &program).is_err() {
            std::fs::copy(env!("CARGO_BIN_EXE_runhip"), &program).unwrap();
        }
        allow(&place.path(""), 0o755);
        std::fs::write(place.path("probe"), "").unwrap();
        allow(&place.path("probe"), 0o000);
        let root = std::fs::read(place.path("probe")).is_ok();
        std::fs::remove_file(place.path("probe")).unwrap();
        Self { place, root }
    }

    /// Gives a file or folder to the user that runs the program, with this mode.
    fn give(&self, name: &str, mode: u32) {
        let path = self.place.path(name);
        if self.root {
            chown(&path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        allow(&path, mode);
    }

    fn folder(&self, name: &str, mode: u32) {
        std::fs::create_dir_all(self.place.path(name)).unwrap();
        self.give(name, mode);
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(self.place.path("bin/runhip"));
        command.args(arguments).current_dir(self.place.path("")).env_clear().env("TZ", "UTC");
        command.env("XDG_CACHE_HOME", self.place.path("cache")).stdin(Stdio::null());
        if self.root {
            command.uid(NOBODY).gid(NOBODY);
        }
        // A fresh copy of a program is busy for a moment if another test forks at that time.
        let output = (0..500)
            .find_map(|_| match command.output() {
                Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                    std::thread::sleep(std::time::Duration::from_millis(10));
                    None
                }
                output => Some(output.unwrap()),
            })
            .expect("the copy stays busy");
        output.into()
    }
}

#[track_caller]
fn refused(ran: &Ran, says: &str) {
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (1, "", says));
}

const DENIED: &str = "permission denied; choose a folder that you may write to";

#[test]
fn reports_in_a_folder_that_may_not_be_written_stay_as_they_are() {
    let bound = Bound::with(&[("ada/log.csv", QUIET_LOG)]);
    bound.folder("reports", 0o755);
    for command in ["analyze", "roster"] {
        let arguments = [command, "in", "--as-of", "2025-03-31", "--no-cache"];
        bound.give("reports", 0o755);
        assert_eq!(bound.run(&arguments).status, 0);
        bound.give("reports", 0o555);
        let earlier = bound.place.files("reports");
        bound.place.write("in/ada/log.csv", format!("{QUIET_LOG}2025-03-31,6\n"));
        refused(&bound.run(&arguments), &format!("runhip: reports cannot be written to: {DENIED}\n"));
        assert_eq!(bound.place.files("reports"), earlier);
        // The remedy works.
        bound.folder("elsewhere", 0o755);
        assert_eq!(bound.run(&[&arguments[..], &["--out", "elsewhere"]].concat()).status, 0);
    }
    refused(
        &bound.run(&["analyze", "in", "--as-of", "2025-03-31", "--stdout", "json", "--export", "runs.csv"]),
        &format!("runhip: runs.csv cannot be written: {DENIED}\n"),
    );
    refused(&bound.run(&["init", "."]), &format!("runhip: . cannot be written to: {DENIED}\n"));
    refused(&bound.run(&["demo", "new"]), &format!("runhip: new cannot be written to: {DENIED}\n"));
}

#[test]
fn a_log_that_may_not_be_read_is_named_with_its_way_out_and_costs_only_itself() {
    let bound = Bound::with(&[("log.csv", QUIET_LOG), ("locked.csv", QUIET_LOG)]);
    allow(&bound.place.path("in/locked.csv"), 0o000);
    bound.folder("reports", 0o755);
    let ran = bound.run(&["analyze", "in", "--as-of", "2025-03-31", "--quiet", "--no-cache"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    assert_eq!(
        ran.err,
        "locked.csv: the file could not be read: permission denied; check its permissions and try again\n"
    );
    assert_eq!(bound.place.names("reports").len(), 4);
}

#[test]
fn notes_that_may_not_be_written_stay_as_they_are() {
    let bound = Bound::with(&[]);
    bound.folder("notes", 0o755);
    bound.place.write("notes/pain.md", "2025-03-05: off\n");
    let note = ["note", "--file", "notes/pain.md", "--date", "2025-03-06", "left hip 3/10"];
    for (file, folder, says) in [
        (0o444, 0o755, "it is read-only; let it be written, or name another file with --file"),
        (0o644, 0o555, DENIED),
        (0o000, 0o755, "it is read-only; let it be written, or name another file with --file"),
        (0o200, 0o755, DENIED),
    ] {
        bound.give("notes/pain.md", file);
        bound.give("notes", folder);
        refused(&bound.run(&note), &format!("runhip: notes/pain.md cannot be written: {says}\n"));
        allow(&bound.place.path("notes/pain.md"), 0o644);
        assert_eq!(bound.place.files("notes"), [("pain.md".into(), b"2025-03-05: off\n".to_vec())].into());
    }
    bound.give("notes", 0o755);
    bound.give("notes/pain.md", 0o644);
    assert_eq!(bound.run(&note).status, 0);
    assert_eq!(bound.place.read("notes/pain.md"), "2025-03-05: off\n2025-03-06: left hip 3/10\n");
}

#[test]
fn a_cache_that_may_not_be_written_or_read_costs_nothing_but_time() {
    let bound = Bound::with(&[("log.csv", QUIET_LOG)]);
    let log = std::fs::File::options().write(true).open(bound.place.path("in/log.csv")).unwrap();
    log.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000)).unwrap();
    let arguments = ["analyze", "in", "--as-of", "2025-03-31", "--stdout", "json"];
    let plain = bound.run(&[&arguments[..], &["--no-cache"]].concat()).out;
    assert!(plain.len() > 1_000);
    bound.folder("cache", 0o755);
    bound.folder("cache/runhip", 0o755);
    assert!(bound.run(&arguments).out == plain);
    let kept = bound.place.names("cache/runhip");
    assert_eq!(kept.len(), 1, "the cache works where it may be written");
    for (file, folder) in [(0o644, 0o555), (0o000, 0o755), (0o644, 0o000)] {
        bound.give(&format!("cache/runhip/{}", kept[0]), file);
        bound.give("cache/runhip", folder);
        let ran = bound.run(&arguments);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        assert!(ran.out == plain);
        bound.give("cache/runhip", 0o755);
    }
}

#[test]
fn a_log_folder_that_may_not_be_written_is_read_like_any_other() {
    let bound = Bound::with(&[("log.csv", QUIET_LOG), ("pain.md", "2025-03-05: left hip 3/10\n")]);
    bound.folder("reports", 0o755);
    allow(&bound.place.path("in/log.csv"), 0o444);
    allow(&bound.place.path("in"), 0o555);
    let ran = bound.run(&["analyze", "in", "--as-of", "2025-03-31", "--quiet"]);
    allow(&bound.place.path("in"), 0o755);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(bound.place.names("in"), ["log.csv", "pain.md"]);
}

#[test]
fn a_file_where_a_folder_is_needed_is_named_with_the_way_out() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    place.write("file", "mine\n");
    let stands = "a file stands where a folder is needed; choose another folder, or move that file away";
    let analyze = |out| place.run(&["analyze", "in", "--as-of", "2025-03-31", "--out", out]);
    refused(&analyze("file"), &format!("runhip: file cannot be written to: {stands}\n"));
    refused(&analyze("file/below"), &format!("runhip: file/below cannot be written to: {stands}\n"));
    refused(&place.run(&["init", "file"]), &format!("runhip: file cannot be written to: {stands}\n"));
    refused(
        &place.run(&["note", "--file", "file/pain.md", "hip fine"]),
        &format!("runhip: file/pain.md cannot be written: {stands}\n"),
    );
    refused(
        &place.run(&["note", "--file", "gone/pain.md", "hip fine"]),
        "runhip: gone/pain.md cannot be written: its folder is not there; make that folder, or choose another\n",
    );
    std::fs::create_dir_all(place.path("reports/in-2025-03-31.html")).unwrap();
    refused(
        &analyze("reports"),
        "runhip: reports/in-2025-03-31.html cannot be written: a folder stands in its place; choose another name, or move \
         that folder away\n",
    );
    assert_eq!((place.read("file"), place.names("reports").len()), ("mine\n".to_owned(), 1));
}
