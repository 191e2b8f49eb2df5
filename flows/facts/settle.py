"""An editor's settlement of a fact: an observation of its own tier, with a reason, an author and a date to which it holds."""

from __future__ import annotations

from datetime import date, datetime

from flows.errors import InputError
from flows.facts.limits import is_below_nothing
from flows.facts.observe import is_of_kind, make_observation
from schemas.catalogue import Metric, Source, Tier
from schemas.facts import Context, Observation
from schemas.quantity import Kind

#: The source of everything that an editor settles; the catalogue need not define it.
EDITOR = Source(id="editor", name="Editor", tier=Tier.EDITOR, kind="editor")

#: What an editor writes to say that there is nothing to print.
NOTHING = "—"


def settlement(
    *,
    entity: str,
    metric: Metric,
    raw: str,
    reason: str,
    author: str,
    at: datetime,
    expires: date | None = None,
    context: Context | str | None = (),
    url: str | None = None,
) -> Observation:
    """The choice of `raw` for a fact, until `expires` (included; None = until the next settlement).

    `raw` may be `NOTHING`: the fact is then missing. Raises InputError without reason or author, for an expiry that has
    passed, and for a value that is not of the metric's kind or that it cannot have.
    """
    if not reason.strip() or not author.strip():
        raise InputError("A settlement needs a reason and an author: say why, and who decided.")
    if expires is not None and expires < at.date():
        raise InputError(f"A settlement cannot end on {expires}, before the day it is made ({at.date()}).")
    made = make_observation(
        entity=entity,
        metric=metric,
        raw=raw.strip(),
        source=EDITOR,
        retrieved_at=at,
        as_of=at.date(),
        url=url,
        context=context,
        reason=reason.strip(),
        author=author.strip(),
        expires=expires,
    )
    if made.quantity.kind is not Kind.MISSING and not is_of_kind(made.quantity, metric):
        raise InputError(
            f"{raw!r} is no value of metric {metric.id!r} ({metric.kind.value}"
            + (f", in {metric.unit}" if metric.unit else "")
            + f"): write one, or {NOTHING!r} for none."
        )
    # What is merely implausible an editor may know better.
    if is_below_nothing(made.quantity, metric):
        raise InputError(f"{raw!r} is less than nothing, which {metric.name!r} cannot be.")
    return made
