//! Assembles the log from what was read of each file: activities are placed on local days, merged and corrected, and
//! each file is accounted for. It reads no file.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::archive::ReadFile;
use super::clocks::{self, StaleClock};
use super::corrections::RunCorrections;
use super::imported::{Imported, Refusal};
use super::local_time::{self, Zones};
use super::merge::{self, DistanceConflict, Item, MergedActivity};
use super::plan_rows::{self, FutureRows};
use super::track::{IMPLAUSIBLE_M, IMPLAUSIBLE_M_PER_S};
use super::untold_sport::{self, InferredSport};
use super::{Options, gear, profile, row_and_file, told_runs};
use crate::config::Untyped;
use crate::model::activity::{Activity, DistanceFrom, SourceKind, SportFrom};
use crate::model::assumption::{Assumed, Assumption, AssumptionKind};
use crate::model::fault::Fault;
use crate::model::ledger::{FileOutcome, LedgerRow};
use crate::model::log::{self, Entry, FIRST_DAY, Log};
use crate::model::note::{Given, Note, NoteOrigin};
use crate::model::problem::{Cost, Place};
use crate::model::sport::Sport;

/// Why a table of runs still to come is not read.
const A_PLAN: &str = "a training plan, and no runs; runhip plan reads it";

/// The most runs named in a sentence about several.
const MOST_EXAMPLES: usize = 3;

/// Assembles what was read of each file. Files are sorted by path; `configuration` is the path of the one with the
/// corrections, if it is among them.
pub(super) fn assemble(read: Vec<ReadFile>, configuration: Option<&str>, options: &Options) -> Log {
    let mut log = Log::default();
    let mut items: Vec<Item> = Vec::new();
    let zones = Zones { given: options.timezone, machine: options.machine_zone };
    let mut owners = Vec::new();
    let mut pairs: HashMap<String, Option<String>> = HashMap::new();
    for (path, contents) in read {
        let imported = contents.imported;
        owners.extend(imported.owner.clone().map(|name| (path.clone(), name)));
        let mut row = new_row(&path, contents.format, &imported);
        log.shoes.extend(imported.shoes);
        imported.assumptions.into_iter().for_each(|assumed| log.assume(&path, assumed));
        let mut notes = imported.notes;
        notes.retain_mut(|note| {
            let is_possible = possible(note.date, options.today);
            if is_possible {
                note.source.clone_from(&path);
            } else {
                let place = note.line.map_or(Place::File, Place::Line);
                row.problems.push(Fault::ImpossibleDay { day: note.date.to_string() }.at(place));
            }
            is_possible
        });
        // The first file's are taken as they are: a long diary would otherwise be held twice.
        if log.notes.is_empty() {
            log.notes = notes;
        } else {
            log.notes.append(&mut notes);
        }
        let mut activities = imported.activities;
        let place = |activity: &Activity| activity.start.map(|start| local_time::place(start, activity.zone, &zones));
        let days: Vec<Option<NaiveDate>> = activities.iter().map(|one| Some(place(one)?.date)).collect();
        let ahead = plan_rows::ahead(&activities, &days, options.today + Days::new(1));
        let source: Arc<str> = path.as_str().into();
        items.reserve(activities.len());
        let mut planned = 0;
        if ahead == FutureRows::Plan {
            (row.outcome, row.reason) = (FileOutcome::Ignored, Some(A_PLAN.to_owned()));
            row.activities = 0;
            activities.clear();
        }
        for mut activity in activities {
            if let Some(unknown) = untold_sport::settle(&mut activity, &path, options) {
                log.assume(&path, unknown);
            }
            activity.shoe = activity
                .shoe
                .and_then(|written| pairs.entry(written).or_insert_with_key(|written| gear::shoe(written)).clone());
            match place(&activity) {
                Some(placed) if possible(placed.date, options.today) => {
                    items.push(Item { activity, placed, source: Arc::clone(&source) });
                }
                Some(placed) if ahead == FutureRows::End && placed.date > options.today => {
                    planned += 1;
                    row.activities -= 1;
                }
                placed => {
                    let day = placed.map_or_else(|| "without a date".to_owned(), |placed| placed.date.to_string());
                    row.problems.push(Fault::ImpossibleDay { day }.at(place_of(&activity)));
                    log.left_out += 1;
                }
            }
        }
        if planned > 0 {
            log.assume(&path, Assumed::new(AssumptionKind::PlannedOnly, "still to come", planned));
        }
        log.files.push(row);
    }
    leave_out_wrong_clocks(&mut log, &mut items);
    let joined = row_and_file::join(&items, &mut log.files);
    let merged = merge::merge(&items, &joined);
    tell_of_recorded_twice(&mut log, &items, &merged);
    let mut corrections = RunCorrections::of(&options.corrections);
    let set_aside = add_entries(&mut log, &items, merged, &mut corrections, options.untyped);
    settle_notes(&mut log);
    if let Some(path) = configuration {
        corrections.report_unused(&mut log, path);
    }
    settle_outcomes(&mut log, &items, &set_aside);
    log.owner = profile::the_only(&owners, &log.files);
    told_runs::tell(&mut log);
    log.assumptions.iter_mut().for_each(Assumption::put_in_words);
    log.assumptions.sort_by(|a, b| (a.kind, &a.about).cmp(&(b.kind, &b.about)));
    log
}

/// Leaves out recordings dated by a clock that is years behind.
fn leave_out_wrong_clocks(log: &mut Log, items: &mut Vec<Item>) {
    let mut behind = clocks::behind(items);
    behind.sort_by_key(|one| std::cmp::Reverse(one.index));
    for StaleClock { index, likely } in behind {
        let Item { activity, placed, source } = items.remove(index);
        if let Some(row) = log.files.iter_mut().find(|row| *row.path == *source) {
            let fault = Fault::ClockBehind { day: placed.date.to_string(), likely: likely.to_string() };
            row.problems.push(fault.at(place_of(&activity)));
        }
        log.assume(&source, Assumed::new(AssumptionKind::ClockImplausible, "", 1));
        log.left_out += 1;
    }
}

/// Reports each run whose two recordings differ: in the row of the file that does not count, and all together.
fn tell_of_recorded_twice(log: &mut Log, items: &[Item], merged: &[MergedActivity]) {
    let mut differing: Vec<(NaiveDate, &Item, &Item, u32)> = Vec::new();
    for one in merged {
        let (Some(DistanceConflict { used, other }), Some(distance)) = (one.differs, one.distance) else { continue };
        if one.sport.as_ref().is_none_or(Sport::is_running) {
            differing.push((one.placed.date, &items[used], &items[other], distance.m));
        }
    }
    differing.sort_by_key(|(day, used, other, _)| (*day, &used.source, &other.source, other.activity.record));
    let rows: BTreeMap<String, usize> =
        log.files.iter().enumerate().map(|(index, row)| (row.path.clone(), index)).collect();
    let km = |metres: u32| format!("{:.1} km", f64::from(metres) / 1_000.0);
    let mut examples = Vec::new();
    for (day, used, other, used_m) in &differing {
        let here_m = other.activity.distance.map_or(0, |distance| distance.m);
        if let Some(&row) = rows.get(&*other.source) {
            let fault = Fault::RecordedTwice { here_m, there_m: *used_m, other: used.source.to_string() };
            log.files[row].problems.push(fault.at(place_of(&other.activity)));
        }
        examples.push(format!("{} on {day} and not {}", km(*used_m), km(here_m)));
    }
    let more = examples.len().saturating_sub(MOST_EXAMPLES);
    examples.truncate(MOST_EXAMPLES);
    if more > 0 {
        examples.push(format!("{more} more"));
    }
    let about = examples.join(", ");
    for (_, used, other, _) in &differing {
        log.assume(&used.source, Assumed::new(AssumptionKind::RunsAtOnce, &*about, 1));
        log.assume(&other.source, Assumed::new(AssumptionKind::RunsAtOnce, &*about, 0));
    }
}

/// The place of an activity in its file.
fn place_of(activity: &Activity) -> Place {
    let place = if activity.kind == SourceKind::Row { Place::Line } else { Place::Record };
    activity.record.map_or(Place::File, place)
}

fn new_row(path: &str, format: Option<String>, imported: &Imported) -> LedgerRow {
    let written = |activity: &Activity| activity.description.is_some() || activity.private_note.is_some();
    let notes = imported.notes.len() + imported.activities.iter().filter(|activity| written(activity)).count();
    let (outcome, reason) = match &imported.refusal {
        None => (FileOutcome::Read, None),
        Some(Refusal::Ignored(reason)) => (FileOutcome::Ignored, Some(reason.clone())),
        Some(Refusal::Failed(problem)) => (FileOutcome::Failed, Some(problem.what.clone())),
    };
    let mut problems = imported.problems.clone();
    if let Some(Refusal::Failed(problem)) = &imported.refusal {
        problems.insert(0, problem.clone());
    }
    let shoes = imported.shoes.len();
    let lost = problems.iter().any(|problem| problem.cost == Cost::Entry);
    let (outcome, reason) = if imported.refusal.is_none() && lost && imported.activities.len() + notes + shoes == 0 {
        (FileOutcome::Failed, Some("none of its entries could be used".to_owned()))
    } else {
        (outcome, reason)
    };
    LedgerRow {
        path: path.to_owned(),
        format,
        dialect: imported.dialect.clone(),
        outcome,
        activities: imported.activities.len() as u64,
        notes: notes as u64,
        shoes: shoes as u64,
        reason,
        problems,
    }
}

/// Whether a log may have an entry on this day.
fn possible(day: NaiveDate, today: NaiveDate) -> bool {
    (FIRST_DAY..=today + Days::new(1)).contains(&day)
}

/// Adds runs and other sports to the log, with the runner's corrections; returns the files of runs that the runner
/// set aside.
fn add_entries(
    log: &mut Log,
    items: &[Item],
    merged: Vec<MergedActivity>,
    corrections: &mut RunCorrections<'_>,
    untyped: Untyped,
) -> BTreeSet<String> {
    let source = |merged: &MergedActivity| {
        merged.members.first().map(|&index| (&items[index].source, items[index].activity.record))
    };
    let mut merged: Vec<(String, MergedActivity)> = merged.into_iter().map(|one| (id_base(&one), one)).collect();
    merged.sort_by(|(base, one), (other_base, other)| {
        let key = (one.placed.date, base, one.placed.wall_clock, source(one));
        key.cmp(&(other.placed.date, other_base, other.placed.wall_clock, source(other)))
    });
    let rows: BTreeMap<String, usize> =
        log.files.iter().enumerate().map(|(index, row)| (row.path.clone(), index)).collect();
    // Those with the same beginning of the id follow each other.
    let (mut last, mut ties) = (String::new(), 0);
    let mut set_aside: BTreeSet<String> = BTreeSet::new();
    let mut asked: BTreeMap<usize, u64> = BTreeMap::new();
    log.runs.reserve(merged.len());
    for (base, one) in merged {
        let owner = one.members.first().and_then(|&member| rows.get(&*items[member].source)).copied();
        let (sport, sport_from) = if let Some(sport) = one.sport.clone() {
            (sport, sport_from(items, &one))
        } else {
            // A correction of the distance means that it was a run.
            let judged = untold_sport::judge(&one, items, corrections.give_distance_of(&base), untyped);
            tell_judged(log, owner, &judged, &mut asked);
            (judged.sport, judged.from)
        };
        let id = if sport.is_running() {
            if last != base {
                last.clone_from(&base);
                ties = 0;
            }
            ties += 1;
            if ties == 1 { base } else { format!("{base}-{ties}") }
        } else {
            base
        };
        let mut entry = Entry {
            id,
            local_date: one.placed.date,
            local_start: one.placed.wall_clock,
            utc_offset_s: one.placed.offset.map(|offset| offset.local_minus_utc()),
            day_by: one.placed.by,
            sport,
            sport_from,
            distance: one.distance,
            moving_s: one.moving_s,
            elapsed_s: one.elapsed_s,
            sources: sources(items, &one),
            members: one.members.len() as u64,
            shoe: one.shoe,
        };
        push_texts(&mut log.notes, items, &one.members, entry.local_date);
        if entry.sport.is_running() && implausibly_fast(&entry) {
            log.assume(&entry.sources[0], Assumed::new(AssumptionKind::ImplausibleSpeed, "", 1));
        }
        if !entry.sport.is_running() {
            log.other.push(entry);
        } else if corrections.correct(&mut entry) {
            log.runs.push(entry);
        } else {
            log.left_out += entry.members;
            set_aside.extend(entry.sources);
        }
    }
    for (row, count) in asked {
        log.files[row].problems.push(Fault::SportUnsaid { count }.at(Place::File));
    }
    set_aside
}

/// Reports in the row of its file how an activity was treated whose sport no source names.
fn tell_judged(log: &mut Log, row: Option<usize>, judged: &InferredSport, asked: &mut BTreeMap<usize, u64>) {
    let Some(row) = row else { return };
    if judged.too_fast {
        log.files[row].problems.push(Fault::TooFastForARun.at(Place::File));
    }
    if judged.asked {
        *asked.entry(row).or_default() += 1;
    }
    if let Some(words) = judged.taken_for {
        let path = log.files[row].path.clone();
        log.assume(&path, Assumed::new(AssumptionKind::SportByPace, words, 1));
    }
}

/// How the sport is known: from the first member with the sport that was chosen.
fn sport_from(items: &[Item], one: &MergedActivity) -> SportFrom {
    let mut members = one.members.iter().map(|&index| &items[index].activity);
    members.find(|activity| activity.sport == one.sport).map_or(SportFrom::Name, |activity| activity.sport_from)
}

/// Whether the distance is too long for its time. Sums of track steps are exempt, since tracks are checked when they
/// are read.
fn implausibly_fast(entry: &Entry) -> bool {
    let seconds = entry.moving_s.or(entry.elapsed_s).filter(|&seconds| seconds > 0);
    let told = entry.distance.filter(|distance| distance.from != DistanceFrom::Track && distance.m >= IMPLAUSIBLE_M);
    told.zip(seconds)
        .is_some_and(|(distance, seconds)| f64::from(distance.m) / f64::from(seconds) > IMPLAUSIBLE_M_PER_S)
}

fn id_base(one: &MergedActivity) -> String {
    log::id_base(one.placed.date, one.placed.wall_clock, one.placed.offset.map(|offset| offset.local_minus_utc()))
}

/// The files of the members, each once: the main one first, then by path.
fn sources(items: &[Item], one: &MergedActivity) -> Vec<String> {
    let paths = || one.members.iter().map(|&index| &*items[index].source);
    let Some(owner) = paths().next() else { return Vec::new() };
    let others: BTreeSet<&str> = paths().filter(|path| *path != owner).collect();
    std::iter::once(owner).chain(others).map(str::to_owned).collect()
}

/// Turns the members' descriptions, private notes and titles into notes of the day.
fn push_texts(notes: &mut Vec<Note>, items: &[Item], members: &[usize], date: NaiveDate) {
    let mut said: BTreeSet<&str> = BTreeSet::new();
    for &index in members {
        let Item { activity, source, .. } = &items[index];
        let texts = [
            (&activity.description, NoteOrigin::Run),
            (&activity.private_note, NoteOrigin::Run),
            (&activity.title, NoteOrigin::RunTitle),
        ];
        for (text, origin) in texts {
            let Some(text) = text.as_deref().map(str::trim).filter(|text| !text.is_empty()) else { continue };
            if said.insert(text) {
                let (text, source, given) = (text.to_owned(), source.to_string(), Given::default());
                notes.push(Note { date, text, source, line: None, origin, given, heading: None });
            }
        }
    }
}

/// Sorts the notes, and keeps only one of those with the same words on the same day in two files. For journals, the
/// heading and name have to be the same too: "sore" in a diary about the ankle is not "sore" in one about the hip.
fn settle_notes(log: &mut Log) {
    log.notes.sort_by(|a, b| {
        (a.date, a.origin, &a.source, a.line, &a.text).cmp(&(b.date, b.origin, &b.source, b.line, &b.text))
    });
    // Of most days only one file tells.
    let told_twice: BTreeSet<NaiveDate> = log
        .notes
        .windows(2)
        .filter(|pair| pair[0].date == pair[1].date && pair[0].source != pair[1].source)
        .map(|pair| pair[0].date)
        .collect();
    // The first file with these words on that day. Repetitions in other files are dropped, so all notes kept are from
    // one file.
    let mut said: BTreeMap<_, String> = BTreeMap::new();
    log.notes.retain(|note| {
        if !told_twice.contains(&note.date) {
            return true;
        }
        let Given { side, location, severity } = &note.given;
        let what = (note.date, note.text.clone(), *side, location.clone(), severity.map(f64::to_bits));
        let about = (note.origin == NoteOrigin::Journal).then(|| {
            let name = note.source.rsplit('/').next().unwrap_or_default();
            (note.heading.clone(), name.to_owned())
        });
        if about.is_some() {
            // Tables and runs come after the journals, and the same words in them add nothing to any journal.
            said.entry((what.clone(), None)).or_insert_with(|| note.source.clone());
        }
        *said.entry((what, about)).or_insert_with(|| note.source.clone()) == note.source
    });
}

/// Marks the files all of whose activities were merged into runs of other files.
fn settle_outcomes(log: &mut Log, items: &[Item], set_aside: &BTreeSet<String>) {
    let owners: BTreeSet<&str> =
        log.runs.iter().chain(&log.other).filter_map(|entry| entry.sources.first()).map(String::as_str).collect();
    let mut placed: BTreeMap<&str, u64> = BTreeMap::new();
    for item in items {
        *placed.entry(&item.source).or_default() += 1;
    }
    let mut first_owner: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in log.runs.iter().chain(&log.other) {
        for source in entry.sources.iter().skip(1) {
            first_owner.entry(source).or_insert(&entry.sources[0]);
        }
    }
    for row in &mut log.files {
        let all_placed = row.activities > 0
            && placed.get(row.path.as_str()) == Some(&row.activities)
            && !set_aside.contains(&row.path);
        let Some(owner) = first_owner.get(row.path.as_str()) else { continue };
        if row.outcome == FileOutcome::Read && row.notes == 0 && all_placed && !owners.contains(row.path.as_str()) {
            row.outcome = FileOutcome::Merged;
            row.reason = Some(format!("the same as in {owner}"));
        }
    }
    for row in &mut log.files {
        row.problems.sort_by_key(|problem| (problem.cost != Cost::File, problem.place));
    }
}

#[cfg(test)]
mod tests;
