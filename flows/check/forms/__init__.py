"""The claim forms, in the order in which they read a sentence; what an earlier form covers, a later one leaves alone."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from flows.check.forms import (
    ages,
    answers,
    boundless,
    capability,
    counts,
    exempt,
    feats,
    gaps,
    headcounts,
    licences,
    members,
    moves,
    numbers,
    only,
    order,
    outweighs,
    pairs,
    places,
    premises,
    rates,
    roster,
    sizes,
    streaks,
    titles,
    unmatched,
    unsupported,
    versions,
    wins,
)
from flows.check.forms.context import FormContext
from flows.check.items import Line
from flows.check.scene import Scene
from flows.check.typed import TypedClaim

_NONE: frozenset[str] = frozenset()


class Turn(NamedTuple):
    """One form, and what a sentence must hold for it to find anything: one of some words, or a number. None: any sentence."""

    read: Callable[[Scene, FormContext], Iterator[TypedClaim]]
    words: frozenset[str] | None = None
    figures: bool = False


#: exempt first: idioms and digits of names oblige nothing. Pairs before all that reads one number at a time.
#: Numbers before order: "3x faster" is one claim. Premises before order, which takes every comparison for one of the things compared.
FORMS = (
    Turn(titles.read),
    Turn(sizes.read, _NONE, figures=True),
    Turn(exempt.read),
    Turn(feats.read, feats.WORDS),
    Turn(streaks.read, streaks.WORDS),
    Turn(pairs.read, _NONE, figures=True),
    Turn(members.read, members.WORDS),
    Turn(only.read, only.WORDS),
    Turn(versions.read, _NONE, figures=True),
    Turn(moves.read),
    Turn(wins.read, wins.WORDS),
    Turn(counts.read, _NONE, figures=True),
    Turn(ages.read, ages.WORDS, figures=True),
    Turn(rates.read, rates.WORDS),
    Turn(gaps.read, gaps.ARTICLES, figures=True),
    Turn(numbers.read, numbers.WORDS, figures=True),
    Turn(outweighs.read, outweighs.WORDS),
    Turn(unmatched.read, unmatched.WORDS),
    Turn(premises.read),
    Turn(places.read, places.WORDS),
    Turn(order.read),
    Turn(answers.read),
    Turn(licences.read, licences.WORDS),
    Turn(roster.read),
    Turn(boundless.read, boundless.WORDS),
    Turn(capability.read),
    Turn(headcounts.read),
    Turn(unsupported.read),
)


def forms_for(line: Line) -> Iterator[Turn]:
    """The forms that are worth entering, in order: most sentences hold nothing that most forms turn on.

    What a form before it has made of the sentence counts for the next one.
    """
    for form in FORMS:
        _, words, figures = form
        if words is None or (figures and line.numbers) or not words.isdisjoint(line.lows):
            yield form


__all__ = ["FORMS", "forms_for"]
