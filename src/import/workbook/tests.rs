//! Whole workbooks, built part by part as each program writes them.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::*;
use crate::model::activity::{Activity, Start};

const NAMESPACES: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A workbook of these sheets, each given by its attributes and its `sheetData`.
fn xlsx(properties: &str, sheets: &[(&str, &str)], more: &[(&str, String)]) -> Vec<u8> {
    let mut list = format!("<workbook {NAMESPACES}>{properties}<sheets>");
    let mut targets = String::from("<Relationships>");
    let mut parts = Vec::new();
    for (nth, (attributes, data)) in sheets.iter().enumerate() {
        list.push_str(&format!("<sheet {attributes} sheetId=\"{nth}\" r:id=\"rId{nth}\"/>"));
        targets
            .push_str(&format!("<Relationship Id=\"rId{nth}\" Type=\"worksheet\" Target=\"worksheets/s{nth}.xml\"/>"));
        let sheet = format!(
            "<worksheet {NAMESPACES}><dimension ref=\"A1:XFD1048576\"/><sheetData>{data}</sheetData></worksheet>"
        );
        parts.push((format!("xl/worksheets/s{nth}.xml"), sheet));
    }
    let mut all = vec![
        ("xl/workbook.xml", format!("{list}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("{targets}</Relationships>")),
    ];
    all.extend(parts.iter().map(|(name, text)| (name.as_str(), text.clone())));
    all.extend(more.iter().cloned());
    packed(&all)
}

/// Formats 1 to 4: a date, a time, a date with a time, `[h]:mm:ss`.
fn styles() -> (&'static str, String) {
    let text = format!(
        "<styleSheet {NAMESPACES}><numFmts><numFmt numFmtId=\"164\" formatCode=\"ddd, d. mmm yyyy\"/>\
         <numFmt numFmtId=\"165\" formatCode=\"[h]:mm:ss;@\"/></numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
         <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"20\"/><xf numFmtId=\"22\"/><xf numFmtId=\"165\"/></cellXfs>\
         <cellStyles/></styleSheet>"
    );
    ("xl/styles.xml", text)
}

fn text(cells: &[&str]) -> String {
    let cells = cells.iter().map(|text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"));
    format!("<row>{}</row>", cells.collect::<String>())
}

fn number(cells: &[(f64, u32)]) -> String {
    format!(
        "<row>{}</row>",
        cells.iter().map(|(value, style)| format!("<c s=\"{style}\"><v>{value}</v></c>")).collect::<Vec<_>>().concat()
    )
}

fn read_bytes(bytes: &[u8]) -> Imported {
    let limits = Limits::default();
    read(bytes, "log.xlsx", (limits.unpacked_allowance(bytes.len() as u64), &limits), &CsvOptions::default())
}

fn line(activity: &Activity) -> String {
    let start = match activity.start {
        Some(Start::Date(day)) => day.to_string(),
        Some(Start::Local(time)) => time.format("%F %R").to_string(),
        other => format!("{other:?}"),
    };
    let metres = activity.distance.map_or("-".to_owned(), |distance| distance.m.to_string());
    format!("{start}|{metres}|{}", activity.elapsed_s.map_or("-".to_owned(), |seconds| seconds.to_string()))
}

fn lines(imported: &Imported) -> Vec<String> {
    assert_eq!(imported.refusal, None);
    imported.activities.iter().map(line).collect()
}

fn told(imported: &Imported) -> Vec<String> {
    imported.problems.iter().map(|one| format!("{}: {}", one.place_in_words(), one.what)).collect()
}

fn failure(bytes: &[u8]) -> String {
    match read_bytes(bytes).refusal {
        Some(Refusal::Failed(problem)) => problem.what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn excel_keeps_days_and_times_as_numbers_and_their_format_elsewhere() {
    // 46,085 is 2026-03-04; 0.03125 of a day is 45 minutes.
    let header = text(&["date", "start", "distance_km", "duration", "notes"]);
    let rows = "<row r=\"4\"><c r=\"A4\" s=\"1\"><v>46085</v></c><c r=\"B4\" s=\"2\"><v>0.2708333333</v></c><c r=\"C4\"><v>8.43</v></c>\
                <c r=\"D4\" s=\"4\"><f>D9*2</f><v>0.03125</v></c><c r=\"E4\" t=\"s\"><v>1</v></c></row>\
                <row r=\"6\"><c r=\"A6\" s=\"3\"><v>46087.75</v></c><c r=\"C6\"><v>10</v></c><c r=\"D6\" s=\"4\"><v>0.0359953703703704</v></c></row>";
    let strings =
        "<sst><si><t>unused</t></si><si><r><t>left hip </t></r><r><t>3/10</t></r><rPh><t>reading</t></rPh></si></sst>";
    let more = [styles(), ("xl/sharedStrings.xml", strings.to_owned())];
    let imported = read_bytes(&xlsx("", &[("name=\"Runs\"", &(header.clone() + rows))], &more));
    assert_eq!(lines(&imported), ["2026-03-04 06:30|8430|2700", "2026-03-06 18:00|10000|3110"]);
    assert_eq!(imported.activities[0].description.as_deref(), Some("left hip 3/10"));
    assert_eq!((imported.activities[1].record, told(&imported)), (Some(6), vec![]));
    // The calendar of old Macs begins four years and a day later.
    let later = read_bytes(&xlsx("<workbookPr date1904=\"1\"/>", &[("name=\"Runs\"", &(header + rows))], &more));
    assert_eq!(lines(&later)[0], "2030-03-05 06:30|8430|2700");
}

#[test]
fn each_sheet_is_a_table_and_problems_name_theirs() {
    let runs = text(&["date", "km", "time"]) + &text(&["2026-03-04", "8", "45:00"]) + &text(&["soon", "9", "50:00"]);
    let title = "<row r=\"9\"><c r=\"B9\" t=\"str\"><v>My year</v></c></row><row r=\"10\"><c r=\"B10\" t=\"str\"><v>date</v></c>\
                 <c r=\"C10\" t=\"str\"><v>km</v></c></row><row r=\"11\"><c r=\"B11\" t=\"str\"><v>2025-03-04</v></c><c r=\"C11\"><v>7</v></c></row>\
                 <row r=\"12\"><c r=\"B12\" t=\"str\"><v>2025-02-30</v></c><c r=\"C12\"><v>7</v></c></row>";
    let shoes = text(&["Shoe Name", "Shoe Brand", "Shoe Model", "Shoe Default Sport Types"])
        + &text(&["Ghost", "Brooks", "Ghost 15", "Run"]);
    let sheets = [
        ("name=\"2026\"", runs.as_str()),
        ("name=\"2025\"", title),
        ("name=\"Shoes\"", shoes.as_str()),
        ("name=\"Old\" state=\"hidden\"", runs.as_str()),
        ("name=\"Blank\"", ""),
    ];
    let imported = read_bytes(&xlsx("", &sheets, &[]));
    assert_eq!(lines(&imported), ["2026-03-04|8000|2700", "2025-03-04|7000|-"]);
    assert_eq!(imported.shoes.len(), 1);
    assert_eq!(
        told(&imported),
        [
            "sheet 2026, row 3: \"soon\" is not a date; the row was left out",
            "sheet 2025, row 12: \"2025-02-30\" is not a date; the row was left out",
            "sheet Old: a hidden sheet was left alone",
        ]
    );
}

#[test]
fn a_time_typed_as_minutes_and_seconds_is_no_time_of_days() {
    // 45:30 typed is stored as 45 and a half hours, 22:10 as 22 hours and ten minutes, 1:02:03 as intended.
    let runs = text(&["date", "km", "time"])
        + &number(&[(46_085.0, 1), (10.0, 0), (45.5 / 24.0, 4)])
        + &number(&[(46_086.0, 1), (5.0, 0), (22.0 / 24.0 + 10.0 / 1_440.0, 2)])
        + &number(&[(46_087.0, 1), (12.0, 0), (3_723.0 / 86_400.0, 4)]);
    let imported = read_bytes(&xlsx("", &[("name=\"Runs\"", &runs)], &[styles()]));
    assert_eq!(lines(&imported), ["2026-03-04|10000|2730", "2026-03-05|5000|1330", "2026-03-06|12000|3723"]);
    assert!(
        imported.assumptions.iter().any(|one| one.count == 2 && one.about.contains("hours and minutes")),
        "{imported:?}"
    );
}

#[test]
fn libreoffice_says_how_often_rows_and_cells_stand() {
    let cell = |kind: &str, text: &str| format!("<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>");
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let runs = row(&(cell("office:value-type=\"string\"", "date")
        + &cell("office:value-type=\"string\"", "km")
        + &cell("", "time")
        + &cell("", "notes")))
        + "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>"
        + &row(&(cell("office:value-type=\"date\" office:date-value=\"2026-03-04\"", "04.03.26")
            + &cell("office:value-type=\"float\" office:value=\"8.43\"", "8,43")
            + &cell("office:value-type=\"time\" office:time-value=\"PT00H45M30S\"", "45:30")
            + "<table:table-cell><office:annotation><text:p>a remark</text:p></office:annotation><text:p>left<text:s/>hip</text:p>\
               <text:p>3/10</text:p></table:table-cell>"))
        + &row(
            "<table:table-cell office:date-value=\"2026-03-05\"/><table:covered-table-cell/><table:table-cell office:time-value=\"PT1H\"/>",
        )
        + "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/>\
         </style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"Runs\">{runs}</table:table>\
         <table:table table:name=\"Old\" table:style-name=\"ta2\">{runs}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = |inside: &str| {
        (
            "META-INF/manifest.xml",
            format!("<manifest:manifest><manifest:file-entry>{inside}</manifest:file-entry></manifest:manifest>"),
        )
    };
    let imported = read_bytes(&packed(&[("mimetype", "x".into()), manifest(""), ("content.xml", content.clone())]));
    assert_eq!(lines(&imported), ["2026-03-04|8430|2730", "2026-03-05|-|3600"]);
    assert_eq!(imported.activities[0].description.as_deref(), Some("left hip; 3/10"));
    assert_eq!(
        (imported.activities[1].record, told(&imported)),
        (Some(6), vec!["sheet Old: a hidden sheet was left alone".to_owned()])
    );
    let locked = packed(&[manifest("<manifest:encryption-data/>"), ("content.xml", "\u{1}".into())]);
    assert_eq!(failure(&locked), "this workbook was not read: it is protected by a password");
}

#[test]
fn what_cannot_be_read_says_how_it_can() {
    let mut old = COMPOUND_FILE.to_vec();
    old.extend([0; 600]);
    assert_eq!(failure(&old), "this workbook was not read: it is a workbook of the old kind (.xls)");
    old.extend(PROTECTED);
    assert_eq!(failure(&old), "this workbook was not read: it is protected by a password");
    assert_eq!(
        failure(&packed(&[("xl/workbook.bin", "x".into())])),
        "this workbook was not read: it is a binary workbook (.xlsb)"
    );
    assert_eq!(failure(b"date,km\n"), "this is not readable workbook: it is no workbook, or its end is missing");
    let cut = &xlsx("", &[("name=\"Runs\"", &text(&["date", "km"]))], &[])[..300];
    assert_eq!(failure(cut), "this is not readable workbook: it is no workbook, or its end is missing");
    let lock = read(b"x", "~$log.xlsx", (1, &Limits::default()), &CsvOptions::default());
    assert_eq!(lock.refusal, Some(Refusal::Ignored("a lock file of a spreadsheet program".into())));
    let budget = text(&["Rent", "800"]) + &text(&["Food", "300"]);
    let reason = "Money: not a run log: no column holds dates";
    assert_eq!(
        read_bytes(&xlsx("", &[("name=\"Money\"", &budget)], &[])).refusal,
        Some(Refusal::Ignored(reason.into()))
    );
}

#[test]
fn a_sheet_that_breaks_off_or_holds_too_much_keeps_what_came_before() {
    let rows = text(&["date", "km"]) + &text(&["2026-03-04", "8"]);
    let broken = read_bytes(&xlsx("", &[("name=\"Runs\"", &(rows.clone() + "<row><c t=\"str\"><v>2026-03-05"))], &[]));
    assert_eq!(lines(&broken), ["2026-03-04|8000|-"]);
    assert!(told(&broken)[0].starts_with("sheet Runs: the file breaks off"), "{broken:?}");
    let wide =
        read_bytes(&xlsx("", &[("name=\"Runs\"", &(rows + "<row r=\"3\"><c r=\"XFD3\"><v>1</v></c></row>"))], &[]));
    assert_eq!(lines(&wide), ["2026-03-04|8000|-"]);
    assert_eq!(told(&wide), ["sheet Runs: it holds more than 2000 columns; the rest was left out"]);
}

#[test]
fn little_that_becomes_much_is_refused_or_cut() {
    let limits = Limits::default();
    // Four million spaces compress to some kilobytes.
    let bomb = xlsx("", &[("name=\"Runs\"", &" ".repeat(4_000_000))], &[]);
    assert!(bomb.len() < 20_000);
    assert_eq!(failure(&bomb), "it was not read: it unpacks to more than 250 times its size");
    // One long text used by many thousands of cells.
    let strings = format!("<sst uniqueCount=\"99999999999999999\"><si><t>{}</t></si></sst>", "x".repeat(30_000));
    let rows: String = (0..20_000).map(|_| "<row><c t=\"s\"><v>0</v></c></row>").collect();
    let large = xlsx("", &[("name=\"Runs\"", &rows)], &[("xl/sharedStrings.xml", strings)]);
    let read = read(&large, "log.xlsx", (1 << 30, &limits), &CsvOptions::default());
    assert!(
        told(&read).contains(&"sheet Runs: it holds more than 100 MB of text; the rest was left out".to_owned()),
        "{:?}",
        told(&read)
    );
    // A million rows, each with a cell far to the right.
    let repeated = "<table:table table:name=\"Runs\"><table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell \
                    table:number-columns-repeated=\"16384\" office:value=\"1\"/></table:table-row></table:table>";
    let read = read_bytes(&packed(&[("content.xml", repeated.to_owned())]));
    assert_eq!(told(&read)[0], "sheet Runs: it holds more than 2000 columns; the rest was left out");
}

proptest::proptest! {
    #[test]
    fn no_sheet_makes_it_panic(data in r#"(<row( r="[0-9]{0,7}")?>|</row>|<c( r="[A-Z]{0,3}[0-9]{0,2}")?( s="[0-9]")?( t="(s|b|e|str)")?>|</c>|<v>|</v>|<is>|<t>|[0-9.e-]{1,6}|date|km|,|"){0,30}"#) {
        let _ = read_bytes(&xlsx("", &[("name=\"A\"", &data)], &[styles()]));
        let ods = data.replace("<row", "<table-row").replace("</row", "</table-row").replace("<c", "<table-cell").replace("</c", "</table-cell");
        let _ = read_bytes(&packed(&[("content.xml", format!("<table name=\"A\">{ods}</table>"))]));
    }
}
