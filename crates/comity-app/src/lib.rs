//! Use cases and jobs: authorise, load, decide, write, enqueue, commit.
