//! How many exposed onsets a log needs to show a link. It is no single number: where onsets cluster, rotated flags
//! come near them more easily, and more are needed. So onsets are drawn at random on the log's own days, to see how
//! often each number of exposed ones is enough.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::exact::Stratum;
use super::hypergeometric::{Distribution, noncentral, real};
use super::rotation::{mid_p, of_all_turns};

/// Allows for rounding where p-values are summed in another order, so that a p equal to its limit is enough.
const NEAR: f64 = 1.0 + 1e-9;
/// The number of draws is between these two; with many onsets, fewer draws tell as much and take as long.
const MOST_DRAWS: usize = 240;
const FEWEST_DRAWS: usize = 80;
/// The number of onsets drawn in all.
const DRAWN_ONSETS: u64 = 3_000;
/// The ratios used in turn for the draws, so that small and large numbers of exposed onsets are both drawn often.
const RATIOS: [f64; 6] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0];

/// The share of draws in which each number of exposed onsets is enough, counting from none. The last share also holds
/// for larger numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Enough(Vec<f64>);

/// One way of cutting the at-risk days of a test into strata, and which days are exposed.
#[derive(Clone, Debug)]
pub struct Cut {
    days: Vec<Vec<usize>>,
    /// The days of each stratum twice over, so that a rotation never runs past the end.
    exposed: Vec<Vec<bool>>,
    /// The places of each stratum's exposed days, and those of the others.
    parts: Vec<[Vec<usize>; 2]>,
    /// The share of exposed days of each stratum.
    shares: Vec<f64>,
    /// For each day of the history, its stratum and its place there; a default for days not at risk, which nothing
    /// reads.
    places: Vec<(usize, usize)>,
}

impl Cut {
    /// `days` lists those of each stratum as places in the history; `exposed` has one entry for each day of the
    /// history.
    pub fn new(days: Vec<Vec<usize>>, exposed: &[bool]) -> Self {
        let mut places = vec![(0, 0); exposed.len()];
        for (stratum, days) in days.iter().enumerate() {
            for (place, &day) in days.iter().enumerate() {
                places[day] = (stratum, place);
            }
        }
        let twice = |days: &Vec<usize>| days.iter().chain(days).map(|&day| exposed[day]).collect();
        let share = |days: &Vec<usize>| {
            real(days.iter().filter(|&&day| exposed[day]).count() as u64) / real(days.len().max(1) as u64)
        };
        let parts = |days: &Vec<usize>| {
            let (exposed, others) = (0..days.len()).partition(|&place| exposed[days[place]]);
            [exposed, others]
        };
        Self {
            exposed: days.iter().map(twice).collect(),
            parts: days.iter().map(parts).collect(),
            shares: days.iter().map(share).collect(),
            days,
            places,
        }
    }

    /// One-sided mid-P over all rotations, if episodes begin on `onsets`.
    fn p(&self, onsets: &[usize]) -> f64 {
        let mut by_stratum: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &day in onsets {
            let (stratum, place) = self.places[day];
            by_stratum.entry(stratum).or_default().push(place);
        }
        let (mut all, mut observed) = (Distribution::certain(0), 0);
        for (&stratum, places) in &by_stratum {
            let exposed = &self.exposed[stratum];
            let at = |offset: usize| places.iter().filter(|&&place| exposed[place + offset]).count() as u64;
            observed += at(0);
            // A single onset meets each day equally often.
            let turned = if places.len() == 1 {
                let share = self.shares[stratum];
                Distribution { first: 0, p: vec![1.0 - share, share] }
            } else {
                let counts: Vec<u64> = (0..exposed.len() / 2).map(at).collect();
                of_all_turns(std::iter::once(counts.as_slice()))
            };
            all = all.plus(&turned);
        }
        mid_p(&all, observed)
    }

    /// Draws onsets on these days, as many in each stratum as there were.
    fn draw(&self, strata: &[Stratum], chances: &[Option<Distribution>], random: &mut ChaCha8Rng) -> Drawn {
        let mut drawn = Drawn { onsets: Vec::new(), exposed: 0 };
        for (i, chance) in chances.iter().enumerate() {
            let Some(chance) = chance else { continue };
            let hits = number_drawn(chance, random.random());
            let [exposed, others] = &self.parts[i];
            for (places, count) in [(exposed, hits), (others, strata[i].onsets.saturating_sub(hits))] {
                let mut left = Left::of(places);
                for _ in 0..count.min(places.len() as u64) {
                    let place = left.take(random.random_range(0..left.len));
                    drawn.onsets.push(self.days[i][place]);
                }
            }
            drawn.exposed += usize::try_from(hits).unwrap_or(0);
        }
        drawn
    }
}

/// What is left of a list from which few are taken: as if the last one took the place of each, but the list is not changed.
struct Left<'a> {
    all: &'a [usize],
    len: usize,
    /// What stands in the place of one that was taken; later entries are newer.
    moved: Vec<(usize, usize)>,
}

impl<'a> Left<'a> {
    fn of(all: &'a [usize]) -> Self {
        Self { all, len: all.len(), moved: Vec::new() }
    }

    fn at(&self, index: usize) -> usize {
        let moved = self.moved.iter().rev().find(|(place, _)| *place == index);
        moved.map_or(self.all[index], |(_, now)| *now)
    }

    fn take(&mut self, index: usize) -> usize {
        let taken = self.at(index);
        self.len -= 1;
        self.moved.push((index, self.at(self.len)));
        taken
    }
}

struct Drawn {
    /// The days, as places in the history.
    onsets: Vec<usize>,
    exposed: usize,
}

/// The quantile of the distribution at `part`, from 0 to 1.
fn number_drawn(chance: &Distribution, part: f64) -> u64 {
    let mut below = 0.0;
    let place = chance.p.iter().position(|p| {
        below += p;
        part < below
    });
    chance.first + place.unwrap_or(chance.p.len() - 1) as u64
}

impl Enough {
    /// Takes this total or more as always enough, and less as never.
    #[must_use]
    pub fn from_total(total: usize) -> Self {
        let mut shares = vec![0.0; total + 1];
        shares[total] = 1.0;
        Self(shares)
    }

    /// Draws onsets on the days of the first cut, whose counts are `strata`. A draw is enough where the p of each cut
    /// is at most its limit.
    #[must_use]
    pub fn drawn(cuts: &[Cut; 2], strata: &[Stratum], limits: [f64; 2], seed: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let chances = RATIOS.map(|ratio| {
            let chance = |s: &Stratum| (s.is_possible() && s.onsets > 0).then(|| noncentral(s, libm::log(ratio)));
            strata.iter().map(chance).collect::<Vec<_>>()
        });
        let onsets: u64 = strata.iter().map(|s| s.onsets).sum();
        let draws = usize::try_from(DRAWN_ONSETS / onsets.max(1)).unwrap_or(MOST_DRAWS);
        let mut counts: Vec<(u64, u64)> = Vec::new();
        for chances in chances.iter().cycle().take(draws.clamp(FEWEST_DRAWS, MOST_DRAWS)) {
            let log = cuts[0].draw(strata, chances, &mut random);
            let enough = cuts.iter().zip(limits).all(|(cut, limit)| cut.p(&log.onsets) <= limit * NEAR);
            counts.resize(counts.len().max(log.exposed + 1), (0, 0));
            counts[log.exposed].0 += u64::from(enough);
            counts[log.exposed].1 += 1;
        }
        // More exposed onsets are never less than enough; a number that was not drawn takes the share of the next
        // smaller one.
        let mut reached: f64 = 0.0;
        let share = |(enough, drawn): (u64, u64)| {
            reached = reached.max(if drawn > 0 { real(enough) / real(drawn) } else { 0.0 });
            reached
        };
        Self(counts.into_iter().map(share).collect())
    }

    /// How often this number of exposed onsets is enough.
    #[must_use]
    pub fn share(&self, total: u64) -> f64 {
        let at = usize::try_from(total).ok().and_then(|total| self.0.get(total));
        at.or(self.0.last()).copied().unwrap_or(0.0)
    }
}
