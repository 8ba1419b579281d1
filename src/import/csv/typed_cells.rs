//! Cells that carry the kind of their value with it, as tables of `DynamoDB` do: `{'N': '21200.8'}` is the number alone. It
//! knows nothing of columns.

use std::borrow::Cow;

/// More characters than this has no value of a run.
const LONGEST_VALUE: usize = 200;

/// The text with the values of such cells in their place. Those that hold a mark that parts cells stay as they are.
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

/// The value of the cell that `text` begins with, and how long the cell is.
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
