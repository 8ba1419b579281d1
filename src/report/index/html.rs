//! The index as one self-contained HTML page: by level, one line for each athlete, which becomes three short ones on
//! a phone. Links lead to the reports beside it.

use maud::{Markup, html};

use super::contract::{AthleteRow, Index, NO_CHANGE, State};
use super::levels::{Level, levels, nothing_since, of_usual};
use super::{
    NOTHING_FLAGGED, REASONS, REASONS_ON_A_PHONE, SIGNS_ON_A_PHONE, compared, headline, is_gone, more_signed,
    more_than, signed,
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

/// The athletes whose notes hold a warning sign, above everything else.
fn signs(index: &Index) -> Markup {
    let (signed, more) = signed(index);
    let mut levels = signed.chunk_by(|(_, a), (_, b)| a == b).peekable();
    html! {
        @while let Some(same) = levels.next() {
            @let (class, id) = box_of(same[0].1);
            section class={ "first " (class) } aria-labelledby=(id) {
                p.eyebrow { "Warning signs in the notes" }
                h2 id=(id) { (wording::urgency(same[0].1)) }
                ul.named {
                    @for (row, _) in same {
                        li { (name(row)) @if let Some(first) = row.reasons.first() { ": " (words::bare_sentence(first)) } }
                    }
                }
                @if more > 0 && levels.peek().is_none() { p.small { (more_signed(more)) } }
            }
        }
    }
}

/// The class and id of the box for a level of urgency: signs for soon are never in one box with signs for now.
fn box_of(step: Priority) -> (&'static str, &'static str) {
    match step {
        Priority::P0 => ("emergency", "signs-now"),
        Priority::P1 => ("today", "signs-today"),
        _ => ("soon", "signs-soon"),
    }
}

/// The name, as a link where there is a report.
fn name(row: &AthleteRow) -> Markup {
    match &row.report {
        Some(report) => html! { a href=(report) { (words::name(&row.label)) } },
        None => words::name(&row.label),
    }
}

/// The columns: class, and the head that also stands before each cell on a phone.
const COLUMNS: [(&str, &str); 8] = [
    ("who", "Athlete"),
    ("last", "Last week"),
    ("longest", "Longest"),
    ("rest", "Rest days"),
    ("hip", "Hip"),
    ("entry", "Last entry"),
    ("weeks", "26 weeks"),
    ("why", "Why"),
];

fn athletes(index: &Index) -> Markup {
    let levels = levels(index);
    html! {
        @if levels.len() > 1 { (choice(index, &levels)) }
        table.roster role="table" {
            thead role="rowgroup" {
                tr role="row" { @for (class, head) in COLUMNS { th class={ "c-" (class) } role="columnheader" scope="col" { (head) } } }
            }
            @for level in &levels {
                tbody class={ "level " (level.class) } role="rowgroup" {
                    tr.head role="row" {
                        th role="rowheader" scope="rowgroup" colspan=(COLUMNS.len()) {
                            span.step { (level.title) " " span.soft { (level.rows.len()) } }
                        }
                    }
                    @for row in &level.rows { (athlete(index, level.class, row)) }
                }
            }
        }
    }
}

/// The choice of the level shown, made by the styles without a script.
fn choice(index: &Index, levels: &[Level<'_>]) -> Markup {
    html! {
        fieldset.ranges {
            legend.hidden { "Athletes shown" }
            span {
                input type="radio" name="level" id="show-all" checked;
                label for="show-all" { "all " (index.athletes.len()) }
            }
            @for level in levels {
                span {
                    input type="radio" name="level" id={ "show-" (level.class) };
                    label for={ "show-" (level.class) } { (level.short) " " (level.rows.len()) }
                }
            }
        }
    }
}

fn athlete(index: &Index, level: &str, row: &AthleteRow) -> Markup {
    let day = |day| wording::near(day, index.as_of);
    let shown = |metres: u64| index.units.show(metres);
    let since = nothing_since(index, row);
    html! {
        tr role="row" {
            th.who role="rowheader" scope="row" { (name(row)) }
            td.last role="cell" {
                @if let Some(Some(metres)) = row.weekly_distance_m.last() { (shown(*metres)) }
                @if let Some(share) = of_usual(row) { " " span.soft { (share) "\u{a0}% of usual" } }
            }
            td.longest role="cell" { @if let Some(metres) = row.longest_run_m { (shown(metres)) } }
            td.rest role="cell" { @if let Some(days) = row.rest_days { (days) } }
            td.hip role="cell" {
                @match (&row.open_episode, row.last_pain) {
                    (Some(_), _) => span.open { "hurts" },
                    (None, Some(last)) => { (wording::counted((index.as_of - last).num_days().unsigned_abs(), "day ago", "days ago")) },
                    (None, None) => {},
                }
            }
            td.entry role="cell" { @if let Some(last) = row.last_entry { (day(last)) } }
            td.weeks role="cell" {
                @if let Some(bars) = spark::draw(&row.weekly_distance_m, row.weeks_from, index.units) { (bars) }
            }
            td.why role="cell" {
                @if let Some(last) = since {
                    p.silent { "Nothing since " (day(last)) @if level == "silent" { ", then: " (super::step(row).1) } }
                }
                @if !row.reasons.is_empty() { (why(row)) }
                @if let Some(told) = row.since_last.as_ref().filter(|told| since.is_none() || *told != NO_CHANGE) {
                    p.new { "Since last time: " (words::bare_sentence(told)) }
                }
            }
        }
    }
}

/// The first reasons. On a phone the styles show fewer, with another count of the rest.
fn why(row: &AthleteRow) -> Markup {
    let shown = row.reasons.len().min(REASONS);
    let is_signed = row.attention.is_some_and(|step| step <= Priority::P2);
    let on_a_phone = if is_signed { SIGNS_ON_A_PHONE } else { REASONS_ON_A_PHONE };
    html! {
        ul.ours[row.state != State::Failed] {
            @for (nth, reason) in row.reasons.iter().take(shown).enumerate() {
                li.further[nth >= on_a_phone] { (words::bare_sentence(reason)) }
            }
            @if let Some(more) = more_than(row, on_a_phone) { li.brief.soft { (more) } }
            @if let Some(more) = more_than(row, REASONS) { li.further.soft { (more) " in the report" } }
        }
    }
}

fn together(index: &Index) -> Markup {
    if index.athletes.iter().all(|row| row.state == State::Failed) {
        return html! {};
    }
    html! {
        section.folded id="links" aria-labelledby="links-head" {
            details {
            summary { h2 id="links-head" { "Does load come before pain more often than chance?" } }
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
