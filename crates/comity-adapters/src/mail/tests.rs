//! The message as it leaves, and the dialogue with a server.

use std::sync::Arc;

use comity_app::port::{Clock, MailError, Mailer, OutgoingMail};
use comity_domain::{MailId, RawId, Timestamp};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use super::compose::compose;
use super::*;

struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(1_772_000_000)
    }
}

fn mail() -> OutgoingMail {
    OutgoingMail {
        id: MailId(RawId([7; 16])),
        to: "partner@example.com".to_owned(),
        subject: "Ваша выплата".to_owned(),
        html: "<p>Hello</p>".to_owned(),
        text: "Hello".to_owned(),
        unsubscribe_url: Some("https://comity.example/u/abc".to_owned()),
    }
}

fn text(mail: &OutgoingMail) -> Result<String, MailError> {
    let from = "Brand <hello@brand.example>".parse().unwrap();
    compose(mail, &from, &Fixed).map(|message| String::from_utf8(message.formatted()).unwrap())
}

#[test]
fn a_message_has_both_parts_and_its_own_id() {
    let text = text(&mail()).unwrap();
    for line in [
        "From: Brand <hello@brand.example>",
        "To: partner@example.com",
        "Date: Wed, 25 Feb 2026 06:13:20 +0000",
        "Message-ID: <eml_070w3ge1r70w3ge1r70w3ge1r7@brand.example>",
        "List-Unsubscribe: <https://comity.example/u/abc>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Auto-Submitted: auto-generated",
        "Content-Type: multipart/alternative;",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Type: text/html; charset=utf-8",
    ] {
        assert!(text.contains(line), "{line} not in\n{text}");
    }
    assert!(text.contains("Subject: =?utf-8?b?"), "{text}");
    let mut own = mail();
    own.unsubscribe_url = None;
    assert!(!self::text(&own).unwrap().contains("List-Unsubscribe"));
}

#[test]
fn nothing_breaks_out_of_a_header() {
    let broken = ["x\r\nBcc: a@example.com", "x\ny", "x\ry", "x\0y"];
    for bad in broken {
        let subject = OutgoingMail {
            subject: bad.to_owned(),
            ..mail()
        };
        assert_eq!(text(&subject), Err(MailError::Refused), "{bad:?}");
        let to = OutgoingMail {
            to: format!("a@example.com{bad}"),
            ..mail()
        };
        assert_eq!(text(&to), Err(MailError::Refused), "{bad:?}");
        let url = format!("https://comity.example/{bad}");
        if let Ok(text) = text(&OutgoingMail {
            unsubscribe_url: Some(url),
            ..mail()
        }) {
            let headers = text.split("\r\n\r\n").next().unwrap();
            assert!(
                !headers.contains("\nBcc") && !headers.contains('\0'),
                "{headers}"
            );
        }
    }
    for to in ["", "a", "a@b, c@d", "A <a@example.com>", "a@example.com>"] {
        let bad = OutgoingMail {
            to: to.to_owned(),
            ..mail()
        };
        assert_eq!(text(&bad), Err(MailError::Refused), "{to}");
    }
    for url in [
        "http://comity.example/u",
        "mailto:a@example.com",
        "nonsense",
    ] {
        let bad = OutgoingMail {
            unsubscribe_url: Some(url.to_owned()),
            ..mail()
        };
        assert_eq!(text(&bad), Err(MailError::Refused), "{url}");
    }
}

/// One session of a server that answers `rcpt` to the recipient; returns what it was told.
async fn server(rcpt: &'static str) -> (u16, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let session = tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let (read, mut write) = socket.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut told = Vec::new();
        let mut in_data = false;
        write.write_all(b"220 test\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let answer = match line.as_str() {
                "." => {
                    in_data = false;
                    "250 queued"
                }
                _ if in_data => "",
                "DATA" => {
                    in_data = true;
                    "354 go on"
                }
                "QUIT" => "221 bye",
                rcpt_to if rcpt_to.starts_with("RCPT") => rcpt,
                _ => "250 ok",
            };
            told.push(line);
            if !answer.is_empty()
                && write
                    .write_all(format!("{answer}\r\n").as_bytes())
                    .await
                    .is_err()
            {
                break;
            }
            if answer == "221 bye" || answer.starts_with('5') || answer.starts_with('4') {
                break;
            }
        }
        told
    });
    (port, session)
}

fn config(port: u16) -> SmtpConfig {
    SmtpConfig {
        host: "127.0.0.1".to_owned(),
        port,
        tls: SmtpTls::None,
        credentials: None,
        from: "hello@brand.example".to_owned(),
    }
}

async fn send(rcpt: &'static str) -> (Result<(), MailError>, Vec<String>) {
    let (port, session) = server(rcpt).await;
    let mailer = SmtpMailer::new(&config(port), Arc::new(Fixed)).unwrap();
    let sent = mailer.send(&mail()).await;
    drop(mailer);
    (sent, session.await.unwrap())
}

#[tokio::test]
async fn a_mail_is_handed_to_the_server() {
    let (sent, told) = send("250 ok").await;
    assert_eq!(sent, Ok(()));
    assert!(
        told.contains(&"MAIL FROM:<hello@brand.example>".to_owned()),
        "{told:?}"
    );
    assert!(
        told.contains(&"RCPT TO:<partner@example.com>".to_owned()),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_refused_recipient_is_final_and_a_busy_server_is_not() {
    assert_eq!(send("550 no such user").await.0, Err(MailError::Refused));
    assert_eq!(send("451 try later").await.0, Err(MailError::Unavailable));
    assert_eq!(send("535 login first").await.0, Err(MailError::Unavailable));
}

#[test]
fn settings_that_cannot_work_are_named() {
    let error = |config: SmtpConfig| SmtpMailer::new(&config, Arc::new(Fixed)).err();
    let bad_from = SmtpConfig {
        from: "nobody".to_owned(),
        ..config(25)
    };
    assert_eq!(error(bad_from), Some(SmtpConfigError::From));
    let open = SmtpConfig {
        credentials: Some(("u".to_owned(), "p".to_owned())),
        ..config(25)
    };
    assert_eq!(error(open), Some(SmtpConfigError::OpenCredentials));
    let tls = SmtpConfig {
        host: "not a host".to_owned(),
        tls: SmtpTls::StartTls,
        ..config(587)
    };
    assert_eq!(error(tls), Some(SmtpConfigError::Host));
    assert!(!NoMailServer.is_configured());
}
