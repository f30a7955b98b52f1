//! R9, R10: slow, greedy and late clients, in virtual time over real sockets.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use comity_tracking::server::{
    DeadlineBody, Peer, ServerCounts, ServerLimits, TrustedProxies, serve,
};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::service::service_fn;
use hyper::{Request, Response};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;

struct Running {
    address: SocketAddr,
    counts: Arc<ServerCounts>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
    /// Lets a request to `/wait` finish.
    go: Arc<Notify>,
    /// Rung when a request to `/wait` has begun.
    begun: Arc<Notify>,
}

async fn start(limits: ServerLimits) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let counts = Arc::new(ServerCounts::default());
    let (go, begun) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (stop, stopped) = oneshot::channel::<()>();
    let (waits, begins) = (Arc::clone(&go), Arc::clone(&begun));
    let service = service_fn(move |request: Request<DeadlineBody>| {
        let (waits, begins) = (Arc::clone(&waits), Arc::clone(&begins));
        async move {
            assert!(request.extensions().get::<Peer>().is_some());
            if request.uri().path() == "/wait" {
                begins.notify_one();
                waits.notified().await;
            }
            let text = match request.into_body().collect().await {
                Ok(_) => "whole",
                Err(_) => "broken",
            };
            Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(
                text.as_bytes(),
            ))))
        }
    });
    let task = tokio::spawn(serve(
        listener,
        service,
        limits,
        Arc::clone(&counts),
        async {
            let _ = stopped.await;
        },
    ));
    Running {
        address,
        counts,
        stop,
        task,
        go,
        begun,
    }
}

async fn connect(running: &Running, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// Everything until the server closes.
async fn rest(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    let _ = stream.read_to_end(&mut text).await;
    String::from_utf8_lossy(&text).into_owned()
}

async fn get(running: &Running, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    rest(connect(running, &request).await).await
}

#[tokio::test(start_paused = true)]
async fn half_headers_and_silence_are_cut_while_others_are_served() {
    let running = start(ServerLimits::default()).await;
    let begun = Instant::now();
    let mut slow = Vec::new();
    for half in ["", "G", "GET / HTTP/1.1\r\nhost: a\r\nx-trickle: "] {
        for _ in 0..50 {
            slow.push(connect(&running, half).await);
        }
    }
    assert!(get(&running, "/").await.starts_with("HTTP/1.1 200"));
    for stream in slow {
        rest(stream).await;
    }
    assert!(
        begun.elapsed() <= Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
    assert!(get(&running, "/").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test(start_paused = true)]
async fn a_trickled_header_is_cut_although_bytes_keep_coming() {
    let running = start(ServerLimits::default()).await;
    let begun = Instant::now();
    let stream = connect(&running, "GET / HTTP/1.1\r\n").await;
    let (mut read, mut write) = stream.into_split();
    let trickle = tokio::spawn(async move {
        let mut every = tokio::time::interval(Duration::from_secs(1));
        while write.write_all(b"x").await.is_ok() {
            every.tick().await;
        }
    });
    let _ = read.read_to_end(&mut Vec::new()).await;
    assert!(
        begun.elapsed() <= Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
    trickle.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_arrive_is_given_up() {
    let running = start(ServerLimits::default()).await;
    let begun = Instant::now();
    let head = "POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 9\r\n\r\nx";
    assert!(
        rest(connect(&running, head).await)
            .await
            .ends_with("broken")
    );
    assert!(
        begun.elapsed() <= Duration::from_secs(25),
        "{:?}",
        begun.elapsed()
    );
    assert!(get(&running, "/").await.ends_with("whole"));
}

#[tokio::test(start_paused = true)]
async fn too_many_connections_are_told_to_come_back() {
    let limits = ServerLimits {
        connections_per_client: 2,
        ..ServerLimits::default()
    };
    let running = start(limits).await;
    let first = connect(&running, "GET /wait HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let second = connect(&running, "GET /wait HTTP/1.1\r\nhost: a\r\n\r\n").await;
    running.begun.notified().await;
    let third = get(&running, "/").await;
    assert!(
        third.starts_with("HTTP/1.1 503") && third.contains("retry-after"),
        "{third}"
    );
    assert_eq!(running.counts.refused.load(Ordering::Relaxed), 1);
    drop((first, second));

    let trusted = TrustedProxies::parse(&["127.0.0.1"]).unwrap();
    let limits = ServerLimits {
        connections_per_client: 0,
        trusted,
        ..ServerLimits::default()
    };
    assert!(
        get(&start(limits).await, "/")
            .await
            .starts_with("HTTP/1.1 200"),
        "a proxy is exempt"
    );
}

#[tokio::test(start_paused = true)]
async fn oversized_headers_are_refused() {
    let running = start(ServerLimits::default()).await;
    let long = format!(
        "GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n",
        "y".repeat(40_000)
    );
    let answer = rest(connect(&running, &long).await).await;
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn what_is_in_flight_at_shutdown_is_finished() {
    let running = start(ServerLimits::default()).await;
    let idle = connect(&running, "").await;
    let busy = connect(&running, "GET /wait HTTP/1.1\r\nhost: a\r\n\r\n").await;
    running.begun.notified().await;
    running.stop.send(()).unwrap();
    assert_eq!(rest(idle).await, "");
    running.go.notify_one();
    assert!(rest(busy).await.ends_with("whole"));
    running.task.await.unwrap();
    assert_eq!(running.counts.open.load(Ordering::Relaxed), 0);
    assert!(TcpStream::connect(running.address).await.is_err());
}
