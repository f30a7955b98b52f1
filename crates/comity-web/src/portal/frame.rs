//! What every page of the portal begins with: the partner, the program, the shell.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use comity_app::portal::{self, Here};
use comity_domain::Actor;
use comity_ui::brand::Brand;
use comity_ui::layout::portal::PortalShell;
use comity_ui::{Cx, route};

use crate::error::WebError;
use crate::extract::{Partner, client_of, cookie};
use crate::page::see;
use crate::state::WebState;

/// The cookie that keeps the chosen program.
pub(super) const PROGRAM_COOKIE: &str = "comity_program";

/// A request of a partner, in one of their programs.
pub(super) struct Frame {
    /// Who asks.
    pub(super) partner: Partner,
    /// Where they are.
    pub(super) here: Here,
    /// For pages: dates in the program's zone, its colours.
    pub(super) cx: Cx,
    /// Head and tabs.
    pub(super) shell: PortalShell,
    /// Where the request comes from.
    pub(super) ip: String,
}

impl Frame {
    /// For use cases.
    pub(super) const fn actor(&self) -> &Actor {
        &self.partner.actor
    }

    /// The partner is here in person.
    pub(super) const fn in_person(&self) -> bool {
        self.shell.viewed_by.is_none()
    }

    /// New terms come before new links and the home page.
    pub(super) fn terms_first(&self) -> Option<Response> {
        (self.here.terms_open && self.in_person()).then(|| see(route::PORTAL_TERMS))
    }
}

impl FromRequestParts<WebState> for Frame {
    type Rejection = WebError;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &WebState,
    ) -> Result<Self, Self::Rejection> {
        let partner = Partner::from_request_parts(parts, state).await?;
        let wanted = cookie(&parts.headers, PROGRAM_COOKIE).and_then(|id| id.parse().ok());
        let here = portal::here(&state.app, &partner.actor, wanted).await?;
        let mut cx = partner.cx.clone();
        cx.zone = here.program.zone.clone();
        let settings = &here.program.settings;
        cx.brand = Brand::new(settings.brand_hue, settings.brand_chroma);
        let others = here.others.iter();
        let shell = PortalShell {
            brand: partner.signed.tenant.name.clone(),
            program: here.program.name.clone(),
            partner: here.partner.name.clone(),
            others: others
                .map(|program| (program.name.clone(), route::portal_program(program.id)))
                .collect(),
            flash: partner.flash.clone(),
            viewed_by: here.viewed_by.clone(),
            waiting: u64::from(here.terms_open),
        };
        Ok(Self {
            ip: client_of(state, &parts.headers, &parts.extensions).ip,
            partner,
            here,
            cx,
            shell,
        })
    }
}
