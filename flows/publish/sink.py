"""The site as a folder: each page is replaced whole, and whoever is killed on the way leaves the old one or the new one."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.errors import PublishError
from flows.publish.exchange import exchange

#: Holds what is being written and what is being thrown away, on the file system of the site: a rename cannot leave it.
WORKSHOP = ".publishing"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class FolderSink:
    """A folder of static files. Several processes may publish into one folder; they take turns.

    Nothing is created before the first `put`, so that a wrong path costs nothing and says so once.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, slug: str, files: Mapping[str, bytes]) -> None:
        """Make `files` the whole content of `folder/slug/`. Raises PublishError; the page is then as it was."""
        _check(slug, files)
        with self._turn(slug) as workshop:
            made = workshop / f"{slug}.new.{secrets.token_hex(4)}"
            try:
                _write_folder(made, files)
                self._swap(made, slug, workshop)
                _sync_folder(self.folder)
            finally:
                _discard(made)

    def rewrite_root(self, name: str, make: Callable[[bytes | None], Mapping[str, bytes]]) -> None:
        """Replace or add what `make` gives for the present content of the root's file `name`, each file whole.

        Nobody else publishes between the reading and the writing. Raises PublishError; files not yet replaced are as
        they were.
        """
        with self._turn("the index") as workshop:
            files = make(self.read("", name))
            _check(None, files)
            made = workshop / f"root.new.{secrets.token_hex(4)}"
            try:
                _write_folder(made, files)
                for each in files:
                    (made / each).replace(self.folder / each)
                _sync_folder(self.folder)
            finally:
                _discard(made)

    def read(self, slug: str, name: str) -> bytes | None:
        """The published file, or None. The root is the slug ""."""
        if (slug and not _SLUG.fullmatch(slug)) or not _NAME.fullmatch(name):
            raise PublishError(f"{slug!r}/{name!r} cannot be a published file.")
        try:
            return (self.folder / slug / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise PublishError(f"Cannot read {str(self.folder / slug / name)!r}: {_reason(error)}.") from error

    def slugs(self) -> tuple[str, ...]:
        """The pages that have data to read (`index.json`), in the order of their names."""
        found = (path.parent.name for path in self.folder.glob("*/index.json"))
        return tuple(sorted(name for name in found if _SLUG.fullmatch(name)))

    def remove(self, slug: str) -> None:
        """Take the page away. Raises PublishError; the page is then still there."""
        _check(slug, {})
        if not (self.folder / slug).exists():
            return
        with self._turn(slug) as workshop:
            gone = workshop / f"{slug}.old.{secrets.token_hex(4)}"
            (self.folder / slug).rename(gone)
            _sync_folder(self.folder)
            _discard(gone)

    def _swap(self, made: Path, slug: str, workshop: Path) -> None:
        """`made` becomes the page; what was there is where `made` was, or thrown away."""
        page = self.folder / slug
        if not page.exists():
            made.rename(page)
        elif not exchange(made, page):
            # Between these two renames the page is missing. Whoever has the next turn puts the old one back
            # (`_clean`), should this process not live to do the second.
            aside = workshop / f"{slug}.aside"
            page.rename(aside)
            try:
                made.rename(page)
            except OSError:
                aside.rename(page)
                raise
            _discard(aside)

    @contextmanager
    def _turn(self, what: str) -> Iterator[Path]:
        """Alone in the folder, with a clean workshop. An OSError inside becomes one clear line."""
        workshop = self.folder / WORKSHOP
        try:
            workshop.mkdir(parents=True, exist_ok=True)
            with _locked(workshop / "lock"):
                self._clean(workshop)
                yield workshop
        except OSError as error:
            raise PublishError(
                f"Cannot publish {what} into {str(self.folder)!r}: {_reason(error)}. What was published before is unchanged; `tiebreak publish` goes on once that is mended."
            ) from error

    def _clean(self, workshop: Path) -> None:
        """Finish what a killed process left: its turn is over, so whatever lies here is nobody's."""
        for left in workshop.iterdir():
            if left.name == "lock":
                continue
            page = self.folder / left.name.removesuffix(".aside")
            if left.name.endswith(".aside") and not page.exists():
                left.rename(page)
            else:
                _discard(left)


def _check(slug: str | None, files: Mapping[str, bytes]) -> None:
    """Names that stay inside the folder and mean the same on every file system."""
    if slug is not None and not _SLUG.fullmatch(slug):
        raise PublishError(f"{slug!r} cannot be the name of a page: use small letters, digits and single hyphens.")
    for name in files:
        if not _NAME.fullmatch(name):
            raise PublishError(f"{name!r} cannot be the name of a published file.")


def _discard(path: Path) -> None:
    """As far as possible: what stays is tried again at the next turn."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """All files on disk, not only in memory: a rename must never show a page whose content is not there yet."""
    folder.mkdir()
    for name, content in files.items():
        with (folder / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Names on disk, where the system can open a folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Alone until the end of the block. The lock goes with the process, so a killed one holds nobody up."""
    with path.open("a") as file:
        try:
            import fcntl
        except (
            ImportError
        ):  # no such lock on this system: one process publishes at a time, or the pages' own moves decide
            yield
            return
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _reason(error: OSError) -> str:
    """What a person can do something about."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "the disk is full; make room and run it again"
        case errno.EACCES | errno.EPERM:
            return "no permission to write there; change the folder's permissions or set TIEBREAK_SITE"
        case errno.ENOENT:
            return "no folder can be made there; set TIEBREAK_SITE to one that can be written"
        case errno.EROFS:
            return "the file system is read-only; set TIEBREAK_SITE to a folder that can be written"
        case errno.ENOTDIR | errno.EEXIST:
            return "something that is not a folder is in the way; remove it or set TIEBREAK_SITE"
        case _:
            return error.strerror or type(error).__name__
