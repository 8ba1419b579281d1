//! The two days that a date can mean, by whether its day or its month comes first, for messages about it. Which of
//! them is meant is not decided here.

use chrono::NaiveDate;

/// The day-first and the month-first reading of the first date in a text; `None` unless both are valid and different.
pub(super) fn two_readings(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let mut next = |longest: usize| numbers.next().filter(|digits| digits.len() <= longest);
    let (first, second) = (next(2)?.parse().ok()?, next(2)?.parse().ok()?);
    let year = next(4)?;
    let year = match year.len() {
        2 => 2_000 + year.parse::<i32>().ok()?,
        4 => year.parse().ok()?,
        _ => return None,
    };
    let day_first = NaiveDate::from_ymd_opt(year, second, first)?;
    let month_first = NaiveDate::from_ymd_opt(year, first, second)?;
    (day_first != month_first).then_some((day_first, month_first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_readings_are_named_only_where_both_are_days() {
        let of = |text: &str| two_readings(text).map(|(day, month)| format!("{day} {month}"));
        let both = Some("2026-11-03 2026-03-11".to_owned());
        assert_eq!(of("03/11/2026 right hip 4/10"), both);
        assert_eq!(of("- 3/11/26 07:30"), both);
        for one in ["16/10/2026", "03/03/2026", "2026/11/03", "03/11", "03/11/026", "soon", ""] {
            assert_eq!(of(one), None, "{one}");
        }
    }
}
