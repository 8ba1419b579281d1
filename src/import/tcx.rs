//! Garmin's Training Center XML in one streaming pass: one activity for each `<Activity>`, also in a multisport
//! session. The laps' own totals are the device's distance and time. It opens no file.

mod draft;
mod point;
mod running_total;
#[cfg(test)]
mod tests;

use std::io::BufRead;

use self::draft::Draft;
use self::point::{Contents, Shape};
use super::creator;
use super::imported::{Imported, Refusal, Texts};
use super::limits::XmlBudget;
use super::sport_names;
use super::timestamp::Timestamp;
use super::track::{Clock, Fix, Oddities, distances_differ};
use super::xml::{Token, Xml, XmlError, attributes, local, number};
use crate::model::activity::SportFrom;
use crate::model::fault::Fault;
use crate::model::problem::Place;
use crate::model::sport::Sport;

const FORMAT: &str = "TCX";

/// Some programs omit the outermost element.
const ROOTS: [&str; 2] = ["TrainingCenterDatabase", "Activities"];

/// The most activities of one file that are kept.
const MOST_ACTIVITIES: usize = 100_000;

/// The most notes of one activity that are kept, since each lap may have one.
const MOST_NOTES: usize = 1_000;

/// Reads a TCX file.
pub fn read(input: impl BufRead) -> Imported {
    read_within(XmlBudget::default(), input)
}

fn read_within(work: XmlBudget, input: impl BufRead) -> Imported {
    match Xml::new(input, work) {
        Ok(xml) => {
            let mut reader = Reader {
                xml,
                text: String::new(),
                texts: Texts::default(),
                current: None,
                drafts: Vec::new(),
                writer: None,
                odd: Oddities::default(),
                root: None,
                plans: 0,
                notes_full_at: None,
                shape: Shape::default(),
            };
            let outcome = reader.document();
            reader.finish(outcome)
        }
        Err(broken) => Imported::failed(Fault::Unreadable { detail: broken.detail }.at(Place::File)),
    }
}

/// The elements that are used; each counts only where it is expected.
enum Element {
    Activity {
        sport: String,
    },
    Lap {
        start: Option<Timestamp>,
    },
    /// Contains activities or laps at some depth: `Activities`, `MultiSportSession`, `FirstSport`, `NextSport`, and
    /// the lists of plans.
    Wrapper,
    Track,
    Trackpoint,
    Position,
    Id,
    Time,
    TotalTimeSeconds,
    DistanceMeters,
    LatitudeDegrees,
    LongitudeDegrees,
    Notes,
    Creator,
    Name,
    Plan,
    Unknown,
}

enum Item {
    Open(Element),
    Close,
    Nothing,
}

struct Reader<R> {
    xml: Xml<R>,
    text: String,
    texts: Texts,
    current: Option<Draft>,
    drafts: Vec<Draft>,
    writer: Option<String>,
    odd: Oddities,
    root: Option<String>,
    plans: u64,
    /// The line of the first note beyond the most that one activity may have.
    notes_full_at: Option<u64>,
    shape: Shape,
}

impl<R: BufRead> Reader<R> {
    fn document(&mut self) -> Result<(), XmlError> {
        loop {
            match self.xml.token()? {
                Token::Open(tag) => {
                    let name: String = local(tag.name().into_inner()).chars().take(40).collect();
                    let known = ROOTS.contains(&name.as_str());
                    self.root.get_or_insert(name);
                    if !known {
                        return Ok(());
                    }
                    self.wrapper()?;
                }
                Token::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn item(&mut self) -> Result<Item, XmlError> {
        let attribute = |tag: &_, wanted: &str| {
            attributes(tag).find(|(name, _)| *name == wanted).map(|(_, value)| value.into_owned()).unwrap_or_default()
        };
        Ok(match self.xml.token()? {
            Token::Open(tag) => Item::Open(match local(tag.name().into_inner()) {
                "Trackpoint" => Element::Trackpoint,
                "Time" => Element::Time,
                "Position" => Element::Position,
                "LatitudeDegrees" => Element::LatitudeDegrees,
                "LongitudeDegrees" => Element::LongitudeDegrees,
                "DistanceMeters" => Element::DistanceMeters,
                "TotalTimeSeconds" => Element::TotalTimeSeconds,
                "Track" => Element::Track,
                "Lap" => Element::Lap { start: Timestamp::parse(attribute(&tag, "StartTime").as_bytes()) },
                "Activity" => Element::Activity { sport: attribute(&tag, "Sport") },
                "Activities" | "MultiSportSession" | "FirstSport" | "NextSport" | "Courses" | "Workouts" => {
                    Element::Wrapper
                }
                "Id" => Element::Id,
                "Notes" => Element::Notes,
                "Creator" | "Author" => Element::Creator,
                "Name" => Element::Name,
                "Course" | "Workout" => Element::Plan,
                _ => Element::Unknown,
            }),
            Token::Close => Item::Close,
            Token::Text(_) | Token::Other | Token::End => Item::Nothing,
        })
    }

    fn wrapper(&mut self) -> Result<(), XmlError> {
        loop {
            match self.item()? {
                Item::Open(Element::Activity { sport }) => {
                    if self.drafts.len() >= MOST_ACTIVITIES {
                        let what = format!("more than {MOST_ACTIVITIES} activities");
                        return Err(XmlError::at_a_bound(what, self.xml.line()));
                    }
                    let mut draft = Draft { sport: sport_names::sport(&sport), ..Draft::default() };
                    if draft.sport.as_ref().is_some_and(|sport| !sport.is_running()) {
                        draft.track.allow_any_speed();
                    }
                    self.current = Some(draft);
                    self.activity()?;
                    self.drafts.extend(self.current.take());
                }
                Item::Open(Element::Wrapper) => self.wrapper()?,
                Item::Open(Element::Creator) => self.creator()?,
                Item::Open(other) => {
                    self.plans += u64::from(matches!(other, Element::Plan));
                    self.xml.skip()?;
                }
                Item::Close => return Ok(()),
                Item::Nothing => {}
            }
        }
    }

    fn activity(&mut self) -> Result<(), XmlError> {
        loop {
            match self.item()? {
                Item::Open(Element::Lap { start }) => {
                    let draft = self.draft();
                    draft.first_lap = draft.first_lap.or(start);
                    let (mut lap_m, before_m) = (None, draft.total.metres());
                    let outcome = self.lap(&mut lap_m);
                    self.draft().end_lap(lap_m, before_m);
                    outcome?;
                }
                Item::Open(Element::Id) => {
                    self.xml.text(&mut self.text)?;
                    self.draft().id = Timestamp::parse(self.text.as_bytes());
                }
                Item::Open(Element::Notes) => self.notes()?,
                Item::Open(Element::Creator) => self.creator()?,
                Item::Open(_) => self.xml.skip()?,
                Item::Close => return Ok(()),
                Item::Nothing => {}
            }
        }
    }

    /// Stores the distance of the lap in `lap_m`, if it has one.
    fn lap(&mut self, lap_m: &mut Option<f64>) -> Result<(), XmlError> {
        loop {
            match self.item()? {
                Item::Open(Element::Track) => {
                    let outcome = self.track();
                    if let Some(draft) = &mut self.current {
                        draft.track.end_segment(&mut self.odd);
                    }
                    outcome?;
                }
                Item::Open(Element::DistanceMeters) => {
                    *lap_m = self.number()?.filter(|metres| *metres > 0.0).or(*lap_m);
                }
                Item::Open(Element::TotalTimeSeconds) => {
                    let seconds = self.number()?.filter(|seconds| *seconds > 0.0);
                    let sum = &mut self.draft().laps_s;
                    *sum = seconds.map(|seconds| seconds + sum.unwrap_or(0.0)).or(*sum);
                }
                Item::Open(Element::Notes) => self.notes()?,
                Item::Open(_) => self.xml.skip()?,
                Item::Close => return Ok(()),
                Item::Nothing => {}
            }
        }
    }

    fn track(&mut self) -> Result<(), XmlError> {
        loop {
            match self.item()? {
                Item::Open(Element::Trackpoint) => self.point()?,
                Item::Open(_) => self.xml.skip()?,
                Item::Close => return Ok(()),
                Item::Nothing => {}
            }
        }
    }

    /// Points without a position are usual here, indoors and before satellites are found.
    fn point(&mut self) -> Result<(), XmlError> {
        self.xml.count_point()?;
        let place = Place::Line(self.xml.line());
        let mut seen = Contents::default();
        let outcome = match self.shape.of_contents(self.xml.at_hand()) {
            Some((length, contents)) => {
                seen = contents;
                self.xml.pass_over(length);
                self.xml.skip()
            }
            None => self.contents_of_point(&mut seen),
        };
        if let Some(draft) = &mut self.current {
            match seen.degrees {
                Some((lat, lon)) => draft.track.push(Fix::from_degrees(lat, lon), seen.clock, place, &mut self.odd),
                None => draft.track.push_without_place(seen.clock, place, &mut self.odd),
            }
            if let Some(metres) = seen.metres {
                let time = if let Clock::At(time) = seen.clock { Some(time) } else { None };
                draft.total.add(metres, time, draft.first_lap.or(draft.id));
            }
        }
        outcome
    }

    fn contents_of_point(&mut self, seen: &mut Contents) -> Result<(), XmlError> {
        loop {
            match self.item()? {
                Item::Open(Element::Time) if seen.clock == Clock::Missing => {
                    self.xml.text(&mut self.text)?;
                    seen.clock = Clock::read(&self.text);
                }
                Item::Open(Element::Position) if seen.degrees.is_none() => seen.degrees = Some(self.position()?),
                Item::Open(Element::DistanceMeters) if seen.metres.is_none() => seen.metres = self.number()?,
                Item::Open(_) => self.xml.skip()?,
                Item::Close => return Ok(()),
                Item::Nothing => {}
            }
        }
    }

    fn position(&mut self) -> Result<(Option<f64>, Option<f64>), XmlError> {
        let (mut lat, mut lon) = (None, None);
        loop {
            match self.item()? {
                Item::Open(Element::LatitudeDegrees) if lat.is_none() => lat = self.number()?,
                Item::Open(Element::LongitudeDegrees) if lon.is_none() => lon = self.number()?,
                Item::Open(_) => self.xml.skip()?,
                Item::Close => return Ok((lat, lon)),
                Item::Nothing => {}
            }
        }
    }

    /// The name of the device or program; the first one counts.
    fn creator(&mut self) -> Result<(), XmlError> {
        loop {
            match self.item()? {
                Item::Open(Element::Name) => {
                    self.xml.text(&mut self.text)?;
                    self.writer.get_or_insert_with(|| self.text.clone());
                }
                Item::Open(_) => self.xml.skip()?,
                Item::Close => return Ok(()),
                Item::Nothing => {}
            }
        }
    }

    fn notes(&mut self) -> Result<(), XmlError> {
        self.xml.text(&mut self.text)?;
        let note = self.text.trim();
        // Google Fit writes the sport's name as a note.
        let said = !note.is_empty() && !sport_names::is_name(note);
        // A watch that writes "Other" for a treadmill may name it here.
        if let Some(sport) = sport_names::sport(note).filter(|sport| !said && sport.is_running()) {
            let untold = |known: &Option<Sport>| match known {
                Some(Sport::Other(word)) => sport_names::is_unspecific(word),
                known => known.is_none(),
            };
            if let Some(draft) = self.current.as_mut().filter(|draft| untold(&draft.sport)) {
                (draft.sport, draft.sport_from) = (Some(sport), SportFrom::Title);
            }
        }
        let known = self.current.as_ref().is_some_and(|draft| draft.notes.iter().any(|known| known == note));
        if !said || known {
            return Ok(());
        }
        if self.current.as_ref().is_some_and(|draft| draft.notes.len() >= MOST_NOTES) {
            let line = self.xml.line();
            self.notes_full_at.get_or_insert(line);
            return Ok(());
        }
        let note = self.texts.keep(note);
        self.draft().notes.extend(note);
        Ok(())
    }

    fn number(&mut self) -> Result<Option<f64>, XmlError> {
        self.xml.text(&mut self.text)?;
        Ok(number(&self.text))
    }

    /// The open activity; between activities, one that is discarded.
    fn draft(&mut self) -> &mut Draft {
        self.current.get_or_insert_default()
    }

    fn finish(mut self, outcome: Result<(), XmlError>) -> Imported {
        if let Some(mut draft) = self.current.take() {
            draft.track.end_segment(&mut self.odd);
            self.drafts.push(draft);
        }
        let not_tcx =
            |detail, line| Imported::failed(Fault::NotThisFormat { format: FORMAT, detail }.at(Place::Line(line)));
        match self.root.as_deref() {
            Some(root) if ROOTS.contains(&root) => {}
            Some(other) => return not_tcx(format!("its root is <{other}>, not <TrainingCenterDatabase>"), 1),
            None => {
                let (detail, line) = outcome.err().map_or(("it holds no XML".to_owned(), 1), |b| (b.detail, b.line));
                return not_tcx(detail, line);
            }
        }
        let broken = outcome.err().filter(|_| self.xml.is_inside());
        let dialect = self.writer.as_deref().and_then(creator::dialect);
        let mut imported = Imported { dialect: dialect.map(str::to_owned), ..Imported::default() };
        let mut lost = 0;
        for (draft, ordinal) in self.drafts.into_iter().zip(1..) {
            let (activity, assumed) = draft.activity(ordinal);
            if activity.start.is_none() {
                lost += 1;
                continue;
            }
            imported.assumptions.extend(assumed);
            imported.problems.extend(distances_differ(&activity, Place::Record(ordinal)));
            imported.activities.push(activity);
        }
        if imported.activities.is_empty() {
            imported.refusal = Some(match broken {
                Some(broken) => {
                    let place = Place::Line(broken.line);
                    Refusal::Failed(broken.refusal(FORMAT).at(place))
                }
                None if lost > 0 => Refusal::Ignored("its activity has no time".into()),
                None if self.plans > 0 => Refusal::Ignored("a planned course or workout, not a recording".into()),
                None => Refusal::Ignored("it holds no activity".into()),
            });
            return imported;
        }
        imported.problems.extend(self.odd.problems());
        imported.problems.extend(self.texts.problem());
        if let Some(line) = self.notes_full_at {
            let what = format!("more than {MOST_NOTES} notes of one activity");
            imported.problems.push(Fault::TooMuch { what }.at(Place::Line(line)));
        }
        if lost > 0 {
            imported.problems.push(Fault::TracksWithoutTime { count: lost }.at(Place::File));
        }
        if self.xml.bytes_replaced() {
            imported.problems.push(Fault::BytesReplaced.at(Place::File));
        }
        if let Some(broken) = broken {
            let place = Place::Line(broken.line);
            imported.problems.push(broken.fault().at(place));
        }
        imported
    }
}
