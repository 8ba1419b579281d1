//! One pass over an XML document of any encoding in constant memory: opening tags, closing tags and text, with depth
//! and length limited. Only the five predefined and numeric entities are expanded, and document types are skipped. It
//! knows no vocabulary.

mod source;

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::errors::{Error, IllFormedError};
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use self::source::Source;
use super::limits::XmlBudget;
use crate::model::fault::Fault;

/// The deepest nesting of elements in a track file.
const DEEPEST: usize = 256;

/// The most bytes of one element's text that are kept.
const LONGEST_TEXT_BYTES: usize = 64 * 1024;

/// Why reading stopped before the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlError {
    /// What is wrong, as part of a sentence.
    pub detail: String,
    /// The line where it was noticed, counted from 1.
    pub line: u64,
    /// True if the document is valid but larger than may be read.
    pub spent: bool,
}

impl XmlError {
    /// At a limit on what may be read; `what` names the limit.
    pub fn at_a_bound(what: String, line: u64) -> Self {
        Self { detail: what, line, spent: true }
    }

    /// The fault for a file of which nothing can be used.
    pub fn refusal(self, format: &'static str) -> Fault {
        if self.spent {
            Fault::Overfull { why: format!("it holds {}", self.detail) }
        } else {
            Fault::NotThisFormat { format, detail: self.detail }
        }
    }

    /// The fault for a file whose beginning can be used.
    pub fn fault(self) -> Fault {
        if self.spent { Fault::TooMuch { what: self.detail } } else { Fault::BrokenOff { detail: self.detail } }
    }
}

/// One token of the document. A self-closing element gives `Open` and then `Close`.
#[derive(Debug)]
pub enum Token<'a> {
    /// The opening tag of an element.
    Open(BytesStart<'a>),
    /// The end of the innermost open element.
    Close,
    /// Text, or a part of it, with references resolved.
    Text(Cow<'a, str>),
    /// Comments, instructions, document types.
    Other,
    /// The end of the document.
    End,
}

/// A reader that returns an XML document token by token, within a limit of work.
pub struct Xml<R> {
    reader: Reader<Source<R>>,
    buffer: Vec<u8>,
    depth: usize,
    close_next: bool,
    work: XmlBudget,
    left: XmlBudget,
}

impl<R: BufRead> Xml<R> {
    /// Begins reading a document, with `work` as the limit.
    ///
    /// # Errors
    /// If the first bytes cannot be read.
    pub fn new(input: R, work: XmlBudget) -> Result<Self, XmlError> {
        let source = Source::new(input).map_err(|error| XmlError {
            detail: format!("reading stopped with \"{error}\""),
            line: 1,
            spent: false,
        })?;
        let mut reader = Reader::from_reader(source);
        reader.config_mut().allow_dangling_amp = true;
        Ok(Self { reader, buffer: Vec::new(), depth: 0, close_next: false, work, left: work })
    }

    /// The current line, counted from 1.
    pub fn line(&mut self) -> u64 {
        self.reader.get_mut().line()
    }

    /// True if invalid bytes were replaced.
    pub fn bytes_replaced(&self) -> bool {
        self.reader.get_ref().replaced()
    }

    /// True while an element is open.
    pub fn is_inside(&self) -> bool {
        self.depth > 0
    }

    /// Reads the next token of the document.
    ///
    /// # Errors
    /// If the document breaks off or is not well-formed.
    #[inline]
    pub fn token(&mut self) -> Result<Token<'_>, XmlError> {
        if self.close_next {
            self.close_next = false;
            self.depth -= 1;
            return Ok(Token::Close);
        }
        let Some(pieces) = self.left.pieces.checked_sub(1) else {
            let what = format!("more than {} tags and texts", self.work.pieces);
            return Err(XmlError::at_a_bound(what, self.line()));
        };
        self.left.pieces = pieces;
        self.buffer.clear();
        self.reader.get_mut().begin_token();
        // The event borrows the buffer, so an error gets the rest it needs from the reader alone.
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Start(tag)) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(broken(&mut self.reader, format!("elements are nested deeper than {DEEPEST}")));
                }
                Ok(Token::Open(tag))
            }
            Ok(Event::Empty(tag)) => {
                self.depth += 1;
                self.close_next = true;
                Ok(Token::Open(tag))
            }
            Ok(Event::End(_)) => {
                self.depth -= 1;
                Ok(Token::Close)
            }
            Ok(Event::Text(text)) => Ok(Token::Text(text.into_inner())),
            Ok(Event::CData(text)) => Ok(Token::Text(text.into_inner())),
            Ok(Event::GeneralRef(reference)) => Ok(Token::Text(resolve(&reference))),
            Ok(Event::Eof) if self.depth > 0 => Err(broken(&mut self.reader, "its end is missing".to_owned())),
            Ok(Event::Eof) => Ok(Token::End),
            Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_))
            | Err(Error::IllFormed(IllFormedError::MissingDoctypeName)) => Ok(Token::Other),
            Err(error) => Err(broken(&mut self.reader, wording(&error))),
        }
    }

    /// Counts one track point.
    ///
    /// # Errors
    /// If there are more points than may be read.
    #[inline]
    pub fn count_point(&mut self) -> Result<(), XmlError> {
        let Some(points) = self.left.points.checked_sub(1) else {
            let what = format!("more than {} points", self.work.points);
            return Err(XmlError::at_a_bound(what, self.line()));
        };
        self.left.points = points;
        Ok(())
    }

    /// The next bytes that are decoded already, for readers that know the usual form of what follows and need no
    /// tokens. Empty in a self-closing element.
    #[inline]
    pub fn at_hand(&self) -> &[u8] {
        if self.close_next { &[] } else { self.reader.get_ref().at_hand() }
    }

    /// Skips `count` of the bytes at hand, which must have as many closing tags as opening ones.
    #[inline]
    pub fn pass_over(&mut self, count: usize) {
        self.reader.get_mut().consume(count);
    }

    /// Skips the rest of the innermost open element with its closing tag.
    ///
    /// # Errors
    /// Like `token`.
    pub fn skip(&mut self) -> Result<(), XmlError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.token()?;
        }
        Ok(())
    }

    /// Replaces `into` by the text of the innermost open element, and reads past its closing tag. Elements inside it
    /// are skipped.
    ///
    /// # Errors
    /// Like `token`.
    pub fn text(&mut self, into: &mut String) -> Result<(), XmlError> {
        into.clear();
        let inside = self.depth;
        while self.depth >= inside {
            let wanted = self.depth == inside;
            if let Token::Text(text) = self.token()?
                && wanted
            {
                append(into, &text);
            }
        }
        Ok(())
    }
}

/// Appends as much of the text as there is room for.
pub fn append(into: &mut String, text: &str) {
    let room = LONGEST_TEXT_BYTES.saturating_sub(into.len());
    into.push_str(&text[..text.floor_char_boundary(room)]);
}

fn broken<R: BufRead>(reader: &mut Reader<Source<R>>, detail: String) -> XmlError {
    XmlError { detail, line: reader.get_mut().line(), spent: false }
}

/// The character that a reference stands for, or the reference as written.
fn resolve(reference: &BytesRef<'_>) -> Cow<'static, str> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Cow::Owned(character.to_string()),
        _ => match resolve_predefined_entity(reference) {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(format!("&{};", &**reference)),
        },
    }
}

fn wording(error: &Error) -> String {
    let short = |name: &str| name.chars().filter(|c| !c.is_control()).take(40).collect::<String>();
    match error {
        Error::Io(error) => format!("reading stopped with \"{error}\""),
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            format!("</{}> stands where </{}> was expected", short(found), short(expected))
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => format!("</{}> closes nothing", short(found)),
        Error::Syntax(_) => "a tag, comment or quotation is not closed".to_owned(),
        _ => "it is not well-formed XML".to_owned(),
    }
}

/// A name without its namespace prefix.
#[inline]
pub fn local(name: &str) -> &str {
    match memchr::memchr(b':', name.as_bytes()) {
        Some(colon) => &name[colon + 1..],
        None => name,
    }
}

/// The attributes of a tag as pairs of local name and value, with references in the value resolved. Reading ends
/// where they are malformed.
pub fn attributes<'a>(tag: &'a BytesStart<'_>) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
    let mut rest = tag.attributes_raw();
    std::iter::from_fn(move || {
        let equals = memchr::memchr(b'=', rest.as_bytes())?;
        let name = rest[..equals].trim_ascii();
        let value = rest[equals + 1..].trim_ascii_start();
        let quote = *value.as_bytes().first().filter(|byte| matches!(byte, b'"' | b'\''))?;
        let value = &value[1..];
        let end = memchr::memchr(quote, value.as_bytes())?;
        rest = &value[end + 1..];
        let value = &value[..end];
        let plain = memchr::memchr(b'&', value.as_bytes()).is_none();
        let value = if plain { Cow::Borrowed(value) } else { unescape(value).unwrap_or(Cow::Borrowed(value)) };
        Some((local(name), value))
    })
}

/// A number in XML; `None` if it is not finite.
#[inline]
pub fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(document: &str) -> Result<Vec<String>, XmlError> {
        let mut xml = Xml::new(document.as_bytes(), XmlBudget::default())?;
        let mut seen = Vec::new();
        loop {
            match xml.token()? {
                Token::Open(tag) => {
                    let attributes: Vec<_> = attributes(&tag).map(|(name, value)| format!("{name}={value}")).collect();
                    seen.push(format!("<{} {}", local(tag.name().as_ref()), attributes.join(" ")).trim().to_owned());
                }
                Token::Close => seen.push(">".into()),
                Token::Text(text) => seen.push(text.into_owned()),
                Token::Other => {}
                Token::End => return Ok(seen),
            }
        }
    }

    fn text_of_root(document: &str) -> String {
        let mut xml = Xml::new(document.as_bytes(), XmlBudget::default()).unwrap();
        while !xml.is_inside() {
            xml.token().unwrap();
        }
        let mut text = String::new();
        xml.text(&mut text).unwrap();
        text
    }

    #[test]
    fn prefixes_are_dropped_and_empty_elements_open_and_close() {
        assert_eq!(
            tokens("<n:a x:lat = '1' lon=\"&lt;2&#51;\"><b/></n:a>").unwrap(),
            ["<a lat=1 lon=<23", "<b", ">", ">"]
        );
    }

    #[test]
    fn only_predefined_and_numeric_references_are_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
                    <a>&amp;&#65;&#x42;&y;&f;&lt; a & b</a>";
        assert_eq!(text_of_root(bomb), "&AB&y;&f;< a & b");
    }

    #[test]
    fn text_leaves_out_inner_elements_and_joins_its_parts() {
        assert_eq!(text_of_root("<a>one<b>two</b><!-- x --><![CDATA[ <three>]]></a>"), "one <three>");
    }

    #[test]
    fn text_is_cut_at_a_character() {
        let text = text_of_root(&format!("<a>{}</a>", "ä".repeat(100_000) + "x"));
        assert_eq!(text.len(), LONGEST_TEXT_BYTES);
        let odd = text_of_root(&format!("<a>x{}</a>", "ä".repeat(100_000)));
        assert_eq!(odd.len(), LONGEST_TEXT_BYTES - 1);
    }

    #[test]
    fn skipping_ends_behind_the_element() {
        let mut xml = Xml::new("<a><b><b/>x<c>y</c></b><d/></a>".as_bytes(), XmlBudget::default()).unwrap();
        xml.token().unwrap();
        xml.token().unwrap();
        xml.skip().unwrap();
        assert!(matches!(xml.token().unwrap(), Token::Open(tag) if tag.name().as_ref() == "d"));
    }

    #[test]
    fn broken_documents_say_where_and_why() {
        let why = |document: &str| tokens(document).map_err(|broken| (broken.line, broken.detail)).unwrap_err();
        assert_eq!(why("<a>\n<b>\n"), (3, "its end is missing".into()));
        assert_eq!(why("<a>\n</b>"), (2, "</b> stands where </a> was expected".into()));
        assert_eq!(why("</b>"), (1, "</b> closes nothing".into()));
        assert_eq!(why("<a>\n<b "), (2, "a tag, comment or quotation is not closed".into()));
    }

    #[test]
    fn a_million_nested_elements_are_stopped_early() {
        let broken = tokens(&"<a>".repeat(1_000_000)).unwrap_err();
        assert_eq!(broken.detail, "elements are nested deeper than 256");
    }

    #[test]
    fn more_pieces_than_may_be_read_are_no_defect_of_the_document() {
        let mut xml =
            Xml::new("<a>\n<b/>\n<c/></a>".as_bytes(), XmlBudget { pieces: 4, ..XmlBudget::default() }).unwrap();
        let broken = std::iter::from_fn(|| Some(xml.token().map(drop))).find_map(Result::err).unwrap();
        assert_eq!((broken.line, broken.spent), (3, true));
        assert_eq!(broken.fault(), Fault::TooMuch { what: "more than 4 tags and texts".into() });
    }

    #[test]
    fn numbers_are_finite() {
        assert_eq!(number(" -1.5e1\n"), Some(-15.0));
        for text in ["", "NaN", "inf", "1,5", "1e999"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
