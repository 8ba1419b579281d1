//! A folder for one test, the program run in it, and files put into it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Output;

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

/// The day of every report here; a Monday.
pub const AS_OF: &str = "2025-03-31";

/// Metres in one degree of latitude on a sphere of 6,371,008.8 m.
const METRES_PER_DEGREE: f64 = 111_195.079_7;

/// A folder with `in/` for logs. The program runs in the folder that contains `in/`.
pub struct Place {
    dir: tempfile::TempDir,
}

/// The outcome of a run.
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ran {
    /// The status is -1 if a signal ended the program.
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Place {
    /// A folder with an empty `in/`.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("in")).unwrap();
        Self { dir }
    }

    /// A folder with these files in `in/`.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let place = Self::new();
        for (name, text) in files {
            place.write(&format!("in/{name}"), text);
        }
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The names in a folder, sorted.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Name and bytes of every file in a folder, including hidden ones.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let names = self.names(folder).into_iter();
        names.map(|name| (name.clone(), std::fs::read(self.path(&format!("{folder}/{name}"))).unwrap())).collect()
    }

    /// The program in this folder, with only a neutral environment.
    pub fn command(&self) -> assert_cmd::Command {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_runhip"));
        command.current_dir(self.dir.path()).env_clear().env("TZ", "UTC").env("LANG", "C");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.command().args(arguments).output().unwrap().into()
    }

    /// `analyze in` as of [`AS_OF`], with more arguments.
    pub fn analyze(&self, more: &[&str]) -> Ran {
        self.run(&[&["analyze", "in", "--as-of", AS_OF], more].concat())
    }

    /// The report of `in` as JSON.
    pub fn json(&self, more: &[&str]) -> Value {
        let ran = self.analyze(&[&["--stdout", "json"], more].concat());
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}{}", ran.out, ran.err))
    }
}

/// The ledger's row of one file.
pub fn file<'a>(report: &'a Value, path: &str) -> &'a Value {
    let files = report["import"]["files"].as_array().unwrap();
    files.iter().find(|row| row["path"] == path).unwrap_or_else(|| panic!("no row for {path}: {files:?}"))
}

/// One field of every element, as text.
pub fn each(rows: &Value, field: &str) -> Vec<String> {
    rows.as_array()
        .unwrap()
        .iter()
        .map(|row| row[field].as_str().map_or_else(|| row[field].to_string(), str::to_owned))
        .collect()
}

/// A report without its ledger and the names of files.
pub fn figures(report: &Value) -> Value {
    let mut report = report.clone();
    report["import"] = Value::Null;
    // This is the path for which the file is named.
    report["athlete"]["known_by"] = Value::Null;
    report["seal"] = Value::Null;
    for run in report["runs"].as_array_mut().unwrap() {
        run["sources"] = Value::Null;
    }
    for note in report["pain"].as_array_mut().unwrap() {
        note["source"] = Value::Null;
    }
    report
}

/// A GPX of `steps` steps of 100 m and 30 s each, due north.
pub fn gpx(start: &str, (lat, lon): (f64, f64), steps: u32) -> String {
    let start: DateTime<Utc> = start.parse().unwrap();
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                    <gpx version=\"1.1\" creator=\"made up\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n\
                    <trk><type>running</type><trkseg>\n"
        .to_owned();
    for step in 0..=steps {
        let lat = lat + f64::from(step) * 100.0 / METRES_PER_DEGREE;
        let time = (start + Duration::seconds(i64::from(step) * 30)).format("%Y-%m-%dT%H:%M:%SZ");
        writeln!(text, "<trkpt lat=\"{lat:.7}\" lon=\"{lon:.7}\"><time>{time}</time></trkpt>").unwrap();
    }
    text + "</trkseg></trk>\n</gpx>\n"
}

/// A run log of three quiet weeks.
pub const QUIET_LOG: &str = "date,distance_km\n\
    2025-03-04,5\n2025-03-06,5\n2025-03-09,5\n\
    2025-03-11,5\n2025-03-13,5\n2025-03-16,5\n\
    2025-03-18,5\n2025-03-20,5\n2025-03-23,5\n\
    2025-03-25,5\n2025-03-27,5\n2025-03-30,5\n";
