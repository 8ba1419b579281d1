//! The made-up shoes, which run was in which pair, and the configuration file that declares them. Shoe names are
//! invented and carry no maker's name.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::calendar;

/// A pair of shoes of the plan. Its distances are in whole kilometres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedShoe {
    /// Its name.
    pub name: &'static str,
    /// Another spelling used in the run log.
    pub alias: Option<&'static str>,
    /// First day in use.
    pub from: Option<NaiveDate>,
    /// Last day in use.
    pub to: Option<NaiveDate>,
    /// Kilometres run in it before the log begins; `None` if the runner does not say.
    pub initial_km: Option<u32>,
    /// Its own distance, in kilometres, at which its replacement window opens.
    pub due_km: Option<u32>,
    /// Its own distance, in kilometres, at which that window is past.
    pub worn_km: Option<u32>,
    /// Whether runs that name no shoe were in this pair.
    pub default: bool,
}

/// The everyday pair of the first months, retired since.
pub const FIRST_DAILY: &str = "Heron 1";
/// The everyday pair since then, long past 500 miles.
pub const SECOND_DAILY: &str = "Heron 2";
/// The pair for trails; its distance before the log is unknown.
pub const TRAIL: &str = "Plover Trail";
/// The pair for Tuesday and Wednesday, in its replacement window.
pub const TEMPO: &str = "Swift Tempo";
/// The newest pair.
pub const RACE: &str = "Skua Race";

fn blank(name: &'static str) -> PlannedShoe {
    PlannedShoe {
        name,
        alias: None,
        from: None,
        to: None,
        initial_km: None,
        due_km: None,
        worn_km: None,
        default: false,
    }
}

/// All pairs by name.
#[must_use]
pub fn shoes() -> Vec<PlannedShoe> {
    let change = calendar::day(24, 0);
    vec![
        PlannedShoe {
            from: Some(calendar::first_day()),
            to: change.pred_opt(),
            initial_km: Some(60),
            default: true,
            ..blank(FIRST_DAILY)
        },
        PlannedShoe { from: Some(change), initial_km: Some(0), default: true, ..blank(SECOND_DAILY) },
        PlannedShoe { alias: Some("Trail pair"), ..blank(TRAIL) },
        PlannedShoe {
            from: Some(calendar::day(80, 0)),
            initial_km: Some(0),
            due_km: Some(400),
            worn_km: Some(600),
            ..blank(RACE)
        },
        PlannedShoe { alias: Some("Swift"), from: Some(calendar::day(42, 0)), initial_km: Some(0), ..blank(TEMPO) },
    ]
}

/// The pair worn in a run, and its spelling in the run log; `None` if the log names no shoe.
#[must_use]
pub fn pair_of(week: usize, weekday: usize) -> (&'static str, Option<&'static str>) {
    let daily = if week < 24 { FIRST_DAILY } else { SECOND_DAILY };
    match weekday {
        5 if week % 3 == 2 => (TRAIL, Some(if week < 30 { "Trail pair" } else { TRAIL })),
        5 if week >= 80 && week.is_multiple_of(4) => (RACE, Some(RACE)),
        1 | 2 if week >= 42 => (TEMPO, Some(if week < 60 { "Swift" } else { TEMPO })),
        6 if week < 4 => (daily, Some(daily)),
        _ => (daily, None),
    }
}

/// The text of `runhip.toml`. The name must need no escaping.
#[must_use]
pub fn configuration(athlete: &str, shoes: &[PlannedShoe]) -> String {
    let mut text = format!(
        "# The settings of a made-up runner. Every key is optional; `runhip init` writes a commented file of your own.\n\
         athlete = \"{athlete}\"\n\
         units = \"km\"\n\
         week_start = \"monday\"\n\
         timezone = \"Pacific/Auckland\"\n\
         notes = \"pain.md\"\n",
    );
    for shoe in shoes {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n[[shoes]]\nname = \"{}\"\n", shoe.name);
        if let Some(alias) = shoe.alias {
            let _ = writeln!(text, "aliases = [\"{alias}\"]");
        }
        for (key, date) in [("from", shoe.from), ("to", shoe.to)] {
            if let Some(date) = date {
                let _ = writeln!(text, "{key} = {date}");
            }
        }
        for (key, km) in [("initial", shoe.initial_km), ("due", shoe.due_km), ("worn", shoe.worn_km)] {
            if let Some(km) = km {
                let _ = writeln!(text, "{key} = \"{km}km\"");
            }
        }
        if shoe.default {
            text.push_str("default = true\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_is_toml_with_every_pair() {
        let table: toml::Table = configuration("Sample Runner", &shoes()).parse().unwrap();
        assert_eq!(table["athlete"].as_str(), Some("Sample Runner"));
        let pairs = table["shoes"].as_array().unwrap();
        assert_eq!(pairs.len(), 5);
        assert_eq!(pairs[0]["to"].to_string(), "2025-05-04");
        assert_eq!(pairs[1]["from"].to_string(), "2025-05-05");
        assert!(pairs[2].get("initial").is_none());
    }

    #[test]
    fn what_the_log_writes_leads_to_the_pair_that_was_meant() {
        let shoes = shoes();
        for week in 0..calendar::WEEKS {
            for weekday in 0..7 {
                let (meant, spelled) = pair_of(week, weekday);
                let date = calendar::day(week, weekday);
                let found: Vec<_> = shoes
                    .iter()
                    .filter(|shoe| match spelled {
                        Some(spelled) => shoe.name == spelled || shoe.alias == Some(spelled),
                        None => shoe.default,
                    })
                    .filter(|shoe| shoe.from.is_none_or(|from| from <= date) && shoe.to.is_none_or(|to| date <= to))
                    .map(|shoe| shoe.name)
                    .collect();
                assert_eq!(found, [meant], "week {week}, day {weekday}");
            }
        }
    }
}
