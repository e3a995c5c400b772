//! Figures for `/metrics`, in the OpenMetrics form.

use crate::{live::Live, ready::ReadyPages};
use axum::http::StatusCode;
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric, text::encode},
    metrics::{
        MetricType,
        counter::{ConstCounter, Counter},
        family::Family,
        gauge::{ConstGauge, Gauge},
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};
use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Became {
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Worked {
    kind: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Undecided {
    what: &'static str,
}

/// One serving thread's count of ready pages sent, on a cache line of its own.
#[derive(Debug, Default)]
#[repr(align(128))]
pub struct Lane(AtomicU64);

impl Lane {
    pub fn hit(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

type Lanes = Arc<Mutex<Vec<Arc<Lane>>>>;

/// Everything counted.
pub struct Figures {
    registry: Registry,
    lanes: Lanes,
    requests: Family<Answered, Counter>,
    seconds: Histogram,
    comments: Family<Became, Counter>,
    weighed: Counter,
    batches: Histogram,
    jobs: Family<Worked, Counter>,
    undecided: Family<Undecided, Gauge>,
}

impl Figures {
    pub fn new(ready: Arc<ReadyPages>, live: Arc<Live>) -> Figures {
        let lanes = Lanes::default();
        let requests = Family::default();
        let seconds = Histogram::new(exponential_buckets(0.000_1, 4.0, 9));
        let comments = Family::default();
        let weighed = Counter::default();
        let batches = Histogram::new(exponential_buckets(1.0, 2.0, 12));
        let jobs = Family::default();
        let mut registry = Registry::with_prefix("dateline");
        registry.register("requests", "Requests that were no ready page, by status", requests.clone());
        registry.register_with_unit("request", "Time of these", Unit::Seconds, seconds.clone());
        registry.register("comments", "Comments that came in, by what became of them", comments.clone());
        registry.register("weighed", "Looks of the screen and the rule at a comment", weighed.clone());
        registry.register("writer_batch", "Changes committed together", batches.clone());
        registry.register("jobs", "Jobs done in the background", jobs.clone());
        let undecided = Family::default();
        registry.register(
            "undecided",
            "What waits for the moderators, counted to a thousand; of that overdue",
            undecided.clone(),
        );
        registry.register_collector(Box::new(Press { lanes: lanes.clone(), ready, live }));
        Figures { registry, lanes, requests, seconds, comments, weighed, batches, jobs, undecided }
    }

    /// A count for one serving thread.
    pub fn lane(&self) -> Arc<Lane> {
        let lane = Arc::new(Lane::default());
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner).push(lane.clone());
        lane
    }

    pub fn request(&self, status: StatusCode, took: Duration) {
        self.requests.get_or_create(&Answered { status: status.as_u16() }).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// `outcome` is `shown`, `held` or `refused`.
    pub fn comment(&self, outcome: &'static str) {
        self.comments.get_or_create(&Became { outcome }).inc();
    }

    pub fn weighed(&self) {
        self.weighed.inc();
    }

    pub fn batch(&self, changes: usize) {
        self.batches.observe(changes as f64);
    }

    /// `outcome` is `done` or `failed`.
    pub fn job(&self, kind: &'static str, outcome: &'static str) {
        self.jobs.get_or_create(&Worked { kind, outcome }).inc();
    }

    /// What waits for the moderators now.
    pub fn undecided(&self, what: &'static str, count: u64) {
        self.undecided.get_or_create(&Undecided { what }).set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// The text of `/metrics`.
    pub fn render(&self) -> Result<String, fmt::Error> {
        let mut out = String::new();
        encode(&mut out, &self.registry)?;
        Ok(out)
    }
}

/// Reads the ready pages' own figures when asked.
struct Press {
    lanes: Lanes,
    ready: Arc<ReadyPages>,
    live: Arc<Live>,
}

impl fmt::Debug for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Press")
    }
}

impl Collector for Press {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        let lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let hits: u64 = lanes.iter().map(|lane| lane.0.load(Ordering::Relaxed)).sum();
        let (pages, bytes, renders) = self.ready.figures();
        for (name, about, value) in [
            ("ready_hits", "Ready pages sent", hits),
            ("renders", "Pages rendered because none was ready", renders),
        ] {
            let counter = ConstCounter::new(value);
            counter.encode(encoder.encode_descriptor(name, about, None, MetricType::Counter)?)?;
        }
        for (name, about, value) in [
            ("ready_pages", "Pages kept ready", pages as u64),
            ("ready_memory", "Bytes they take", bytes),
            ("live_readers", "Readers who are told of new comments", self.live.readers() as u64),
        ] {
            let gauge = ConstGauge::new(value as i64);
            gauge.encode(encoder.encode_descriptor(name, about, None, MetricType::Gauge)?)?;
        }
        Ok(())
    }
}
