//! The first lines where a warning sign leads: what to do, said once, the notes behind it, what to do until then, and
//! what ends the sign.

use super::{EMERGENCY_CHARS, Line, SIGN_CHARS, Weight, hip, quoted};
use crate::model::reading::Priority;
use crate::report::calls;
use crate::report::contract::{EpisodeRow, WarningRow};
use crate::report::shown::{NumberedRow, ShownReport, by_note};
use crate::report::{plain, wording};

/// The most signs of one note that are named, besides emergencies, which are all named.
const NAMED: usize = 2;

/// The numbers to ring where the configuration names none, and where they hold.
pub(in crate::report) const RING: [(&str, &str); 2] = [("112", "Europe"), ("911", "North America")];

fn ring() -> String {
    let numbers: Vec<String> = RING.iter().map(|(number, place)| format!("{number} ({place})")).collect();
    format!("Ring {}, or your country's emergency number.", numbers.join(", "))
}

pub(super) fn lines(shown: &ShownReport<'_>) -> Vec<Line> {
    let Some(most) = shown.urgency() else { return Vec::new() };
    let urgent = shown.urgent_advice();
    let calls = calls::gather(&urgent);
    let first = calls.first().filter(|call| call.urgency == Some(most));
    let call = first.map_or_else(|| wording::urgency(most).to_owned(), |call| plain::one_line(call.words));
    let mut lines = vec![Line::new(Weight::Call(most), "", call)];
    if most == Priority::P0 && shown.emergency_number().is_none() {
        lines.push(Line::new(Weight::Ring, "", ring()));
    }
    let notes = by_note(&shown.leading());
    lines.extend(notes.first().map(|note| sign(shown, note, notes.len())));
    if most == Priority::P0
        && let Some(at) = lines.iter().position(|line| line.quote.is_some())
        && let Some(quote) = lines[at].quote.take()
    {
        // In an emergency the runner's own words say first why it is one.
        lines.insert(at, Line { quote: Some(quote), ..Line::plain("You wrote", "").more("all-signs") });
    }
    // Advice with a sign that is no call, such as how to spare the leg until it is examined.
    lines.extend(calls.iter().find(|call| call.urgency.is_none()).map(|call| Line::plain("", sentence(call.words))));
    lines.extend(hip::to_do(shown).map(|text| Line::plain("Until then", text).more("advice")));
    lines.extend(episode(shown).and_then(|episode| hip::ran_since(shown, episode)).map(Line::can_wait));
    let ends = shown.what_ends_the_signs().map(|text| Line::new(Weight::Quiet, "", text));
    // In an emergency whom to ring and why come before how the alarm ends.
    lines.extend(ends.map(|line| if most == Priority::P0 { line.can_wait() } else { line }));
    lines
}

/// The episode of the most urgent sign.
fn episode<'a>(shown: &ShownReport<'a>) -> Option<&'a EpisodeRow> {
    let leading = shown.leading();
    let id = leading.first()?.1.warning.episode.as_ref()?;
    shown.report.episodes.iter().find(|episode| episode.id == *id)
}

/// Where it hurts and the signs of the most urgent note, with its words.
fn sign(shown: &ShownReport<'_>, signs: &[NumberedRow<'_, WarningRow>], notes: usize) -> Line {
    let named = signs.iter().filter(|(_, sign)| sign.warning.urgency() == Priority::P0).count().max(NAMED);
    let mut words: Vec<String> =
        signs.iter().take(named).map(|(_, sign)| sign.warning.flag.words().to_owned()).collect();
    let more = signs.len().saturating_sub(named);
    if more > 0 {
        words.push(format!("{more} more"));
    }
    let words = words.join("; ");
    let mut text = match episode(shown) {
        // Beside an emergency how much the hip hurts is the lesser thing, and may calm whoever reads it first.
        Some(_) if is_emergency(signs) => format!("{}.", wording::capital(&words)),
        Some(episode) if is_urgent(signs) => {
            format!("{}. {}.", wording::capital(&words), hip::how_it_stands(shown, episode))
        }
        Some(episode) => format!("{}: {words}.", hip::how_it_stands(shown, episode)),
        None => format!("{}.", wording::capital(&words)),
    };
    if notes > 1 {
        let others = notes as u64 - 1;
        text.push_str(&format!(" And {}, below.", wording::counted(others, "more note", "more notes")));
    }
    let mut line = Line::plain("", text).more("all-signs");
    line.quote = signs.first().filter(|(_, first)| !first.warning.text.trim().is_empty()).map(|(_, first)| {
        let limit = if is_emergency(signs) { EMERGENCY_CHARS } else { SIGN_CHARS };
        quoted(&first.warning.text, shown.spans_of(first), first.warning.note_date, limit)
    });
    line
}

fn is_emergency(signs: &[NumberedRow<'_, WarningRow>]) -> bool {
    signs.iter().any(|(_, sign)| sign.warning.urgency() == Priority::P0)
}

fn is_urgent(signs: &[NumberedRow<'_, WarningRow>]) -> bool {
    signs.iter().any(|(_, sign)| sign.warning.urgency() <= Priority::P1)
}

fn sentence(words: &str) -> String {
    format!("{}.", plain::one_line(words).trim_end_matches('.'))
}
