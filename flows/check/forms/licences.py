"""Open source or not: decided by the licence that the facts name, for whatever the licences are called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.check.discourse import Mention, Scene
from flows.check.forms.capability import segments
from flows.check.forms.clauses import advice_clause
from flows.check.forms.context import FormContext
from flows.check.forms.having import denied, subjects_of
from flows.check.sheet import Compiled
from flows.check.typed import Choice, Form, TypedClaim
from schemas.checking import Label

_OPEN = re.compile(
    r"\b(?:MIT|Apache|BSD|[AL]?GPL\w*|MPL|ISC|EPL|EUPL|PSF|PostgreSQL Licen[cs]e|Artistic|zlib|CC0|Unlicense|Boost|open[- ]source)\b",
    re.I,
)
_CLOSED = re.compile(
    r"\b(?:proprietary|commercial|closed|BUSL|BSL|SSPL|ELv2|Elastic Licen[cs]e|source[- ]available|freeware)\b", re.I
)


#: What a sentence must hold one of for this form.
WORDS = frozenset(["open", "closed", "permissive", "permissively", "copyleft"])


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """A claim for each "open source", "closed source" and "proprietary" said of the things compared."""
    items = scene.line.items
    metric = _licence(ctx.compiled)
    if metric is None:
        return
    for first, last in segments(scene, ctx):
        for at in range(first, last):
            size = _phrase(scene, at)
            if not size or items[at].covered or (advice_clause(scene, at) and not _recommended(scene, at)):
                continue
            counted = _counted(scene, at)
            subjects, _ = subjects_of(scene, ctx, first, last, [at + size - 1])
            if counted is not None:
                subjects = (Choice(counted.entities, 0.0, "all of them"),)
            elif _recommended(scene, at):
                subjects = tuple(Choice(one.entities, 0.0, "recommended") for one in scene.mentions if one.at < at)
            if not subjects:
                continue
            says_open = items[at].low != "closed"
            positive = not denied(items, first, last, at, ctx.compiled.lexicon.lacking_verbs)
            cells = [cell for entity in subjects[0].entities for cell in ctx.compiled.cell(entity, metric)]
            read_as = [_is_so(items[at].low, cell.raw) for cell in cells]
            for k in range(
                at, at + size + (scene.line.low(at + size) in ("licence", "license", "licences", "licenses"))
            ):
                items[k].covered = True
            shown = ", ".join(cell.raw[:40] for cell in cells)
            if any(cell.disputed for cell in cells) or not cells or None in read_as:
                fixed, reason = Label.UNVERIFIABLE, "no licence says so plainly"
            elif counted is not None:
                fixed, reason = (
                    (Label.SUPPORTED, "")
                    if sum(value is (says_open is positive) for value in read_as) in (counted.count or ())
                    else (Label.CONTRADICTED, f"the licence is {shown}")
                )
            elif all(value is (says_open is positive) for value in read_as):
                fixed, reason = _alone(scene, at, subjects[0].entities, metric, ctx, says_open=says_open is positive)
            else:
                fixed, reason = Label.CONTRADICTED, f"the licence is {shown}"
            yield TypedClaim(
                Form.CAPABILITY,
                items[at].start,
                items[at + size - 1].end,
                fixed=fixed,
                facts=tuple(cell.fact for cell in cells),
                shown=f"the licence is {shown}" if cells else "",
                reason=reason,
                items=(at, at + size),
            )


def _alone(
    scene: Scene, at: int, entities: tuple[int, ...], metric: int, ctx: FormContext, *, says_open: bool
) -> tuple[Label, str]:
    """ "X is the only open-source one", "is not the only one": whether others are, too, where the sentence says so."""
    mark = scene.extra.get("only")
    if not isinstance(mark, tuple) or not 0 <= at - mark[0] <= _NEAR:
        return Label.SUPPORTED, ""
    scene.extra["only"] = None
    excused = {*entities, *mark[1]}
    others = [
        ctx.compiled.entity_names[entity]
        for entity in range(ctx.compiled.entity_count)
        if entity not in excused
        and any(_is_open(cell.raw) is says_open for cell in ctx.compiled.cell(entity, metric) if not cell.disputed)
    ]
    if bool(others) is bool(mark[2]):
        return Label.SUPPORTED, ""
    return Label.CONTRADICTED, f"{others[0]} is, too" if others else "nobody else is"


#: How far behind "only" the words may stand that it is said of.
_NEAR = 5


def _counted(scene: Scene, at: int) -> Mention | None:
    """ "Two of the four are open source": the counted subject of the clause."""
    subject = scene.subject_before(at)
    if (
        subject is None
        or subject.count is None
        or any(scene.line.low(k) in (",", ";", ":") for k in range(subject.at, at))
    ):
        return None
    scene.counted.add(subject.at)
    return subject


def _phrase(scene: Scene, at: int) -> int:
    """How many items "open source", "open-source", "closed source" or "permissive" has at item `at`; 0 for none."""
    line = scene.line
    if line.low(at) in _ASKS:
        return 1
    if line.low(at) in WORDS:
        if line.low(at + 1) == "source":
            return 2
        if line.low(at + 1) == "-" and line.low(at + 2) == "source":
            return 3
    return 0


def _recommended(scene: Scene, at: int) -> bool:
    """ "Choose X if you want a permissive licence": said of the one thing that is recommended."""
    before = {mention.entities for mention in scene.mentions if mention.at < at}
    advises = scene.line.sentence.section == "choose" or scene.line.low(0) in ("choose", "pick")
    return advises and len(before) == 1 and scene.line.low(at) in _ASKS


def _is_so(word: str, raw: str) -> bool | None:
    """Whether the licence is open, or asks for as little or as much as the word says."""
    asks = _ASKS.get(word)
    if asks is None:
        return _is_open(raw)
    if _CLOSED.search(raw):
        return False
    kinds = {pattern is asks for pattern in (_PERMISSIVE, _COPYLEFT) if pattern.search(raw)}
    return kinds.pop() if len(kinds) == 1 else None


_PERMISSIVE = re.compile(r"\b(?:MIT|Apache|BSD|ISC|zlib|CC0|Unlicense|Boost|PSF|PostgreSQL Licen[cs]e)\b", re.I)
_COPYLEFT = re.compile(r"\b(?:[AL]?GPL\w*|MPL|EPL|EUPL)\b", re.I)
_ASKS = {"permissive": _PERMISSIVE, "permissively": _PERMISSIVE, "copyleft": _COPYLEFT}


def _is_open(raw: str) -> bool | None:
    if _CLOSED.search(raw):
        return False
    return True if _OPEN.search(raw) else None


def _licence(compiled: Compiled) -> int | None:
    concept = compiled.lexicon.concept("licence")
    found = [card.number for card in compiled.metrics if concept in card.weights and not card.numeric]
    return found[0] if len(found) == 1 else None
