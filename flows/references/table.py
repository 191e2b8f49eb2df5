"""Which references a fact sheet allows, and the exact text that each prints."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flows.references.scan import scan
from schemas.facts import Derivation, Fact, FactSheet, FactStatus

#: A value longer than this is prose of a source, not a figure or a category: it never enters a sentence by reference.
MAX_PRINTED = 160

_FIRM = (FactStatus.AGREED, FactStatus.SINGLE)


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference stands for: the text that it prints and the ids of the facts that it rests on."""

    text: str
    facts: tuple[str, ...]


def referable(sheet: FactSheet) -> dict[tuple[str, str], Fact]:
    """The facts that prose may lean on, by (entity, metric): agreed or single, present, and of one context only.

    A pair with values in several contexts has no one value to print, so it is left out, as is everything disputed,
    stale or missing.
    """
    contexts = Counter((fact.entity, fact.metric) for fact in sheet.facts)
    return {
        (fact.entity, fact.metric): fact
        for fact in sheet.facts
        if fact.status in _FIRM and contexts[fact.entity, fact.metric] == 1 and fact.quantity is not None
    }


def format(item: Fact | Derivation) -> str | None:
    """The text that a reference to `item` prints: its display, in the metric's unit; None when it may not stand in prose.

    Values come from sources: one with delimiters, line breaks or control characters, or longer than a phrase, is not
    printed at all.
    """
    text = (item.display or "").strip()
    found = scan(text)
    if not text or len(text) > MAX_PRINTED or found.references or found.leftovers or not text.isprintable():
        return None
    return text


def lookup(sheet: FactSheet) -> dict[str, Target]:
    """Every valid reference of `sheet` with what it stands for, in the order of the facts, then of the derivations."""
    firm = referable(sheet)
    firm_ids = {fact.id for fact in firm.values()}
    targets: dict[str, Target] = {}
    for (entity, metric), fact in firm.items():
        text = format(fact)
        if text is not None:
            targets[f"{entity}.{metric}"] = Target(text, (fact.id,))
    for derivation in sheet.derivations:
        text = format(derivation)
        if text is not None and derivation.id not in targets and firm_ids.issuperset(derivation.facts):
            targets[derivation.id] = Target(text, derivation.facts)
    return targets


def table(sheet: FactSheet) -> dict[str, str]:
    """Every valid reference (without braces) and the exact text that it prints."""
    return {path: target.text for path, target in lookup(sheet).items()}
