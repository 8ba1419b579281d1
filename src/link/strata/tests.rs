//! Tests of at-risk days, exposure, onsets and blocks, counted by hand.

use super::*;

const L14: Window = Window::before(14);

fn first() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap()
}

fn day(n: i64) -> NaiveDate {
    first() + TimeDelta::days(n)
}

fn days(list: impl IntoIterator<Item = i64>) -> BTreeSet<NaiveDate> {
    list.into_iter().map(day).collect()
}

fn history(length: usize, episodes: &[(i64, i64)]) -> History {
    History {
        first_day: first(),
        observed: vec![true; length],
        episodes: episodes.iter().map(|&(a, b)| (day(a), day(b))).collect(),
        ..History::default()
    }
}

fn risk(history: &History) -> Risk {
    Risk::of(history, L14, &BTreeSet::new())
}

fn counts(risk: &Risk, flags: &BTreeSet<NaiveDate>) -> Vec<[u64; 4]> {
    let blocks = risk.blocks(&risk.exposed(flags, L14));
    blocks.iter().map(Block::stratum).map(|s| [s.days, s.exposed_days, s.onsets, s.exposed_onsets]).collect()
}

#[test]
fn at_risk_days_are_those_counted_by_hand() {
    // 400 days, of which the first 28 are history. An episode on days 100–104 is washed out to day 132, and the next
    // 14 days have washed-out days in their window: days are at risk again from 147. In block 0 these are 28..=100
    // and 147..=181.
    let log = history(400, &[(100, 104)]);
    let found = counts(&risk(&log), &days([95, 300]));
    // A flag on 95 exposes 96..=109, of which 96..=100 are at risk; one on 300 exposes 301..=314.
    assert_eq!(found, [[73 + 35, 5, 1, 1], [182, 14, 0, 0], [36, 0, 0, 0]]);
    assert_eq!(risk(&log).episodes_usable, 1);
}

#[test]
fn windows_begin_and_end_on_the_right_days() {
    let exposed_days = |window: Window| {
        let log = history(200, &[]);
        let exposed = Risk::of(&log, window, &BTreeSet::new()).exposed(&days([50]), window);
        (0_i64..).zip(exposed).filter(|&(_, e)| e).map(|(d, _)| d).collect::<Vec<_>>()
    };
    assert_eq!(exposed_days(L14), (51..=64).collect::<Vec<_>>());
    assert_eq!(exposed_days(Window::up_to(7)), (50..=57).collect::<Vec<_>>());
    assert_eq!(exposed_days(Window::NULL), (93..=120).collect::<Vec<_>>());
    for window in [L14, Window::up_to(7), Window::NULL] {
        let by_day: Vec<i64> = (0..200).filter(|&d| window.reaches(day(d), day(50))).collect();
        assert_eq!(by_day, exposed_days(window));
    }
}

#[test]
fn a_blank_takes_its_days_and_the_fourteen_after_it() {
    let mut log = history(182, &[]);
    log.observed[60..80].fill(false);
    // 28..=59 and 94..=181.
    assert_eq!(counts(&risk(&log), &days([])), [[32 + 88, 0, 0, 0]]);
}

#[test]
fn each_episode_left_out_has_one_reason() {
    let mut log = history(
        500,
        &[(10, 12), (100, 110), (105, 106), (100, 101), (139, 140), (200, 202), (235, 236), (330, 330), (900, 901)],
    );
    log.observed[300..320].fill(false);
    let found = risk(&log);
    let expected = [
        (EARLY, 1),       // 10
        (OVERLAPPING, 2), // 105 inside 100–110; of the two that begin on 100, the second
        (BLIND, 2),       // 139 and 235: just past the wash-outs that end on 138 and 230
        (OUTSIDE, 1),     // 900
        (UNOBSERVED, 1),  // 330: days 316–319 are blank
    ];
    let expected: BTreeMap<String, u64> = expected.into_iter().map(|(reason, n)| (reason.to_owned(), n)).collect();
    assert_eq!(found.excluded, expected);
    assert_eq!((found.episodes_total, found.episodes_usable), (9, 2));
    assert!(found.uses_onset(day(100)) && found.uses_onset(day(200)) && !found.uses_onset(day(235)));
    assert_eq!(found.excluded.values().sum::<u64>() + found.episodes_usable, found.episodes_total);
    let touching = risk(&history(200, &[(100, 110), (110, 115)]));
    assert_eq!(touching.excluded, BTreeMap::from([(OVERLAPPING.to_owned(), 1)]));
    let soon = risk(&history(200, &[(100, 110), (138, 138)]));
    assert_eq!(soon.excluded, BTreeMap::from([(TOO_SOON.to_owned(), 1)]));
}

#[test]
fn flags_in_a_wash_out_change_nothing() {
    let log = history(364, &[(100, 104), (200, 201)]);
    let found = risk(&log);
    let flags = days([60, 99, 100, 190, 300]);
    let with: BTreeSet<_> = flags.iter().copied().chain(days((101..=132).chain(201..=229))).collect();
    for window in [L14, Window::before(28), Window::NULL] {
        assert_eq!(found.exposed(&flags, window), found.exposed(&with, window));
    }
    // On the day after the wash-out a flag does expose days.
    assert_ne!(found.exposed(&flags, L14), found.exposed(&days([60, 99, 100, 133, 190, 300]), L14));
}

#[test]
fn blind_days_take_the_days_whose_window_holds_them() {
    let log = history(182, &[(100, 100)]);
    let found = Risk::of(&log, L14, &days([90]));
    // 91..=104 drop out; 28..=90 and, after the wash-out and its window, 143..=181 stay. The onset drops out too.
    assert_eq!(counts(&found, &days([])), [[63 + 39, 0, 0, 0]]);
    assert_eq!(found.excluded, BTreeMap::from([(BLIND.to_owned(), 1)]));
}

#[test]
fn shifting_every_date_changes_nothing() {
    let log = history(700, &[(100, 104), (250, 260), (400, 400), (620, 640)]);
    let flags = [95, 240, 300, 380, 399, 610];
    let here = counts(&risk(&log), &days(flags));
    for shift in [182, 364, 1, -500] {
        let moved = History {
            first_day: day(shift),
            observed: log.observed.clone(),
            episodes: log
                .episodes
                .iter()
                .map(|&(a, b)| (a + TimeDelta::days(shift), b + TimeDelta::days(shift)))
                .collect(),
            ..History::default()
        };
        assert_eq!(counts(&risk(&moved), &days(flags.map(|d| d + shift))), here);
    }
}

#[test]
fn a_whole_block_put_in_front_only_adds_its_own_stratum() {
    let log = history(364, &[(100, 104), (300, 301)]);
    let flags = [60, 95, 290];
    let mut longer = history(364 + 182, &[(282, 286), (482, 483)]);
    longer.observed[182 - 14..182].fill(false); // so that the first 28 days stay out as before: 14 dark, 14 after
    longer.observed[182..196].fill(false);
    let (here, there) = (counts(&risk(&log), &days(flags)), counts(&risk(&longer), &days(flags.map(|d| d + 182))));
    // In the longer log, days from 196 + 14 on are at risk: block day 28, as in the shorter one.
    assert_eq!(there[1..], here);
}

#[test]
fn null_windows_are_asked_only_where_they_can_be_seen() {
    let mut log = history(364, &[(300, 300)]);
    let seeing = |log: &History| {
        let found = risk(log);
        let exposed = found.exposed(&days([240]), Window::NULL);
        let strata = found.strata_seeing(&exposed, Window::NULL);
        strata.iter().map(|s| [s.days, s.exposed_days, s.onsets, s.exposed_onsets]).collect::<Vec<_>>()
    };
    // Days 70..=181; 182..=300 and 343..=363 without those whose [t−70, t−43] holds 301..=328: 344..=398.
    // A flag on 240 exposes 283..=310, of which 283..=300 are at risk.
    assert_eq!(seeing(&log), [[112, 0, 0, 0], [119 + 1, 18, 1, 1]]);
    log.observed[150..164].fill(false);
    // A day drops out if 150..=163 is within 14 days or in its window: 150..=177 and 193..=233.
    assert_eq!(seeing(&log), [[112 - 28, 0, 0, 0], [120 - 41, 18, 1, 1]]);
}

/// A history with runs from Monday to Thursday and pain noted on the given days.
fn four_runs_a_week(length: usize, episodes: &[(i64, i64)], painful: &[i64]) -> History {
    History {
        ran: (0..length).map(|day| day % 7 < 4).collect(),
        painful_days: days(painful.iter().copied()),
        ..history(length, episodes)
    }
}

#[test]
fn where_pain_is_noted_beside_runs_alone_only_run_days_count() {
    // 26 weeks: days 28..=181 are 22 weeks, 4 run days each. The onset on day 84 is a Monday, washed out to 112 and blind
    // to 126: Monday 84 stays, and from day 127, a Tuesday, three of that week and 7 weeks.
    let log = four_runs_a_week(182, &[(84, 84)], &[84]);
    let found = risk(&log);
    assert_eq!(found.opportunity, Opportunity::RunDays);
    // A flag on Sunday 83 exposes 84..=97.
    assert_eq!(counts(&found, &days([83])), [[8 * 4 + 1 + 3 + 7 * 4, 1, 1, 1]]);
    // With pain on a day without a run as well, every day counts.
    let log = four_runs_a_week(182, &[(84, 84)], &[84, 88]);
    assert_eq!(counts(&risk(&log), &days([83])), [[57 + 55, 1, 1, 1]]);
    // A single such onset among many painful days is left out, with its reason.
    let painful: Vec<i64> =
        (84..88).chain(91..95).chain(98..102).chain(105..109).chain(112..116).chain([159]).collect();
    let log = four_runs_a_week(400, &[(84, 115), (159, 159)], &painful);
    assert_eq!(risk(&log).excluded, BTreeMap::from([(NO_RUN.to_owned(), 1)]));
}

#[test]
fn days_are_compared_within_their_kind() {
    let log = four_runs_a_week(182, &[(84, 84)], &[84, 88]);
    let found = risk(&log);
    let exposed = found.exposed(&days([83, 140]), L14);
    let parted: Vec<Stratum> = found.comparable(&exposed, 0).iter().map(Block::stratum).collect();
    // A Monday comes after a day without a run: 8, the onset's, and 7 later; then Tuesday to Thursday, and the rest
    // of the week. A flag on Monday 140 exposes 141..=154, two whole weeks.
    let expected = [
        Stratum { days: 8 * 3 + 3 + 7 * 3, exposed_days: 6, onsets: 0, exposed_onsets: 0 },
        Stratum { days: 8 + 1 + 7, exposed_days: 3, onsets: 1, exposed_onsets: 1 },
        Stratum { days: 8 * 3 + 8 * 3, exposed_days: 6, onsets: 0, exposed_onsets: 0 },
    ];
    assert_eq!(parted, expected);
    assert_eq!(found.blocks(&exposed)[0].stratum().days, parted.iter().map(|s| s.days).sum::<u64>());
    assert_eq!(found.strata(&exposed), found.blocks(&exposed).iter().map(Block::stratum).collect::<Vec<_>>());
    // Cut a quarter of a year earlier, the days from 91 on are in the second half-year, and none is lost.
    let cut: Vec<Stratum> = found.comparable(&exposed, 91).iter().map(Block::stratum).collect();
    assert_eq!(cut.len(), 6);
    assert_eq!([cut[1].onsets, cut[4].onsets], [1, 0]);
    for kind in 0..3 {
        assert_eq!(cut[kind].days + cut[kind + 3].days, parted[kind].days);
        assert_eq!(cut[kind].exposed_days + cut[kind + 3].exposed_days, parted[kind].exposed_days);
    }
}

#[test]
fn nonsense_does_not_panic() {
    let nothing = History { first_day: first(), episodes: vec![(day(3), day(1))], ..History::default() };
    assert_eq!(counts(&risk(&nothing), &days([1])).len(), 0);
    let backwards = history(100, &[(60, 50)]);
    assert_eq!(risk(&backwards).episodes_usable, 1);
    let edges = History { episodes: vec![(NaiveDate::MIN, NaiveDate::MAX)], ..history(100, &[]) };
    assert_eq!(risk(&edges).excluded, BTreeMap::from([(OUTSIDE.to_owned(), 1)]));
    assert!(!risk(&edges).counts(day(-1)));
    assert_eq!(counts(&risk(&edges), &BTreeSet::from([NaiveDate::MIN, NaiveDate::MAX])), [[0, 0, 0, 0]]);
}
