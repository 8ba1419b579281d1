//! Ends the program with `kill -9` at two hundred random moments, spread over its whole life and over its writing:
//! each file is then the complete old or the complete new one, and the next run gives what a clean run would.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::place::Place;

/// Kills of each kind.
const KILLS: u32 = 50;

/// How long a run may take before the test gives up, even on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// Pseudo-random numbers, the same every time.
struct Draws(u64);

impl Draws {
    /// The next number, from 0 up to but excluding 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap()) / f64::from(1_u32 << 31)
    }
}

/// Name and bytes of every file in a folder; empty if there is no folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| Some((entry.file_name().into_string().ok()?, std::fs::read(entry.path()).ok()?)))
        .collect()
}

/// The names, sizes and times in a folder; they change with every step of writing.
fn look(folder: &Path) -> Vec<(std::ffi::OsString, u64, Option<SystemTime>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut seen: Vec<_> = entries
        .filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            Some((entry.file_name(), metadata.len(), metadata.modified().ok()))
        })
        .collect();
    seen.sort();
    seen
}

fn left_lying(folder: &Path) -> Vec<String> {
    files(folder).into_keys().filter(|name| name.starts_with('.') && !name.ends_with(".runhip")).collect()
}

/// How long a program takes.
#[derive(Clone, Copy, Debug)]
struct Pace {
    /// From its start to its end.
    life: Duration,
    /// From its first step of writing to its last.
    writing: Duration,
}

impl Pace {
    /// The shortest of several: a busy machine only makes them longer, and a kill that comes too late hits nothing.
    fn usual(paces: &[Self]) -> Self {
        Self {
            life: paces.iter().map(|pace| pace.life).min().unwrap(),
            writing: paces.iter().map(|pace| pace.writing).min().unwrap(),
        }
    }

    /// Adapts to a machine that has become faster or slower: earlier after a kill that came too late, later after one
    /// that hit.
    fn follow(&mut self, number: u32, hit: bool) {
        let time = if is_over_life(number) { &mut self.life } else { &mut self.writing };
        *time = time.mul_f64(if hit { 1.2 } else { 0.8 });
    }
}

/// Whether a kill is drawn over the whole life of the program rather than over its writing.
const fn is_over_life(number: u32) -> bool {
    number.is_multiple_of(2)
}

/// A program that is by turns run to its end and killed.
struct Victim<'a> {
    place: &'a Place,
    /// The folder it writes to.
    folder: &'a str,
    arguments: Vec<&'a str>,
}

impl Victim<'_> {
    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_runhip"));
        command.args(&self.arguments).current_dir(self.place.path("")).env_clear().env("TZ", "UTC");
        command.env("XDG_CACHE_HOME", self.place.path("cache")).env("HOME", self.place.path("home"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn spawn(&self) -> Child {
        self.command().spawn().unwrap()
    }

    /// Runs it to its end and returns its output.
    fn whole(&self) -> Vec<u8> {
        let output = self.command().stdout(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        output.stdout
    }

    /// Runs it to its end and measures it.
    fn watched(&self) -> Pace {
        let folder = self.place.path(self.folder);
        let (begun, before) = (Instant::now(), look(&folder));
        let mut child = self.spawn();
        let (mut last, mut changes) = (before, Vec::new());
        while child.try_wait().unwrap().is_none() && begun.elapsed() < PATIENCE {
            let now = look(&folder);
            if now != last {
                changes.push(begun.elapsed());
                last = now;
            }
        }
        let writing = changes.first().zip(changes.last()).map(|(first, last)| last.saturating_sub(*first));
        Pace { life: begun.elapsed(), writing: writing.unwrap_or_default() }
    }

    /// Kills it, every other time at a moment of its life, otherwise soon after it begins to write.
    fn kill(&self, number: u32, draws: &mut Draws, pace: Pace) {
        let folder = self.place.path(self.folder);
        let before = look(&folder);
        let begun = Instant::now();
        let mut child = self.spawn();
        if is_over_life(number) {
            std::thread::sleep(pace.life.mul_f64(1.2 * draws.share()));
        } else {
            while look(&folder) == before && child.try_wait().unwrap().is_none() && begun.elapsed() < PATIENCE {}
            std::thread::sleep(pace.writing.mul_f64(draws.share()));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

/// Six weeks of runs on five days each, with so many kilometres on the last day.
fn log(km: u32) -> String {
    let first: chrono::NaiveDate = "2025-02-17".parse().unwrap();
    let mut log = "date,distance_km,shoe\n".to_owned();
    for week in 0..6 {
        for day in [0, 1, 3, 4, 6] {
            let date = first + chrono::Days::new(week * 7 + day);
            writeln!(log, "{date},{},Pair {}", 5 + (week * 3 + day) % 9, week / 3).unwrap();
        }
    }
    writeln!(log, "2025-03-30,{km}").unwrap();
    log
}

/// Writes a file with an old time, so that what is read from it is cached.
fn write_aged(place: &Place, name: &str, text: &str, seconds: u64) {
    place.write(name, text);
    let file = std::fs::File::options().write(true).open(place.path(name)).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds)).unwrap();
    // A file that changed within one tick of the clock is not cached, whatever its time says.
    std::thread::sleep(Duration::from_millis(50));
}

/// Kills the program again and again while it goes from one state of the log to the other: each file in its folder
/// always belongs to one of the two states. `tells` extracts what is compared.
fn killed_between(
    place: &Place,
    victim: &Victim<'_>,
    change: impl Fn(u32),
    tells: impl Fn(Vec<u8>) -> Vec<u8>,
    seed: u64,
) {
    let folder = place.path(victim.folder);
    let files = |folder: &Path| -> BTreeMap<String, Vec<u8>> {
        files(folder).into_iter().map(|(name, bytes)| (name, tells(bytes))).collect()
    };
    let clean = [0, 1].map(|state| {
        change(state);
        let _ = std::fs::remove_dir_all(&folder);
        let printed = victim.whole();
        let clean = files(&folder);
        assert!(!clean.is_empty() && left_lying(&folder).is_empty());
        (clean, printed)
    });
    let usual = (0..6).map(|number| {
        change(number % 2);
        victim.watched()
    });
    let mut rhythm = Pace::usual(&usual.collect::<Vec<_>>());
    let (mut draws, mut unfinished) = (Draws(seed), 0);
    for number in 0..KILLS {
        let state = number % 2;
        change(state);
        victim.kill(number, &mut draws, rhythm);
        let found = files(&folder);
        for (name, bytes) in found.iter().filter(|(name, _)| !name.starts_with('.')) {
            let whole = clean.iter().any(|(clean, _)| clean.get(name) == Some(bytes));
            assert!(whole, "{name} is torn after kill {number}: {} bytes", bytes.len());
        }
        let lost: Vec<&String> = clean[0].0.keys().filter(|name| !found.contains_key(*name)).collect();
        assert!(lost.is_empty(), "{lost:?} went away with kill {number}");
        let (clean, clean_print) = &clean[state as usize];
        let hit = found != *clean;
        rhythm.follow(number, hit);
        unfinished += u32::from(hit);
        let printed = victim.whole();
        assert!(printed == *clean_print, "what is printed after kill {number} differs from a clean run");
        assert!(files(&folder) == *clean, "what is written after kill {number} differs from a clean run");
    }
    eprintln!("{unfinished} of {KILLS} kills came before the end: {rhythm:?}");
    assert!(unfinished >= KILLS / 10, "only {unfinished} of {KILLS} kills came before the end: {rhythm:?}");
}

#[test]
fn reports_are_the_old_or_the_new_and_the_next_run_makes_them_as_if_nothing_had_been() {
    let place = Place::new();
    let victim = Victim {
        place: &place,
        folder: "reports",
        arguments: vec!["analyze", "in", "--as-of", "2025-03-31", "--format", "html,md,json", "--no-cache"],
    };
    let change = |state| place.write("in/log.csv", log(5 + state));
    killed_between(&place, &victim, change, |bytes| bytes, 11);
    for (name, text) in files(&place.path("reports")) {
        let text = String::from_utf8(text).unwrap();
        match name.rsplit('.').next().unwrap() {
            "html" => assert!(text.trim_end().ends_with("</html>"), "{name}"),
            "json" => assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{name}"),
            _ => assert!(text.starts_with("<!-- runhip report -->"), "{name}"),
        }
    }
}

#[test]
fn a_roster_and_its_index_are_the_old_or_the_new() {
    let place = Place::new();
    let victim = Victim {
        place: &place,
        folder: "reports",
        arguments: vec![
            "roster",
            "in",
            "--as-of",
            "2025-03-31",
            "--no-cache",
            "--quiet",
            "--export",
            "reports/all.csv",
        ],
    };
    let change = |state| {
        for athlete in ["ada", "bo"] {
            place.write(&format!("in/{athlete}/log.csv"), log(5 + state));
        }
    };
    killed_between(&place, &victim, change, |bytes| bytes, 22);
}

/// Which state a complete cache belongs to; a torn one is returned as it is. The cache holds when each file last
/// changed, so no two are equal.
fn told_by_cache(bytes: Vec<u8>) -> Vec<u8> {
    let mut line_ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    let behind_heading = line_ends.nth(2).and_then(|end| bytes[end..].split_first_chunk::<4>());
    let is_whole = |(sum, body): &(&[u8; 4], &[u8])| {
        let mut crc = flate2::Crc::new();
        crc.update(body);
        crc.sum() == u32::from_le_bytes(**sum)
    };
    let Some((_, body)) = behind_heading.filter(is_whole) else { return bytes };
    let states = ["state 0 of two", "state 1 of two"].into_iter();
    let held = states.filter(|state| memchr::memmem::find(body, state.as_bytes()).is_some());
    held.collect::<String>().into_bytes()
}

#[test]
fn the_cache_is_the_old_or_the_new() {
    let place = Place::new();
    // Only reading, which ends with writing the cache.
    let victim = Victim { place: &place, folder: "cache/runhip", arguments: vec!["check", "in"] };
    let mut notes = String::new();
    for number in 0..1_000 {
        writeln!(notes, "2025-03-{:02}: left hip, note {number} {}", number % 28 + 1, "of many ".repeat(20)).unwrap();
    }
    write_aged(&place, "in/pain.md", &notes, 0);
    // A second later, so that the change is noticed.
    let change = |state: u32| {
        write_aged(&place, "in/log.csv", &log(5 + state), u64::from(state));
        write_aged(&place, "in/state.md", &format!("2025-03-30: left hip, state {state} of two\n"), u64::from(state));
    };
    killed_between(&place, &victim, change, told_by_cache, 33);
}

#[test]
fn a_note_is_there_whole_or_not_at_all_and_none_before_it_is_lost() {
    let place = Place::new();
    // Text before the first date is kept but not parsed, so that most of the program's life is reading and writing
    // the file.
    let mut before = "words about this diary and its runner\n".repeat(3_000);
    for day in 1..=28 {
        writeln!(before, "2025-03-{day:02}: left hip sore").unwrap();
    }
    place.write("in/pain.md", &before);
    let arguments = |text| vec!["note", "--file", "in/pain.md", "--date", "2025-03-30", text];
    let victim = Victim { place: &place, folder: "in", arguments: arguments("right hip 2/10, killed") };
    let next = Victim { place: &place, folder: "in", arguments: arguments("left hip 3/10, not killed") };
    let mut rhythm = Pace::usual(&[(); 6].map(|()| next.watched()));
    before.push_str(&"2025-03-30: left hip 3/10, not killed\n".repeat(6));
    let (mut draws, mut unfinished) = (Draws(44), 0);
    for number in 0..KILLS {
        victim.kill(number, &mut draws, rhythm);
        let after = place.read("in/pain.md");
        let noted = format!("{before}2025-03-30: right hip 2/10, killed\n");
        assert!(after == before || after == noted, "the notes are torn after kill {number}: {} bytes", after.len());
        rhythm.follow(number, after == before);
        unfinished += u32::from(after == before);
        if number % 5 == 4 {
            next.whole();
            assert!(place.read("in/pain.md") == format!("{after}2025-03-30: left hip 3/10, not killed\n"));
            assert_eq!(place.names("in"), ["pain.md"], "the run after kill {number} tidies up");
        }
        before = place.read("in/pain.md");
    }
    eprintln!("{unfinished} of {KILLS} kills came before the end: {rhythm:?}");
    assert!(unfinished >= KILLS / 10, "only {unfinished} of {KILLS} kills came before the end: {rhythm:?}");
}
