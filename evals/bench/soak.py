"""2,000 comparisons through an endpoint of which every fifth answer is faulty, each kind of fault in turn.

    python -m evals.bench.soak [COMPARISONS [FAULTS_PERCENT]]

Holds, and exits 1 where it does not: every comparison ends published, in review, parked or failed with a reason; none is
lost and none is there twice; the ledger has as many attempts as the server saw requests; the tokens that the server reported
for answers that it sent whole are those that the ledger books as reported. What is parked is taken up again until nothing is.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evals.bench._example import application
from evals.bench._server import model_server
from flows.parts import Parts
from flows.pipeline import run_many, run_parked
from schemas.runs import Outcome, Run
from schemas.states import DraftState

CONCURRENCY = 64
_LIVE = (DraftState.IN_REVIEW, DraftState.APPROVED, DraftState.PUBLISHED)
#: Short waits: the faults are many, and nothing here is learned from sleeping.
QUICK = {
    "model_timeout_s": 8,
    "model_deadline_s": 60,
    "retry_after_cap_s": 0.2,
    "model_attempts": 30,
    "model_concurrency": CONCURRENCY,
}


@dataclass
class Soaked:
    """What was asked and what became of it."""

    comparisons: int
    ended: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    attempts: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    tokens: tuple[int, int] = (0, 0)
    problems: list[str] = field(default_factory=list)
    requests: int = 0
    faults: int = 0
    reported: tuple[int, int] = (0, 0)


def soak(folder: Path, comparisons: int, percent: int) -> Soaked:
    """Run them all, then what is parked until nothing is; then compare the books."""
    with model_server() as url:
        settings = {"model": f"soak/chaos-{percent}", "model_url": url, **QUICK}
        with application(folder, comparisons, **settings) as parts:
            runs, rounds = asyncio.run(run_many(parts, parts.catalogue.comparisons, concurrency=CONCURRENCY)), 0
            while parts.store.locks.parked() and rounds < 200:
                time.sleep(0.1)
                runs += asyncio.run(run_parked(parts, concurrency=CONCURRENCY))
                rounds += 1
            found = Soaked(comparisons, runs=len(runs))
            _read_journal(url, found)
            _count(parts, runs, found)
            found.problems += _compare(parts, found)
    return found


def _read_journal(url: str, found: Soaked) -> None:
    with urllib.request.urlopen(f"{url}/journal") as answer:  # noqa: S310 - a server on this machine
        journal = json.loads(answer.read())
    found.requests = sum(journal["requests"].values())
    found.faults = sum(count for name, count in journal["faults"].items() if name != "good")
    found.reported = (journal["input_tokens"], journal["output_tokens"])


def _count(parts: Parts, runs: list[Run], found: Soaked) -> None:
    last = {run.comparison: run for run in runs}
    found.ended = Counter(run.outcome.value if run.outcome else "none" for run in last.values())
    found.reasons = Counter((run.error or "no reason")[:60] for run in last.values() if run.outcome is Outcome.FAILED)
    tokens_in = tokens_out = 0
    for run in runs:
        for attempt in parts.store.ledger.attempts(run.id):
            found.attempts[attempt.outcome] += 1
            if attempt.error:
                found.errors[f"{attempt.outcome}: {attempt.error[-70:]}"] += 1
            if not attempt.usage.estimated:
                tokens_in += attempt.usage.input_tokens
                tokens_out += attempt.usage.output_tokens
    found.tokens = (tokens_in, tokens_out)


def _compare(parts: Parts, found: Soaked) -> Iterator[str]:
    slugs = [comparison.slug for comparison in parts.catalogue.comparisons]
    if sum(found.ended.values()) != len(slugs):
        yield f"{len(slugs)} comparisons, but {sum(found.ended.values())} ended"
    if odd := set(found.ended) - {"published", "in_review", "parked", "failed"}:
        yield f"ended otherwise: {odd}"
    if found.reasons["no reason"]:
        yield f"{found.reasons['no reason']} failed without a reason"
    drafts = Counter(draft.comparison for state in _LIVE for draft in parts.store.drafts.in_state(state))
    if twice := [slug for slug, count in drafts.items() if count > 1]:
        yield f"{len(twice)} have two live drafts, first {twice[0]}"
    if len(drafts) != found.ended["in_review"] + found.ended["published"]:
        yield f"{len(drafts)} live drafts for {found.ended['in_review'] + found.ended['published']} comparisons"
    if sum(found.attempts.values()) != found.requests:
        yield f"the server saw {found.requests} requests, the ledger has {sum(found.attempts.values())}"
    if found.tokens != found.reported:
        yield f"the server reported {found.reported} tokens, the ledger has {found.tokens}"


def main() -> int:
    """Print the books; 1 where they do not agree."""
    comparisons = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    percent = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found = soak(Path(folder), comparisons, percent)
    print(f"{comparisons} comparisons in {found.runs} runs, {time.perf_counter() - began:.0f} s: {dict(found.ended)}")
    print(f"requests {found.requests}, of them faulty {found.faults} ({found.faults / found.requests:.0%})")
    print(f"ledger: {sum(found.attempts.values())} attempts, {dict(found.attempts.most_common())}")
    print(f"tokens in and out: server {found.reported}, ledger {found.tokens}")
    for reason, count in found.reasons.most_common(8):
        print(f"  failed {count}: {reason}")
    for said, count in found.errors.most_common():
        print(f"  attempt {count}: {said}")
    for problem in found.problems:
        print(f"PROBLEM: {problem}")
    return 1 if found.problems else 0


if __name__ == "__main__":
    sys.exit(main())
