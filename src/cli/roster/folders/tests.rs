//! Tests of which folders, archives and tables are athletes, and of the names of their files.

use super::*;

fn made(entries: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for entry in entries {
        let path = dir.path().join(entry);
        if entry.ends_with('/') {
            fs::create_dir_all(path).expect("a folder");
        } else {
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, "x").expect("a file");
        }
    }
    dir
}

/// The athletes found, with file names where no report exists yet.
fn find(dirs: &[PathBuf], out: &Path) -> Result<RosterFolders, Failure> {
    Ok(super::find(dirs, out, &|_| Vec::new())?.named(&EarlierReports::default()))
}

fn slugs(found: &RosterFolders) -> Vec<(&str, &str)> {
    found.athletes.iter().map(|place| (place.folder.as_str(), place.slug.as_str())).collect()
}

#[test]
fn folders_and_archives_are_athletes_and_the_rest_is_left_with_its_reason() {
    let dir = made(&["ada/runs.csv", "bo.zip", "loose.gpx", "runhip.toml", ".git/x", ".x", "out/"]);
    let found = find(&[dir.path().to_owned()], &dir.path().join("out")).expect("found");
    assert_eq!(slugs(&found), [("ada", "ada"), ("bo.zip", "bo")]);
    assert_eq!(found.athletes[1].name, "bo");
    assert_eq!((found.athletes[0].prefix.as_str(), found.athletes[1].prefix.as_str()), ("ada/", ""));
    let left: Vec<_> = found.left.iter().map(|one| (one.path.as_str(), one.reason.as_str())).collect();
    assert_eq!(
        left,
        [
            (".git", "a hidden folder"),
            (".x", "a hidden file"),
            ("loose.gpx", "it lies beside the athletes' folders; put it into the folder of its athlete"),
            ("out", "where the reports go"),
            ("runhip.toml", "the configuration"),
        ]
    );
}

#[test]
fn no_two_athletes_share_a_slug_and_none_has_that_of_the_index() {
    let dir = made(&["Ada/", "ada/", "ada-2/", "ada.zip", "index/", "走る/", "走れ/", "bo.zip", "Zo\u{eb}/"]);
    let found = find(&[dir.path().to_owned()], Path::new("nowhere")).expect("found");
    let of: Vec<&str> = slugs(&found).into_iter().map(|one| one.1).collect();
    let hashed = |slug: &str, known_by: &str| format!("{slug}-{}", hash(known_by));
    let all = [
        hashed("ada", "Ada"),
        "zoe".to_owned(),
        hashed("ada", "ada"),
        "ada-2".to_owned(),
        hashed("ada", "ada.zip"),
        "bo".to_owned(),
        hashed("index", "index"),
        hashed("zou-ru", "走る"),
        hashed("zou-re", "走れ"),
    ];
    let mut sorted = (of, all.to_vec());
    sorted.0.sort_unstable();
    sorted.1.sort();
    assert_eq!(sorted.0, sorted.1);
}

#[test]
fn who_comes_or_goes_changes_nobody_elses_name() {
    let of = |folders: &[&str]| -> BTreeMap<String, String> {
        let dir = made(folders);
        let found = find(&[dir.path().to_owned()], Path::new("nowhere")).expect("found");
        found.athletes.into_iter().map(|place| (place.folder, place.slug)).collect()
    };
    let all = of(&["Ana/", "ana/", "aña/", "bo/", "Бо/"]);
    for left in [["Ana/", "ana/", "bo/"], ["ana/", "aña/", "bo/"], ["Ana/", "aña/", "Бо/"]] {
        for (folder, slug) in of(&left) {
            assert_eq!(all[&folder], slug, "{folder} of {left:?}");
        }
    }
}

#[test]
fn a_name_that_has_a_report_stays_with_its_person() {
    let dir = made(&["in/Ana/", "in/ana/", "out/"]);
    let report = |slug: &str, known_by: &str| {
        let text = format!("{{\"athlete\": {{\"known_by\": {}}}}}", serde_json::Value::from(known_by));
        std::fs::write(dir.path().join(format!("out/{slug}-latest.json")), text).expect("written");
    };
    let of = || -> Vec<String> {
        let reports = EarlierReports::list(&dir.path().join("out"));
        let found = super::find(&[dir.path().join("in")], Path::new("nowhere"), &|_| Vec::new())
            .expect("found")
            .named(&reports);
        found.athletes.into_iter().map(|place| place.slug).collect()
    };
    let [first, second] = ["Ana", "ana"].map(|known_by| format!("ana-{}", hash(known_by)));
    assert_eq!(of(), [first.clone(), second.clone()]);
    // The first had the name before the other came.
    report("ana", "Ana");
    assert_eq!(of(), ["ana".to_owned(), second.clone()]);
    // And keeps it after that one has gone.
    fs::remove_dir(dir.path().join("in/Ana")).expect("gone");
    assert_eq!(of(), std::slice::from_ref(&second));
    // An athlete who has had a hashed name keeps it.
    fs::remove_file(dir.path().join("out/ana-latest.json")).expect("gone");
    assert_eq!(of(), ["ana"]);
    report(&second, "ana");
    assert_eq!(of(), [second]);
}

#[test]
fn several_folders_stand_in_front_and_the_same_one_counts_once() {
    let dir = made(&["a/ada/", "b/ada/", "b/bo/", "c/b/ada/"]);
    let at = |path: &str| dir.path().join(path);
    let found = find(&[at("a"), at("b"), at("a/../a")], Path::new("nowhere")).expect("found");
    let (first, second) = (format!("ada-{}", hash("a/ada")), format!("ada-{}", hash("b/ada")));
    assert_eq!(slugs(&found), [("a/ada", first.as_str()), ("b/ada", second.as_str()), ("b/bo", "bo")]);
    assert_eq!(found.left.len(), 1);
    assert_eq!(found.left[0].reason, "the same as a/ada");
    // The order of the given folders does not change names, even where folders have the same name.
    let mut one = find(&[at("b"), at("c/b")], Path::new("nowhere")).expect("found").athletes;
    let mut other = find(&[at("c/b"), at("b")], Path::new("nowhere")).expect("found").athletes;
    one.sort_by(|a, b| a.path.cmp(&b.path));
    other.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(one.iter().map(|place| &place.slug).eq(other.iter().map(|place| &place.slug)));
    assert_ne!(one[0].slug, one[2].slug);
}

#[cfg(unix)]
#[test]
fn links_are_no_athletes_and_take_no_name_from_one() {
    use std::os::unix::fs::symlink;
    let dir = made(&["club/zoe/private/pain.md", "club/zoe.zip", "elsewhere/mia/log.csv"]);
    let club = dir.path().join("club");
    for (to, name) in [
        ("zoe", "ada"),
        ("zoe/private", "bob"),
        ("../elsewhere/mia", "eve"),
        ("zoe.zip", "fay.zip"),
        ("nowhere", "gus"),
        ("../elsewhere/mia/log.csv", "runhip.toml"),
    ] {
        symlink(to, club.join(name)).expect("a link");
    }
    let found = find(&[club], Path::new("nowhere")).expect("found");
    let of: Vec<_> = found.athletes.iter().map(|one| (one.folder.as_str(), one.lost.as_deref())).collect();
    assert_eq!(
        of,
        [("zoe", None), ("zoe.zip", None), ("bob", Some(LINK)), ("eve", Some(LINK)), ("gus", Some("it is not there")),]
    );
    let left: Vec<_> = found.left.iter().map(|one| (one.path.as_str(), one.reason.as_str())).collect();
    assert_eq!(
        left,
        [("ada", "the same as zoe"), ("fay.zip", "the same as zoe.zip"), ("runhip.toml", LINKED_CONFIGURATION)]
    );
}

#[test]
fn without_an_athlete_the_way_out_is_named() {
    let dir = made(&["runs.csv"]);
    let failure = find(&[dir.path().to_owned()], Path::new("nowhere")).expect_err("nobody");
    assert!(failure.to_string().contains("runhip analyze"), "{failure}");
    assert!(find(&[dir.path().join("runs.csv")], Path::new("nowhere")).is_err());
    assert!(find(&[dir.path().join("gone")], Path::new("nowhere")).is_err());
}

#[test]
fn people_of_tables_are_athletes_or_join_the_folder_of_their_name() {
    let dir = made(&["ada/runs.csv", "club.csv", "notes.csv", "one.csv"]);
    let people = |path: &Path| -> Vec<String> {
        let names: &[&str] = match path.file_name().and_then(|name| name.to_str()) {
            Some("club.csv") => &["Ada", "Bo"],
            Some("notes.csv") => &["BO", "Cy"],
            _ => &[],
        };
        names.iter().map(|&name| name.to_owned()).collect()
    };
    let at = |name: &str| dir.path().join(name);
    let found = super::find(&[dir.path().to_owned()], Path::new("nowhere"), &people).expect("found");
    let told: Vec<(&str, Option<&str>, Vec<PathBuf>)> = found
        .athletes
        .iter()
        .map(|one| {
            let paths = std::iter::once(&one.path).chain(&one.tables).cloned().collect();
            (one.folder.as_str(), one.person.as_deref(), paths)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("ada", Some("Ada"), vec![at("ada"), at("club.csv")]),
            ("club.csv/Bo", Some("Bo"), vec![at("club.csv"), at("notes.csv")]),
            ("notes.csv/Cy", Some("Cy"), vec![at("notes.csv")]),
        ]
    );
    assert!(found.athletes.iter().all(|one| one.not_theirs.is_empty()));
    let left: Vec<&str> = found.left.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(left, ["one.csv"]);
    let given = super::find(&[at("club.csv")], Path::new("nowhere"), &people).expect("found");
    assert_eq!(given.athletes.len(), 2);
    assert!(super::find(&[at("one.csv")], Path::new("nowhere"), &people).is_err());
}
