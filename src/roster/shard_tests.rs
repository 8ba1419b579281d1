//! Tests of shards: who belongs to which, that nothing is lost in their files, and which cannot be merged.

use chrono::NaiveDate;

use super::shard::*;
use super::{Athlete, AthleteSummary, EarlierIndex, IndexOptions, index};
use crate::model::units::Units;
use crate::report::fixtures;
use crate::report::index::contract::UnreadPath;
use crate::report::index::json;
use crate::report::index::shard::{ShardFile, read, render};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// One athlete for each report that the renderers are tested on, one who could not be read and one without an entry.
fn athletes() -> Vec<AthleteSummary> {
    let who = |name: &str| Athlete {
        name: name.into(),
        folder: format!("club/{name}"),
        report: Some(format!("{name}.html")),
    };
    let read = fixtures::all().into_iter().map(|(name, report)| AthleteSummary::of(who(name), &report));
    let mut all: Vec<AthleteSummary> = read.collect();
    all.push(AthleteSummary::failed(who("broken"), "it cannot be read".into()));
    all.push(AthleteSummary::empty(who("nobody"), "there are no files".into()));
    all.push(AthleteSummary::of(who("another"), &fixtures::warning()).in_place_of_another(true));
    all
}

fn left() -> Vec<UnreadPath> {
    vec![UnreadPath { path: "club/list.ods".into(), reason: "it lies beside the athletes' folders".into() }]
}

/// The file of one shard, written and read again.
fn file(number: u32, of: u32) -> ShardFile {
    let shard = Shard::new(number, of).unwrap();
    let all = athletes();
    let folders: Vec<String> = all.iter().map(|one| one.row.folder.clone()).collect();
    let options = ShardOptions {
        shard,
        as_of: day("2026-01-21"),
        units: Units::Mi,
        roster: whole_roster(folders.iter().map(String::as_str)),
        compared_with: None,
        settings: [("--format".to_owned(), "html".to_owned())].into(),
        left_alone: left(),
    };
    let of_shard = all.into_iter().filter(|one| shard.holds(&one.row.folder)).collect();
    read(render(shard_file(of_shard, options)).as_bytes()).unwrap()
}

fn index_text(athletes: Vec<AthleteSummary>, left_alone: Vec<UnreadPath>, earlier: EarlierIndex) -> String {
    let options = IndexOptions { as_of: day("2026-01-21"), units: Units::Mi, earlier, left_alone, redacted: false };
    json::render(&index(athletes, options))
}

#[test]
fn an_athlete_falls_in_the_shard_that_another_program_works_out_too() {
    // int(blake3(nfc(folder)).hexdigest()[:16], 16) % n + 1, by Python's blake3.
    for (folder, of_each) in [
        ("ada", [1, 2, 3, 54, 198]),
        ("bo.zip", [1, 1, 3, 51, 163]),
        ("club/Zoë", [1, 1, 4, 9, 945]),
        ("runner-17", [1, 2, 3, 24, 712]),
        ("é", [1, 1, 3, 21, 677]),
        ("e\u{301}", [1, 1, 3, 21, 677]),
    ] {
        for (of, expected) in [1, 2, 7, 64, 1_000].into_iter().zip(of_each) {
            let holding = (1..=of).filter(|&number| Shard::new(number, of).unwrap().holds(folder));
            assert_eq!(holding.collect::<Vec<u32>>(), [expected], "{folder} of {of}");
        }
    }
    let names = [(3, 7), (3, 64), (1, 1_000)].map(|(number, of)| Shard::new(number, of).unwrap().file_name());
    assert_eq!(names, ["shard-3-of-7.json", "shard-03-of-64.json", "shard-0001-of-1000.json"]);
    assert!(Shard::new(0, 7).is_none() && Shard::new(8, 7).is_none() && Shard::new(1, 70_000).is_none());
}

#[test]
fn the_index_of_shards_is_that_of_all_at_once_however_many_there_are_and_in_whatever_order() {
    let first = index_text(athletes(), left(), EarlierIndex::None);
    let earlier = || EarlierIndex::read("index.json", &first.replace("2026-01-21", "2026-01-14"));
    let alone = index_text(athletes(), left(), earlier());
    assert_ne!(first, alone);
    for of in [1, 3, 7, 64] {
        let mut shards = Shards::default();
        for number in (1..=of).rev() {
            shards.add(&format!("{number}.json"), file(number, of)).unwrap();
        }
        let whole = shards.whole().unwrap();
        assert_eq!((whole.as_of, whole.units), (day("2026-01-21"), Units::Mi));
        assert_eq!(index_text(whole.athletes.clone(), whole.left_alone.clone(), EarlierIndex::None), first, "{of}");
        assert_eq!(index_text(whole.athletes, whole.left_alone, earlier()), alone, "{of}");
    }
}

#[test]
fn shards_of_another_making_are_refused_with_what_differs() {
    let other = |change: fn(&mut ShardFile)| {
        let mut shards = Shards::default();
        shards.add("a.json", file(1, 2)).unwrap();
        let mut second = file(2, 2);
        change(&mut second);
        shards.add("b.json", second).unwrap_err().to_string()
    };
    for (told, expected) in [
        (other(|file| file.shard.of = 3), "the number of shards is 3 in the one and 2 in the other"),
        (other(|file| file.as_of = day("2026-01-22")), "the day is 2026-01-22 in the one and 2026-01-21 in the other"),
        (other(|file| file.units = Units::Km), "the unit is km in the one and mi in the other"),
        (
            other(|file| drop(file.settings.insert("[thresholds] weekly_jump".into(), "15 %".into()))),
            "[thresholds] weekly_jump is 15 % in the one and not set in the other",
        ),
        (other(|file| file.settings.clear()), "--format is not set in the one and html in the other"),
        (other(|file| file.roster.athletes += 1), "the list of all athletes is of "),
        (other(|file| file.roster.hash.clear()), " by other names in the one and of "),
    ] {
        assert!(told.starts_with("b.json and a.json cannot be put together: ") && told.contains(expected), "{told}");
    }
}

#[test]
fn a_shard_counts_once_and_not_twice_with_different_things_in_it_and_none_may_be_missing() {
    let mut shards = Shards::default();
    for (name, number) in [("a.json", 1), ("b.json", 3), ("again.json", 1)] {
        shards.add(name, file(number, 3)).unwrap();
    }
    let mut changed = file(1, 3);
    changed.seal = "0123".into();
    let told = shards.clone().add("c.json", changed).unwrap_err().to_string();
    assert!(told.starts_with("c.json and a.json are both shard 1 of 3 and hold different things"), "{told}");
    let told = shards.clone().whole().unwrap_err().to_string();
    assert!(told.starts_with("shard 2 of 3 is missing"), "{told}");
    shards.add("d.json", file(2, 3)).unwrap();
    assert_eq!(shards.whole().unwrap().athletes.len(), athletes().len());
    let mut one = Shards::default();
    one.add("a.json", file(1, 64)).unwrap();
    let told = one.whole().unwrap_err().to_string();
    assert!(told.starts_with("shards 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 53 more of 64 are missing"), "{told}");
}

#[test]
fn a_row_of_another_version_is_refused() {
    let of_one = || file(1, 1);
    let mut rank = of_one();
    rank.athletes[0].rank = "asleep".into();
    let mut rule = of_one();
    rule.athletes[0].rules.push("barefoot".into());
    let mut test = of_one();
    let tested = test.athletes.iter_mut().find_map(|one| one.tests.first_mut()).unwrap();
    tested.p_holm = Some("about 0.1".into());
    for file in [rank, rule, test] {
        let told = Shards::default().add("a.json", file).unwrap_err();
        assert_eq!(told, UnmatchedShards::UnknownRow { file: "a.json".into() });
    }
}
