//! Cells that include the type of their value, as in tables of `DynamoDB`: `{'N': '21200.8'}` is the number. It knows
//! nothing of columns.

use std::borrow::Cow;

/// The most characters of a value.
const LONGEST_VALUE: usize = 200;

/// The text with the values in place of such cells. Values that contain a separator are left as they are.
pub fn opened(text: &str) -> Cow<'_, str> {
    if !text.contains("{'N': '") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{'") {
        let (before, cell) = rest.split_at(at);
        out.push_str(before);
        let (value, length) = value(cell).unwrap_or(("{'", 2));
        out.push_str(value);
        rest = &cell[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The value of the cell that `text` begins with, and the length of the cell.
fn value(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix("{'N': '").or_else(|| text.strip_prefix("{'S': '"))?;
    let near = &inner[..inner.floor_char_boundary(LONGEST_VALUE)];
    let value = &near[..near.find("'}")?];
    let plain = !value.contains([',', ';', '\t', '"', '\'', '\n', '{']);
    plain.then_some((value, text.len() - inner.len() + value.len() + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_the_place_of_their_cells() {
        let text =
            "date,distance,name,at\n{'S': '2026-03-04'},{'N': '8200.5'},{'S': 'a, b'},\"{'L': [{'N': '1.5'}]}\"\n";
        assert_eq!(opened(text), "date,distance,name,at\n2026-03-04,8200.5,{'S': 'a, b'},\"{'L': [1.5]}\"\n");
        for text in ["date,km\n2026-03-04,8\n", "{'N': '5", "{'N': '"] {
            assert_eq!(opened(text), text);
        }
    }
}
