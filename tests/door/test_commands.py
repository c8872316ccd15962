"""The command line itself: which commands there are, and how it ends when it is stopped."""

from __future__ import annotations

import pytest

from fuhua.config import door
from fuhua.kernel.command import COMMANDS, Command, CommandError
from fuhua.kernel.registry import Registry

Told = pytest.CaptureFixture[str]


@pytest.mark.parametrize("words", [["match", "--help"], ["match", "-h"], ["match"], ["match", "help"]])
def test_an_engine_lists_its_own_commands(words: list[str], capsys: Told) -> None:
    assert door.main(words) == 0
    listed = [line.split()[:2] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert listed == [["match", "eval"], ["match", "expertise"], ["match", "rank"]]


def test_a_command_that_is_not_there_is_told_with_those_of_its_engine(capsys: Told) -> None:
    assert door.main(["exchange", "fly"]) == 2
    told = capsys.readouterr().err
    assert "没有命令 “exchange fly” / no such command" in told
    assert "exchange import" in told
    assert "match rank" not in told


def test_without_words_all_commands_are_listed(capsys: Told) -> None:
    assert door.main([]) == 0
    told = capsys.readouterr().out
    assert all(command.name in told for command in COMMANDS)


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        (KeyboardInterrupt(), 130, "已中断，再次运行即可继续 / stopped; run it again to go on"),
        (CommandError("请改 / mend it"), 1, "请改 / mend it"),
    ],
)
def test_whatever_command_is_stopped_or_fails_ends_without_a_traceback(
    wrong: BaseException, status: int, said: str, capsys: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_options: object) -> int:
        raise wrong

    commands: Registry[Command] = Registry("commands", key=lambda command: command.name)
    commands.add(Command("fail", "", lambda _parser: None, fail))
    monkeypatch.setattr(door, "COMMANDS", commands)
    assert door.main(["fail"]) == status
    assert capsys.readouterr().err.strip() == said
