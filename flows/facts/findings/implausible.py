"""Values that cannot be right, whatever another source says: limits, future dates, shares, one thing with two sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from flows.facts.agreement import agree
from flows.facts.findings.view import View, ids, listed
from flows.facts.limits import beyond_limits
from flows.facts.registry import normalise
from schemas.catalogue import MetricKind
from schemas.facts import Finding, FindingKind, Observation
from schemas.quantity import Kind

_SHARE = re.compile(r"\b(?:share|adoption|penetration|market|usage rate|of (?:all|developers|users|sites))\b")

_JUDGEMENT = re.compile(r"(?:is )?(?:optimal|optimum|ideal|ideally|recommended|advised|best|sweet spot)", re.IGNORECASE)

#: Words of labels that name a package registry -> the key of `Entity.external` that an entity found there has.
_REGISTRIES = {
    "npm": "npm",
    "pypi": "pypi",
    "crates.io": "crates",
    "rubygems": "rubygems",
    "maven": "maven",
    "nuget": "nuget",
    "packagist": "packagist",
    "hex.pm": "hex",
}


def implausible_values(view: View) -> Iterator[Finding]:
    """Findings about single cells, then about cells that share a whole."""
    for one in view.observations:
        sentence = _limits(view, one) or _future(view, one) or _foreign_registry(view, one) or _advice(view, one)
        if sentence:
            where = f"{view.label(one)} of {view.name(one.entity)}"
            yield Finding(
                kind=FindingKind.IMPLAUSIBLE, sentence=f"{where}: {sentence}.", observations=ids([one]), withholds=True
            )
    yield from _two_sizes(view)
    yield from _shares(view)


def _limits(view: View, one: Observation) -> str | None:
    metric, quantity = view.metrics[one.metric], one.quantity
    if quantity.low is None or quantity.high is None or not view.fits(one):
        return None
    if quantity.unit == "percent" and quantity.low > 100 and _SHARE.search(normalise(view.label(one))):
        return f"{listed([one])} is a share of more than the whole"
    beyond = beyond_limits(quantity, metric)
    return None if beyond is None else f"{listed([one])} {beyond}"


def _future(view: View, one: Observation) -> str | None:
    today = view.today.isoformat()
    if one.quantity.kind is Kind.DATE and one.quantity.date and one.quantity.date > today[: len(one.quantity.date)]:
        return f"{listed([one])} lies in the future"
    if one.as_of is not None and one.as_of > view.today:
        return f"{listed([one])} is dated {one.as_of}, in the future"
    return None


def _foreign_registry(view: View, one: Observation) -> str | None:
    """A figure about a package registry in which the entity is not listed, while it is listed in another."""
    entity = next((known for known in view.entities if known.id == one.entity), None)
    own = {key for key in _REGISTRIES.values() if entity is not None and key in entity.external}
    if not own:
        return None
    words = set(re.findall(r"[\w.]+", (one.attribute or "").casefold()))
    named = {key for word, key in _REGISTRIES.items() if word in words}
    if named and not named & own:
        return f"the label speaks of {', '.join(sorted(named))}, the entity is known on {', '.join(sorted(own))}"
    return None


def _advice(view: View, one: Observation) -> str | None:
    """A number that says what would be best ("500 optimal") where the metric says what is."""
    quantity = one.quantity
    if not quantity.is_numeric or quantity.qualifier is None or not _JUDGEMENT.fullmatch(quantity.qualifier):
        return None
    asked = normalise(f"{view.metrics[one.metric].name} {view.label(one)}")
    return None if _JUDGEMENT.search(asked) else f"{listed([one])} is advice and no measurement"


def _two_sizes(view: View) -> Iterator[Finding]:
    """A metric of something that both sides share has one value."""
    for metric_id, cells in view.by_metric().items():
        metric = view.metrics[metric_id]
        values = [one for one in cells if view.fits(one)]
        if not metric.shared:
            continue
        top = [one for one in values if one.tier is max(other.tier for other in values)]
        pairs = combinations(top, 2)
        if any(not agree(one.quantity, other.quantity, metric.tolerance) for one, other in pairs):
            yield Finding(
                kind=FindingKind.IMPLAUSIBLE,
                sentence=f"{metric.name} is one thing for both sides and cannot have several sizes: {listed(top, 6)}.",
                observations=ids(top),
                withholds=True,
            )


def _shares(view: View) -> Iterator[Finding]:
    """Shares of different wholes in one metric, and shares of one whole that leave less than nothing for the others."""
    for metric_id, given in view.by_metric().items():
        shares = [one for one in given if one.quantity.unit == "percent"]
        wholes = {normalise(one.quantity.qualifier) for one in shares if one.quantity.qualifier and "(" in one.raw}
        if len(wholes) > 1 and _SHARE.search(normalise(f"{view.metrics[metric_id].name} {view.label(shares[0])}")):
            yield Finding(
                kind=FindingKind.IMPLAUSIBLE,
                sentence=(
                    f"{view.metrics[metric_id].name}: {listed(shares)} are shares of different wholes and cannot be set "
                    "against each other."
                ),
                observations=ids(shares),
                withholds=True,
            )
    for (_, metric_id, label, _), row in view.rows.items():
        metric = view.metrics[metric_id]
        cells = [side[0] for side in row.values()]
        if metric.kind is not MetricKind.QUANTITY or len(cells) != 2 or metric.shared:
            continue
        lows = [one.quantity.low for one in cells if one.quantity.unit == "percent"]
        text = normalise(f"{label} {metric.name}")
        if len(lows) == 2 and _SHARE.search(text) and sum(low for low in lows if low is not None) > 100:
            yield Finding(
                kind=FindingKind.IMPLAUSIBLE,
                sentence=f"{view.label(cells[0])}: {listed(cells)} are shares of one whole and add up to more than it.",
                observations=ids(cells),
                withholds=True,
            )
