"""Counts of what the server does, as Prometheus reads them: ``/metrics``.

Text format 0.0.4, or OpenMetrics where that is asked for. Labels are from closed sets, never from
what a user sent.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from kg.web.operating.kinds import KINDS
from kg.web.sending.cache import CacheFigures
from kg.web.service import Service

__all__ = ["Traffic", "expose", "register_service"]

_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_UNSENT = "none"


class Traffic(Collector):
    """Requests by kind: how many with which status, how long they took, how much they sent.

    Plain numbers, of which metrics are made when asked for: the library's own counters take a
    lock for each request, three times.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests: dict[tuple[str, int], int] = {}
        self._sent = dict.fromkeys(KINDS, 0)
        self._seconds = dict.fromkeys(KINDS, 0.0)
        self._slots = {kind: [0] * (len(_BUCKETS) + 1) for kind in KINDS}
        self._running: Callable[[], float] = lambda: 0
        registry.register(self)

    def count_running(self, running: Callable[[], float]) -> None:
        """Say where the number of requests being answered is to be had."""
        self._running = running

    def count(self, kind: str, status: int, size: int, seconds: float) -> None:
        """Count one request that is over: ``size`` bytes sent, in so many seconds."""
        self._requests[kind, status] = self._requests.get((kind, status), 0) + 1
        self._sent[kind] += size
        self._seconds[kind] += seconds
        self._slots[kind][bisect_left(_BUCKETS, seconds)] += 1

    def describe(self) -> Iterable[Metric]:
        """Nothing before it is asked for."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The metrics."""
        requests = CounterMetricFamily(
            "zhospar_requests",
            "Requests answered, by kind and status; status 'none' is a client gone before it.",
            labels=["kind", "status"],
        )
        for (kind, status), count in self._requests.items():
            requests.add_metric([kind, str(status or _UNSENT)], count)
        durations = HistogramMetricFamily(
            "zhospar_request_duration_seconds",
            "From a request's head to the end of its answer.",
            labels=["kind"],
        )
        sent = CounterMetricFamily(
            "zhospar_response_bytes",
            "Bytes of answers' bodies handed to the network.",
            labels=["kind"],
        )
        for kind in KINDS:
            bounds = [*map(floatToGoString, _BUCKETS), "+Inf"]
            buckets = list(zip(bounds, accumulate(self._slots[kind]), strict=True))
            durations.add_metric([kind], buckets, self._seconds[kind])
            sent.add_metric([kind], self._sent[kind])
        yield requests
        yield durations
        yield sent
        yield _gauge("requests_in_flight", "Requests being answered now.", self._running())


def register_service(registry: CollectorRegistry, service: Service) -> None:
    """Have ``registry`` tell of what is loaded, the pool, the cache, and the processes."""
    registry.register(_FromFigures(service))
    ProcessCollector(registry=registry)
    ProcessCollector(
        namespace="zhospar_zygote", pid=lambda: service.pool.zygote_process, registry=registry
    )


def expose(registry: CollectorRegistry, accept: str) -> tuple[str, bytes]:
    """The content type and the body of ``/metrics``."""
    encode, content_type = choose_encoder(accept)
    return content_type, encode(registry)


class _FromFigures(Collector):
    """Metrics made, when asked for, from what others count."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def describe(self) -> Iterable[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        yield from _of_loaded(self._service)
        yield from _of_pool(self._service)
        yield from _of_cache(self._service.cache.figures())
        yield CounterMetricFamily(
            "zhospar_log_lines_lost",
            "Lines of the log that found no room, since nobody read them.",
            value=self._service.lines_lost(),
        )


def _of_loaded(service: Service) -> Iterator[Metric]:
    loaded = service.pool.loaded
    info = GaugeMetricFamily(
        "zhospar_release_info",
        "What is served, and by which version.",
        labels=["release", "version"],
    )
    info.add_metric([loaded.release, service.version], 1)
    yield info
    yield _gauge("ready", "Whether questions are answered: 1 or 0.", service.ready)
    yield _gauge("quads", "Quads loaded.", loaded.quads)
    yield _gauge("states", "States of the plan loaded.", len(loaded.states))
    yield _gauge("loaded_timestamp_seconds", "When the graph was loaded.", loaded.at.timestamp())


def _of_pool(service: Service) -> Iterator[Metric]:
    figures = service.pool.figures()
    yield _gauge("workers", "Workers of the quick lane.", figures.workers)
    yield _gauge("workers_busy", "Workers of the quick lane that are at work.", figures.busy)
    yield _gauge("questions_set_aside", "Questions that outran their slice.", figures.set_aside)
    yield _gauge("questions_waiting", "Questions that wait for a worker.", figures.waiting)
    yield _counter("questions", "Questions given to workers.", figures.questions)
    yield _gauge("workers_federating", "Workers that ask other endpoints.", figures.federating)
    yield _counter("questions_federated", "Questions that ask other endpoints.", figures.federated)
    yield _by_cause("worker_kills", "Workers ended early, by cause.", figures.kills)
    yield _by_cause("questions_refused", "Questions sent away unasked.", figures.refused)
    network = GaugeMetricFamily(
        "zhospar_workers_network_info",
        "Whether the kernel keeps workers from the network.",
        labels=["network"],
    )
    network.add_metric([figures.network], 1)
    yield network


def _of_cache(figures: CacheFigures) -> Iterator[Metric]:
    yield _gauge("cache_entries", "Answers in the cache.", figures.entries)
    yield _gauge("cache_bytes", "Bytes in the cache.", figures.bytes)
    yield _gauge("cache_limit_bytes", "The most that the cache may hold.", figures.limit)
    yield _counter("cache_hits", "Answers found in the cache.", figures.hits)
    yield _counter("cache_misses", "Answers looked for in the cache and not found.", figures.misses)
    yield _counter("cache_evicted", "Answers put out of the cache for others.", figures.evicted)


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(f"zhospar_{name}", says, value=value)


def _counter(name: str, says: str, value: float) -> Metric:
    return CounterMetricFamily(f"zhospar_{name}", says, value=value)


def _by_cause(name: str, says: str, counts: dict[str, int]) -> Metric:
    family = CounterMetricFamily(f"zhospar_{name}", says, labels=["cause"])
    for cause, count in counts.items():
        family.add_metric([cause], count)
    return family
