"""How long and how hard to read the prose is."""

from __future__ import annotations

import re
from statistics import mean

from evals.candidates import Candidate
from evals.graders.grade import Grade, met

_WORD = re.compile(r"[^\W_]+(?:['’.,/-][^\W_]+)*")
#: Plain-language limits: mean words of a sentence, most words of one, school years.
_MEAN_WORDS, _MOST_WORDS, _SCHOOL_YEARS = 20, 35, 10.0
_VERDICT_WORDS, _ANSWER_WORDS, _SHORT_WORDS = (40, 110), (10, 80), (10, 70)


def readable(candidate: Candidate) -> Grade:
    """Short sentences and a Flesch-Kincaid grade that a general reader can follow, product names left out."""
    sentences = [s.text for s in candidate.rendered.sentences if not s.block.startswith(("pros.", "cons."))]
    lengths = [len(_WORD.findall(text)) for text in sentences]
    grade = school_years(sentences, _proper(candidate))
    return met(
        {
            f"mean sentence {mean(lengths):.0f} words": mean(lengths) <= _MEAN_WORDS,
            f"longest sentence {max(lengths)} words": max(lengths) <= _MOST_WORDS,
            f"school years {grade:.1f}": grade <= _SCHOOL_YEARS,
        }
    )


def length(candidate: Candidate) -> Grade:
    """Verdict, short answer and answers within their limits, in words."""
    verdict, short = (_count(candidate.text(name)) for name in ("verdict", "short_answer"))
    answers = [_count(candidate.text(f"faq.{n}.answer")) for n in range(1, 10) if candidate.text(f"faq.{n}.answer")]
    return met(
        {
            f"verdict of {verdict} words": _VERDICT_WORDS[0] <= verdict <= _VERDICT_WORDS[1],
            f"short answer of {short} words": _SHORT_WORDS[0] <= short <= _SHORT_WORDS[1],
            f"answers of {answers} words": all(_ANSWER_WORDS[0] <= n <= _ANSWER_WORDS[1] for n in answers),
        }
    )


def school_years(sentences: list[str], proper: frozenset[str] = frozenset()) -> float:
    """Flesch-Kincaid grade level (Kincaid et al. 1975): 0.39 words/sentences + 11.8 syllables/words - 15.59.

    Words of `proper` and words with digits count as one syllable: names and figures are not hard to read.
    """
    words = [word for text in sentences for word in _WORD.findall(text)]
    if not words:
        return 0.0
    total = sum(1 if word in proper or any(c.isdigit() for c in word) else syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * total / len(words) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, without a silent final e; at least one."""
    lower = word.lower()
    groups = len(re.findall(r"[aeiouy]+", lower))
    if lower.endswith("e") and not lower.endswith(("le", "ee", "oe")) and groups > 1:
        groups -= 1
    return max(groups, 1)


def _count(text: str) -> int:
    return len(_WORD.findall(text))


def _proper(candidate: Candidate) -> frozenset[str]:
    return frozenset(word for name in candidate.spoken for word in _WORD.findall(f"{name} {name}'s"))
