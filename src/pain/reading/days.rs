//! How long the hip has hurt: days that are counted, named, or reckoned back from the day the note was written.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::classes::class;
use super::complaint::{Complaint, Parsed};
use super::rules::Match;

/// From this many days on, the pain is said to last.
const LONG: i64 = 4;

/// Whether a match that speaks of many days is about the pain.
pub(super) fn persists(note: &Parsed, complaints: &[Complaint], clause: &Range<usize>, found: &Match) -> bool {
    let (first, last) = found.ends();
    if !note.terms[first].is(class::LONG_DAYS) {
        return true;
    }
    let skipped = note.terms[clause.clone()].iter().any(|term| term.is(class::DURATION_SKIP));
    let hurts_here = complaints.iter().any(|one| clause.contains(&one.at));
    let here = note.names_hip(clause) || hurts_here;
    let told = [first.checked_sub(1), Some(last + 1)]
        .into_iter()
        .flatten()
        .any(|at| clause.contains(&at) && note.terms[at].is(class::DURATION));
    // "5 days left": "left" was voided as a turning, and tells what remains.
    let remaining = note.terms.get(last + 1).is_some_and(|next| next.void && next.classes.contains(&class::LEFT));
    // "ran 5 days this week": days of running.
    let of_running = !hurts_here && note.terms[clause.start..first].iter().any(|term| term.is(class::RUN_VERB));
    // "23 weeks and a bit. Hips achy": what a note opens with may be a count of something else, the weeks of a pregnancy.
    let another_count = clause.start == 0 && !told && counts_weeks(note, clause);
    !skipped && !remaining && !of_running && (here || told || clause.len() <= 4 && !another_count)
}

/// The weeks of a pregnancy or of a plan that are so many as nobody has yet counted of a hip without a word of it.
const WEEKS_OF_SOMETHING: std::ops::RangeInclusive<f64> = 9.0..=42.0;

fn counts_weeks(note: &Parsed, clause: &Range<usize>) -> bool {
    let weeks = |at: usize| note.terms[at].number.is_some_and(|number| WEEKS_OF_SOMETHING.contains(&number.value));
    clause.clone().any(weeks) && clause.clone().any(|at| note.terms[at].is(class::UNIT_WEEK))
}

/// The terms that tell of four days or more of pain, between two named days or from a named day to the day of
/// writing.
pub(super) fn since_a_day(note: &Parsed, complaints: &[Complaint]) -> Option<Vec<usize>> {
    between_dates(note)
        .or_else(|| since_a_date(note, complaints))
        .or_else(|| since_a_weekday(note, complaints))
        .or_else(|| from_weekday_to_weekday(note, complaints))
        .or_else(|| on_many_weekdays(note, complaints))
}

fn day_of(note: &Parsed, at: usize) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a day of a month")]
    note.terms[at].number.map_or(0, |number| number.value.clamp(0.0, 31.0) as i64)
}

/// "since the 14th, today's the 22nd": four days or more between two days of a month, or the end of a month between
/// them.
fn between_dates(note: &Parsed) -> Option<Vec<usize>> {
    let dated: Vec<usize> = (0..note.terms.len()).filter(|at| note.terms[*at].is(class::ORDINAL)).collect();
    let (from, to, first) = match dated[..] {
        [from, to] => (from, to, day_of(note, from)),
        [to] => ((0..to).find(|at| note.terms[*at].is(class::MONTH_START))?, to, 1),
        _ => return None,
    };
    let since = note.terms[..=from].iter().rev().take(4).any(|term| term.is(class::CURRENT));
    let now = note.terms[from..].iter().any(|term| term.is(class::CURRENT));
    let days = day_of(note, to) - first;
    (since && now && !(0..LONG).contains(&days)).then(|| vec![from, to])
}

/// Whether "since …" at this place is about a hip that hurts.
fn hurts_since(note: &Parsed, complaints: &[Complaint], at: usize) -> bool {
    let clause = note.clause_of(at);
    let since = (clause.start..at).rev().take(3).any(|before| note.terms[before].is(class::SINCE));
    let here = complaints.iter().any(|one| clause.contains(&one.at));
    // "L hip, since Monday": a clause of its own, after the complaint.
    let lone = clause.len() <= 4
        && complaints.iter().any(|one| one.at < clause.start && note.terms[one.at].sentence == note.terms[at].sentence);
    let ran = note.terms[clause.clone()].iter().any(|term| term.is_any(&[class::RUN_VERB, class::WELL]));
    since && (here || lone && !ran)
}

/// "since the 3rd", counted to the day the note was written.
fn since_a_date(note: &Parsed, complaints: &[Complaint]) -> Option<Vec<usize>> {
    let written = note.written?;
    let at = (0..note.terms.len()).find(|at| {
        note.terms[*at].is_any(&[class::ORDINAL, class::MONTH_START]) && hurts_since(note, complaints, *at)
    })?;
    let day = if note.terms[at].is(class::MONTH_START) { 1 } else { day_of(note, at) };
    let days = i64::from(written.day()) - day;
    // A later day of the month belongs to the month before.
    (day > 0 && !(0..LONG).contains(&days)).then(|| vec![at])
}

/// "since Monday, now it's Sunday", or "since Monday" counted to the day the note was written.
fn since_a_weekday(note: &Parsed, complaints: &[Complaint]) -> Option<Vec<usize>> {
    let from = (0..note.terms.len()).find(|at| note.weekday(*at).is_some() && hurts_since(note, complaints, *at))?;
    let to = (from + 1..note.terms.len()).find(|at| {
        let clause = note.clause_of(*at);
        note.weekday(*at).is_some() && (clause.start..*at).rev().take(4).any(|one| note.terms[one].is(class::CURRENT))
    });
    let today = to.and_then(|to| note.weekday(to)).or_else(|| note.written.map(weekday_of))?;
    let days = (today - note.weekday(from)?).rem_euclid(7);
    (days + 1 >= LONG).then(|| vec![from, to.unwrap_or(from)])
}

fn weekday_of(day: NaiveDate) -> i64 {
    i64::from(day.weekday().num_days_from_monday())
}

/// "Mon-Thu sore", "sore from Tuesday to Friday".
fn from_weekday_to_weekday(note: &Parsed, complaints: &[Complaint]) -> Option<Vec<usize>> {
    (0..note.terms.len()).find_map(|from| {
        let first = note.weekday(from)?;
        let clause = note.clause_of(from);
        let joins = |at: usize| note.terms[at].is(class::UP_TO);
        let to = if from + 2 < clause.end && joins(from + 1) { from + 2 } else { from + 1 };
        let last = (to < clause.end).then(|| note.weekday(to)).flatten()?;
        let hurt = complaints.iter().any(|one| clause.contains(&one.at));
        let ran = note.terms[clause].iter().any(|term| term.is(class::RUN_VERB));
        (hurt && !ran && (last - first).rem_euclid(7) + 1 >= LONG).then(|| vec![from, to])
    })
}

/// "Tuesday 2/10, Wednesday 3/10, Thursday 3/10, Friday 5/10": four days, each with pain of its own.
fn on_many_weekdays(note: &Parsed, complaints: &[Complaint]) -> Option<Vec<usize>> {
    if complaints.is_empty() && !note.groups.iter().any(|group| group.hip) {
        return None;
    }
    let hurting: Vec<usize> = (0..note.terms.len())
        .filter(|at| note.weekday(*at).is_some())
        .filter(|at| {
            let clause = note.clause_of(*at);
            let hurt = complaints.iter().any(|one| clause.contains(&one.at))
                || note.terms[clause.clone()].iter().any(|term| term.is(class::SCORE));
            hurt && !note.terms[clause].iter().any(|term| term.is_any(&[class::RUN_VERB, class::OTHER, class::OWNER]))
        })
        .collect();
    let mut days: Vec<i64> = hurting.iter().filter_map(|at| note.weekday(*at)).collect();
    days.sort_unstable();
    days.dedup();
    (days.len() >= 4).then_some(hurting)
}
