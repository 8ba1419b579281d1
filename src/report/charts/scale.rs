//! Turns figures into positions in a drawing: axes with round steps, days along a line, and numbers in the form SVG
//! wants. It knows nothing of runs or pain.

use chrono::NaiveDate;

/// The least width of a plot in pixels on a phone, and where the style sheet shows what is `wide`.
pub const PHONE: f64 = 240.0;
/// The least width on a wide page; see [`PHONE`].
pub const WIDE: f64 = 510.0;

/// A count or a whole number of metres as a float, for drawing.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "what is drawn is far below 2^53, and a pixel is coarser than the loss")]
pub fn real(n: u64) -> f64 {
    n as f64
}

/// A length as a float, for drawing.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no chart has 2^53 marks")]
pub fn count(n: usize) -> f64 {
    n as f64
}

/// The day `n` days before, or the day itself at the beginning of the calendar.
#[must_use]
pub fn earlier(day: NaiveDate, n: u64) -> NaiveDate {
    day.checked_sub_days(chrono::Days::new(n)).unwrap_or(day)
}

/// The day `n` days after, or the day itself at the end of the calendar.
#[must_use]
pub fn later(day: NaiveDate, n: u64) -> NaiveDate {
    day.checked_add_days(chrono::Days::new(n)).unwrap_or(day)
}

/// A number with at most two decimals and no trailing zeros; 0 if it is not finite.
#[must_use]
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Pixels, rounded to a tenth. A page has thousands of them, and whole numbers are written in a fraction of the time.
#[must_use]
pub fn px(value: f64) -> String {
    /// Up to here tenths are exact.
    const EXACT: f64 = 1e15;
    let tenths = (value * 10.0).round();
    if tenths.is_nan() || tenths.abs() > EXACT {
        return number(tenths / 10.0);
    }
    #[expect(clippy::cast_possible_truncation, reason = "a whole number below 10¹⁵")]
    let tenths = tenths as i64;
    let (sign, tenths) = (if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs());
    match tenths % 10 {
        0 => format!("{sign}{}", tenths / 10),
        rest => format!("{sign}{}.{rest}", tenths / 10),
    }
}

/// A share of the width, such as `12.5%`.
#[must_use]
pub fn across(share: f64) -> String {
    format!("{}%", number(share * 100.0))
}

/// An axis from 0 to a round number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// The round number at the end.
    pub top: f64,
    /// The distance between ticks: 1, 2 or 5 times a power of ten.
    pub step: f64,
}

impl Axis {
    /// An axis up to at least `max`, with at most `want` steps. Without anything to show it ends at 1.
    #[must_use]
    pub fn holding(max: f64, want: usize) -> Self {
        if !max.is_finite() || max <= 0.0 {
            return Self { top: 1.0, step: 1.0 };
        }
        let rough = max / count(want.max(1));
        let power = libm::pow(10.0, libm::log10(rough).floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|times| times * power)
            .find(|step| *step >= rough * (1.0 - 1e-9))
            .unwrap_or(10.0 * power);
        Self { top: step * (max / step - 1e-9).ceil().max(1.0), step }
    }

    /// The ticks above 0, with the end.
    #[must_use]
    pub fn ticks(self) -> Vec<f64> {
        let mut ticks = Vec::new();
        let mut tick = self.step;
        while tick <= self.top * (1.0 + 1e-9) && ticks.len() < 20 {
            ticks.push(tick);
            tick += self.step;
        }
        ticks
    }

    /// The position of a value between 0 and the end, as a share from 0 to 1.
    #[must_use]
    pub fn share(self, value: f64) -> f64 {
        if value.is_finite() { (value / self.top).clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// A range of days along the width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl Days {
    /// The position of the start of a day, from 0 at the left to 1.
    #[must_use]
    pub fn start_of(self, day: NaiveDate) -> f64 {
        let all = (self.last - self.first).num_days() + 1;
        let before = (day - self.first).num_days();
        ratio(before, all)
    }

    /// The position of the end of a day.
    #[must_use]
    pub fn end_of(self, day: NaiveDate) -> f64 {
        let all = (self.last - self.first).num_days() + 1;
        ratio((day - self.first).num_days() + 1, all)
    }

    /// Whether the days from `from` to `to` overlap this range.
    #[must_use]
    pub fn touches(self, from: NaiveDate, to: NaiveDate) -> bool {
        from <= self.last && to >= self.first
    }
}

#[expect(clippy::cast_precision_loss, reason = "calendars are far below 2^53 days")]
fn ratio(part: i64, all: i64) -> f64 {
    if all <= 0 { 0.0 } else { (part as f64 / all as f64).clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, d).unwrap()
    }

    #[test]
    fn steps_are_round_and_hold_the_largest_value() {
        assert_eq!(Axis::holding(43.0, 4), Axis { top: 60.0, step: 20.0 });
        assert_eq!(Axis::holding(40.0, 4), Axis { top: 40.0, step: 10.0 });
        assert_eq!(Axis::holding(0.0, 4), Axis { top: 1.0, step: 1.0 });
        assert_eq!(Axis::holding(f64::INFINITY, 4), Axis { top: 1.0, step: 1.0 });
        assert_eq!(Axis::holding(43.0, 4).ticks(), [20.0, 40.0, 60.0]);
    }

    #[test]
    fn numbers_are_short_and_always_finite() {
        assert_eq!(number(12.5), "12.5");
        assert_eq!(number(12.0), "12");
        assert_eq!(number(1.0 / 3.0), "0.33");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(f64::NAN), "0");
        assert_eq!(across(0.125), "12.5%");
    }

    #[test]
    fn pixels_are_written_as_any_number_is() {
        let near: Vec<f64> = (-3_000..3_000).map(|n| f64::from(n) / 70.0).collect();
        let odd = [0.0, -0.0, -0.04, 0.05, 0.25, 1e14, 1e15 + 0.5, -1e18, f64::NAN, f64::INFINITY];
        for value in near.into_iter().chain(odd) {
            assert_eq!(px(value), number((value * 10.0).round() / 10.0), "{value}");
        }
    }

    #[test]
    fn days_fill_the_width_and_stay_inside() {
        let days = Days { first: day(1), last: day(10) };
        assert!((days.start_of(day(1)) - 0.0).abs() < 1e-12);
        assert!((days.end_of(day(5)) - 0.5).abs() < 1e-12);
        assert!((days.end_of(day(31)) - 1.0).abs() < 1e-12);
        assert!(days.touches(day(10), day(12)) && !days.touches(day(11), day(12)));
    }
}
