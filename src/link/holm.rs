//! Holm's adjustment for testing several rules at once, with the number of tests fixed beforehand.

use super::hypergeometric::real;

/// The number of preset tests, one for each rule with a `link`: jump, spike, rest, long streak. It is that many at least
/// whatever the data, so that no log chooses its own penalty.
pub const PRESET_TESTS: u64 = 4;

/// Holm-adjusted p-values over at least [`PRESET_TESTS`] tests (Holm 1979): the smallest is multiplied by the number
/// of tests, the next by one less, and so on, and none is below the one before it. A test without a p-value counts as
/// a test and stays without one.
pub fn holm(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let tests = PRESET_TESTS.max(p.len() as u64);
    let mut order: Vec<(usize, f64)> = p.iter().enumerate().filter_map(|(i, p)| p.map(|p| (i, p))).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut adjusted = vec![None; p.len()];
    let mut reached: f64 = 0.0;
    for (rank, (i, p)) in order.into_iter().enumerate() {
        reached = reached.max((real(tests - rank as u64) * p).min(1.0));
        adjusted[i] = Some(reached);
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: &[Option<f64>], b: &[Option<f64>]) -> bool {
        a.len() == b.len()
            && a.iter()
                .zip(b)
                .all(|(a, b)| a.is_some() == b.is_some() && (a.unwrap_or(0.0) - b.unwrap_or(0.0)).abs() < 1e-12)
    }

    #[test]
    fn the_textbook_case_comes_out() {
        // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") in R: 0.03 0.06 0.06 0.02.
        let p = [Some(0.01), Some(0.04), Some(0.03), Some(0.005)];
        assert!(near(&holm(&p), &[Some(0.03), Some(0.06), Some(0.06), Some(0.02)]));
    }

    #[test]
    fn a_test_that_could_not_be_made_still_counts() {
        assert!(near(&holm(&[None, Some(0.02), None, None]), &[None, Some(0.08), None, None]));
        assert!(near(&holm(&[Some(0.02)]), &[Some(0.08)]));
        assert!(near(&holm(&[Some(0.9), Some(0.5)]), &[Some(1.0), Some(1.0)]));
        assert!(holm(&[]).is_empty());
    }
}
