//! The index in a terminal: one line for each athlete, in the order of the page's levels, with a warning sign's
//! reason in full.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::contract::{AthleteRow, Index, NO_CHANGE};
use super::levels::levels;
use super::{NOTHING_FLAGGED, compared, headline, is_gone, reasons, silent, step};
use crate::model::reading::Priority;
use crate::report::summary::Look;
use crate::report::terminal_page::{BOLD, DIM, PLAIN, Page, SOON, URGENT, wrap};
use crate::report::{plain, wording};

/// The most athletes listed before the rest is only counted.
const MOST: usize = 20;
/// The widest column of names.
const WIDEST_NAME: usize = 28;

/// The summary with ANSI styles, ending in a line feed. With `verbose` every athlete is listed.
#[must_use]
pub fn render(index: &Index, look: &Look) -> String {
    let mut page = Page::new(look.width);
    page.paragraph(BOLD, &format!("{}: {}", wording::long(index.as_of), headline(index)));
    page.blank();
    let most = if look.verbose { index.athletes.len() } else { MOST };
    let in_order: Vec<&AthleteRow> = levels(index).into_iter().flat_map(|level| level.rows).collect();
    let shown = &in_order[..most.min(in_order.len())];
    let steps = shown.iter().map(|row| step(row).1.width()).max().unwrap_or(0);
    let widest = WIDEST_NAME.min(page.width().saturating_sub(steps + 2));
    let names = shown.iter().map(|row| label(row, widest).width()).max().unwrap_or(0);
    for row in shown {
        athlete(&mut page, row, &label(row, widest), [steps, names]);
    }
    if let Some(left) = index.athletes.len().checked_sub(shown.len()).filter(|left| *left > 0) {
        page.paragraph(DIM, &format!("and {left} more"));
    }
    for gone in &index.gone {
        page.item(BOLD, "", &format!("{}: {}.", plain::one_line(&gone.name), is_gone(gone)));
    }
    page.blank();
    let mut lines = vec![NOTHING_FLAGGED.to_owned(), compared(index)];
    if !index.left_alone.is_empty() {
        let left = index.left_alone.len() as u64;
        lines.push(format!(
            "{} beside the athletes' folders left alone; the index lists {}.",
            wording::counted(left, "file or folder", "files or folders"),
            if left == 1 { "it" } else { "them" }
        ));
    }
    lines.push(index.disclaimer.clone());
    for line in &lines {
        page.paragraph(DIM, line);
    }
    page.finish()
}

/// What even a quiet run prints: one line for each athlete with a change since the earlier index, and for each with a
/// warning sign that is urgent or has no earlier index to compare with.
#[must_use]
pub fn news(index: &Index) -> Option<String> {
    let line = |row: &AthleteRow| {
        let changed = row.since_last.as_deref().filter(|since| *since != NO_CHANGE);
        let changed = changed.map(|told| format!("{}: {}\n", plain::one_line(&row.label), plain::one_line(told)));
        // An urgent sign is repeated as long as it leads, and so is any sign without an earlier index.
        let is_urgent = row.attention.is_some_and(|step| step <= Priority::P1);
        let repeats = is_urgent || row.since_last.is_none() && !row.warning_signs.is_empty();
        let standing = row.reasons.first().filter(|_| repeats).map(|reason| stands(row, reason));
        if is_urgent {
            changed.into_iter().chain(standing).reduce(|all, line| all + &line)
        } else {
            changed.or(standing)
        }
    };
    let gone = index.gone.iter().filter(|gone| gone.is_new);
    let gone = gone.map(|gone| format!("{}: {}\n", plain::one_line(&gone.name), is_gone(gone)));
    let silent = silent(index).map(|silent| format!("{silent}\n"));
    let lines: String = index.athletes.iter().filter_map(line).chain(gone).chain(silent).collect();
    (!lines.is_empty()).then_some(lines)
}

/// A warning sign in one line: how urgent it is, and why.
fn stands(row: &AthleteRow, reason: &str) -> String {
    format!("{}: {} ({})\n", plain::one_line(&row.label), step(row).1, plain::one_line(reason))
}

fn label(row: &AthleteRow, widest: usize) -> String {
    fit(&plain::one_line(&row.label), widest)
}

fn athlete(page: &mut Page, row: &AthleteRow, name: &str, [steps, names]: [usize; 2]) {
    let (_, words) = step(row);
    let style = match row.attention {
        Some(Priority::P0 | Priority::P1) => URGENT,
        Some(Priority::P2 | Priority::P3) => SOON,
        Some(Priority::P4) => BOLD,
        _ => DIM,
    };
    let pad = |used: usize, of: usize| " ".repeat(of.saturating_sub(used));
    if row.attention.is_some_and(|step| step <= Priority::P2) {
        page.row(&[(style, words), (PLAIN, &format!("{}  {name}", pad(words.width(), steps)))]);
        // A warning sign is never shortened: its reason is printed below the name.
        let indent = steps + 2;
        for line in wrap(&reasons(row).join("; "), page.width().saturating_sub(indent)) {
            page.row(&[(PLAIN, &format!("{}{line}", pad(0, indent)))]);
        }
        return;
    }
    let why: Vec<String> = row.reasons.iter().map(|reason| plain::one_line(reason)).collect();
    let room = page.width().saturating_sub(steps + names + 4);
    // Where the column of reasons would be too narrow, they are printed on the next line.
    let (gap, room) =
        if room >= 20 { (pad(name.width(), names) + "  ", room) } else { ("\n    ".to_owned(), page.width() - 4) };
    let why = fit(&why.join("; "), room);
    let gap = if why.is_empty() { String::new() } else { gap };
    page.row(&[(style, words), (PLAIN, &format!("{}  {name}{gap}{why}", pad(words.width(), steps)))]);
}

/// Shortens a text to this many columns, with an ellipsis where something was cut.
fn fit(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for letter in text.chars() {
        used += letter.width().unwrap_or(0);
        if used > columns {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}
