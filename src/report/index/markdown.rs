//! The index as Markdown, for a mail, a wiki or a repository: the same levels and words as the HTML page.

use super::contract::{AthleteRow, Index};
use super::levels::levels;
use super::{NOTHING_FLAGGED, compared, headline, is_gone, links_together, more_signed, reasons, signed};
use crate::model::own_file::MARKDOWN_REPORT;
use crate::report::charts::{spark, text};
use crate::report::markdown::page::{Page, safe};
use crate::report::{plain, seal, wording};

/// The Markdown, with a marker in its first line by which runhip recognises its own reports.
#[must_use]
pub fn render(index: &Index) -> String {
    let mut page = Page::default();
    page.line(MARKDOWN_REPORT);
    page.head(1, "Running and hip pain: who needs attention");
    page.para(&format!("**{}** · {}", wording::long(index.as_of), headline(index)));
    signs(&mut page, index);
    page.head(2, "Athletes, most in need of attention first");
    page.para(&safe(&compared(index)));
    for level in levels(index) {
        page.head(3, &format!("{} ({})", level.title, level.rows.len()));
        let rows: Vec<Vec<String>> = level.rows.into_iter().map(|row| cells(index, row)).collect();
        page.table(&["Athlete", "Why", "Distance in 26 weeks", "Last week", "Since last time"], &rows);
    }
    let gone = index.gone.iter().map(|gone| safe(&format!("{}: {}.", wording::name(&gone.name), is_gone(gone))));
    page.list(&gone.collect::<Vec<_>>());
    page.para(NOTHING_FLAGGED);
    page.head(2, "Does load come before pain more often than chance?");
    page.para("All athletes together; each is compared with nobody but themselves, half-year by half-year.");
    let links: Vec<String> = links_together(&index.links)
        .into_iter()
        .map(|same| {
            let titles: Vec<String> = same.iter().map(|link| safe(link.title)).collect();
            let text = safe(&same[0].together.bare_text);
            format!("**{}** ({}): {text}", titles.join(", "), wording::claim(same[0].together.claim))
        })
        .collect();
    page.list(&links);
    page.para(&safe(&index.runner_links.text));
    page.para(wording::BEHIND_ALL_LINKS);
    if !index.left_alone.is_empty() {
        page.head(2, "Left alone");
        let left: Vec<String> =
            index.left_alone.iter().map(|one| format!("{}: {}", safe(&one.path), safe(&one.reason))).collect();
        page.list(&left);
    }
    page.line("---");
    page.line("");
    page.para(&safe(&index.disclaimer));
    page.para(&format!("{} {}", index.tool.name, index.tool.version));
    page.line(&seal::line());
    seal::close(page.done())
}

fn signs(page: &mut Page, index: &Index) {
    let (signed, more) = signed(index);
    if signed.is_empty() {
        return;
    }
    page.head(2, "Warning signs in the notes");
    let mut lines: Vec<String> = signed
        .iter()
        .map(|(row, step)| format!("{}: **{}**. {}", name(row), wording::urgency(*step), foremost(row)))
        .collect();
    if more > 0 {
        lines.push(more_signed(more));
    }
    page.list(&lines);
}

fn foremost(row: &AthleteRow) -> String {
    let first = row.reasons.first().map_or_else(String::new, |reason| format!("{}.", wording::capital(reason)));
    safe(&plain::cut(&first, plain::NOTE_CHARS))
}

fn name(row: &AthleteRow) -> String {
    let label = safe(&wording::name(&row.label));
    row.report.as_ref().map_or_else(|| label.clone(), |report| format!("[{label}]({report})"))
}

fn cells(index: &Index, row: &AthleteRow) -> Vec<String> {
    let reasons: Vec<String> = reasons(row).iter().map(|reason| safe(&plain::cut(reason, plain::NOTE_CHARS))).collect();
    let known = row.weekly_distance_m.iter().any(Option::is_some);
    let bars = if known { text::bars_of(&row.weekly_distance_m) } else { String::new() };
    vec![
        name(row),
        if reasons.is_empty() { "nothing flagged".to_owned() } else { reasons.join("; ") },
        bars,
        if known { spark::last_in_words(&row.weekly_distance_m, index.units) } else { String::new() },
        row.since_last.as_deref().map_or_else(String::new, safe),
    ]
}
