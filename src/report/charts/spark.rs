//! Weekly distances as a small row of bars beside a name. A week that is not wholly known is a gap, and a week
//! without a run only a base line: missing is not zero.

use std::fmt::Write as _;

use chrono::NaiveDate;
use maud::{Markup, html};

use super::scale::{count, later, px, real};
use crate::model::units::Units;
use crate::report::wording;

/// The width of one week, in units of the drawing.
const STEP: f64 = 5.0;
/// The width of a bar.
const BAR: f64 = 4.0;
/// The height of the tallest bar.
const TALL: f64 = 30.0;

/// The bars; `None` if no week is known.
#[must_use]
pub fn draw(weeks_m: &[Option<u64>], from: Option<NaiveDate>, units: Units) -> Option<Markup> {
    let words = in_words(weeks_m, from, units)?;
    let most = weeks_m.iter().flatten().copied().max().unwrap_or(0).max(1);
    let (mut bars, mut base) = (String::new(), String::new());
    for (at, week) in weeks_m.iter().enumerate() {
        let Some(metres) = week else { continue };
        let left = px(count(at) * STEP);
        // Writing to a string cannot fail.
        let _ = write!(base, "M{left} {}h{}", px(TALL + 0.5), px(BAR));
        if *metres > 0 {
            let tall = px((TALL * real(*metres) / real(most)).max(1.0));
            let _ = write!(bars, "M{left} {}v-{tall}h{}v{tall}z", px(TALL), px(BAR));
        }
    }
    let view = format!("0 0 {} {}", px(count(weeks_m.len()) * STEP), px(TALL + 1.0));
    Some(html! {
        svg.spark role="img" aria-label=(words) viewBox=(view) preserveAspectRatio="none" {
            title { (words) }
            path.run d=(bars) {}
            path.base d=(base) {}
        }
    })
}

/// What the bars show, in words; `None` if no week is known.
#[must_use]
pub fn in_words(weeks_m: &[Option<u64>], from: Option<NaiveDate>, units: Units) -> Option<String> {
    let known: Vec<u64> = weeks_m.iter().flatten().copied().collect();
    let (least, most) = (known.iter().min()?, known.iter().max()?);
    let last_day = from.map(|from| later(from, 7 * weeks_m.len() as u64 - 1));
    let until = last_day.map_or_else(String::new, |day| format!(" to {}", wording::day(day)));
    let gaps = (weeks_m.len() - known.len()) as u64;
    let unknown = if gaps == 0 {
        String::new()
    } else {
        format!("; {} not known", wording::counted(gaps, "week is", "weeks are"))
    };
    Some(format!(
        "Distance in the {} weeks{until}: {} to {} a week, last {}{unknown}",
        weeks_m.len(),
        units.show(*least),
        units.show(*most),
        last_in_words(weeks_m, units)
    ))
}

/// The last week's distance in words.
#[must_use]
pub fn last_in_words(weeks_m: &[Option<u64>], units: Units) -> String {
    weeks_m.last().copied().flatten().map_or_else(|| wording::NOT_KNOWN.to_owned(), |metres| units.show(metres))
}

/// The last week and the longest one, in words.
#[must_use]
pub fn beside(weeks_m: &[Option<u64>], units: Units) -> String {
    let most = weeks_m.iter().flatten().max().map_or_else(String::new, |most| format!(", most {}", units.show(*most)));
    format!("Last week {}{most}", last_in_words(weeks_m, units))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEKS: [Option<u64>; 4] = [Some(20_000), None, Some(0), Some(40_000)];

    #[test]
    fn a_gap_has_neither_bar_nor_base_and_a_week_without_a_run_has_its_base() {
        let svg = draw(&WEEKS, None, Units::Km).unwrap().into_string();
        // Half as tall as the tallest, nothing at 5, only the base at 10, and the tallest at 15.
        assert!(svg.contains("<path class=\"run\" d=\"M0 30v-15h4v15zM15 30v-30h4v30z\">"), "{svg}");
        assert!(svg.contains("<path class=\"base\" d=\"M0 30.5h4M10 30.5h4M15 30.5h4\">"), "{svg}");
    }

    #[test]
    fn the_words_say_what_the_bars_show() {
        let from = NaiveDate::from_ymd_opt(2026, 10, 19);
        assert_eq!(
            in_words(&WEEKS, from, Units::Km).unwrap(),
            "Distance in the 4 weeks to 15 Nov 2026: 0.0\u{a0}km to 40.0\u{a0}km a week, last 40.0\u{a0}km; 1 week is not known"
        );
        assert_eq!(last_in_words(&[Some(1_000), None], Units::Km), "not known");
    }

    #[test]
    fn nothing_known_draws_nothing() {
        assert!(draw(&[None, None], None, Units::Km).is_none());
        assert!(draw(&[], None, Units::Km).is_none());
    }
}
