//! Progress of a long command: one line when a step starts, one when it ends, a table at the end.

use std::time::{Duration, Instant};

use crate::Outcome;

/// The steps run so far with what each cost.
pub struct Steps {
    began: Instant,
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// Starts the clock.
    pub fn new() -> Self {
        Self {
            began: Instant::now(),
            done: Vec::new(),
        }
    }

    /// Runs one step; its error carries the step's name.
    pub fn step<T>(
        &mut self,
        name: &str,
        work: impl FnOnce() -> Result<T, String>,
    ) -> Result<T, String> {
        println!(
            "==> {name} (at {:.0} s)",
            self.began.elapsed().as_secs_f64()
        );
        let start = Instant::now();
        let value = work().map_err(|message| format!("{name}: {message}"))?;
        println!("    {name}: done in {:.1} s", start.elapsed().as_secs_f64());
        self.done.push((name.to_owned(), start.elapsed()));
        Ok(value)
    }

    /// Prints what every step cost.
    pub fn finish(self) -> Outcome {
        println!("\n{:>8}  step", "seconds");
        for (name, took) in &self.done {
            println!("{:>8.1}  {name}", took.as_secs_f64());
        }
        println!("{:>8.1}  all", self.began.elapsed().as_secs_f64());
        Ok(())
    }
}
