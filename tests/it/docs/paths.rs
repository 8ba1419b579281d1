//! Every file and folder named in the pages for contributors exists; after a move or a rename the page has to be
//! changed.

use std::path::{Path, PathBuf};

use super::text::{Page, pages, root};

/// Extensions of the files that these pages name.
const ENDINGS: [&str; 6] = [".rs", ".toml", ".tsv", ".md", ".json", ".py"];

/// Whether a code span is a file or folder, rather than a command, type or pattern.
fn is_path(code: &str) -> bool {
    !code.contains([' ', '<', '*', ':', '('])
        && (code.contains('/') || ENDINGS.iter().any(|ending| code.ends_with(ending)))
}

/// The paths of a page that exist, and those that do not, with their line. A path begins at the top of the
/// repository, in `src/`, or in a folder that the same line has named.
fn checked(page: &Page) -> (Vec<&str>, Vec<String>) {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for (number, line) in page.prose() {
        let mut folders = vec![root(), root().join("src")];
        for code in line.split('`').skip(1).step_by(2).filter(|code| is_path(code)) {
            let Some(path) = folders.iter().map(|folder| folder.join(code)).find(|path| is_there(path, code)) else {
                missing.push(format!("{}:{number}: {code}", page.name));
                continue;
            };
            found.push(code);
            let folder = if path.is_dir() { Some(path) } else { path.parent().map(PathBuf::from) };
            folders.extend(folder);
        }
    }
    (found, missing)
}

/// A name that ends in a slash is a folder.
fn is_there(path: &Path, code: &str) -> bool {
    if code.ends_with('/') { path.is_dir() } else { path.exists() }
}

#[test]
fn every_file_and_folder_that_contributors_are_sent_to_is_there() {
    for (name, at_least) in [("ARCHITECTURE.md", 60), ("CONTRIBUTING.md", 12)] {
        let pages = pages();
        let page = pages.iter().find(|page| page.name == name).unwrap();
        let (found, missing) = checked(page);
        assert_eq!(missing, [""; 0], "no such file or folder");
        assert!(found.len() >= at_least, "only {found:?} of {name}: are paths still recognised?");
    }
}

#[test]
fn what_is_not_there_is_found_out_and_what_is_no_path_is_left_alone() {
    let text = "`rules/mod.rs` and `rules/gone.rs`, `tests/it/main.rs/`\n`import/`: `source.rs`, `gone/`, `cargo test`, `Option`\n\
                `source.rs` `src/import/<any>.rs`\n";
    let page = Page { name: "page".to_owned(), text: text.to_owned() };
    let (found, missing) = checked(&page);
    assert_eq!(found, ["rules/mod.rs", "import/", "source.rs"]);
    assert_eq!(missing, ["page:1: rules/gone.rs", "page:1: tests/it/main.rs/", "page:2: gone/", "page:3: source.rs"]);
}
