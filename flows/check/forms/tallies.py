"""Tallies: a bare number word that counts the things compared by what their cells say: "two are pending", "how many have a trial? Two."

A count whose predicate is a figure ("two take more than 100 MB") is read in `counts`; here the predicate is words.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from flows.check.forms.clauses import negated
from flows.check.forms.context import FormContext
from flows.check.forms.counts import VERBS
from flows.check.groups import is_plural
from flows.check.items import Item
from flows.check.lexicon.tenses import in_any_tense
from flows.check.scene import Scene
from flows.check.stated import Hedge, Stated
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

_BEFORE = frozenset(["and", "or", "but", "only", "just", "exactly", "while", "whereas", "so", "yet", "all", "another"])
_ENDS = frozenset([",", ";", ".", ":", "—", "–", "(", ")", "and", "but", "while", "whereas", "or"])
_MORE_VERBS = in_any_tense(["share", "miss", "use", "lack", "do", "can", "were", "was", "need", "work"])
_SET = frozenset(["last", "first", "top", "best", "other", "remaining", "bottom", "next", "same"])


def counts_things(scene: Scene, at: int, stated: Stated, ctx: FormContext) -> bool:
    """Whether the number at item `at` counts things compared: a small number word at the head of a clause or answering "how many"."""
    items = scene.line.items
    if (
        stated.quantity.unit not in (None, "1")
        or stated.hedge is not Hedge.PLAIN
        or not items[at].text.isalpha()
        or not 1 <= stated.low <= ctx.compiled.entity_count
        or stated.low != stated.low.to_integral_value()
    ):
        return False
    if _answers(scene, at):
        return True
    before = scene.line.low(at - 1)
    if before in _SET and scene.line.low(at - 2) == "the":
        return True
    if at and items[at - 1].kind != "p" and before not in _BEFORE and items[0].low != "of":
        return False
    return _speaks_of_them(scene, at, ctx) and not _elliptic(scene, at)


def _speaks_of_them(scene: Scene, at: int, ctx: FormContext) -> bool:
    """ "two are", "three run", "four services have"; "two ports" and "two children fit" count parts of one of them."""
    line = scene.line
    if line.kind(at + 1) != "w":
        return False
    noun = line.items[at + 1]
    if noun.low in VERBS or noun.low in _MORE_VERBS:
        return True
    if any(phrase[-1] == noun.concept for card in ctx.compiled.metrics if card.numeric for phrase in card.phrases):
        # "two seats": the number is the value of a metric that the noun names.
        return False
    known = noun.low in ctx.compiled.class_nouns
    return (known or is_plural(noun.low)) and (line.low(at + 2) in VERBS or line.low(at + 2) in _MORE_VERBS)


def _answers(scene: Scene, at: int) -> bool:
    """ "How many of the six offer a free trial? Two." """
    question = scene.question
    if question is None or scene.previous is not question or at > 2:
        return False
    words = [item.low for item in question.line.items]
    return any(one == "how" and other == "many" for one, other in itertools.pairwise(words))


def _elliptic(scene: Scene, at: int) -> bool:
    """ "A weighs five grams, B three": a figure before of which this one is a second value."""
    return any(figure.at < at for figure in scene.figures) and not any(
        item.low in (";", ".", ":") for item in scene.line.items[max(f.at for f in scene.figures if f.at < at) : at]
    )


def read_tally(scene: Scene, at: int, stated: Stated, ctx: FormContext) -> TypedClaim | None:
    """The recount, where the words of the predicate are values of cells; None where no fact can say it."""
    items = scene.line.items
    if _answers(scene, at) and scene.question is not None:
        words, last, positive = scene.question.line.items, at + 1, True
    else:
        last = at + 1
        while last < len(items) and items[last].low not in _ENDS:
            last += 1
        words, positive = items[at + 1 : last], not negated(items, last - 1)
    found = _recount(words, ctx)
    if not found or not positive:
        return None
    want = int(stated.low)
    metric = next((number for number, (entities, _) in found.items() if len(entities) == want), None)
    if metric is None and len(found) > 1:
        return None
    entities, facts = found[metric] if metric is not None else next(iter(found.values()))
    for item in items[at:last]:
        item.covered = True
    names = ", ".join(ctx.compiled.entity_names[entity] for entity in sorted(entities))
    return TypedClaim(
        Form.COUNT,
        items[at].start,
        items[last - 1].end,
        fixed=Label.SUPPORTED if metric is not None else Label.CONTRADICTED,
        facts=tuple(facts),
        shown=f"{len(entities)} do ({names[:200]}), the text says {want}",
        items=(at, last),
    )


def _recount(words: Sequence[Item], ctx: FormContext) -> dict[int, tuple[set[int], list[str]]]:
    """Per textual metric: the entities whose cells hold every value word of the predicate, with their facts."""
    compiled = ctx.compiled
    table: dict[int, list[dict[int, str]]] = {}
    for concept in dict.fromkeys(item.concept for item in words if item.kind == "w" and item.concept):
        holding: dict[int, dict[int, str]] = {}
        for cell in compiled.by_value.get(concept, ()):
            if not cell.disputed and concept not in cell.denied:
                holding.setdefault(cell.metric, {})[cell.entity] = cell.fact
        for metric, facts in holding.items():
            table.setdefault(metric, []).append(facts)
    most = max((len(each) for each in table.values()), default=0)
    found: dict[int, tuple[set[int], list[str]]] = {}
    for metric, each in table.items():
        if len(each) < most:
            continue
        entities = set.intersection(*(set(facts) for facts in each))
        found[metric] = (entities, [each[0][entity] for entity in sorted(entities)])
    return found
