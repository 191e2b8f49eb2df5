from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from flows.net.answers import Answer
from flows.net.statuses import retry_after_s

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1"}, 0.0),
        ({"x-ratelimit-remaining": "3", "x-ratelimit-reset": "99999999999"}, None),
    ],
)
def test_the_pause_that_a_source_asks_for_is_read_from_its_headers(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after_s(headers) == seconds


def test_a_pause_may_be_a_date_or_githubs_reset_time() -> None:
    in_an_hour = datetime.now(UTC) + timedelta(hours=1)
    for headers in (
        {"retry-after": format_datetime(in_an_hour, usegmt=True)},
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(time.time()) + 3600)},
    ):
        assert 3500 < (retry_after_s(headers) or 0) <= 3600


def test_an_answer_out_of_the_cache_was_seen_when_it_was_fetched() -> None:
    headers = {"date": "Sat, 21 Nov 2026 06:00:00 GMT"}
    kept = Answer("https://a.example/", 200, headers, b"", from_cache=True)
    asked = Answer("https://a.example/", 200, headers, b"")
    assert kept.seen_at(NOW) == datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
    assert asked.seen_at(NOW) == NOW


@pytest.mark.parametrize("date", ["", "yesterday", "Sat, 21 Nov 2099 06:00:00 GMT"])
def test_a_date_that_cannot_be_believed_counts_as_now(date: str) -> None:
    assert Answer("https://a.example/", 200, {"date": date}, b"", from_cache=True).seen_at(NOW) == NOW
