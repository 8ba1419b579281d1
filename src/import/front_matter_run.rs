//! A run in the lines above a text, as sites and vaults with one file for each run have it: a day, a distance and
//! perhaps a time, each with its key. The reader of tables interprets the keys.

use super::csv::{self, CsvOptions, text};
use super::imported::{Imported, Refusal};
use super::journal;

/// Adds the run in those lines to what was read of the text, if there was no other run.
pub fn add(read: Imported, bytes: &[u8], name: &str, options: &CsvOptions) -> Imported {
    let failed = matches!(read.refusal, Some(Refusal::Failed(_)));
    if failed || !read.activities.is_empty() || !(bytes.starts_with(b"---") || bytes.starts_with(b"+++")) {
        return read;
    }
    let decoded = text::decode(bytes);
    let Some(row) = journal::row_above(&decoded.text, name) else { return read };
    // Other lines, such as the layout of a page, are about the text.
    let row = row.into_iter().filter(|(key, _)| csv::is_known_header(key));
    let (header, cells): (Vec<String>, Vec<String>) = row.unzip();
    // A time alone may be that of a post.
    if !csv::names_a_distance(&header, &cells) {
        return read;
    }
    let Some(table) = csv::log_in(vec![(1, header), (2, cells)], name, options) else { return read };
    let mut read = Imported { refusal: None, dialect: Some("journal".to_owned()), ..read };
    read.activities = table.activities;
    for activity in &mut read.activities {
        // The words are already in the note of the day.
        (activity.description, activity.private_note, activity.record) = (None, None, None);
    }
    read.assumptions.extend(table.assumptions);
    read.problems.extend(table.problems);
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::concern::{Concern, ConcernClassifier};

    fn read(text: &str, name: &str) -> Vec<(String, Option<u32>, Option<u32>)> {
        let notes = journal::read(text.as_bytes(), name, ConcernClassifier(|_| Concern::Nothing));
        let imported = add(notes, text.as_bytes(), name, &CsvOptions::default());
        let figures = |one: &crate::model::activity::Activity| {
            (format!("{:?}", one.start), one.distance.map(|distance| distance.m), one.elapsed_s)
        };
        imported
            .activities
            .iter()
            .filter(|one| one.sport.as_ref().is_none_or(crate::model::sport::Sport::is_running))
            .map(figures)
            .collect()
    }

    #[test]
    fn a_day_a_distance_and_a_time_above_a_text_are_a_run() {
        let text = "---\ntitle: \"Easy run by the canal\"\ndate: \"2026-03-04\"\ndistanceCovered: \"6.4\"\ntimeElapsed: \"38:24\"\n---\n\nFine.\n";
        let runs = read(text, "runs/12.md");
        assert!(runs[0].0.contains("2026-03-04"), "{runs:?}");
        assert_eq!((runs.len(), runs[0].1, runs[0].2), (1, Some(6_400), Some(2_304)));
        let by_name = read("+++\ndistance_km = 5.5\n+++\nan easy run\n", "log/2026-03-05.md");
        assert!(by_name[0].0.contains("2026-03-05"), "{by_name:?}");
    }

    #[test]
    fn what_is_no_run_by_its_lines_is_none() {
        for text in [
            // The hour of a post, a walk, a plan without a figure, and a trip that mentions no running.
            "---\ndate: 2026-03-04\ntime: 10:30\n---\nA long run.\n",
            "---\nlayout: RunLayout\ntitle: Walking with Jo\ndate: 2026-03-04\ndistance: 5 km\n---\nNo running.\n",
            "---\ndate: 2026-03-04\ndistance:\n---\nA run to come.\n",
            "---\ndate: 2026-03-04\ndistance: 220\n---\nBy car to the lake.\n",
        ] {
            assert_eq!(read(text, "posts/a.md"), [], "{text}");
        }
    }
}
