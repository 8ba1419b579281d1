//! Archives that are cut off or damaged inside.

use super::*;

#[test]
fn a_damaged_member_costs_itself_alone() {
    let log = "date,distance_km\n2026-03-04,10.2\n2026-03-05,10.3\n";
    let bytes = stored(&[("a.csv", log.as_bytes()), ("b.gpx", gpx(2).as_bytes())]);
    let rows = looked_at(&patched(bytes, b"10.3", b"99.3"), &[]);
    assert!(rows[1].2.starts_with("the file breaks off: Invalid checksum"), "{rows:?}");
    assert_eq!(rows[2].1, 1);
    let at = |bytes: &[u8]| memchr::memmem::find(bytes, b"PK\x03\x04").unwrap();
    let mut bytes = stored(&[("a.csv", log.as_bytes()), ("b.gpx", gpx(2).as_bytes())]);
    let start = at(&bytes);
    bytes[start] = b'X';
    let rows = looked_at(&bytes, &[]);
    assert_eq!(rows[1].2, "the file could not be read: its place in the archive is damaged");
    assert_eq!(rows[2].1, 1);
}

#[test]
fn of_an_archive_that_breaks_off_what_is_there_is_read() {
    let log = "date,distance_km\n2026-03-04,10.2\n2026-03-05,10.35\n";
    let tracks = [gpx(1), gpx(2)];
    let inner = packed(&[("c.gpx", gpx(3).as_bytes())]);
    let members: &Members<'_> = &[
        ("a.gpx", tracks[0].as_bytes()),
        ("photo.jpg", b"not read, but passed over"),
        ("folder/b.gpx", tracks[1].as_bytes()),
        ("c.zip", &inner),
        ("log.csv", log.as_bytes()),
    ];
    for whole in [packed(members), stored(members), streamed(members)] {
        let sound_rows = looked_at(&whole, &[]);
        let sound = told_counts(&sound_rows);
        assert_eq!(sound.len(), 7);
        let table = memchr::memmem::rfind(&whole, b"PK\x01\x02log.csv".as_slice()).or_else(|| {
            // The first line of the outer table, which lists the first member.
            memchr::memmem::find_iter(&whole, b"PK\x01\x02").find(|at| whole[at + 46..].starts_with(b"a.gpx"))
        });
        // Only the table is missing: every member is there.
        let rows = looked_at(&whole[..table.unwrap() + 20], &[]);
        assert_eq!(told_counts(&rows), sound);
        assert!(rows[0].2.starts_with("the file breaks off: its table of contents is missing"), "{rows:?}");
    }
    // The break is inside the last member: its complete rows are kept, but not half of the next.
    let whole = stored(members);
    let cut = memchr::memmem::rfind(&whole, b"10.35").unwrap() + 3;
    let rows = looked_at(&whole[..cut], &[]);
    let last = rows.iter().find(|row| row.0 == "a.zip!/log.csv").unwrap();
    assert_eq!(last.1, 1);
    assert!(last.2.contains("breaks off"), "{last:?}");
    // The break is in the inner archive.
    let cut = memchr::memmem::find(&whole, b"c.gpx").unwrap() + 30;
    let rows = looked_at(&whole[..cut], &[]);
    let paths: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    assert_eq!(
        paths,
        ["a.zip", "a.zip!/a.gpx", "a.zip!/c.zip", "a.zip!/c.zip!/c.gpx", "a.zip!/folder/b.gpx", "a.zip!/photo.jpg"]
    );
}

fn told_counts(rows: &[(String, usize, String)]) -> Vec<(&str, usize)> {
    rows.iter().map(|row| (row.0.as_str(), row.1)).collect()
}

#[test]
fn the_table_of_an_archive_inside_is_not_taken_for_that_of_a_broken_one() {
    let inner = stored(&[("c.gpx", gpx(3).as_bytes())]);
    let whole = stored(&[("a.gpx", gpx(1).as_bytes()), ("c.zip", &inner), ("d.gpx", gpx(4).as_bytes())]);
    let cut = memchr::memmem::find(&whole, b"d.gpx").unwrap() + 60;
    let rows = looked_at(&whole[..cut], &[]);
    assert_eq!(
        told_counts(&rows)[..4],
        [("a.zip", 0), ("a.zip!/a.gpx", 1), ("a.zip!/c.zip", 0), ("a.zip!/c.zip!/c.gpx", 1)]
    );
    assert!(rows[0].2.contains("table of contents is missing"), "{rows:?}");
}
