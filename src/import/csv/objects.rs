//! Columns whose cells are JSON objects: each of their keys becomes a column. It knows nothing of what a column means.

use compact_str::CompactString;

use super::table::Row;
use crate::import::limits::MOST_COLUMNS;
use crate::import::word_key::key;

/// Expands the column `name` of JSON objects in every row and returns the header with a column added for each key, or
/// `None` if there is nothing to expand. A cell that is no object, and a value that is a list or an object, become
/// empty cells.
pub fn open(header: &[String], rows: &mut [Row], name: &str) -> Option<Vec<String>> {
    let wanted = key(name);
    let index = header.iter().position(|cell| key(cell) == wanted)?;
    let mut wider = header.to_vec();
    for row in &mut *rows {
        let Ok(object) = serde_json::from_str::<serde_json::Map<_, _>>(row.cell(index)) else { continue };
        row.cells.resize(header.len(), CompactString::default());
        for (name, value) in object {
            let at = wider.iter().skip(header.len()).position(|known| *known == name).map(|at| at + header.len());
            let at = match at {
                None if wider.len() < MOST_COLUMNS => {
                    wider.push(name);
                    wider.len() - 1
                }
                None => continue,
                Some(at) => at,
            };
            let cell = match value {
                serde_json::Value::String(text) => text,
                serde_json::Value::Number(number) => number.to_string(),
                _ => continue,
            };
            row.cells.resize(row.cells.len().max(at + 1), CompactString::default());
            row.cells[at] = cell.into();
        }
    }
    (wider.len() > header.len()).then_some(wider)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_is_a_column_and_a_cell_without_it_is_blank() {
        let rows =
            [&["a", r#"{"km": 8.5, "who": "me"}"#][..], &["b", "[]"], &["c", r#"{"who": null, "km": "9"}"#], &["d"]];
        let mut rows: Vec<Row> =
            rows.iter().zip(2..).map(|(cells, line)| Row::new(line, cells.iter().copied())).collect();
        let header = open(&["name".to_owned(), "DATA".to_owned()], &mut rows, "data");
        assert_eq!(header.as_deref(), Some(&["name", "DATA", "km", "who"].map(str::to_owned)[..]));
        let kilometres: Vec<&str> = rows.iter().map(|row| row.cell(2)).collect();
        assert_eq!(kilometres, ["8.5", "", "9", ""]);
        assert_eq!(rows[0].cell(3), "me");
        assert_eq!(open(&["name".to_owned()], &mut rows, "data"), None);
    }
}
