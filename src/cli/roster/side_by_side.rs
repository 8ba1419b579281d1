//! Work on many items in parallel, with results in the order of the items.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, mpsc};
use std::thread;

use crate::cli::Failure;

/// The stack size of a worker thread, as large as that of a program's main thread.
const STACK_BYTES: usize = 8 << 20;

/// How many shares for each thread may be at work or wait for their turn.
const AHEAD: usize = 2;

/// Does the work on `share` items at a time in as many threads, and takes the results in the order of the items, while the
/// work goes on. A thread takes the next share as soon as it is free, unless too many results wait for an earlier one. These
/// are plain threads: a thread of a pool would begin the next athlete while it waits for the files of this one, and so hold
/// many logs in memory.
///
/// # Errors
/// If no thread can be started, or the first failure of `take`, after which each thread begins one share more at most.
pub(super) fn side_by_side<T: Sync, R: Send>(
    items: &[T],
    (threads, share): (usize, usize),
    work: impl Fn(&[T]) -> Vec<R> + Sync,
    mut take: impl FnMut(R) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let shares: Vec<&[T]> = items.chunks(share.max(1)).collect();
    let (permits, permitted) = mpsc::channel();
    let permitted = Mutex::new(permitted);
    thread::scope(|scope| {
        // Moved here, so that where this ends early both are closed before anybody is waited for.
        let permits = permits;
        let (results, ready) = mpsc::channel();
        for _ in 0..threads {
            let (permitted, shares, work, results) = (&permitted, &shares, &work, results.clone());
            let next = move || permitted.lock().ok().and_then(|permitted| permitted.recv().ok());
            let worker = move || {
                while let Some(at) = next() {
                    let items: &[T] = shares.get(at).copied().unwrap_or_default();
                    // A panic is handed on: nobody would wait for a share that never comes.
                    let made = panic::catch_unwind(AssertUnwindSafe(|| work(items)));
                    if results.send((at, made)).is_err() {
                        break;
                    }
                }
            };
            let started = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, worker);
            started.map_err(|error| Failure::NoThreads(error.to_string()))?;
        }
        drop(results);
        let mut due = 0;
        // Nobody is left to be told only where all have failed, and then no result comes.
        let permit = |at: usize| {
            if at < shares.len() {
                permits.send(at).unwrap_or_default();
            }
        };
        (0..threads * AHEAD).for_each(permit);
        let mut early = BTreeMap::new();
        while due < shares.len() {
            let Ok((at, made)) = ready.recv() else { break };
            early.insert(at, made.unwrap_or_else(|cause| panic::resume_unwind(cause)));
            while let Some(made) = early.remove(&due) {
                made.into_iter().try_for_each(&mut take)?;
                permit(due + threads * AHEAD);
                due += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

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
    fn what_waits_for_an_earlier_result_is_bounded_and_a_failure_ends_the_work() {
        let items: Vec<usize> = (0..1_000).collect();
        let begun = AtomicUsize::new(0);
        let most_ahead = AtomicUsize::new(0);
        let taken = AtomicUsize::new(0);
        let slow_first = |items: &[usize]| {
            let ahead = begun.fetch_add(1, Ordering::SeqCst) + 1 - taken.load(Ordering::SeqCst) / 5;
            most_ahead.fetch_max(ahead, Ordering::SeqCst);
            if items[0] == 0 {
                thread::sleep(std::time::Duration::from_millis(60));
            }
            items.to_vec()
        };
        let take = |item| {
            taken.fetch_add(1, Ordering::SeqCst);
            if item == 20 { Err(Failure::NoThreads("none".to_owned())) } else { Ok(()) }
        };
        assert!(side_by_side(&items, (2, 5), slow_first, take).is_err());
        // Two shares for each of two threads, beside the five of which the last has failed.
        assert!(begun.load(Ordering::SeqCst) <= 9, "{begun:?}");
        assert!(most_ahead.load(Ordering::SeqCst) <= 5, "{most_ahead:?}");
    }

    #[test]
    fn a_panic_of_one_thread_ends_the_work_and_is_passed_on() {
        let items: Vec<usize> = (0..100).collect();
        let work = |items: &[usize]| {
            assert!(items[0] != 3, "on purpose");
            items.to_vec()
        };
        let ended = panic::catch_unwind(|| side_by_side(&items, (2, 1), work, |_| Ok(())));
        assert!(ended.is_err());
    }
}
