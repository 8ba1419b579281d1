//! Rate ratios with their 95 % limits on a doubling scale. A limit that is unbounded, or beyond the scale, ends in an
//! arrow; an estimate that is unbounded, or beyond the scale, has no square.

use maud::{Markup, html};

use super::scale::{across, count, number, px};
use super::{Figure, Mark};
use crate::link::figure;
use crate::report::contract::{Claim, RateRatio};
use crate::report::wording;

const ROW: f64 = 48.0;
/// The scale reaches at most from 1/256 to 256, and at least from 1/4 to 4; given as powers of two.
const WIDEST: i32 = 8;
/// Where the scale is wider than this, only every second doubling has a line.
const CLOSE: f64 = 5.0;
const NARROWEST: f64 = 2.0;

/// One row of the chart: a rule's ratio.
#[derive(Clone, Debug)]
pub struct Ratio {
    /// The title of the rule.
    pub title: String,
    /// The ratio and its limits.
    pub ratio: RateRatio,
    /// What may be claimed.
    pub claim: Claim,
}

/// The chart; `None` without ratios.
#[must_use]
pub fn draw(id: &str, rows: &[Ratio]) -> Option<Markup> {
    if rows.is_empty() {
        return None;
    }
    let reach = rows
        .iter()
        .flat_map(|r| [r.ratio.low, r.ratio.estimate, r.ratio.high])
        .flatten()
        .filter(|v| v.is_finite() && *v > 0.0)
        .map(|v| libm::log2(v).abs().ceil())
        .fold(NARROWEST, f64::max)
        .min(f64::from(WIDEST));
    let place = |value: f64| f64::midpoint(libm::log2(value) / reach, 1.0).clamp(0.0, 1.0);
    let base = count(rows.len()) * ROW;
    let step = if reach > CLOSE { 2 } else { 1 };
    let ticks = (-WIDEST..=WIDEST).filter(|power| power % step == 0 && f64::from(power.abs()) <= reach);
    let drawing = html! {
        svg.plot.flush.forest role="img" aria-labelledby={ (id) "-title" } height=(px(base + 26.0)) {
            @for power in ticks {
                @let x = across(place(2_f64.powi(power)));
                line class=(if power == 0 { "one" } else { "grid" }) x1=(x) x2=(x) y1="0" y2=(px(base)) {}
                @let anchor = if f64::from(power) >= reach { "end" } else if f64::from(power) <= -reach { "start" } else { "middle" };
                text class=(if power % (2 * step) == 0 { "axis" } else { "axis wide" }) x=(x) y=(px(base + 16.0)) text-anchor=(anchor) {
                    @if power < 0 { "1/" (number(2_f64.powi(-power))) } @else { (number(2_f64.powi(power))) }
                }
            }
            @for (at, row) in rows.iter().enumerate() { (line(row, count(at) * ROW, &place)) }
        }
    };
    let shown = rows.iter().filter(|r| r.claim == Claim::MoreOftenThanChance).count();
    let title = match shown {
        0 => "No link between a flag and pain can be told from chance with this log".to_owned(),
        n => format!(
            "{n} of {} came before pain more often than chance explains",
            wording::counted(rows.len() as u64, "flag", "flags")
        ),
    };
    let legend = vec![
        Mark::new("k-square", "estimate"),
        Mark::new("k-line", "95\u{a0}% limits, an arrow where they go on"),
        Mark::new("k-one", "1: pain as often as without the flag"),
    ];
    Some(Figure { id, title, legend, drawing, table: None }.render())
}

fn line(row: &Ratio, top: f64, place: &impl Fn(f64) -> f64) -> Markup {
    let y = top + 32.0;
    let bounded = |value: Option<f64>, open: bool| value.filter(|v| v.is_finite() && *v > 0.0 && !open);
    let low = bounded(row.ratio.low, row.ratio.low_unbounded);
    let high = bounded(row.ratio.high, row.ratio.high_unbounded);
    let (left, right) = (low.map_or(0.0, place), high.map_or(1.0, place));
    let class = if row.claim == Claim::MoreOftenThanChance { "square shown" } else { "square" };
    html! {
        text.label x="0" y=(px(top + 16.0)) { (row.title) }
        text.mark x="100%" y=(px(top + 16.0)) text-anchor="end" { (words(&row.ratio)) }
        line.limits x1=(across(left)) x2=(across(right)) y1=(px(y)) y2=(px(y)) {}
        @if low.is_none() || left <= 0.0 { svg x="0" y=(px(y)) { path.arrow d="M0 0l7 -4v8z" {} } }
        @if high.is_none() || right >= 1.0 { svg x="100%" y=(px(y)) { path.arrow d="M0 0l-7 -4v8z" {} } }
        @if let Some(at) = bounded(row.ratio.estimate, false).map(place).filter(|at| *at > 0.0 && *at < 1.0) {
            svg x=(across(at)) y=(px(y)) {
                rect class=(class) x="-5" y="-5" width="10" height="10" { title { (row.title) ": " (words(&row.ratio)) } }
            }
        }
    }
}

/// `2.9 (0.6 to 19)`, with words where a limit is unbounded.
#[must_use]
pub fn words(ratio: &RateRatio) -> String {
    let show = |value: Option<f64>, open: bool, none: &str| {
        value.filter(|v| v.is_finite() && !open).map_or_else(|| none.to_owned(), figure)
    };
    format!(
        "{} ({} to {})",
        show(ratio.estimate, false, "unbounded"),
        show(ratio.low, ratio.low_unbounded, "0"),
        show(ratio.high, ratio.high_unbounded, "no limit")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(estimate: Option<f64>, low: Option<f64>, high: Option<f64>) -> RateRatio {
        RateRatio::new(estimate, low, high)
    }

    #[test]
    fn unbounded_limits_are_words_and_arrows_never_numbers() {
        let open = ratio(None, Some(0.62), None);
        assert_eq!(words(&open), "unbounded (0.62 to no limit)");
        assert_eq!(words(&ratio(Some(2.91), Some(0.6), Some(19.2))), "2.9 (0.6 to 19)");
        for wild in [
            open,
            ratio(Some(f64::NAN), Some(f64::NEG_INFINITY), Some(f64::INFINITY)),
            ratio(Some(0.0), Some(0.0), Some(1e9)),
        ] {
            let row = Ratio { title: "Weekly jump".into(), ratio: wild, claim: Claim::NotShown };
            let page = draw("f", &[row]).unwrap().into_string();
            assert!(!page.contains("NaN") && !page.contains("inf"), "{page}");
            assert!(page.contains("class=\"arrow\""));
        }
    }

    #[test]
    fn one_lies_in_the_middle() {
        let row = Ratio { title: "x".into(), ratio: ratio(Some(1.0), Some(0.5), Some(2.0)), claim: Claim::NotShown };
        let page = draw("f", &[row]).unwrap().into_string();
        assert!(page.contains("class=\"one\" x1=\"50%\""));
        assert!(page.contains("class=\"limits\" x1=\"25%\" x2=\"75%\""), "{page}");
    }
}
