//! Merging with every recording held against every other: slow, and the measure of what is done instead.

use super::*;

pub fn clusters(items: &[Item], joined: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let (timed, day_only) = units(items, joined);
    let mut clusters: Vec<Vec<usize>> = Vec::with_capacity(timed.len());
    for unit in timed {
        let start = earliest(items, &unit).0;
        // Keys mix instants and wall clocks, which differ by up to 14 hours, and clocks may be hours off.
        let reach = start - 2 * MOST_HOURS_OFF * 3_600 - START_TOLERANCE_S;
        let home =
            clusters.iter().rposition(|cluster| earliest(items, cluster).0 < reach).map_or(0, |before| before + 1);
        let found = clusters[home..]
            .iter_mut()
            .find(|cluster| cluster.iter().all(|&member| unit.iter().all(|&own| agree(&items[member], &items[own]))));
        match found {
            Some(cluster) => cluster.extend(unit),
            None => clusters.push(unit),
        }
    }
    add_day_only(items, day_only, &mut clusters);
    clusters
}

fn agree(a: &Item, b: &Item) -> bool {
    let Some(apart) = seconds_apart(&a.placed, &b.placed) else {
        return a.placed.date == b.placed.date && distances_agree(&a.activity, &b.activity);
    };
    let hours = (apart + apart.signum() * 1_800) / 3_600;
    let rest = apart - hours * 3_600;
    let shifted = hours != 0;
    // One file keeps one clock: two of its runs an hour apart are two runs, however alike.
    let close = if shifted {
        a.source != b.source
            && hours.abs() <= MOST_HOURS_OFF
            && rest.abs() <= START_TOLERANCE_S
            && same_duration(&a.activity, &b.activity)
    } else {
        apart.abs() <= START_TOLERANCE_S
    };
    close
        && overlap(&a.activity, &b.activity, if shifted { rest } else { apart })
        && distances_agree(&a.activity, &b.activity)
}

fn same_duration(a: &Activity, b: &Activity) -> bool {
    let equal = |a: Option<u32>, b: Option<u32>| a.zip(b).is_some_and(|(a, b)| a > 0 && a.abs_diff(b) <= 1);
    equal(a.elapsed_s, b.elapsed_s) || equal(a.moving_s, b.moving_s)
}

fn overlap(a: &Activity, b: &Activity, apart_s: i64) -> bool {
    let (earlier, later) = if apart_s >= 0 { (a, b) } else { (b, a) };
    let length = |activity: &Activity| activity.elapsed_s.or(activity.moving_s).map(i64::from);
    let Some(earlier_s) = length(earlier) else { return true };
    let later_s = length(later).unwrap_or(earlier_s);
    let shared_s = (earlier_s - apart_s.abs()).min(later_s);
    apart_s == 0 || 2 * shared_s >= earlier_s.min(later_s)
}

fn distances_agree(a: &Activity, b: &Activity) -> bool {
    let (Some(a), Some(b)) = (a.distance, b.distance) else { return true };
    let apart = a.m.abs_diff(b.m);
    apart <= DISTANCE_TOLERANCE_M || 100 * u64::from(apart) <= 5 * u64::from(a.m.max(b.m))
}

fn add_day_only(items: &[Item], units: Vec<Vec<usize>>, clusters: &mut Vec<Vec<usize>>) {
    let mut on_day: std::collections::BTreeMap<NaiveDate, Vec<usize>> = std::collections::BTreeMap::new();
    for (position, cluster) in clusters.iter().enumerate() {
        for &member in cluster {
            let positions = on_day.entry(items[member].placed.date).or_default();
            if positions.last() != Some(&position) {
                positions.push(position);
            }
        }
    }
    for unit in units {
        let day = items[unit[0]].placed.date;
        let candidates = on_day.entry(day).or_default();
        let fits = |cluster: &Vec<usize>| {
            cluster.iter().all(|&member| {
                unit.iter().all(|&own| {
                    items[member].source != items[own].source
                        && same_kind_of_sport(&items[member].activity, &items[own].activity)
                        && distances_agree(&items[member].activity, &items[own].activity)
                })
            })
        };
        let apart = |cluster: &Vec<usize>| {
            cluster
                .iter()
                .filter_map(|&member| {
                    let (a, b) = (items[member].activity.distance?, items[unit[0]].activity.distance?);
                    Some(a.m.abs_diff(b.m))
                })
                .min()
                .unwrap_or(u32::MAX)
        };
        let home = candidates
            .iter()
            .copied()
            .filter(|&position| fits(&clusters[position]))
            .min_by_key(|&position| (apart(&clusters[position]), position));
        if let Some(position) = home {
            clusters[position].extend(unit);
        } else {
            candidates.push(clusters.len());
            clusters.push(unit);
        }
    }
}

fn same_kind_of_sport(a: &Activity, b: &Activity) -> bool {
    let running = |activity: &Activity| activity.sport.as_ref().is_none_or(Sport::is_running);
    running(a) == running(b)
}
