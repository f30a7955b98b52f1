//! Forms shown again: what was typed, with the refusals beside their fields.

use comity_app::FieldError;
use comity_ui::Cx;
use comity_ui::component::{FormState, problem};

use crate::extract::Fields;

/// The form as typed, with a sentence for each refusal.
#[must_use]
pub fn form_state(cx: &Cx, fields: &Fields, errors: &[FieldError]) -> FormState {
    refusals(cx, fields.state(), errors)
}

/// Adds a sentence for each refusal to a form.
#[must_use]
pub fn refusals(cx: &Cx, state: FormState, errors: &[FieldError]) -> FormState {
    errors.iter().fold(state, |state, error| {
        state.error(&error.field, problem(cx, error.code))
    })
}
