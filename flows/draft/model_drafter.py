"""The model-backed drafter: verdict, FAQs, and the pros and cons of each entity, under one budget."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from flows.draft.budget import Account, DayBudget
from flows.draft.caller import Caller, Limits
from flows.draft.endpoint_address import sends_key_in_the_clear
from flows.draft.port import DraftJob, DraftResult
from flows.draft.profiles import Profile, read_profile
from flows.draft.prompt import WIRE, Task, all_prompts_hash, sheet_facts
from flows.draft.repair import Part, PartJob, ToBlocks, write_part
from flows.draft.shape import assemble, entity_blocks, faq_blocks, verdict_blocks
from flows.errors import ModelError, SettingsError
from flows.references import table
from schemas.drafts import WireEntity, WireFaqs, WireVerdict
from schemas.facts import FactSheet

if TYPE_CHECKING:
    from flows.settings import Settings
    from flows.store.ledger import Ledger
    from flows.store.locks import Locks
    from schemas.policy import Policy


class ModelDrafter:
    """Drafts by a model. Pros and cons are asked for with one entity's facts alone, so every page of it shares the answer."""

    name = "model"

    def __init__(
        self,
        caller: Caller,
        model: str,
        profile: Profile,
        day: DayBudget,
        *,
        attempts: int,
        max_cost_usd: Decimal,
        repairs: int,
        warnings: Sequence[str] = (),
    ) -> None:
        self._caller, self._profile, self._day = caller, profile, day
        self._attempts, self._max_cost_usd, self._repairs = attempts, max_cost_usd, repairs
        #: What every run with this endpoint says.
        self.warnings = tuple(warnings)
        self._parameters = json.dumps(profile.parameters, sort_keys=True)
        self.model: str | None = model
        self.prompt_hash: str | None = all_prompts_hash(self._parameters)

    async def draft(self, sheet: FactSheet, job: DraftJob) -> DraftResult:
        """The best candidate of every part. Raises ModelError when the verdict could not be had, Parked."""
        account = Account(
            run_id=job.run_id,
            comparison=sheet.comparison.slug,
            attempts_left=self._attempts,
            limit=self._max_cost_usd if job.max_cost_usd is None else job.max_cost_usd,
            day=self._day,
        )
        # The verdict decides whether there is a page at all; what follows is asked for at once.
        parts = [await self._verdict(sheet, job, account)]
        wanted = [
            *(self._entity(sheet, job, account, entity.id) for entity in sheet.entities),
            self._faqs(sheet, job, account),
        ]
        labels = [*(f"pros and cons of {entity.id}" for entity in sheet.entities), "FAQs"]
        results = await asyncio.gather(*wanted, return_exceptions=True)
        unmet: list[str] = []
        for label, result in zip(labels, results, strict=True):
            if isinstance(result, Part):
                parts.append(result)
            elif isinstance(result, ModelError):
                # The verdict is paid for and may stand without this part.
                unmet.append(f"no {label}: {result}")
        # Only now, when every answer that was under way has arrived and is kept.
        for result in results:
            if isinstance(result, BaseException) and not isinstance(result, ModelError):
                raise result
        unmet += [line for part in parts for line in part.unmet]
        notes = [*unmet, *(note for part in parts for note in part.notes), *self.warnings]
        draft = assemble(block for part in parts for block in part.blocks)
        return DraftResult(
            draft,
            account.usage,
            account.cost,
            tuple(notes),
            account.attempts,
            tuple(unmet),
            sum(part.dropped for part in parts),
        )

    async def close(self) -> None:
        """Let go of connections."""
        await self._caller.close()

    async def _verdict(self, sheet: FactSheet, job: DraftJob, account: Account) -> Part:
        ids, metrics = [entity.id for entity in sheet.entities], [metric.id for metric in sheet.metrics]
        return await self._part(
            "verdict",
            sheet,
            job,
            account,
            None,
            lambda answer: verdict_blocks(cast("WireVerdict", answer), ids, metrics),
        )

    async def _entity(self, sheet: FactSheet, job: DraftJob, account: Account, entity: str) -> Part:
        return await self._part(
            "entity", sheet, job, account, entity, lambda answer: entity_blocks(cast("WireEntity", answer), entity)
        )

    async def _faqs(self, sheet: FactSheet, job: DraftJob, account: Account) -> Part:
        names = [name for entity in sheet.entities for name in (entity.name, *entity.aliases)]
        return await self._part(
            "faq", sheet, job, account, None, lambda answer: faq_blocks(cast("WireFaqs", answer), names)
        )

    async def _part(
        self, which: str, sheet: FactSheet, job: DraftJob, account: Account, only: str | None, to_blocks: ToBlocks
    ) -> Part:
        prints = table(sheet)
        allowed = [path for path in prints if only is None or path.startswith(f"{only}.")]
        task = Task(which, sheet_facts(sheet, only, prints), cast("str", self.model), self._parameters, job.sample)
        return await write_part(
            self._caller,
            account,
            PartJob(task, WIRE[which], to_blocks, sheet, job.examine, allowed, self._repairs),
        )


def model_drafter(
    settings: Settings, ledger: Ledger, memory: Locks, policy: Policy, now: Callable[[], datetime]
) -> ModelDrafter:
    """The drafter that the settings name. Raises SettingsError when OpenAI's own endpoint is meant and there is no key."""
    caller, profile, day = open_caller(settings, ledger, memory, now)
    model = cast("str", settings.model)
    return ModelDrafter(
        caller,
        model,
        profile,
        day,
        attempts=settings.model_attempts,
        max_cost_usd=settings.max_cost_usd_per_run,
        repairs=policy.repairs,
        warnings=list(_warnings(settings, caller.address, profile)),
    )


def open_caller(
    settings: Settings, ledger: Ledger, memory: Locks, now: Callable[[], datetime]
) -> tuple[Caller, Profile, DayBudget]:
    """What asks the model that the settings name, what that model can take, and what the day may still cost.

    Raises SettingsError when OpenAI's own endpoint is meant and there is no key.
    """
    from flows.draft.openai_model import OpenAIModel

    model = settings.model
    assert model is not None  # noqa: S101 - the caller asks only when one is set
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
    if key is None and settings.model_url is None:
        raise SettingsError(
            "TIEBREAK_MODEL is set, but OPENAI_API_KEY is not: set it, or set TIEBREAK_MODEL_URL to an endpoint that needs no key"
        )
    profile = read_profile(settings.catalogue_folder / "models.yaml", model)
    limits = Limits(settings.model_timeout_s, settings.model_deadline_s, settings.retry_after_cap_s)
    chat = OpenAIModel(settings.model_url, key)
    caller = Caller(chat, model, profile, ledger, memory, limits, now, concurrency=settings.model_concurrency)

    def spent_today() -> Decimal:
        return ledger.spent(since=now().replace(hour=0, minute=0, second=0, microsecond=0))

    return caller, profile, DayBudget(settings.max_cost_usd_per_day, spent_today)


def _warnings(settings: Settings, address: str, profile: Profile) -> Iterator[str]:
    """What every run with this endpoint should say."""
    if settings.openai_api_key is not None and sends_key_in_the_clear(address):
        yield f"the key travels unencrypted to {address}: use https, or an endpoint on this machine"
    if profile.price is None:
        yield f"the price of {settings.model} is unknown: add it to data/models.yaml, the cost limits cannot hold without it"
