"""The counters of requests, loaded only where they are asked for."""

from prometheus_client import Counter, Histogram

_REQUESTS = Counter("plumbline_requests", "Requests answered", ["route", "status"])
_SECONDS = Histogram("plumbline_request_seconds", "Time to answer", ["route"])


def count(route: str, status: int, seconds: float) -> None:
    _REQUESTS.labels(route, status).inc()
    _SECONDS.labels(route).observe(seconds)
