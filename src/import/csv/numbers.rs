//! Numbers as people and apps write them, with the decimal mark decided once for a whole column. It knows no units
//! and returns the text after the digits unchanged.

use std::borrow::Cow;

/// The decimal mark of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `10.5`; a comma groups thousands.
    Point,
    /// `10,5`; a point groups thousands.
    Comma,
}

/// The decimal mark of a column, or `None` if no cell settles it. Cells that are not numbers are ignored; of two
/// marks the more frequent one counts, and a tie settles nothing.
pub fn settle<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Mark> {
    let (mut points, mut commas) = (0_usize, 0_usize);
    let may_be_a_number = |cell: &&str| {
        unguarded(cell).starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '−' | '.' | ','))
    };
    for cell in cells.filter(may_be_a_number) {
        let cleaned = clean(cell);
        match split(&cleaned).and_then(|(_, digits, _)| sure_mark(digits)) {
            Some(Mark::Point) => points += 1,
            Some(Mark::Comma) => commas += 1,
            None => {}
        }
    }
    match points.cmp(&commas) {
        std::cmp::Ordering::Greater => Some(Mark::Point),
        std::cmp::Ordering::Less => Some(Mark::Comma),
        std::cmp::Ordering::Equal => None,
    }
}

/// The number in a cell and the trimmed text after it: `5.2 km` is 5.2 and `km`. A cell whose form is unambiguous
/// (`12,50`, `1.234,5`) is read accordingly, whatever the column's mark; `None` if there is no number, or its
/// thousands groups are invalid.
pub fn quantity(cell: &str, mark: Mark) -> Option<(f64, String)> {
    if mark == Mark::Point
        && let Some(value) = as_programs_write(cell)
    {
        return Some((value, String::new()));
    }
    let cleaned = clean(cell);
    if cleaned.contains(['e', 'E'])
        && let Ok(value) = cleaned.parse::<f64>()
    {
        return value.is_finite().then(|| (value, String::new()));
    }
    let (negative, digits, rest) = split(&cleaned)?;
    let value = plain(digits, sure_mark(digits).unwrap_or(mark))?;
    Some((if negative { -value } else { value }, rest.to_owned()))
}

/// The number in a cell of digits and at most one point, as most are.
fn as_programs_write(cell: &str) -> Option<f64> {
    let mut points = 0;
    let is_plain = |byte: u8| {
        points += u32::from(byte == b'.');
        byte.is_ascii_digit() || byte == b'.'
    };
    if !cell.starts_with(|first: char| first.is_ascii_digit()) || !cell.bytes().all(is_plain) || points > 1 {
        return None;
    }
    cell.parse().ok().filter(|value: &f64| value.is_finite())
}

/// The number in a cell that holds nothing else.
pub fn number(cell: &str, mark: Mark) -> Option<f64> {
    quantity(cell, mark).and_then(|(value, rest)| rest.is_empty().then_some(value))
}

/// The cell without a spreadsheet's leading apostrophe and signs for "about".
fn unguarded(cell: &str) -> &str {
    cell.trim().trim_start_matches(['\'', '~', '≈', '+']).trim_start()
}

/// The cell without a spreadsheet's leading apostrophe, signs for "about", and spaces or apostrophes between digits.
fn clean(cell: &str) -> Cow<'_, str> {
    let cell = unguarded(cell);
    // Most cells are plain.
    if cell.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\'') {
        return Cow::Borrowed(cell);
    }
    let chars: Vec<char> = cell.chars().collect();
    let digit_at = |place: Option<usize>| place.and_then(|i| chars.get(i)).is_some_and(char::is_ascii_digit);
    let mut cleaned = String::with_capacity(cell.len());
    for (i, &c) in chars.iter().enumerate() {
        let groups = c.is_whitespace() || matches!(c, '\'' | '’' | '\u{202f}' | '\u{a0}');
        if groups && digit_at(i.checked_sub(1)) && (1..=3).all(|ahead| digit_at(Some(i + ahead))) {
            continue;
        }
        cleaned.push(if c == '−' { '-' } else { c });
    }
    Cow::Owned(cleaned)
}

/// The sign, the digits with their marks, and the trimmed rest; `None` if there is no leading digit.
fn split(cleaned: &str) -> Option<(bool, &str, &str)> {
    let (negative, unsigned) = match cleaned.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, cleaned),
    };
    let end = unsigned.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(unsigned.len());
    let (digits, rest) = unsigned.split_at(end);
    digits.contains(|c: char| c.is_ascii_digit()).then(|| (negative, digits, rest.trim()))
}

/// The only decimal mark that these digits can have.
fn sure_mark(digits: &str) -> Option<Mark> {
    let count = |mark: u8| digits.bytes().filter(|byte| *byte == mark).count();
    let (points, commas) = (count(b'.'), count(b','));
    match (points, commas) {
        (0, 0) => None,
        (1, 0) => sure_single(digits, '.').then_some(Mark::Point),
        (0, 1) => sure_single(digits, ',').then_some(Mark::Comma),
        (_, 0) => Some(Mark::Comma),
        (0, _) => Some(Mark::Point),
        _ if digits.rfind('.') > digits.rfind(',') => Some(Mark::Point),
        _ => Some(Mark::Comma),
    }
}

/// True if the single mark cannot separate thousands, since it is not followed by exactly three digits or not
/// preceded by one to three.
fn sure_single(digits: &str, mark: char) -> bool {
    digits
        .split_once(mark)
        .is_some_and(|(whole, part)| part.len() != 3 || whole.is_empty() || whole.len() > 3 || whole.starts_with('0'))
}

fn plain(digits: &str, mark: Mark) -> Option<f64> {
    let (decimal, grouping) = match mark {
        Mark::Point => ('.', ','),
        Mark::Comma => (',', '.'),
    };
    // Most figures with a unit behind them are written as a program writes them.
    if decimal == '.' && !digits.contains(grouping) && digits.starts_with(|first: char| first.is_ascii_digit()) {
        return digits.parse().ok().filter(|value: &f64| value.is_finite());
    }
    let (whole, part) = digits.split_once(decimal).unwrap_or((digits, ""));
    let mut groups = whole.split(grouping);
    let lead = groups.next().unwrap_or_default();
    let mut joined = lead.to_owned();
    for group in groups {
        if group.len() != 3 || lead.is_empty() || lead.len() > 3 {
            return None;
        }
        joined.push_str(group);
    }
    format!("{joined}.{part}0").parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Vec<Option<f64>> {
        let mark = settle(cells.iter().copied()).unwrap_or(Mark::Point);
        cells.iter().map(|cell| number(cell, mark)).collect()
    }

    #[test]
    fn one_comma_before_three_digits_follows_the_rest_of_the_column() {
        assert_eq!(read(&["10.5", "1,234"]), [Some(10.5), Some(1_234.0)]);
        assert_eq!(read(&["7,00", "1,234"]), [Some(7.0), Some(1.234)]);
        assert_eq!(read(&["7,00", "1.234"]), [Some(7.0), Some(1_234.0)]);
        assert_eq!(read(&["4,808", "350"]), [Some(4_808.0), Some(350.0)]);
    }

    #[test]
    fn a_cell_that_leaves_no_choice_keeps_its_own_reading() {
        assert_eq!(read(&["6890.0", "3500,5", "3500.0"]), [Some(6_890.0), Some(3_500.5), Some(3_500.0)]);
        assert_eq!(read(&["1.234,5", "1,234.5", "0,125"]), [Some(1_234.5), Some(1_234.5), Some(0.125)]);
        assert_eq!(read(&["3322.949951171875"]), [Some(3_322.949_951_171_875)]);
    }

    #[test]
    fn guards_blanks_and_foreign_grouping_are_taken_off() {
        assert_eq!(
            read(&["'-12", "1\u{202f}234,5", "1'234.50", "~10"]),
            [Some(-12.0), Some(1_234.5), Some(1_234.5), Some(10.0)]
        );
    }

    #[test]
    fn what_stands_behind_a_number_is_handed_on() {
        assert_eq!(quantity("5.2 km", Mark::Point), Some((5.2, "km".to_owned())));
        assert_eq!(quantity("3mi", Mark::Comma), Some((3.0, "mi".to_owned())));
    }

    #[test]
    fn nonsense_is_no_number() {
        for cell in ["abc", "1,2,3", "12,34,567", "", "-", "1.2.3", "--", "1e999", "NaN"] {
            assert_eq!(number(cell, Mark::Point), None, "{cell}");
        }
    }
}
