//! Where the rows of the chart lie, in pixels from its top, and how a day or a distance becomes a place in it.

use chrono::NaiveDate;

use super::super::in_units;
use super::super::scale::{Axis, Days};
use super::{HeartChart, WeekAhead};
use crate::report::contract::WeekRow;

/// The two lines for the labels of episodes.
pub(super) const LANES: [f64; 2] = [12.0, 27.0];
/// Pixels of the plot of distances, on a screen and on a sheet of paper.
const KM_TALL: f64 = 130.0;
const KM_ON_PAPER: f64 = 84.0;
/// Pixels of the ribbon of shoes.
pub(super) const RIBBON: f64 = 14.0;
/// Pixels of the plot of scores, from 0 to 10.
const PAIN_TALL: f64 = 40.0;

/// The places of the rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// Whether there is a row for pain.
    pub pain: bool,
    /// The top of the bands of episodes, and the line of a score of 0.
    pub band: f64,
    pub pain_base: f64,
    /// The line of what came before.
    pub before_lane: f64,
    /// The base line of the distances, and how tall they can be.
    pub km_base: f64,
    pub km_tall: f64,
    /// The lines of rest days and longest runs.
    pub rest: f64,
    pub longest: f64,
    /// The top of the ribbon, where any shoe is known.
    pub shoes: Option<f64>,
    /// Where the rows end, and the whole.
    pub foot: f64,
    pub height: f64,
}

impl Layout {
    pub fn new(pain: bool, shoes: bool, on_paper: bool) -> Self {
        let km_tall = if on_paper { KM_ON_PAPER } else { KM_TALL };
        let band = LANES[1] + 6.0;
        let pain_base = band + 6.0 + PAIN_TALL;
        let before_lane = if pain { pain_base + 20.0 } else { LANES[0] };
        let km_base = before_lane + 24.0 + km_tall;
        // On a screen the names of the rows stand above them where it is narrow.
        let (rest, longest, ribbon) = if on_paper { (18.0, 34.0, 41.0) } else { (32.0, 64.0, 88.0) };
        let (rest, longest, ribbon) = (km_base + rest, km_base + longest, km_base + ribbon);
        let foot = if shoes { ribbon + RIBBON + 4.0 } else { longest + 8.0 };
        Self {
            pain,
            band,
            pain_base,
            before_lane,
            km_base,
            km_tall,
            rest,
            longest,
            shoes: shoes.then_some(ribbon),
            foot,
            height: foot + 36.0,
        }
    }

    /// The line of a score from 0 to 10.
    pub fn score(self, score: f64) -> f64 {
        self.pain_base - PAIN_TALL * (score / 10.0).clamp(0.0, 1.0)
    }
}

/// Some weeks with everything that is needed to draw them.
#[derive(Clone, Debug)]
pub(super) struct Plot<'a> {
    pub chart: &'a HeartChart<'a>,
    pub weeks: &'a [&'a WeekRow],
    pub ahead: Vec<WeekAhead>,
    pub span: Days,
    pub axis: Axis,
    pub at: Layout,
    pub on_paper: bool,
}

impl Plot<'_> {
    /// How many days it spans.
    pub fn days(&self) -> f64 {
        self.day(self.span.last) + 1.0
    }

    /// Days from the first to the morning of a day.
    pub fn day(&self, date: NaiveDate) -> f64 {
        let days = (date - self.span.first).num_days();
        f64::from(i32::try_from(days).unwrap_or(0))
    }

    /// The same as a share of the width, at the middle of the day.
    pub fn middle_of(&self, date: NaiveDate) -> f64 {
        f64::midpoint(self.span.start_of(date), self.span.end_of(date))
    }

    /// The middle of a week as a share of the width.
    pub fn middle_of_week(&self, start: NaiveDate) -> f64 {
        (self.day(start) + 3.5) / self.days()
    }

    /// The pixels that a distance is tall.
    pub fn tall(&self, metres: u64) -> f64 {
        self.at.km_tall * self.axis.share(in_units(self.chart.units, metres))
    }
}
