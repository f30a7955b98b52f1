//! Addresses, as the operator set them.

use axum::extract::State;
use comity_ui::settings::domain::{self, Domains};

use crate::admin::admin_shell;
use crate::error::WebResult;
use crate::extract::Team;
use crate::page::Page;
use crate::state::WebState;

pub(super) async fn page(State(web): State<WebState>, team: Team) -> WebResult<Page> {
    let fixed = web.options.fixed_settings.iter();
    let view = Domains {
        base_url: web.app.config.base_url.clone(),
        redirect_url: web.app.config.redirect_url.clone(),
        fixed: fixed
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(domain::page(&team.cx, &shell, &view)))
}
