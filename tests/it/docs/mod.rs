//! The pages people read: those generated from the program are up to date, every command in them runs as shown, and
//! every link has a target.

#[cfg(unix)]
mod automate;
#[cfg(unix)]
mod commands;
mod figures;
mod links;
mod paths;
mod text;

use std::fmt::Write;
use std::path::Path;

use runhip::guidance::catalogue;
use runhip::import::{csv, format};
use runhip::model::threshold::{Origin, Settings, Threshold};
use runhip::{analysis, rules};

fn origin(threshold: &Threshold) -> &'static str {
    if threshold.origin == Origin::Guidance { "guidance" } else { "this tool" }
}

fn rules_page() -> String {
    let mut page =
        "# Rules\n\nMade from the rules themselves; `runhip explain ID` shows the same in a terminal.\n".to_owned();
    for rule in rules::registry() {
        let meta = rule.meta();
        write!(
            page,
            "\n## {}\n\n`{}`\n\n{}\n\n**Why.** {}\n\n",
            meta.title,
            meta.id,
            meta.what_under(&Settings::default()),
            meta.why
        )
        .unwrap();
        write!(page, "**Example.** {}\n\n**Evidence: {}.**\n\n", meta.example, meta.grade).unwrap();
        for study in meta.evidence() {
            writeln!(page, "- {study}").unwrap();
        }
        page.push('\n');
        page.push_str("Stands on:\n\n");
        for id in meta.guidance {
            let fact = &catalogue::facts()[id];
            let place = fact.place();
            writeln!(page, "- {} (*{}*, {})", fact.fact, place.title, place.section).unwrap();
        }
    }
    page.push_str("\n## Thresholds\n\n| key | value | whose number | can be set | meaning |\n|---|---|---|---|---|\n");
    for threshold in analysis::thresholds() {
        let set = if threshold.configurable { "yes" } else { "no" };
        writeln!(
            page,
            "| `{}` | {} | {} | {set} | {} |",
            threshold.key,
            threshold.in_words(threshold.default),
            origin(threshold),
            threshold.meaning
        )
        .unwrap();
    }
    page
}

fn export_page() -> String {
    let mut page = "# The exported table\n\n`runhip analyze PATH --export runhip-export.parquet` (or `.csv`) writes every run of the report, one \
                    row each, merged from all its files. What is not known is null in Parquet and empty in CSV. To put many \
                    athletes together, read many such files at once and partition by `athlete`, for example in DuckDB: \
                    `select athlete, sum(distance_m) from 'exports/*.parquet' group by athlete`.\n\n\
                    An export replaces an earlier export and nothing else: a file that runhip did not write, an exported table \
                    that was changed since, be it in one figure, and a link stay as they are, and the message says so. By a hash \
                    in a hidden file beside it, `.runs.csv.runhip` for `runs.csv`, a table is known as unchanged; without that \
                    file it is not replaced. To change a table, change a copy of it. An exported table that lies among the logs \
                    is never read as one, whatever columns are named, and is replaced like any other.\n\nIn a CSV, a \
                    text that begins with `=`, `+`, `-` or `@` has an apostrophe in front, so that no spreadsheet takes it for a \
                    formula; numbers have none. `--raw-cells` leaves it out.\n\n\
                    | column | type | meaning |\n|---|---|---|\n"
        .to_owned();
    let list = |page: &mut String, columns: &[(&str, &str, &str)]| {
        for (name, kind, meaning) in columns {
            writeln!(page, "| `{name}` | {kind} | {} |", meaning.replace('|', "\\|")).unwrap();
        }
    };
    list(&mut page, &runhip::tables::run_table::COLUMNS);
    writeln!(
        page,
        "\nA Parquet file carries the key `{}` in its metadata, with the version that wrote it.",
        runhip::tables::run_file::KEY
    )
    .unwrap();
    page += "\n## Notes\n\n`runhip roster DIR --export-notes notes.parquet` (or `.csv`) writes the notes of all athletes up to the day \
             of the report, one row each. [Very many athletes](many-athletes.md#out-of-tables) says how such tables are read \
             again.\n\n| column | type | meaning |\n|---|---|---|\n";
    list(&mut page, &runhip::tables::note_rows::COLUMNS);
    page += "\n## A row for each athlete\n\n`runhip roster DIR --summary athletes.parquet` (or `.csv`) writes what the index holds of \
             each athlete, by folder, and no reports. Distances are whole metres.\n\n\
             | column | type | meaning |\n|---|---|---|\n";
    let of_athletes = runhip::report::index::table::BEFORE_WEEKS.iter();
    let weeks = std::iter::once(&runhip::report::index::table::OF_WEEKS);
    let all: Vec<_> = of_athletes.chain(weeks).chain(&runhip::report::index::table::BEHIND_WEEKS).copied().collect();
    list(&mut page, &all);
    page
}

fn formats_page() -> String {
    let mut page = "# What is read, and how to export it\n\nMade from the readers themselves. `runhip check PATH` says of \
                    every file under PATH what became of it.\n\n## Files\n\n| kind | what is read | where it comes from |\n\
                    |---|---|---|\n"
        .to_owned();
    for (kind, what, how) in format::DESCRIBED {
        writeln!(page, "| {kind} | {what} | {how} |").unwrap();
    }
    page.push_str(
        "\n## Tables (CSV)\n\nRecognised by their headers, in the languages that were known when this was \
                   made. Comma, semicolon and tab; point or comma in numbers, decided for each column.\n\n\
                   | name | table | how to get it |\n|---|---|---|\n",
    );
    for (name, title, how) in csv::described() {
        writeln!(page, "| `{name}` | {title} | {how} |").unwrap();
    }
    page
}

/// Compares a page with the one in the repository, or writes it if `RUNHIP_WRITE_DOCS` is set.
fn assert_current(path: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("RUNHIP_WRITE_DOCS").is_some() {
        std::fs::write(&path, page).unwrap();
    }
    let here = std::fs::read_to_string(&path).unwrap_or_default();
    let how = "run: RUNHIP_WRITE_DOCS=1 cargo test --test it docs";
    assert!(here == page, "{} is stale; {how}", path.display());
}

#[test]
fn the_page_of_formats_is_current() {
    assert_current("docs/formats.md", &formats_page());
}

#[test]
fn the_page_of_rules_is_current() {
    assert_current("docs/rules.md", &rules_page());
}

#[test]
fn the_page_of_the_exported_table_is_current() {
    assert_current("docs/export.md", &export_page());
}
