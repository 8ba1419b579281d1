//! `runhip roster --table`: athletes from tables of runs and notes instead of folders. The table is read twice, a
//! part at a time: first to find the athletes, then to sort their rows into temporary files of some hundred thousand
//! each, from which batches of athletes are made. Every error in the table is found before any report is made.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use tempfile::SpooledTempFile;

use super::folders::{AthleteFolder, RosterFolders, archive_stem, tell_apart};
use super::table_parts::{self, PartFile};
use crate::cli::report_name::ReportName;
use crate::cli::{Failure, failure};
use crate::model::log::{Entry, Log};
use crate::model::note::Note;
use crate::tables::cells::{Row, UnusableTable};
use crate::tables::note_rows;
use crate::tables::run_rows::{self, WHOSE, Whose};

/// The number of rows in memory at once as runs and notes.
const ROWS_AT_ONCE: u64 = 200_000;
/// The most files that rows are sorted into.
const MOST_FILES: u64 = 64;
/// How many bytes of each of these files are kept in memory.
const IN_MEMORY_BYTES: usize = 1 << 20;
/// How many bytes are written to one of them at once.
const WRITTEN_BYTES: usize = 1 << 16;

/// Said of every table, since tables do not have these.
pub(super) const NOT_IN_A_TABLE: &str = "a table holds runs and notes alone: other sports, the settings and shoes of one athlete, and what could not be read in the \
     files behind it are not in these reports\n";

/// The tables and their athletes.
pub(super) struct Tables {
    parts: Vec<(Kind, PartFile)>,
    people: People,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Runs,
    Notes,
}

impl Kind {
    fn columns(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Runs => (&run_rows::COLUMNS, &run_rows::NEEDED),
            Self::Notes => (&note_rows::READ, &note_rows::NEEDED),
        }
    }
}

impl Tables {
    /// Searches the tables for their athletes.
    pub fn open(runs: &Path, notes: Option<&Path>) -> Result<Self, Failure> {
        let mut parts: Vec<(Kind, PartFile)> =
            table_parts::find(runs)?.into_iter().map(|part| (Kind::Runs, part)).collect();
        if let Some(notes) = notes {
            parts.extend(table_parts::find(notes)?.into_iter().map(|part| (Kind::Notes, part)));
        }
        let mut people = People::default();
        for (kind, part) in &parts {
            let (_, needed) = kind.columns();
            let wanted: Vec<&'static str> = WHOSE.iter().chain(needed.first()).copied().collect();
            part.rows(&wanted, (needed, &WHOSE), &mut |number, columns, cells| {
                let row = Row { number, columns, cells };
                let at = people.find(run_rows::whose(&row)?, &row)?;
                if let Some(person) = people.all.get_mut(at) {
                    person.rows += 1;
                }
                Ok(())
            })?;
        }
        Ok(Self { parts, people })
    }

    /// The files, which must not be overwritten.
    pub fn files(&self) -> Vec<&Path> {
        self.parts.iter().map(|(_, part)| part.path.as_path()).collect()
    }

    /// The athletes, by folder.
    pub fn athletes(&self) -> RosterFolders {
        let mut athletes: Vec<AthleteFolder> = self.people.all.iter().map(Person::place).collect();
        athletes.sort_by(|a, b| a.folder.cmp(&b.folder));
        // The same as for a roster of folders.
        tell_apart(
            &mut athletes,
            |place| last_part(&place.folder).1.to_owned(),
            &|place| place.folder.rsplit('/').nth(1).unwrap_or_default().to_owned(),
            &|place| place.folder.clone(),
        );
        RosterFolders { athletes, left: Vec::new() }
    }

    /// Sorts the rows of the athletes in these folders, and checks every row of all athletes.
    pub fn sorted(mut self, folders: Vec<String>) -> Result<SortedRows, Failure> {
        let place_of: HashMap<&str, usize> = folders.iter().enumerate().map(|(at, one)| (one.as_str(), at)).collect();
        let places: Vec<Option<usize>> =
            self.people.all.iter().map(|person| place_of.get(person.folder.as_str()).copied()).collect();
        let mut sorted = SortedRows::new(&self.people, folders);
        for (at, (kind, part)) in self.parts.iter().enumerate() {
            let (columns, needed) = kind.columns();
            let wanted: Vec<&'static str> = WHOSE.iter().chain(columns).copied().collect();
            let mut unwritten = None;
            part.rows(&wanted, (needed, &WHOSE), &mut |number, columns, cells| {
                let row = Row { number, columns, cells };
                let person = self.people.find(run_rows::whose(&row)?, &row)?;
                // Errors are reported whichever athletes are in this run.
                let content = match kind {
                    Kind::Runs => Content::Run(run_rows::entry(&row)?),
                    Kind::Notes => Content::Note(note_rows::note(&row)?),
                };
                if let Some(place) = places.get(person).copied().flatten() {
                    let row = SortedRow { place, part: at, number, content };
                    unwritten = unwritten.take().or(sorted.push(&row).err());
                }
                Ok(())
            })?;
            if let Some(error) = unwritten {
                return Err(failure::unwritten(&std::env::temp_dir(), &error));
            }
        }
        sorted.parts = self.parts.into_iter().map(|(_, part)| part.path).collect();
        for file in 0..sorted.files.len() {
            sorted.read(file)?;
        }
        Ok(sorted)
    }
}

/// The people who have rows.
#[derive(Debug, Default)]
struct People {
    all: Vec<Person>,
    by_folder: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Person {
    folder: String,
    name: Option<String>,
    rows: u64,
}

impl People {
    /// The person that a row belongs to: the one with its folder or, where the row has none, the only one with its
    /// name.
    fn find(&mut self, whose: Whose, row: &Row<'_>) -> Result<usize, UnusableTable> {
        let Whose { folder, name } = whose;
        let Some(folder) = folder else {
            let name = name.unwrap_or_default();
            return match self.by_name.get(&name).map(Vec::as_slice) {
                Some([one]) => Ok(*one),
                Some([_, _, ..]) => {
                    let what = format!("several athletes are called {name}; write their folders into a column folder");
                    Err(row.fault("athlete", what))
                }
                _ => Ok(self.add(name.clone(), Some(name))),
            };
        };
        let Some(&at) = self.by_folder.get(&folder) else { return Ok(self.add(folder, name)) };
        let Some(name) = name else { return Ok(at) };
        let Some(person) = self.all.get_mut(at) else { return Ok(at) };
        match &person.name {
            Some(known) if *known == name => {}
            Some(known) => {
                let what =
                    format!("the folder {folder} is {name}'s here and {known}'s in a row before; give each one folder");
                return Err(row.fault("athlete", what));
            }
            None => {
                person.name = Some(name.clone());
                self.by_name.entry(name).or_default().push(at);
            }
        }
        Ok(at)
    }

    fn add(&mut self, folder: String, name: Option<String>) -> usize {
        let at = self.all.len();
        self.by_folder.insert(folder.clone(), at);
        if let Some(name) = &name {
            self.by_name.entry(name.clone()).or_default().push(at);
        }
        self.all.push(Person { folder, name, rows: 0 });
        at
    }
}

impl Person {
    /// The athlete's folder, as in a roster of folders.
    fn place(&self) -> AthleteFolder {
        let (bare, own) = last_part(&self.folder);
        AthleteFolder {
            path: PathBuf::new(),
            tables: Vec::new(),
            person: None,
            prefix: format!("{}/", self.folder),
            name: self.name.clone().unwrap_or_else(|| own.to_owned()),
            stands_for: None,
            report_name: ReportName::new(own, bare),
            slug: String::new(),
            lost: None,
            not_theirs: BTreeSet::new(),
            folder: self.folder.clone(),
        }
    }
}

/// The last part of an athlete's folder, and the same without the ending of an archive.
fn last_part(folder: &str) -> (&str, &str) {
    let bare = folder.rsplit('/').next().unwrap_or(folder);
    (bare, archive_stem(bare).unwrap_or(bare))
}

/// An entry, with the part and the row it was in.
type PlacedRun = (Entry, usize, u64);

/// The rows of some athletes, sorted into files so that those of a few hundred athletes can be read at a time.
pub(super) struct SortedRows {
    files: Vec<SortedFile>,
    /// For each file, the index after its last athlete.
    ends: Vec<usize>,
    /// The folders of the athletes.
    folders: Vec<String>,
    /// The files that the rows come from.
    parts: Vec<PathBuf>,
}

/// One of the files, with the bytes that are still to be written to it.
struct SortedFile {
    file: SpooledTempFile,
    waiting: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct SortedRow {
    place: usize,
    part: usize,
    number: u64,
    content: Content,
}

#[derive(Serialize, Deserialize)]
enum Content {
    Run(Entry),
    Note(Note),
}

impl SortedRows {
    fn new(people: &People, folders: Vec<String>) -> Self {
        let rows: HashMap<&str, u64> = people.all.iter().map(|person| (person.folder.as_str(), person.rows)).collect();
        let of = |folder: &String| rows.get(folder.as_str()).copied().unwrap_or_default();
        let all: u64 = folders.iter().map(of).sum();
        let most = ROWS_AT_ONCE.max(all.div_ceil(MOST_FILES));
        let (mut ends, mut held) = (Vec::new(), 0);
        for (at, folder) in folders.iter().enumerate() {
            held += of(folder);
            if held >= most {
                ends.push(at + 1);
                held = 0;
            }
        }
        if ends.last() != Some(&folders.len()) {
            ends.push(folders.len());
        }
        let file = || SortedFile { file: SpooledTempFile::new(IN_MEMORY_BYTES), waiting: Vec::new() };
        let files = ends.iter().map(|_| file()).collect();
        Self { files, ends, folders, parts: Vec::new() }
    }

    fn push(&mut self, row: &SortedRow) -> std::io::Result<()> {
        let file = self.ends.partition_point(|&end| end <= row.place);
        let Some(file) = self.files.get_mut(file) else { return Ok(()) };
        let bytes = postcard::to_stdvec(row).map_err(std::io::Error::other)?;
        let length = u32::try_from(bytes.len()).map_err(std::io::Error::other)?;
        file.waiting.extend_from_slice(&length.to_le_bytes());
        file.waiting.extend_from_slice(&bytes);
        if file.waiting.len() < WRITTEN_BYTES { Ok(()) } else { file.flush() }
    }

    /// The logs of the file that has the athlete at this index, and the index after its last athlete.
    pub fn among(&mut self, place: usize) -> Result<(Logs, usize), Failure> {
        let file = self.ends.partition_point(|&end| end <= place);
        let end = self.ends.get(file).copied().unwrap_or(self.folders.len());
        Ok((self.read(file)?, end))
    }

    fn read(&mut self, file: usize) -> Result<Logs, Failure> {
        let mut rows: BTreeMap<usize, (Vec<PlacedRun>, Vec<Note>)> = BTreeMap::new();
        let unread = |error: std::io::Error| failure::unwritten(&std::env::temp_dir(), &error);
        if let Some(file) = self.files.get_mut(file) {
            for row in file.rows().map_err(unread)? {
                let (runs, notes) = rows.entry(row.place).or_default();
                match row.content {
                    Content::Run(entry) => runs.push((entry, row.part, row.number)),
                    Content::Note(note) => notes.push(note),
                }
            }
        }
        let mut logs = BTreeMap::new();
        for (place, (runs, notes)) in rows {
            let Some(folder) = self.folders.get(place) else { continue };
            logs.insert(folder.clone(), self.log(folder, runs, notes)?);
        }
        Ok(Logs(Mutex::new(logs)))
    }

    fn log(&self, folder: &str, runs: Vec<PlacedRun>, mut notes: Vec<Note>) -> Result<Log, Failure> {
        if let Some((first, second)) = twice(&runs) {
            let named = |(_, part, number): &PlacedRun| {
                let file = self.parts.get(*part).map_or_else(String::new, |path| path.display().to_string());
                format!("{file}, row {number}")
            };
            let (folder, id) = (folder.to_owned(), known_by(&second.0));
            return Err(Failure::RowTwice { row: named(second), first: named(first), folder, id });
        }
        let entries: Vec<Entry> = runs.into_iter().map(|(entry, ..)| entry).collect();
        let (mut runs, mut other): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(|one| one.sport.is_running());
        run_rows::in_order(&mut runs);
        run_rows::in_order(&mut other);
        notes.sort_by_key(|note| note.date);
        Ok(Log { runs, other, notes, ..Log::default() })
    }
}

/// How a run is named in a message.
fn known_by(entry: &Entry) -> String {
    let start = || entry.local_start.map_or_else(|| entry.local_date.to_string(), |start| start.to_string());
    if entry.id.is_empty() { format!("of {}", start()) } else { entry.id.clone() }
}

/// Two rows of the same run: with the same id or, without ids, with the same start and distance.
fn twice(runs: &[PlacedRun]) -> Option<(&PlacedRun, &PlacedRun)> {
    let mut by_id: HashMap<String, &PlacedRun> = HashMap::new();
    runs.iter().find_map(|row| {
        let entry = &row.0;
        let key = match (entry.id.is_empty(), entry.local_start) {
            (false, _) => entry.id.clone(),
            (true, Some(start)) => format!("{start} {:?}", entry.distance),
            // Without a time of day, two runs of one day may be different ones.
            (true, None) => return None,
        };
        by_id.insert(key, row).map(|first| (first, row))
    })
}

impl SortedFile {
    fn flush(&mut self) -> std::io::Result<()> {
        self.file.write_all(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }

    /// All rows, after the last one is written.
    fn rows(&mut self) -> std::io::Result<Vec<SortedRow>> {
        self.flush()?;
        self.file.rewind()?;
        let mut file = BufReader::new(&mut self.file);
        let (mut rows, mut length, mut bytes) = (Vec::new(), [0; 4], Vec::new());
        while !file.fill_buf()?.is_empty() {
            file.read_exact(&mut length)?;
            bytes.resize(usize::try_from(u32::from_le_bytes(length)).unwrap_or_default(), 0);
            file.read_exact(&mut bytes)?;
            rows.push(postcard::from_bytes(&bytes).map_err(std::io::Error::other)?);
        }
        Ok(rows)
    }
}

/// The logs of some athletes by folder; each can be taken once.
pub(super) struct Logs(Mutex<BTreeMap<String, Log>>);

impl Logs {
    /// Takes the log of one athlete.
    pub fn take(&self, folder: &str) -> Log {
        self.0.lock().ok().and_then(|mut logs| logs.remove(folder)).unwrap_or_default()
    }
}
