"""The wheel as installed: built, put into an environment of its own, used outside the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.services  # it builds: seconds, not milliseconds


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    # Without isolation: the build back end is in the development lock, nothing is fetched.
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (made,) = out.glob("*.whl")
    return made


def test_the_wheel_holds_code_catalogue_prompts_and_migrations_and_no_tests(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "data/categories/web_frameworks.yaml",
        "prompts/verdict.md.j2",
        "flows/store/migrations/versions/0001_first_tables.py",
    ):
        assert wanted in names
    assert not [name for name in names if name.startswith(("tests/", "docs/", "site/", ".tiebreak"))]


def test_an_installed_wheel_does_the_main_job_outside_the_checkout(wheel: Path, tmp_path: Path):
    # An environment that sees the installed dependencies, but Tiebreak only from the wheel.
    target = tmp_path / "installed"
    target.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    dependencies = tmp_path / "dependencies"
    dependencies.mkdir()
    for entry in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if not entry.name.endswith(".pth") and "tiebreak" not in entry.name and entry.name != "__pycache__":
            (dependencies / entry.name).symlink_to(entry)
    work = tmp_path / "elsewhere"
    work.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": f"{target}{os.pathsep}{dependencies}",
    }
    command = [sys.executable, "-S", "-m", "flows", "run", "flask-vs-fastapi", "--offline", "--json"]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (run,) = json.loads(done.stdout)
    assert run["outcome"] == "published"
    assert (work / "site" / "flask-vs-fastapi" / "index.html").exists()
    shutil.rmtree(work)
