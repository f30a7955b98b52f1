//! Header deadlines of all connections of a listener, looked over by one task.
//!
//! Every request begins and ends such a deadline, and nearly none is ever met:
//! registering each with the runtime costs more than looking over all of them
//! a few times a second. They are late by up to two ticks.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};

/// How often deadlines are looked over.
const TICK: Duration = Duration::from_millis(250);
/// A slot without a deadline.
const NEVER: u64 = u64::MAX;

/// The deadlines of one listener. Clones are the same.
#[derive(Clone)]
pub(crate) struct Deadlines(Arc<Shared>);

struct Shared {
    /// Ticks since the listener began.
    now: AtomicU64,
    open: Mutex<Open>,
    /// What hyper is told the time is: it only adds limits to it.
    epoch: Instant,
}

#[derive(Default)]
struct Open {
    slots: HashMap<u64, Arc<Slot>>,
    next: u64,
}

/// The deadline of one connection.
struct Slot {
    at: AtomicU64,
    waker: Mutex<Option<Waker>>,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self(Arc::new(Shared {
            now: AtomicU64::new(0),
            open: Mutex::default(),
            epoch: Instant::now(),
        }))
    }
}

impl Deadlines {
    /// The timer of a new connection; it is looked over while it lives.
    pub(crate) fn timer(&self) -> ConnectionTimer {
        let slot = Arc::new(Slot {
            at: AtomicU64::new(NEVER),
            waker: Mutex::default(),
        });
        let mut open = lock(&self.0.open);
        let number = open.next;
        open.next += 1;
        open.slots.insert(number, Arc::clone(&slot));
        ConnectionTimer {
            shared: Arc::clone(&self.0),
            slot,
            number,
        }
    }

    /// Looks over the deadlines for ever.
    pub(crate) async fn watch(self) {
        let mut every = tokio::time::interval(TICK);
        loop {
            every.tick().await;
            let now = self.0.now.fetch_add(1, Ordering::Relaxed) + 1;
            let due: Vec<Waker> = {
                let open = lock(&self.0.open);
                let late = open.slots.values().filter(|slot| slot.is_due(now));
                late.filter_map(|slot| lock(&slot.waker).take()).collect()
            };
            due.into_iter().for_each(Waker::wake);
        }
    }
}

impl Slot {
    fn is_due(&self, now: u64) -> bool {
        self.at.load(Ordering::Relaxed) <= now
    }
}

/// One connection's clock, as hyper wants it. It has one deadline at a time.
pub(crate) struct ConnectionTimer {
    shared: Arc<Shared>,
    slot: Arc<Slot>,
    number: u64,
}

impl Drop for ConnectionTimer {
    fn drop(&mut self) {
        lock(&self.shared.open).slots.remove(&self.number);
    }
}

impl Timer for ConnectionTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        Box::pin(Deadline {
            shared: Arc::clone(&self.shared),
            slot: Arc::clone(&self.slot),
            at: self.begin(duration),
        })
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        self.sleep(self.left(deadline))
    }

    fn now(&self) -> Instant {
        self.shared.epoch
    }

    fn reset(&self, sleep: &mut Pin<Box<dyn Sleep>>, new_deadline: Instant) {
        match sleep.as_mut().downcast_mut_pin::<Deadline>() {
            Some(deadline) => deadline.get_mut().at = self.begin(self.left(new_deadline)),
            None => *sleep = self.sleep_until(new_deadline),
        }
    }
}

impl ConnectionTimer {
    /// Begins a deadline and answers its tick.
    fn begin(&self, after: Duration) -> u64 {
        let ticks = after.as_millis().div_ceil(TICK.as_millis());
        let ticks = u64::try_from(ticks).unwrap_or(NEVER / 2);
        // One more: the tick now running has begun before.
        let at = self.shared.now.load(Ordering::Relaxed) + ticks + 1;
        self.slot.at.store(at, Ordering::Relaxed);
        at
    }

    fn left(&self, deadline: Instant) -> Duration {
        deadline.saturating_duration_since(self.shared.epoch)
    }
}

/// Resolves when the deadline has passed; dropped, there is none.
struct Deadline {
    shared: Arc<Shared>,
    slot: Arc<Slot>,
    at: u64,
}

impl Sleep for Deadline {}

impl Future for Deadline {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut waker = lock(&self.slot.waker);
        let known = waker.as_ref().is_some_and(|w| w.will_wake(context.waker()));
        if !known {
            *waker = Some(context.waker().clone());
        }
        // Looked at under the lock: a tick that comes now finds the waker.
        if self.shared.now.load(Ordering::Relaxed) >= self.at {
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        self.slot.at.store(NEVER, Ordering::Relaxed);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_deadline_is_met_within_two_ticks_and_an_ended_one_never() {
        let deadlines = Deadlines::default();
        let watching = tokio::spawn(deadlines.clone().watch());
        let (timer, other) = (deadlines.timer(), deadlines.timer());
        drop(other.sleep(Duration::from_secs(1)));
        let begun = tokio::time::Instant::now();
        timer
            .sleep_until(timer.now() + Duration::from_secs(5))
            .await;
        let took = begun.elapsed();
        assert!(took >= Duration::from_secs(5), "{took:?}");
        assert!(took <= Duration::from_secs(5) + 2 * TICK, "{took:?}");
        assert!(lock(&other.slot.waker).is_none());
        let mut sleep = timer.sleep(Duration::from_secs(60));
        timer.reset(&mut sleep, timer.now() + Duration::from_secs(1));
        sleep.await;
        assert!(begun.elapsed() <= Duration::from_secs(6) + 4 * TICK);
        assert_eq!(lock(&deadlines.0.open).slots.len(), 2);
        drop((timer, other));
        assert!(lock(&deadlines.0.open).slots.is_empty());
        watching.abort();
    }
}
