//! The accept loop and one task per connection.

use std::future::Future;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::body::DeadlineBody;
use super::client::{Peer, TrustedProxies};
use super::connections::{Connections, Place, ServerCounts};
use super::deadlines::{ConnectionTimer, Deadlines};
use super::stall::Stalling;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// What a client may cost.
#[derive(Debug, Clone)]
pub struct ServerLimits {
    /// A request's line and headers must arrive within this time; an idle
    /// kept-alive connection is closed after it too.
    pub header_deadline: Duration,
    /// A request's body must arrive within this time.
    pub body_deadline: Duration,
    /// A response must make progress within this time.
    pub stall_deadline: Duration,
    /// Most bytes of request line and headers together.
    pub header_bytes: usize,
    /// Most connections at once; each costs about 20 kB.
    pub connections: u64,
    /// Most connections of one address (IPv6: one /64). Trusted proxies are exempt.
    pub connections_per_client: u32,
    /// Whose forwarding headers are believed.
    pub trusted: TrustedProxies,
    /// How long requests in flight may take after shutdown began.
    pub drain: Duration,
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            header_deadline: Duration::from_secs(5),
            body_deadline: Duration::from_secs(20),
            stall_deadline: Duration::from_secs(8),
            header_bytes: 16 * 1024,
            connections: 20_000,
            // An office or a carrier behind one address opens a few hundred at most.
            connections_per_client: 1_000,
            trusted: TrustedProxies::default(),
            drain: Duration::from_secs(10),
        }
    }
}

/// Serves HTTP/1 until `shutdown` resolves, then stops accepting, finishes what
/// is in flight, and returns.
pub async fn serve<S, B>(
    listener: TcpListener,
    service: S,
    limits: ServerLimits,
    counts: Arc<ServerCounts>,
    shutdown: impl Future<Output = ()>,
) where
    S: Service<Request<DeadlineBody>, Response = Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    let connections = Arc::new(Connections::default());
    let (stop, stopping) = watch::channel(());
    let mut tasks = JoinSet::new();
    let deadlines = Deadlines::default();
    // A set of its own ends it, however this function is left.
    let mut watching = JoinSet::new();
    watching.spawn(deadlines.clone().watch());
    tokio::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            // Finished tasks are forgotten as they end, or the set would grow.
            Some(_) = tasks.join_next(), if !tasks.is_empty() => continue,
            () = &mut shutdown => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, mostly: others must end before more can begin.
                tracing::warn!(%error, "could not accept a connection");
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        counts.accepted.fetch_add(1, Ordering::Relaxed);
        let exempt = limits.trusted.contains(peer.ip());
        let per_client = (!exempt).then_some(limits.connections_per_client);
        let most = limits.connections;
        let Some(place) = Place::take(&connections, &counts, peer.ip(), most, per_client) else {
            counts.refused.fetch_add(1, Ordering::Relaxed);
            refuse(stream);
            continue;
        };
        let service = Prepared {
            inner: service.clone(),
            peer: Peer(peer),
            body_deadline: limits.body_deadline,
        };
        let (limits, counts) = (limits.clone(), Arc::clone(&counts));
        let (timer, stopping) = (deadlines.timer(), stopping.clone());
        tasks.spawn(async move {
            let served = connection(stream, service, &limits, timer, stopping);
            if served.await.is_err() {
                counts.failed.fetch_add(1, Ordering::Relaxed);
            }
            drop(place);
        });
    }
    drop(listener);
    drop(stop);
    let finished = timeout(limits.drain, async {
        while tasks.join_next().await.is_some() {}
    });
    if finished.await.is_err() {
        tracing::warn!(
            open = tasks.len(),
            "connections were cut at the end of the drain"
        );
    }
}

async fn connection<S, B>(
    stream: TcpStream,
    service: Prepared<S>,
    limits: &ServerLimits,
    timer: ConnectionTimer,
    mut stopping: watch::Receiver<()>,
) -> Result<(), hyper::Error>
where
    S: Service<Request<DeadlineBody>, Response = Response<B>>,
    S::Error: Into<BoxError>,
    B: Body + 'static,
    B::Error: Into<BoxError>,
{
    // Without it small answers may wait for the client's acknowledgement.
    let _ = stream.set_nodelay(true);
    let stream = TokioIo::new(Stalling::new(stream, limits.stall_deadline));
    let connection = http1::Builder::new()
        .timer(timer)
        .header_read_timeout(limits.header_deadline)
        .max_buf_size(limits.header_bytes.max(8192))
        // Answers are small: one copy into one buffer costs less than a gathered write.
        .writev(false)
        .serve_connection(stream, service);
    tokio::pin!(connection);
    tokio::select! {
        outcome = connection.as_mut() => return outcome,
        _ = stopping.changed() => {}
    }
    connection.as_mut().graceful_shutdown();
    connection.await
}

/// Tells a client without a place to come back, without waiting for it.
fn refuse(stream: TcpStream) {
    const ANSWER: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\n\
        content-length: 0\r\nconnection: close\r\n\r\n";
    if let Ok(mut stream) = stream.into_std() {
        // The socket is fresh: the answer fits into its buffer, or the client is gone.
        let _ = stream.write(ANSWER);
    }
}

/// Gives each request its peer and its body a deadline.
struct Prepared<S> {
    inner: S,
    peer: Peer,
    body_deadline: Duration,
}

impl<S> Service<Request<Incoming>> for Prepared<S>
where
    S: Service<Request<DeadlineBody>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let limit = self.body_deadline;
        let mut request = request.map(|body| DeadlineBody::new(body, limit));
        request.extensions_mut().insert(self.peer);
        self.inner.call(request)
    }
}
