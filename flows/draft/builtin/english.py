"""Grammar: articles, number, possessives, lists, capitals. English only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.catalogue import Metric

# Said with a consonant first although written with a vowel, and the other way round.
_CONSONANT_SOUND = re.compile(r"(?i:uni(?![nm])|use|usu|uti|eu|one\b|once\b|ubi)|U[A-Z]")
_VOWEL_SOUND = re.compile(r"(?:hour|honest|honou?r|heir|8|11\b|18\b|[FHLMNRSX](?![a-z]))")
_PREPOSITION = re.compile(r"\s(?:per|of|on|in|for|to|at|with|from|by|under|over|until|after|before|a|an)\s.*$|\s*\(.*$")
_MASS = frozenset(
    [
        "support",
        "memory",
        "storage",
        "throughput",
        "bandwidth",
        "power",
        "performance",
        "access",
        "encryption",
        "content",
        "software",
        "torque",
        "traffic",
        "respect",
        "boilerplate",
        "parallelism",
        "multitasking",
        "5g",
        "nfc",
        "bluetooth",
        "wi-fi",
        "wifi",
        "hdr",
        "hdr10",
        "audio",
        "video",
        "sound",
    ]
)
_TAIL = re.compile(r" ((?:(?:of|for|at) )?up to|in|at|on|of|with|to|for|from|within|by)$")
_SINGULAR_S = re.compile(r"(?:ss|us|is|as|news|series|lens|gas|bias)$")


def article(phrase: str) -> str:
    """The phrase with "a" or "an" before it unless it has an article, by how its first word sounds: "an hour", "a unit", "an SSD"."""
    if phrase.startswith(("a ", "an ", "the ")):
        return phrase
    vowel = bool(_VOWEL_SOUND.match(phrase)) or (
        phrase[:1].lower() in {"a", "e", "i", "o", "u"} and not _CONSONANT_SOUND.match(phrase)
    )
    return f"{'an' if vowel else 'a'} {phrase}"


def is_plural(noun: str) -> bool:
    """Whether a noun phrase is plural, by its head: "GitHub stars" and "requests per second" are, "access" is not."""
    words = _PREPOSITION.sub("", noun).split()
    head = words[-1] if words else noun
    if len(head) > 2 and head.endswith("s") and head[-2].isupper():
        return True  # GPUs
    return head.endswith("s") and not _SINGULAR_S.search(head.lower())


def verb_for(noun: str, singular: str = "is", plural: str = "are") -> str:
    """The form of a verb that agrees with the noun phrase."""
    return plural if is_plural(noun) else singular


def possessive(name: str) -> str:
    """ "Flask's", "Windows'"."""
    return f"{name}'" if name.endswith(("s", "S")) and not name.endswith(("ss", "us")) else f"{name}'s"


def listing(items: Sequence[str], word: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def sentence(text: str, names: Sequence[str] = ()) -> str:
    """The text as a sentence: one stop at its end, a capital at its start unless a name or a reference stands there."""
    text = " ".join(text.split())
    if not text.startswith((*names, "{{", "“")):
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


def is_mass(noun: str) -> bool:
    """Whether a singular noun goes without an article: "WebSocket support", "memory", "form handling"."""
    head = _PREPOSITION.sub("", noun).split()[-1].lower()
    return (
        head in _MASS
        or "-to-" in head
        or head.endswith(("ing", "tion", "ment", "ance", "ence", "ness", "ity", "ware", "ship"))
    )


def bare(noun: str) -> str:
    """The noun phrase without its article: "a code formatter" -> "code formatter"."""
    return re.sub(r"^(?:an?|the)\s+", "", noun)


def pronoun(noun: str) -> str:
    """What stands for the noun in "Ruff has ...": "one" (where it has an article), "them" or "it"."""
    if noun.startswith(("a ", "an ")):
        return "one"
    return "them" if is_plural(noun) else "it"


def noun_of(metric: Metric) -> str:
    """What the metric is called inside a sentence: its wording, or its name without the capital of a heading."""
    if metric.wording.noun:
        return metric.wording.noun
    first, space, rest = metric.name.partition(" ")
    return (
        metric.name if any(char.isupper() or char.isdigit() for char in first[1:]) else f"{first.lower()}{space}{rest}"
    )


def preposition(verb: str | None) -> str:
    """The preposition that a shortened second clause repeats: "starts in 50 ms and Flask in 120 ms"."""
    found = _TAIL.search(verb or "")
    return f"{found.group(1)} " if found else ""


def infinitive(verb: str) -> str:
    """ "supports" -> "support", "comes with" -> "come with", "is" -> "be"."""
    head, space, rest = verb.partition(" ")
    irregular = {"is": "be", "has": "have", "does": "do"}
    if head in irregular:
        return irregular[head] + space + rest
    if head.endswith(("sses", "shes", "ches", "xes", "zes")):
        return head[:-2] + space + rest
    if head.endswith("ies"):
        return head[:-3] + "y" + space + rest
    return (head[:-1] if head.endswith("s") else head) + space + rest
