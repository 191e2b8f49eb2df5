"""How likely a clause asserts what no fact carries: the traits that speak for it and against it, and what each weighs.

A clause that no form has read is scored by the sum of its traits' weights (log odds); from `THRESHOLD` up it is flagged.
The weights are fitted on the develop texts by `python -m evals.fit unsupported --write`, which rewrites the numbers below
and leaves the comments. A trait is something about the build of a clause, never about one topic: only general words count.
"""

from __future__ import annotations

from collections.abc import Mapping


def _groups(table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Word -> the traits that it gives a clause."""
    found: dict[str, tuple[str, ...]] = {}
    for trait, listed in table.items():
        for word in listed.split():
            found[word] = (*found.get(word, ()), trait)
    return found


#: Traits that a clause has because one of these words stands in it.
SAYS = _groups(
    {
        "wish": "want wants need needs prefer prefers like likes love loves require requires",
        "too": "too",
        "would": "would could may might",
        "past": "was were had became",
        "people": "people teams users developers buyers customers riders drivers owners readers everybody everyone nobody",
        "praise": "best most",
        "first person": "i me my we us our we'd we've we're we'll i'd i've i'm",
        "being": "is are was were be been isn't aren't wasn't",
        "doing": "do does did doesn't don't",
        "sameness": "other else same both share shares shared alike likewise similarly everyone equal identical rest neither either",
        "seeming": "feel feels look looks seem seems deserve deserves matter matters depend depends",
        "its": "its their",
        "for": "for",
        "a": "a an",
        "because": "because thanks explains explain explained",
        "uses": "uses used using",
        "cannot": "can't cannot won't",
        "talk of the test": "test tests testing tested benchmark benchmarks table figures figure numbers number results result sheet column columns "
        "list listed run runs data facts page comparison measured measurements here",
    }
)

#: Words in a heading that announce advice.
CHOOSING = frozenset("choose pick who take recommendation go best".split())

#: Words that open a condition.
CONDITIONS = frozenset("if when whether unless whenever".split())

#: What a trait adds to the log odds; the first is where every clause starts.
WEIGHTS: dict[str, float] = {
    "clause": 0.10,  # where every clause starts
    "unknown word": 0.28,  # a content word that neither facts nor general words account for
    "unknown words": 0.94,  # a second one
    "two in a row": 0.49,  # of a compound, or with its adjective: plugin market
    "abstract noun": 0.53,  # one in -tion, -ity, -ment, -ness, -ance
    "nothing new": -0.57,  # all its words are plain, known or a matter of taste
    "half new": 0.06,  # at least as many words are new as known, read or a matter of taste
    "new name": 1.11,  # a proper noun or technical name that the facts lack
    "quality": 0.75,  # easy, mature, robust
    "quality in a list": 0.52,  # the same among pros or cons, where it is no remark in passing
    "unknown in a list": 0.73,  # an unknown word among pros or cons
    "pro or con": -0.29,  # in such a list
    "weak word": 0.58,  # run, share, laptop: says little alone
    "makers and trends": 0.75,  # popularity, adoption, growth, makers, without such a metric
    "praise": 0.75,  # best, most
    "people": 0.26,  # what people do, or for whom it is
    "wish": 0.39,  # want, need, like
    "because": 0.46,  # a reason is named
    "reason": 0.73,  # the clause opens with because or since
    "would": 0.30,  # what was not measured
    "too": 0.40,  # a threshold
    "past": 0.38,  # a history
    "for": 0.31,  # a purpose
    "a": -0.49,  # an example or a kind rather than a property
    "its": 0.52,  # the thing is said to have something
    "compound": 0.98,  # award-winning, drop-in
    "verb of order": 0.93,  # beats, leads, wins, and no order was read
    "known word": -0.63,  # a word of a metric, value, unit or name
    "known words": -0.49,  # a second one
    "read word": -0.64,  # a number or a word of a claim that was read
    "read words": -0.79,  # a second one
    "read claim": -1.03,  # a claim stands in the clause
    "number": -0.25,  # a number stands in it
    "number in the sentence": -0.66,  # there or elsewhere in the sentence
    "being": -0.74,  # is, are, was: often a judgement
    "doing": -0.82,  # does, do: often points back
    "no verb of being": -0.50,  # no auxiliary at all, outside lists
    "sameness": -0.58,  # other, both, share, rest: speaks of the comparison
    "seeming": -0.60,  # feels, looks, deserves, depends: taste
    "talk of the test": -0.26,  # speaks of the benchmark or the page
    "first person": -0.77,  # the writer speaks of themselves
    "reader word": -0.12,  # somebody or something of the reader's
    "reader words": -0.35,  # a second one: describes the reader
    "to the reader": -0.97,  # opens like advice or address
    "advice": -0.76,  # stands behind an if, choose or you
    "under advice": -0.64,  # below a heading that announces advice
    "condition": -0.66,  # opens with if or when
    "about it": 0.67,  # a pronoun is the subject
    "about a name": -0.37,  # a name is the subject
    "owner": 0.23,  # the E's N, N of E
    "another name": -0.50,  # a second thing of the facts is named
    "comparand": -0.44,  # something is compared with
    "points": -0.27,  # without a subject, and opens with the, this, that
    "unknown thing": -0.13,  # the same with an unknown word
    "nothing named before": -0.71,  # nothing has been named in the text so far
    "announces": -1.23,  # opens a paragraph that goes on
    "after figures": 0.54,  # the sentence before holds a number
    "first clause": -0.64,  # opens the sentence
    "whole sentence": 1.03,  # one clause, nothing else beside it
    "label": -1.25,  # such a one of under five words, without verb and subject: a heading
    "before a colon": -1.21,  # announces what follows
    "before a comma": -0.74,  # a list, or more to come
    "5 words": 0.49,  # at least
    "8 words": 0.50,  # at least
    "12 words": 0.54,  # at least
    "uses": 0.80,  # what it is made with or works by
    "cannot": 0.60,  # what it is not able to do
    "wants to do": 0.90,  # choose it if you want to do this: then it can
    "what the reader does": -1.20,  # choose it if you do this: says nothing of it
}

#: The log odds from which a clause is flagged: on held-out sources about seven in ten flags are right there, and of a further
#: step down more than half of the flags are wrong.
THRESHOLD = -0.45
