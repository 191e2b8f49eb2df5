"""Whatever stands in the files, the loader answers with a catalogue or one line."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import CatalogueError
from flows.facts.export import guard
from flows.gather.catalogue import load_catalogue
from tests.unit.gather.catalogue_folder import CATEGORY, OBSERVATIONS, write_catalogue


def answer(category: bytes, observations: bytes) -> str | None:
    """None when it loads, else the message."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_catalogue(Path(folder), observations=observations)
        (path / "categories" / "kettles.yaml").write_bytes(category)
        try:
            load_catalogue(path)
        except CatalogueError as error:
            return str(error)
    return None


def check(message: str | None, file: str) -> None:
    if message is not None:
        assert len(message.splitlines()) == 1
        assert message.startswith(("categories/", "observations/"))
        assert file in message


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_in_a_csv_file_do_more_than_be_refused(data: bytes) -> None:
    check(answer(CATEGORY.encode(), data), "kettles.csv")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_in_a_yaml_file_do_more_than_be_refused(data: bytes) -> None:
    check(answer(data, OBSERVATIONS.encode()), "kettles")


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(CATEGORY)), st.integers(0, 12), st.text(max_size=8))
def test_a_category_damaged_in_one_place_loads_or_is_refused_in_one_line(at: int, cut: int, put: str) -> None:
    damaged = CATEGORY[:at] + put + CATEGORY[at + cut :]
    check(answer(damaged.encode("utf-8", "surrogatepass"), OBSERVATIONS.encode()), "kettles")


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(OBSERVATIONS)), st.integers(0, 12), st.text(max_size=8))
def test_rows_damaged_in_one_place_load_or_are_refused_in_one_line(at: int, cut: int, put: str) -> None:
    damaged = OBSERVATIONS[:at] + put + OBSERVATIONS[at + cut :]
    check(answer(CATEGORY.encode(), damaged.encode("utf-8", "surrogatepass")), "kettles")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=40))
def test_any_cell_comes_back_as_it_was_written(text: str) -> None:
    """As an export writes it: guarded against spreadsheets, quotes doubled."""
    cell = text.strip()
    if not cell:
        return
    rows = 'entity,attribute,raw,source\nred,colour,"' + guard(cell).replace('"', '""') + '",maker\n'
    with tempfile.TemporaryDirectory() as folder:
        catalogue = load_catalogue(write_catalogue(Path(folder), observations=rows))
    assert catalogue.observations[0].raw == cell


@pytest.mark.parametrize("depth", [8, 9])
def test_nested_aliases_stay_small(tmp_path: Path, depth: int) -> None:
    """Each level names the one before it ten times: ten to the power of nine, were it ever written out."""
    levels = ["a0: &a0 [x, x, x]"]
    levels += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, depth)]
    write_catalogue(tmp_path, category="\n".join(levels) + "\n")
    with pytest.raises(CatalogueError, match="more than 20 YAML aliases"):
        load_catalogue(tmp_path)
