//! Compares the report's JSON with what is expected, field by field, and names every difference.

use serde_json::Value;

/// The differences between two lists of rows identified by `key`. Only fields of the expected row are compared; a row
/// missing on one side is a difference.
pub fn rows(name: &str, key: &str, expected: &[Value], report: &Value) -> Vec<String> {
    let Some(got) = report[name].as_array() else { return vec![format!("{name} is not a list")] };
    let mut differences = Vec::new();
    for row in expected {
        let place = format!("{name}[{}]", row[key]);
        match got.iter().find(|other| other[key] == row[key]) {
            Some(other) => differences.extend(fields(&place, row, other)),
            None => differences.push(format!("{place} is missing from the report; expected {row}")),
        }
    }
    for other in got.iter().filter(|other| !expected.iter().any(|row| row[key] == other[key])) {
        differences.push(format!("{name}[{}] is in the report and not expected: {other}", other[key]));
    }
    if got.len() != expected.len() {
        differences.push(format!("{name} has {} rows; expected {}", got.len(), expected.len()));
    }
    differences
}

fn fields(place: &str, expected: &Value, got: &Value) -> Vec<String> {
    let Some(expected) = expected.as_object() else { return vec![format!("{place} is not an object")] };
    let mut differences = Vec::new();
    for (field, wanted) in expected {
        let place = format!("{place}.{field}");
        let Some(found) = got.get(field) else {
            differences.push(format!("{place} is missing"));
            continue;
        };
        let found = if field == "runs" { without_offsets(found) } else { found.clone() };
        if !same(wanted, &found) {
            differences.push(format!("{place}: expected {wanted}, the report has {found}"));
        }
    }
    differences
}

/// Run ids as the oracle writes them: it does not care whether the id of a run without coordinates has an offset.
fn without_offsets(runs: &Value) -> Value {
    let cut = |id: &str| match id.rfind(['+', '-']) {
        Some(at) if id.contains('T') && id.len() == at + 5 => id[..at].to_owned(),
        _ => id.to_owned(),
    };
    match runs.as_array() {
        Some(ids) => ids.iter().map(|id| Value::from(cut(id.as_str().unwrap_or_default()))).collect(),
        None => runs.clone(),
    }
}

/// Equality, with numbers compared by value and lists of rows and words in any order.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => match (one.as_f64(), other.as_f64()) {
            (Some(one), Some(other)) => (one - other).abs() <= 1e-9,
            _ => false,
        },
        (Value::Array(one), Value::Array(other)) => {
            let sorted = |list: &[Value]| {
                let mut list = list.to_vec();
                list.sort_by_key(|item| item.get("finding").unwrap_or(item).to_string());
                list
            };
            one.len() == other.len() && sorted(one).iter().zip(&sorted(other)).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.iter().all(|(key, value)| other.get(key).is_some_and(|found| same(value, found)))
        }
        _ => one == other,
    }
}

mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_difference_is_named_with_its_place() {
        let report = json!({ "weeks": [{ "start": "a", "runs": 3, "more": 1 }, { "start": "c" }] });
        let found = rows("weeks", "start", &[json!({ "start": "a", "runs": 4 }), json!({ "start": "b" })], &report);
        assert_eq!(found[0], "weeks[\"a\"].runs: expected 4, the report has 3");
        assert!(found[1].starts_with("weeks[\"b\"] is missing"));
        assert!(found[2].starts_with("weeks[\"c\"] is in the report"));
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn order_offsets_and_whole_numbers_make_no_difference() {
        let report = json!({ "findings": [{ "id": 1, "runs": ["20260105T060000+1300", "20260104"], "measured": 3 }] });
        let wanted = json!({ "id": 1, "runs": ["20260104", "20260105T060000"], "measured": 3.0 });
        assert!(rows("findings", "id", &[wanted], &report).is_empty());
        let other = json!({ "id": 1, "runs": ["20260104", "20260105T060001"], "measured": 3.0 });
        assert_eq!(rows("findings", "id", &[other], &report).len(), 1);
    }

    #[test]
    fn null_and_nought_differ() {
        assert!(!same(&json!(null), &json!(0)));
        assert!(!same(&json!({ "a": 1 }), &json!({})));
    }
}
