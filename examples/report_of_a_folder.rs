//! The current findings of a folder of run logs: `cargo run --example report_of_a_folder -- FOLDER 2026-11-18`.

#![expect(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(day)) = (arguments.next(), arguments.next()) else {
        return Err("give a folder and a day, such as: samples/runner 2026-11-18".into());
    };
    let report = runhip::analyze(&[folder], &runhip::Options::on(day.parse()?))?;
    for sign in report.warnings.iter().filter(|sign| sign.leads) {
        println!("{}: {}", sign.warning.note_date, sign.warning.flag.words());
    }
    for finding in report.findings.iter().filter(|finding| finding.current) {
        println!("{}", finding.detail.message);
    }
    println!("{}", report.disclaimer);
    Ok(())
}
