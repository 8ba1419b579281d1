//! Finds the pair worn in a run: the one that the run names, under any of its spellings, or else the default pair of
//! the day.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Deref;

use chrono::NaiveDate;

use crate::model::log::Entry;
use crate::model::shoe::Shoe;
use crate::model::threshold::Settings;
use crate::rules::{SHOE_DUE, SHOE_WORN};
use crate::tables::ShoeLimits;

/// A pair and the limits that apply to it.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// As declared, or made from the name in a log.
    pub shoe: Shoe,
    /// Its name and limits.
    pub limits: ShoeLimits,
}

/// All pairs by name, with an index of their spellings, since a log may name thousands.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    all: Vec<Pair>,
    by_spelling: HashMap<String, Vec<usize>>,
    /// Pairs that runs without a shoe name may have been in.
    defaults: Vec<usize>,
}

impl Deref for Pairs {
    type Target = [Pair];

    fn deref(&self) -> &[Pair] {
        &self.all
    }
}

impl Pairs {
    fn of(all: Vec<Pair>) -> Self {
        let mut by_spelling = HashMap::new();
        for (index, pair) in all.iter().enumerate() {
            learn(&mut by_spelling, &pair.shoe, index);
        }
        let defaults = (0..all.len()).filter(|&index| all[index].shoe.default).collect();
        Self { all, by_spelling, defaults }
    }

    /// The position of the pair with this spelling on a day. If several match, the one in use that day is chosen, or
    /// of those the one that came into use last; if none was in use, the one nearest in time.
    pub(super) fn called(&self, spelling: &str, day: NaiveDate) -> Option<usize> {
        let as_written = self.by_spelling.get(spelling);
        let pairs = as_written.or_else(|| self.by_spelling.get(&Shoe::folded(spelling)))?;
        let away = |shoe: &Shoe| {
            let before = shoe.from.map_or(0, |from| (from - day).num_days()).max(0);
            before.max(shoe.to.map_or(0, |to| (day - to).num_days()))
        };
        let nearest = |index: &usize| {
            let shoe = &self.all[*index].shoe;
            (away(shoe), Reverse(shoe.from))
        };
        pairs.iter().copied().min_by_key(nearest)
    }

    /// The position of the pair with exactly this name.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        let by_name = self.all.iter().position(|pair| pair.shoe.name == name);
        by_name.or_else(|| self.by_spelling.get(&Shoe::folded(name))?.first().copied())
    }
}

/// Adds a pair's spellings to the index.
fn learn(by_spelling: &mut HashMap<String, Vec<usize>>, shoe: &Shoe, index: usize) {
    for spelling in std::iter::once(&shoe.name).chain(&shoe.aliases) {
        let pairs = by_spelling.entry(Shoe::folded(spelling)).or_default();
        if pairs.last() != Some(&index) {
            pairs.push(index);
        }
    }
}

/// Every pair that the configuration, an export or a run names, sorted by name. If two declare the same name, the
/// configuration takes precedence.
pub(super) fn pairs(configured: &[Shoe], exported: &[Shoe], runs: &[&Entry], settings: &Settings) -> Pairs {
    let mut known: Vec<Shoe> = configured.to_vec();
    let mut by_spelling = HashMap::new();
    known.iter().enumerate().for_each(|(index, shoe)| learn(&mut by_spelling, shoe, index));
    let mut spellings: Vec<&str> = runs.iter().filter_map(|run| named(run)).collect();
    spellings.sort_unstable();
    spellings.dedup();
    let of_runs = spellings.iter().map(|name| Shoe { name: Shoe::tidy(name), ..Shoe::default() });
    for shoe in exported.iter().cloned().chain(of_runs) {
        if !by_spelling.contains_key(&Shoe::folded(&shoe.name)) {
            learn(&mut by_spelling, &shoe, known.len());
            known.push(shoe);
        }
    }
    known.sort_by(|a, b| a.name.cmp(&b.name));
    let all = known.into_iter().map(|shoe| Pair {
        limits: ShoeLimits {
            name: shoe.name.clone(),
            initial_m: shoe.initial_m,
            due_m: shoe.due_m.unwrap_or_else(|| settings.get(&SHOE_DUE)),
            worn_m: shoe.worn_m.unwrap_or_else(|| settings.get(&SHOE_WORN)),
            to: shoe.to,
        },
        shoe,
    });
    let mut pairs = Pairs::of(all.collect());
    // As runs write it, so that each spelling is folded once.
    for spelling in spellings {
        if let Some(found) = pairs.by_spelling.get(&Shoe::folded(spelling)).cloned() {
            pairs.by_spelling.insert(spelling.to_owned(), found);
        }
    }
    pairs
}

/// The position of the run's pair in `pairs`.
pub(super) fn pair_of(run: &Entry, pairs: &Pairs) -> Option<usize> {
    if let Some(spelling) = named(run) {
        return pairs.called(spelling, run.local_date);
    }
    let in_use = |shoe: &Shoe| {
        shoe.from.is_none_or(|from| from <= run.local_date) && shoe.to.is_none_or(|to| run.local_date <= to)
    };
    // Of two default pairs, the one that came into use last is taken.
    let in_use = pairs.defaults.iter().copied().filter(|&index| in_use(&pairs[index].shoe));
    in_use.max_by_key(|&index| (pairs[index].shoe.from, index))
}

fn named(run: &Entry) -> Option<&str> {
    run.shoe.as_deref().map(str::trim).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::SportFrom;
    use crate::model::log::LocalDayBy;
    use crate::model::sport::Sport;

    fn run(date: &str, shoe: Option<&str>) -> Entry {
        Entry {
            id: date.to_owned(),
            local_date: date.parse().expect("a date"),
            local_start: None,
            utc_offset_s: None,
            day_by: LocalDayBy::LocalDate,
            sport: Sport::Run,
            sport_from: SportFrom::Name,
            distance: None,
            moving_s: None,
            elapsed_s: None,
            shoe: shoe.map(str::to_owned),
            sources: Vec::new(),
            members: 1,
        }
    }

    fn shoe(name: &str, aliases: &[&str], from: Option<&str>, to: Option<&str>, default: bool) -> Shoe {
        let date = |text: &str| text.parse().expect("a date");
        Shoe {
            name: name.into(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            from: from.map(date),
            to: to.map(date),
            default,
            ..Shoe::default()
        }
    }

    #[test]
    fn spellings_defaults_and_dates_decide() {
        let configured = [
            shoe("Ghost", &["g123"], Some("2026-01-01"), Some("2026-02-01"), true),
            shoe("Pegasus", &[], Some("2026-02-01"), None, true),
        ];
        let runs = [
            run("2026-01-10", Some(" G123 ")),
            run("2026-01-10", None),
            run("2026-02-01", None),
            run("2026-02-02", None),
            run("2025-12-31", None),
            run("2026-01-10", Some("Spikes")),
        ];
        let runs: Vec<&Entry> = runs.iter().collect();
        let pairs = pairs(&configured, &[], &runs, &Settings::default());
        let names: Vec<&str> = pairs.iter().map(|pair| pair.limits.name.as_str()).collect();
        assert_eq!(names, ["Ghost", "Pegasus", "Spikes"]);
        let worn: Vec<Option<usize>> = runs.iter().map(|run| pair_of(run, &pairs)).collect();
        assert_eq!(worn, [Some(0), Some(0), Some(1), Some(1), None, Some(2)]);
        assert_eq!((pairs[0].limits.due_m, pairs[0].limits.worn_m), (482_803, 804_672));
    }

    #[test]
    fn of_two_pairs_of_one_name_the_one_in_use_on_the_day_was_worn() {
        let configured = [
            shoe("Heron", &[], None, Some("2025-10-31"), false),
            shoe("Heron new", &["Heron"], Some("2025-11-05"), Some("2026-03-01"), false),
            shoe("Heron newest", &["heron"], Some("2026-02-01"), None, false),
        ];
        let days = [
            ("2020-01-01", "Heron"),
            ("2025-10-31", "HERON"),
            ("2025-11-01", "Heron"),
            ("2025-11-04", "Heron"),
            ("2025-11-05", " Heron"),
            ("2026-01-31", "Heron"),
            ("2026-02-01", "Heron"),
            ("2026-05-01", "Heron"),
            ("2026-05-01", "Heron new"),
        ];
        let runs: Vec<Entry> = days.iter().map(|(day, name)| run(day, Some(name))).collect();
        let runs: Vec<&Entry> = runs.iter().collect();
        let pairs = pairs(&configured, &[], &runs, &Settings::default());
        let worn: Vec<usize> = runs.iter().map(|run| pair_of(run, &pairs).unwrap()).collect();
        assert_eq!(worn, [0, 0, 0, 1, 1, 1, 2, 2, 1]);
        assert_eq!(pairs.len(), 3, "no pair is made of a spelling that is known");
        assert_eq!((pairs.named("Heron"), pairs.named("Heron new"), pairs.named("no pair")), (Some(0), Some(1), None));
    }
}
