//! The router as a service for the hardened server of `comity-tracking`.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use comity_tracking::server::{DeadlineBody, Peer as ServerPeer};
use tower::ServiceExt;

use crate::extract::Peer;

/// One router for all connections.
#[derive(Clone)]
pub struct WebService(Router);

/// Wraps the router; the connection's other end becomes known to the extractors.
#[must_use]
pub fn service(router: Router) -> WebService {
    WebService(router)
}

impl hyper::service::Service<Request<DeadlineBody>> for WebService {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn call(&self, request: Request<DeadlineBody>) -> Self::Future {
        let mut request = request.map(Body::new);
        if let Some(ServerPeer(address)) = request.extensions().get::<ServerPeer>().copied() {
            request.extensions_mut().insert(Peer(address));
        }
        Box::pin(self.0.clone().oneshot(request))
    }
}
