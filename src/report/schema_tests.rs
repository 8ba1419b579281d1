//! Tests of the published JSON schemas of the report and of the roster's index, which are made from the contract's
//! own types: that those in `docs/` are up to date (`RUNHIP_WRITE_DOCS=1 cargo test --lib schema` writes them), that
//! they name what is written, and that a stranger can read them.
#![expect(clippy::disallowed_methods, reason = "the schemas stand in files")]

use std::path::Path;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::contract::Report;
use super::index::contract::Index;
use super::index::shard::ShardFile;
use super::{fixtures, json};

/// The schema of what is written, which may differ from what can be read.
fn schema_of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

fn assert_fresh(file: &str, schema: &Schema) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file);
    let text = format!("{}\n", serde_json::to_string_pretty(schema).unwrap());
    if std::env::var_os("RUNHIP_WRITE_DOCS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let stands = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(stands == text, "docs/{file} is stale; run: RUNHIP_WRITE_DOCS=1 cargo test --lib schema");
}

#[test]
fn the_published_schemas_are_those_of_the_types() {
    assert_fresh("report.schema.json", &schema_of::<Report>());
    assert_fresh("roster.schema.json", &schema_of::<Index>());
    assert_fresh("shard.schema.json", &schema_of::<ShardFile>());
}

/// The property names of a schema's top object, sorted.
fn required(schema: &Value) -> Vec<&str> {
    let mut names: Vec<&str> =
        schema["properties"].as_object().map(|fields| fields.keys().map(String::as_str).collect()).unwrap_or_default();
    names.sort_unstable();
    names
}

#[test]
fn the_schema_names_the_fields_that_are_written() {
    let schema = schema_of::<Report>();
    let written: Value = serde_json::from_str(&json::render(&fixtures::warning())).unwrap();
    let mut fields: Vec<&str> = written.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(required(schema.as_value()), fields);
    for (definition, list) in [
        ("RunRow", "runs"),
        ("WeekRow", "weeks"),
        ("ShoeRow", "shoes"),
        ("RuleRow", "rules"),
        ("FindingRow", "findings"),
        ("WarningRow", "warnings"),
        ("PainRow", "pain"),
        ("EpisodeRow", "episodes"),
        ("LinkRow", "links"),
        ("AdviceRow", "advice"),
    ] {
        let first = written[list][0].as_object().unwrap_or_else(|| panic!("the fixture has {list}"));
        let mut fields: Vec<&str> = first.keys().map(String::as_str).collect();
        fields.sort_unstable();
        assert_eq!(required(&schema.as_value()["$defs"][definition]), fields, "{definition}");
    }
}

/// Every property in a schema with its path, at any depth.
fn properties<'a>(schema: &'a Value, place: &str, found: &mut Vec<(String, &'a Value)>) {
    match schema {
        Value::Object(keys) => {
            for (key, value) in keys {
                if key == "properties" {
                    for (name, property) in value.as_object().into_iter().flatten() {
                        found.push((format!("{place}/{name}"), property));
                    }
                }
                properties(value, &format!("{place}/{key}"), found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| properties(item, place, found)),
        _ => {}
    }
}

/// Words of the code that a reader of the JSON does not know.
const OF_THE_CODE: [&str; 5] = ["`None`", "`Some`", "[`", "part of the contract", "part of the JSON"];

/// What is wrong with the description of a property; `None` if it is good enough.
fn fault(property: &Value) -> Option<String> {
    let Some(description) = property["description"].as_str() else { return Some("no description".to_owned()) };
    let words = description.split_whitespace().count();
    let foreign = OF_THE_CODE.iter().find(|word| description.contains(*word));
    let may_be_null = property.to_string().contains("\"null\"") && !description.to_lowercase().contains("null");
    match foreign {
        _ if words < 3 => Some(format!("says too little: {description}")),
        Some(word) => Some(format!("speaks of {word}: {description}")),
        None if may_be_null => Some(format!("does not say when it is null: {description}")),
        None => None,
    }
}

#[test]
fn every_property_is_described_for_a_stranger() {
    for (schema, fewest) in [(schema_of::<Report>(), 200), (schema_of::<Index>(), 70), (schema_of::<ShardFile>(), 60)] {
        let mut found = Vec::new();
        properties(schema.as_value(), "", &mut found);
        assert!(found.len() >= fewest, "{} properties", found.len());
        let faults: Vec<String> =
            found.iter().filter_map(|(place, property)| Some(format!("{place}: {}", fault(property)?))).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn a_property_without_a_description_is_found() {
    let schema = serde_json::json!({
        "$defs": {"Row": {"properties": {
            "bare": {"type": "string"},
            "short": {"description": "Its id."},
            "code": {"description": "The id, or `None` without one."},
            "null": {"type": ["string", "null"], "description": "The id of the row."},
            "good": {"type": ["string", "null"], "description": "The id of the row; null where it has none."},
        }}}
    });
    let mut found = Vec::new();
    properties(&schema, "", &mut found);
    let faults: Vec<&str> =
        found.iter().filter(|(_, property)| fault(property).is_some()).map(|(place, _)| place.as_str()).collect();
    assert_eq!(found.len(), 5);
    assert_eq!(faults, ["/$defs/Row/bare", "/$defs/Row/code", "/$defs/Row/null", "/$defs/Row/short"]);
}
