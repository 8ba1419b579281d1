//! One page for whoever examines the runner: what hurts now, which warning signs the notes name, deny or never
//! mention, the chart, six weeks of running, earlier episodes, a map of the hips, and lines to write on. It
//! repeats what the notes say and judges nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use maud::{Markup, html};
use strum::IntoEnumIterator;

use super::{episodes, heart};
use crate::model::reading::{Side, name_of};
use crate::model::warning_sign::{RedFlag, Scope};
use crate::report::charts::hips::Reader;
use crate::report::contract::{EpisodeRow, PainRow, RunRow, WeekRow};
use crate::report::shown::ShownReport;
use crate::report::{plain, wording};

/// The most rows of each part, so that everything fits on one page.
const WEEKS: usize = 6;
const RUNS: usize = 6;
const EPISODES: usize = 4;
const NOTES: usize = 2;
/// The most characters of a note and of a name.
const NOTE: usize = 110;
const NAME: usize = 40;

/// The sheet as the first page of a printed report; empty on a screen, and without any run or pain.
#[must_use]
pub(super) fn on_paper(shown: &ShownReport<'_>) -> Markup {
    html! { @if !shown.report.runs.is_empty() || !shown.episodes.is_empty() { (render(shown, false)) } }
}

/// The sheet; `alone` if it is a page of its own and needs the heading of one.
#[must_use]
pub(super) fn render(shown: &ShownReport<'_>, alone: bool) -> Markup {
    let report = shown.report;
    let open: Vec<&EpisodeRow> = shown.episodes.iter().map(|(_, e)| *e).filter(|e| e.open).collect();
    let since = open.iter().map(|e| e.onset).min();
    let head = html! {
        "For whoever examines"
        @if let Some(name) = &report.athlete.name { ": " bdi { (plain::cut(&plain::one_line(name), NAME)) } }
    };
    html! {
        section.sheet aria-labelledby="sheet-head" {
            @if alone { h1 id="sheet-head" { (head) } } @else { h2 id="sheet-head" { (head) } }
            p.small {
                "From a running log and short notes, as of " (wording::long(report.as_of))
                @if let Some(last) = report.athlete.log_to { "; last entry " (wording::day(last)) }
                ". Facts as the runner wrote them; nothing here was examined."
            }
            @if let Some(most) = shown.urgency() {
                p.called { "What this report opens with: " strong { (wording::urgency(most)) } "." }
            }
            @match open.first() {
                Some(newest) => (now(shown, newest, &open)),
                None => (quiet(shown)),
            }
            (signs(shown, since))
            @if let Some(figure) = heart::on_paper(shown, "sheet-heart") {
                div.scroll tabindex="0" role="group" aria-label="Pain and running, week by week" { (figure) }
            }
            div.pair {
                (six_weeks(shown))
                div {
                    @if let Some(since) = since { (runs_since(shown, since)) }
                    (earlier_episodes(shown, &open))
                }
            }
            // Beside the lines the map takes no height of its own.
            div.pair {
                (to_write_on())
                @if let Some(map) = episodes::map(shown, "sheet-hips", Reader::Examiner) { (map) }
            }
        }
    }
}

/// The facts of the newest open episode.
fn now(shown: &ShownReport<'_>, episode: &EpisodeRow, open: &[&EpisodeRow]) -> Markup {
    let report = shown.report;
    let notes = shown.notes_of(episode);
    let last_score = notes.iter().rev().find_map(|note| Some((note.severity?, note.date)));
    let timing: BTreeSet<_> = notes.iter().flat_map(|note| &note.timing).copied().collect();
    let days = (report.as_of - episode.onset).num_days().unsigned_abs() + 1;
    let character: Vec<String> = episode.qualities.iter().map(wording::spaced).collect();
    let felt: Vec<String> = timing.into_iter().map(|one| wording::timing(one).to_owned()).collect();
    let regions: Vec<String> = episode.regions.iter().map(|region| wording::region(*region).to_owned()).collect();
    html! {
        dl.facts-of {
            (fact("Where", &format!("{}{}", wording::hip(episode.side), if regions.is_empty() { String::new() } else { format!(": {}", wording::listed(&regions)) })))
            (fact("Since", &format!("{}, {}; noted on {}", wording::day(episode.onset), wording::counted(days, "day", "days"), wording::counted(episode.painful_days, "day", "days"))))
            (fact("Score", &match (last_score, episode.peak_severity) {
                (Some((last, day)), Some(peak)) => format!("{} on {}; highest {}", wording::score(last), wording::day_month(day), wording::score(peak)),
                _ => "none given".to_owned(),
            }))
            (fact("Character", &or_not_said(&character)))
            (fact("Felt", &or_not_said(&felt)))
            (fact("Running", &running(shown, episode)))
            (fact("Shoes then", &episode.shoe_at_onset.as_ref().map_or_else(|| wording::NOT_KNOWN.to_owned(), |shoe| {
                format!("{}, {}", plain::cut(&plain::one_line(&shoe.name), NAME), report.view.units.show(shoe.distance_m))
            })))
            (fact("Before it", &before(shown, episode)))
            (fact("Seen by", if episode.consulted { "a visit is noted" } else { "no visit is noted" }))
            @if open.len() > 1 {
                (fact("Also open", &open[1..].iter().map(|e| format!("{} since {}", wording::hip_short(e.side), wording::day_month(e.onset))).collect::<Vec<_>>().join("; ")))
            }
        }
        @for note in notes.iter().rev().filter(|note| !note.text.trim().is_empty()).take(NOTES) { (quoted(note)) }
    }
}

fn fact(name: &str, words: &str) -> Markup {
    html! { div { dt { (name) } dd { (words) } } }
}

fn or_not_said(words: &[String]) -> String {
    if words.is_empty() { "not said".to_owned() } else { wording::listed(words) }
}

fn quoted(note: &PainRow) -> Markup {
    html! {
        p.quoted { (wording::day_month(note.date)) ": " q { bdi { (plain::cut(&plain::one_line(&plain::clean(&note.text)), NOTE)) } } }
    }
}

/// What was run since the onset.
fn running(shown: &ShownReport<'_>, episode: &EpisodeRow) -> String {
    let runs = runs_from(shown, episode.onset);
    let metres: u64 = runs.iter().filter_map(|run| run.distance_m).map(u64::from).sum();
    let mut words = match runs.last() {
        None => "no run logged since then".to_owned(),
        Some(last) => format!(
            "{} since then, {}; last on {}",
            wording::counted(runs.len() as u64, "run", "runs"),
            shown.report.view.units.show(metres),
            wording::day_month(last.local_date)
        ),
    };
    if episode.stopped_running {
        words.push_str("; a week without a run");
    }
    words
}

fn runs_from<'a>(shown: &ShownReport<'a>, day: NaiveDate) -> &'a [RunRow] {
    let runs = &shown.report.runs;
    &runs[runs.partition_point(|run| run.local_date < day)..]
}

/// The flags before an episode, in a few words.
fn before(shown: &ShownReport<'_>, episode: &EpisodeRow) -> String {
    let groups = shown.came_before(episode);
    if groups.is_empty() {
        return shown.nothing_before(episode).trim_end_matches('.').to_lowercase();
    }
    groups.iter().map(|group| format!("{} {}", group.title.to_lowercase(), group.days)).collect::<Vec<_>>().join("; ")
}

/// Where nothing hurts now, the last episode.
fn quiet(shown: &ShownReport<'_>) -> Markup {
    html! {
        p { @match shown.episodes.first() {
            Some((_, last)) => { "No episode is open. The last one: " (line_of(shown, last)) "." },
            None if shown.report.pain.is_empty() => "No notes were written, so nothing is known of pain.",
            None => "The notes tell of no hip pain.",
        } }
    }
}

/// The warning signs that the notes name, deny and never mention: each is in one of these lists at least, the first
/// two with the last day.
fn signs(shown: &ShownReport<'_>, since: Option<NaiveDate>) -> Markup {
    let report = shown.report;
    if report.pain.is_empty() && report.warnings.is_empty() {
        return html! { dl.signs-of { (fact("Warning signs", "no notes were written, so nothing is known")) } };
    }
    let mut now: BTreeMap<RedFlag, NaiveDate> = BTreeMap::new();
    let mut earlier: BTreeMap<RedFlag, NaiveDate> = BTreeMap::new();
    let mut denied: BTreeMap<RedFlag, (NaiveDate, Option<&str>)> = BTreeMap::new();
    let of_notes = report.pain.iter().flat_map(|note| note.red_flags.iter().map(|flag| (*flag, note.date, false)));
    let raised = report.warnings.iter().map(|row| (row.warning.flag, row.warning.note_date, row.leads));
    for (flag, day, leads) in of_notes.chain(raised) {
        let is_now = leads || since.is_some_and(|onset| day >= onset);
        let last = if is_now { &mut now } else { &mut earlier }.entry(flag).or_insert(day);
        *last = day.max(*last);
    }
    earlier.retain(|flag, _| !now.contains_key(flag));
    for note in &report.pain {
        for flag in &note.denied_flags {
            let words = denying_words(note, *flag);
            let last = denied.entry(*flag).or_insert((note.date, words));
            if note.date >= last.0 {
                *last = (note.date, words);
            }
        }
    }
    let never: Vec<&str> = RedFlag::iter()
        .filter(|flag| flag.row().scope != Scope::Episode)
        .filter(|flag| !now.contains_key(flag) && !earlier.contains_key(flag) && !denied.contains_key(flag))
        .map(RedFlag::words)
        .collect();
    let listed = |signs: &BTreeMap<RedFlag, NaiveDate>| {
        let words: Vec<String> =
            signs.iter().map(|(flag, day)| format!("{} ({})", flag.words(), wording::day(*day))).collect();
        if words.is_empty() { "none".to_owned() } else { words.join("; ") }
    };
    let denied: Vec<String> = denied
        .iter()
        .map(|(flag, (day, words))| match words {
            Some(words) => format!("\"{}\" ({})", plain::one_line(&plain::clean(words)), wording::day(*day)),
            None => format!("{} ({})", flag.words(), wording::day(*day)),
        })
        .collect();
    html! {
        dl.signs-of {
            @if let Some(onset) = since { (fact(&format!("Warning signs since {}", wording::day(onset)), &listed(&now))) }
            @if since.is_none() && !now.is_empty() { (fact("Warning signs now", &listed(&now))) }
            (fact(if since.is_some() || !now.is_empty() { "Earlier signs" } else { "Warning signs in these notes" }, &listed(&earlier)))
            (fact("Denied", &if denied.is_empty() { "none".to_owned() } else { denied.join("; ") }))
            (fact("Never mentioned", &if never.is_empty() { "none".to_owned() } else { never.join("; ") }))
            @if let Some(unread) = unread(shown) { (fact("Not understood", &unread)) }
        }
    }
}

/// The words of a note that deny a sign: a sign has several ways to show, and only one may be denied.
fn denying_words(note: &PainRow, flag: RedFlag) -> Option<&str> {
    let meaning = format!("not {}", name_of(flag));
    let span = note.spans.iter().find(|span| span.meaning == meaning)?;
    let before = note.text.get(..span.start)?;
    // With the word that denies it: "no limp".
    let same = before.rfind(['.', ',', ';', ':', '(', ')', '\n']).map_or(0, |at| at + 1);
    let words = before.get(same..)?.split_whitespace();
    let taken = words.rev().take(DENYING_WORDS).last();
    let start = taken.and_then(|word| before.rfind(word)).unwrap_or(span.start);
    note.text.get(start..span.end)
}

/// The number of words before a denied sign that are quoted with it.
const DENYING_WORDS: usize = 2;

/// The notes that could not be read: a sign may be in them.
fn unread(shown: &ShownReport<'_>) -> Option<String> {
    let notes = shown.not_understood();
    let newest = notes.last()?;
    let words = plain::cut(&plain::one_line(&plain::clean(&newest.text)), NOTE);
    let all = wording::counted(notes.len() as u64, "note", "notes");
    Some(format!("{all}, to be read by eye; the last, {}: \"{words}\"", wording::day(newest.date)))
}

/// The last six logged weeks.
fn six_weeks(shown: &ShownReport<'_>) -> Markup {
    let report = shown.report;
    let logged = shown.weeks.partition_point(|row| Some(row.week.start) <= report.athlete.log_to);
    let weeks: &[&WeekRow] = &shown.weeks[logged.saturating_sub(WEEKS)..logged];
    let units = report.view.units;
    html! {
        div.scroll tabindex="0" role="group" aria-label="The last weeks" { table {
            caption { "The last weeks" }
            thead { tr { @for head in ["Week of", units.sign(), "Change", "Runs", "Rest days", "Longest"] { th scope="col" { (head) } } } }
            tbody {
                @for row in weeks.iter().rev() {
                    tr {
                        th scope="row" { (wording::day_month(row.week.start)) @if !row.week.complete { ", so far" } }
                        td { @match row.week.distance_m { Some(metres) => (units.figure(metres)), None => "–" } }
                        td { (wording::week_change(row)) }
                        td { (wording::week_runs(&row.week, report.athlete.log_to)) }
                        td { @match row.week.rest_days { Some(n) => (n), None => "–" } }
                        td { @match row.week.longest_run_m { Some(m) => (units.figure(u64::from(m))), None => "–" } }
                    }
                }
            }
        } }
    }
}

/// The runs since the onset, the newest first.
fn runs_since(shown: &ShownReport<'_>, since: NaiveDate) -> Markup {
    let runs = runs_from(shown, since);
    let units = shown.report.view.units;
    let words: Vec<String> = runs
        .iter()
        .rev()
        .take(RUNS)
        .map(|run| {
            let distance =
                run.distance_m.map_or_else(|| wording::DISTANCE_NOT_KNOWN.to_owned(), |m| units.show(u64::from(m)));
            format!("{} {distance}", wording::day_month(run.local_date))
        })
        .collect();
    html! {
        p {
            strong { "Runs since the onset: " }
            @if words.is_empty() { "none" } @else { (words.join(", ")) }
            @if runs.len() > RUNS { " and " (runs.len() - RUNS) " before" }
            "."
        }
    }
}

fn earlier_episodes(shown: &ShownReport<'_>, open: &[&EpisodeRow]) -> Markup {
    let past: Vec<&EpisodeRow> =
        shown.episodes.iter().map(|(_, e)| *e).filter(|e| !open.iter().any(|o| o.id == e.id)).collect();
    html! {
        p { strong { "Earlier episodes: " } @if past.is_empty() { (if shown.report.pain.is_empty() { episodes::NOT_KNOWN } else { "none noted" }) "." } }
        @if !past.is_empty() {
            ul { @for episode in past.iter().take(EPISODES) { li { (line_of(shown, episode)) } } }
            @if past.len() > EPISODES { p { "and " (past.len() - EPISODES) " before." } }
        }
    }
}

/// An episode on one line: days, place, highest score, what came before it, and whether a professional was seen.
fn line_of(shown: &ShownReport<'_>, episode: &EpisodeRow) -> String {
    let mut words = format!("{}, {}", wording::episode_days(episode), wording::spot(episode.side, episode.region));
    if episode.side == Side::Unknown {
        words.push_str(" (side not named)");
    }
    if let Some(peak) = episode.peak_severity {
        words.push_str(&format!(", up to {}", wording::score(peak)));
    }
    if let Some(nearest) = shown.came_before(episode).first() {
        words.push_str(&format!("; {} {}", nearest.title.to_lowercase(), nearest.days));
    }
    if let Some(injury) = wording::injury(episode) {
        words.push_str(&format!("; {injury}"));
    }
    words
}

fn to_write_on() -> Markup {
    html! {
        div.lines {
            @for name in ["Examined by, on", "Found", "Running until", "Next"] { p { (name) span {} } }
        }
    }
}
