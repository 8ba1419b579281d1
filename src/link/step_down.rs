//! Several tests of one log taken together: the step-down maximum of Westfall and Young (1993) over joint rotations.
//! It accounts for flags that overlap, where an adjustment that takes them as independent loses power. Each test has
//! its share of the chance of a false claim, fixed beforehand.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::claim::LEVEL;
use super::hypergeometric::real;
use super::rotation::{exposed_onsets_by_offset, of_all_turns};
use super::strata::Block;

/// The number of random joint rotations.
pub const ROTATIONS: u32 = 9_999;

/// The result of one test among the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// One-sided mid-P over all rotations of this test alone.
    pub p_rotation: f64,
    /// Adjusted for the other tests: (1 + smaller + ½ · equal) / (rotations + 1).
    pub p_step_down: f64,
    /// The largest p of this test alone at which it is claimed whatever the others show: with it, this test and the
    /// share of rotations in which another comes out as small just reach the level. It is approximate, since p-values
    /// have gaps.
    pub limit: f64,
    /// Whether the largest possible number of exposed onsets would be claimed.
    pub could_be_shown: bool,
}

/// Adjusts the tests for each other. A test consists of its blocks, the same number in the same order for all tests,
/// and its weight; it is `None` if too few episodes allow it. In each joint rotation, all tests are rotated by the
/// same part of a block.
pub fn step_down(tests: &[Option<(&[Block], u32)>], seed: u64) -> Vec<Option<Standing>> {
    let turned: Vec<Option<Turned>> =
        tests.iter().map(|test| test.map(|(blocks, weight)| Turned::of(blocks, weight))).collect();
    // From the largest p down, so that the minimum over a test and all with a larger p is kept on the way.
    let mut order: Vec<(usize, &Turned)> =
        turned.iter().enumerate().filter_map(|(i, one)| one.as_ref().map(|one| (i, one))).collect();
    order.sort_by(|a, b| b.1.scaled_p().total_cmp(&a.1.scaled_p()));
    let blocks = order.iter().map(|(_, one)| one.by_offset.len()).max().unwrap_or(0);
    let wanted: Vec<usize> = (0..blocks).filter(|&i| order.iter().any(|(_, one)| one.turns(i).is_some())).collect();

    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut as_small = vec![Rank::default(); order.len()];
    let mut minima = Vec::with_capacity(ROTATIONS as usize);
    let mut of_others = vec![Vec::with_capacity(ROTATIONS as usize); order.len()];
    let mut parts: Vec<u32> = vec![0; wanted.len()];
    let mut scaled = vec![0.0; order.len()];
    let turns: Vec<Vec<(usize, &[u64])>> = order.iter().map(|(_, one)| one.turns_of(&wanted)).collect();
    for _ in 0..ROTATIONS {
        parts.fill_with(|| random.random());
        let mut smallest = f64::INFINITY;
        for ((at, count), ((_, one), turns)) in scaled.iter_mut().zip(&mut as_small).zip(order.iter().zip(&turns)) {
            *at = one.scaled(turns.iter().map(|(part, counts)| at_part(counts, parts[*part])).sum());
            smallest = smallest.min(*at);
            count.add(smallest, one.scaled_p());
        }
        minima.push(smallest);
        for (place, of_others) in of_others.iter_mut().enumerate() {
            let others = scaled[..place].iter().chain(&scaled[place + 1..]);
            of_others.push(others.copied().fold(f64::INFINITY, f64::min));
        }
    }
    minima.sort_by(f64::total_cmp);
    for minima in &mut of_others {
        minima.sort_by(f64::total_cmp);
    }

    let mut standings = vec![None; tests.len()];
    let mut reached: f64 = 0.0;
    for (((i, one), count), of_others) in order.iter().zip(&as_small).zip(&of_others).rev() {
        reached = reached.max(count.p());
        standings[*i] = Some(Standing {
            p_rotation: one.p_by_total[one.observed],
            p_step_down: reached,
            limit: one.limit(of_others),
            could_be_shown: one
                .p_by_total
                .last()
                .is_some_and(|&least| Rank::among(&minima, least / one.weight).p() <= LEVEL),
        });
    }
    standings
}

/// How many rotations come out smaller than the observed value, and how many equal to it.
#[derive(Clone, Copy, Default)]
struct Rank {
    smaller: u64,
    equal: u64,
}

impl Rank {
    fn add(&mut self, turned: f64, seen: f64) {
        self.smaller += u64::from(turned < seen);
        self.equal += u64::from(turned.total_cmp(&seen).is_eq());
    }

    /// The rank of a value among sorted ones.
    fn among(sorted: &[f64], seen: f64) -> Self {
        let smaller = sorted.partition_point(|&turned| turned < seen);
        let up_to = sorted.partition_point(|&turned| turned <= seen);
        Self { smaller: smaller as u64, equal: (up_to - smaller) as u64 }
    }

    fn p(self) -> f64 {
        (1.0 + real(self.smaller) + real(self.equal) / 2.0) / f64::from(ROTATIONS + 1)
    }
}

/// The count at a fraction of the offsets, `part` being out of 2^32.
fn at_part(counts: &[u64], part: u32) -> u64 {
    let offset = (u64::from(part) * counts.len() as u64) >> 32;
    usize::try_from(offset).ok().and_then(|offset| counts.get(offset)).copied().unwrap_or(0)
}

/// One test with all its rotations.
struct Turned {
    by_offset: Vec<Option<Vec<u64>>>,
    /// One-sided mid-P of each number of exposed onsets, from 0 to the largest possible one.
    p_by_total: Vec<f64>,
    /// The same, divided by the test's share.
    scaled_by_total: Vec<f64>,
    observed: usize,
    weight: f64,
}

impl Turned {
    fn of(blocks: &[Block], weight: u32) -> Self {
        let by_offset: Vec<Option<Vec<u64>>> = blocks.iter().map(exposed_onsets_by_offset).collect();
        let informed = || by_offset.iter().flatten();
        let all = of_all_turns(informed().map(Vec::as_slice));
        let largest: u64 = informed().map(|counts| counts.iter().copied().max().unwrap_or(0)).sum();
        let observed: u64 = informed().map(|counts| counts[0]).sum();
        let mut p_by_total = vec![0.0; usize::try_from(largest).unwrap_or(0) + 1];
        let mut above = 0.0;
        for (total, p) in p_by_total.iter_mut().enumerate().rev() {
            let here = (total as u64).checked_sub(all.first).and_then(|place| usize::try_from(place).ok());
            let here = here.and_then(|place| all.p.get(place)).copied().unwrap_or(0.0);
            *p = above + here / 2.0;
            above += here;
        }
        let weight = f64::from(weight);
        let scaled_by_total = p_by_total.iter().map(|p| p / weight).collect();
        Self { by_offset, p_by_total, scaled_by_total, observed: usize::try_from(observed).unwrap_or(0), weight }
    }

    fn turns(&self, block: usize) -> Option<&[u64]> {
        self.by_offset.get(block)?.as_deref()
    }

    /// The counts of those of these blocks that have any, each with its place among them.
    fn turns_of(&self, blocks: &[usize]) -> Vec<(usize, &[u64])> {
        blocks.iter().enumerate().filter_map(|(place, &block)| Some((place, self.turns(block)?))).collect()
    }

    /// The p of a total, divided by the test's share.
    fn scaled(&self, total: u64) -> f64 {
        usize::try_from(total).ok().and_then(|total| self.scaled_by_total.get(total)).copied().unwrap_or(0.0)
    }

    fn scaled_p(&self) -> f64 {
        self.scaled_by_total[self.observed]
    }

    fn limit(&self, of_others: &[f64]) -> f64 {
        let (mut low, mut high) = (0.0, LEVEL);
        // Twenty halvings are far finer than rotations can tell.
        for _ in 0..20 {
            let middle = f64::midpoint(low, high);
            let all = middle + (1.0 - middle) * Rank::among(of_others, middle / self.weight).p();
            if all <= LEVEL {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::block;
    use super::*;

    /// The adjusted p-values by counting every combination of offsets, each block's offset the same for all tests.
    fn by_counting(tests: &[(Vec<Block>, u32)]) -> Vec<f64> {
        let blocks = tests[0].0.len();
        let lengths: Vec<usize> = (0..blocks).map(|i| tests[0].0[i].exposed.len()).collect();
        let exposed = |block: &Block, offset: usize| {
            (0..block.onset.len())
                .filter(|&d| block.onset[d] && block.exposed[(d + offset) % block.onset.len()])
                .count()
        };
        let mut turns: Vec<Vec<usize>> = vec![vec![]];
        for &length in &lengths {
            turns = turns.iter().flat_map(|t| (0..length).map(move |o| [&t[..], &[o]].concat())).collect();
        }
        let totals: Vec<Vec<usize>> = tests
            .iter()
            .map(|(blocks, _)| {
                turns.iter().map(|offsets| blocks.iter().zip(offsets).map(|(b, &o)| exposed(b, o)).sum()).collect()
            })
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "a few hundred turns")]
        let share = |hits: usize| hits as f64 / turns.len() as f64;
        let scaled = |test: usize, total: usize| {
            let above = totals[test].iter().filter(|&&t| t > total).count();
            let ties = totals[test].iter().filter(|&&t| t == total).count();
            (share(above) + share(ties) / 2.0) / f64::from(tests[test].1)
        };
        // The first combination rotates nothing: the observed values.
        let seen: Vec<f64> = (0..tests.len()).map(|test| scaled(test, totals[test][0])).collect();
        let mut order: Vec<usize> = (0..tests.len()).collect();
        order.sort_by(|&a, &b| seen[a].total_cmp(&seen[b]));
        let (mut adjusted, mut reached) = (vec![0.0; tests.len()], 0.0_f64);
        for (step, &test) in order.iter().enumerate() {
            let smallest = |turn: usize| {
                order[step..].iter().map(|&other| scaled(other, totals[other][turn])).fold(f64::INFINITY, f64::min)
            };
            let smaller = (0..turns.len()).filter(|&turn| smallest(turn) < seen[test] - 1e-12).count();
            let up_to = (0..turns.len()).filter(|&turn| smallest(turn) < seen[test] + 1e-12).count();
            reached = reached.max(f64::midpoint(share(smaller), share(up_to)));
            adjusted[test] = reached;
        }
        adjusted
    }

    fn agree(tests: &[(Vec<Block>, u32)]) {
        let options: Vec<_> = tests.iter().map(|(blocks, weight)| Some((&blocks[..], *weight))).collect();
        for (counted, found) in by_counting(tests).into_iter().zip(step_down(&options, 11)) {
            let found = found.unwrap();
            assert!((found.p_step_down - counted).abs() < 0.02, "{counted} {found:?}");
            assert!(found.p_rotation > 0.0 && found.p_step_down > 0.0);
        }
    }

    #[test]
    fn small_logs_agree_with_counting_every_turn() {
        let jump = vec![block("xx........", "x........."), block("..xxx...", "...x....")];
        let spike = vec![block("x.........", "x........."), block("xx..x.xx", "...x....")];
        let rest = vec![block("xxxx..xxxx", "x........."), block("....xx.x", "...x....")];
        agree(&[(jump.clone(), 25), (spike.clone(), 25), (rest.clone(), 50)]);
        agree(&[(jump.clone(), 85), (spike, 5), (rest, 10)]);
        // The same flags twice are one test: the second costs nothing.
        agree(&[(jump.clone(), 50), (jump, 50)]);
    }

    #[test]
    fn two_names_for_one_flag_cost_nothing() {
        let jump = [block("xx........", "x........."), block("..xxx...", "...x....")];
        let alone = step_down(&[Some((&jump[..], 50))], 3)[0].unwrap();
        let twice = step_down(&[Some((&jump[..], 50)), Some((&jump[..], 50))], 3);
        let [one, two] = [twice[0].unwrap(), twice[1].unwrap()];
        assert_eq!(one, two);
        assert_eq!(
            (alone.p_rotation.to_bits(), alone.p_step_down.to_bits()),
            (one.p_rotation.to_bits(), one.p_step_down.to_bits())
        );
    }

    #[test]
    fn the_limit_parts_what_is_claimed_from_what_is_not() {
        // Five blocks of 20 days, each with an onset on an exposed day of one flag, 2 of 20.
        let one_block = |onset: &str| block("xx..................", onset);
        let (hit, miss) = ("x...................", "....x...............");
        let of = |hits: usize| -> Vec<Block> { (0..5).map(|i| one_block(if i < hits { hit } else { miss })).collect() };
        let standing = |hits| step_down(&[Some((&of(hits)[..], 85))], 5)[0].unwrap();
        // P(T = 1) = 0.328, P(T = 2) = 0.0729, P(T ≥ 3) = 0.0086: the mid-P of 2 is 0.0450, that of 1 is 0.245.
        assert!((standing(2).p_step_down - 0.045).abs() < 0.006 && standing(1).p_step_down > 0.2);
        let one = standing(0);
        assert!(one.could_be_shown && one.limit > 0.045 && one.limit < 0.24, "{one:?}");
        // A single onset can show nothing.
        assert!(!step_down(&[Some((&[one_block(hit)][..], 85))], 5)[0].unwrap().could_be_shown);
        assert_eq!(step_down(&[None], 5), [None]);
    }
}
