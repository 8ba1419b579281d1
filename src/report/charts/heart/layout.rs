//! Where the rows of the chart lie, in pixels from its top, and where days and distances are drawn in it.

use chrono::NaiveDate;

use super::super::in_units;
use super::super::scale::{Axis, Days};
use super::{HeartChart, WeekAhead};
use crate::report::contract::WeekRow;

/// The two lines for the labels of episodes.
pub(super) const LANES: [f64; 2] = [12.0, 27.0];
/// The height of the distance plot in pixels, on a screen and on paper.
const KM_TALL: f64 = 130.0;
const KM_ON_PAPER: f64 = 84.0;
/// The height of the ribbon of shoes in pixels.
pub(super) const RIBBON: f64 = 14.0;
/// The height of the score plot in pixels, from 0 to 10.
const PAIN_TALL: f64 = 40.0;

/// The vertical positions of the rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// Whether there is a row for pain.
    pub pain: bool,
    /// The top of the bands of episodes, and the line of score 0.
    pub band: f64,
    pub pain_base: f64,
    /// The line for labels of what came before pain.
    pub before_lane: f64,
    /// The base line of the distances, and their greatest height.
    pub km_base: f64,
    pub km_tall: f64,
    /// The lines of rest days and longest runs.
    pub rest: f64,
    pub longest: f64,
    /// The top of the ribbon; `None` if no shoe is known.
    pub shoes: Option<f64>,
    /// The bottom of the rows, and the height of the whole chart.
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
        // On a narrow screen the names of the rows are placed above them.
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

    /// The vertical position of a score from 0 to 10.
    pub fn score(self, score: f64) -> f64 {
        self.pain_base - PAIN_TALL * (score / 10.0).clamp(0.0, 1.0)
    }
}

/// The weeks of one drawing, with everything needed to draw them.
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
    /// The number of days it spans.
    pub fn days(&self) -> f64 {
        self.day(self.span.last) + 1.0
    }

    /// The days from the first day to the start of the given one.
    pub fn day(&self, date: NaiveDate) -> f64 {
        let days = (date - self.span.first).num_days();
        f64::from(i32::try_from(days).unwrap_or(0))
    }

    /// The middle of a day as a share of the width.
    pub fn middle_of(&self, date: NaiveDate) -> f64 {
        f64::midpoint(self.span.start_of(date), self.span.end_of(date))
    }

    /// The middle of a week as a share of the width.
    pub fn middle_of_week(&self, start: NaiveDate) -> f64 {
        (self.day(start) + 3.5) / self.days()
    }

    /// The height of a distance in pixels.
    pub fn tall(&self, metres: u64) -> f64 {
        self.at.km_tall * self.axis.share(in_units(self.chart.units, metres))
    }
}
