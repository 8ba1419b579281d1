//! What must hold for any bytes, for each reader. Fuzzing and the test of kept inputs both run this list; a reader
//! that breaks a promise panics here.

mod contents;
mod entries;
mod logs;
mod notes;
mod others;
mod plans;
mod whole;

/// A reader's name, which is also that of its fuzz target and its folder of kept inputs, and its check.
pub type Reader = (&'static str, fn(&[u8]));

/// Every reader.
pub const READERS: [Reader; 16] = [
    ("gpx", logs::gpx),
    ("tcx", logs::tcx),
    ("fit", logs::fit),
    ("run_log", logs::run_log),
    ("tables", logs::tables),
    ("apple_health", logs::apple_health),
    ("json", logs::json),
    ("workbook", logs::workbook),
    ("archive", logs::archive),
    ("notes", notes::notes),
    ("config", others::config),
    ("plan", plans::plan),
    ("timestamp", others::timestamp),
    ("cache", others::cache),
    ("earlier", others::earlier),
    ("report", whole::report),
];

/// The readers whose inputs are log files.
pub const READ_AS_LOGS: [&str; 9] =
    ["gpx", "tcx", "fit", "run_log", "tables", "apple_health", "json", "workbook", "notes"];

/// Runs the check of one reader.
pub fn hold(name: &str, bytes: &[u8]) {
    let (_, holds) = READERS.iter().find(|(known, _)| *known == name).expect("a reader of this name");
    holds(bytes);
}

/// How many activities a reader finds in a file of this name.
pub fn activities_of(name: &str, bytes: &[u8]) -> usize {
    logs::from_memory(name, bytes).imported.activities.len()
}

/// What the cache stores for a file of this name.
pub fn in_cache(name: &str, bytes: &[u8]) -> Vec<u8> {
    postcard::to_stdvec(&[(name, logs::from_memory(name, bytes))]).expect("what was read can be kept")
}
