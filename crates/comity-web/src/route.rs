//! The route table: every route says who it is for.

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::routing::{MethodFilter, MethodRouter, on};
use comity_domain::Permission;

use crate::WebState;
use crate::gate;

/// Who a route is for. The gate in front of the handler enforces it; the matrix test
/// checks every route against every kind of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Anybody. Forms are still protected against other sites.
    Public,
    /// Anybody signed in, of the team or a partner.
    Person,
    /// A team member with the permission.
    Team(Permission),
    /// A partner, in the portal.
    Partner,
    /// An API key with a scope that grants the permission.
    Api(Permission),
    /// Any valid API key.
    AnyKey,
    /// Programs that prove themselves in the request: webhooks, postbacks. No cookies.
    Machine,
}

/// One registered route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path pattern, as in `/admin/partners/{id}`.
    pub path: &'static str,
    /// Who it is for.
    pub audience: Audience,
}

/// Routes under construction.
#[derive(Default)]
pub struct Routes {
    router: Router<WebState>,
    list: Vec<Route>,
}

/// One method per verb; the list must be complete, so it is a macro.
macro_rules! verbs {
    ($($name:ident = $method:ident;)*) => {$(
        #[doc = concat!("Adds a `", stringify!($method), "` route.")]
        #[must_use]
        pub fn $name<H, T>(self, path: &'static str, audience: Audience, handler: H) -> Self
        where
            H: Handler<T, WebState>,
            T: 'static,
        {
            let methods = on(MethodFilter::$method, handler);
            self.add(Method::$method, path, audience, methods)
        }
    )*};
}

impl Routes {
    /// No routes yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    verbs! {
        get = GET;
        post = POST;
        put = PUT;
        patch = PATCH;
        delete = DELETE;
    }

    /// Adds all of `other`.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.list.extend(other.list);
        self
    }

    /// Every route, in order of registration.
    #[must_use]
    pub fn list(&self) -> &[Route] {
        &self.list
    }

    pub(crate) fn into_router(self) -> Router<WebState> {
        self.router
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        audience: Audience,
        methods: MethodRouter<WebState>,
    ) -> Self {
        let gated = methods.route_layer(from_fn(move |request: Request, next: Next| {
            gate::pass(audience, request, next)
        }));
        self.router = self.router.route(path, gated);
        self.list.push(Route {
            method,
            path,
            audience,
        });
        self
    }
}
