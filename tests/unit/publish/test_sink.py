"""A folder of pages: each is there whole, as it was or as it is, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.errors import PublishError
from flows.publish import sink as sink_module
from flows.publish.sink import WORKSHOP, FolderSink

OLD = {"index.html": b"old", "index.json": b"{}", "gone.csv": b"x"}
NEW = {"index.html": b"new", "index.json": b"[]"}


def page(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "a-vs-b").iterdir()}


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / WORKSHOP).iterdir() if path.name != "lock")


@pytest.fixture(params=["exchange", "two renames"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with one page, on a system that can exchange folders and on one that cannot."""
    if request.param == "two renames":
        monkeypatch.setattr(sink_module, "exchange", cannot_exchange)
    FolderSink(tmp_path).put("a-vs-b", OLD)
    return tmp_path


def cannot_exchange(_one: Path, _other: Path) -> bool:
    return False


def test_a_page_is_replaced_whole(folder: Path) -> None:
    FolderSink(folder).put("a-vs-b", NEW)
    assert page(folder) == NEW
    assert leftovers(folder) == []


def test_the_site_folder_is_made_when_it_is_not_there(tmp_path: Path) -> None:
    FolderSink(tmp_path / "deep" / "site").put("a-vs-b", NEW)
    assert page(tmp_path / "deep" / "site") == NEW


def test_nothing_is_created_before_something_is_published(tmp_path: Path) -> None:
    sink = FolderSink(tmp_path / "site")
    sink.remove("a-vs-b")
    assert sink.read("a-vs-b", "index.html") is None
    assert not (tmp_path / "site").exists()


def test_a_folder_that_appears_at_the_first_publishing_has_its_page_in_one_step(tmp_path: Path) -> None:
    FolderSink(tmp_path).put("a-vs-b", NEW)
    assert page(tmp_path) == NEW


#: A put makes about twenty calls to the system; past the last one the process lives.
STEPS = 30


def put_and_die(folder: Path, step: int) -> bool:
    """Whether a process of its own, that ends without a word before its call number `step`, lived to the end."""
    child = os.fork()
    if child == 0:
        left = step

        def dying(call: Callable[..., object]) -> Callable[..., object]:
            def wrapped(*args: object, **kwargs: object) -> object:
                nonlocal left
                if left == 0:
                    os._exit(9)
                left -= 1
                return call(*args, **kwargs)

            return wrapped

        # Nothing is put back: the process ends in this function.
        for owner, name in ((Path, "rename"), (Path, "mkdir"), (Path, "open"), (os, "fsync"), (os, "open")):
            setattr(owner, name, dying(getattr(owner, name)))
        for name in ("exchange", "_discard"):
            setattr(sink_module, name, dying(getattr(sink_module, name)))
        try:
            FolderSink(folder).put("a-vs-b", NEW)
        except BaseException:  # noqa: BLE001 - whatever it is, the child must not go on as a second test run
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, 9}
    return code == 0


@pytest.mark.parametrize("step", range(STEPS))
def test_killed_at_any_step_the_old_or_the_new_page_is_there_after_the_next_turn(folder: Path, step: int) -> None:
    lived = put_and_die(folder, step)
    assert lived or step < STEPS - 1, "the steps do not reach the end"
    FolderSink(folder).put("other", NEW)
    assert page(folder) in ((NEW,) if lived else (OLD, NEW))
    assert leftovers(folder) == []


def test_where_folders_can_be_exchanged_the_page_is_never_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FolderSink(tmp_path).put("a-vs-b", OLD)
    seen: list[dict[str, bytes]] = []
    monkeypatch.setattr(sink_module, "_discard", lambda _path: seen.append(page(tmp_path)))
    FolderSink(tmp_path).put("a-vs-b", NEW)
    assert seen == [NEW]


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_one_clear_line_and_leaves_the_old_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full_disk)
        with pytest.raises(PublishError, match="the disk is full; make room and run it again") as caught:
            FolderSink(folder).put("a-vs-b", NEW)
    assert "\n" not in str(caught.value)
    assert page(folder) == OLD
    assert leftovers(folder) == []


def test_a_full_disk_at_the_last_step_puts_the_old_page_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sink_module, "exchange", cannot_exchange)
    FolderSink(tmp_path).put("a-vs-b", OLD)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if ".new." in self.name and target.name == "a-vs-b":
            full_disk()
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(PublishError, match="disk is full"):
        FolderSink(tmp_path).put("a-vs-b", NEW)
    assert page(tmp_path) == OLD


def test_a_file_in_the_place_of_the_site_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("not a folder")
    with pytest.raises(PublishError, match="something that is not a folder is in the way"):
        FolderSink(tmp_path / "site").put("a-vs-b", NEW)


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_site_is_one_clear_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(PublishError, match="no permission to write there"):
            FolderSink(tmp_path).put("a-vs-b", NEW)
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("code", [errno.EACCES, errno.ENOENT, errno.EROFS])
def test_a_folder_that_cannot_be_written_says_which_setting_to_change(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", refused)
        with pytest.raises(PublishError, match="TIEBREAK_SITE") as caught:
            FolderSink(folder).put("a-vs-b", NEW)
    assert "\n" not in str(caught.value)
    assert page(folder) == OLD


@pytest.mark.parametrize("slug", ["../evil", "a/b", "", ".", "A-vs-B", "a--b", ".publishing", "a\n", "a" + "\x00"])
def test_a_slug_that_is_no_slug_is_refused(tmp_path: Path, slug: str) -> None:
    with pytest.raises(PublishError):
        FolderSink(tmp_path).put(slug, NEW)
    with pytest.raises(PublishError):
        FolderSink(tmp_path).remove(slug)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "x\x00"])
def test_a_file_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PublishError):
        FolderSink(tmp_path).put("a-vs-b", {name: b""})
    with pytest.raises(PublishError):
        FolderSink(tmp_path).rewrite_root("index.json", lambda _: {name: b""})
    assert not (tmp_path / "a-vs-b").exists()


def test_the_root_is_made_from_what_is_there_and_keeps_other_files(tmp_path: Path) -> None:
    sink = FolderSink(tmp_path)
    (tmp_path / "CNAME").write_text("tie.example")
    sink.rewrite_root("n", lambda old: {"n": (old or b"") + b"1"})
    sink.rewrite_root("n", lambda old: {"n": (old or b"") + b"2"})
    assert (tmp_path / "n").read_bytes() == b"12"
    assert (tmp_path / "CNAME").exists()


def test_a_page_can_be_removed_and_removing_it_again_is_nothing(folder: Path) -> None:
    sink = FolderSink(folder)
    sink.remove("a-vs-b")
    sink.remove("a-vs-b")
    assert sink.read("a-vs-b", "index.html") is None
    assert leftovers(folder) == []


def test_what_another_process_left_is_cleaned_at_the_next_turn(tmp_path: Path) -> None:
    sink = FolderSink(tmp_path)
    sink.put("a-vs-b", OLD)
    (tmp_path / WORKSHOP / "a-vs-b.new.1234").mkdir()
    (tmp_path / WORKSHOP / "a-file").write_text("x")
    shutil.move(tmp_path / "a-vs-b", tmp_path / WORKSHOP / "a-vs-b.aside")
    sink.put("other", NEW)
    assert leftovers(tmp_path) == []
    assert page(tmp_path) == OLD
