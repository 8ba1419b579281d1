//! GPX 1.0 and 1.1 in one streaming pass in constant memory: one activity for each recorded track. Segments are never
//! joined, one bad point never fails a file, and a time without a zone is UTC, as the format defines. It opens no
//! file and decides nothing about days.

mod draft;
mod point;
#[cfg(test)]
mod tests;

use std::io::BufRead;

use self::draft::{Draft, Extras, FileMetadata};
use super::imported::{Imported, Refusal, Texts};
use super::limits::XmlBudget;
use super::sport_names;
use super::timestamp::Timestamp;
use super::track::{Clock, Fix, Oddities};
use super::xml::{self, Token, Xml, XmlError, local};
use crate::model::fault::Fault;
use crate::model::problem::Place;

const FORMAT: &str = "GPX";

/// The most tracks of one file that are kept.
const MOST_TRACKS: usize = 100_000;

/// One track point as it is in the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrackPoint {
    /// The track it belongs to, counted from 1.
    pub track: u64,
    /// The segment it belongs to, counted from 1 within its track.
    pub segment: u64,
    /// Where it is.
    pub fix: Fix,
    /// When it was recorded.
    pub clock: Clock,
}

/// Reads a GPX file.
pub fn read(input: impl BufRead) -> Imported {
    read_within(XmlBudget::default(), input, |_| {})
}

/// Reads a GPX file and calls `seen` with every track point.
pub fn read_with(input: impl BufRead, seen: impl FnMut(TrackPoint)) -> Imported {
    read_within(XmlBudget::default(), input, seen)
}

fn read_within(work: XmlBudget, input: impl BufRead, seen: impl FnMut(TrackPoint)) -> Imported {
    match Xml::new(input, work) {
        Ok(xml) => {
            let mut reader = Reader {
                xml,
                seen,
                text: String::new(),
                segment: 0,
                texts: Texts::default(),
                current: None,
                drafts: Vec::new(),
                around: FileMetadata::default(),
                odd: Oddities::default(),
                unreadable_time: None,
                root: None,
                shape: point::Shape::default(),
            };
            let outcome = reader.document();
            reader.finish(outcome)
        }
        Err(broken) => Imported::failed(Fault::Unreadable { detail: broken.detail }.at(Place::File)),
    }
}

/// The elements that are used; each counts only where it is expected.
enum Element {
    Track,
    Segment,
    Point(Fix),
    Time,
    Name,
    Description,
    Comment,
    Type,
    Metadata,
    Extensions,
    Route,
    Waypoint,
    Unknown,
}

/// One token, independent of its source.
enum Item {
    Open(Element),
    Close,
    Nothing,
}

struct Reader<R, F> {
    xml: Xml<R>,
    seen: F,
    text: String,
    segment: u64,
    texts: Texts,
    current: Option<Draft>,
    drafts: Vec<Draft>,
    around: FileMetadata,
    odd: Oddities,
    /// The first time that could not be read.
    unreadable_time: Option<String>,
    root: Option<String>,
    shape: point::Shape,
}

impl<R: BufRead, F: FnMut(TrackPoint)> Reader<R, F> {
    fn document(&mut self) -> Result<(), XmlError> {
        loop {
            match self.xml.token()? {
                Token::Open(tag) => {
                    let name = local(tag.name().into_inner());
                    let known = name == "gpx";
                    if known {
                        let creator = xml::attributes(&tag).find(|(name, _)| *name == "creator");
                        self.around.creator = creator.map(|(_, value)| value.into_owned()).unwrap_or_default();
                    }
                    self.root.get_or_insert_with(|| name.chars().take(40).collect());
                    if !known {
                        return Ok(());
                    }
                    self.file()?;
                }
                Token::End => return Ok(()),
                _ => {}
            }
        }
    }

    #[inline]
    fn item(&mut self) -> Result<Item, XmlError> {
        Ok(match self.xml.token()? {
            Token::Open(tag) => {
                let name = tag.name();
                Item::Open(match local(name.as_ref()) {
                    "trkpt" => Element::Point(point::fix(&tag)),
                    "time" => Element::Time,
                    "extensions" => Element::Extensions,
                    "trkseg" => Element::Segment,
                    "trk" => Element::Track,
                    "name" => Element::Name,
                    "desc" => Element::Description,
                    "cmt" => Element::Comment,
                    "type" => Element::Type,
                    "metadata" => Element::Metadata,
                    "rte" => Element::Route,
                    "wpt" => Element::Waypoint,
                    _ => Element::Unknown,
                })
            }
            Token::Close => Item::Close,
            // Within the root the end of the document is an error, so `End` does not occur here.
            Token::Text(_) | Token::Other | Token::End => Item::Nothing,
        })
    }

    fn file(&mut self) -> Result<(), XmlError> {
        loop {
            match self.item()? {
                Item::Open(Element::Track) => {
                    if self.drafts.len() >= MOST_TRACKS {
                        let what = format!("more than {MOST_TRACKS} tracks");
                        return Err(XmlError::at_a_bound(what, self.xml.line()));
                    }
                    self.current = Some(Draft::default());
                    self.track()?;
                    self.drafts.extend(self.current.take());
                }
                Item::Open(Element::Metadata) => self.metadata()?,
                // GPX 1.0 has no <metadata>: its time is here.
                Item::Open(Element::Time) => self.around.metadata_time = self.time()?,
                Item::Open(Element::Extensions) => {
                    let mut extras = std::mem::take(&mut self.around.extras);
                    let outcome = self.extras(&mut extras);
                    self.around.extras = extras;
                    outcome?;
                }
                Item::Open(other) => {
                    self.around.routes += u64::from(matches!(other, Element::Route));
                    self.around.waypoints += u64::from(matches!(other, Element::Waypoint));
                    self.xml.skip()?;
                }
                Item::Close => return Ok(()),
                Item::Nothing => {}
            }
        }
    }

    fn metadata(&mut self) -> Result<(), XmlError> {
        loop {
            match self.item()? {
                Item::Open(Element::Time) => self.around.metadata_time = self.time()?,
                Item::Open(_) => self.xml.skip()?,
                Item::Close => return Ok(()),
                Item::Nothing => {}
            }
        }
    }

    fn track(&mut self) -> Result<(), XmlError> {
        self.segment = 0;
        loop {
            match self.item()? {
                Item::Open(Element::Segment) => {
                    self.segment += 1;
                    let outcome = self.segment();
                    if let Some(draft) = &mut self.current {
                        draft.track.end_segment(&mut self.odd);
                    }
                    outcome?;
                }
                Item::Open(Element::Time) => {
                    let time = self.time()?;
                    self.draft().time = time;
                }
                Item::Open(Element::Name) => self.draft().title = self.words()?,
                Item::Open(Element::Description) => self.draft().description = self.words()?,
                Item::Open(Element::Comment) => self.draft().comment = self.words()?,
                Item::Open(Element::Type) => self.type_of_sport()?,
                Item::Open(Element::Extensions) => {
                    let mut extras = std::mem::take(&mut self.draft().extras);
                    let outcome = self.extras(&mut extras);
                    self.draft().extras = extras;
                    outcome?;
                }
                Item::Open(_) => self.xml.skip()?,
                Item::Close => return Ok(()),
                Item::Nothing => {}
            }
        }
    }

    fn segment(&mut self) -> Result<(), XmlError> {
        loop {
            match self.item()? {
                Item::Open(Element::Point(fix)) => self.point(fix)?,
                Item::Open(Element::Extensions) => {
                    let mut extras = Extras::default();
                    let outcome = self.extras(&mut extras);
                    self.draft().segments.add_segment(&extras);
                    outcome?;
                }
                Item::Open(_) => self.xml.skip()?,
                Item::Close => return Ok(()),
                Item::Nothing => {}
            }
        }
    }

    /// A point counts as soon as its tag is read, even if the file breaks off inside it.
    fn point(&mut self, fix: Fix) -> Result<(), XmlError> {
        self.xml.count_point()?;
        let place = Place::Line(self.xml.line());
        let mut clock = Clock::Missing;
        let outcome = self.clock_of_point(&mut clock);
        if let Some(draft) = &mut self.current {
            (self.seen)(TrackPoint { track: self.drafts.len() as u64 + 1, segment: self.segment, fix, clock });
            draft.track.push(fix, clock, place, &mut self.odd);
        }
        outcome
    }

    fn clock_of_point(&mut self, clock: &mut Clock) -> Result<(), XmlError> {
        if let Some((length, time)) = self.shape.of_contents(self.xml.at_hand()) {
            *clock = Timestamp::parse(time).map_or(Clock::Unreadable, Clock::At);
            if *clock == Clock::Unreadable && self.unreadable_time.is_none() {
                self.unreadable_time = Some(String::from_utf8_lossy(time).into_owned());
            }
            self.xml.pass_over(length);
        }
        loop {
            match self.item()? {
                Item::Open(Element::Time) if *clock == Clock::Missing => {
                    self.xml.text(&mut self.text)?;
                    *clock = Clock::read(&self.text);
                    if *clock == Clock::Unreadable && self.unreadable_time.is_none() {
                        self.unreadable_time = Some(self.text.clone());
                    }
                }
                Item::Open(_) => self.xml.skip()?,
                Item::Close => return Ok(()),
                Item::Nothing => {}
            }
        }
    }

    /// Collects the totals from all elements inside the open one, at any depth.
    fn extras(&mut self, extras: &mut Extras) -> Result<(), XmlError> {
        let mut depth = 1_u32;
        let mut name = None;
        while depth > 0 {
            match self.xml.token()? {
                Token::Open(tag) => {
                    depth += 1;
                    name = Some(local(tag.name().into_inner()).to_owned());
                    self.text.clear();
                }
                Token::Text(text) if name.is_some() => xml::append(&mut self.text, &text),
                Token::Close => {
                    depth -= 1;
                    if let Some(name) = name.take() {
                        extras.set(&name, &self.text);
                    }
                }
                Token::Text(_) | Token::Other | Token::End => {}
            }
        }
        Ok(())
    }

    /// The open track; between tracks, one that is discarded.
    fn draft(&mut self) -> &mut Draft {
        self.current.get_or_insert_default()
    }

    fn time(&mut self) -> Result<Option<Timestamp>, XmlError> {
        self.xml.text(&mut self.text)?;
        Ok(Timestamp::parse(self.text.as_bytes()))
    }

    fn words(&mut self) -> Result<Option<String>, XmlError> {
        self.xml.text(&mut self.text)?;
        Ok(self.texts.keep(&self.text))
    }

    /// The type comes before the points, so it can tell which speeds to expect of them.
    fn type_of_sport(&mut self) -> Result<(), XmlError> {
        self.xml.text(&mut self.text)?;
        // The type is not a note, and not limited like notes.
        let word = Some(sport_names::cut(self.text.trim()).to_owned()).filter(|word| !word.is_empty());
        let sport = word.as_deref().and_then(sport_names::sport);
        let draft = self.draft();
        if sport.is_some_and(|sport| !sport.is_running()) {
            draft.track.allow_any_speed();
        }
        draft.sport_word = word;
        Ok(())
    }

    fn finish(mut self, outcome: Result<(), XmlError>) -> Imported {
        if let Some(mut draft) = self.current.take() {
            draft.track.end_segment(&mut self.odd);
            self.drafts.push(draft);
        }
        match self.root.as_deref() {
            Some("gpx") => {}
            Some(other) => return not_gpx(format!("its root is <{other}>, not <gpx>"), 1),
            None => {
                let (detail, line) = outcome.err().map_or(("it holds no XML".to_owned(), 1), |b| (b.detail, b.line));
                return not_gpx(detail, line);
            }
        }
        // Nothing is expected after the root, so nothing there is missed.
        let broken = outcome.err().filter(|_| self.xml.is_inside());
        self.gathered(broken)
    }

    fn gathered(mut self, broken: Option<XmlError>) -> Imported {
        let mut imported = Imported { dialect: self.around.dialect().map(str::to_owned), ..Imported::default() };
        self.drafts.retain(|draft| !draft.is_empty() || draft.time.is_some());
        if self.drafts.is_empty() && self.around.extras.start.is_some() {
            self.drafts.push(Draft::default());
        }
        if let [only] = &mut self.drafts[..] {
            only.adopt(&self.around);
        }
        let mut untimed = 0;
        for (draft, ordinal) in self.drafts.into_iter().zip(1..) {
            match draft.activity(&self.around, ordinal, &mut imported) {
                Some(activity) => imported.activities.push(activity),
                None => untimed += 1,
            }
        }
        if imported.activities.is_empty() {
            imported.refusal = Some(match broken {
                Some(broken) => {
                    let place = Place::Line(broken.line);
                    Refusal::Failed(broken.refusal(FORMAT).at(place))
                }
                None => match self.unreadable_time {
                    // A recording with times in a format of its own is not a planned route.
                    Some(first) if untimed > 0 => {
                        let count = self.odd.unreadable_times();
                        Refusal::Failed(Fault::TimesUnreadable { count, first }.at(Place::File))
                    }
                    _ => Refusal::Ignored(why_nothing(untimed, &self.around).to_owned()),
                },
            });
            return imported;
        }
        imported.problems.extend(self.odd.problems());
        imported.problems.extend(self.texts.problem());
        if untimed > 0 {
            imported.problems.push(Fault::TracksWithoutTime { count: untimed }.at(Place::File));
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

fn not_gpx(detail: String, line: u64) -> Imported {
    Imported::failed(Fault::NotThisFormat { format: FORMAT, detail }.at(Place::Line(line)))
}

fn why_nothing(untimed: u64, around: &FileMetadata) -> &'static str {
    match (untimed, around) {
        (1.., _) => "a planned route: its track has no times",
        (_, FileMetadata { routes: 1.., .. }) => "a planned route, not a recording",
        (_, FileMetadata { waypoints: 1.., .. }) => "waypoints without a track",
        _ => "it holds no track points",
    }
}
