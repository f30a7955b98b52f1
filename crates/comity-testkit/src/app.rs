//! The application with fakes for everything outside.

use std::sync::{Arc, Mutex};

use comity_app::port::{
    Clock, Expected, HttpError, HttpReply, HttpSender, MailError, Mailer, NoLinkTable,
    OutgoingMail, Paper, PaperError, Papers, Payment, PaymentFile, PaymentFileError, PaymentFiles,
    PaymentRun, PayoutProviders, PrepareError, ProviderAccount, ProviderAnswer, Question, Random,
    Reply, ReportError,
};
use comity_app::{App, Config};
use comity_domain::payout::{FrozenRequest, PayoutEvent, Provider, Rail};
use comity_domain::{Money, PayoutBatchId, PayoutId, Timestamp};
use comity_store::Store;

use crate::fake::{FakeClock, SeededRandom};

/// Noon of a Sunday in the middle of a month, far from every boundary.
pub const START: Timestamp = Timestamp::from_seconds(1_765_713_600);

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        self.now()
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        self.fill(bytes);
    }
}

/// Keeps what would have been sent.
#[derive(Debug, Default)]
pub struct MemoryMailer(pub Mutex<Vec<OutgoingMail>>);

impl Mailer for MemoryMailer {
    fn is_configured(&self) -> bool {
        true
    }

    fn send<'a>(&'a self, mail: &'a OutgoingMail) -> Reply<'a, Result<(), MailError>> {
        self.0.lock().expect("mail lock").push(mail.clone());
        Box::pin(std::future::ready(Ok(())))
    }
}

/// One request as it would have left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Where to.
    pub url: String,
    /// Header lines.
    pub headers: Vec<(&'static str, String)>,
    /// Body.
    pub body: Vec<u8>,
}

/// Keeps requests and answers with what it is told to.
#[derive(Debug)]
pub struct FakeHttp {
    /// What was sent.
    pub sent: Mutex<Vec<Sent>>,
    /// The answer to every request.
    pub answer: Mutex<Result<HttpReply, HttpError>>,
}

impl Default for FakeHttp {
    fn default() -> Self {
        let reply = HttpReply {
            status: 200,
            retry_after_seconds: None,
            excerpt: String::new(),
            duration_ms: 1,
        };
        Self {
            sent: Mutex::default(),
            answer: Mutex::new(Ok(reply)),
        }
    }
}

impl HttpSender for FakeHttp {
    fn post<'a>(
        &'a self,
        url: &'a str,
        headers: &'a [(&'static str, String)],
        body: &'a [u8],
    ) -> Reply<'a, Result<HttpReply, HttpError>> {
        let sent = Sent {
            url: url.to_owned(),
            headers: headers.to_vec(),
            body: body.to_vec(),
        };
        self.sent.lock().expect("http lock").push(sent);
        let answer = self.answer.lock().expect("http lock").clone();
        Box::pin(std::future::ready(answer))
    }
}

/// One line per payment: payout, amount in minor units, currency; reports add `ok` or a reason.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlainFiles;

impl PaymentFiles for PlainFiles {
    fn write(&self, rail: Rail, run: &PaymentRun) -> Result<PaymentFile, PaymentFileError> {
        let line = |payment: &comity_app::port::Payment| {
            format!(
                "{},{},{}\n",
                payment.payout, payment.amount.minor, payment.amount.currency
            )
        };
        let body = run.payments.iter().map(line).collect();
        Ok(PaymentFile {
            name: format!("{}-{}.csv", rail.code(), run.batch),
            body,
        })
    }

    fn read_report(
        &self,
        body: &[u8],
        _batch: PayoutBatchId,
        expected: &[Expected],
    ) -> Result<Vec<(PayoutId, PayoutEvent)>, ReportError> {
        let text = String::from_utf8_lossy(body);
        let refused = |line: usize, code| ReportError {
            place: format!("line {line}"),
            code,
        };
        let mut found = Vec::new();
        for (line, text) in (1..).zip(text.lines()) {
            let (payout, amount, event) =
                report_line(text).ok_or_else(|| refused(line, "unreadable"))?;
            let own = expected
                .iter()
                .find(|e| e.payout == payout)
                .ok_or_else(|| refused(line, "other_batch"))?;
            if own.amount != amount {
                return Err(refused(line, "amount_differs"));
            }
            found.push((payout, event));
        }
        Ok(found)
    }
}

fn report_line(text: &str) -> Option<(PayoutId, Money, PayoutEvent)> {
    let [payout, minor, currency, result] = text.split(',').collect::<Vec<_>>().try_into().ok()?;
    let amount = Money::new(minor.parse().ok()?, currency.parse().ok()?);
    let event = if result == "ok" {
        PayoutEvent::Paid
    } else {
        PayoutEvent::Failed
    };
    Some((payout.parse().ok()?, amount, event))
}

/// Papers as lines of words.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlainPapers;

impl Papers for PlainPapers {
    fn pdf(&self, paper: &Paper) -> Result<Vec<u8>, PaperError> {
        Ok(format!("%PDF {paper:#?}").into_bytes())
    }
}

/// No payment provider at all: every rail is a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProviders;

impl PayoutProviders for NoProviders {
    fn provider(&self, _rail: Rail) -> Option<Provider> {
        None
    }

    fn base_url(&self, _rail: Rail, _sandbox: bool) -> &'static str {
        ""
    }

    fn check(&self, _payment: &Payment) -> Result<(), PaymentFileError> {
        Ok(())
    }

    fn prepare<'a>(
        &'a self,
        _account: &'a ProviderAccount,
        _batch: PayoutBatchId,
        _payment: &'a Payment,
    ) -> Reply<'a, Result<FrozenRequest, PrepareError>> {
        Box::pin(std::future::ready(Err(PrepareError::Unavailable)))
    }

    fn send<'a>(
        &'a self,
        _account: &'a ProviderAccount,
        _request: &'a FrozenRequest,
    ) -> Reply<'a, ProviderAnswer> {
        Box::pin(std::future::ready(nothing()))
    }

    fn look_up<'a>(
        &'a self,
        _account: &'a ProviderAccount,
        _question: &'a Question,
    ) -> Reply<'a, ProviderAnswer> {
        Box::pin(std::future::ready(nothing()))
    }

    fn test<'a>(&'a self, _account: &'a ProviderAccount) -> Reply<'a, Result<(), String>> {
        Box::pin(std::future::ready(Err("no provider".to_owned())))
    }
}

fn nothing() -> ProviderAnswer {
    ProviderAnswer {
        event: PayoutEvent::LookUpLost,
        reference: String::new(),
        detail: String::new(),
    }
}

/// The application and its fakes.
pub struct Fakes {
    /// The application.
    pub app: App,
    /// Its clock.
    pub clock: Arc<FakeClock>,
    /// Its mail.
    pub mail: Arc<MemoryMailer>,
    /// Its outbound HTTP.
    pub http: Arc<FakeHttp>,
}

/// An application over `store`, at [`START`], with the same randomness every time.
#[must_use]
pub fn with_fakes(store: Store) -> Fakes {
    let clock = Arc::new(FakeClock::at(START));
    let mail = Arc::new(MemoryMailer::default());
    let http = Arc::new(FakeHttp::default());
    let config = Config {
        base_url: "http://localhost:8080".to_owned(),
        redirect_url: "http://localhost:8081".to_owned(),
        secret: [7; 32],
        address_key_days: 1,
    };
    let app = App {
        store,
        config: Arc::new(config),
        clock: clock.clone(),
        random: Arc::new(SeededRandom::new(42)),
        mailer: mail.clone(),
        http: http.clone(),
        links: Arc::new(NoLinkTable),
        clicks: Arc::new(NoLinkTable),
        files: Arc::new(PlainFiles),
        providers: Arc::new(NoProviders),
        papers: Arc::new(PlainPapers),
        live: App::live_channel(),
    };
    Fakes {
        app,
        clock,
        mail,
        http,
    }
}
