//! Recomputes figures and names that the pages give: the worked example of the statistics, the fields of the JSON,
//! the columns of the exported table.

use std::collections::{BTreeMap, BTreeSet};

use runhip::link::exact::{Stratum, associate};
use runhip::link::rotation::rotation_p;
use runhip::link::step_down::step_down;
use runhip::link::strata::Block;

use super::text::{Page, pages, root};

fn page(name: &str) -> Page {
    pages().into_iter().find(|page| page.name == name).unwrap()
}

/// The number of ways to choose `k` of `n`.
fn ways(n: u64, k: u64) -> u64 {
    (0..k).fold(1, |product, i| product * (n - i) / (i + 1))
}

/// The probability of each number of exposed onsets, by counting the ways.
#[expect(clippy::cast_precision_loss, reason = "counts of a small example")]
fn chances(s: &Stratum) -> Vec<f64> {
    let all = ways(s.days, s.onsets) as f64;
    let exposed = |x: u64| ways(s.exposed_days, x) * ways(s.days - s.exposed_days, s.onsets - x);
    (0..=s.onsets).map(|x| exposed(x) as f64 / all).collect()
}

/// The numbers in the cells of the first table row that begins with this text.
fn row(page: &Page, begins: &str, skip: usize) -> Vec<f64> {
    let begins = format!("| {begins} |");
    let lines: Vec<&str> = page.text.lines().filter(|line| line.starts_with(&begins)).collect();
    lines[skip].split('|').skip(2).filter_map(|cell| cell.trim().parse().ok()).collect()
}

#[test]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts of a small example")]
fn the_example_by_hand_comes_out_by_counting_and_by_the_program() {
    let page = page("docs/statistics.md");
    let strata = ["first half-year", "second half-year"].map(|name| {
        let cells: Vec<u64> = row(&page, name, 0).into_iter().map(|cell| cell as u64).collect();
        Stratum { days: cells[0], exposed_days: cells[1], onsets: cells[2], exposed_onsets: cells[3] }
    });
    let near = |found: f64, shown: f64, within: f64| assert!((found - shown).abs() <= within, "{found} is not {shown}");

    let [first, second] = strata.each_ref().map(chances);
    for (name, chances) in [("first half-year", &first), ("second half-year", &second)] {
        let shown = row(&page, name, 1);
        assert_eq!(shown.len(), chances.len());
        shown.iter().zip(chances).for_each(|(shown, chance)| near(*chance, *shown, 0.000_05));
    }
    let mut total = [0.0; 6];
    for (x, p) in first.iter().enumerate() {
        for (y, q) in second.iter().enumerate() {
            total[x + y] += p * q;
        }
    }
    let one_sided = total[4] + total[5] + total[3] / 2.0;
    let found = associate(&strata);
    near(found.p_mid, 2.0 * one_sided, 1e-12);
    near(found.expected, 0.8, 1e-12);
    near(found.mantel_haenszel, 2.47 / 0.27, 1e-12);

    let text = page.text.split_whitespace().collect::<Vec<_>>().join(" ");
    for shown in [
        format!("2.47 ÷ 0.27 = {:.1}", found.mantel_haenszel),
        format!("near it: {:.1}, with a range from {:.1} to {:.0}", found.estimate, found.low, found.high),
        format!("= {:.4}. Four or five have {:.4} together", total[3], total[4] + total[5]),
        format!("0.0263/2 = {one_sided:.4}, and to both sides {:.3}", found.p_mid),
    ] {
        assert!(text.contains(&shown), "the page does not say: {shown}");
    }
}

/// The days between the marks of a row, and the day of its episode.
fn stretch(page: &Page, begins: &str) -> (String, usize) {
    let begins = format!("| {begins} | `");
    let line = page.text.lines().find_map(|line| line.strip_prefix(&begins)).unwrap();
    let (days, day) = line.split_once("` | day ").unwrap();
    (days.to_owned(), day.trim_end_matches(" |").parse::<usize>().unwrap() - 1)
}

#[test]
fn the_example_of_turning_comes_out_by_the_program() {
    let page = page("docs/statistics.md");
    let stretches = ["first", "second"].map(|name| stretch(&page, name));
    let blocks = |marks: &str| -> Vec<Block> {
        let block = |(days, onset): &(String, usize)| Block {
            exposed: days.chars().map(|day| marks.contains(day)).collect(),
            onset: (0..days.len()).map(|day| day == *onset).collect(),
        };
        stretches.iter().map(block).collect()
    };
    let (jump, spike) = (blocks("sx"), blocks("s"));
    assert!((rotation_p(&jump) - 0.030).abs() < 1e-9 && (rotation_p(&spike) - 0.005).abs() < 1e-9);
    let found = step_down(&[Some((&jump[..], 50)), Some((&spike[..], 50))], 1);
    let adjusted: Vec<f64> = found.into_iter().map(|one| one.unwrap().p_step_down).collect();
    assert!((adjusted[0] - 0.030).abs() < 0.004 && (adjusted[1] - 0.005).abs() < 0.002, "{adjusted:?}");
}

#[test]
fn the_fields_of_the_json_are_those_of_a_report() {
    let text = std::fs::read_to_string(root().join("reports/sample-runner-2026-11-18.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let page = page("docs/json.md");
    let table = page.text.split("## The fields a script wants most").nth(1).unwrap().split("\n\n").nth(1).unwrap();
    let mut listed = BTreeSet::new();
    for line in table.lines().skip(2) {
        let (names, meaning) = line.trim_matches('|').split_once('|').unwrap();
        let code = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        let names = code(names);
        for field in &names {
            assert!(report.get(field).is_some(), "a report has no {field}");
        }
        // An inner field or value that is named must occur, as a key or string, in this report or in its schema.
        let schema = std::fs::read_to_string(root().join("docs/report.schema.json")).unwrap();
        for inner in code(meaning) {
            let quoted = format!("\"{inner}\"");
            assert!(
                text.contains(&quoted) || schema.contains(&quoted) || matches!(&*inner, "false" | "null"),
                "{inner} is no name in a report"
            );
        }
        listed.extend(names);
    }
    let all: BTreeSet<String> = report.as_object().unwrap().keys().cloned().collect();
    let known = ["schema_version", "tool", "disclaimer"].map(str::to_owned);
    let missing: Vec<&String> = all.difference(&listed).filter(|name| !known.contains(*name)).collect();
    assert!(missing.is_empty(), "docs/json.md does not list {missing:?}");
}

#[test]
fn the_first_line_of_the_exported_table_is_the_one_shown() {
    let columns: Vec<&str> = runhip::tables::run_table::COLUMNS.iter().map(|(name, ..)| *name).collect();
    assert!(page("docs/json.md").text.contains(&format!("`{}`", columns.join(","))));
}

/// The simulated scenarios in the results by name, with each figure by the heading of its column.
fn simulated() -> BTreeMap<String, BTreeMap<String, f64>> {
    let page = page("docs/results.md");
    let mut lines = page.text.lines().skip_while(|line| !line.starts_with("true state"));
    let heads: Vec<&str> = lines.next().unwrap().split_whitespace().skip(2).collect();
    let figures = |line: &str| {
        // Names contain spaces and numbers; the figures follow them, one for each heading.
        let words: Vec<&str> = line.split_whitespace().collect();
        let (name, figures) = words.split_at(words.len() - heads.len());
        let cells = heads.iter().zip(figures).map(|(head, figure)| ((*head).to_owned(), figure.parse().unwrap()));
        (name.join(" "), cells.collect())
    };
    lines.take_while(|line| !line.is_empty() && !line.starts_with("```")).map(figures).collect()
}

#[test]
fn what_is_said_of_the_simulation_is_what_it_printed() {
    let (page, simulated) = (page("docs/statistics.md"), simulated());
    let states = [
        ("nothing goes with anything", "no link"),
        ("distance and pain both grow over the years", "trend"),
        ("episodes come in clusters", "clusters"),
        ("growth and clusters", "trend, clusters"),
        ("steep growth and clusters", "steep trend, clusters"),
        ("a yearly season in both", "season"),
        ("a strong yearly season in both", "strong season"),
        ("pain brings rest and then a ramp", "pain, rest, ramp"),
        ("weeks are missing", "missing weeks"),
        ("a ramp and missing weeks", "ramp, missing weeks"),
        ("habits in phases: 3, 4 or 6 runs a week", "phases"),
        ("pain is written on running days only", "run days"),
        ("pain is written on running days only, with phases", "run days, phases"),
        ("pain is written at the next run", "next run"),
        ("pain is written at the next run, with phases", "next run, phases"),
        ("three in ten painful days without a run are written, with phases", "mostly run days, ph."),
        ("pain begins on runs, with phases", "pain on runs, phases"),
        ("more is written in build-ups before races", "build-ups"),
        ("more is written in build-ups, on running days only", "build-ups, run days"),
        ("the log stops when it hurts", "stops"),
        ("the log stops when it hurts, on running days only, with phases", "stops, run days, ph."),
    ];
    for (said, state) in states {
        let of = &simulated[state];
        let worst = ["jump", "spike", "rest", "streak"].map(|flag| of[flag]).into_iter().fold(0.0, f64::max);
        assert_eq!(row(&page, said, 0), [worst, of["any"]], "{said}");
        // What the statistics promise for every state without a link.
        assert!(worst <= 0.065 && of["any"] <= 0.055 && of["coverage"] >= 0.93, "{said}: {of:?}");
    }
    for (said, column) in [("the report claims it", "claim-8"), ("one test", "single-8")] {
        let found = ["1.5", "2", "3", "5"].map(|ratio| simulated[&format!("ratio {ratio}")][column]);
        assert_eq!(row(&page, said, 0), found);
    }
    let without_link = simulated.iter().filter(|(name, _)| !name.starts_with("ratio"));
    let half_years =
        without_link.flat_map(|(_, of)| ["hy-jump", "hy-spike", "hy-rest", "hy-strk"].map(|flag| of[flag]));
    let said = format!("were wrong in up to {:.3} of logs", half_years.fold(0.0, f64::max));
    assert!(page.text.contains(&said), "{said}");
    let coverage: Vec<f64> = simulated.values().map(|state| state["coverage"]).collect();
    let (low, high) = coverage.iter().fold((1.0_f64, 0.0_f64), |(low, high), one| (low.min(*one), high.max(*one)));
    let said = format!("The range held the true ratio in {low:.3} to {high:.3} of the logs");
    assert!(page.text.contains(&said), "{said}");
}

#[test]
fn every_aim_that_is_named_is_the_one_the_results_were_held_against() {
    let (faq, results) = (page("docs/faq.md").text, page("docs/results.md").text);
    for (bench, aim, held) in [
        ("import", "GPX at least 15 times the `gpx` crate", "(goal 15: "),
        ("process", "at most 200 MB for all files", "(goal at most 200: "),
        ("analysis", "under 50 ms", "goal: analysis under 50 ms: "),
        ("reading", "| 2 s |", "(goal 2000 ms for 100,000"),
        ("link", "| 50 ms |", "goal"),
        ("roster", "15 s for index and JSON, 1,500 MB", "goal 1500"),
    ] {
        let row = faq.lines().find(|line| line.starts_with(&format!("| `{bench}` |"))).unwrap();
        assert!(row.contains(aim), "{row}");
        let section =
            results.split("`cargo bench --bench ").find(|part| part.starts_with(&format!("{bench}`"))).unwrap();
        assert!(section.contains(held), "the results of {bench} do not say {held}");
    }
}
