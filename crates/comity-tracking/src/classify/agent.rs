//! Machines by their `User-Agent`.
//!
//! Three steps: words only machines use, by kind; `compatible; NAME` with a
//! name no browser has; and a shape no browser has. The words were chosen from
//! what public crawler lists have in common, not line by line; `tests/agents.rs`
//! states the recall and the false alarms reached on such lists.

use std::sync::LazyLock;

use regex::bytes::{Regex, RegexSet};

use super::words;
use crate::click::Class;

/// What kind of machine an agent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgentKind {
    /// Draws preview cards in messengers and networks.
    Preview,
    /// Feeds a search engine.
    SearchEngine,
    /// Feeds a language model.
    AiCrawler,
    /// A browser driven by a program.
    Automation,
    /// An HTTP library or command-line tool.
    HttpLibrary,
    /// Watches whether sites are up.
    Monitoring,
    /// Calls itself a bot, crawler, checker and the like, or gives an address to write to.
    Generic,
    /// `compatible; NAME` with a name no browser has.
    Compatible,
    /// Does not look like any browser.
    Shape,
    /// Sends no agent at all.
    Absent,
}

impl AgentKind {
    /// The class of clicks by such an agent.
    #[must_use]
    pub fn class(self) -> Class {
        if self == Self::Preview {
            Class::LinkPreview
        } else {
            Class::Crawler
        }
    }

    /// The stable reason code.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Preview => "agent.preview",
            Self::SearchEngine => "agent.search_engine",
            Self::AiCrawler => "agent.ai_crawler",
            Self::Automation => "agent.automation",
            Self::HttpLibrary => "agent.http_library",
            Self::Monitoring => "agent.monitoring",
            Self::Generic => "agent.machine_word",
            Self::Compatible => "agent.compatible",
            Self::Shape => "agent.shape",
            Self::Absent => "agent.absent",
        }
    }
}

/// In order of precedence: an agent of several kinds is of the first.
const KINDS: [(AgentKind, &[&str]); 7] = [
    (AgentKind::Preview, words::PREVIEW),
    (AgentKind::SearchEngine, words::SEARCH_ENGINE),
    (AgentKind::AiCrawler, words::AI_CRAWLER),
    (AgentKind::Automation, words::AUTOMATION),
    (AgentKind::HttpLibrary, words::HTTP_LIBRARY),
    (AgentKind::Monitoring, words::MONITORING),
    (AgentKind::Generic, words::GENERIC),
];

struct Patterns {
    machines: RegexSet,
    compatible: Regex,
    browser_compatible: Regex,
    browser_shape: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let insensitive = |words: &[&str]| format!("(?i-u){}", words.join("|"));
    let regex =
        |words: &[&str]| Regex::new(&insensitive(words)).expect("the patterns are constant");
    let kinds = KINDS.map(|(_, pattern)| insensitive(pattern));
    Patterns {
        machines: RegexSet::new(kinds).expect("the patterns are constant"),
        compatible: regex(&[r"compatible; ?([^;)]*)"]),
        browser_compatible: regex(words::BROWSER_COMPATIBLE),
        browser_shape: regex(words::BROWSER_SHAPE),
    }
});

/// The kind of machine behind an agent; `None` for what may be a person.
#[must_use]
pub fn agent_kind(user_agent: &str) -> Option<AgentKind> {
    if user_agent.trim().is_empty() {
        return Some(AgentKind::Absent);
    }
    let (patterns, agent) = (&*PATTERNS, user_agent.as_bytes());
    if let Some(first) = patterns.machines.matches(agent).iter().next() {
        return Some(KINDS[first].0);
    }
    let strange = |name: &[u8]| !patterns.browser_compatible.is_match(name.trim_ascii());
    let mut named = patterns.compatible.captures_iter(agent);
    if named.any(|found| found.get(1).is_some_and(|name| strange(name.as_bytes()))) {
        return Some(AgentKind::Compatible);
    }
    (!patterns.browser_shape.is_match(agent)).then_some(AgentKind::Shape)
}
