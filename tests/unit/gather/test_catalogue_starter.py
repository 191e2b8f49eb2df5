"""The starter catalogue and the table of metrics."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from flows.errors import InputError
from flows.gather.catalogue import load_catalogue
from flows.gather.metrics_table import findings, remarks, rows
from flows.gather.starter import FILES, write_starter
from tests.unit.gather.catalogue_folder import CATEGORY, write_catalogue


def test_what_init_writes_loads_and_has_nothing_to_remark_on(tmp_path: Path) -> None:
    slug = write_starter(tmp_path / "mine")
    catalogue = load_catalogue(tmp_path / "mine")
    assert [comparison.slug for comparison in catalogue.comparisons] == [slug]
    assert remarks(catalogue) == ()
    # 2 entities x 8 metrics, every one known for both sides
    assert len(catalogue.observations) == 2 * len(catalogue.metrics)


def test_an_empty_folder_that_exists_is_filled(tmp_path: Path) -> None:
    write_starter(tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == set(FILES)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="is not an empty folder"):
        write_starter(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(InputError):
        write_starter(tmp_path / "taken")


def test_the_table_counts_what_the_files_hold(tmp_path: Path) -> None:
    table = rows(load_catalogue(write_catalogue(tmp_path)), "kettles")
    volume = next(row for row in table if row["id"] == "volume")
    assert (volume["entities"], volume["values"], volume["aliases"]) == (2, 2, 2)
    assert volume["categories"] == "kettles"


def test_an_unused_metric_and_missing_wording_are_remarked_on(tmp_path: Path) -> None:
    found = {(remark.about, remark.what.split(":")[0]) for remark in remarks(load_catalogue(write_catalogue(tmp_path)))}
    assert ("colour", "has no value in the files") in found
    assert ("volume", "has no wording for noun, better, worse") in found


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("aliases: [capacity,", "aliases: [red kettle,", "which is also a name of entity 'red'"),
        ("aliases: [capacity,", "aliases: [volume,", "lists the alias 'volume' twice, or repeats its name"),
        ("unit: l\n", "unit: thimbles\n", "has the unit 'thimbles'"),
        (
            "key_metrics: [volume]",
            "key_metrics: [boil_time]",
            "has the key metric 'boil_time' without a value for red and blue",
        ),
        ("    kind: category", "    kind: category\n    direction: higher_is_better", "text is never better"),
    ],
)
def test_what_would_read_badly_is_remarked_on(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in CATEGORY
    catalogue = load_catalogue(write_catalogue(tmp_path, category=CATEGORY.replace(old, new, 1)))
    assert any(words in line for line in findings(catalogue, "kettles"))


def test_remarks_of_another_category_are_left_out(tmp_path: Path) -> None:
    assert findings(load_catalogue(write_catalogue(tmp_path)), "teapots") == []


def test_the_category_that_the_guide_shows_loads_as_it_stands(tmp_path: Path) -> None:
    guide = (Path(__file__).resolve().parents[3] / "docs" / "catalogue.md").read_text(encoding="utf-8")
    example = guide.split("```yaml\n", 1)[1].split("```", 1)[0]
    (tmp_path / "categories").mkdir()
    (tmp_path / "categories" / "teapots.yaml").write_text(example, encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert remarks(catalogue) == ()
    assert catalogue.observations[5].raw == "Yes (without the lid)"
    # The error line that the guide shows, made by the slip that it shows.
    (tmp_path / "categories" / "teapots.yaml").write_text(
        example.replace("[brown_betty, glass_pot]", "[brown_betty, glas_pot]")
    )
    with pytest.raises(InputError) as caught:
        load_catalogue(tmp_path)
    assert str(caught.value) in guide


def test_a_starter_that_breaks_off_leaves_nothing_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_text

    def full(self: Path, text: str, **more: str) -> int:
        if self.suffix == ".csv":
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return write(self, text, **more)

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_text", full)
        with pytest.raises(InputError, match="make room"):
            write_starter(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []
    assert write_starter(tmp_path / "mine")
