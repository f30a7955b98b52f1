//! Where the hot path gets time and randomness from.

use std::cell::RefCell;

use comity_domain::{ClickId, RawId, Timestamp, VisitorId};

/// The clock and the operating system's randomness, as a port.
///
/// The binary implements it once; tests give fixed answers.
pub trait Ambient: Send + Sync + 'static {
    /// The time now, UTC.
    fn now(&self) -> Timestamp;

    /// Ten unguessable bytes (80 bits) for one id.
    fn random(&self) -> [u8; 10];

    /// A fresh click id: time-ordered, unguessable.
    fn click_id(&self, now: Timestamp) -> ClickId {
        ClickId(RawId::from_parts(now, self.random()))
    }

    /// A fresh visitor id.
    fn visitor_id(&self, now: Timestamp) -> VisitorId {
        VisitorId(RawId::from_parts(now, self.random()))
    }
}

/// Randomness in stock: the system is asked for many ids at once.
///
/// One system call for an id costs as much as encoding the click. Bytes are
/// used once and wiped when they are taken, and each thread has its own stock.
pub struct Reservoir;

const STOCK: usize = 10 * 64;

thread_local! {
    static BYTES: RefCell<(usize, [u8; STOCK])> = const { RefCell::new((STOCK, [0; STOCK])) };
}

impl Reservoir {
    /// Ten bytes nobody got before; `fill` asks the system for more.
    pub fn draw(fill: impl FnOnce(&mut [u8])) -> [u8; 10] {
        BYTES.with_borrow_mut(|(used, bytes)| {
            if *used == STOCK {
                fill(bytes);
                *used = 0;
            }
            let mut taken = [0; 10];
            taken.swap_with_slice(&mut bytes[*used..*used + 10]);
            *used += 10;
            taken
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stock_is_used_once_and_wiped() {
        let mut round = 0_u8;
        let drawn: Vec<_> = (0..130)
            .map(|_| {
                Reservoir::draw(|bytes| {
                    assert!(bytes.iter().all(|b| *b == 0), "taken bytes are wiped");
                    round += 1;
                    for (at, byte) in bytes.iter_mut().enumerate() {
                        *byte = u8::try_from(at / 10).unwrap() + round * 64;
                    }
                })
            })
            .collect();
        assert_eq!(round, 3);
        let distinct: std::collections::HashSet<_> = drawn.iter().collect();
        assert_eq!(distinct.len(), 130);
    }
}
