//! The samples and their reports in the repository are what the program makes today.

use std::collections::BTreeMap;
use std::path::Path;

fn runhip() -> assert_cmd::Command {
    assert_cmd::Command::new(env!("CARGO_BIN_EXE_runhip"))
}

/// Every file under a folder with its bytes, by its relative path. The copies named `-latest` are not in the
/// repository.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() && !entry.file_name().to_string_lossy().contains("-latest.") {
            let path = entry.path().strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.insert(path, std::fs::read(entry.path()).unwrap());
        }
    }
    files
}

fn assert_same(name: &str, here: &Path, made: &Path, how: &str) {
    let (here, made) = (files(here), files(made));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&here), names(&made), "{name}: other files; {how}");
    for (path, bytes) in &here {
        assert!(made[path] == *bytes, "{name}/{path} is not what the program makes now; {how}");
    }
}

#[test]
fn samples_and_reports_are_what_the_program_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let (samples, reports) = (folder.path().join("samples"), folder.path().join("reports"));
    runhip().arg("demo").arg(samples.join("runner")).assert().success();
    runhip().arg("demo").arg(samples.join("team")).args(["--athletes", "3"]).assert().success();
    let how = "remove samples/ and run: runhip demo samples/runner; runhip demo samples/team --athletes 3";
    // Jobs for clusters, written by hand, are kept beside the logs.
    for one in ["runner", "team"] {
        assert_same(&format!("samples/{one}"), &root.join("samples").join(one), &samples.join(one), how);
    }
    let bytes: usize = files(&samples).values().map(Vec::len).sum();
    assert!(bytes < 3_000_000, "the samples take {bytes} bytes");

    runhip()
        .arg("analyze")
        .arg(samples.join("runner"))
        .args(["--as-of", "2026-11-18", "--format", "html,md,json", "--out"])
        .arg(&reports)
        .assert()
        .success();
    runhip()
        .arg("roster")
        .arg(samples.join("team"))
        .args(["--as-of", "2026-11-18", "--format", "html", "--out"])
        .arg(reports.join("team"))
        .assert()
        .success();
    let how = "run: runhip analyze samples/runner --as-of 2026-11-18 --format html,md,json; \
               runhip roster samples/team --as-of 2026-11-18 --format html --out reports/team";
    assert_same("reports", &root.join("reports"), &reports, how);
}
