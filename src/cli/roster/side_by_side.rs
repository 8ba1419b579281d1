//! Work on many items in parallel, with results in the order of the items.

use std::sync::Mutex;
use std::thread;

use crate::cli::Failure;

/// The stack size of a worker thread, as large as that of a program's main thread.
const STACK_BYTES: usize = 8 << 20;

/// Does the work on each item in parallel, and returns the results in the order of the items. The next item is taken
/// when a thread is free. These are plain threads: a thread of a pool would begin the next athlete while it waits for
/// the files of this one, and so hold many logs in memory.
pub(super) fn side_by_side<T, R: Send>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
) -> Result<Vec<R>, Failure> {
    let next = Mutex::new(items.enumerate().fuse());
    let results: Mutex<Vec<(usize, R)>> = Mutex::default();
    let take = || {
        // A lock is poisoned only by a panic, which the scope passes on.
        while let Some((at, item)) = next.lock().ok().and_then(|mut items| items.next()) {
            let result = work(item);
            if let Ok(mut results) = results.lock() {
                results.push((at, result));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, take)?;
        }
        Ok(())
    })
    .map_err(|error: std::io::Error| Failure::NoThreads(error.to_string()))?;
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|(at, _)| *at);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items_whoever_is_ready_first() {
        for threads in [1, 3, 40] {
            let slow_at_first = |item: u64| {
                thread::sleep(std::time::Duration::from_millis(9 - item));
                item * 10
            };
            let results = side_by_side(0..9, threads, slow_at_first).expect("threads");
            assert_eq!(results, [0, 10, 20, 30, 40, 50, 60, 70, 80]);
        }
    }

    #[test]
    fn items_are_asked_for_only_until_there_are_enough() {
        let done = AtomicUsize::new(0);
        let too_few = |_: &usize| done.load(Ordering::SeqCst) < 5;
        let work = |item| {
            done.fetch_add(1, Ordering::SeqCst);
            item
        };
        let results = side_by_side((0..100).take_while(too_few), 3, work).expect("threads");
        assert!((5..=7).contains(&results.len()), "{results:?}");
        assert_eq!(results, (0..results.len()).collect::<Vec<_>>());
    }
}
