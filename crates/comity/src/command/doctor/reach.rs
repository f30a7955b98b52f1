//! What can be reached from here: the mail server, and the addresses people use.

use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::Check;
use crate::process::Settings;

/// A server that takes longer is as good as away.
const PATIENCE: Duration = Duration::from_secs(5);

/// The mail server answers.
pub async fn mail(settings: &Settings) -> Check {
    const NAME: &str = "mail";
    let Some(host) = &settings.mail.smtp_host else {
        let advice =
            "set --smtp-host and --smtp-from; until then mails wait under Settings › Outbox";
        return Check::warn(NAME, "no server is set", advice);
    };
    let (port, advice) = (settings.mail.smtp_port, "check host, port and firewall");
    let mut stream = match connect(host, port).await {
        Ok(stream) => stream,
        Err(why) => return Check::fail(NAME, format!("{host}:{port}: {why}"), advice),
    };
    if settings.mail.smtp_security == "tls" {
        return Check::ok(NAME, format!("{host}:{port} accepts connections"));
    }
    let mut greeting = [0; 3];
    match timeout(PATIENCE, stream.read_exact(&mut greeting)).await {
        Ok(Ok(_)) if greeting == *b"220" => Check::ok(NAME, format!("{host}:{port} greets")),
        _ => Check::fail(
            NAME,
            format!("{host}:{port} is no mail server without TLS"),
            "set --smtp-security tls",
        ),
    }
}

/// An address people use is set, safe and reachable.
pub async fn address(name: &'static str, flag: &str, value: Option<&str>) -> Check {
    let Some(value) = value else {
        return Check::warn(
            name,
            "not set: localhost is used",
            &format!("set {flag} to what people type"),
        );
    };
    let secure = value.starts_with("https://");
    let rest = value
        .strip_prefix("https://")
        .or_else(|| value.strip_prefix("http://"));
    let Some(rest) = rest else {
        return Check::fail(
            name,
            format!("{value} is no address"),
            &format!("{flag} begins with https://"),
        );
    };
    let host = rest.split('/').next().unwrap_or_default();
    let (host, port) = match host
        .rsplit_once(':')
        .map(|(host, port)| (host, port.parse()))
    {
        Some((host, Ok(port))) => (host, port),
        _ => (host, if secure { 443 } else { 80 }),
    };
    match connect(host, port).await {
        Err(why) => {
            let advice = "check DNS, the proxy in front and the firewall";
            Check::warn(name, format!("{value}: {why}"), advice)
        }
        Ok(_) if !secure && host != "localhost" && host != "127.0.0.1" => {
            let advice =
                "put a proxy with a certificate in front: cookies and links travel in the open";
            Check::warn(name, format!("{value} is not encrypted"), advice)
        }
        Ok(_) => Check::ok(name, format!("{value} accepts connections")),
    }
}

async fn connect(host: &str, port: u16) -> Result<TcpStream, String> {
    match timeout(PATIENCE, TcpStream::connect((host, port))).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!("no answer within {} seconds", PATIENCE.as_secs())),
    }
}
