//! Counters as Prometheus text, for an internal `/metrics`.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use super::count::{BUCKETS, Metrics};
use crate::click::Class;
use crate::collect::Refusal;
use crate::server::{Priority, ServerCounts, Shedder};
use crate::spool::Backlog;

/// Appends all counters of the hot path to `out`.
pub fn export(
    metrics: &Metrics,
    spool: &Backlog,
    server: &ServerCounts,
    shedder: &Shedder,
    out: &mut String,
) {
    head(out, "comity_clicks_total", "counter", "clicks by class");
    for class in Class::ALL {
        let label = format!("{{class=\"{}\"}}", class.name());
        line(out, "comity_clicks_total", &label, metrics.clicks(class));
    }
    head(
        out,
        "comity_dead_ends_total",
        "counter",
        "visits to links that lead nowhere",
    );
    for (reason, count) in ["unknown", "paused", "expired"]
        .iter()
        .zip(&metrics.dead_ends)
    {
        line(
            out,
            "comity_dead_ends_total",
            &format!("{{reason=\"{reason}\"}}"),
            get(count),
        );
    }
    collectors(metrics, out);
    counters(metrics, spool, server, out);
    gauges(spool, server, out);
    shed(shedder, out);
    latency(metrics, out);
}

fn shed(shedder: &Shedder, out: &mut String) {
    let name = "comity_shed_total";
    head(out, name, "counter", "requests refused under overload");
    for priority in Priority::ALL {
        let label = format!("{{priority=\"{}\"}}", priority.name());
        line(out, name, &label, shedder.refused(priority));
    }
}

fn collectors(metrics: &Metrics, out: &mut String) {
    let name = "comity_collector_told_total";
    head(out, name, "counter", "what pages told and was kept");
    for (kind, count) in ["visit", "event", "pixel"].iter().zip(&metrics.told) {
        line(out, name, &format!("{{kind=\"{kind}\"}}"), get(count));
    }
    let name = "comity_collector_refused_total";
    head(out, name, "counter", "what pages told and was refused");
    for reason in Refusal::ALL {
        let label = format!("{{reason=\"{}\"}}", reason.code());
        line(out, name, &label, metrics.refused(reason));
    }
}

fn counters(metrics: &Metrics, spool: &Backlog, server: &ServerCounts, out: &mut String) {
    let counters = [
        (
            "comity_deep_links_total",
            "deep links followed",
            get(&metrics.deep_links),
        ),
        (
            "comity_deep_links_refused_total",
            "deep links outside the allow-list",
            get(&metrics.deep_links_refused),
        ),
        (
            "comity_clicks_recorded_total",
            "clicks made durable",
            spool.recorded,
        ),
        (
            "comity_clicks_unrecorded_total",
            "visitors redirected although their click could not be kept",
            spool.unrecorded,
        ),
        (
            "comity_clicks_shipped_total",
            "clicks stored",
            spool.shipped,
        ),
        ("comity_spool_groups_total", "group commits", spool.groups),
        (
            "comity_connections_accepted_total",
            "connections accepted",
            get(&server.accepted),
        ),
        (
            "comity_connections_refused_total",
            "connections over a limit",
            get(&server.refused),
        ),
        (
            "comity_connections_failed_total",
            "connections that broke",
            get(&server.failed),
        ),
    ];
    for (name, help, value) in counters {
        single(out, name, "counter", help, value);
    }
}

fn gauges(spool: &Backlog, server: &ServerCounts, out: &mut String) {
    let gauges = [
        (
            "comity_clicks_waiting",
            "durable clicks not stored yet",
            spool.waiting,
        ),
        (
            "comity_spool_used_bytes",
            "segments with records",
            spool.used_bytes,
        ),
        (
            "comity_spool_reserve_bytes",
            "segments in reserve",
            spool.reserve_bytes,
        ),
        (
            "comity_spool_stuck",
            "1 when shipping stopped",
            u64::from(spool.is_stuck),
        ),
        (
            "comity_connections_open",
            "open connections",
            get(&server.open),
        ),
    ];
    for (name, help, value) in gauges {
        single(out, name, "gauge", help, value);
    }
}

fn latency(metrics: &Metrics, out: &mut String) {
    const NAME: &str = "comity_redirect_seconds";
    head(
        out,
        NAME,
        "histogram",
        "time from request to answer, commit included",
    );
    let mut total = 0;
    for (bound, count) in BUCKETS.iter().zip(&metrics.buckets) {
        total += get(count);
        line(
            out,
            NAME,
            &format!("_bucket{{le=\"{}\"}}", seconds(*bound)),
            total,
        );
    }
    total += get(&metrics.buckets[BUCKETS.len()]);
    line(out, NAME, "_bucket{le=\"+Inf\"}", total);
    line(out, NAME, "_sum", seconds(get(&metrics.micros)));
    line(out, NAME, "_count", total);
}

fn single(out: &mut String, name: &str, kind: &str, help: &str, value: u64) {
    head(out, name, kind, help);
    line(out, name, "", value);
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn line(out: &mut String, name: &str, label: &str, value: impl std::fmt::Display) {
    let _ = writeln!(out, "{name}{label} {value}");
}

fn seconds(micros: u64) -> String {
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}

fn get(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}
