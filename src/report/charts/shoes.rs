//! How far each pair has been run, against its own replacement window.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::scale::{across, count, px};
use super::{Figure, Mark, Table, in_units};
use crate::model::units::Units;
use crate::report::contract::{ShoeRow, ShoeState};
use crate::report::{plain, wording};
use crate::rules::{SHOE_DUE, SHOE_WORN};

const ROW: f64 = 46.0;

/// The chart; `None` without shoes.
#[must_use]
pub fn draw(id: &str, shoes: &[&ShoeRow], units: Units) -> Option<Markup> {
    let most = shoes.iter().map(|s| in_units(units, s.distance_m.max(u64::from(s.worn_m)))).fold(0.0, f64::max) * 1.06;
    if shoes.is_empty() || most <= 0.0 {
        return None;
    }
    let share = |metres: u64| (in_units(units, metres) / most).clamp(0.0, 1.0);
    let drawing = html! {
        svg.plot.flush role="img" aria-labelledby={ (id) "-title" } height=(px(count(shoes.len()) * ROW + 2.0)) {
            @for (at, shoe) in shoes.iter().enumerate() {
                @let y = count(at) * ROW;
                text.label x="0" y=(px(y + 14.0)) { (plain::cut(&wording::name(&shoe.name), 24)) title { (wording::name(&shoe.name)) } }
                text.mark x="100%" y=(px(y + 14.0)) text-anchor="end" { (amount(shoe, units)) }
                rect.track x="0" width="100%" y=(px(y + 20.0)) height="14" rx="3" {}
                rect.between x=(across(share(u64::from(shoe.due_m)))) y=(px(y + 20.0)) height="14"
                    width=(across((share(u64::from(shoe.worn_m)) - share(u64::from(shoe.due_m))).max(0.0))) {}
                rect class=(class(shoe)) x="0" width=(across(share(shoe.distance_m))) y=(px(y + 22.0)) height="10" rx="2" {
                    title { (wording::name(&shoe.name)) ": " (units.show(shoe.distance_m)) ", " (wording::shoe_state(shoe)) }
                }
                @for (limit, word) in [(shoe.due_m, "window begins"), (shoe.worn_m, "window ends")] {
                    @let x = across(share(u64::from(limit)));
                    rect.limit x=(x) y=(px(y + 18.0)) width="2" height="18" {
                        title { (word) ": " (units.show(u64::from(limit))) }
                    }
                }
            }
        }
    };
    let has = |states: &[ShoeState]| shoes.iter().any(|s| states.contains(&s.state));
    let mut legend = vec![Mark::new("k-between", window(shoes, units))];
    for (states, class, meaning) in [
        (&[ShoeState::Ok, ShoeState::Unknown][..], "k-run", "below it"),
        (&[ShoeState::Due][..], "k-due", "due: in it"),
        (&[ShoeState::Worn][..], "k-worn", "worn: past it"),
        (&[ShoeState::Retired][..], "k-retired", "retired"),
    ] {
        if has(states) {
            legend.push(Mark::new(class, meaning));
        }
    }
    let in_use: Vec<_> = shoes.iter().filter(|s| s.state != ShoeState::Retired).collect();
    let past = in_use.iter().filter(|s| matches!(s.state, ShoeState::Due | ShoeState::Worn)).count();
    let title = match (in_use.len(), past) {
        (0, _) => "Every pair is retired".to_owned(),
        (_, 0) => "No pair in use has reached its replacement window as far as the log tells".to_owned(),
        (all, n) => format!(
            "{n} of {} in use {} reached the replacement window",
            wording::counted(all as u64, "pair", "pairs"),
            if n == 1 { "has" } else { "have" }
        ),
    };
    Some(Figure { id, title, legend, drawing, table: Some(table(shoes, units)) }.render())
}

fn amount(shoe: &ShoeRow, units: Units) -> String {
    let state = match shoe.state {
        ShoeState::Ok => "",
        ShoeState::Due => ", due",
        ShoeState::Worn => ", worn",
        ShoeState::Retired => ", retired",
        ShoeState::Unknown => " at least",
    };
    format!("{}{state}", units.show(shoe.distance_m))
}

fn class(shoe: &ShoeRow) -> &'static str {
    match shoe.state {
        ShoeState::Ok | ShoeState::Unknown => "run",
        ShoeState::Due => "due",
        ShoeState::Worn => "jump",
        ShoeState::Retired => "retired",
    }
}

/// The replacement window in words: that of most pairs. The window of the guidance is followed by its miles where the
/// report is not in miles.
fn window(shoes: &[&ShoeRow], units: Units) -> String {
    let limits = |s: &ShoeRow| (s.due_m, s.worn_m);
    let mut sets: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for shoe in shoes {
        *sets.entry(limits(shoe)).or_default() += 1;
    }
    let guidance = (SHOE_DUE.default, SHOE_WORN.default);
    let Some((&(due_m, worn_m), _)) = sets.iter().max_by_key(|(set, pairs)| (**pairs, **set == guidance)) else {
        return "replacement window".to_owned();
    };
    let miles = if (due_m, worn_m) == guidance && units != Units::Mi { " (300–500\u{a0}miles)" } else { "" };
    let own = if sets.len() > 1 { ", or as set for a pair" } else { "" };
    format!("replacement window, {} to {}{miles}{own}", units.figure(u64::from(due_m)), units.show(u64::from(worn_m)))
}

/// Every pair with its distance, state, days of use and window.
#[must_use]
pub fn table(shoes: &[&ShoeRow], units: Units) -> Table {
    let date = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "–".to_owned(), wording::day);
    let rows = shoes
        .iter()
        .map(|s| {
            vec![
                wording::name(&s.name),
                units.show(s.distance_m),
                wording::shoe_state(s).to_owned(),
                s.runs.to_string(),
                date(s.first_used),
                date(s.last_used),
                units.show(u64::from(s.due_m)),
                units.show(u64::from(s.worn_m)),
            ]
        })
        .collect();
    Table::new(
        &["Pair", "Known distance", "State", "Runs", "First run", "Last run", "Window begins", "Window ends"],
        rows,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(due_m: u32, worn_m: u32) -> ShoeRow {
        ShoeRow {
            perhaps: None,
            name: "A".into(),
            distance_m: 0,
            runs: 0,
            first_used: None,
            last_used: None,
            recent_week_m: None,
            weeks_left: None,
            state: ShoeState::Ok,
            due_m,
            worn_m,
        }
    }

    #[test]
    fn the_window_is_told_in_one_unit_and_the_guidances_miles_once() {
        let (usual, own) = (pair(482_803, 804_672), pair(400_000, 600_000));
        let told = |pairs: &[&ShoeRow], units| window(pairs, units).replace('\u{a0}', " ");
        assert_eq!(told(&[&usual], Units::Km), "replacement window, 483 to 805 km (300–500 miles)");
        assert_eq!(told(&[&usual], Units::Mi), "replacement window, 300 to 500 mi");
        assert_eq!(
            told(&[&own, &usual], Units::Km),
            "replacement window, 483 to 805 km (300–500 miles), or as set for a pair"
        );
        assert_eq!(told(&[&own], Units::Km), "replacement window, 400 to 600 km");
    }
}
