//! Durations as apps and people write them, in seconds. It decides no unit for a bare number, which depends on the
//! column or the dialect.

use super::numbers::{self, Mark};
use super::words::{self, TimeUnit};

/// The longest duration of a run in seconds: 30 days.
const LONGEST_S: f64 = 2_592_000.0;

/// The value of a duration cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DurationCell {
    /// Seconds, if the cell has its own unit: `1:02:03`, `55 min`, `PT55M`.
    Seconds(f64),
    /// A bare number, whose unit depends on the column.
    Bare(f64),
}

/// Reads a duration cell. `unit` matters for `1:05`, which is minutes and seconds unless the column is in hours and
/// minutes. `None` if the cell is not a duration, is negative, or is longer than 30 days.
pub fn read(cell: &str, unit: Option<TimeUnit>, mark: Mark) -> Option<DurationCell> {
    let cell = cell.trim();
    let spelled = if cell.contains(':') {
        DurationCell::Seconds(with_colons(cell, unit)?)
    } else if let Some(value) = numbers::number(cell, mark) {
        DurationCell::Bare(value)
    } else {
        DurationCell::Seconds(with_words(cell, mark)?)
    };
    let (DurationCell::Seconds(value) | DurationCell::Bare(value)) = spelled;
    let bound = if matches!(spelled, DurationCell::Bare(_)) { LONGEST_S * 1_000.0 } else { LONGEST_S };
    (0.0..=bound).contains(&value).then_some(spelled)
}

/// Whole seconds of a number in `unit`; `None` beyond 30 days.
pub fn whole_seconds(value: f64, unit: TimeUnit) -> Option<u32> {
    let seconds = value * unit.seconds();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked first")]
    (0.0..=LONGEST_S).contains(&seconds).then(|| seconds.round() as u32)
}

fn with_colons(cell: &str, unit: Option<TimeUnit>) -> Option<f64> {
    let (mut parts, mut count) = ([0.0; 3], 0);
    for part in cell.split(':') {
        *parts.get_mut(count)? = plain(part.trim())?;
        count += 1;
    }
    let parts = &parts[..count];
    if parts.iter().skip(1).any(|part| *part >= 60.0) {
        return None;
    }
    match parts {
        [hours, minutes] if unit == Some(TimeUnit::HhMm) => Some(hours * 3_600.0 + minutes * 60.0),
        [minutes, seconds] => Some(minutes * 60.0 + seconds),
        [hours, minutes, seconds] => Some(hours * 3_600.0 + minutes * 60.0 + seconds),
        _ => None,
    }
}

/// Digits with at most one decimal mark, without sign or thousands separators.
fn plain(part: &str) -> Option<f64> {
    // Most parts are whole, and of so few digits that they are exact.
    if (1..=9).contains(&part.len()) && part.bytes().all(|digit| digit.is_ascii_digit()) {
        return part.parse::<u32>().ok().map(f64::from);
    }
    let fits = !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    fits.then(|| part.replace(',', ".").parse().ok()).flatten()
}

/// `1h02m`, `1 h 2 min 3 s`, `55'30"`, `PT1H2M3.5S`, or `1h30`, where the number after hours is minutes.
fn with_words(cell: &str, mark: Mark) -> Option<f64> {
    let mut rest = cell.strip_prefix("PT").unwrap_or(cell).trim_start();
    let mut total = 0.0;
    let mut last: Option<TimeUnit> = None;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
        let value = numbers::number(&rest[..end], mark)?;
        rest = rest[end..].trim_start();
        let length = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let unit = match rest[..length].trim_matches(|c: char| c.is_whitespace() || c == ',' || c == '.') {
            "'" | "′" | "’" => TimeUnit::Min,
            "\"" | "″" | "''" | "”" => TimeUnit::S,
            "" => match last? {
                TimeUnit::H => TimeUnit::Min,
                TimeUnit::Min => TimeUnit::S,
                _ => return None,
            },
            word => words::time_unit(word).filter(|unit| !unit.is_form())?,
        };
        if last.is_some_and(|before| before.seconds() <= unit.seconds()) {
            return None;
        }
        total += value * unit.seconds();
        last = Some(unit);
        rest = rest[length..].trim_start();
    }
    last.map(|_| total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(cell: &str) -> Option<f64> {
        match read(cell, None, Mark::Point)? {
            DurationCell::Seconds(value) => Some(value),
            DurationCell::Bare(_) => None,
        }
    }

    #[test]
    fn durations_are_read_as_people_write_them() {
        for (cell, meant) in [
            ("1:02:03", 3_723.0),
            ("55:10", 3_310.0),
            ("00:02:15.3", 135.3),
            ("00:02:15,3", 135.3),
            ("62:30", 3_750.0),
            ("55min", 3_300.0),
            ("55 min", 3_300.0),
            ("1h02m", 3_720.0),
            ("1 h 2 min 3 s", 3_723.0),
            ("1h30", 5_400.0),
            ("55'30\"", 3_330.0),
            ("PT1H2M3.5S", 3_723.5),
            ("3600 s", 3_600.0),
            ("1 Std. 5 Min.", 3_900.0),
        ] {
            assert_eq!(seconds(cell), Some(meant), "{cell}");
        }
    }

    #[test]
    fn a_bare_number_waits_for_its_unit() {
        assert_eq!(read("3600", None, Mark::Point), Some(DurationCell::Bare(3_600.0)));
        assert_eq!(read("55,5", None, Mark::Comma), Some(DurationCell::Bare(55.5)));
        assert_eq!(whole_seconds(55.5, TimeUnit::Min), Some(3_330));
        assert_eq!(whole_seconds(1_800_000.0, TimeUnit::Ms), Some(1_800));
    }

    #[test]
    fn one_colon_means_hours_only_where_the_column_says_so() {
        assert_eq!(read("1:05", None, Mark::Point), Some(DurationCell::Seconds(65.0)));
        assert_eq!(read("1:05", Some(TimeUnit::HhMm), Mark::Point), Some(DurationCell::Seconds(3_900.0)));
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for cell in ["soon", "1:75:00", "-5:00", "5 min 2 h", "1:2:3:4", "5 parsecs", "-30", "99999h"] {
            assert_eq!(read(cell, None, Mark::Point), None, "{cell}");
        }
    }
}
