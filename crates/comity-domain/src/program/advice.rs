//! Which model fits (A4, A5): a small table of facts and a few plain rules.

use super::{BusinessStage, ProgramModel};

/// Low, medium or high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Complexity {
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
}

/// What a model asks and gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelProfile {
    /// The model.
    pub model: ProgramModel,
    /// Work to run it.
    pub operations: Complexity,
    /// How much of the cost is fixed before the first sale.
    pub fixed_cost: Complexity,
    /// How far it can grow.
    pub scale: Complexity,
}

/// The profile of a model.
#[must_use]
pub const fn profile(model: ProgramModel) -> ModelProfile {
    use Complexity::{High, Low, Medium};
    let (operations, fixed_cost, scale) = match model {
        ProgramModel::Affiliate => (Medium, Low, High),
        ProgramModel::Referral => (Low, Low, Medium),
        ProgramModel::Strategic => (High, High, High),
        ProgramModel::Community => (Medium, Low, Medium),
        ProgramModel::Creator => (High, Medium, High),
        ProgramModel::Ambassador => (Medium, Medium, Medium),
    };
    ModelProfile {
        model,
        operations,
        fixed_cost,
        scale,
    }
}

/// A recommendation or a warning, by code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// The model we would start with.
    pub recommended: ProgramModel,
    /// Set when the wish does not fit: the tail of a translation key.
    pub warning: Option<&'static str>,
}

/// Recommends a model and says when the wanted one does not fit (A5: a product
/// that needs explaining sells through two or three integration partners).
#[must_use]
pub fn advise(
    wanted: ProgramModel,
    stage: BusinessStage,
    needs_explaining: bool,
    happy_customers: bool,
) -> Advice {
    let recommended = match (needs_explaining, happy_customers, stage) {
        (true, _, _) => ProgramModel::Strategic,
        (false, true, BusinessStage::Early | BusinessStage::Growth) => ProgramModel::Referral,
        (false, false, BusinessStage::Early) => ProgramModel::Community,
        (false, _, BusinessStage::Growth | BusinessStage::Mature) => ProgramModel::Affiliate,
    };
    let warning =
        (needs_explaining && wanted == ProgramModel::Affiliate).then_some("complex_product");
    Advice {
        recommended,
        warning,
    }
}
