"""Who reads: the option, the setting, and one clear line where no model is configured."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.check.proposals import Reader
from flows.commands.reading import answer_cases, chosen_reader
from flows.errors import InputError, SettingsError


def test_the_rules_read_where_nothing_else_is_said():
    assert chosen_reader(None) is Reader.RULES


def test_the_option_goes_before_the_setting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TIEBREAK_READER", "both")
    assert chosen_reader(None) is Reader.BOTH
    assert chosen_reader("model") is Reader.MODEL


@pytest.mark.parametrize("word", ["", "nobody", "RULES"])
def test_another_word_is_wrong_use(word: str):
    with pytest.raises(InputError, match="rules, model or both"):
        chosen_reader(word)


def test_a_second_reader_without_a_model_fails_before_the_first_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TIEBREAK_HOME", str(tmp_path / "home"))

    def no_line():
        raise AssertionError("a line was read")
        yield ""

    with pytest.raises(SettingsError, match="needs a model, and none is configured: set TIEBREAK_MODEL"):
        answer_cases(no_line(), Reader.BOTH)
    assert not (tmp_path / "home").exists()
