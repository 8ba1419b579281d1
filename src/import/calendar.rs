//! A training plan as a calendar (iCalendar, RFC 5545): each event whose summary names a distance is a planned run on
//! its day. Lines are read one by one, so that a bad event is reported with its line; existing parsers fail as a
//! whole or lose line numbers. Events that repeat by a rule are refused and not expanded.

use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;

use super::csv::text;
use super::csv::training_plan::LONGEST_RUN_M;
use super::csv::words::{self, LengthUnit};
use crate::model::fault::Fault;
use crate::model::problem::Place;
use crate::model::training_plan::{PlannedRow, TrainingPlan, When};
use crate::model::units::whole_metres;

/// True if the bytes begin like a calendar.
pub fn looks_like_one(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(256)];
    String::from_utf8_lossy(start)
        .trim_start_matches('\u{feff}')
        .trim_start()
        .to_uppercase()
        .starts_with("BEGIN:VCALENDAR")
}

/// Reads a calendar: one row of the plan for each event that is a run or a day of rest.
pub fn read(bytes: &[u8], zone: Tz) -> TrainingPlan {
    let decoded = text::decode(bytes);
    let mut plan = TrainingPlan::default();
    let mut event: Option<Event> = None;
    // Components inside an event, such as an alarm, have lines of their own.
    let mut inner = 0_u32;
    for (line, property) in unfolded(&decoded.text) {
        let Some(property) = Property::read(&property) else { continue };
        match (property.name.as_str(), property.value.trim().to_uppercase().as_str()) {
            ("BEGIN", "VEVENT") if event.is_none() => event = Some(Event::on(line)),
            ("BEGIN", _) if event.is_some() => inner += 1,
            ("END", "VEVENT") if inner == 0 => {
                if let Some(event) = event.take() {
                    settle(&event, zone, &mut plan);
                }
            }
            ("END", _) if event.is_some() => inner = inner.saturating_sub(1),
            _ => {
                if let Some(event) = event.as_mut().filter(|_| inner == 0) {
                    event.take(line, &property);
                }
            }
        }
    }
    if let Some(event) = event {
        let what = "the calendar ends within this event".to_owned();
        let hint = "export the calendar again";
        plan.problems.push(Fault::PlannedEntry { what, hint }.at(Place::Line(event.line)));
    }
    plan
}

fn settle(event: &Event, zone: Tz, plan: &mut TrainingPlan) {
    match event.run(zone) {
        Ok(Some(row)) => plan.rows.push(row),
        Ok(None) if words::is_rest(event.summary.trim()) => plan.rest_rows += 1,
        Ok(None) => plan.other_rows += 1,
        Err((line, fault)) => plan.problems.push(fault.at(Place::Line(line))),
    }
}

/// Lines with folded ones joined again, each with the number of its first line.
fn unfolded(text: &str) -> Vec<(u64, String)> {
    let mut lines: Vec<(u64, String)> = Vec::new();
    for (number, raw) in text.lines().enumerate() {
        let raw = raw.trim_end_matches('\r');
        match (raw.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, line))) => line.push_str(rest),
            _ => lines.push((number as u64 + 1, raw.to_owned())),
        }
    }
    lines
}

/// A property line: its name and its value.
struct Property {
    name: String,
    value: String,
}

impl Property {
    fn read(line: &str) -> Option<Self> {
        // A colon in quotes belongs to a parameter.
        let mut quoted = false;
        let colon = line.char_indices().find(|&(_, c)| {
            quoted ^= c == '"';
            c == ':' && !quoted
        })?;
        let (front, value) = (&line[..colon.0], &line[colon.0 + 1..]);
        let name = front.split(';').next().unwrap_or(front).trim().to_uppercase();
        Some(Self { name, value: value.to_owned() })
    }
}

/// One event under construction.
struct Event {
    line: u64,
    start: Option<(u64, String)>,
    summary: String,
    summary_line: u64,
    repeats: Option<u64>,
    cancelled: bool,
}

impl Event {
    fn on(line: u64) -> Self {
        Self { line, start: None, summary: String::new(), summary_line: line, repeats: None, cancelled: false }
    }

    fn take(&mut self, line: u64, property: &Property) {
        match property.name.as_str() {
            "DTSTART" => self.start = Some((line, property.value.trim().to_owned())),
            "SUMMARY" => (self.summary, self.summary_line) = (unescaped(&property.value), line),
            "RRULE" | "RDATE" => self.repeats = Some(line),
            "STATUS" => self.cancelled = property.value.trim().eq_ignore_ascii_case("CANCELLED"),
            _ => {}
        }
    }

    /// The run that the event asks for; `None` if there is none.
    fn run(&self, zone: Tz) -> Result<Option<PlannedRow>, (u64, Fault)> {
        if self.cancelled || words::is_other_sport(&self.summary) {
            return Ok(None);
        }
        let Some(metres) = distance_in(&self.summary).map_err(|fault| (self.summary_line, fault))? else {
            return Ok(None);
        };
        if let Some(line) = self.repeats {
            let what = "the event repeats by a rule (RRULE or RDATE), which is not expanded".to_owned();
            let hint = "write each run as an event of its own, or as a row of a CSV";
            return Err((line, Fault::PlannedEntry { what, hint }));
        }
        let Some((line, start)) = &self.start else {
            let what = "the event has no start (DTSTART)".to_owned();
            return Err((self.line, Fault::PlannedEntry { what, hint: "give it a day" }));
        };
        let day = day_of(start, zone).ok_or_else(|| {
            let what = format!("the start \"{}\" is not a date", start.chars().take(40).collect::<String>());
            (*line, Fault::PlannedEntry { what, hint: "dates in a calendar look like 20261207 or 20261207T063000" })
        })?;
        Ok(Some(PlannedRow {
            when: When::Day(day),
            distance_m: Some(metres),
            kind: Some(self.summary.trim().to_owned()),
            shoe: None,
            line: self.line,
        }))
    }
}

/// The day of a start. A time with a zone is taken as written, since the runner means that local time; a time in UTC
/// is converted to the runner's zone.
fn day_of(start: &str, zone: Tz) -> Option<NaiveDate> {
    if let Ok(day) = NaiveDate::parse_from_str(start, "%Y%m%d") {
        return plausible(day);
    }
    let (clock, utc) = match start.strip_suffix(['Z', 'z']) {
        Some(clock) => (clock, true),
        None => (start, false),
    };
    let moment = NaiveDateTime::parse_from_str(clock, "%Y%m%dT%H%M%S").ok()?;
    plausible(if utc { zone.from_utc_datetime(&moment).date_naive() } else { moment.date() })
}

fn plausible(day: NaiveDate) -> Option<NaiveDate> {
    (1_900..2_200).contains(&chrono::Datelike::year(&day)).then_some(day)
}

fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut escaped = false;
    for c in value.chars() {
        match c {
            '\\' if !escaped => escaped = true,
            'n' | 'N' if escaped => {
                text.push(' ');
                escaped = false;
            }
            c => {
                text.push(c);
                escaped = false;
            }
        }
    }
    text
}

/// The distance in metres in a summary. Of several, the first counts if it is the longest (`18 km with 3 km tempo`).
fn distance_in(summary: &str) -> Result<Option<u32>, Fault> {
    let found = distances(summary)?;
    let Some(&first) = found.first() else { return Ok(None) };
    if found.iter().any(|&other| other > first) {
        let what = "the summary names several distances, and the first is not the longest".to_owned();
        let hint = "put the whole distance of the run first, such as 12 km: 2 km easy, 8 km tempo, 2 km easy";
        return Err(Fault::PlannedEntry { what, hint });
    }
    Ok(Some(first))
}

/// Every distance in a summary: a number followed by a unit of length. Repetitions such as `6x400 m` are not counted.
fn distances(summary: &str) -> Result<Vec<u32>, Fault> {
    let mut found = Vec::new();
    let chars: Vec<char> = summary.chars().collect();
    let first = chars.iter().position(|c| !c.is_whitespace());
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < chars.len() && (chars[at].is_ascii_digit() || is_mark(&chars, at)) {
            at += 1;
        }
        let number: String = chars[start..at].iter().map(|&c| if c == ',' { '.' } else { c }).collect();
        let mut unit_at = at;
        while unit_at < chars.len() && chars[unit_at].is_whitespace() {
            unit_at += 1;
        }
        let unit: String = chars[unit_at..].iter().take_while(|c| c.is_alphabetic()).collect();
        let before_at = chars[..start].iter().rposition(|c| !c.is_whitespace());
        let before = before_at.map(|at| chars[at]);
        let repeat = before.is_some_and(|c| matches!(c, 'x' | 'X' | '×' | '*'));
        // Only thousands of metres are a run: a bare m may mean minutes, and its point groups thousands.
        let unit = words::length_unit(&unit);
        let short = matches!(unit, Some(LengthUnit::M | LengthUnit::Yd));
        let number = if short { number.replace('.', "") } else { number };
        let unit = unit.filter(|_| !short || number.len() >= 4);
        let per = before == Some('/');
        if let (Some(unit), false, false) = (unit, repeat, per) {
            let metres = number.parse().ok().and_then(|value: f64| whole_metres(value * unit.metres()));
            let metres = metres.filter(|&metres| metres <= LONGEST_RUN_M).ok_or(Fault::PlannedDistance {
                cell: format!("{number} {}", unit.sign()),
                why: "it is further than anyone runs in a day",
            })?;
            let negative = before == Some('-') && before_at == first;
            if negative {
                return Err(Fault::PlannedDistance { cell: format!("-{number}"), why: "it is below zero" });
            }
            found.push(metres);
        }
    }
    Ok(found.into_iter().filter(|&metres| metres > 0).collect())
}

/// Whether this is a decimal mark between digits.
fn is_mark(chars: &[char], at: usize) -> bool {
    matches!(chars[at], '.' | ',') && chars.get(at + 1).is_some_and(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(events: &[&str]) -> TrainingPlan {
        let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n".to_owned();
        for event in events {
            text.push_str(&format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", event.replace('|', "\r\n")));
        }
        text.push_str("END:VCALENDAR\r\n");
        assert!(looks_like_one(text.as_bytes()));
        read(text.as_bytes(), chrono_tz::Pacific::Auckland)
    }

    fn days(plan: &TrainingPlan) -> Vec<(String, Option<u32>, u64)> {
        plan.rows.iter().map(|row| (row.when.day().to_string(), row.distance_m, row.line)).collect()
    }

    #[test]
    fn whole_days_zones_and_utc_give_the_runners_day() {
        let plan = calendar(&[
            "DTSTART;VALUE=DATE:20261207|SUMMARY:Easy 8 km",
            "DTSTART;TZID=Europe/Berlin:20261208T233000|SUMMARY:10K easy",
            // 17:30 UTC on the 9th is 06:30 on the 10th in Auckland, 13 hours ahead in December.
            "DTSTART:20261209T173000Z|SUMMARY:6.2 mi",
            "DTSTART:20261211T063000|SUMMARY:Long run 18\\,5 km",
        ]);
        let wanted = [
            ("2026-12-07", 8_000, 3),
            ("2026-12-08", 10_000, 7),
            ("2026-12-10", 9_978, 11),
            ("2026-12-11", 18_500, 15),
        ];
        let wanted: Vec<_> = wanted.iter().map(|&(day, m, line)| (day.to_owned(), Some(m), line)).collect();
        assert_eq!(days(&plan), wanted);
        assert!(plan.problems.is_empty(), "{:?}", plan.problems);
    }

    #[test]
    fn folded_lines_and_alarms_are_read_as_they_are_meant() {
        let plan = calendar(&["SUMMARY:Easy ru| n\\, 12|  km|BEGIN:VALARM|SUMMARY:99 km|END:VALARM|DTSTART:20261207"]);
        assert_eq!(days(&plan), [("2026-12-07".to_owned(), Some(12_000), 3)]);
    }

    #[test]
    fn other_events_are_counted_and_rest_is_rest() {
        let plan = calendar(&[
            "DTSTART:20261207|SUMMARY:Dentist",
            "DTSTART:20261208|SUMMARY:Bike 40 km",
            "DTSTART:20261209|SUMMARY:Rest day",
            "DTSTART:20261210|SUMMARY:Easy 5 km|STATUS:CANCELLED",
        ]);
        assert_eq!((plan.rows.len(), plan.rest_rows, plan.other_rows), (0, 1, 3));
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line() {
        let plan = calendar(&[
            "DTSTART:20261301|SUMMARY:8 km",
            "DTSTART:20261208|RRULE:FREQ=WEEKLY|SUMMARY:8 km",
            "SUMMARY:8 km",
            "DTSTART:20261209|SUMMARY:900 km",
            "DTSTART:20261210|SUMMARY:2 km easy, 8 km tempo",
        ]);
        let said: Vec<String> = plan.problems.iter().map(|p| format!("{}: {}", p.place, p.what)).collect();
        assert!(said[0].starts_with("line 4: the start \"20261301\" is not a date"), "{said:?}");
        assert!(said[1].starts_with("line 9: the event repeats by a rule"), "{said:?}");
        assert!(said[2].starts_with("line 12: the event has no start"), "{said:?}");
        assert!(said[3].starts_with("line 17: \"900 km\" is no distance to plan"), "{said:?}");
        assert!(said[4].starts_with("line 21: the summary names several distances"), "{said:?}");
        assert_eq!(said.len(), 5);
    }

    #[test]
    fn intervals_minutes_and_paces_are_no_distances() {
        for (summary, metres) in [
            ("6x400 m, 10 km in all", Some(10_000)),
            ("45 m easy", None),
            ("18 km with 3 km tempo", Some(18_000)),
            ("10-12 km easy", Some(12_000)),
            ("Run 5000 m", Some(5_000)),
            ("Run 5,000 m", Some(5_000)),
            ("tempo 5:00/km", None),
        ] {
            assert_eq!(distance_in(summary).ok().flatten(), metres, "{summary}");
        }
    }
}
