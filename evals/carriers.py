"""Every reference of a sheet in a neutral sentence: what the renderer prints, the checker must call supported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.check import case_from_sheet, check_text, compile_case
from flows.references import table
from schemas.catalogue import Metric, MetricKind
from schemas.checking import Label
from schemas.facts import Derivation, DerivationKind, FactSheet


@dataclass(frozen=True, slots=True)
class Carried:
    """One reference in its carrier. `kind` is the derivation's, or "fact" and the metric's kind. `wrong`: the claims
    that are not supported, each with the reason; `silent`: no claim was found at all."""

    reference: str
    kind: str
    sentence: str
    wrong: tuple[str, ...]
    silent: bool

    @property
    def passed(self) -> bool:
        return not self.wrong and not self.silent


def carried(sheet: FactSheet) -> Iterator[Carried]:
    """Every reference of the sheet that has a natural carrier, checked on its own."""
    compiled = compile_case(case_from_sheet(sheet))
    derived = {derivation.id: derivation for derivation in sheet.derivations}
    metrics = {metric.id: metric for metric in sheet.metrics}
    names = {entity.id: entity.name for entity in sheet.entities}
    for path, text in table(sheet).items():
        derivation = derived.get(path)
        if derivation is not None:
            kind: str = derivation.kind.value
            sentence = _derived(derivation, _noun(metrics[derivation.metric]), names, text)
        else:
            entity, name = path.split(".")
            metric = metrics[name]
            if metric.kind is MetricKind.BOOLEAN:
                continue  # "Yes" alone is no sentence about anything
            kind = f"fact {metric.kind.value}"
            sentence = f"{names[entity]}'s {_noun(metric)} is {text}."
        if sentence is None:
            continue
        report = check_text(sentence, compiled, date=sheet.today)
        wrong = tuple(
            f"{claim.label}: {claim.text!r} {claim.reason or claim.computation}".strip()
            for claim in report.claims
            if claim.label is not Label.SUPPORTED
        )
        wrong += tuple(one.reason for one in report.unchecked)
        yield Carried(path, kind, sentence, wrong, not report.claims)


def _noun(metric: Metric) -> str:
    noun = metric.wording.noun
    if noun:
        return noun.removeprefix("a ").removeprefix("an ")
    return metric.name if metric.name[1:2].isupper() else metric.name[:1].lower() + metric.name[1:]


def _derived(derivation: Derivation, noun: str, names: dict[str, str], text: str) -> str | None:
    """The carrier of a derivation; None for a percentage, which has no sentence without a direction word."""
    match derivation.kind:
        case DerivationKind.RATIO if derivation.larger:
            other = next(name for entity, name in names.items() if entity != derivation.larger)
            return f"{names[derivation.larger]}'s {noun} is {text} {other}'s."
        case DerivationKind.DIFFERENCE:
            return f"The difference in {noun} is {text}."
        case DerivationKind.RANK if derivation.entity:
            return f"{names[derivation.entity]} ranks {text} in {noun}."
        case DerivationKind.AGE if derivation.entity:
            return f"{names[derivation.entity]}'s {noun} is {text} old."
        case _:
            return None
