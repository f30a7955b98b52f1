//! Signing in and out.

mod confirm;
pub(crate) mod finish;
mod link;
mod password;
mod second_step;

use crate::route::{Audience, Routes};
use comity_ui::route;

/// Routes of signing in.
pub fn routes() -> Routes {
    Routes::new()
        .get(route::SIGN_IN, Audience::Public, password::form)
        .post(route::SIGN_IN, Audience::Public, password::sign_in)
        .get(route::SIGN_IN_CODE, Audience::Public, second_step::form)
        .post(route::SIGN_IN_CODE, Audience::Public, second_step::verify)
        .post(route::SIGN_IN_LINK, Audience::Public, link::request)
        .get("/sign-in/link/{token}", Audience::Public, link::opened)
        .post("/sign-in/link/{token}", Audience::Public, link::sign_in)
        .post(route::SIGN_OUT, Audience::Public, finish::sign_out)
        .get(route::CONFIRM, Audience::Person, confirm::form)
        .post(route::CONFIRM, Audience::Person, confirm::confirm)
}
