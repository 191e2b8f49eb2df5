"""Stack Exchange: how many questions carry the tag of an entity."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from urllib.parse import quote, urlencode

from flows.gather.port import Ask
from flows.gather.shapes import count, listing, mapping
from flows.net import Answer, NotThere, RateLimited
from schemas.catalogue import Entity, Source
from schemas.facts import Observation

API = "https://api.stackexchange.com/2.3"
#: What is read -> the metric that it fills.
METRICS = {"questions": "stack_overflow_questions"}
MAX_WAIT_S = 30


class StackExchange:
    """Adapter of kind `stackexchange`; `external.stackexchange_tag` is the tag. Options: `endpoint`, `site`, `metrics`.

    The API names in an answer how long the next request must wait (`backoff`), or bans the address. A key (secret
    `stackexchange_key`) raises the limit from 300 to 10,000 requests a day.
    """

    needs_network = True

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._not_before = 0.0

    def covers(self, entity: Entity, _source: Source) -> bool:
        """Whether the entity names its tag."""
        return "stackexchange_tag" in entity.external

    def read(self, entity: Entity, ask: Ask) -> Iterable[Observation]:
        """The tag's question count."""
        tag = entity.external["stackexchange_tag"]
        site = ask.option("site", "stackoverflow")
        address = (
            f"{ask.option('endpoint', API).rstrip('/')}/tags/{quote(tag, safe='')}/info?{urlencode({'site': site})}"
        )
        key = ask.secrets.get("stackexchange_key")
        # One request at a time: the next may not leave before the pause that this one is told.
        with self._lock:
            self._keep_pause()
            answer = ask.net.get(address, secret_params={"key": key} if key else None)
            document = mapping(answer.json(), "the answer")
            self._note_pause(document, answer)
        items = listing(document.get("items"), "items")
        if not items:
            raise NotThere(f"{site} has no tag {tag!r}")
        questions = count(mapping(items[0], "a tag").get("count"))
        url = f"https://{quote(site, safe='.')}.com/questions/tagged/{quote(tag, safe='')}"
        metric = ask.mapping("metrics", METRICS)
        yield from ask.observe(entity, metric.get("questions"), questions, answer, "$.items[0].count", url=url)

    def _keep_pause(self) -> None:
        pause = self._not_before - self._clock()
        if pause > MAX_WAIT_S:
            raise RateLimited(f"asks for a pause of {pause:.0f} s", pause)
        if pause > 0:
            self._sleep(pause)

    def _note_pause(self, document: dict[str, object], answer: Answer) -> None:
        if answer.from_cache:
            return
        pause = count(document.get("backoff")) or 0
        if count(document.get("quota_remaining")) == 0:
            pause = max(pause, 24 * 3600)
        if pause:
            self._not_before = self._clock() + pause
