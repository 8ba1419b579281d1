//! From bytes to text, in the encodings that exports and spreadsheets use. It knows nothing of rows.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Decoded text and whether bytes had to be replaced on the way.
#[derive(Debug, PartialEq, Eq)]
pub struct Text {
    /// The text, without a byte order mark.
    pub text: String,
    /// True if invalid bytes were replaced.
    pub replaced: bool,
}

/// Decodes by byte order mark, else as UTF-8, else as Windows-1252. Text that is UTF-8 but for a damaged place stays
/// UTF-8, with that place replaced.
///
/// Where there is no line feed, carriage returns end lines, as in old programs.
pub fn decode(bytes: &[u8]) -> Text {
    let mut decoded = of_encoding(bytes);
    if memchr::memchr(b'\n', decoded.text.as_bytes()).is_none() {
        decoded.text = decoded.text.replace('\r', "\n");
    }
    decoded
}

fn of_encoding(bytes: &[u8]) -> Text {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, replaced) = encoding.decode_without_bom_handling(&bytes[length..]);
        return Text { text: text.into_owned(), replaced };
    }
    let (text, replaced) = UTF_8.decode_without_bom_handling(bytes);
    if !replaced {
        return Text { text: text.into_owned(), replaced };
    }
    let damaged = text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
    let sound = text.chars().filter(|&c| !c.is_ascii() && c != char::REPLACEMENT_CHARACTER).count();
    if sound > damaged {
        return Text { text: text.into_owned(), replaced };
    }
    let (text, replaced) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Text { text: text.into_owned(), replaced }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, bool) {
        let decoded = decode(bytes);
        (decoded.text, decoded.replaced)
    }

    #[test]
    fn byte_order_marks_are_heeded_and_taken_off() {
        assert_eq!(text(b"\xef\xbb\xbfDur\xc3\xa9e"), ("Durée".into(), false));
        assert_eq!(text(b"\xff\xfeD\0\xe9\0"), ("Dé".into(), false));
        assert_eq!(text(b"\xfe\xff\0D\0\xe9"), ("Dé".into(), false));
    }

    #[test]
    fn a_spreadsheets_old_encoding_is_read_without_a_complaint() {
        assert_eq!(text(b"Dur\xe9e"), ("Durée".into(), false));
    }

    #[test]
    fn lines_end_as_in_any_program() {
        assert_eq!(text(b"a\rb\r\rc").0, "a\nb\n\nc");
        assert_eq!(text(b"a\r\nb\rc\n").0, "a\r\nb\rc\n");
    }

    #[test]
    fn one_damaged_place_does_not_turn_utf_8_into_something_else() {
        assert_eq!(text(b"\xc3\xa9\xc3\xa8 \xff"), ("éè \u{fffd}".into(), true));
    }
}
