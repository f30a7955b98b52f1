//! Addresses of the public pages and the portal, shared by pages, mails and the router.

use comity_domain::id::{CommissionId, FraudFileId, LinkId, PayoutId, SessionId};

/// Sign in with a password: GET shows the form, POST takes `email`, `password`, `back`.
pub const SIGN_IN: &str = "/sign-in";
/// POST `code`, `back`: the second step.
pub const SIGN_IN_CODE: &str = "/sign-in/code";
/// POST `email`, `back`: sends a sign-in link.
pub const SIGN_IN_LINK: &str = "/sign-in/link";
/// A fresh proof of presence before sensitive acts: POST `password`, `back`.
pub const CONFIRM: &str = "/sign-in/confirm";
/// POST: ends the session.
pub const SIGN_OUT: &str = "/sign-out";
/// First run: GET and POST with the `token` printed by the server.
pub const SETUP: &str = "/setup";
/// SSE: rendered lines of the clicks on the first link.
pub const SETUP_LIVE: &str = "/setup/live";
/// A person's own account, of the team or a partner.
pub const ACCOUNT: &str = "/account";
/// POST `current`, `password`.
pub const ACCOUNT_PASSWORD: &str = "/account/password";
/// GET shows a fresh secret, POST `secret`, `code` switches the second step on.
pub const ACCOUNT_TOTP: &str = "/account/totp";
/// POST: switches the second step off.
pub const ACCOUNT_TOTP_OFF: &str = "/account/totp/off";
/// POST: ends all sessions but this one.
pub const ACCOUNT_END_OTHERS: &str = "/account/sessions/end-others";
/// POST `email`: sends a link to the new address; it is used from when that link is opened.
pub const ACCOUNT_EMAIL: &str = "/account/email";
/// The admin app.
pub const ADMIN: &str = "/admin";
/// Search over everything the team may see: GET `q`.
pub const SEARCH: &str = "/admin/search";
/// Questions of partners as a file.
pub const INQUIRIES_CSV: &str = "/admin/inquiries.csv";
/// The partner portal.
pub const PORTAL: &str = "/portal";
/// List, and POST `destination`, `name`, `slug` to create.
pub const PORTAL_LINKS: &str = "/portal/links";
/// The form of a new link.
pub const PORTAL_LINK_NEW: &str = "/portal/links/new";
/// Leads the partner submitted; POST `email`, `name`, `company`, `note` submits one.
pub const PORTAL_LEADS: &str = "/portal/leads";
/// The same leads as a file.
pub const PORTAL_LEADS_CSV: &str = "/portal/leads.csv";
/// Commissions of the partner, with `state` and `cursor`.
pub const PORTAL_EARNINGS: &str = "/portal/earnings";
/// The same commissions as a file.
pub const PORTAL_EARNINGS_CSV: &str = "/portal/earnings.csv";
/// Payouts of the partner.
pub const PORTAL_PAYOUTS: &str = "/portal/payouts";
/// GET with `kind`, POST the fields of that kind.
pub const PORTAL_METHOD: &str = "/portal/payouts/method";
/// Announcements of the program.
pub const PORTAL_NEWS: &str = "/portal/news";
/// Perks, badges and recruiting of the partner.
pub const PORTAL_REWARDS: &str = "/portal/rewards";
/// Monthly statements.
pub const PORTAL_STATEMENTS: &str = "/portal/statements";
/// GET shows the terms, POST `version` accepts them.
pub const PORTAL_TERMS: &str = "/portal/terms";
/// GET and POST the partner's own data.
pub const PORTAL_PROFILE: &str = "/portal/profile";
/// GET says what leaving does, POST leaves every program.
pub const PORTAL_CLOSE: &str = "/portal/close";
/// GET: everything that is the partner's, as a file (X15).
pub const PORTAL_EXPORT: &str = "/portal/export";

/// Ends mails of a kind: GET asks, POST does it, also from the mail program itself (RFC 8058).
#[must_use]
pub fn unsubscribe(token: &str) -> String {
    format!("/mails/unsubscribe/{token}")
}

/// Public page of a program.
#[must_use]
pub fn program(slug: &str) -> String {
    format!("/p/{slug}")
}

/// POST: an application to a program.
#[must_use]
pub fn program_apply(slug: &str) -> String {
    format!("/p/{slug}/apply")
}

/// The terms of a program.
#[must_use]
pub fn program_terms(slug: &str) -> String {
    format!("/p/{slug}/terms")
}

/// Status of an application, by its signed token.
#[must_use]
pub fn application(token: &str) -> String {
    format!("/applications/{token}")
}

/// POST `answer`: more information for the reviewers.
#[must_use]
pub fn application_reply(token: &str) -> String {
    format!("/applications/{token}/reply")
}

/// Invitation to the team or to a program, by its token; POST `name`, `password`.
#[must_use]
pub fn invite(token: &str) -> String {
    format!("/invite/{token}")
}

/// The link to a new address: GET asks for one press, POST uses the address from then on.
#[must_use]
pub fn account_email_confirm(token: &str) -> String {
    format!("{ACCOUNT_EMAIL}/{token}")
}

/// POST: ends one of the person's own sessions.
#[must_use]
pub fn account_session_end(id: SessionId) -> String {
    format!("{ACCOUNT}/sessions/{id}/end")
}

/// A link's page: numbers, QR code, poster.
#[must_use]
pub fn portal_link(id: LinkId) -> String {
    format!("{PORTAL_LINKS}/{id}")
}

/// The link's QR code as a file: `svg` for printers, `png` for everything else.
#[must_use]
pub fn portal_link_qr(id: LinkId, kind: &str) -> String {
    format!("{PORTAL_LINKS}/{id}/qr.{kind}")
}

/// POST `status`: pauses (`paused`) or resumes (`active`) a link.
#[must_use]
pub fn portal_link_status(id: LinkId) -> String {
    format!("{PORTAL_LINKS}/{id}/status")
}

/// Why a commission has its amount and state.
#[must_use]
pub fn portal_earning(id: CommissionId) -> String {
    format!("{PORTAL_EARNINGS}/{id}")
}

/// POST `appeal`: appeals against a hold or a rejection, or answers the team's question.
#[must_use]
pub fn portal_appeal(id: CommissionId) -> String {
    format!("{}/appeal", portal_earning(id))
}

/// A file that the partner handed in with an appeal.
#[must_use]
pub fn portal_case_file(id: CommissionId, file: FraudFileId) -> String {
    format!("{}/files/{file}", portal_earning(id))
}

/// POST `text`: a question or appeal about a commission.
#[must_use]
pub fn portal_inquiry(id: CommissionId) -> String {
    format!("{PORTAL_EARNINGS}/{id}/inquiry")
}

/// One payout.
#[must_use]
pub fn portal_payout(id: PayoutId) -> String {
    format!("{PORTAL_PAYOUTS}/{id}")
}

/// The statement of a month as a file.
#[must_use]
pub fn portal_statement_csv(month: &str) -> String {
    format!("{PORTAL_STATEMENTS}/{month}/statement.csv")
}

/// Another of the partner's programs, chosen until they choose again.
#[must_use]
pub fn portal_program(id: comity_domain::ProgramId) -> String {
    format!("{PORTAL}/programs/{id}")
}

/// The statement of a month, as in `2026-11`.
#[must_use]
pub fn portal_statement(month: &str) -> String {
    format!("{PORTAL_STATEMENTS}/{month}")
}
