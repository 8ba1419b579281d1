//! The index as one HTML page that needs nothing but itself: cards on a phone, a table where there is room. Links lead to
//! the reports beside it.

use maud::{Markup, html};

use super::contract::{AthleteRow, Index, State};
use super::{
    NOTHING_FLAGGED, REASONS, REASONS_ON_A_PHONE, compared, headline, is_gone, is_quiet, more_signed, more_than, signed,
};
use crate::model::reading::Priority;
use crate::report::charts::{Table, spark};
use crate::report::html::frame::page;
use crate::report::html::words;
use crate::report::{plain, wording};

const OWN_STYLE: &str = include_str!("index.css");

/// The index as one HTML page.
#[must_use]
pub fn render(index: &Index) -> String {
    let body = html! {
        a.skip href="#main" { "Skip to the athletes" }
        header {
            h1 { "Running and hip pain: who needs attention" }
            p.sub { strong { (wording::long(index.as_of)) } " · " (headline(index)) }
        }
        main id="main" {
            (signs(index))
            section aria-labelledby="athletes-head" {
                h2 id="athletes-head" { "Athletes, most in need of attention first" }
                p.soft { (words::sentence(&compared(index))) }
                (athletes(index))
                @if !index.gone.is_empty() {
                    ul.plain { @for gone in &index.gone { li { (words::name(&gone.name)) ": " (is_gone(gone)) "." } } }
                }
                p.soft { (NOTHING_FLAGGED) }
            }
            (together(index))
            (left_alone(index))
        }
        footer {
            p { (words::sentence(&index.disclaimer)) }
            p.small { (index.tool.name) " " (index.tool.version) " · as of " (wording::long(index.as_of)) }
        }
    };
    page(&format!("Who needs attention · {}", wording::day(index.as_of)), OWN_STYLE, &body)
}

/// Athletes whose notes hold a warning sign, above everything else.
fn signs(index: &Index) -> Markup {
    let (signed, more) = signed(index);
    let Some((_, most)) = signed.first() else {
        return html! {};
    };
    let level = match most {
        Priority::P0 => "emergency",
        Priority::P1 => "today",
        _ => "soon",
    };
    html! {
        section class={ "first " (level) } aria-labelledby="signs-head" {
            p.eyebrow { "Warning signs in the notes" }
            @for (nth, same) in signed.chunk_by(|(_, a), (_, b)| a == b).enumerate() {
                @if nth == 0 { h2 id="signs-head" { (wording::urgency(*most)) } } @else { h3 { (wording::urgency(same[0].1)) } }
                ul.named {
                    @for (row, _) in same {
                        li { (name(row)) @if let Some(first) = row.reasons.first() { ": " (words::bare_sentence(first)) } }
                    }
                }
            }
            @if more > 0 { p.small { (more_signed(more)) } }
        }
    }
}

/// The name, as a link where there is a report.
fn name(row: &AthleteRow) -> Markup {
    match &row.report {
        Some(report) => html! { a href=(report) { (words::name(&row.label)) } },
        None => words::name(&row.label),
    }
}

fn athletes(index: &Index) -> Markup {
    let compared = index.athletes.iter().any(|row| row.since_last.is_some());
    html! {
        table.roster role="table" {
            thead role="rowgroup" {
                tr role="row" {
                    th.c-who role="columnheader" scope="col" { "Athlete" }
                    th role="columnheader" scope="col" { "Why" }
                    th.c-weeks role="columnheader" scope="col" { "Distance a week" }
                    @if compared { th.c-new role="columnheader" scope="col" { "Since last time" } }
                }
            }
            @for same in index.athletes.chunk_by(|a, b| is_quiet(a) == is_quiet(b)) {
            tbody.quiet[is_quiet(&same[0])] role="rowgroup" {
                @for row in same {
                    tr role="row" {
                        td.who role="cell" { (rank(row)) (name(row)) }
                        td role="cell" {
                            @if row.reasons.is_empty() { span.soft { "Nothing flagged." } } @else { (why(row)) }
                        }
                        td.weeks role="cell" {
                            @if let Some(bars) = spark::draw(&row.weekly_distance_m, row.weeks_from, index.units) {
                                (bars)
                                span.small { (spark::beside(&row.weekly_distance_m, index.units)) }
                            }
                        }
                        @if compared {
                            td.new.soft role="cell" { @if let Some(since) = &row.since_last { (words::bare_sentence(since)) } }
                        }
                    }
                }
            }
            }
        }
    }
}

/// The first reasons. On a phone the styles show fewer, and another count of the rest.
fn why(row: &AthleteRow) -> Markup {
    let shown = row.reasons.len().min(REASONS);
    html! {
        ul.ours[row.state != State::Failed] {
            @for (nth, reason) in row.reasons.iter().take(shown).enumerate() {
                li.further[nth >= REASONS_ON_A_PHONE] { (words::bare_sentence(reason)) }
            }
            @if let Some(more) = more_than(row, REASONS_ON_A_PHONE) { li.brief.soft { (more) } }
            @if let Some(more) = more_than(row, REASONS) { li.further.soft { (more) " in the report" } }
        }
    }
}

/// The step on the ladder, or what stands in its place.
fn rank(row: &AthleteRow) -> Markup {
    let (class, words) = super::step(row);
    let meaning = row.attention.map(wording::urgency);
    html! { span class={ "rank " (class) } title=[meaning] { (words) } }
}

fn together(index: &Index) -> Markup {
    if index.athletes.iter().all(|row| row.state == State::Failed) {
        return html! {};
    }
    html! {
        section id="links" aria-labelledby="links-head" {
            h2 id="links-head" { "Does load come before pain more often than chance?" }
            p.soft { "All athletes together; each is compared with nobody but themselves, half-year by half-year." }
            ul.links {
                @for same in super::links_together(&index.links) {
                    @let titles: Vec<&str> = same.iter().map(|link| link.title).collect();
                    li {
                        h3 { (titles.join(", ")) " " span.badge { (wording::claim(same[0].together.claim)) } }
                        p { (plain::one_line(&same[0].together.bare_text)) }
                    }
                }
            }
            h3 { "Single athletes" }
            p { (plain::one_line(&index.runner_links.text)) }
            p.soft { (wording::BEHIND_ALL_LINKS) }
            (figures(index).turned().render())
        }
    }
}

fn figures(index: &Index) -> Table {
    let optional = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), wording::plain_number);
    let chance = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), wording::probability);
    let limit = |value: Option<f64>| value.map_or_else(|| "no limit".to_owned(), wording::plain_number);
    let bounded = |value: f64| Some(value).filter(|value| value.is_finite());
    let rows = index
        .links
        .iter()
        .map(|link| {
            let all = &link.together;
            let without = all.leave_one_out.map(|range| [range.low, range.high].map(bounded).map(limit));
            vec![
                link.title.to_owned(),
                wording::counted(u64::from(link.window_days), "day", "days"),
                format!("{} of {}", link.episodes_usable, link.episodes_total),
                all.exposed.to_string(),
                optional(all.expected),
                all.rate_ratio.map_or_else(
                    || "–".to_owned(),
                    |ratio| {
                        format!(
                            "{} ({} to {})",
                            limit(ratio.estimate),
                            ratio.low.map_or_else(|| "0".to_owned(), wording::plain_number),
                            limit(ratio.high)
                        )
                    },
                ),
                optional(all.mantel_haenszel),
                chance(all.p_exact),
                chance(all.p_holm),
                chance(all.best_attainable_p),
                all.runners.to_string(),
                all.largest_share.map_or_else(|| "–".to_owned(), wording::fine_per_cent),
                without.map_or_else(|| "–".to_owned(), |[low, high]| format!("{low} to {high}")),
            ]
        })
        .collect();
    Table::new(
        &[
            "Flag",
            "Window",
            "Episodes used",
            "With the flag before",
            "Expected with",
            "Rate ratio (95\u{a0}%)",
            "Mantel–Haenszel",
            "p exact",
            "p Holm",
            "Best p possible",
            "Athletes that count",
            "Largest share of one",
            "Ratio with each left out",
        ],
        rows,
    )
}

fn left_alone(index: &Index) -> Markup {
    let left = &index.left_alone;
    if left.is_empty() {
        return html! {};
    }
    html! {
        section id="left" aria-labelledby="left-head" {
            h2 id="left-head" { "Left alone" }
            ul.others {
                @for one in left { li { (words::name(&one.path)) ": " (plain::one_line(&one.reason)) } }
            }
        }
    }
}
