//! By what an exported table is known as runhip's own, so that it may be replaced by a newer one: a Parquet file by a key in
//! its metadata, a CSV by each of its lines being as runhip writes it. Takes bytes and touches no disk.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};

use chrono::NaiveDate;
use csv::StringRecord;
use memchr::memmem;

use super::run_table::COLUMNS;

/// The key in a Parquet file's metadata; the version of what wrote it stands beside it.
pub const KEY: &str = "runhip.exported-table";

/// What a Parquet file begins and ends with.
const PARQUET: &[u8; 4] = b"PAR1";

/// No table of runs has more metadata: a group of 50,000 runs takes two kilobytes.
const MOST_FOOTER_BYTES: u64 = 64_000_000;

/// True for a Parquet file that carries [`KEY`] in its metadata.
///
/// # Errors
/// Where it cannot be read.
pub fn is_parquet(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    let (mut start, mut end) = ([0; 4], [0; 8]);
    if length < (start.len() + end.len()) as u64 {
        return Ok(false);
    }
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(&mut start)?;
    file.seek(SeekFrom::End(-8))?;
    file.read_exact(&mut end)?;
    let [a, b, c, d, mark @ ..] = end;
    let footer_bytes = u64::from(u32::from_le_bytes([a, b, c, d]));
    if &start != PARQUET || &mark != PARQUET || footer_bytes > MOST_FOOTER_BYTES.min(length - 12) {
        return Ok(false);
    }
    file.seek(SeekFrom::Start(length - 8 - footer_bytes))?;
    let mut footer = Vec::new();
    file.take(footer_bytes).read_to_end(&mut footer)?;
    Ok(memmem::find(&footer, KEY.as_bytes()).is_some())
}

/// True for a CSV that is to the letter what runhip writes: its header, and rows that are as it writes them. `open` opens the
/// file, which is read twice side by side.
///
/// # Errors
/// Where it cannot be opened.
pub fn is_csv<R: Read>(open: impl Fn() -> io::Result<R>) -> io::Result<bool> {
    let header = COLUMNS.map(|(name, _, _)| name);
    let mut first = Vec::new();
    open()?.take(header.join(",").len() as u64).read_to_end(&mut first)?;
    if first != header.join(",").as_bytes() {
        return Ok(false);
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(open()?);
    let mut again = csv::Writer::from_writer(Compared { with: BufReader::new(open()?) });
    let mut record = StringRecord::new();
    let mut is_first = true;
    while reader.read_record(&mut record).unwrap_or(false) {
        let known = if is_first { record.iter().eq(header) } else { is_row(&record) };
        if !known || again.write_record(&record).is_err() {
            return Ok(false);
        }
        is_first = false;
    }
    // A mistake in the last row ends the reading too, and leaves something over.
    let Ok(mut compared) = again.into_inner() else { return Ok(false) };
    Ok(compared.with.read(&mut [0])? == 0)
}

/// A row as `run_table` writes them.
fn is_row(record: &StringRecord) -> bool {
    let at = |index: usize| record.get(index).unwrap_or_default();
    let [_, id, date, start, offset, sport, distance, from, moving, elapsed, _, sources] = std::array::from_fn(at);
    let digits = |cell: &str| cell.bytes().all(|byte| byte.is_ascii_digit());
    record.len() == COLUMNS.len()
        && date.parse::<NaiveDate>().is_ok()
        && id.starts_with(&date.replace('-', ""))
        && (start.is_empty() || start.starts_with(date))
        && digits(offset.trim_start_matches(['\'', '-']))
        && !sport.is_empty()
        && [distance, moving, elapsed].into_iter().all(digits)
        && ["", "device", "row", "track"].contains(&from)
        && !sources.is_empty()
}

/// Takes what is written as long as it is what `with` holds.
struct Compared<R> {
    with: R,
}

impl<R: Read> Write for Compared<R> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut there = vec![0; bytes.len()];
        self.with.read_exact(&mut there)?;
        if there == bytes { Ok(bytes.len()) } else { Err(io::ErrorKind::InvalidData.into()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::super::run_file::{self, RunFile};
    use super::super::run_table::RunTable;
    use super::*;

    const HEADER: &str = "athlete,id,local_date,local_start,utc_offset_s,sport,distance_m,distance_from,moving_s,elapsed_s,\
                          shoe,sources\n";

    /// A run of which everything is known, and one of which hardly anything is.
    const ROWS: &str = "Ada,20260304T063000+1300-2,2026-03-04,2026-03-04T06:30:00,-46800,run,10200,row,,3310,\
                        \"Ghost, \"\"blue\"\"\nand white\",a.csv | b.gpx\n\
                        ,20260304,2026-03-04,,,run,,,,,,a.csv\n";

    fn known(bytes: &[u8]) -> bool {
        is_csv(|| Ok(bytes)).unwrap()
    }

    #[test]
    fn what_is_exported_is_known_and_what_is_changed_since_is_not() {
        assert!(known(&run_file::csv(&RunTable::empty().unwrap()).unwrap()));
        let text = format!("{HEADER}{ROWS}");
        let bytes = text.as_bytes();
        assert!(known(bytes));
        let changed = [
            text.replace("20260304,", "2026-03-04,"),
            text.replace(",10200,", ",10.2 km,"),
            text.replace(",row,", ",,row"),
            text.replace('\n', "\r\n"),
            text.replace(",run,", ",\"run\","),
            text.replace("a.csv | b.gpx", ""),
            format!("{text}Ada,,2026-03-05,,,run,5000,,,,Ghost,\n"),
            format!("{text}\n"),
            format!("{text}# a word of mine\n"),
            format!("\u{feff}{text}"),
            text.replacen("athlete", "Athlete", 1),
            "date,distance_km\n2026-03-04,5\n".to_owned(),
            String::new(),
        ];
        for changed in changed {
            assert!(!known(changed.as_bytes()), "{changed}");
        }
        for at in 0..bytes.len() - 1 {
            assert!(!known(&bytes[..at]) || bytes[at - 1] == b'\n', "cut at {at}");
        }
    }

    #[test]
    fn a_parquet_file_is_known_by_its_metadata_alone() {
        let none = RunTable::empty().unwrap();
        let whole = run_file::parquet(&none).unwrap();
        let mut batched = Vec::new();
        let mut file = RunFile::parquet(&mut batched).unwrap();
        file.push(&none).unwrap();
        file.finish().unwrap();
        for bytes in [&whole, &batched] {
            assert!(is_parquet(&mut Cursor::new(bytes)).unwrap());
            for cut in [0, 4, 11, bytes.len() / 2, bytes.len() - 1] {
                assert!(!is_parquet(&mut Cursor::new(&bytes[..cut])).unwrap());
            }
            let at = memmem::rfind(bytes, KEY.as_bytes()).unwrap();
            let mut other = bytes.clone();
            other[at] = b'X';
            assert!(!is_parquet(&mut Cursor::new(other)).unwrap());
        }
    }
}
