//! How far a long command has come, on standard error.

use std::io::{IsTerminal, Write, stderr};

/// One line that is written over on a terminal; elsewhere a line at every tenth.
pub struct Progress {
    what: &'static str,
    live: bool,
    shown: Option<u64>,
}

impl Progress {
    /// Nothing is shown before the first step. `what` is counted, as in `rows`.
    pub fn new(what: &'static str) -> Self {
        Self {
            what,
            live: stderr().is_terminal(),
            shown: None,
        }
    }

    /// `done` of `total`; `note` stands behind it.
    pub fn step(&mut self, done: u64, total: u64, note: &str) {
        let tenth = (done * 10).checked_div(total).unwrap_or(10);
        if !self.live && self.shown == Some(tenth) {
            return;
        }
        self.shown = Some(tenth);
        let mut out = stderr();
        let (start, end) = if self.live {
            ("\r\u{1b}[K", "")
        } else {
            ("", "\n")
        };
        // A closed standard error must not stop the work.
        let _ = write!(out, "{start}{done} of {total} {}{note}{end}", self.what);
        let _ = out.flush();
    }

    /// Leaves the line as it is and goes to the next.
    pub fn end(&mut self) {
        if self.live && self.shown.is_some() {
            eprintln!();
        }
        self.shown = None;
    }
}
