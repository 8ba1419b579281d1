//! Work on many items in parallel, with results in the order of the items.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::cli::Failure;

/// The stack size of a worker thread, as large as that of a program's main thread.
const STACK_BYTES: usize = 8 << 20;

/// Does the work on `share` items at a time in as many threads, and takes the results in the order of the items, while the
/// work goes on. A thread takes the next share as soon as it is free, and none waits for the others. These are plain
/// threads: a thread of a pool would begin the next athlete while it waits for the files of this one, and so hold many
/// logs in memory.
///
/// # Errors
/// If no thread can be started, or the first failure of `take`, after which no further share is begun.
pub(super) fn side_by_side<T: Sync, R: Send>(
    items: &[T],
    (threads, share): (usize, usize),
    work: impl Fn(&[T]) -> Vec<R> + Sync,
    mut take: impl FnMut(R) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let shares: Vec<&[T]> = items.chunks(share.max(1)).collect();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        // Made here, so that where this ends early nobody is left to wait for: whoever sends finds it closed.
        let (results, ready) = mpsc::sync_channel(threads);
        for _ in 0..threads {
            let (shares, next, work, results) = (&shares, &next, &work, results.clone());
            let worker = move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(items) = shares.get(at) else { break };
                    if results.send((at, work(items))).is_err() {
                        break;
                    }
                }
            };
            let begun = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, worker);
            begun.map_err(|error| Failure::NoThreads(error.to_string()))?;
        }
        drop(results);
        let (mut early, mut due) = (BTreeMap::new(), 0);
        for (at, made) in ready {
            early.insert(at, made);
            while let Some(made) = early.remove(&due) {
                made.into_iter().try_for_each(&mut take)?;
                due += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_taken_in_the_order_of_the_items_whoever_is_ready_first() {
        for (threads, share) in [(1, 1), (3, 1), (3, 2), (40, 1), (2, 40)] {
            let items: Vec<u64> = (0..9).collect();
            let slow_at_first = |items: &[u64]| {
                thread::sleep(std::time::Duration::from_millis(9 - items[0]));
                items.iter().map(|item| item * 10).collect()
            };
            let mut taken = Vec::new();
            let take = |result: u64| {
                taken.push(result);
                Ok(())
            };
            side_by_side(&items, (threads, share), slow_at_first, take).expect("threads");
            assert_eq!(taken, [0, 10, 20, 30, 40, 50, 60, 70, 80]);
        }
    }

    #[test]
    fn after_a_failure_no_further_share_is_begun() {
        let items: Vec<usize> = (0..1_000).collect();
        let done = AtomicUsize::new(0);
        let work = |items: &[usize]| {
            done.fetch_add(1, Ordering::SeqCst);
            items.to_vec()
        };
        let take = |item| if item == 20 { Err(Failure::NoThreads("none".to_owned())) } else { Ok(()) };
        assert!(side_by_side(&items, (2, 5), work, take).is_err());
        // Four shares before the failing one, that one, what waits for its turn, and what each thread has in its hands.
        assert!(done.load(Ordering::SeqCst) < 20, "{done:?}");
    }
}
