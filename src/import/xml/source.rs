//! Text from bytes for the XML reader: finds the encoding, passes on UTF-8 in pieces, counts lines, and limits the
//! length of a single token. It knows nothing of elements.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The number of decoded bytes held at a time.
const WINDOW_BYTES: usize = 64 * 1024;

/// The encoding has to be declared within this many bytes.
const HEAD_BYTES: usize = 1024;

/// The longest tag, text, comment or document type. Real ones are below a kilobyte; a photograph in a comment fits
/// too.
const LONGEST_TOKEN_BYTES: usize = 16 * 1024 * 1024;

/// A `BufRead` of UTF-8 over a `BufRead` of any encoding.
pub struct Source<R> {
    inner: R,
    head: Vec<u8>,
    decoder: Decoder,
    window: Box<[u8]>,
    filled: usize,
    read: usize,
    counted: usize,
    lines: u64,
    token_bytes: usize,
    replaced: bool,
    finished: bool,
}

impl<R: BufRead> Source<R> {
    /// Examines the first bytes and determines the encoding: by a byte order mark, then UTF-16 by its zero bytes,
    /// then the XML declaration, else UTF-8.
    pub fn new(mut inner: R) -> io::Result<Self> {
        let mut head = Vec::with_capacity(HEAD_BYTES);
        inner.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        Ok(Self {
            inner,
            decoder: encoding_of(&head).new_decoder(),
            head,
            window: vec![0; WINDOW_BYTES].into_boxed_slice(),
            filled: 0,
            read: 0,
            counted: 0,
            lines: 0,
            token_bytes: 0,
            replaced: false,
            finished: false,
        })
    }

    /// The line of the next byte, counted from 1.
    pub fn line(&mut self) -> u64 {
        self.count_lines_up_to(self.read);
        self.lines + 1
    }

    /// True if bytes that are invalid in the encoding were replaced.
    pub fn replaced(&self) -> bool {
        self.replaced
    }

    /// Begins a new token, with its own allowance.
    #[inline]
    pub fn begin_token(&mut self) {
        self.token_bytes = 0;
    }

    /// The bytes that are decoded and not yet read.
    #[inline]
    pub fn at_hand(&self) -> &[u8] {
        &self.window[self.read..self.filled]
    }

    fn count_lines_up_to(&mut self, end: usize) {
        self.lines += memchr::memchr_iter(b'\n', &self.window[self.counted..end]).count() as u64;
        self.counted = end;
    }

    #[cold]
    fn refill(&mut self) -> io::Result<()> {
        if self.token_bytes > LONGEST_TOKEN_BYTES {
            return Err(io::Error::other("a single tag or text is longer than 16 MB"));
        }
        self.count_lines_up_to(self.filled);
        (self.filled, self.read, self.counted) = (0, 0, 0);
        while self.filled == 0 && !self.finished {
            let from_head = !self.head.is_empty();
            let bytes = if from_head { &self.head[..] } else { self.inner.fill_buf()? };
            let last = !from_head && bytes.is_empty();
            let (result, taken, written, replaced) = self.decoder.decode_to_utf8(bytes, &mut self.window, last);
            if from_head {
                self.head.drain(..taken);
            } else {
                self.inner.consume(taken);
            }
            self.filled = written;
            self.replaced |= replaced;
            self.finished = last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Source<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let count = bytes.len().min(into.len());
        into[..count].copy_from_slice(&bytes[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Source<R> {
    #[inline]
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read == self.filled && !self.finished {
            self.refill()?;
        }
        Ok(self.at_hand())
    }

    #[inline]
    fn consume(&mut self, count: usize) {
        self.read = (self.read + count).min(self.filled);
        self.token_bytes += count;
    }
}

fn encoding_of(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    let blanks = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == 0).count();
    match &head[blanks(head) & !1..] {
        [b'<', 0, ..] => return UTF_16LE,
        [0, b'<', ..] => return UTF_16BE,
        _ => {}
    }
    let text = head.trim_ascii_start();
    let declaration = match memchr::memchr(b'>', text) {
        Some(end) if text.starts_with(b"<?xml") => &text[..end],
        _ => return UTF_8,
    };
    let Some(at) = memchr::memmem::find(declaration, b"encoding") else { return UTF_8 };
    let value = declaration[at + b"encoding".len()..].trim_ascii_start();
    let label = match value.strip_prefix(b"=").map(<[u8]>::trim_ascii_start) {
        Some([quote @ (b'"' | b'\''), rest @ ..]) => rest.split(|byte| byte == quote).next().unwrap_or_default(),
        _ => return UTF_8,
    };
    // A declaration that could be read byte by byte is not in UTF-16, whatever it says: some programs write that.
    Encoding::for_label(label).filter(|encoding| encoding.is_ascii_compatible()).unwrap_or(UTF_8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that returns one byte at a time.
    struct Dribble<'a>(&'a [u8]);

    impl Read for Dribble<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(1).min(into.len());
            into[..count].copy_from_slice(&self.0[..count]);
            self.consume(count);
            Ok(count)
        }
    }

    impl BufRead for Dribble<'_> {
        fn fill_buf(&mut self) -> io::Result<&[u8]> {
            Ok(&self.0[..self.0.len().min(1)])
        }

        fn consume(&mut self, count: usize) {
            self.0 = &self.0[count..];
        }
    }

    fn decoded(bytes: &[u8]) -> (String, bool) {
        let read = |mut source: Source<Box<dyn BufRead + '_>>| {
            let mut text = String::new();
            source.read_to_string(&mut text).unwrap();
            (text, source.replaced())
        };
        let whole = read(Source::new(Box::new(bytes) as Box<dyn BufRead + '_>).unwrap());
        let dribbled = read(Source::new(Box::new(Dribble(bytes)) as Box<dyn BufRead + '_>).unwrap());
        assert_eq!(whole, dribbled);
        whole
    }

    fn utf_16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let marked = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
        marked.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn utf_16_is_read_with_and_without_its_mark() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><g>Läuferin 𝄞</g>";
        for (big, mark) in [(true, true), (false, true), (true, false), (false, false)] {
            assert_eq!(decoded(&utf_16(text, big, mark)), (text.to_owned(), false));
        }
    }

    #[test]
    fn a_declared_encoding_is_used() {
        let mut bytes = b" \n<?xml version='1.0' encoding = 'iso-8859-1' ?><g>".to_vec();
        bytes.extend(b"L\xe4uf\x80</g>");
        assert!(decoded(&bytes).0.ends_with("<g>Läuf€</g>"));
        let plain = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><g>Läufer</g>";
        assert_eq!(decoded(plain.as_bytes()), (plain.to_owned(), false));
        let unknown = "<?xml version=\"1.0\" encoding=\"klingon\"?><g>Läufer</g>";
        assert_eq!(decoded(unknown.as_bytes()), (unknown.to_owned(), false));
    }

    #[test]
    fn a_utf_8_mark_is_dropped_and_bad_bytes_are_replaced() {
        assert_eq!(decoded(b"\xef\xbb\xbf<g/>"), ("<g/>".into(), false));
        assert_eq!(decoded(b"<g>\xe4</g>"), ("<g>\u{fffd}</g>".into(), true));
        assert_eq!(decoded(b""), (String::new(), false));
    }

    #[test]
    fn lines_are_counted_across_windows() {
        let text = "12345678\n".repeat(20_000);
        let mut source = Source::new(text.as_bytes()).unwrap();
        assert_eq!(source.line(), 1);
        let mut part = vec![0; 9 * 12_345 + 4];
        source.read_exact(&mut part).unwrap();
        assert_eq!(source.line(), 12_346);
        assert_eq!(source.line(), 12_346);
        io::copy(&mut source, &mut io::sink()).unwrap();
        assert_eq!(source.line(), 20_001);
    }

    #[test]
    fn one_endless_token_is_stopped() {
        let mut source = Source::new(io::BufReader::new(io::repeat(b'x'))).unwrap();
        let error = io::copy(&mut source, &mut io::sink()).unwrap_err();
        assert!(error.to_string().contains("16 MB"));
    }
}
