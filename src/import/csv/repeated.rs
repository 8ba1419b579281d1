//! Rows that are the same activity by its identifier, such as one that a query returned twice. It reads no figure.

use std::collections::{BTreeMap, BTreeSet};

use super::dialect::Field;
use super::sheet::Sheet;
use crate::import::imported::Imported;
use crate::model::activity::Activity;
use crate::model::assumption::{Assumed, AssumptionKind};

/// Removes rows that have the identifier of an earlier row and the same essential values, and reports their number.
pub fn take_away(sheet: &Sheet<'_>, imported: &mut Imported) {
    let ids: BTreeMap<u64, &str> =
        sheet.rows.iter().filter_map(|row| Some((row.line, sheet.cell(row, Field::Record)?))).collect();
    let different = ids.values().collect::<BTreeSet<_>>().len();
    // The same value in most rows identifies the log, not the activity.
    if different * 2 <= ids.len() {
        return;
    }
    let mut known: BTreeMap<&str, Activity> = BTreeMap::new();
    let mut repeated = 0;
    imported.activities.retain(|activity| {
        let Some(id) = activity.record.and_then(|line| ids.get(&line)) else { return true };
        match known.get(id) {
            Some(first) if is_same(first, activity) => {
                repeated += 1;
                false
            }
            Some(_) => true,
            None => {
                known.insert(id, activity.clone());
                true
            }
        }
    });
    if repeated > 0 {
        imported.assumptions.push(Assumed::new(AssumptionKind::RepeatedRows, "", repeated));
    }
}

fn is_same(one: &Activity, other: &Activity) -> bool {
    one.start == other.start
        && one.sport == other.sport
        && one.distance == other.distance
        && one.elapsed_s == other.elapsed_s
        && one.moving_s == other.moving_s
}
