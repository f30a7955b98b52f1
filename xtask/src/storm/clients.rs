//! A crowd of keep-alive clients, each click of which has a number of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Longest wait for an answer: longer than the edge's own deadlines.
const PATIENCE: Duration = Duration::from_secs(10);
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// One connection.
pub struct Connection(BufReader<TcpStream>);

/// An answer, complete.
pub struct Answer {
    pub status: u16,
    pub location: String,
}

impl Answer {
    /// The click id in the landing URL.
    pub fn click(&self) -> Option<&str> {
        let (_, query) = self.location.split_once('?')?;
        query.split('&').find_map(|pair| pair.strip_prefix("cid="))
    }
}

impl Connection {
    pub fn open(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self(BufReader::new(stream)))
    }

    pub fn get(&mut self, path: &str) -> std::io::Result<Answer> {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: go.test\r\nuser-agent: {AGENT}\r\n\r\n");
        self.0.get_mut().write_all(request.as_bytes())?;
        let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        let (mut answer, mut length) = (
            Answer {
                status: 0,
                location: String::new(),
            },
            0,
        );
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line)? == 0 {
                return Err(broken());
            }
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            match line.split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("location") => {
                    value.clone_into(&mut answer.location);
                }
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.parse().map_err(|_| broken())?;
                }
                Some(_) => {}
                None => {
                    let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
                    answer.status = status.ok_or_else(broken)?;
                }
            }
        }
        self.0.read_exact(&mut vec![0; length])?;
        Ok(answer)
    }
}

/// What one client saw.
#[derive(Default)]
pub struct Seen {
    /// Requests written, complete or not; their labels are `client-0` … `client-sent`.
    pub sent: u64,
    /// Click ids of complete 302 answers.
    pub acked: Vec<String>,
    /// Complete 302 answers without a click id.
    pub without_id: u64,
    /// Complete answers other than 302.
    pub refused: u64,
    pub times: Vec<Duration>,
}

enum Aim {
    Rest,
    At(SocketAddr),
    Done,
}

/// Clients in threads of their own.
pub struct Crowd {
    aim: Arc<(Mutex<Aim>, Condvar)>,
    threads: Vec<JoinHandle<Seen>>,
}

impl Crowd {
    /// Starts `count` clients; they rest until aimed.
    pub fn start(count: usize) -> Self {
        let aim = Arc::new((Mutex::new(Aim::Rest), Condvar::new()));
        let threads = (0..count)
            .map(|client| {
                let aim = Arc::clone(&aim);
                std::thread::spawn(move || visit(client, &aim))
            })
            .collect();
        Self { aim, threads }
    }

    /// Lets the clients loose on an address, or calls them back.
    pub fn aim(&self, address: Option<SocketAddr>) {
        *lock(&self.aim.0) = address.map_or(Aim::Rest, Aim::At);
        self.aim.1.notify_all();
    }

    /// Ends the clients and answers what each saw.
    pub fn finish(self) -> Result<Vec<Seen>, String> {
        *lock(&self.aim.0) = Aim::Done;
        self.aim.1.notify_all();
        let ended = self.threads.into_iter().map(JoinHandle::join);
        ended
            .collect::<Result<_, _>>()
            .map_err(|_| "a client panicked".to_owned())
    }
}

fn lock(aim: &Mutex<Aim>) -> MutexGuard<'_, Aim> {
    aim.lock().unwrap_or_else(PoisonError::into_inner)
}

fn visit(client: usize, aim: &(Mutex<Aim>, Condvar)) -> Seen {
    let mut seen = Seen::default();
    let mut open: Option<(SocketAddr, Connection)> = None;
    loop {
        let address = {
            let mut now = lock(&aim.0);
            loop {
                match *now {
                    Aim::Done => return seen,
                    Aim::At(address) => break address,
                    Aim::Rest => now = aim.1.wait(now).unwrap_or_else(PoisonError::into_inner),
                }
            }
        };
        let connection = match open.take().filter(|(to, _)| *to == address) {
            Some((_, connection)) => Ok(connection),
            None => Connection::open(address),
        };
        let Ok(mut connection) = connection else {
            // Killed just now; its successor has another address.
            std::thread::yield_now();
            continue;
        };
        let path = format!("/l{}?s1={client}-{}", seen.sent % 100, seen.sent);
        seen.sent += 1;
        let began = Instant::now();
        if let Ok(answer) = connection.get(&path) {
            seen.times.push(began.elapsed());
            match (answer.status, answer.click()) {
                (302, Some(click)) => seen.acked.push(click.to_owned()),
                (302, None) => seen.without_id += 1,
                _ => seen.refused += 1,
            }
            open = Some((address, connection));
        }
    }
}
