//! The counts that links rest on, as rows of a table that can be joined with those of other rosters without sharing
//! any log. Rows hold no name, date or note. Nothing is read or written here.

use std::collections::BTreeMap;

use crate::link::exact::Stratum;
use crate::link::preset::Preset;
use crate::link::together::{Together, together};
use crate::rules;

use super::contract::Report;

/// The names of the columns, as the first line of a file.
pub const HEADER: &str = "athlete,rule,block,days,exposed,onsets,exposed_onsets";
/// The number of hexadecimal digits of a hash: enough that no two of a million athletes share one.
const HASH_DIGITS: usize = 16;
/// More days than this are not in anybody's life.
const MOST_DAYS: u64 = 100_000;

/// The counts of one stratum.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StrataRow {
    /// A hash of what the athlete is known by and of the log's first day: the same for a later log of the same
    /// athlete, different for somebody else with that name.
    pub athlete: String,
    /// The id of the rule.
    pub rule: String,
    /// The index of the stratum in the athlete's log: three kinds of days for each half-year.
    pub block: u64,
    /// The days that count, those of them with a flag before them, the episodes that began on them, and those with a
    /// flag before them.
    pub counts: [u64; 4],
}

/// Why rows cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnusableRows {
    /// The first line is not the header.
    #[error("it does not begin with the line {HEADER}")]
    OtherHeader,
    /// The line with this number is not a row.
    #[error("line {0} is not a row of strata")]
    NoRow(usize),
    /// A stratum stands there again with other counts.
    #[error(
        "line {0} has other counts for an athlete's stratum than a line before it, so that one of them is out of date"
    )]
    Clash(usize),
}

/// The rows of one report, for strata that have days.
#[must_use]
pub fn of(report: &Report) -> Vec<StrataRow> {
    let known_by = report.athlete.known_by.as_deref().or(report.athlete.name.as_deref()).unwrap_or_default();
    let first_day = report.athlete.log_from.map(|day| day.to_string()).unwrap_or_default();
    let hash = blake3::hash(format!("{known_by}\n{first_day}").as_bytes()).to_hex();
    let athlete: String = hash.chars().take(HASH_DIGITS).collect();
    let rows = report.links.iter().flat_map(|link| {
        (0..).zip(&link.linked.strata).map(|(block, s)| StrataRow {
            athlete: athlete.clone(),
            rule: link.rule.to_owned(),
            block,
            counts: [s.days, s.exposed_days, s.onsets, s.exposed_onsets],
        })
    });
    rows.filter(|row| row.counts[0] > 0).collect()
}

/// The rows of any number of reports and files, each stratum once, in the same order whatever order they came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StrataTable(BTreeMap<(String, String, u64), [u64; 4]>);

impl StrataTable {
    /// Adds a row; false if the stratum is there already with other counts.
    pub fn add(&mut self, row: StrataRow) -> bool {
        *self.0.entry((row.athlete, row.rule, row.block)).or_insert(row.counts) == row.counts
    }

    /// Adds the rows of a file.
    ///
    /// # Errors
    /// If the text is not such a file, or has other counts for a stratum that is there already.
    pub fn add_text(&mut self, text: &str) -> Result<(), UnusableRows> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = (1..).zip(text.lines());
        if lines.next().is_none_or(|(_, line)| line.trim_end() != HEADER) {
            return Err(UnusableRows::OtherHeader);
        }
        for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let row = row(line.trim_end()).ok_or(UnusableRows::NoRow(number))?;
            if !self.add(row) {
                return Err(UnusableRows::Clash(number));
            }
        }
        Ok(())
    }

    /// The table as CSV.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for ((athlete, rule, block), [days, exposed, onsets, exposed_onsets]) in &self.0 {
            text += &format!("{athlete},{rule},{block},{days},{exposed},{onsets},{exposed_onsets}\n");
        }
        text
    }

    /// The number of athletes.
    #[must_use]
    pub fn athletes(&self) -> usize {
        let mut athletes: Vec<&str> = self.0.keys().map(|(athlete, ..)| athlete.as_str()).collect();
        athletes.dedup();
        athletes.len()
    }

    /// The test of each rule over all athletes, as for a roster.
    #[must_use]
    pub fn together(&self) -> Vec<Together> {
        let labels: Vec<(Preset, Vec<Vec<Stratum>>)> =
            rules::presets().map(|preset| (preset, self.of_rule(preset.label))).collect();
        together(&labels)
    }

    fn of_rule(&self, wanted: &str) -> Vec<Vec<Stratum>> {
        let mut athletes: BTreeMap<&str, Vec<Stratum>> = BTreeMap::new();
        for ((athlete, rule, _), &[days, exposed_days, onsets, exposed_onsets]) in &self.0 {
            if rule == wanted {
                let stratum = Stratum { days, exposed_days, onsets, exposed_onsets };
                athletes.entry(athlete).or_default().push(stratum);
            }
        }
        athletes.into_values().collect()
    }
}

fn row(line: &str) -> Option<StrataRow> {
    let cells: Vec<&str> = line.split(',').collect();
    let [athlete, rule, block, counts @ ..] = cells.as_slice() else { return None };
    let is_hash = athlete.len() == HASH_DIGITS && athlete.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let is_tested = rules::presets().any(|preset| preset.label == *rule);
    let number = |cell: &&str| cell.bytes().all(|b| b.is_ascii_digit()).then(|| cell.parse::<u64>().ok()).flatten();
    let counts: Vec<u64> = counts.iter().map(number).collect::<Option<_>>()?;
    let counts: [u64; 4] = counts.try_into().ok()?;
    let [days, exposed_days, onsets, exposed_onsets] = counts;
    let is_possible = Stratum { days, exposed_days, onsets, exposed_onsets }.is_possible() && days <= MOST_DAYS;
    (is_hash && is_tested && is_possible).then_some(())?;
    let (athlete, rule) = ((*athlete).to_owned(), (*rule).to_owned());
    Some(StrataRow { athlete, rule, block: number(block)?, counts })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made-up rows: `athletes` athletes with three to six half-years for each rule.
    fn rows(athletes: u64) -> Vec<StrataRow> {
        let rules: Vec<&str> = rules::presets().map(|preset| preset.label).collect();
        (0..athletes)
            .flat_map(|i| rules.iter().enumerate().map(move |(j, rule)| (i, j as u64, (*rule).to_owned())))
            .flat_map(|(i, j, rule)| (0..3 + i % 4).map(move |block| (i, j, rule.clone(), block)))
            .map(|(i, j, rule, block)| {
                let onsets = (i + block) % 3;
                let counts = [100 + i, 20 + 5 * j + block, onsets, (i * 7 + j + block) % (onsets + 1)];
                StrataRow { athlete: format!("{:016x}", i * 0x9e37_79b9), rule, block, counts }
            })
            .collect()
    }

    fn table(rows: impl IntoIterator<Item = StrataRow>) -> StrataTable {
        let mut table = StrataTable::default();
        rows.into_iter().for_each(|row| assert!(table.add(row)));
        table
    }

    #[test]
    fn one_seven_and_sixty_four_pieces_come_to_the_same_bytes() {
        let all = rows(100);
        let whole = table(all.clone());
        assert_eq!(whole.athletes(), 100);
        for pieces in [1_usize, 7, 64] {
            let texts = (0..pieces).rev().map(|piece| {
                table(all.iter().skip(piece).step_by(pieces).cloned().collect::<Vec<_>>().into_iter().rev()).csv()
            });
            let mut merged = StrataTable::default();
            texts.for_each(|text| merged.add_text(&text).unwrap());
            assert_eq!(merged.csv(), whole.csv(), "{pieces}");
            let told = |table: &StrataTable| table.together().into_iter().map(|one| one.text).collect::<Vec<_>>();
            assert_eq!(told(&merged), told(&whole), "{pieces}");
        }
    }

    #[test]
    fn what_stands_there_twice_counts_once_and_never_with_other_counts() {
        let mut merged = table(rows(3));
        let before = merged.csv();
        merged.add_text(&before).unwrap();
        assert_eq!(merged.csv(), before);
        let changed = before.replacen(",100,", ",101,", 1);
        assert_eq!(merged.add_text(&changed), Err(UnusableRows::Clash(2)));
    }

    #[test]
    fn what_is_no_row_is_refused_with_its_line() {
        let read = |line: &str| StrataTable::default().add_text(&format!("{HEADER}\n{line}\n"));
        let hash = "0123456789abcdef";
        assert_eq!(read(&format!("{hash},long-run-spike,3,100,20,3,2")), Ok(()));
        for line in [
            format!("{hash},long-run-spike,3,100,20,3"),
            format!("{hash},long-run-spike,3,100,20,3,2,1"),
            format!("{hash},long-run-spike,3,100,20,3,4"),
            format!("{hash},long-run-spike,3,100,200,3,2"),
            format!("{hash},long-run-spike,3,100,20,3,-1"),
            format!("{hash},long-run-spike,+3,100,20,3,2"),
            format!("{hash},long-run-spike,,100,20,3,2"),
            format!("{hash},worn-shoes,3,100,20,3,2"),
            "Ada,long-run-spike,3,100,20,3,2".to_owned(),
            format!("{hash},long-run-spike,3,99999999999999999999,20,3,2"),
            format!("{hash},long-run-spike,3,200000,20,3,2"),
        ] {
            assert_eq!(read(&line), Err(UnusableRows::NoRow(2)), "{line}");
        }
        for text in ["", "date,distance_km\n", "athlete,rule\n"] {
            assert_eq!(StrataTable::default().add_text(text), Err(UnusableRows::OtherHeader));
        }
    }
}
