"""What holds for every text and every sheet, odd ones included: spans, work, unrelated facts, names and units exchanged."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.check import Compiled, check_text, compile_case
from flows.check.report import MAX_CHARACTERS
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Decision, Label, Report
from tests.unit.check.faults import lines_run
from tests.unit.check.sentences import Sentence, load

HERE = Path(__file__).parent
SENTENCES = load(HERE / "sentences.txt")
DRAFTS = load(HERE / "assertions.txt")

few = settings(max_examples=40, deadline=None, derandomize=True, database=None)


def _report(case: CheckCase, text: str) -> Report:
    return check_text(text, compile_case(case))


def _labels(report: Report) -> list[Label]:
    return [claim.label for claim in report.claims]


# Any text

#: Letters, names, units, digits and marks that mean something to the checker, beside anything else.
_PIECES = st.one_of(
    st.sampled_from(
        [
            "Brimo",
            "Vaporetta",
            "K2",
            "it",
            "both",
            "neither",
            "only",
            "the",
            "faster",
            "fastest",
            "than",
            "145",
            "s",
            "3x",
            "20%",
            "$49.99",
            "~",
            "-",
            "–",
            "(",
            ")",
            "[",
            "]",
            ".",
            ",",
            ";",
            ":",
            "?",
            "!",
            "\n",
            "*",
            "#",
            "not",
            "no",
            "about",
            "over",
            "up",
            "to",
            "1-2",
            "½",
            "twice",
            "half",
            "a",
            "third",
            "2021",
            "kg",
            "1,234.5",
            "e.g.",
            "vs.",
            "…",
            "’s",
            "\xa0",
            "\u200b",
            "²",
            "٣",
            "١٤٥",
            "一",
            "🚀",
            "✓",
            "İ",
            "ß",
            "{{",
            "}}",
            "%s",
            "\\",
            "\x00",
        ]
    ),
    st.text(max_size=12),
)
texts = st.one_of(
    st.text(max_size=200), st.lists(_PIECES, max_size=40).map(" ".join), st.lists(_PIECES, max_size=40).map("".join)
)
cells = st.one_of(
    st.none(), st.text(max_size=30), st.sampled_from(["145 s", "~2,500", "1-2 hours", "Yes", "—", "$9.99/month", "∞", "1e999", "0", "-5 %", "75,000+", "2021-02-30", "NaN", "9" * 400])
)  # fmt: skip
names = st.one_of(st.sampled_from(["Go", "C++", "A", "", "node.js", "İ", "(x)", "a|b", "of"]), st.text(max_size=20))


@st.composite
def sheets(draw: st.DrawFn) -> CheckCase:
    """Sheets as nobody would write them: odd names, duplicate ids, values of all kinds, facts about nothing."""
    ids = st.sampled_from(["a", "b", "c"])
    entities = draw(st.lists(st.builds(CheckEntity, id=ids, name=names, aliases=st.tuples(names)), max_size=4))
    metrics = draw(
        st.lists(
            st.builds(
                CheckMetric,
                id=ids,
                name=names,
                aliases=st.tuples(names),
                unit=st.one_of(
                    st.none(), st.sampled_from(["s", "ms", "$", "%", "", "/", "req/s", "🚀"]), st.text(max_size=8)
                ),
                direction=st.sampled_from(Direction),
                kind=st.sampled_from(MetricKind),
            ),
            max_size=4,
        )
    )
    facts = draw(
        st.lists(
            st.builds(
                CheckFact,
                id=ids,
                entity=ids,
                metric=ids,
                value=cells,
                context=st.one_of(st.none(), st.text(max_size=9)),
                disputed=st.booleans(),
            ),
            max_size=8,
        )
    )
    return CheckCase(id="x", entities=tuple(entities), metrics=tuple(metrics), facts=tuple(facts))


def _holds(report: Report, text: str) -> None:
    for claim in report.claims:
        assert 0 <= claim.start < claim.end <= len(text)
        assert claim.text == text[claim.start : claim.end]
        assert claim.suspect is None or 0 <= claim.suspect[0] <= claim.suspect[1] <= len(text)
        assert "\n" not in claim.computation + claim.reason + (claim.right or "")
    places = [(claim.start, claim.end) for claim in report.claims]
    assert places == sorted(places)
    # A fault inside is caught and blocks; that it never happens is what is asked here.
    assert [entry.reason for entry in report.unchecked if "failed" in entry.reason] == []
    if report.decision is Decision.PUBLISH:
        assert set(_labels(report)) <= {Label.SUPPORTED}
        assert not report.unchecked


@few
@given(texts)
@example("((((((((((((((([[[[[[[[[[[[[[{{{{{{{{{{{{{{ 145 s }}}}}}")
@example("x" * 5000 + " 145 s")
@example("9" * 3000)
@example("1e" + "9" * 50 + " times faster than Brimo")
@example("The Brimo K2 is \u0663\u0664 s faster than the Vaporetta.")
@example("\ud800 Brimo K2 145 s")
@example("The Brimo K2 needs 0 s, 0% of the Vaporetta's 0 s, half of nothing.")
def test_any_text_is_checked_without_a_fault_and_every_span_gives_back_its_words(text: str) -> None:
    _holds(_report(SENTENCES[0].case, text), text)


@few
@given(sheets(), texts)
def test_any_sheet_is_checked_without_a_fault(case: CheckCase, text: str) -> None:
    _holds(_report(case, text), text)


@few
@given(sheets())
def test_any_sheet_takes_a_sentence_about_each_of_its_own_facts(case: CheckCase) -> None:
    named = {entity.id: entity.name for entity in case.entities}
    metrics = {metric.id: metric.name for metric in case.metrics}
    text = "\n".join(
        f"{named.get(fact.entity)}'s {metrics.get(fact.metric)} is {fact.value}, 3x faster." for fact in case.facts
    )
    _holds(_report(case, text), text)


@pytest.mark.parametrize("sentence", [*SENTENCES, *DRAFTS], ids=lambda one: one.text[:40])
def test_spans_of_real_sentences_give_back_their_words(sentence: Sentence) -> None:
    _holds(_report(sentence.case, sentence.text), sentence.text)


def test_numbers_joined_into_one_claim_keep_the_words_between_them() -> None:
    text = "The Vaporetta accelerates to 100 km/h in 5.7 furlongs."
    _holds(_report(SENTENCES[0].case, text), text)


def test_the_same_text_gets_the_same_report() -> None:
    compiled = compile_case(DRAFTS[0].case)
    assert check_text(DRAFTS[0].text, compiled) == check_text(DRAFTS[0].text, compiled)


# Size


def test_a_text_beyond_the_limit_is_blocked_without_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_text: str) -> object:
        raise AssertionError("it was read")

    monkeypatch.setattr("flows.check.report.segment", read)
    text = "The Brimo K2 boils in 145 s. " * 350_000  # 29 characters x 350,000 = 10.15 MB
    report = _report(SENTENCES[0].case, text)
    assert report.decision is Decision.REVIEW
    assert f"over {MAX_CHARACTERS:,}" in report.unchecked[0].reason


def test_a_sentence_without_an_end_is_blocked_instead_of_read() -> None:
    report = _report(SENTENCES[0].case, "and 145 s faster than the Vaporetta " * 100)
    assert report.decision is Decision.REVIEW
    assert "too long to read" in report.unchecked[0].reason


def _work(text: str, compiled: Compiled) -> int:
    return lines_run(lambda: check_text(text, compiled), "/flows/")


def test_work_grows_with_the_text_and_not_faster() -> None:
    # Lines of source that are executed, so no clock is involved: twice the text may cost at most a tenth more than twice.
    compiled = compile_case(DRAFTS[0].case)
    check_text(DRAFTS[0].text, compiled)
    counts = [_work("\n\n".join([DRAFTS[0].text] * times), compiled) for times in (2, 4, 8)]
    assert all(double < 2.2 * single for single, double in pairwise(counts)), counts


@pytest.mark.parametrize(
    "piece", ["1,234,", "1-2-", "([{", "a: ", "- \n", "Brimo K2 ", "faster than the Vaporetta and "]
)
def test_work_on_a_text_made_to_be_slow_grows_no_faster_than_the_text(piece: str) -> None:
    compiled = compile_case(SENTENCES[0].case)
    check_text(piece * 10, compiled)
    single, double = (_work(piece * times, compiled) for times in (300, 600))
    assert double < 2.3 * single + 5_000, (single, double)


# Facts that have nothing to do with it


def _with_stranger(case: CheckCase, value: str) -> CheckCase:
    """One more entity that no text names, with one more metric, of which nobody else has a value."""
    return case.model_copy(
        update={
            "entities": (*case.entities, CheckEntity(id="stranger", name="Xylozon")),
            "metrics": (
                *case.metrics,
                CheckMetric(id="qwark", name="Qwark index", unit=None, direction=Direction.HIGHER),
            ),
            "facts": (*case.facts, CheckFact(id="stranger.qwark", entity="stranger", metric="qwark", value=value)),
        }
    )


def _with_metric(case: CheckCase, value: str) -> CheckCase:
    """One more metric, of which the entities that the text names do have the value, under a name that no text uses."""
    return case.model_copy(
        update={
            "metrics": (
                *case.metrics,
                CheckMetric(id="qwark", name="Qwark index", unit=None, direction=Direction.HIGHER),
            ),
            "facts": (
                *case.facts,
                *(CheckFact(id=f"{one.id}.qwark", entity=one.id, metric="qwark", value=value) for one in case.entities),
            ),
        }
    )


def _names_a_metric(sentence: Sentence) -> bool:
    names = {name for metric in sentence.case.metrics for name in (metric.name, *metric.aliases)}
    return any(word in sentence.text.lower() for name in names for word in name.lower().split() if len(word) > 3)


def _contradicted() -> list[Sentence]:
    return [one for one in SENTENCES if Label.CONTRADICTED in _labels(_report(one.case, one.text))]


def test_enough_sentences_are_contradicted_to_try_unrelated_facts_on() -> None:
    assert len(_contradicted()) >= 20


@pytest.mark.parametrize("sentence", _contradicted(), ids=lambda one: one.text[:50])
def test_an_unrelated_fact_never_makes_a_contradicted_claim_supported(sentence: Sentence) -> None:
    wrong = [claim for claim in _report(sentence.case, sentence.text).claims if claim.label is Label.CONTRADICTED]
    for claim in wrong:
        for more in (_with_stranger, _with_metric):
            # Where a text names no metric at all, one with the very value is not unrelated to it.
            shared = claim.text if more is _with_stranger or _names_a_metric(sentence) else "9"
            for value in ("7", "1,000,000", shared):
                after = _report(more(sentence.case, value), sentence.text)
                same = [one for one in after.claims if one.start < claim.end and claim.start < one.end]
                assert same, (more.__name__, value)
                assert any(one.label is not Label.SUPPORTED for one in same), (more.__name__, value, claim.text)
                assert after.decision is not Decision.PUBLISH


# Exchanging the names

#: Both sides in one place each; {a} and {b} are names, {x} and {y} the larger and the smaller value's owner is not fixed.
_TEMPLATES = (
    "{a} handles {n} requests per second.",
    "{a} is faster than {b}.",
    "{b} has lower latency than {a}.",
    "{a} handles {n} requests per second, {b} handles {m}.",
    "{a} is {r}x faster than {b}.",
    "{b} needs {p}% less memory than {a}.",
    "Unlike {b}, {a} supports plugins.",
    "{a} supports plugins; {b} does not.",
    "{b} was released {d} years after {a}.",
    "Both {a} and {b} support plugins.",
    "{a} takes {n} ms. It is slower than {b}.",
    "{a} and {b} take {n} and {m} ms respectively.",
    "{a}'s memory use is {n} MB, twice that of {b}.",
    "Neither {a} nor {b} is released under MIT.",
    "Pros of {a}:\n- Lowest latency\n- {n} MB of memory\n\nCons of {b}:\n- No plugins",
)


def _pair(
    names: tuple[str, str], values: list[tuple[int, int, int, bool, int]], unit: str = "ms", scale: Decimal = Decimal(1)
) -> CheckCase:
    """Two entities with throughput, latency, memory, plugins and year; `unit` and `scale` are of the latency."""
    metrics = (
        CheckMetric(
            id="rate", name="Throughput", unit="req/s", direction=Direction.HIGHER, aliases=("requests per second",)
        ),
        CheckMetric(id="latency", name="Latency", unit=unit, direction=Direction.LOWER),
        CheckMetric(id="memory", name="Memory use", unit="MB", direction=Direction.LOWER),
        CheckMetric(id="plugins", name="Plugins", kind=MetricKind.BOOLEAN),
        CheckMetric(id="year", name="First release", kind=MetricKind.DATE, aliases=("released",)),
    )
    facts = []
    for number, (rate, latency, memory, plugins, year) in enumerate(values):
        shown = {
            "rate": f"{rate} req/s",
            "latency": f"{Decimal(latency) * scale:f} {unit}",
            "memory": f"{memory} MB",
            "plugins": "Yes" if plugins else "No",
            "year": str(year),
        }
        facts += [
            CheckFact(id=f"{key}{number}", entity=f"e{number}", metric=key, value=value) for key, value in shown.items()
        ]
    return CheckCase(
        id="pair",
        entities=tuple(CheckEntity(id=f"e{k}", name=name) for k, name in enumerate(names)),
        metrics=metrics,
        facts=tuple(facts),
    )


values = st.tuples(
    st.integers(1, 60).map(lambda n: n * 50),
    st.integers(1, 90),
    st.integers(1, 40).map(lambda n: n * 8),
    st.booleans(),
    st.integers(2005, 2024),
)
numbers = st.fixed_dictionaries(
    {
        "n": st.integers(1, 3000),
        "m": st.integers(1, 3000),
        "r": st.integers(2, 9),
        "p": st.integers(5, 95),
        "d": st.integers(1, 9),
    }
)


@st.composite
def _pairs(draw: st.DrawFn) -> tuple[list[tuple[int, int, int, bool, int]], str]:
    """Values of two entities, and a text with placeholders {a} and {b} that often states them."""
    both = [draw(values), draw(values)]
    filled = draw(numbers)
    if draw(st.booleans()):
        filled |= {"n": draw(st.sampled_from(both[0][:3])), "m": draw(st.sampled_from(both[1][:3]))}
    chosen = draw(st.lists(st.sampled_from(_TEMPLATES), min_size=1, max_size=3))
    return both, "\n\n".join(chosen).format(a="{a}", b="{b}", **filled)


@settings(few, max_examples=100)
@given(_pairs())
def test_exchanging_the_two_names_in_facts_and_text_keeps_every_label(
    drawn: tuple[list[tuple[int, int, int, bool, int]], str],
) -> None:
    both, text = drawn
    # Names of one length, so that spans stay where they are.
    straight = _report(_pair(("Orvane", "Pelkot"), both), text.format(a="Orvane", b="Pelkot"))
    renamed = _report(_pair(("Pelkot", "Orvane"), both), text.format(a="Pelkot", b="Orvane"))
    assert [(claim.start, claim.end, claim.label) for claim in straight.claims] == [
        (claim.start, claim.end, claim.label) for claim in renamed.claims
    ]


@settings(few, max_examples=100)
@given(_pairs())
def test_the_order_in_which_the_entities_are_listed_changes_no_label(
    drawn: tuple[list[tuple[int, int, int, bool, int]], str],
) -> None:
    both, text = drawn
    case = _pair(("Orvane", "Pelkot"), both)
    turned = case.model_copy(update={"entities": case.entities[::-1], "facts": case.facts[::-1]})
    said = text.format(a="Orvane", b="Pelkot")
    assert _labels(_report(case, said)) == _labels(_report(turned, said))


# Units


@settings(few, max_examples=100)
@given(_pairs(), st.sampled_from([("s", Decimal("0.001")), ("µs", Decimal(1000))]))
def test_a_metric_in_another_unit_with_its_values_scaled_keeps_every_label(
    drawn: tuple[list[tuple[int, int, int, bool, int]], str], other: tuple[str, Decimal]
) -> None:
    both, text = drawn
    said = text.format(a="Orvane", b="Pelkot")
    unit, scale = other
    plain = _report(_pair(("Orvane", "Pelkot"), both), said)
    scaled = _report(_pair(("Orvane", "Pelkot"), both, unit, scale), said)
    assert [(claim.start, claim.end, claim.label) for claim in plain.claims] == [
        (claim.start, claim.end, claim.label) for claim in scaled.claims
    ]
