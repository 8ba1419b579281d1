//! JSON of unknown origin that is a plain list of records, as home-made scripts write it: the list is turned into a
//! table for the reader of tables. It knows nothing of the meaning of keys.

use serde_json::{Map, Value};

use crate::import::limits::{MOST_COLUMNS, MOST_JSON_OBJECTS};

/// A table: each row with its number, the header first.
pub type Table = Vec<(u64, Vec<String>)>;

/// The only list of records in a JSON text as a table, and its key; `None` if there is no such list or several.
pub fn table(text: &str) -> Option<(Table, Option<String>)> {
    if memchr::memchr_iter(b'{', text.as_bytes()).count() > MOST_JSON_OBJECTS {
        return None;
    }
    match serde_json::from_str(text).ok()? {
        Value::Array(list) => Some((rows(&list)?, None)),
        Value::Object(object) => {
            let mut lists = object.iter().filter_map(|(key, value)| Some((key, rows(value.as_array()?)?)));
            let (key, rows) = lists.next()?;
            lists.next().is_none().then(|| (rows, Some(key.clone())))
        }
        _ => None,
    }
}

/// A row for each record; `None` if the list has anything else, or a record contains another.
fn rows(list: &[Value]) -> Option<Table> {
    let records: Vec<&Map<String, Value>> = list.iter().map(Value::as_object).collect::<Option<_>>()?;
    let mut header: Vec<String> = Vec::new();
    for key in records.iter().flat_map(|record| record.keys()) {
        if !header.contains(key) {
            header.push(key.clone());
        }
        if header.len() > MOST_COLUMNS {
            return None;
        }
    }
    let cell = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        // Lists within a record, such as its laps, are ignored, but for lists of words; a record within it may be the essential part.
        Value::Array(list) => {
            Some(list.iter().map(Value::as_str).collect::<Option<Vec<_>>>().unwrap_or_default().join(", "))
        }
        Value::Null => Some(String::new()),
        Value::Object(_) => None,
    };
    let mut table = vec![(1, header.clone())];
    for (record, number) in records.iter().zip(2..) {
        let cells = header.iter().map(|key| record.get(key).map_or(Some(String::new()), cell));
        table.push((number, cells.collect::<Option<_>>()?));
    }
    (table.len() > 1).then_some(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_records_is_a_table_whatever_it_stands_in() {
        let text = r#"{"by":"me","runs":[{"day":"2026-03-04","km":8.5,"laps":[1]},{"km":null,"hilly":true}]}"#;
        let (rows, key) = table(text).unwrap();
        assert_eq!(key.as_deref(), Some("runs"));
        let cells = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
        assert_eq!(rows[0].0, 1);
        let mut header = rows[0].1.clone();
        header.sort();
        assert_eq!(header, cells(&["day", "hilly", "km", "laps"]));
        assert_eq!(rows.len(), 3);
        let km = rows[0].1.iter().position(|key| key == "km").unwrap();
        assert_eq!((rows[1].1[km].as_str(), rows[2].1[km].as_str()), ("8.5", ""));
    }

    #[test]
    fn what_is_nested_or_no_list_is_no_table() {
        for text in
            [r#"[{"a":{"b":1}}]"#, "[1,2]", r#"{"a":[{"x":1}],"b":[{"x":1}]}"#, "[]", "3", "{", r#"[{"a":1},2]"#]
        {
            assert_eq!(table(text), None, "{text}");
        }
    }
}
