//! What may be said of flags and the pain after them: a sentence for each rule, the chart of ratios, and the figures
//! for whoever wants to check.

use maud::{Markup, html};

use super::words;
use crate::report::charts::forest::{self, Ratio};
use crate::report::charts::{Table, scale};
use crate::report::contract::LinkRow;
use crate::report::shown::{NOTHING_TO_COMPARE, ShownReport, together};
use crate::report::{plain, wording};

/// What is compared, beside the title.
#[must_use]
pub(super) fn gist(shown: &ShownReport<'_>) -> String {
    if shown.report.links.is_empty() || shown.report.episodes.is_empty() {
        return String::new();
    }
    let episodes = shown.report.episodes.len() as u64;
    format!("load before {}", wording::counted(episodes, "episode", "episodes"))
}

/// A plain sentence for each rule; `None` if there is nothing to compare.
#[must_use]
pub(super) fn in_short(shown: &ShownReport<'_>) -> Option<Markup> {
    let sentences = shown.links_in_short();
    (!sentences.is_empty()).then(|| html! { ul.plain { @for one in &sentences { li { (words::sentence(one)) } } } })
}

/// The section on links: sentences, a chart, and a table of every figure.
#[must_use]
pub(super) fn render(shown: &ShownReport<'_>) -> Markup {
    let links = &shown.report.links;
    if links.is_empty() || shown.report.episodes.is_empty() {
        return html! { p { (NOTHING_TO_COMPARE) } };
    }
    let ratios: Vec<Ratio> = links
        .iter()
        .filter_map(|l| {
            l.linked.rate_ratio.map(|ratio| Ratio { title: shown.title(l.rule), ratio, claim: l.linked.claim })
        })
        .collect();
    html! {
        p.soft { (wording::stricter_jumps(shown.report)) }
        ul.links {
            @for same in together(links) {
                @let titles: Vec<String> = same.iter().map(|link| plain::one_line(&shown.title(link.rule))).collect();
                li {
                    h3 { (titles.join(", ")) " " span.badge { (wording::claim(same[0].linked.claim)) } }
                    p { (words::sentence(&same[0].linked.bare_text)) }
                }
            }
        }
        @if let Some(figure) = forest::draw("forest", &ratios) { (figure) }
        p.soft { (wording::BEHIND_ALL_LINKS) }
        (table(shown).turned().render())
    }
}

fn table(shown: &ShownReport<'_>) -> Table {
    let optional = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), wording::plain_number);
    let chance = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), wording::probability);
    let rows = shown
        .report
        .links
        .iter()
        .map(|l| {
            vec![
                plain::one_line(&shown.title(l.rule)),
                wording::counted(u64::from(l.window_days), "day", "days"),
                format!("{} of {}", l.linked.episodes_usable, l.linked.episodes_total),
                left_out(l),
                l.linked.exposed.to_string(),
                l.linked.episodes_usable.saturating_sub(l.linked.exposed).to_string(),
                optional(l.linked.expected),
                l.linked.rate_ratio.as_ref().map_or_else(|| "–".to_owned(), forest::words),
                optional(l.linked.mantel_haenszel),
                chance(l.linked.p_exact),
                chance(l.linked.p_rotation),
                chance(l.linked.p_holm),
                chance(l.linked.p_one_sided),
                chance(l.linked.p_step_down),
                optional(l.linked.detectable_ratio),
                overstated(l),
                diagnostics(l),
                chance(l.linked.best_attainable_p),
                l.linked
                    .sensitivity
                    .iter()
                    .map(|s| format!("{} d: {} ({})", s.window_days, s.exposed, optional(s.expected)))
                    .collect::<Vec<_>>()
                    .join("; "),
                l.linked
                    .null_window
                    .map_or_else(|| "–".to_owned(), |n| format!("{} ({})", n.exposed, scale::number(n.expected))),
            ]
        })
        .collect();
    Table::new(
        &[
            "Flag",
            "Window",
            "Episodes used",
            "Left out",
            "With the flag before",
            "Without",
            "Expected with",
            "Rate ratio (95\u{a0}%)",
            "Mantel–Haenszel",
            "p exact",
            "p rotation",
            "p Holm",
            "p one-sided",
            "p adjusted (claim)",
            "Ratio this log would show",
            "Shown as",
            "Taken for granted",
            "Best p possible",
            "Other windows (expected)",
            "Window that should show nothing",
        ],
        rows,
    )
}

/// The size at which claims show a true ratio: `2.0 as 5.2`.
fn overstated(link: &LinkRow) -> String {
    let Some(one) = link.linked.exaggeration else { return "–".to_owned() };
    let shown = one.shown.map_or_else(|| "no limit".to_owned(), wording::plain_number);
    format!("{} as {shown}", wording::plain_number(one.true_ratio))
}

/// The results of the diagnostics: `null-window 0.41: holds; note-density 1.4: fails`.
fn diagnostics(link: &LinkRow) -> String {
    let told = link.linked.diagnostics.iter().map(|one| {
        let measured = one.measured.map_or_else(|| "–".to_owned(), wording::plain_number);
        format!("{} {measured}: {}", one.name, if one.passes { "holds" } else { "fails" })
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { "–".to_owned() } else { told.join("; ") }
}

fn left_out(link: &LinkRow) -> String {
    if link.linked.excluded.is_empty() {
        return "–".to_owned();
    }
    link.linked
        .excluded
        .iter()
        .map(|(reason, n)| format!("{n} {}", plain::one_line(reason)))
        .collect::<Vec<_>>()
        .join("; ")
}
