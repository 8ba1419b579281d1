//! One track point: its position from its tag, and a fast way to its time. It keeps nothing from one point to the
//! next.

use memchr::memmem::Finder;
use quick_xml::events::BytesStart;

use crate::import::track::Fix;
use crate::import::xml::{attributes, number};

/// The position in the tag.
#[inline]
pub fn fix(tag: &BytesStart<'_>) -> Fix {
    let (mut lat, mut lon) = (None, None);
    for (name, value) in attributes(tag) {
        match name {
            "lat" => lat = degrees(&value),
            "lon" => lon = degrees(&value),
            _ => {}
        }
    }
    Fix::from_degrees(lat, lon)
}

/// Degrees; some programs write the decimal comma of the phone's language.
#[inline]
fn degrees(value: &str) -> Option<f64> {
    number(value).or_else(|| number(&value.replacen(',', ".", 1)))
}

/// The form that the contents of a point have in nearly all files: elements of plain text, `<time>` among them, then
/// anything without comments, references or instructions. Points of this form are read without splitting them into
/// tokens, which saves most of the work; all others are read in the general way.
pub struct Shape {
    name: Finder<'static>,
}

impl Default for Shape {
    fn default() -> Self {
        Self { name: Finder::new("trkpt") }
    }
}

impl Shape {
    /// The length of the contents up to the closing tag, and the text of the time, if `bytes`, which begin after the
    /// opening tag, have this form; `None` also if they end too early to tell.
    #[inline]
    pub fn of_contents<'a>(&self, bytes: &'a [u8]) -> Option<(usize, &'a [u8])> {
        let mut rest = bytes;
        let time = loop {
            rest = &rest[memchr::memchr(b'<', rest)? + 1..];
            let (name, content) = rest.split_at(memchr::memchr(b'>', rest)?);
            let (text, close) = content.split_at(memchr::memchr(b'<', content)?);
            rest = close.strip_prefix(b"</")?.strip_prefix(name)?.strip_prefix(b">")?;
            if name == b"time" {
                break &text[1..];
            }
        };
        // If the next tag of this name is not the usual closing one, it may belong to another point.
        let at = self.name.find(rest)?;
        let (inside, closing) = (rest[..at].strip_suffix(b"</")?, &rest[at + self.name.needle().len()..]);
        let length = bytes.len() - rest.len() + inside.len();
        (*closing.first()? == b'>').then_some(())?;
        memchr::memchr3(b'!', b'?', b'&', &bytes[..length]).is_none().then_some((length, time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_in_a_position_is_a_decimal_comma() {
        assert_eq!((degrees("48,1375"), degrees("-11.5"), degrees("1,2,3")), (Some(48.1375), Some(-11.5), None));
    }

    fn time_of(contents: &str) -> Option<&str> {
        let (length, time) = Shape::default().of_contents(contents.as_bytes())?;
        assert!(contents[length..].starts_with("</trkpt>"));
        Some(std::str::from_utf8(time).unwrap())
    }

    #[test]
    fn the_usual_shape_gives_its_time() {
        assert_eq!(time_of("<ele>3</ele>\n<time>12:00</time><x><y/></x>\n</trkpt><trkpt>"), Some("12:00"));
        assert_eq!(time_of("<time></time></trkpt>"), Some(""));
    }

    #[test]
    fn every_other_shape_takes_the_long_way() {
        for contents in [
            "",
            "<ele>3</ele></trkpt>",
            "<ele>3</ele></trkpt><trkpt><time>1</time></trkpt>",
            "<ele/></trkpt><trkpt lat='1'/><time>1</time></trkpt>",
            "<x><time>1</time></x></trkpt>",
            "<time>1</time>",
            "<!-- <time>1</time> --></trkpt>",
            "<time>1</time><!-- </trkpt> --></trkpt>",
            "<time>1&#50;</time></trkpt>",
            "<time>1<!-- --></time></trkpt>",
            "<link href='a'>x</link><time>1</time></trkpt>",
            "<time>1</time ></trkpt>",
            "<time>1</time></trkpt ><trkpt lat='1'><time>2</time></trkpt>",
            "<time>1</time><x:trkpt/></trkpt>",
        ] {
            assert_eq!(time_of(contents), None, "{contents}");
        }
    }
}
