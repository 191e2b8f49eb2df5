"""The catalogue loader: what it accepts, and the one line that it says otherwise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from flows.errors import CatalogueError
from flows.gather.catalogue import CatalogueProblems, load_catalogue
from schemas.catalogue import Tier
from tests.unit.gather.catalogue_folder import CATEGORY, OBSERVATIONS, write_catalogue


def refusal(folder: Path) -> str:
    """The message of the error that loading `folder` raises; it is always one line."""
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_sound_catalogue_loads_with_everything_in_it(tmp_path: Path) -> None:
    catalogue = load_catalogue(write_catalogue(tmp_path))
    assert [metric.id for metric in catalogue.metrics] == ["volume", "boil_time", "colour"]
    assert catalogue.metrics[0].categories == ("kettles",)
    assert catalogue.entities[1].category == "kettles"
    assert catalogue.sources[0].tier is Tier.OFFICIAL
    assert catalogue.observations[0].as_of == date(2026, 1, 31)
    assert catalogue.metrics[0].tolerance == Decimal("0.05")


def test_the_text_of_a_value_stays_as_it_stands_in_the_file(tmp_path: Path) -> None:
    """YAML would make 3.10 the number 3.1 and yes the boolean true."""
    inline = "observations:\n" + "".join(
        f"  - {{entity: red, attribute: {label}, raw: {raw}, source: maker}}\n"
        for label, raw in (("volume", "3.10"), ("boil_time", "2026-01-31"), ("colour", "yes"))
    )
    catalogue = load_catalogue(write_catalogue(tmp_path, category=CATEGORY + inline))
    assert [row.raw for row in catalogue.observations[:3]] == ["3.10", "2026-01-31", "yes"]


def test_a_shared_metric_belongs_to_the_categories_that_take_it_up(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path, category=CATEGORY + "shared_metrics: [price]\n")
    (folder / "metrics.yaml").write_text("metrics:\n  - {id: price, name: Price, kind: quantity, unit: USD}\n")
    catalogue = load_catalogue(folder)
    assert catalogue.metrics[-1].id == "price"
    assert catalogue.metrics[-1].categories == ("kettles",)


def test_a_shared_metric_that_nobody_defined_is_named_with_its_line(tmp_path: Path) -> None:
    message = refusal(write_catalogue(tmp_path, category=CATEGORY + "shared_metrics:\n  - prise\n"))
    # CATEGORY has 31 lines, `shared_metrics:` is the 32nd.
    assert message.startswith("categories/kettles.yaml:33: shared_metrics[1]: unknown metric 'prise'")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("unit: l\n", "\n", 7, "needs a `unit`"),
        ("direction: higher_is_better", "direction: bigger", 11, "metrics[1].direction: 'bigger'"),
        ("    unit: l\n", "    unitt: l\n", 10, "did you mean 'unit'"),
        ("id: boil_time", "id: Boil Time", 13, "'Boil Time' is no id"),
        ("id: boil_time", "id: volume", 13, "'volume' is already a metric"),
        ("id: boil_time", "id: volume", 13, "choose another id, or keep it once in metrics.yaml"),
        ("id: boil_time", "id: ratio", 13, "is the name of a derivation"),
        ("{id: red,", "{id: volume,", 7, "'volume' is already an entity"),
        ("name: Time to boil", "name: Capacity", 14, "'capacity' is also a name of metric 'volume'"),
        ("slug: red-vs-blue", "slug: Red vs Blue", 27, "'Red vs Blue' is no slug"),
        ("entities: [red, blue]", "entities: [red, bleu]", 28, "unknown entity 'bleu'; did you mean 'blue'?"),
        ("entities: [red, blue]", "entities: [red, red]", 27, "compares 'red' with itself"),
        ("key_metrics: [volume]", "key_metrics: [volumes]", 29, "did you mean 'volume'?"),
        ("upper: boil_time", "upper: boil", 22, "unknown metric 'boil'"),
        ("tier: official", "tier: offical", 31, "use one of editor, official"),
        ("name: Blue Kettle", "name: red kettle", 25, "a name must mean one entity"),
        ("aliases: [The Blue]", "homepage: ftp://x", 25, "must begin with http:// or https://"),
        ("noun: kettle\n", "\n", 1, "category.noun: is missing"),
        ("id: kettles", "id: kettle", 2, "give both one name"),
        ("kind: category\n", "kind: category\n    plausible_min: 3\n    plausible_max: 1\n", 21, "swap them"),
        ("rules:\n", "rules: none\nrulez:\n", 21, "rules: must be a list"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_field(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in CATEGORY
    message = refusal(write_catalogue(tmp_path, category=CATEGORY.replace(old, new, 1)))
    assert message.startswith(f"categories/kettles.yaml:{line}: "), message
    assert words in message


def test_a_pair_may_be_compared_once_in_either_order(tmp_path: Path) -> None:
    twice = CATEGORY.replace("sources:", "  - {slug: blue-vs-red, entities: [blue, red]}\nsources:")
    message = refusal(write_catalogue(tmp_path, category=twice))
    assert message.startswith("categories/kettles.yaml:30: comparisons[2].entities: these two are already compared")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (
            "red,Volume,",
            "red,Volum,",
            2,
            "attribute: 'Volum' maps to no metric of category 'kettles'; did you mean 'Volume'?",
        ),
        ("red,Volume,", "reed,Volume,", 2, "entity: unknown entity 'reed'; did you mean 'red'?"),
        ("1.5 l,maker", "1.5 l,makers", 3, "source: unknown source 'makers'; did you mean 'maker'?"),
        ("2026-01-31\nblue", "31.1.2026\nblue", 2, "as_of: '31.1.2026'"),
        ("red,Volume,1.7 l", "red,Volume,1,7 l", 2, "has 6 cells where the header has 5"),
        ("red,Volume,1.7 l", "red,Volume,", 2, "raw: is missing: fill the cell"),
        ("entity,attribute,raw,source,as_of", "entity,attribute,raw,as_of,entity", 1, "column 'entity' stands twice"),
        ("entity,attribute,raw,source,as_of", "entity,attribute,raw,quelle,as_of", 1, "unknown column 'quelle'"),
        ("entity,attribute,raw,source,as_of", "entity,attribute,raw,method,as_of", 1, "column 'source' is missing"),
        ("1.5 l", '"1.5 l', 3, "is a quote left open or the file cut off?"),
        ("1.5 l", "1.5\u200b l", 3, "invisible character U+200B"),
        ("1.5 l", "1.5\x00 l", 3, "invisible character U+0000"),
    ],
)
def test_a_mistake_in_a_row_is_named_with_file_line_and_column(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in OBSERVATIONS
    message = refusal(write_catalogue(tmp_path, observations=OBSERVATIONS.replace(old, new, 1)))
    assert message.startswith(f"observations/kettles.csv:{line}: "), message
    assert words in message


def test_a_row_after_a_cell_of_two_lines_keeps_its_line_number(tmp_path: Path) -> None:
    rows = OBSERVATIONS.replace("1.7 l", '"1.7\nl"').replace("water volume max", "colr")
    # The header is line 1, the first row fills lines 2 and 3.
    assert refusal(write_catalogue(tmp_path, observations=rows)).startswith("observations/kettles.csv:4: attribute")


def test_cells_that_an_export_guarded_against_formulas_come_back_as_they_were(tmp_path: Path) -> None:
    rows = "entity,attribute,raw,source,shown_diff\nred,volume,'-3 l,maker,'+140%\nblue,colour,'tis blue,maker,\n"
    first, second = load_catalogue(write_catalogue(tmp_path, observations=rows)).observations
    assert (first.raw, first.shown_diff) == ("-3 l", "+140%")
    assert second.raw == "'tis blue"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    rows = b"\xef\xbb\xbf" + OBSERVATIONS.replace("\n", "\r\n").encode()
    assert len(load_catalogue(write_catalogue(tmp_path, observations=rows)).observations) == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "kettles.csv: is empty"),
        (b" \n\n", "kettles.csv: is empty"),
        (b"entity,attribute,raw,source\n", "has a header and no rows"),
        ("entity,attribute,raw,source\nred,colour,grün,maker\n".encode("latin-1"), "kettles.csv:2: is not UTF-8 here"),
        (OBSERVATIONS.encode()[:-30], "kettles.csv:3: has 2 cells where the header has 5: is the file cut off?"),
    ],
)
def test_a_file_that_is_no_whole_csv_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in refusal(write_catalogue(tmp_path, observations=data))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, "is empty"),
        ("category: [\n", 1, "is not valid YAML"),
        ("category:\n\tid: x\n", 2, "is not valid YAML"),
        ("- a\n- b\n", 1, "must be a mapping"),
        ("category: 3\n", 1, "category: must be a mapping with the keys id"),
        ("metrics: []\n", 1, "category: is missing"),
        ("a: 1\na: 2\n", 2, "'a' stands twice"),
        ("a: &x [1]\nb: *y\n", 2, "alias *y, which is not defined above it"),
        ("a: &x [*x]\n", 1, "alias *x, which is not defined above it"),
        ("a: {<<: {b: 1}}\n", 1, "merge key"),
        ("a: 1\n---\nb: 2\n", 2, "second YAML document"),
        ("? [a]\n: 1\n", 1, "keys are words"),
        ("a: " + "[" * 40 + "]" * 40, 1, "nested more than 24 levels"),
        ("a: " + "[" * 100_000, 1, "nested more than 24 levels"),
        ("a: &a [x]\nb: [" + "*a," * 25 + "]\n", 2, "more than 20 YAML aliases"),
        ("category: !!python/object:os.system {}\n", 1, "category"),
    ],
)
def test_yaml_that_is_no_category_is_refused(tmp_path: Path, text: str, line: int | None, words: str) -> None:
    message = refusal(write_catalogue(tmp_path, category=text))
    place = "categories/kettles.yaml" + (f":{line}" if line else "")
    assert message.startswith(f"{place}: "), message
    assert words in message


def test_half_a_category_file_is_refused_at_its_end(tmp_path: Path) -> None:
    half = CATEGORY[: CATEGORY.index("key_metrics: [vol") + len("key_metrics: [vol")]
    last = half.count("\n") + 1
    for ending in ("", "\n", "\n\n"):
        message = refusal(write_catalogue(tmp_path, category=half + ending))
        assert message.startswith(f"categories/kettles.yaml:{last}: is not valid YAML"), message


def test_a_file_in_the_wrong_folder_is_a_mistake_and_not_a_silent_loss(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path)
    (folder / "observations" / "more.xlsx").write_bytes(b"PK")
    assert "observations/more.xlsx: only .csv files belong in observations/" in refusal(folder)


def test_hidden_files_and_editors_backups_are_passed_over(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path)
    (folder / "observations" / ".kettles.csv.swp").write_bytes(b"\x00")
    (folder / "categories" / "kettles.yaml~").write_text("broken: [")
    assert len(load_catalogue(folder).observations) == 2


def test_a_sources_file_must_hold_sources(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path)
    (folder / "sources.yaml").write_text("source:\n  - {id: a, name: A, tier: seed}\n")
    assert refusal(folder).startswith("sources.yaml:1: unknown key 'source'; did you mean 'sources'?")


@pytest.mark.parametrize("make", [False, True])
def test_a_folder_without_a_catalogue_says_how_to_start_one(tmp_path: Path, make: bool) -> None:
    folder = tmp_path / "nothing"
    if make:
        folder.mkdir()
    assert "tiebreak init" in refusal(folder)


def test_several_mistakes_are_counted_behind_the_first(tmp_path: Path) -> None:
    rows = OBSERVATIONS.replace("Volume,1.7", "Volum,1.7").replace("1.5 l,maker", "1.5 l,nobody")
    with pytest.raises(CatalogueProblems) as caught:
        load_catalogue(write_catalogue(tmp_path, observations=rows))
    assert str(caught.value).endswith("(and 1 more)")
    assert len(caught.value.problems) == 2


def test_a_broken_file_hides_the_names_that_only_it_defines(tmp_path: Path) -> None:
    """Every observation would be unknown while the category cannot be read; the cause is said once."""
    message = refusal(write_catalogue(tmp_path, category=CATEGORY + "oops\n"))
    assert "is not valid YAML" in message
    assert "more)" not in message


def test_a_file_beyond_the_cap_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.gather.documents.MAX_FILE_BYTES", 100)
    assert "the limit is 100: split it" in refusal(write_catalogue(tmp_path))
