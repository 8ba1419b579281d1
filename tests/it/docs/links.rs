//! Every link inside the project has a target, and every page can be reached from the README.

use std::collections::BTreeMap;

use super::text::{Page, pages, root};

/// The target of each link or picture, with its line.
fn targets(page: &Page) -> Vec<(usize, &str)> {
    page.prose()
        .into_iter()
        .flat_map(|(number, line)| {
            line.split("](").skip(1).filter_map(move |rest| rest.split_once(')').map(|(target, _)| (number, target)))
        })
        .collect()
}

/// The anchors of a page's headings: lower case, spaces as dashes, other punctuation removed, `-1` on a repeat.
fn anchors(page: &Page) -> Vec<String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let headings = page.prose().into_iter().filter(|(_, line)| line.starts_with('#'));
    headings
        .map(|(_, line)| {
            let kept = line.trim_start_matches('#').trim().to_lowercase();
            let kept: String = kept
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
                .map(|c| if c == ' ' { '-' } else { c })
                .collect();
            let times = seen.entry(kept.clone()).or_default();
            *times += 1;
            if *times == 1 { kept } else { format!("{kept}-{}", *times - 1) }
        })
        .collect()
}

#[test]
fn every_link_inside_the_project_leads_to_a_file_and_a_heading() {
    let pages = pages();
    let mut found = 0;
    let mut broken = Vec::new();
    for page in &pages {
        for (line, target) in targets(page).into_iter().filter(|(_, target)| !target.contains(':')) {
            found += 1;
            let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
            let folder = root().join(&page.name).parent().unwrap().to_path_buf();
            let file = if path.is_empty() { root().join(&page.name) } else { folder.join(path) };
            let Ok(file) = file.canonicalize() else {
                broken.push(format!("{}:{line}: {target}: there is no such file", page.name));
                continue;
            };
            let Some(anchor) = anchor else { continue };
            let known =
                pages.iter().find(|other| root().join(&other.name).canonicalize().is_ok_and(|path| path == file));
            if !known.is_some_and(|other| anchors(other).iter().any(|one| one == anchor)) {
                broken.push(format!("{}:{line}: {target}: there is no such heading", page.name));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(found > 40, "only {found} links were found: are links still recognised?");
}

#[test]
fn the_readme_leads_to_every_page() {
    let pages = pages();
    let readme = pages.iter().find(|page| page.name == "README.md").unwrap();
    let linked: Vec<&str> = targets(readme).into_iter().map(|(_, target)| target).collect();
    for page in pages.iter().filter(|page| page.name != "README.md") {
        assert!(linked.contains(&page.name.as_str()), "README.md has no link to {}", page.name);
    }
}

#[test]
fn anchors_are_those_of_the_usual_hosts() {
    let page =
        Page { name: String::new(), text: "# What it's for: `a-b`\n## Same\n## Same\n```sh\n# no\n```\n".to_owned() };
    assert_eq!(anchors(&page), ["what-its-for-a-b", "same", "same-1"]);
}
