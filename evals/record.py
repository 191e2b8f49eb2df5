"""Answers of models, kept in files and played back through the drafting code.

`origin: written` marks answers that a person wrote to stand for a model's: they say nothing about any real model.
`origin: recorded` marks what a model answered, with its name and the day.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ValidationError

from flows.draft.budget import DayBudget
from flows.draft.caller import Caller, Limits
from flows.draft.chat import Answer, Outcome, Question, RequestFailed
from flows.draft.model_drafter import ModelDrafter
from flows.draft.port import DraftJob
from flows.draft.profiles import Profile
from flows.errors import CatalogueError
from flows.examine import Examiner
from flows.parts import Parts
from flows.pipeline import observe, stored_sheet
from flows.references import scan
from schemas.catalogue import Closed, Comparison
from schemas.runs import Attempt

FOLDER = Path(__file__).parent / "answers"
_ARRIVED = ("ok", "bad_json", "bad_schema", "length", "refusal", "content_filter")
#: What looks like a key, a token or an address of a person: never part of a verdict.
_SECRET = re.compile(r"\b(?:sk|pk|ghp|gho|xoxb|eyJ)[-_A-Za-z0-9]{12,}|\bBearer\s+\S+|[\w.+-]+@[\w-]+\.[\w.]+")
_ENTITY = re.compile(r'"entities": \[\{"id": "([a-z][a-z0-9_]*)"')


class Recorded(Closed):
    """One answer. `entity` for pros and cons; `outcome` as the ledger has it."""

    task: Literal["verdict", "faq", "entity"]
    entity: str | None = None
    outcome: str = "ok"
    text: str


class Recording(Closed):
    """The answers of one model to the questions of one comparison, in order.

    `never`: texts that may not be in what is left of them, for answers with faults. `expects`: what the gate should say
    in the end, None where nothing is claimed.
    """

    comparison: str
    origin: Literal["written", "recorded"]
    model: str | None = None
    on: date | None = None
    about: str = ""
    expects: Literal["publish", "failed"] | None = None
    never: tuple[str, ...] = ()
    answers: tuple[Recorded, ...]


def read_recordings(folder: Path = FOLDER) -> list[tuple[Path, Recording]]:
    """All recordings of a folder. Raises CatalogueError naming the file and field that is wrong."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found.append((path, Recording.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))))
        except (yaml.YAMLError, ValidationError) as error:
            raise CatalogueError(f"{path}: {' '.join(str(error).split())[:300]}") from error
    return found


def recording_of(
    comparison: str, model: str, on: date, attempts: Iterable[Attempt], secrets: Iterable[str]
) -> Recording:
    """What the ledger holds of a run, scrubbed: no request ids, no addresses, no keys, and nothing that looks like one."""
    answers = []
    for attempt in attempts:
        task = attempt.prompt.partition("+")[0]
        if attempt.raw is None or attempt.outcome not in _ARRIVED:
            continue
        text = scrubbed(attempt.raw, secrets)
        entity = _entity_of(text) if task == "entity" else None
        answers.append(
            Recorded.model_validate({"task": task, "entity": entity, "outcome": attempt.outcome, "text": text})
        )
    return Recording(comparison=comparison, origin="recorded", model=model, on=on, answers=tuple(answers))


def write_recording(recording: Recording, folder: Path) -> Path:
    """Into a file of its own, named by comparison, model and day."""
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^a-z0-9]+", "-", f"{recording.comparison} {recording.model} {recording.on}".lower()).strip("-")
    path = folder / f"{name}.yaml"
    body = recording.model_dump(mode="json", exclude_defaults=True)
    path.write_text(yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=120), encoding="utf-8")
    return path


def scrubbed(text: str, secrets: Iterable[str]) -> str:
    """Without the given secrets and whatever looks like one."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "[removed]")
    return _SECRET.sub("[removed]", text)


class ReplayModel:
    """A chat model that answers from a recording: the first answer of a task, then the next for each repair."""

    address = "replayed"

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._asked: Counter[tuple[str, str | None]] = Counter()

    def open(self) -> None:
        """There is nothing to open."""

    async def ask(self, question: Question) -> Answer:
        """Raises RequestFailed where the recording has no answer to such a question."""
        task = question.schema_name.removeprefix("tiebreak_")
        found = _ENTITY.search(question.messages[1]["content"])
        entity = found[1] if task == "entity" and found else None
        fitting = [one for one in self._recording.answers if one.task == task and one.entity == entity]
        if not fitting:
            raise RequestFailed(f"no answer is recorded for {task} {entity or ''}", Outcome.REJECTED, transient=False)
        at = self._asked[task, entity]
        self._asked[task, entity] += 1
        one = fitting[min(at, len(fitting) - 1)]
        arrived = Outcome(one.outcome)
        # Whether a text is JSON, and whether it keeps the schema, is found out anew.
        outcome = Outcome.OK if arrived in (Outcome.BAD_JSON, Outcome.BAD_SCHEMA) else arrived
        return Answer(outcome, one.text, None, self._recording.model)

    async def close(self) -> None:
        """There is nothing to close."""


def replaying_drafter(recording: Recording, parts: Parts) -> ModelDrafter:
    """The model-backed drafter over a recording. No money, no network; the ledger and the limits are the usual ones."""
    profile = Profile(model="replayed", context_tokens=100_000)
    caller = Caller(
        ReplayModel(recording),
        "replayed",
        profile,
        parts.store.ledger,
        parts.store.locks,
        Limits(timeout_s=10, deadline_s=10, retry_after_cap_s=0),
        parts.now,
        concurrency=4,
    )
    day = DayBudget(Decimal(0), lambda: Decimal(0))
    return ModelDrafter(
        caller, "replayed", profile, day, attempts=20, max_cost_usd=Decimal(0), repairs=parts.policy.repairs
    )


def _entity_of(text: str) -> str | None:
    """The entity whose facts an answer refers to, by its first reference."""
    try:
        inner = json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        inner = text
    paths = [reference.path for reference in scan(inner).references]
    return paths[0].split(".")[0] if paths else None


async def record(parts: Parts, comparison: Comparison, secrets: Sequence[str]) -> Recording:
    """Ask the configured model about one comparison, anew, and give what it answered; nothing is published.

    Raises ModelError where no verdict came, but whatever had arrived is in the ledger then.
    """
    observe(parts, comparison)
    sheet = stored_sheet(parts, comparison)
    now = parts.now()
    run_id = f"record-{now:%Y%m%d%H%M%S%f}"
    # A sample of its own: kept answers are not what is wanted here.
    job = DraftJob(run_id, Examiner(sheet), sample=int(now.timestamp()))
    try:
        await parts.drafter.draft(sheet, job)
    finally:
        await parts.drafter.close()
    attempts = parts.store.ledger.attempts(run_id)
    return recording_of(comparison.slug, attempts[0].model, now.date(), attempts, secrets)
