//! Tests the flags of one log against its episodes: prepares the days, makes the tests, and returns a row of figures
//! for each.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::claim::{Claim, FOR_COUNTS, FOR_ESTIMATE, Grounds, LEVEL, claim};
use super::diagnostics::diagnostics;
use super::enough::{Cut, Enough};
use super::exact::{self, Association, Stratum, associate, one_sided_mid_p};
use super::history::History;
use super::holm::holm;
use super::hypergeometric::real;
use super::linked::{CameTogether, FlagDays, Linked, NullWindow, SENSITIVITY_DAYS, WindowCount, rate_ratio, sum};
use super::opportunity::Opportunity;
use super::power::{detectable_ratio, exaggeration};
use super::rotation::rotation_p;
use super::step_down::{Standing, step_down};
use super::strata::{Block, CUTS, OnsetDays, Risk, Window};
use super::wording::{self, NO_CAUSE};

/// A history of so many days or more is long: its tests take milliseconds.
const LONG_DAYS: usize = 1_000;

/// Tests the flag days of every label against the history's episodes. The p-values are adjusted over all labels.
/// `seed` fixes the random rotations.
pub fn link(history: &History, flags: &[FlagDays], seed: u64) -> Vec<Linked> {
    let on = Arc::new(OnsetDays::of(history));
    let is_long = history.observed.len() >= LONG_DAYS;
    let tests: Vec<Test> = of_each(flags, is_long, |flag| Test::of(history, &on, flag));
    let exact: Vec<Option<f64>> = tests.iter().map(|test| test.allowed().then_some(test.association.p_mid)).collect();
    let rotated: Vec<Option<f64>> = tests
        .iter()
        .zip(holm(&exact))
        .map(|(test, adjusted)| adjusted.filter(|&p| p <= LEVEL).map(|_| rotation_p(&test.risk.blocks(&test.exposed))))
        .collect();
    let larger: Vec<Option<f64>> =
        exact.iter().zip(&rotated).map(|(exact, rotated)| exact.map(|p| p.max(rotated.unwrap_or(0.0)))).collect();
    let standings = standings(&tests, seed);
    let adjusted = holm(&larger);
    let places: Vec<usize> = (0..tests.len()).collect();
    let mut rows: Vec<Linked> = of_each(&places, is_long, |&i| {
        let two_sided = TwoSided { exact: exact[i], rotation: rotated[i], holm: adjusted[i] };
        tests[i].linked(two_sided, standings[i], seed)
    });
    let before: Vec<BTreeSet<NaiveDate>> =
        rows.iter().map(|row| row.pairs.iter().map(|&(_, onset)| onset).collect()).collect();
    for (i, row) in rows.iter_mut().enumerate() {
        let others = tests.iter().zip(&before).enumerate().filter(|&(other, _)| other != i);
        row.came_together = others
            .map(|(_, (test, days))| CameTogether {
                rule: test.flag.preset.label,
                episodes: days.intersection(&before[i]).count() as u64,
                one: test.flag.preset.one,
            })
            .filter(|both| both.episodes > 0)
            .collect();
        row.came_together.sort_by_key(|both| std::cmp::Reverse(both.episodes));
        row.text = wording::sentence(row, NO_CAUSE);
        row.bare_text = wording::sentence(row, ".");
    }
    rows
}

/// What a function makes of each, in the same order; of the tests of a long history side by side. Those of a short one are done before
/// another thread has woken.
fn of_each<'t, T: Sync, R: Send>(all: &'t [T], is_long: bool, make: impl Fn(&'t T) -> R + Send + Sync) -> Vec<R> {
    if is_long { all.par_iter().map(make).collect() } else { all.iter().map(make).collect() }
}

/// The joint result of each test, for both ways of cutting the days; `None` for a test that too few episodes allow.
fn standings(tests: &[Test], seed: u64) -> Vec<Option<[Standing; 2]>> {
    if !tests.iter().any(Test::allowed) {
        return vec![None; tests.len()];
    }
    let adjusted = |cut: usize| {
        let joint: Vec<Option<(&[Block], u32)>> = tests
            .iter()
            .map(|test| Some((test.comparable.as_ref()?[cut].as_slice(), test.flag.preset.weight)))
            .collect();
        step_down(&joint, seed)
    };
    let (first, second) = rayon::join(|| adjusted(0), || adjusted(1));
    first.into_iter().zip(second).map(|(one, two)| one.zip(two).map(|(one, two)| [one, two])).collect()
}

/// The p-values of the two-sided test.
#[derive(Clone, Copy)]
struct TwoSided {
    exact: Option<f64>,
    rotation: Option<f64>,
    holm: Option<f64>,
}

/// One label's test, with its days prepared.
struct Test<'a> {
    history: &'a History,
    flag: &'a FlagDays,
    risk: Risk,
    exposed: Vec<bool>,
    /// The half-years.
    strata: Vec<Stratum>,
    association: Association,
    /// The half-years split by kinds of days, cut in both ways: what a claim rests on.
    compared: [Vec<Stratum>; 2],
    /// The days of these, where there are episodes enough for a test.
    comparable: Option<[Vec<Block>; 2]>,
}

impl<'a> Test<'a> {
    fn of(history: &'a History, on: &Arc<OnsetDays>, flag: &'a FlagDays) -> Self {
        let risk = Risk::on(on, flag.preset.window, &flag.blind);
        let exposed = risk.exposed(&flag.days, flag.preset.window);
        let strata = risk.strata(&exposed);
        let compared = CUTS.map(|cut| risk.comparable_strata(&exposed, cut));
        let allowed = risk.episodes_usable >= FOR_ESTIMATE;
        let comparable = allowed.then(|| CUTS.map(|cut| risk.comparable(&exposed, cut)));
        Self { history, flag, association: associate(&strata), risk, exposed, strata, compared, comparable }
    }

    fn allowed(&self) -> bool {
        self.comparable.is_some()
    }

    fn linked(&self, two_sided: TwoSided, standings: Option<[Standing; 2]>, seed: u64) -> Linked {
        let (found, risk) = (&self.association, &self.risk);
        let usable = risk.episodes_usable;
        let (counts, estimates) = (usable >= FOR_COUNTS, usable >= FOR_ESTIMATE);
        let exposed = sum(&self.strata, |s| s.exposed_onsets);
        let days = sum(&self.strata, |s| s.days);
        let share = real(sum(&self.strata, |s| s.exposed_days)) / real(days);
        let [compared, other_cut] = &self.compared;
        let could_be_shown = standings.is_some_and(|both| both.iter().all(|one| one.could_be_shown));
        let enough = standings.filter(|_| could_be_shown).map(|both| {
            let cuts = CUTS.map(|cut| Cut::new(risk.days_at_risk(cut), &self.exposed));
            Enough::drawn(&cuts, compared, both.map(|one| one.limit), seed)
        });
        let late = estimates.then(|| risk.exposed(&self.flag.days, Window::NULL));
        let mut linked = Linked {
            preset: self.flag.preset,
            episodes_total: risk.episodes_total,
            episodes_usable: usable,
            excluded: risk.excluded.clone(),
            exposed,
            expected: counts.then_some(found.expected),
            exposed_share: (days > 0).then_some(share),
            informative_strata: counts.then_some(found.informative_strata),
            rate_ratio: (estimates && found.informative_strata > 0).then(|| rate_ratio(found)),
            mantel_haenszel: Some(found.mantel_haenszel).filter(|ratio| estimates && ratio.is_finite()),
            p_exact: two_sided.exact,
            p_rotation: two_sided.rotation,
            p_one_sided: estimates.then(|| one_sided_mid_p(compared).max(one_sided_mid_p(other_cut))),
            p_step_down: standings.map(|both| both[0].p_step_down.max(both[1].p_step_down)),
            detectable_ratio: enough.as_ref().and_then(|enough| detectable_ratio(compared, enough)),
            exaggeration: enough.as_ref().and_then(|enough| exaggeration(compared, enough)),
            diagnostics: late.map_or_else(Vec::new, |late| diagnostics(self.history, risk, &self.exposed, &late)),
            came_together: Vec::new(),
            run_days_only: risk.opportunity == Opportunity::RunDays,
            p_holm: two_sided.holm,
            best_attainable_p: estimates.then_some(found.best_attainable_p),
            seed: standings.map(|_| seed),
            sensitivity: SENSITIVITY_DAYS.map(|days| self.counts_within(risk, days, counts)).to_vec(),
            null_window: self.null_window(risk).filter(|_| counts),
            claim: Claim::TimelineOnly,
            text: String::new(),
            bare_text: String::new(),
            strata: compared.clone(),
            pairs: risk.pairs(&self.flag.days, self.flag.preset.window, self.history.episodes.iter().map(|e| e.0)),
        };
        linked.claim = claim(&Grounds {
            episodes_usable: usable,
            informative_strata: found.informative_strata,
            more_than_expected: linked.more_than_expected(),
            p: linked.p_step_down.unwrap_or(1.0),
            could_be_shown,
            borne_out: linked.diagnostics.iter().all(|one| one.passes),
        });
        linked
    }

    fn counts_within(&self, risk: &Risk, window_days: u32, expected: bool) -> WindowCount {
        let window = self.flag.preset.window.lasting(i64::from(window_days));
        let strata = risk.strata(&risk.exposed(&self.flag.days, window));
        WindowCount {
            window_days,
            exposed: sum(&strata, |s| s.exposed_onsets),
            expected: expected.then(|| exact::expected(&strata)),
        }
    }

    /// The counts of the null window, over the onsets whose window lies wholly in observed days; `None` without any.
    fn null_window(&self, risk: &Risk) -> Option<NullWindow> {
        let exposed = risk.exposed(&self.flag.days, Window::NULL);
        let strata = risk.strata_seeing(&exposed, Window::NULL);
        (sum(&strata, |s| s.onsets) > 0)
            .then(|| NullWindow { exposed: sum(&strata, |s| s.exposed_onsets), expected: exact::expected(&strata) })
    }
}
