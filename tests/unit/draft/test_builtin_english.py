import pytest

from flows.draft.builtin import english
from flows.draft.builtin.choice import Choice


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("startup time", "a startup time"),
        ("idle memory", "an idle memory"),
        ("hour", "an hour"),
        ("unit price", "a unit price"),
        ("unlimited plan", "an unlimited plan"),
        ("SSD", "an SSD"),
        ("USB port", "a USB port"),
        ("8-core chip", "an 8-core chip"),
        ("one-time fee", "a one-time fee"),
        ("HDMI port", "an HDMI port"),
        ("a code formatter", "a code formatter"),
    ],
)
def test_the_article_follows_the_sound(phrase: str, expected: str) -> None:
    assert english.article(phrase) == expected


@pytest.mark.parametrize("noun", ["GitHub stars", "requests per second", "simultaneous streams", "GPUs"])
def test_plural_nouns_are_plural(noun: str) -> None:
    assert english.is_plural(noun)
    assert english.verb_for(noun) == "are"


@pytest.mark.parametrize(
    "noun", ["throughput", "access", "number of streams", "TLS", "status", "memory bus", "TOPS", "size of files"]
)
def test_singular_nouns_are_singular(noun: str) -> None:
    assert not english.is_plural(noun)
    assert english.verb_for(noun) == "is"


@pytest.mark.parametrize(
    ("name", "expected"), [("Flask", "Flask's"), ("Windows", "Windows'"), ("Express", "Express's")]
)
def test_possessives(name: str, expected: str) -> None:
    assert english.possessive(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("choose  it", "Choose it."),
        ("uv is fast", "uv is fast."),
        ("{{ a.b }} for it", "{{ a.b }} for it."),
        ("which one?", "Which one?"),
    ],
)
def test_a_sentence_has_a_capital_and_one_stop(text: str, expected: str) -> None:
    assert english.sentence(text, ("uv",)) == expected


def test_a_list_has_one_and() -> None:
    assert [english.listing(list("abc"[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.parametrize(("noun", "mass"), [("WebSocket support", True), ("form handling", True), ("lock file", False)])
def test_mass_nouns_take_no_article(noun: str, mass: bool) -> None:
    assert english.is_mass(noun) is mass


def test_the_same_seed_picks_the_same_words() -> None:
    options = list("abcdef")
    assert [Choice("x").pick("f", options) for _ in range(3)] == [Choice("x").pick("f", options)] * 3
    assert len({Choice(str(seed)).pick("f", options) for seed in range(50)}) == len(options)


def test_no_wording_comes_twice_before_every_other_came_once() -> None:
    choice = Choice("x")
    assert sorted(choice.pick("f", list("abcdef")) for _ in range(6)) == list("abcdef")


def test_options_that_do_not_fit_are_not_picked() -> None:
    assert Choice("x").pick("f", [None, "b", None]) == "b"
    with pytest.raises(ValueError, match="no wording"):
        Choice("x").pick("f", [None])


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("starts in", "in "),
        ("allows tables of up to", "of up to "),
        ("plays video for up to", "for up to "),
        ("takes up", ""),  # the slots, not "up 3 slots"
        ("weighs", ""),
        (None, ""),
    ],
)
def test_a_second_clause_repeats_the_whole_preposition(verb: str | None, expected: str) -> None:
    assert english.preposition(verb) == expected
