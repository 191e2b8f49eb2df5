"""Holders: who has what a description names: "MIT-licensed Go servers", "museums without a café", "the contract-free ones".

The words are told apart by column like those of a capability, and each column is asked of everybody. Who has no cell, or
one that does not tell, is in neither set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.check.capability import Said, all_have
from flows.check.cells import COMPOUNDED
from flows.check.groups import Group, is_plural
from flows.check.items import Item, Line
from flows.check.outcome import C, S
from flows.check.sheet import Compiled
from flows.quantities.units import lookup

_DENYING = frozenset("without no lacking lack lacks missing not".split())
#: What the words of one column must weigh together before they describe anybody by it.
_ENOUGH = 0.45
_AUX = frozenset("not to can cannot can't does do doesn't don't will that which who".split())
_BEFORE_SIZE = frozenset("the all only just these those of".split())
_BARE = frozenset("only sole ones one here listed tested compared available which that who whose".split())


@dataclass(frozen=True, slots=True)
class Holders:
    """Who has all of it, who lacks some of it, and the facts that say so."""

    having: frozenset[int]
    lacking: frozenset[int]
    facts: tuple[str, ...]

    def of(self, entities: Sequence[int]) -> bool | None:
        """Whether these have it; None where the facts do not tell of one, and none lacks it."""
        if not self.lacking.isdisjoint(entities):
            return False
        return True if self.having.issuperset(entities) else None


def holders(words: Sequence[Item], compiled: Compiled) -> Holders | None:
    """The holders of what the words describe; None where they describe nobody, or say something that no fact knows."""
    told: list[tuple[int, Item, bool]] = []
    denied = False
    heads = 0
    lexicon = compiled.lexicon
    for at, item in enumerate(words):
        concept = lexicon.concept(item.low)
        if item.low in _DENYING:
            denied = True
        elif item.low == "free" and at > 1 and words[at - 1].low == "-" and told:
            told[-1] = (told[-1][0], told[-1][1], False)
        elif item.kind == "p":
            if item.low not in "-/&,'\"":
                return None
        elif item.kind == "n":
            if (
                item.unit not in (None, "1")
                or not item.text.isalpha()
                or (at and words[at - 1].low not in _BEFORE_SIZE)
            ):
                # "the only one with two card slots"
                return None
        elif item.low in lexicon.capability_verbs and (item.low.endswith("s") or _behind_aux(words, at)):
            continue
        elif concept in compiled.text_words and (item.low not in lexicon.stop or _named(words, at, concept, compiled)):
            told.append((at, item, not denied))
        elif item.low in lexicon.stop and at + 1 < len(words) and words[at + 1].low == "-":
            return None
        elif item.low in lexicon.stop or item.low in _BARE or item.low in lexicon.capability_verbs:
            continue
        elif item.graded is not None and item.degree != "positive":
            return None
        elif item.low in compiled.class_nouns or (is_plural(item.low) and lookup(item.low) is None):
            heads += 1
        elif at + 1 < len(words) or heads:
            return None
    # Two nouns that no fact knows are one too many for a name of the things compared.
    return _of_columns(told, compiled) if told and heads <= 1 else None


_GROUPS = frozenset("the all both every each no these those".split())
_REACH = 7


def described_group(line: Line, at: int, compiled: Compiled, verbs: frozenset[str]) -> Group | None:
    """ "The V2L cars", "no front-wheel-drive car", "all liquid-cooled ones": a group that begins at item `at`, described by columns."""
    items = line.items
    if line.low(at) not in _GROUPS or line.kind(at) == "e":
        return None
    head = None
    for position in range(at + 1, min(len(items), at + _REACH)):
        item = items[position]
        if item.low in verbs or item.kind == "e" or (item.kind == "p" and item.low != "-"):
            break
        if item.low in compiled.class_nouns or (
            is_plural(item.low)
            and item.concept not in compiled.text_words
            and item.concept not in compiled.by_concept
            and item.low not in compiled.lexicon.stop
        ):
            head = position
            break
    if head is None or head == at + 1:
        return None
    if line.low(at) == "no" and not (
        (at == 0 or items[at - 1].kind == "p" or line.low(at - 1) in ("and", "but", "while"))
        and (line.low(head + 1) in verbs or line.low(head + 2) in verbs)
    ):
        # "it has no free plan", "- No free plan": a thing that is not there.
        return None
    found = holders(items[at + 1 : head + 1], compiled)
    if found is None or not 0 < len(found.having) < compiled.entity_count:
        return None
    entities = tuple(sorted(found.having))
    single = line.low(at) == "the" and not line.low(head).endswith("s")
    size = next((item.stated for item in items[at + 1 : head] if item.stated is not None), None)
    if (
        (single and len(entities) != 1)
        or (line.low(at) == "both" and len(entities) != 2)
        or (size is not None and size.low != len(entities))
    ):
        return None
    return Group(at, head, entities)


def _behind_aux(words: Sequence[Item], at: int) -> bool:
    return at > 0 and words[at - 1].low in _AUX


def _named(words: Sequence[Item], at: int, concept: str, compiled: Compiled) -> bool:
    """A word of grammar that is a value: "Go", the first of "all-wheel drive"."""
    if words[at].low in COMPOUNDED and at + 1 < len(words) and words[at + 1].low == "-":
        return True
    return words[at].text[0].isupper() and concept in compiled.grammar_names


def _of_columns(told: list[tuple[int, Item, bool]], compiled: Compiled) -> Holders | None:
    table, concept_of = compiled.text_words, compiled.lexicon.concept
    scores: dict[int, float] = {}
    for concept in dict.fromkeys(concept_of(item.low) for _, item, _ in told):
        for metric, weight in table[concept].items():
            scores[metric] = scores.get(metric, 0.0) + weight
    columns: dict[int, list[tuple[Item, bool]]] = {}
    apart: set[int] = set()
    places = {at for at, _, _ in told}
    for at, item, positive in told:
        weights = table[concept_of(item.low)]
        best = max(weights, key=lambda metric: (scores[metric], weights[metric]))
        if at - 1 not in places or best in columns:
            apart.add(best)
        columns.setdefault(best, []).append((item, positive))
    lacking: set[int] = set()
    having = set(range(compiled.entity_count))
    facts: list[str] = []
    asked = False
    for metric, said in columns.items():
        words = tuple(dict.fromkeys(concept_of(item.low) for item, _ in said))
        values = set(words) & compiled.value_words[metric]
        if not values and len(columns) > 1 and metric not in apart and not _whole(words, metric, compiled):
            # "brick buildings": the noun that another column is called by.
            continue
        if sum(table[word][metric] for word in words) < _ENOUGH or len({positive for _, positive in said}) > 1:
            return None
        asked = True
        proper = frozenset(concept_of(item.low) for item, _ in said if any(map(str.isupper, item.text[1:])))
        positive = said[0][1]
        for entity in range(compiled.entity_count):
            outcome = all_have((entity,), metric, Said(words, proper, positive), compiled)
            facts.extend(outcome.evidence)
            if outcome.label is not S:
                having.discard(entity)
            if outcome.label is C:
                lacking.add(entity)
    return Holders(frozenset(having), frozenset(lacking), tuple(dict.fromkeys(facts))) if asked else None


def _whole(words: tuple[str, ...], metric: int, compiled: Compiled) -> bool:
    return any(set(phrase) <= set(words) for phrase in compiled.metrics[metric].phrases)


__all__ = ["Holders", "holders"]
