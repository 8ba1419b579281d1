//! A fast way through a track point in the form that nearly all TCX files use. It keeps nothing from one point to the
//! next.

use memchr::memmem::Finder;

use crate::import::track::Clock;
use crate::import::xml::number;

/// The contents of one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contents {
    pub clock: Clock,
    /// Latitude and longitude, if it has a position.
    pub degrees: Option<(Option<f64>, Option<f64>)>,
    /// The running total of the device.
    pub metres: Option<f64>,
}

impl Default for Contents {
    fn default() -> Self {
        Self { clock: Clock::Missing, degrees: None, metres: None }
    }
}

/// Finds the elements of a point without splitting it into tokens, which saves most of the work. Points with
/// comments, references or instructions, and known elements in another form than `<Name>text</Name>`, are read in the
/// general way.
pub struct Shape {
    name: Finder<'static>,
    extensions: Finder<'static>,
    position: Finder<'static>,
    time: Finder<'static>,
    latitude: Finder<'static>,
    longitude: Finder<'static>,
    distance: Finder<'static>,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            name: Finder::new("Trackpoint"),
            extensions: Finder::new("Extensions"),
            position: Finder::new("Position"),
            time: Finder::new("Time"),
            latitude: Finder::new("LatitudeDegrees"),
            longitude: Finder::new("LongitudeDegrees"),
            distance: Finder::new("DistanceMeters"),
        }
    }
}

impl Shape {
    /// The length of the contents up to the closing tag, and what they are, if `bytes`, which begin after the opening
    /// tag, have this form; `None` also if they end too early to tell.
    #[inline]
    pub fn of_contents(&self, bytes: &[u8]) -> Option<(usize, Contents)> {
        // If the next tag of this name is not the usual closing one, it may belong to another point.
        let at = self.name.find(bytes)?;
        let contents = bytes[..at].strip_suffix(b"</")?;
        let length = contents.len();
        (*bytes.get(at + self.name.needle().len())? == b'>').then_some(())?;
        if memchr::memchr3(b'!', b'?', b'&', contents).is_some() {
            return None;
        }
        // Extensions of apps come last and may use any name.
        let own = &contents[..self.extensions.find(contents).unwrap_or(length)];
        let clock = leaf(&self.time, own).ok()?.map_or(Clock::Missing, Clock::read);
        let metres = leaf(&self.distance, own).ok()?.and_then(number);
        let mut degrees = None;
        if self.position.find(own).is_some() {
            let latitude = leaf(&self.latitude, own).ok()?.and_then(number);
            degrees = Some((latitude, leaf(&self.longitude, own).ok()?.and_then(number)));
        }
        Some((length, Contents { clock, degrees, metres }))
    }
}

/// The name occurs in another form than `<Name>text</Name>`.
struct OtherShape;

/// The text of `<Name>text</Name>`; `None` if the name does not occur.
#[inline]
fn leaf<'a>(name: &Finder<'_>, bytes: &'a [u8]) -> Result<Option<&'a str>, OtherShape> {
    let Some(at) = name.find(bytes) else { return Ok(None) };
    let behind = &bytes[at + name.needle().len()..];
    let text = behind.strip_prefix(b">").filter(|_| bytes[..at].ends_with(b"<")).ok_or(OtherShape)?;
    let (text, close) = text.split_at(memchr::memchr(b'<', text).ok_or(OtherShape)?);
    let closed = close.strip_prefix(b"</").and_then(|rest| rest.strip_prefix(name.needle())).ok_or(OtherShape)?;
    if closed.starts_with(b">") { Ok(std::str::from_utf8(text).ok()) } else { Err(OtherShape) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(contents: &str) -> Option<Contents> {
        let (length, seen) = Shape::default().of_contents(contents.as_bytes())?;
        assert!(contents[length..].starts_with("</Trackpoint>"));
        Some(seen)
    }

    #[test]
    fn the_usual_shape_is_read() {
        let seen = of("\n<Time>2026-03-04T06:00:00Z</Time><Position><LatitudeDegrees>48.5</LatitudeDegrees>\
                       <LongitudeDegrees>-11</LongitudeDegrees></Position><DistanceMeters>7.5</DistanceMeters>\
                       <Extensions><x:Time>1</x:Time><DistanceMeters>9</DistanceMeters></Extensions></Trackpoint>")
        .unwrap();
        assert_eq!((seen.degrees, seen.metres), (Some((Some(48.5), Some(-11.0))), Some(7.5)));
        assert!(matches!(seen.clock, Clock::At(time) if time.unix_s() == 1_772_604_000));
        assert_eq!(of("</Trackpoint>"), Some(Contents::default()));
        assert_eq!(of("<Time>x</Time></Trackpoint>").unwrap().clock, Clock::Unreadable);
    }

    #[test]
    fn every_other_shape_takes_the_long_way() {
        for contents in [
            "",
            "<Time>x</Time>",
            "<Time >x</Time></Trackpoint>",
            "<t:Time>x</t:Time></Trackpoint>",
            "<Time>1<b/></Time></Trackpoint>",
            "<LapTime>x</LapTime></Trackpoint>",
            "<!-- </Trackpoint> --></Trackpoint>",
            "<Time>1&#50;</Time></Trackpoint>",
            "<DistanceMeters/></Trackpoint>",
            "<Time>x</Time></Trackpoint ><Trackpoint><Time>y</Time></Trackpoint>",
        ] {
            assert_eq!(of(contents), None, "{contents}");
        }
    }
}
