//! `runhip note`: appends a dated note to the notes file and says at once what was read in it.

use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};

use super::arguments;
use super::setup::{configuration_folders, users_folder};
use super::{Failure, RunStatus, clock, notes_file, terminal};
use crate::analysis::{self, SingleNote};
use crate::config::{Config, ConfigError};
use crate::configuration::{self, Configuration};
use crate::guidance::Advice;
use crate::guidance::entry::{Kind, OWN_ADDITION};
use crate::import;
use crate::import::journal::{self, append};
use crate::model::concern::ConcernClassifier;
use crate::model::log::FIRST_DAY;
use crate::model::note::{Given, Note, NoteOrigin};
use crate::model::problem::Cost;
use crate::model::reading::{Priority, Reading, Region, Side};
use crate::pain::concern;
use crate::report::terminal_page::{DIM, PLAIN, Page, SOON, URGENT};
use crate::report::{plain, reading_in_words, wording};
use crate::whole_file::folder_of;

/// The file that is suggested if none is named.
const USUAL_FILE: &str = "pain.md";

/// The file with the note added; an error if a run log in it could then no longer be read.
fn with_note(before: &[u8], file: &Path, date: NaiveDate, text: &str) -> Result<Vec<u8>, &'static str> {
    let after = append::with_note(before, date, text)?;
    let name = file.to_string_lossy();
    if import::runs_in_text(&after, &name) < import::runs_in_text(before, &name) {
        return Err("holds a table of runs, which could not be read with a note behind it; name another file");
    }
    Ok(after)
}

pub(super) fn run(options: &arguments::Note) -> Result<RunStatus, Failure> {
    // The notes file is settled first, as for `analyze`.
    let folder = options.file.iter().map(|file| folder_of(file).to_owned());
    let folder: Vec<PathBuf> = folder.filter(|folder| folder != Path::new(".")).collect();
    let tell = &mut |why: String| terminal::complain(&why);
    let found = configuration::of_paths(&folder, options.config.as_deref(), &configuration_folders(), tell)?;
    let Configuration { config, settings, file: config_path, .. } = found;
    let is_users_own =
        users_folder().is_some_and(|users| config_path.as_deref().and_then(Path::parent) == Some(users.as_path()));
    let text = words(options)?;
    let date = day(options, &config)?;
    let (file, asked) = match (&options.file, &config.notes) {
        (Some(file), _) => (file.clone(), false),
        (None, Some(notes)) => {
            let file = beside(config_path.as_deref(), notes);
            // A configuration that was found in this folder may have come from somebody else.
            if let Some(found) = config_path.as_deref().filter(|_| options.config.is_none() && !is_users_own) {
                stay_inside(found, &config, &file)?;
            }
            (file, false)
        }
        (None, None) => (ask()?, true),
    };
    let written = notes_file::rewrite(&file, |before| with_note(before, &file, date, &text))?;

    let mut page = terminal::page();
    let note = Note {
        date,
        text: text.clone(),
        source: file.to_string_lossy().into_owned(),
        line: None,
        origin: NoteOrigin::Journal,
        given: Given::default(),
        heading: None,
    };
    let (note, earlier, left_out) = among(&written, note);
    let at_once = analysis::at_once(&note, &earlier, &settings);
    signs(&mut page, &at_once.advice);
    if_hip(&mut page, &at_once);
    page.item(PLAIN, "Noted in ", &format!("{}: {date}: {}", file.display(), plain::one_line(&text)));
    let read = if at_once.if_hip.is_empty() {
        understood(&at_once.reading)
    } else {
        "a warning sign of no named place, which the report lists as not understood.".to_owned()
    };
    page.item(PLAIN, "Read as  ", &read);
    if let Some(why) = at_once.assumed_hip {
        page.paragraph(DIM, &format!("The note {}.", wording::assumed_hip(why)));
    }
    page.paragraph(DIM, what_else(&at_once));
    if left_out > 0 {
        let lines = wording::counted(left_out, "line", "lines");
        let text = format!(
            "{lines} of this file cannot be read for want of a day: runhip check {} says which.",
            file.display()
        );
        page.paragraph(PLAIN, &text);
    }
    let named = Config { notes: Some(file.to_string_lossy().into_owned()), ..Config::default() };
    if asked && named.notes_elsewhere().is_none() {
        page.blank();
        page.paragraph(PLAIN, "So that runhip need not ask again, put this line into a runhip.toml in this folder:");
        page.paragraph(PLAIN, &format!("notes = {}", toml::Value::String(file.to_string_lossy().into_owned())));
    }
    // Whoever only heard of a failure would note the same again.
    terminal::say(&page.finish()).map_err(|why| Failure::NoteNotShown { file, why: Box::new(why) })?;
    Ok(RunStatus::Complete)
}

/// The note with the heading of its file, the other notes there, and the number of lines left out.
fn among(written: &[u8], note: Note) -> (Note, Vec<Note>, u64) {
    let journal = journal::read(written, &note.source, ConcernClassifier(concern::of));
    let left_out = journal.problems.iter().filter(|problem| problem.cost == Cost::Entry).count() as u64;
    let mut notes = journal.notes;
    for one in &mut notes {
        one.source.clone_from(&note.source);
    }
    // The note just written is the last one.
    let heading = notes.pop().and_then(|written| written.heading);
    (Note { heading, ..note }, notes, left_out)
}

/// The note as one line, beginning with what the options say.
fn words(options: &arguments::Note) -> Result<String, Failure> {
    let joined = options.text.join(" ").replace(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'), " ");
    let text = joined.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.contains(char::is_alphanumeric) {
        return Err(Failure::EmptyNote);
    }
    let hip = match options.side {
        Some(Side::Both) => Some("both hips"),
        Some(Side::Left) => Some("left hip"),
        Some(Side::Right) => Some("right hip"),
        Some(Side::Unknown) | None => None,
    };
    let front = match (hip, options.severity) {
        (None, None) => return Ok(text),
        (Some(hip), None) => hip.to_owned(),
        // A score given to this command is about the hip, so the file has to say so.
        (None, Some(score)) if analysis::names_no_place(&format!("{score}/10, {text}")) => format!("hip {score}/10"),
        (None, Some(score)) => format!("{score}/10"),
        (Some(hip), Some(score)) => format!("{hip} {score}/10"),
    };
    Ok(format!("{front}, {text}"))
}

fn day(options: &arguments::Note, config: &Config) -> Result<NaiveDate, Failure> {
    let today = clock::today(config.timezone.unwrap_or_else(clock::machine_zone));
    let Some(date) = options.date else { return Ok(today) };
    // In other time zones it may be tomorrow already.
    if date > today + Days::new(1) {
        return Err(Failure::DayToCome { day: date, today });
    }
    if date < FIRST_DAY {
        return Err(Failure::DayTooLongAgo { day: date, first: FIRST_DAY });
    }
    Ok(date)
}

/// A path from the configuration, which is relative to the configuration's folder.
fn beside(config: Option<&Path>, notes: &str) -> PathBuf {
    config.and_then(Path::parent).map_or_else(|| PathBuf::from(notes), |folder| folder.join(notes))
}

/// Refuses a notes file outside the folder of the configuration that names it, if that was found and not named by the
/// user; links count too.
fn stay_inside(found: &Path, config: &Config, file: &Path) -> Result<(), Failure> {
    if let Some(what) = config.notes_elsewhere() {
        return Err(ConfigError { line: config.notes_line, what }.in_file(found.display().to_string()).into());
    }
    let folder = folder_of(found).canonicalize();
    let whole = file.canonicalize().or_else(|_| folder_of(file).canonicalize());
    if folder.ok().zip(whole.ok()).is_some_and(|(folder, whole)| !whole.starts_with(folder)) {
        return Err(Failure::NotesElsewhere { file: file.to_owned(), config: found.to_owned() });
    }
    Ok(())
}

fn ask() -> Result<PathBuf, Failure> {
    let unknown = || Failure::NoNotesFile { usual: USUAL_FILE };
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Err(unknown());
    }
    terminal::complain(&format!("Which file should notes go to? [{USUAL_FILE}] "));
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer).unwrap_or(0);
    match answer.trim() {
        _ if read == 0 => Err(unknown()),
        "" => Ok(PathBuf::from(USUAL_FILE)),
        named => Ok(PathBuf::from(named)),
    }
}

/// The warning signs in the words of the guidance: what to do for the most urgent one, and the names of the others.
fn signs(page: &mut Page, advice: &[Advice]) {
    if advice.is_empty() {
        return;
    }
    // A line on whom to see is no sign, so it comes after the signs.
    let (who, signs): (Vec<&Advice>, Vec<&Advice>) = advice.iter().partition(|line| line.kind == Kind::Care);
    for (at, line) in signs.iter().enumerate() {
        let style = if line.priority <= Priority::P1 { URGENT } else { SOON };
        let why = if at == 0 { None } else { why(line) };
        page.item(style, "! ", &why.map_or_else(|| line.text.to_string(), |why| format!("Also: {why}")));
    }
    for line in who {
        page.item(PLAIN, "  ", &why(line).map_or_else(|| line.text.to_string(), wording::capital));
    }
    // The sources, with runhip's own additions last.
    let mut titles: Vec<&str> = Vec::new();
    let sources = || advice.iter().flat_map(|line| &line.sources).map(|source| source.title.as_str());
    for title in sources().filter(|title| *title != OWN_ADDITION).chain(sources()) {
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    let ids: Vec<&str> = advice.iter().flat_map(|line| &line.guidance).map(String::as_str).collect();
    let titles = titles.join("; ");
    page.item(DIM, "  ", &format!("Sources: {titles}. More: runhip explain {}.", ids.join(", runhip explain ")));
    page.blank();
}

/// The reason of a line whose call says no more than its urgency, so that only one call is given.
fn why(line: &Advice) -> Option<&str> {
    line.text.call.as_deref().filter(|call| *call == wording::urgency(line.priority)).map(|_| line.text.why.as_str())
}

/// For a note that names no place: what to do if it is about the hip, before everything else.
fn if_hip(page: &mut Page, at_once: &SingleNote) {
    let Some(most_urgent) = at_once.if_hip.first() else {
        return;
    };
    page.item(URGENT, "! ", "If this is your hip:");
    let lines: Vec<Advice> =
        at_once.if_hip.iter().filter(|line| line.priority == most_urgent.priority).cloned().collect();
    signs(page, &lines);
    page.paragraph(PLAIN, "No place is named. Was it the hip? Then write it with its side, such as: right hip 8/10.");
    page.blank();
}

/// The reading in one line, and what the note left open.
fn understood(reading: &Reading) -> String {
    let mut unsaid: Vec<&str> = Vec::new();
    if reading.hip {
        if matches!(reading.region, Some(Region::General) | None) {
            unsaid.push("where on the hip");
        }
        if reading.severity.is_none() {
            unsaid.push("how bad, from 0 to 10");
        }
        if reading.side == Some(Side::Unknown) {
            unsaid.insert(0, "which side");
        }
    }
    let mut text = format!("{}.", reading_in_words::pain(reading));
    if !unsaid.is_empty() {
        text.push_str(&format!(" Not said: {}.", unsaid.join("; ")));
    }
    let denied: Vec<&str> = reading.denied_flags.iter().map(|flag| flag.words()).collect();
    if !denied.is_empty() {
        text.push_str(&format!(" Said not to be there: {}.", denied.join("; ")));
    }
    text
}

/// What else the runner should know; never that nothing is wrong.
fn what_else(at_once: &SingleNote) -> &'static str {
    let reading = &at_once.reading;
    match (reading.hip, reading.denies_hip_pain) {
        _ if !at_once.if_hip.is_empty() => "",
        _ if !at_once.warnings.is_empty() => "If that is not what you meant, correct the note in the file.",
        _ if !reading.understood => {
            "A warning sign in these words may have been missed: runhip guide warning-signs lists them. What is read best names \
             the side, the place, a score and when, such as: left outer hip 4/10 after the run."
        }
        (true, _) => "No warning sign was read in these words; runhip guide warning-signs lists what to look for.",
        (false, true) => "",
        (false, false) => "If a hip hurts, say which, where and how much, such as: left outer hip 4/10.",
    }
}
