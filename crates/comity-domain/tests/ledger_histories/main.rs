//! R4: long random histories of everything that can happen to money, all invariants after every operation.
//!
//! `COMITY_HISTORIES` sets the number of histories (default 10,000), `COMITY_SEED`
//! the first seed. A failure names its seed and operation.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::too_many_lines, reason = "one arm per operation")]

mod operation;
mod oracle;
mod random;
mod world;

use operation::Operation;
use random::Random;
use world::World;

/// Operations per history at most, as in the strictest published ledger tests.
const MAX_OPERATIONS: u64 = 512;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

fn history(seed: u64) -> (World, u64) {
    let mut random = Random::new(seed);
    let mut world = World::new(seed);
    let count = 1 + random.below(MAX_OPERATIONS);
    for number in 0..count {
        let operation = Operation::random(&mut random, &world);
        world.perform(&operation);
        oracle::check(&world).unwrap_or_else(|fault| {
            panic!("seed {seed}, operation {number} {operation:?}: {fault}")
        });
    }
    oracle::check_end(&world).unwrap_or_else(|fault| panic!("seed {seed}, end: {fault}"));
    (world, count)
}

fn histories(part: u64, parts: u64) {
    let (first, count) = (
        setting("COMITY_SEED", 1),
        setting("COMITY_HISTORIES", 10_000),
    );
    let mut statistics = world::Statistics::default();
    for seed in (first..first + count).filter(|seed| seed % parts == part) {
        statistics.add(&history(seed).0);
    }
    // A generator that never gets anywhere would prove nothing.
    if count >= 1_000 {
        statistics.check_that_everything_happened();
    }
}

#[test]
fn r4_even_histories_keep_every_invariant() {
    histories(0, 2);
}

#[test]
fn r4_odd_histories_keep_every_invariant() {
    histories(1, 2);
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for seed in 1..100 {
        let (one, two) = (history(seed).0, history(seed).0);
        assert_eq!(one.head(), two.head(), "seed {seed}");
        assert_eq!(one.canonical(), two.canonical(), "seed {seed}");
    }
}
