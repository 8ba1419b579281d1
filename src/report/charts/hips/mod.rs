//! A map of the hips from the front and from the back, with the number of painful days at each spot of each side. Days whose
//! notes name no side or no spot are counted in words beside it. The outer side and the leg appear in both views, because
//! notes do not say whether they mean the front or the back of them.

mod tally;

use chrono::NaiveDate;
use maud::{Markup, html};

use super::scale::number;
use super::{Figure, Table};
use crate::model::reading::{Region, Side};
use crate::report::contract::PainRow;
use crate::report::wording;
use tally::{PainfulDays, Place};

/// The middle of the drawing, where its halves are mirrored.
const MIDDLE: f64 = 100.0;
const VIEW: &str = "-10 0 220 186";
/// The outline of the right half of the drawing: the outside of the body and the inside of the leg.
const OUTLINE: &str = "M139 4c-5 20-1 36 7 52c8 15 12 26 11 42c-1 20-6 40-10 60M105 158c0-20-1-36-5-50";
/// The line between the buttocks.
const CLEFT: &str = "M100 60v48";
/// The fewest days of each shade except the lightest.
const DARKER: [u64; 3] = [2, 4, 8];
const SHADES: [&str; 4] = ["p1", "p2", "p3", "p4"];
/// The most places that the title names.
const NAMED: usize = 2;

/// The spots in the order of the table.
const SPOTS: [Region; 4] = [Region::Outer, Region::FrontGroin, Region::Buttock, Region::Radiating];
const SIDES: [Side; 2] = [Side::Left, Side::Right];

/// The side from which the body is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    Front,
    Back,
}

/// A spot in the right half of the drawing: its outline, and the position of its number, inside or beside the body.
struct Shape {
    line: &'static str,
    x: f64,
    y: f64,
    beside: bool,
}

fn shape(region: Region, seen: Seen) -> Option<Shape> {
    let (line, x, y, beside) = match (region, seen) {
        (Region::Outer, _) => (
            "M146 56c8 15 12 26 11 42c-.5 8-1.5 15-2.5 21c-5.5 1-11.5 0-15.5-3c6-15 7-34 1-50c1-5 3-8 6-10z",
            164.0,
            97.0,
            true,
        ),
        (Region::FrontGroin, Seen::Front) => {
            ("M104 104c4-12 16-28 28-38c7 8 6 24-1 32c-7 7-19 7-27 6z", 122.0, 95.0, false)
        }
        (Region::Buttock, Seen::Back) => {
            ("M104 70c12-10 28-6 32 6c5 18 0 32-12 36c-10 3-18 0-20-8z", 120.0, 96.0, false)
        }
        (Region::Radiating, _) => {
            ("M106 124c12-2 22-2 30 2c6 1 12 2 17 1c-1.5 11-4 21-5.5 29c-13.5 3-29.5 3-41 0z", 128.0, 146.0, false)
        }
        (Region::FrontGroin, Seen::Back) | (Region::Buttock, Seen::Front) | (Region::General, _) => return None,
    };
    Some(Shape { line, x, y, beside })
}

/// Who reads the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The runner, on the page of the report.
    Runner,
    /// The person who examines the runner, on a sheet with little space.
    Examiner,
}

/// The map of the painful days from the first to the last day. Words alone if no note names both a side and a spot; `None` if
/// there was no pain.
#[must_use]
pub fn draw(id: &str, notes: &[PainRow], from: NaiveDate, to: NaiveDate, reader: Reader) -> Option<Markup> {
    let found = PainfulDays::count(notes, from, to);
    if found.days == 0 {
        return None;
    }
    let when = wording::range(from, to);
    let open = left_open(&found).join("; ");
    if !found.by_place.keys().any(|place| place.is_exact()) {
        let all = wording::counted(found.days, "painful day", "painful days");
        return Some(html! { p.soft id=(id) { "Where it hurt, " (when) ": " (all) "; " (open) "." } });
    }
    let drawing = html! {
        div.hips { (view(id, &found, Seen::Front, reader)) (view(id, &found, Seen::Back, reader)) }
        p.soft {
            @if reader == Reader::Runner {
                "Each number counts the days on which a note named that spot, the same days from the front and from the back; a stronger colour is more. "
            }
            @if reader == Reader::Examiner { "Numbers: days noted. " }
            @if !open.is_empty() { "Not on the map: " (open) "." }
        }
    };
    let in_short = format!("Painful days by spot, {when}");
    let (title, table) = match reader {
        Reader::Runner => (title(&found, &when), Some(table(&found).named(in_short))),
        Reader::Examiner => (in_short, None),
    };
    Some(Figure { id, title, legend: Vec::new(), drawing, table }.render())
}

/// `Left hip, outer side: 6 of 9 painful days, 19 May – 18 Nov 2026`.
fn title(found: &PainfulDays, when: &str) -> String {
    let exact = || found.by_place.iter().filter(|(place, _)| place.is_exact());
    let most = exact().map(|(_, days)| *days).max().unwrap_or(0);
    let places: Vec<String> = exact().filter(|(_, days)| **days == most).map(|(place, _)| words(*place)).collect();
    let all = wording::counted(found.days, "painful day", "painful days");
    match places.len() {
        1 => wording::capital(&format!("{}: {most} of {all}, {when}", wording::listed(&places))),
        NAMED => wording::capital(&format!("{}: each {most} of {all}, {when}", places.join("; "))),
        _ => format!("Where it hurt on {all}, {when}"),
    }
}

fn words(place: Place) -> String {
    match (place.side, place.region) {
        (Side::Unknown, Region::General) => "neither side nor spot named".to_owned(),
        (Side::Unknown, spot) => format!("{}, side not named", wording::region(spot)),
        (side, spot) => format!("{}, {}", wording::hip_short(side), wording::region(spot)),
    }
}

/// The days without a side or without a spot, in a few words for each place.
fn left_open(found: &PainfulDays) -> Vec<String> {
    let open = found.by_place.iter().filter(|(place, _)| !place.is_exact());
    open.map(|(place, days)| format!("{}: {}", words(*place), wording::counted(*days, "day", "days"))).collect()
}

fn view(id: &str, found: &PainfulDays, seen: Seen, reader: Reader) -> Markup {
    let (name, left_at, right_at) = match seen {
        Seen::Front => ("Front", 154, 46),
        Seen::Back => ("Back", 46, 154),
    };
    let label = format!("{id}-{}", name.to_lowercase());
    let whose = if reader == Reader::Runner { "your " } else { "" };
    html! {
        svg role="img" aria-labelledby=(label) aria-describedby={ (label) "-days" } viewBox=(VIEW) {
            title id=(label) { (name) }
            desc id={ (label) "-days" } { (in_words(found, seen, whose)) }
            @for side in SIDES {
                g transform=[is_mirrored(side, seen).then_some("matrix(-1 0 0 1 200 0)")] {
                    @for region in SPOTS {
                        @if let Some(shape) = shape(region, seen) { path class={ "spot " (shade(found.at(side, region))) } d=(shape.line) {} }
                    }
                    path.body d=(OUTLINE) {}
                }
            }
            @if seen == Seen::Back { path.body d=(CLEFT) {} }
            text.view x=(number(MIDDLE)) y="15" { (name) }
            text x=(left_at) y="180" { (whose) "left" }
            text x=(right_at) y="180" { (whose) "right" }
            @for side in SIDES {
                @for region in SPOTS {
                    @if let Some(shape) = shape(region, seen).filter(|_| found.at(side, region) > 0) { (figure(found.at(side, region), &shape, is_mirrored(side, seen))) }
                }
            }
        }
    }
}

/// Whether a side is in the left half of the drawing: from the front that is the right side of the body.
fn is_mirrored(side: Side, seen: Seen) -> bool {
    (side == Side::Left) != (seen == Seen::Front)
}

fn figure(days: u64, shape: &Shape, mirrored: bool) -> Markup {
    let x = if mirrored { 2.0 * MIDDLE - shape.x } else { shape.x };
    let anchor = shape.beside.then_some(if mirrored { "text-anchor:end" } else { "text-anchor:start" });
    html! { text.days x=(number(x)) y=(number(shape.y)) style=[anchor] { (days) } }
}

fn shade(days: u64) -> &'static str {
    match days {
        0 => "",
        _ => SHADES[DARKER.iter().filter(|least| days >= **least).count()],
    }
}

/// What a drawing shows, for screen readers: `Your left: outer side 6 days. Your right: no day here.`
fn in_words(found: &PainfulDays, seen: Seen, whose: &str) -> String {
    let of_side = |side: Side| {
        let spots: Vec<String> = SPOTS
            .into_iter()
            .filter(|region| shape(*region, seen).is_some() && found.at(side, *region) > 0)
            .map(|region| {
                format!("{} {}", wording::region(region), wording::counted(found.at(side, region), "day", "days"))
            })
            .collect();
        let spots = if spots.is_empty() { "no day here".to_owned() } else { spots.join(", ") };
        wording::capital(&format!("{whose}{}: {spots}.", wording::side(side)))
    };
    SIDES.map(of_side).join(" ")
}

/// All counts, including those that are not on the map.
fn table(found: &PainfulDays) -> Table {
    let row = |region: Region| {
        let days = |side: Side| found.at(side, region).to_string();
        vec![wording::capital(wording::region(region)), days(Side::Left), days(Side::Right), days(Side::Unknown)]
    };
    let named = |region: &Region| found.by_place.keys().any(|place| place.region == *region);
    let rows = SPOTS.into_iter().chain([Region::General]).filter(named).map(row).collect();
    Table::new(&["Where", "Your left", "Your right", "Side not named"], rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixtures::{self, date, parts};

    fn drawn(all: &[(&str, Side, Region)]) -> Option<String> {
        drawn_for(all, Reader::Runner)
    }

    fn drawn_for(all: &[(&str, Side, Region)], reader: Reader) -> Option<String> {
        let mut report = fixtures::empty();
        for (day, side, region) in all {
            parts::hurt(&mut report, day, *side, *region, false, &[(0, 3.0, "hip", "hip")]);
        }
        draw("hips", &report.pain, date("2026-03-01"), date("2026-03-31"), reader).map(Markup::into_string)
    }

    /// What stands between the drawing of one view and its end.
    fn view<'a>(map: &'a str, name: &str) -> &'a str {
        let from = map.split_once(&format!("<title id=\"hips-{name}\">")).expect("the view").1;
        from.split_once("</svg>").expect("its end").0
    }

    #[test]
    fn the_left_of_who_faces_us_is_at_our_right_and_seen_from_behind_at_our_left() {
        let map =
            drawn(&[("2026-03-02", Side::Left, Region::Outer), ("2026-03-03", Side::Left, Region::Outer)]).unwrap();
        let (front, back) = (view(&map, "front"), view(&map, "back"));
        assert!(front.contains("<text x=\"154\" y=\"180\">your left</text>"), "{front}");
        assert!(
            front.contains("<text class=\"days\" x=\"164\" y=\"97\" style=\"text-anchor:start\">2</text>"),
            "{front}"
        );
        assert!(back.contains("<text x=\"46\" y=\"180\">your left</text>"), "{back}");
        assert!(back.contains("<text class=\"days\" x=\"36\" y=\"97\" style=\"text-anchor:end\">2</text>"), "{back}");
        // The half that is not mirrored is the right one of the drawing.
        let whole = |view: &str| view.split("<g>").nth(1).unwrap().split("</g>").next().unwrap().to_owned();
        assert!(whole(front).contains("spot p2") && !whole(back).contains("spot p2"), "{map}");
    }

    #[test]
    fn a_spot_is_shaded_in_the_views_that_show_it_alone() {
        let shaded = |region| {
            let map = drawn(&[("2026-03-02", Side::Right, region)]).unwrap();
            ["front", "back"].map(|name| view(&map, name).matches("spot p1").count())
        };
        assert_eq!(shaded(Region::FrontGroin), [1, 0]);
        assert_eq!(shaded(Region::Buttock), [0, 1]);
        assert_eq!(shaded(Region::Outer), [1, 1]);
        assert_eq!(shaded(Region::Radiating), [1, 1]);
    }

    #[test]
    fn shades_are_of_1_2_4_and_8_days() {
        let shades: Vec<&str> = [0, 1, 2, 3, 4, 7, 8, 182].into_iter().map(shade).collect();
        assert_eq!(shades, ["", "p1", "p2", "p2", "p3", "p3", "p4", "p4"]);
    }

    #[test]
    fn the_title_names_the_place_of_most_days_and_the_words_tell_what_is_left_open() {
        let map = drawn(&[
            ("2026-03-02", Side::Left, Region::Outer),
            ("2026-03-04", Side::Left, Region::Outer),
            ("2026-03-06", Side::Right, Region::Buttock),
            ("2026-03-08", Side::Right, Region::General),
            ("2026-03-10", Side::Unknown, Region::FrontGroin),
            ("2026-03-12", Side::Unknown, Region::General),
            ("2026-03-14", Side::Unknown, Region::General),
        ])
        .unwrap();
        assert!(map.contains("Left hip, outer side: 2 of 7 painful days, 1–31 Mar 2026</figcaption>"), "{map}");
        assert!(
            map.contains(
                "Not on the map: right hip, no spot named: 1 day; front or groin, side not named: 1 day; neither side nor spot named: 2 days."
            ),
            "{map}"
        );
        assert!(
            map.contains("<desc id=\"hips-front-days\">Your left: outer side 2 days. Your right: no day here.</desc>")
        );
        assert!(map.contains("Your left: outer side 2 days. Your right: buttock 1 day.</desc>"), "{map}");
        assert!(map.contains("<th scope=\"row\">No spot named</th><td>0</td><td>1</td><td>2</td>"), "{map}");
        assert!(map.contains("<th scope=\"row\">Front or groin</th><td>0</td><td>0</td><td>1</td>"), "{map}");
    }

    #[test]
    fn two_places_of_as_many_days_are_both_named_and_of_more_none() {
        let days = [
            ("2026-03-02", Side::Left, Region::Outer),
            ("2026-03-04", Side::Right, Region::Buttock),
            ("2026-03-06", Side::Right, Region::Outer),
        ];
        let two = drawn(&days[..2]).unwrap();
        assert!(two.contains("Left hip, outer side; right hip, buttock: each 1 of 2 painful days, "), "{two}");
        let three = drawn(&days).unwrap();
        assert!(three.contains("Where it hurt on 3 painful days, "), "{three}");
    }

    #[test]
    fn whoever_examines_reads_left_and_right_without_your_and_no_table() {
        let map = drawn_for(&[("2026-03-02", Side::Left, Region::Outer)], Reader::Examiner).unwrap();
        assert!(map.contains("Painful days by spot, 1–31 Mar 2026</figcaption>"), "{map}");
        assert!(map.contains("y=\"180\">left</text>") && map.contains(">Left: outer side 1 day. Right: "), "{map}");
        assert!(!map.to_lowercase().contains("your ") && !map.contains("<table"), "{map}");
    }

    #[test]
    fn without_a_spot_there_are_words_and_no_drawing_and_without_pain_nothing() {
        let words = drawn(&[("2026-03-02", Side::Left, Region::General), ("2026-03-04", Side::Left, Region::General)]);
        let words = words.unwrap();
        assert!(!words.contains("<svg"), "{words}");
        assert!(words.contains("1–31 Mar 2026: 2 painful days; left hip, no spot named: 2 days."), "{words}");
        assert_eq!(drawn(&[]), None);
        assert_eq!(drawn(&[("2026-04-02", Side::Left, Region::Outer)]), None, "after the last day");
    }
}
