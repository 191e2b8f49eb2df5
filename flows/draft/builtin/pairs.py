"""Sentences about one metric and both sides: how two values are put beside each other."""

from __future__ import annotations

from flows.draft.builtin import english
from flows.draft.builtin.content import Point, PointKind
from flows.draft.builtin.voice import Voice, akin
from schemas.catalogue import Metric
from schemas.quantity import Kind

#: From this ratio on, the ratio itself is worth printing.
_WORTH_A_RATIO = 1.5
#: Nouns of things that are large or small, not high or low.
_EXTENTS = ("size", "footprint", "window", "memory", "storage", "volume", "capacity", "battery", "screen", "display")
#: Where a reader asks for both values.
_BOTH = frozenset({"answer", "undecided", "difference"})
_DURATIONS = frozenset({"s", "ms", "us", "min", "minutes", "h", "hours", "seconds", "days", "months", "years"})


def pair(
    voice: Voice,
    point: Point,
    family: str,
    lead: str | None = None,
    *,
    inner: bool = False,
    said: bool = False,
    named: str | None = None,
    ahead: bool = False,
) -> str:
    """Both values in one sentence, `lead` first (the better side unless told).

    `inner`: the words follow a colon or a conjunction, so they hold none of their own. `said`: the noun stands right
    before, so figures do not open with it again. `named`: the entity just named, which is "it" from here on.
    `ahead`: figures say who is ahead, in the metric's own comparative, where there is one.
    """
    first = lead or point.winner or point.larger or voice.one
    second = voice.rival(first)
    if voice.equal(point):
        return _same(voice, point)
    match point.kind:
        case PointKind.CAPABILITY:
            return _answers(voice, point, family, inner, named)
        case PointKind.DIFFERENCE:
            return _words(voice, point, family, first, second, inner)
        case PointKind.DATE:
            return _dates(voice, point, family, first, second, inner)
        case PointKind.NUMBER:
            return _figures(voice, point, family, first, second, inner, said, named, ahead)


def _same(voice: Voice, point: Point) -> str:
    """One value for both sides."""
    noun, value = voice.noun(point), voice.value(voice.one, point.metric)
    one, other = voice.names
    return voice.choice.pick(
        "same",
        [
            f"{noun} {english.verb_for(noun)} {value} for both {one} and {other}",
            f"{one} and {other} have the same {noun}, {value}",
        ],
    )


def ratio(voice: Voice, point: Point, just_named: str | None = None, *, said: bool = False) -> str | None:
    """ "Flask's throughput is {{ throughput.ratio }} FastAPI's"; None where the ratio is small or not firm.

    An entity that was `just_named` is "it". `said`: the noun stands right before, so it is not said again.
    """
    reference = f"{point.metric.id}.ratio"
    if reference not in voice.content.references or point.larger is None or (point.ratio or 0) < _WORTH_A_RATIO:
        return None
    small = voice.rival(point.larger)
    noun, verb, unit = voice.noun(point), point.metric.wording.verb, point.metric.unit or ""
    if verb and voice.counts(point.larger, point.metric) and unit.isalpha() and unit.endswith("s"):
        who = "it" if just_named == point.larger else voice.name(point.larger)
        return f"{who} {verb} {{{{ {reference} }}}} as many {unit} as {voice.name(small)}"
    be = english.verb_for(noun)
    if said:
        what = "it" if just_named == point.larger else voice.their(point.larger)
        return f"{what} {be} {{{{ {reference} }}}} {voice.their(small)}" if be == "is" or what != "it" else None
    whose = "its" if just_named == point.larger else voice.their(point.larger)
    return f"{whose} {noun} {be} {{{{ {reference} }}}} {voice.their(small)}"


def _figures(
    voice: Voice,
    point: Point,
    family: str,
    first: str,
    second: str,
    inner: bool,
    said: bool,
    just_named: str | None,
    ahead: bool,
) -> str:
    metric, noun = point.metric, voice.noun(point)
    a, b = voice.name(first), voice.name(second)
    x, y = voice.ref(first, metric), voice.ref(second, metric)
    be = english.verb_for(noun)
    verb = metric.wording.verb
    counted = voice.counts(first, metric)
    verb = verb if verb and (voice.tells(metric) or counted) else None
    tail = english.preposition(verb)
    better, worse = metric.wording.better, metric.wording.worse
    clear = voice.alone_in_unit(metric)
    wins, loses = point.winner == first, point.winner == second
    comparative = degree(voice, point, first)
    outer = not inner and not said
    # A long verb is said once: "finishes a pattern without literals in 15 s".
    short = verb if verb and len(verb.split()) <= 2 else None
    # "keeps 7 profiles where Netflix keeps 5 profiles" says verb and noun twice.
    twice = short and not counted
    named = not (verb and counted)
    # "more efficient: its efficiency is" says it twice; then the comparative stands for the noun.
    again = better is not None and akin(better, noun)
    # "27.2 cu ft against 24.4 cu ft" says the unit twice in a breath; "$10 against $20" does not.
    tight = not any(" " in (voice.fact(entity, metric).display or "") for entity in (first, second))
    it, its = ("it", "its") if just_named == first else (a, voice.their(first))
    if family not in _BOTH and voice.spelled(metric):
        lean = _one_figure(voice, point, first, it, its, comparative if outer else None, said)
        if any(lean):
            return voice.choice.pick("figures.lean", lean)
    options = [
        f"{it} {verb} {x}, against {y} for {b}" if verb else None,
        f"{it} {verb} {x} and {b} {tail}{y}" if verb and (tail or not counted) else None,
        f"{a} {short} {x}; {b} {short} {y}" if twice and not inner else None,
        f"{a} is {better}: its {noun} {be} {x}, against {y} for {b}"
        if wins and better and named and not inner and not again
        else None,
        f"{it} is {better} than {b}: {x}, against {y}"
        if wins and better and named and (again or clear) and not inner
        else None,
        f"{it} is {better}, with {x} against {y} for {b}" if wins and better and clear and tight else None,
        f"{it} is {better} than {b}, at {x} against {y}" if wins and better and clear and tight else None,
        f"{a} is {worse} at {x}, where {b} {verb} {y}" if loses and worse and verb else None,
        f"{its} {noun} {be} {x}, {voice.their(second)} {y}" if named and not said else None,
        f"{a} is {better}: it {verb} {x}, against {y} for {b}"
        if wins and better and counted and outer and len(better.split()) > 2 and not akin(better, verb or "")
        else None,
        f"{noun} {be} {x} for {a} and {y} for {b}" if named and not said and it != "it" else None,
        f"{a} has the {comparative} {noun}: {x}, against {y} for {b}"
        if wins and named and outer and comparative
        else None,
        f"with {x} against {y}, {a} has the {comparative} {noun}"
        if wins and named and outer and comparative and tight
        else None,
        f"{it} {short} {x} where {b} {short} {y}" if twice else None,
        f"at {x} against {y}, {a} is {better} than {b}" if wins and better and outer and clear and tight else None,
        f"{b} {short} {y}, but {a} {short} {x}" if wins and twice and outer else None,
        (f"{x}, against {y} for {b}" if just_named == first else f"{x} for {a}, {y} for {b}") if said else None,
    ]
    leading = [option if option and better and f" is {better}" in option else None for option in options]
    if ahead and any(leading):
        return voice.choice.pick(f"figures.{family}.ahead", leading)
    return voice.choice.pick(f"figures.{family}", options)


def _one_figure(
    voice: Voice, point: Point, first: str, it: str, its: str, comparative: str | None, said: bool
) -> list[str | None]:
    """Ways to put two figures beside each other with one of them: by their ratio, or by who is ahead.

    "1,600 columns, 1.6x MySQL's" for "1,600 columns, MySQL's 1,017 columns": the table has the other one.
    """
    metric, noun = point.metric, voice.noun(point)
    x, second = voice.ref(first, metric), voice.rival(first)
    reference = f"{metric.id}.ratio"
    verb, counted = metric.wording.verb, voice.counts(first, metric)
    clear = reference in voice.content.references and point.larger == first and (point.ratio or 0) >= _WORTH_A_RATIO
    wins = point.winner == first
    better = metric.wording.better
    other, times = voice.name(second), f"{{{{ {reference} }}}}"
    if said:
        return [f"{x} for {voice.name(first)}, {times} {voice.their(second)}" if clear and it != "it" else None]
    plain = not (verb and counted)
    return [
        f"{its} {noun} {english.verb_for(noun)} {x}, {times} {voice.their(second)}" if clear and plain else None,
        f"{it} {verb} {x}, {times} as many as {other}" if clear and not plain else None,
        f"{it} has the {comparative} {noun}, {x}" if wins and comparative and plain else None,
        f"{it} is {better} than {other}, with {x}" if wins and better and voice.alone_in_unit(metric) else None,
    ]


def degree(voice: Voice, point: Point, entity: str) -> str | None:
    """The comparative that goes with the noun: "the shorter search time", "the smaller wheel size", "the lower price"."""
    order, noun = voice.order(point, entity), voice.noun(point)
    if order is None or english.is_plural(noun):
        return None
    words = ("higher", "lower")
    if (point.metric.unit or "") in _DURATIONS:
        words = ("longer", "shorter")
    elif noun.endswith(_EXTENTS):
        words = ("larger", "smaller")
    return words[0] if order == "higher" else words[1]


def _dates(voice: Voice, point: Point, family: str, first: str, second: str, inner: bool) -> str:
    metric, noun = point.metric, voice.noun(point)
    a, b = voice.name(first), voice.name(second)
    x, y = voice.ref(first, metric), voice.ref(second, metric)
    verb, same = voice.verb(first, metric), voice.verb(second, metric)
    tail = english.preposition(verb) if verb == same else ""
    return voice.choice.pick(
        f"dates.{family}",
        [
            (f"{a} {verb} {x}, and {b} {tail}{y}" if tail else f"{a} {verb} {x} and {b} {same} {y}") if verb else None,
            (
                f"{voice.their(first)} {noun} is {x}, {voice.their(second)} {y}"
                if noun.endswith("date")
                else f"{voice.their(first)} {noun} dates from {x}, {voice.their(second)} from {y}"
            ),
            f"{a} {verb} {x}, {b} {tail}{y}" if tail else None,
            f"{noun}: {x} for {a}, {y} for {b}" if not inner else None,
        ],
    )


def _answers(voice: Voice, point: Point, family: str, inner: bool, named: str | None) -> str:
    metric = point.metric
    has = point.larger or voice.one
    lacks = voice.rival(has)
    a, b = voice.name(has), voice.name(lacks)
    # The side just named is "it"; the other keeps its name, wherever it stands.
    has_it = "it" if named == has else a
    lacks_it = "it" if named == lacks else b
    thing, predicate = voice.thing(point), voice.predicate(metric)
    does = predicate or f"has {thing}"
    without = voice.capability(lacks, metric, lacks_it)
    plain = predicate is None
    # What was just said is not said again: "SQLite has none", not "SQLite has no Parquet reader".
    likewise = f"{a} {'does' if not plain else f'has {english.pronoun(thing)}'}"
    none = f"{b} has none" if plain else f"{b} does not"
    if point.winner == lacks:
        return voice.choice.pick(
            f"burden.{family}",
            [
                f"{without}, but {likewise}",
                f"unlike {a}, {without}" if named != lacks else None,
                f"{without}, while {likewise}",
                f"{has_it} {does}, but {b} does not" if named != lacks else None,
            ],
        )
    return voice.choice.pick(
        f"answers.{family}",
        [
            f"{has_it} {does}, but {b} does not" if plain else f"{has_it} {does}, which {b} does not",
            f"{has_it} {does}; {none}" if not inner else None,
            f"unlike {b}, {a} {does}" if named != has else None,
            f"{has_it} {does}, which {b} lacks" if plain else None,
            f"{has_it} {does}, while {none}",
            f"{lacks_it} lacks {thing}, and {likewise}" if plain and named != has else None,
            f"{has_it} {does}, and {b} does not" if inner else None,
            f"{without}, but {a} does" if not plain and named != has else None,
        ],
    )


def _words(voice: Voice, point: Point, family: str, first: str, second: str, inner: bool) -> str:
    metric, noun = point.metric, voice.noun(point)
    a, b = voice.name(first), voice.name(second)
    if any(_is_boolean(voice, entity, metric) for entity in (first, second)):
        # The side whose cell is a plain yes or no first: it names the metric for both.
        plain, worded = sorted((first, second), key=lambda e: not _is_boolean(voice, e, metric))
        if _is_boolean(voice, worded, metric):
            return " and ".join(voice.capability(entity, metric) for entity in (plain, worded))
        return f"{voice.capability(plain, metric)}, while {voice.their(worded)} {english.verb_for(noun)} {voice.value(worded, metric)}"
    x, y = voice.value(first, metric), voice.value(second, metric)
    verb, be = metric.wording.verb, english.verb_for(noun)
    return voice.choice.pick(
        f"words.{family}",
        [
            f"{a} {verb} {voice.ref(first, metric)} and {b} {english.preposition(verb)}{voice.ref(second, metric)}"
            if verb
            else None,
            f"{a} {verb} {voice.ref(first, metric)}, while {b} {verb} {voice.ref(second, metric)}"
            if verb and len(verb.split()) <= 2
            else None,
            f"{voice.their(first)} {noun} {be} listed as {x}, {voice.their(second)} as {y}",
            f"{voice.their(first)} {noun} {be} {x}, while {voice.their(second)} {be} {y}",
            f"{voice.their(first)} {noun} {be} {x}; {voice.their(second)} {be} {y}" if not inner else None,
            f"on {noun}, {a} lists {x} and {b} {y}",
        ],
    )


def _is_boolean(voice: Voice, entity: str, metric: Metric) -> bool:
    quantity = voice.fact(entity, metric).quantity
    return quantity is not None and quantity.kind is Kind.BOOLEAN
