//! Records that become durable together, and those who wait for them.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use tokio::runtime::Handle;

use super::AppendError;

/// The outcome of one group commit.
#[derive(Default)]
pub(crate) struct Group(Mutex<State>);

enum State {
    Open(Vec<Waker>),
    Done(Result<(), AppendError>),
}

impl Default for State {
    fn default() -> Self {
        Self::Open(Vec::new())
    }
}

impl Group {
    /// A group that expects about as many as the last one had.
    pub(crate) fn for_about(count: u64) -> Self {
        let room = usize::try_from(count).unwrap_or(0);
        Self(Mutex::new(State::Open(Vec::with_capacity(room))))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells everybody who waits. With a runtime the wakers are called by one
    /// task on it: a wake from a foreign thread takes a global lock and may
    /// stir a sleeping worker, and a group has a wake for each of its clicks.
    pub(crate) fn finish(&self, outcome: Result<(), AppendError>, runtime: Option<&Handle>) {
        let before = std::mem::replace(&mut *self.lock(), State::Done(outcome));
        let State::Open(wakers) = before else { return };
        match runtime {
            Some(runtime) if wakers.len() > 1 => {
                runtime.spawn(async move { wakers.into_iter().for_each(Waker::wake) });
            }
            _ => wakers.into_iter().for_each(Waker::wake),
        }
    }
}

/// Resolves when the record is durable, or when it is known that it will not be.
#[must_use = "a click may be acknowledged only after this resolves"]
pub struct Append(Step);

enum Step {
    Known(Result<(), AppendError>),
    Waiting(Arc<Group>),
}

impl Append {
    pub(crate) fn known(outcome: Result<(), AppendError>) -> Self {
        Self(Step::Known(outcome))
    }

    pub(crate) fn waiting(group: Arc<Group>) -> Self {
        Self(Step::Waiting(group))
    }
}

impl Future for Append {
    type Output = Result<(), AppendError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &self.0 {
            Step::Known(outcome) => Poll::Ready(*outcome),
            Step::Waiting(group) => match &mut *group.lock() {
                State::Done(outcome) => Poll::Ready(*outcome),
                State::Open(wakers) => {
                    // A second waker after a move between tasks is only one wake too many.
                    wakers.push(context.waker().clone());
                    Poll::Pending
                }
            },
        }
    }
}
