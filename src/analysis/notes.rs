//! The notes of a log with their readings. Applies the runner's corrections, and reads a note that names no place
//! again as one about the hip if its context shows that the hip is meant.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::config::{Config, Correction};
use crate::model::concern::Concern;
use crate::model::log::Log;
use crate::model::note::{AssumedHip, Given, Note, NoteOrigin};
use crate::model::reading::{Reading, Side};
use crate::pain::episodes::OPEN_DAYS;
use crate::pain::{concern, reading};
use crate::report::facts::NoteAsRead;

/// The fewest notes worth handing to another thread.
const FEW_NOTES: usize = 32;
/// Up to so many different notes are read by the thread at hand.
const ALONE: usize = 128;

/// The reading of one note of a log.
#[derive(Clone, Debug)]
pub(super) struct NoteReading {
    /// The position of the note in the log.
    pub note: usize,
    /// What the note says.
    pub reading: Reading,
    /// Set if the note names no place and was taken to be about the hip.
    pub assumed_hip: Option<AssumedHip>,
}

impl NoteReading {
    /// Puts the reading together with its note.
    pub fn beside(self, log: &Log) -> Option<NoteAsRead<'_>> {
        Some(NoteAsRead { note: log.notes.get(self.note)?, reading: self.reading, assumed_hip: self.assumed_hip })
    }
}

/// Reads the notes up to `as_of`. A run's title counts as a note only if it speaks of pain.
pub(super) fn readings(log: &Log, config: &Config, as_of: NaiveDate, athlete: Option<&str>) -> Vec<NoteReading> {
    let (places, known): (Vec<usize>, Vec<&Note>) =
        log.notes.iter().enumerate().filter(|(_, note)| note.date <= as_of).unzip();
    let names = [athlete, config.athlete.as_deref(), log.owner.as_deref()];
    let noted = places.into_iter().zip(read_all(&known, config, &names));
    noted
        .filter(|(_, noted)| noted.note.origin != NoteOrigin::RunTitle || speaks_of_pain(noted.note, &noted.reading))
        .map(|(note, noted)| NoteReading { note, reading: noted.reading, assumed_hip: noted.assumed_hip })
        .collect()
}

/// Reads the notes up to `as_of`, each beside its note.
pub(super) fn read<'a>(log: &'a Log, config: &Config, as_of: NaiveDate) -> Vec<NoteAsRead<'a>> {
    readings(log, config, as_of, None).into_iter().filter_map(|one| one.beside(log)).collect()
}

/// Reads notes, which have to be sorted by day; `names` are what the athlete is called.
pub(super) fn read_all<'a>(notes: &[&'a Note], config: &Config, names: &[Option<&str>]) -> Vec<NoteAsRead<'a>> {
    let corrections = corrections_by_day(config);
    let own = names_of_the_log(notes, names);
    let mut read: Vec<(NoteAsRead<'a>, bool)> = readings_of(notes, &corrections, &own)
        .into_iter()
        .zip(notes)
        .map(|((reading, corrected), &note)| (NoteAsRead { note, reading, assumed_hip: None }, corrected))
        .collect();
    let mut open = OpenPain::default();
    let mut files = HipOfFiles::default();
    for day in read.chunk_by_mut(|(one, _), (other, _)| one.note.date == other.note.date) {
        for (noted, _) in day.iter() {
            open.hurts(&noted.reading, noted.note.date);
        }
        for (noted, _) in day.iter_mut().filter(|(_, corrected)| !corrected) {
            assume_hip(noted, &open, &mut files);
            open.hurts(&noted.reading, noted.note.date);
        }
        for (noted, _) in day.iter() {
            open.denied(&noted.reading, noted.note.date);
        }
    }
    read.into_iter().map(|(noted, _)| noted).collect()
}

/// The reading of each note by itself, and whether the runner has corrected it. Reading takes most of the time of a report,
/// so it runs in parallel, and words that come again and tell of no hip, such as the titles that watches give, are read once.
fn readings_of(notes: &[&Note], corrections: &Corrections<'_>, own: &[String]) -> Vec<(Reading, bool)> {
    let read = |at: usize| notes.get(at).map(|note| reading_of(note, corrections, own)).unwrap_or_default();
    let firsts = first_alike(notes, corrections);
    let apart: Vec<usize> = (0..notes.len()).filter(|at| firsts[*at] == *at).collect();
    let once: HashMap<usize, (Reading, bool)> = apart.iter().copied().zip(over(&apart, read)).collect();
    // How long a hip has hurt depends on the day of the note as well.
    let hurts = |first: &usize| once.get(first).is_some_and(|(reading, _)| reading.hip);
    let again: Vec<usize> = (0..notes.len()).filter(|at| firsts[*at] != *at && hurts(&firsts[*at])).collect();
    let mut again: HashMap<usize, (Reading, bool)> = again.iter().copied().zip(over(&again, read)).collect();
    let known = |(at, first)| again.remove(&at).or_else(|| once.get(first).cloned()).unwrap_or_default();
    firsts.iter().enumerate().map(known).collect()
}

/// What is read at each of these places, in parallel where there are many.
fn over(places: &[usize], read: impl Fn(usize) -> (Reading, bool) + Sync) -> Vec<(Reading, bool)> {
    if places.len() <= ALONE {
        places.iter().map(|at| read(*at)).collect()
    } else {
        places.par_iter().with_min_len(FEW_NOTES).map(|at| read(*at)).collect()
    }
}

/// For each note the position of the first with the same words, of those that nothing but their words tells.
fn first_alike(notes: &[&Note], corrections: &Corrections<'_>) -> Vec<usize> {
    let mut seen: HashMap<(&str, bool), usize> = HashMap::new();
    let mut firsts = Vec::with_capacity(notes.len());
    for (at, note) in notes.iter().enumerate() {
        let words_alone = note.given == Given::default() && !corrections.contains_key(&note.date);
        let words = (note.text.as_str(), is_of_a_run(note));
        firsts.push(if words_alone { *seen.entry(words).or_insert(at) } else { at });
    }
    firsts
}

/// From this many days whose notes begin with it, a name is taken for that of the athlete.
const NAMED_DAYS: usize = 3;

/// The names that the athlete may be called by, in small letters: those given, the words of headings and file names, and
/// the words that notes of several days begin with, as those of a coach do.
fn names_of_the_log(notes: &[&Note], given: &[Option<&str>]) -> Vec<String> {
    let mut openings: BTreeMap<&str, BTreeSet<NaiveDate>> = BTreeMap::new();
    for note in notes {
        let opening = note.text.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
        openings.entry(opening.unwrap_or_default()).or_default().insert(note.date);
    }
    let often = openings.iter().filter(|(_, days)| days.len() >= NAMED_DAYS).map(|(word, _)| *word);
    let places = notes.iter().flat_map(|note| [Some(note.source.as_str()), note.heading.as_deref()]);
    let told: BTreeSet<&str> = places.chain(given.iter().copied()).flatten().collect();
    let words = told.into_iter().flat_map(|text| text.split(|c: char| !c.is_alphabetic()));
    let names: BTreeSet<String> =
        words.chain(often).filter(|word| word.chars().nth(1).is_some()).map(str::to_lowercase).collect();
    names.into_iter().collect()
}

/// The last painful day of each side that no later note denied.
#[derive(Default)]
struct OpenPain(BTreeMap<Side, NaiveDate>);

impl OpenPain {
    fn hurts(&mut self, reading: &Reading, day: NaiveDate) {
        if reading.hip && reading.severity.is_none_or(|score| score > 0.0) {
            self.0.insert(reading.side.unwrap_or(Side::Unknown), day);
        }
    }

    /// If notes of one day contradict each other, the worse one counts.
    fn denied(&mut self, reading: &Reading, day: NaiveDate) {
        if !reading.hip && reading.denies_hip_pain {
            let of_this = |side: Side| reading.denied_side.is_none_or(|denied| denied == side || side == Side::Unknown);
            self.0.retain(|side, last| !of_this(*side) || *last >= day);
        }
    }

    fn on(&self, day: NaiveDate) -> bool {
        self.0.values().any(|last| (day - *last).num_days() <= i64::from(OPEN_DAYS.default))
    }
}

/// Reads a note again as one about the hip, if it names no place and the hip is meant.
fn assume_hip<'a>(noted: &mut NoteAsRead<'a>, open: &OpenPain, files: &mut HipOfFiles<'a>) {
    let note = noted.note;
    if noted.reading.hip || note.given != Given::default() {
        return;
    }
    let journal = note.origin == NoteOrigin::Journal;
    let file = if journal { files.hip_of(note) } else { None };
    let why = if open.on(note.date) { AssumedHip::OpenEpisode } else { AssumedHip::NotesFile };
    if why == AssumedHip::NotesFile && file.is_none() {
        return;
    }
    let Some(mut again) = reading::read_assuming_hip(&note.text, !journal, Some(note.date)) else { return };
    // "No pain" has no effect beside a warning sign.
    if noted.reading.denies_hip_pain && again.red_flags.is_empty() {
        return;
    }
    if let Some(side) = file
        && again.side == Some(Side::Unknown)
    {
        again.side = Some(side);
    }
    noted.reading = again;
    noted.assumed_hip = Some(why);
}

/// The hip that the heading or the file name of a journal speaks of, read once for all of its notes.
#[derive(Default)]
struct HipOfFiles<'a>(HashMap<(&'a str, Option<&'a str>), Option<Side>>);

impl<'a> HipOfFiles<'a> {
    fn hip_of(&mut self, note: &'a Note) -> Option<Side> {
        let place = (note.source.as_str(), note.heading.as_deref());
        *self.0.entry(place).or_insert_with(|| hip_named_at(place))
    }
}

fn hip_named_at((source, heading): (&str, Option<&str>)) -> Option<Side> {
    let name = Path::new(source).file_stem().map(|name| name.to_string_lossy().into_owned());
    let sides = [heading, name.as_deref()].map(|words| words.and_then(reading::hip_named_in));
    let known = sides.into_iter().flatten().find(|side| *side != Side::Unknown);
    known.or(sides.into_iter().flatten().next())
}

/// The runner's corrections of notes by day, each as words of the note and what it should have been read as.
type Corrections<'a> = BTreeMap<NaiveDate, Vec<(&'a str, &'a str)>>;

fn corrections_by_day(config: &Config) -> Corrections<'_> {
    let mut by_day = Corrections::new();
    for correction in &config.corrections {
        if let Correction::Note { date, text, reading } = correction {
            by_day.entry(*date).or_default().push((text, reading));
        }
    }
    by_day
}

/// The reading of a note by itself, and whether the runner has corrected it.
fn reading_of(note: &Note, corrections: &Corrections<'_>, own: &[String]) -> (Reading, bool) {
    let of_the_day = corrections.get(&note.date).into_iter().flatten();
    let corrected = of_the_day.copied().find(|(text, _)| note.text.contains(text)).map(|(_, reading)| reading);
    let of_a_run = is_of_a_run(note);
    let reading = match corrected {
        Some("none") => Reading { understood: true, ..Reading::default() },
        // The spans would point into the words of the correction, not of the note.
        Some(instead) => {
            Reading { spans: Vec::new(), ..reading::read_on(instead, &Given::default(), of_a_run, Some(note.date)) }
        }
        None => reading::read_of(&note.text, &note.given, of_a_run, Some(note.date), own),
    };
    (reading, corrected.is_some())
}

/// Whether a note is the title or the description of a run.
fn is_of_a_run(note: &Note) -> bool {
    matches!(note.origin, NoteOrigin::Run | NoteOrigin::RunTitle)
}

/// Whether a title speaks of pain. One in a language that cannot be read does not, unless one of its words is known
/// as a complaint or a part of the body.
fn speaks_of_pain(note: &Note, reading: &Reading) -> bool {
    reading.hip
        || !reading.red_flags.is_empty()
        || !reading.denied_flags.is_empty()
        || reading.denies_hip_pain
        || reading.consultation
        || !reading.understood && concern::of(&note.text) > Concern::Nothing
}
