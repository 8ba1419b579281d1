//! The published JSON schemas of the report and of the roster's index, made from the contract's own types. They stand in
//! `docs/`; one that is stale fails here, and `RUNHIP_WRITE_DOCS=1 cargo test --lib schema` writes them anew.
#![expect(clippy::disallowed_methods, reason = "the schemas stand in files")]

use std::path::Path;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::contract::Report;
use super::index::contract::Index;
use super::{fixtures, json};

/// The schema of what is written, not of what could be read.
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
}

/// The names that a schema's objects have, by definition, `$ref` followed for the ones at the top.
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
