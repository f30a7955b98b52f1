//! One keep-alive HTTP/1.1 connection with cookies: enough to time a local server.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// Redirects followed at sign-in before giving up.
const MAX_HOPS: usize = 5;

pub struct Connection {
    host: String,
    reader: BufReader<TcpStream>,
    cookies: BTreeMap<String, String>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub bytes: usize,
    pub location: Option<String>,
}

/// `http://host:port/path` → (`http://host:port`, `/path`).
pub fn split(address: &str) -> Result<(String, String), String> {
    let rest = address
        .strip_prefix("http://")
        .ok_or_else(|| format!("not http: {address}"))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    Ok((format!("http://{host}"), format!("/{path}")))
}

impl Connection {
    pub fn open(base: &str) -> Result<Self, String> {
        let (origin, _) = split(base)?;
        let host = origin.trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&host).map_err(|e| format!("{host}: {e}"))?;
        stream.set_nodelay(true).map_err(|e| e.to_string())?;
        Ok(Self {
            host,
            reader: BufReader::new(stream),
            cookies: BTreeMap::new(),
        })
    }

    /// Follows a one-time login link until a page answers, keeping its cookies.
    pub fn sign_in(&mut self, address: &str) -> Result<(), String> {
        let mut path = split(address)?.1;
        for _ in 0..MAX_HOPS {
            let answer = self.get(&path)?;
            match answer.location {
                Some(next) if next.starts_with('/') => path = next,
                Some(next) => path = split(&next)?.1,
                None if answer.status == 200 => return Ok(()),
                None => return Err(format!("sign-in answered {}", answer.status)),
            }
        }
        Err("sign-in redirects without end".to_owned())
    }

    pub fn get(&mut self, path: &str) -> Result<Answer, String> {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\naccept: text/html\r\nuser-agent: Mozilla/5.0 \
             (X11; Linux x86_64) Chrome/150.0 Safari/537.36\r\ncookie: {}\r\n\r\n",
            self.host,
            cookies.join("; ")
        );
        self.reader
            .get_mut()
            .write_all(request.as_bytes())
            .map_err(|e| e.to_string())?;
        self.read_answer().map_err(|e| format!("{path}: {e}"))
    }

    /// Posts JSON with an API key.
    pub fn post(&mut self, path: &str, key: &str, json: &str) -> Result<Answer, String> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {key}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{json}",
            self.host,
            json.len()
        );
        self.reader
            .get_mut()
            .write_all(request.as_bytes())
            .map_err(|e| e.to_string())?;
        self.read_answer().map_err(|e| format!("{path}: {e}"))
    }

    fn read_answer(&mut self) -> Result<Answer, String> {
        let first = self.line()?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or_else(|| format!("unreadable status line `{first}`"))?;
        let (mut location, mut length, mut chunked) = (None, 0, false);
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "location" => location = Some(value.to_owned()),
                "content-length" => length = value.parse().map_err(|_| "bad content-length")?,
                "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
                "set-cookie" => self.keep(value),
                _ => {}
            }
        }
        let bytes = if chunked {
            self.skip_chunks()?
        } else {
            self.skip(length)?
        };
        Ok(Answer {
            status,
            bytes,
            location,
        })
    }

    fn line(&mut self) -> Result<String, String> {
        let mut line = String::new();
        let read = self
            .reader
            .read_line(&mut line)
            .map_err(|e| e.to_string())?;
        if read == 0 {
            Err("connection closed".to_owned())
        } else {
            Ok(line.trim_end().to_owned())
        }
    }

    fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        if let Some((name, value)) = pair.split_once('=') {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    fn skip(&mut self, length: usize) -> Result<usize, String> {
        let mut body = vec![0; length];
        self.reader
            .read_exact(&mut body)
            .map_err(|e| e.to_string())?;
        Ok(length)
    }

    fn skip_chunks(&mut self) -> Result<usize, String> {
        let mut all = 0;
        loop {
            let head = self.line()?;
            let size = usize::from_str_radix(&head, 16).map_err(|_| "bad chunk size")?;
            self.skip(size)?;
            self.line()?;
            if size == 0 {
                return Ok(all);
            }
            all += size;
        }
    }
}
