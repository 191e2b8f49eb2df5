"""Tenses: the past of verbs. Pages speak in the present, reports of matches, years and markets in the past."""

from __future__ import annotations

from collections.abc import Iterable

_IRREGULAR = dict(
    pair.split(":")
    for pair in (
        "are:were be:was has:had feel:felt shrink:shrank beat:beat begin:began bring:brought come:came cost:cost cut:cut do:did draw:drew drive:drove fall:fell "
        "get:got give:gave go:went grow:grew have:had hit:hit hold:held is:was keep:kept lead:led leave:left lie:lay lose:lost "
        "make:made pay:paid put:put rise:rose run:ran sell:sold send:sent set:set show:showed sit:sat spend:spent "
        "spread:spread stand:stood take:took win:won can:could"
    ).split()
)
_DOUBLED = frozenset("drop stop ship swap trim clip top slip tip permit admit plan".split())


def past_of(verb: str) -> str:
    """The past of a verb in its base form."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if verb in _DOUBLED else f"{verb}ed"


def in_any_tense(verbs: Iterable[str]) -> frozenset[str]:
    """The verbs with the past of each that stands in its base form."""
    given = frozenset(verbs)
    return given | {past_of(verb) for verb in given if verb in _IRREGULAR or _is_base(verb)}


def _is_base(verb: str) -> bool:
    ending = verb.endswith("s") or (verb.endswith("ed") and verb not in ("need", "exceed"))
    return not ending and verb not in _NO_BASE and verb not in _PASTS


_PASTS = frozenset(_IRREGULAR.values())
#: Words of the lists that have no past of their own.
_NO_BASE = frozenset("also cannot may might must should would will let fit".split())
