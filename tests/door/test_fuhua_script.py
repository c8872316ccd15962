"""The script at the root: what it says when it cannot start, when it sets up, and how it hands over."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOOR = '''"""Reports what it was given."""
import os, sys
print(os.getcwd(), *sys.argv[1:], sep="|")
sys.exit(7)
'''


@pytest.fixture
def checkout(tmp_path: Path) -> SimpleNamespace:
    """A copy of the script and its locks under a path with spaces, and the script's own functions."""
    folder = tmp_path / "a folder 文件夹"
    folder.mkdir()
    for name in ("fuhua", "pyproject.toml", "uv.lock", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, folder / name)
    return SimpleNamespace(folder=folder, **runpy.run_path(str(folder / "fuhua")))


@pytest.fixture
def ready(checkout: SimpleNamespace) -> SimpleNamespace:
    """The same, as a finished set-up leaves it, with an installed command that only reports."""
    (checkout.folder / ".venv" / "bin").mkdir(parents=True)
    (checkout.folder / "node_modules").mkdir()
    checkout.PYTHON.symlink_to(sys.executable)
    (checkout.VENV / "bin" / "fuhua").write_text(DOOR, encoding="utf-8")
    checkout.write_stamp(checkout.VENV, checkout.python_key() + " run")
    checkout.write_stamp(checkout.NODE_MODULES, checkout.npm_key() + " run")
    return checkout


def start(folder: Path, *arguments: str, **options) -> subprocess.CompletedProcess[str]:
    """Run the script of `folder` as a person would."""
    command = [sys.executable, str(folder / "fuhua"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, **options)


def start_without(module: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script in a Python that lacks `module`, as Debian's does before python3-venv is installed."""
    code = f"import runpy, sys; sys.modules[{module!r}] = None; runpy.run_path(sys.argv[1], run_name='__main__')"
    command = [sys.executable, "-c", code, str(folder / "fuhua")]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)


def test_arguments_reach_the_installed_command_as_given_and_its_exit_code_comes_back(ready, tmp_path):
    outcome = start(ready.folder, "plan", "read", "a b.pdf", "--x=孵化", cwd=tmp_path)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (7, f"{tmp_path}|plan|read|a b.pdf|--x=孵化\n", "")


@pytest.mark.parametrize("home", [None, "", "/nowhere"])
def test_a_start_that_is_ready_needs_no_home_and_no_path(ready, home):
    env = {} if home is None else {"HOME": home}
    assert start(ready.folder, "demo", env={**env, "LC_ALL": "C.UTF-8"}).returncode == 7


def test_a_start_that_is_ready_is_quick(ready):
    started = time.monotonic()
    start(ready.folder, "demo")
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_venv_module_names_the_package_to_install_in_both_languages(checkout, module):
    outcome = start_without(module, checkout.folder)
    assert outcome.returncode == 1
    assert "sudo apt install python3-venv" in outcome.stderr
    assert "缺少 venv" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert not checkout.VENV.exists()


def test_a_changed_lock_asks_for_a_new_set_up(ready):
    assert ready.level_held(ready.VENV, ready.python_key()) == "run"
    with open(ready.folder / "uv.lock", "a", encoding="utf-8") as lock:
        lock.write("\n")
    assert ready.level_held(ready.VENV, ready.python_key()) == ""
    assert ready.level_held(ready.NODE_MODULES, ready.npm_key()) == "run"


def test_a_moved_folder_asks_for_a_new_set_up(ready, tmp_path):
    moved = tmp_path / "moved"
    shutil.copytree(ready.folder, moved, symlinks=True)
    there = SimpleNamespace(**runpy.run_path(str(moved / "fuhua")))
    assert there.level_held(there.VENV, there.python_key()) == ""


def test_a_set_up_cut_short_is_not_taken_for_a_finished_one(ready):
    ready.UNFINISHED.parent.mkdir(parents=True)
    ready.UNFINISHED.touch()
    outcome = start_without("ensurepip", ready.folder)  # it wants to set up again, and says so by refusing here
    assert (outcome.returncode, outcome.stdout) == (1, "")


@pytest.mark.parametrize(
    ("held", "needed", "answer"),
    [("", "run", False), ("run", "run", True), ("run", "full", False), ("full", "run", True), ("full", "full", True)],
)
def test_a_fuller_set_up_serves_a_smaller_need(checkout, held, needed, answer):
    assert checkout.enough(held, needed) is answer


def test_a_failed_step_names_its_log_and_shows_its_end(checkout, capfd):
    checkout.SETUP.mkdir(parents=True)
    with pytest.raises(checkout.Failed) as failure:
        checkout.run("sync", "Packages", [sys.executable, "-c", "print('no route to host'); raise SystemExit(3)"])
    assert "no route to host" in str(failure.value)
    assert str(checkout.SETUP / "sync.log") in str(failure.value)
    assert "失败" in capfd.readouterr().err


def test_two_starts_at_once_take_turns(checkout, tmp_path):
    trace = tmp_path / "trace"
    code = (
        "import runpy, sys, time\n"
        "door = runpy.run_path(sys.argv[1])\n"
        "with door['only_one'](), open(sys.argv[2], 'a', buffering=1) as trace:\n"
        "    trace.write('in '); time.sleep(0.2); trace.write('out ')\n"
    )
    command = [sys.executable, "-c", code, str(checkout.folder / "fuhua"), str(trace)]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    said = b"".join(process.communicate(timeout=30)[1] for process in both)
    assert trace.read_text() == "in out in out "
    assert said.count(b"waiting") == 1


def test_caches_stay_in_the_folder_when_there_is_no_home_to_write_to(checkout, monkeypatch):
    monkeypatch.setenv("HOME", "/nowhere")
    monkeypatch.delenv("UV_CACHE_DIR", raising=False)
    assert checkout.client_environment()["UV_CACHE_DIR"].startswith(str(checkout.folder))


def test_the_users_own_client_settings_are_left_alone(checkout, monkeypatch):
    for name in ("PIP_INDEX_URL", "PIP_FIND_LINKS", "UV_CACHE_DIR", "UV_SYSTEM_CERTS", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "mine")
    env = checkout.client_environment()
    assert {name for name, value in env.items() if value == "mine"} >= {
        "PIP_INDEX_URL", "PIP_FIND_LINKS", "UV_CACHE_DIR", "UV_SYSTEM_CERTS", "HTTPS_PROXY",
    }  # fmt: skip


def test_the_script_is_executable_and_small():
    assert os.access(ROOT / "fuhua", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert len((ROOT / "fuhua").read_text(encoding="utf-8").splitlines()) <= 400
