//! Malicious archives: bombs, shared bytes, too many members and overlong names.

use super::*;
use crate::model::concern::{Concern, ConcernClassifier};

#[test]
fn bombs_are_refused_before_they_go_off() {
    let zeros = vec![0; 40_000_000];
    let plain = packed(&[("a.gpx", &zeros), ("b.gpx", gpx(1).as_bytes())]);
    let why = "it was not read: it unpacks to more than 250 times its size";
    assert!(plain.len() < 60_000);
    assert_eq!(
        told(&looked_at(&plain, &[])),
        [("a.zip", 0, SOUND), ("a.zip!/a.gpx", 0, why), ("a.zip!/b.gpx", 1, SOUND)]
    );
    let nested = packed(&[("b.zip", &packed(&[("a.gpx", &zeros)]))]);
    assert!(nested.len() * 100_000 < 2 * zeros.len(), "{} bytes", nested.len());
    assert_eq!(
        told(&looked_at(&nested, &[])),
        [("a.zip", 0, SOUND), ("a.zip!/b.zip", 0, SOUND), ("a.zip!/b.zip!/a.gpx", 0, why)]
    );
    // Many members, each harmless by itself.
    let part = vec![b' '; 1_500_000];
    let many = packed(&[("a.gpx", &part), ("b.gpx", &part), ("c.gpx", &part), ("d.gpx", gpx(1).as_bytes())]);
    let rows = looked_at(&many, &[]);
    let refused: Vec<&str> = rows.iter().filter(|row| row.2 == why).map(|row| row.0.as_str()).collect();
    assert_eq!(refused, ["a.zip!/c.gpx"]);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn packing_twice_gains_nothing() {
    // 30 MB of spaces, 30 kB with gzip, which the archive compresses again to about 100 bytes.
    let blanks = gzip(&vec![b' '; 30_000_000]);
    let noise: Vec<u8> = (0_u32..200_000).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let (track, plain) = (gzip(gpx(1).as_bytes()), gpx(2));
    let members: &Members<'_> =
        &[("a.csv.gz", &blanks), ("noise.jpg", &noise), ("b.gpx.gz", &track), ("c.gpx", plain.as_bytes())];
    let why = "it was not read: it unpacks to more than 250 times its size";
    let whole = packed(members);
    // Once complete, once as a download cut off before its table of contents.
    let table = memchr::memmem::find(&whole, b"PK\x01\x02").unwrap();
    for bytes in [&whole[..], &whole[..table + 4]] {
        let rows = looked_at(bytes, &[]);
        let told: Vec<(&str, usize, &str)> =
            told(&rows).into_iter().filter(|row| row.0.contains("gpx") || row.0.contains("csv")).collect();
        assert_eq!(told, [("a.zip!/a.csv.gz", 0, why), ("a.zip!/b.gpx.gz", 1, SOUND), ("a.zip!/c.gpx", 1, SOUND)]);
    }
    // The same in an outer archive.
    let rows = looked_at(&packed(&[("in.zip", &whole), ("noise.jpg", &noise)]), &[]);
    assert!(rows.contains(&("a.zip!/in.zip!/a.csv.gz".to_owned(), 0, why.to_owned())), "{rows:?}");
    assert!(rows.contains(&("a.zip!/in.zip!/b.gpx.gz".to_owned(), 1, SOUND.to_owned())), "{rows:?}");
}

#[test]
fn members_that_share_their_bytes_are_refused() {
    // The table lists one member three times under three names.
    let track = gpx(1);
    let blanks = vec![b' '; 3_000_000];
    let bytes = packed(&[("a.gpx", track.as_bytes()), ("b.md", &blanks)]);
    let at = |needle: &[u8]| memchr::memmem::find_iter(&bytes, needle).collect::<Vec<_>>();
    let (table, end) = (at(b"PK\x01\x02"), at(b"PK\x05\x06")[0]);
    let mut line = bytes[table[1]..end].to_vec();
    let mut overlapping = bytes[..end].to_vec();
    for name in [b"c.md", b"d.md"] {
        line[46..50].copy_from_slice(name);
        overlapping.extend(&line);
    }
    let mut tail = bytes[end..].to_vec();
    for at in [8, 10] {
        tail[at] = 4;
    }
    let size = u32::try_from(overlapping.len() - table[0]).unwrap();
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    overlapping.extend(&tail);
    let rows = looked_at(&overlapping, &[]);
    assert_eq!(rows[1].1, 1, "{rows:?}");
    assert_eq!(rows.last().unwrap().2, "it was not read: its members overlap", "{rows:?}");
}

#[test]
fn a_member_gives_no_more_than_the_table_promises() {
    let text = format!("{}{}", gpx(1), " ".repeat(10_000));
    let bytes = packed(&[("a.gpx", text.as_bytes())]);
    let size = u32::try_from(text.len()).unwrap().to_le_bytes();
    let lying = patched(bytes, &size, &200_u32.to_le_bytes());
    let rows = looked_at(&lying, &[]);
    assert!(rows[1].2.contains("larger than its declared uncompressed size"), "{rows:?}");
}

#[test]
fn an_archive_of_too_many_members_is_refused() {
    let bytes = packed(&[("a.gpx", b"x"), ("b.gpx", b"x"), ("c.gpx", b"x")]);
    let outcome = |most_members| {
        let (ignored, csv, limits) = (GlobSet::empty(), CsvOptions::default(), Limits::default());
        let names = Names { ledger: "a.zip".into(), relative: String::new() };
        let mut rows = Vec::new();
        let terms = ReadOptions { csv: &csv, limits: &limits, classifier: ConcernClassifier(|_| Concern::Nothing) };
        let reading = ArchiveReader { ignored: &ignored, terms, at_once: 2, most_members, too_large: String::new() };
        let holder = ArchiveSource { place: ArchiveBytes::Memory(&bytes), bytes: bytes.len() as u64, unpacked: 1_000 };
        reading.archive(holder, &names, 1, &mut UnpackBudget::of(1_000), &mut rows);
        (rows.len(), rows[0].1.imported.refusal.clone())
    };
    assert_eq!(outcome(3), (4, None));
    let why = "it has more than 2 members".to_owned();
    assert_eq!(outcome(2), (1, Some(Refusal::Failed(Fault::Refused { why }.at(Place::File)))));
}

#[test]
fn members_of_the_archives_inside_count_too() {
    let inner = packed(&[("a.gpx", b"x"), ("b.gpx", b"x")]);
    let bytes = packed(&[("one.zip", &inner), ("two.zip", &inner)]);
    let outcome = |most_members| {
        let (ignored, csv, limits) = (GlobSet::empty(), CsvOptions::default(), Limits::default());
        let names = Names { ledger: "a.zip".into(), relative: String::new() };
        let terms = ReadOptions { csv: &csv, limits: &limits, classifier: ConcernClassifier(|_| Concern::Nothing) };
        let reading = ArchiveReader { ignored: &ignored, terms, at_once: 2, most_members, too_large: String::new() };
        let holder = ArchiveSource { place: ArchiveBytes::Memory(&bytes), bytes: bytes.len() as u64, unpacked: 10_000 };
        let mut rows = Vec::new();
        reading.archive(holder, &names, 1, &mut UnpackBudget::of(10_000), &mut rows);
        rows.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(outcome(6).len(), 7);
    // The row of the first inner archive and its two members leave no room for those of the second.
    let short = ["a.zip", "a.zip!/one.zip", "a.zip!/one.zip!/a.gpx", "a.zip!/one.zip!/b.gpx", "a.zip!/two.zip"];
    assert_eq!(outcome(5), short);
}

#[test]
fn a_name_longer_than_a_file_may_have_is_cut_and_refused() {
    let name = format!("{}.zip", "ä".repeat(2_000));
    let inner = packed(&[("a.gpx", b"x")]);
    let rows = looked_at(&packed(&[(&name, &inner), ("b.gpx", gpx(1).as_bytes())]), &[]);
    let cut = format!("a.zip!/{}", "ä".repeat(500));
    let why = "it was not read: its name is longer than a file may have";
    assert_eq!(told(&rows), [("a.zip", 0, SOUND), ("a.zip!/b.gpx", 1, SOUND), (cut.as_str(), 0, why)]);
}

/// The rows of an archive read with these limits on entries and text, by so many threads.
fn with_room(bytes: &[u8], (entries, text_bytes): (usize, usize), threads: usize) -> Vec<(String, usize, String)> {
    let (ignored, csv, limits) = (GlobSet::empty(), CsvOptions::default(), Limits::default());
    let names = Names { ledger: "a.zip".into(), relative: String::new() };
    let terms = ReadOptions { csv: &csv, limits: &limits, classifier: ConcernClassifier(|_| Concern::Nothing) };
    let reading = ArchiveReader { ignored: &ignored, terms, at_once: 2, most_members: 1_000, too_large: String::new() };
    let holder = ArchiveSource { place: ArchiveBytes::Memory(bytes), bytes: bytes.len() as u64, unpacked: 10_000_000 };
    let mut rows = Vec::new();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let mut room = UnpackBudget::of(10_000_000).with_most(entries, text_bytes);
    pool.install(|| reading.archive(holder, &names, 1, &mut room, &mut rows));
    let told = |contents: &FileContents| match &contents.imported.refusal {
        Some(Refusal::Failed(problem)) => problem.what.clone(),
        _ => String::new(),
    };
    let entries = |imported: &Imported| imported.activities.len() + imported.notes.len();
    rows.iter().map(|(path, contents)| (path.clone(), entries(&contents.imported), told(contents))).collect()
}

#[test]
fn what_many_small_members_give_together_is_bounded_alike_with_any_number_of_threads() {
    let table = format!("date,km\n{}", "2026-03-04,5\n".repeat(10));
    let names: Vec<String> = (0..200).map(|n| format!("{n:03}.csv")).collect();
    let mut members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), table.as_bytes())).collect();
    let inner = packed(&members[..2]);
    members.push(("in.zip", &inner));
    let whole = packed(&members);
    let table = memchr::memmem::find(&whole, b"PK\x01\x02").unwrap();
    let why = "it was not read: the archive holds more than 995 entries";
    // Once complete, once as a download cut off before its table of contents.
    for bytes in [&whole[..], &whole[..table + 4]] {
        let one = with_room(bytes, (995, 1_000_000), 1);
        // With ten rows each, the hundredth member is the first to exceed 995 in total.
        let read: Vec<_> = one.iter().filter(|row| row.1 == 10).map(|row| row.0.as_str()).collect();
        assert_eq!((read.len(), read.last()), (100, Some(&"a.zip!/099.csv")));
        // The others include those of the inner archive, and each has its reason.
        assert_eq!(one.iter().filter(|row| row.2 == why).count(), 102);
        assert_eq!(one.len(), 204);
        for threads in [2, 7] {
            assert_eq!(with_room(bytes, (995, 1_000_000), threads), one);
        }
    }
}

#[test]
fn so_is_the_text_of_many_small_members() {
    // A hundred bytes of text in each.
    let note = format!("2026-03-04: {}\n", "x".repeat(100));
    let members: &Members<'_> = &[("a.md", note.as_bytes()), ("b.md", note.as_bytes()), ("c.md", note.as_bytes())];
    let texts = |most| with_room(&packed(members), (1_000, most), 2);
    assert_eq!(texts(200).iter().map(|row| row.1).collect::<Vec<_>>(), [0, 1, 1, 1]);
    let full = texts(199);
    assert_eq!(full.iter().map(|row| row.1).collect::<Vec<_>>(), [0, 1, 1, 0]);
    assert_eq!(full[3].2, "it was not read: the archive holds more than 199 B of notes");
}
