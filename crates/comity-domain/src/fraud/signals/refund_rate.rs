//! Far more refunds than in the rest of the program.

use crate::fraud::{Conversion, Evidence, Policy};

/// A program without refunds yet is taken to have one in a hundred sales.
const USUAL_BPS: i64 = 100;

/// Fires above so many times the program's rate, from enough sales on.
pub(in crate::fraud) fn check(conversion: &Conversion, policy: &Policy) -> Option<Evidence> {
    let (numbers, limits) = (&conversion.statistics, &policy.thresholds);
    let (sales, refunds) = (numbers.sales, numbers.refunds);
    let program_bps = numbers.program_refund_bps.max(USUAL_BPS);
    let allowed = i128::from(program_bps) * i128::from(limits.refund_times) * i128::from(sales);
    let many = sales >= limits.refund_sales && i128::from(refunds) * 10_000 > allowed;
    many.then_some(Evidence::RefundRate {
        refunds,
        sales,
        program_bps,
    })
}
