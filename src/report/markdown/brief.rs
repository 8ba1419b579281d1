//! The report for a mail: the lines of the first screen, what to do, the last runs and episodes, in at most sixty
//! lines. Its only HTML is the marker in the first line and the seal in the last; the full Markdown has everything.

use super::page::{Page, safe};
use super::{head, seal_off};
use crate::report::contract::Report;
use crate::report::first_screen::{self, Weight};
use crate::report::shown::{FOR_THE_EXAMINER, ShownReport};
use crate::report::{since_last, wording};

/// The number of runs in the table.
const RUNS: usize = 5;
/// The most lines of any other list.
const FEW: usize = 3;

/// The Markdown for a mail.
#[must_use]
pub fn render(report: &Report) -> String {
    let shown = ShownReport::new(report);
    let mut page = Page::default();
    head(&mut page, &shown);
    first(&mut page, &shown);
    if let Some(since) = since_last::told(report) {
        page.para(&safe(&since));
    }
    let examiner = shown.for_the_examiner();
    let to_do = if shown.leading().is_empty() { report.advice.iter().enumerate().collect() } else { shown.to_do() };
    for (title, lines) in [(shown.to_do_head(), &to_do), (FOR_THE_EXAMINER, &examiner)] {
        let lines = ShownReport::first_of(lines, FEW);
        list(&mut page, title, &lines.iter().map(|(_, line)| line.text.to_string()).collect::<Vec<_>>());
    }
    runs(&mut page, &shown);
    let episodes: Vec<String> =
        shown.episodes.iter().take(FEW).map(|(_, episode)| shown.episode_in_short(episode)).collect();
    list(&mut page, "Hip pain", &episodes);
    if examiner.is_empty() {
        let flags = shown.fresh().into_iter().map(|(_, finding)| finding.detail.message.clone());
        list(&mut page, "Flagged now", &flags.chain(shown.habits()).take(FEW).collect::<Vec<_>>());
    }
    links(&mut page, &shown);
    let notes = shown.not_understood();
    let unread: Vec<String> = notes
        .iter()
        .rev()
        .take(FEW)
        .map(|note| format!("{}: \"{}\"", wording::day(note.date), crate::report::plain::cut(&note.text, 100)))
        .collect();
    list(&mut page, "Not understood: read these yourself", &unread);
    seal_off(page, report)
}

fn first(page: &mut Page, shown: &ShownReport<'_>) {
    let mut items = Vec::new();
    for line in first_screen::lines(shown) {
        let quote = line.quote.map_or_else(String::new, |quote| format!(" {}", safe(&quote)));
        let bars = line.bars.map_or_else(String::new, |bars| format!(" `{bars}`"));
        let text = format!("{}{quote}{bars}", safe(&line.text));
        match line.weight {
            Weight::Call(_) => {
                page.head(2, &text);
                if let Some(number) = shown.emergency_number() {
                    page.para(&format!("**{}**", safe(&format!("Call {number}"))));
                }
            }
            _ if !line.lead.is_empty() => items.push(format!("**{}:** {text}", line.lead)),
            Weight::Strong => items.push(format!("**{text}**")),
            Weight::Ring | Weight::Plain | Weight::Quiet => items.push(text),
        }
    }
    page.list(&items);
}

/// What the log can tell of load before pain, one line for each kind of answer, and what a jump means there.
fn links(page: &mut Page, shown: &ShownReport<'_>) {
    let report = shown.report;
    if report.links.is_empty() || report.episodes.is_empty() {
        return;
    }
    let answers = report.links.chunk_by(|one, other| one.linked.claim == other.linked.claim).map(|same| {
        let titles: Vec<String> = same.iter().map(|link| shown.title(link.rule).to_lowercase()).collect();
        format!("{}: {}", wording::claim(same[0].linked.claim), titles.join(", "))
    });
    page.para("**Load before pain more often than chance?**");
    let answers = answers.map(|answer| safe(&wording::capital(&answer)));
    page.list(&answers.chain([wording::stricter_jumps(report)]).collect::<Vec<_>>());
}

fn runs(page: &mut Page, shown: &ShownReport<'_>) {
    let rows: Vec<Vec<String>> = shown
        .last_runs(RUNS)
        .into_iter()
        .map(|run| {
            let day = wording::near(run.date, shown.report.as_of);
            [day, run.distance, run.time, run.pace, run.shoe, run.note].iter().map(|cell| safe(cell)).collect()
        })
        .collect();
    page.table(&["Run", "Distance", "Time", "Pace", "Shoe", "Note"], &rows);
}

fn list(page: &mut Page, title: &str, lines: &[String]) {
    if !lines.is_empty() {
        page.para(&format!("**{title}**"));
        page.list(&lines.iter().map(|line| super::page::note(line)).collect::<Vec<_>>());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixtures;

    #[test]
    fn it_fits_into_a_mail_and_opens_no_tag() {
        for (name, report) in fixtures::all() {
            let page = render(&report);
            assert!(page.lines().count() <= 60, "{name}: {} lines\n{page}", page.lines().count());
            assert_eq!(page.matches('<').count(), 2, "{name}: only the marker and the seal open a tag");
        }
    }
}
