//! Records that become durable together, and those who wait for them.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

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
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells everybody who waits.
    pub(crate) fn finish(&self, outcome: Result<(), AppendError>) {
        let before = std::mem::replace(&mut *self.lock(), State::Done(outcome));
        if let State::Open(wakers) = before {
            wakers.into_iter().for_each(Waker::wake);
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
