//! Connects rows of an export with the files they name. A name never leads out of the export.

use std::collections::BTreeMap;

use super::merge::Item;
use crate::model::fault::Fault;
use crate::model::ledger::LedgerRow;
use crate::model::problem::Place;

/// Groups of indices in `items`: a row and the single activity of each file it names. A file with several activities,
/// or named by several rows, is left to the comparison of starts and distances. Missing files are reported in the row
/// of the file that names them.
pub fn join(items: &[Item], files: &mut [LedgerRow]) -> Vec<Vec<usize>> {
    let mut by_path: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        by_path.entry(&*item.source).or_default().push(index);
    }
    let in_ledger: BTreeMap<String, usize> =
        files.iter().enumerate().map(|(index, row)| (row.path.clone(), index)).collect();
    let mut named_by: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut missing: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
    let names = items.iter().enumerate();
    let names = names.flat_map(|(index, item)| item.activity.attached.iter().map(move |name| (index, item, name)));
    for (index, item, name) in names {
        let Some(path) = inside(&item.source, name) else {
            let place = item.activity.record.map_or(Place::File, Place::Line);
            if let Some(&row) = in_ledger.get(&*item.source) {
                files[row].problems.push(Fault::AttachedFileOutside { name: last_part(name).to_owned() }.at(place));
            }
            continue;
        };
        // People unpack an export's .gz files and leave the names in its table unchanged.
        let spellings = [path.clone(), path.strip_suffix(".gz").unwrap_or(&path).to_owned(), format!("{path}.gz")];
        let Some(found) = spellings.iter().find(|spelling| in_ledger.contains_key(*spelling)) else {
            missing.entry(&item.source).or_insert((0, name)).0 += 1;
            continue;
        };
        if let Some((path, activities)) = by_path.get_key_value(found.as_str())
            && activities.len() == 1
        {
            named_by.entry(path).or_default().push(index);
        }
    }
    for (source, (count, first)) in missing {
        if let Some(&row) = in_ledger.get(source) {
            files[row].problems.push(Fault::AttachedFilesMissing { count, first: first.to_owned() }.at(Place::File));
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (path, rows) in named_by {
        if let [row] = rows[..] {
            groups.entry(row).or_insert_with(|| vec![row]).push(by_path[path][0]);
        }
    }
    groups.into_values().collect()
}

/// The ledger path of the file that a row of `table` calls `name`; `None` if it leads out of the table's folder.
fn inside(table: &str, name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    if name.starts_with('/') || name.contains(':') {
        return None;
    }
    let folder = table.rsplit_once(['/']).map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let inner = parts.join("/");
    Some(if folder.is_empty() { inner } else { format!("{folder}/{inner}") })
}

/// The file's own name. The folders before it may tell of somebody's machine.
fn last_part(name: &str) -> &str {
    name.rsplit(['/', '\\', ':']).next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside_the_folder_of_their_table() {
        assert_eq!(inside("export/activities.csv", "activities/1.gpx"), Some("export/activities/1.gpx".to_owned()));
        assert_eq!(inside("activities.csv", "./activities//1.gpx"), Some("activities/1.gpx".to_owned()));
        assert_eq!(inside("a/activities.csv", "x/../1.gpx"), Some("a/1.gpx".to_owned()));
        for outside in ["../1.gpx", "x/../../1.gpx", "/etc/passwd", "C:\\1.gpx", "..\\1.gpx"] {
            assert_eq!(inside("a/activities.csv", outside), None, "{outside}");
        }
    }
}
