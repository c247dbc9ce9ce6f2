# SPDX-License-Identifier: BSD-3-Clause
"""When ./dev installs packages, on a machine of stubs where ninja is missing."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REAL = ("bash", "dirname", "sort", "tr", "sed", "cat", "mkdir", "cp", "chmod", "uname")
STUBS = (
    *(
        "gcc",
        "g++",
        "gfortran",
        "flang-22",
        "make",
        "cmake",
        "pkg-config",
        "clang++-19",
        "python3",
        "apt-get",
        "id",
    ),
    *("nproc", "ctest", "git", "clang-format-19", "clang-tidy-19", "valgrind", "xargs"),
)
STUB = """#!/bin/bash
echo "${0##*/} $*" >> "$LOG"
case "${0##*/} $1 $2" in
  "id -u "*) echo "$USER_ID" ;;
  "cmake --version "*) echo "cmake version 3.25.1" ;;
  "python3 -c "*get_path*) echo "${0%/*}" ;;
  "python3 -m venv"*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  "apt-get install "*) cp "$0" "$(dirname "$0")/ninja" ;;
esac
exit 0
"""


class Machine:
    """A copy of ./dev in a bare tree, with no other programs than these."""

    def __init__(self, tree: Path) -> None:
        self.tree, self.bin, self.log = tree, tree / "bin", tree / "log"
        shutil.copy(ROOT / "dev", tree / "dev")
        self.bin.mkdir()
        (self.bin / "Python.h").touch()
        for name in REAL:
            (self.bin / name).symlink_to(shutil.which(name))
        for name in STUBS:
            (self.bin / name).write_text(STUB)
            (self.bin / name).chmod(0o755)

    def dev(self, *arguments: str, user_id: int = 0) -> subprocess.CompletedProcess[str]:
        """Run ./dev as root, unless another user is named."""
        self.log.write_text("")
        environment = {"PATH": str(self.bin), "LOG": str(self.log), "USER_ID": str(user_id)}
        command = ["/bin/bash", str(self.tree / "dev"), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    def installed(self) -> str:
        """What apt-get was told to install during the last command."""
        lines = self.log.read_text().splitlines()
        return "\n".join(line for line in lines if line.startswith("apt-get install"))

    def remove(self, *names: str) -> None:
        """Let programs be missing."""
        for name in names:
            (self.bin / name).unlink()


@pytest.fixture
def bare(tmp_path) -> Machine:
    """A tree in which nothing was built yet."""
    return Machine(tmp_path)


@pytest.fixture
def used(bare) -> Machine:
    """A tree in which something was built before."""
    (bare.tree / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(bare.bin / "python3", bare.tree / ".venv" / "bin" / "python")
    return bare


@pytest.mark.parametrize("command", ["test", "demo", "setup"])
def test_bare_tree_is_set_up_and_said_so_before(bare, command):
    done = bare.dev(command)
    assert done.returncode == 0, done.stderr
    assert "ninja-build" in bare.installed()
    assert re.search("installing now as root.* ninja-build", done.stdout.splitlines()[0])


@pytest.mark.parametrize("command", ["test", "demo"])
def test_used_tree_gets_nothing(used, command):
    done = used.dev(command)
    assert (done.returncode, used.installed()) == (1, "")
    assert "ninja-build" in done.stderr
    assert "'./dev setup' installs" in done.stderr


@pytest.mark.parametrize("arguments", [["bench"], ["matrix"], ["wheel", "out"], ["lint"]])
def test_other_commands_install_nothing(bare, arguments):
    done = bare.dev(*arguments)
    assert (done.returncode, bare.installed()) == (1, "")
    assert "ninja-build" in done.stderr


def test_setup_installs_what_is_asked_for(used):
    used.remove("valgrind", "git")
    assert used.dev("setup", "bench").returncode == 0
    assert "valgrind" in used.installed()
    assert "ninja-build" in used.installed()
    assert " git " not in used.installed()


def test_setup_of_an_unknown_group_is_refused(used):
    assert (used.dev("setup", "everything").returncode, used.installed()) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "group"), [(["test", "bench"], "bench"), (["lint"], "lint"), (["format"], "lint")]
)
def test_message_names_the_group(used, arguments, group):
    used.remove("valgrind", "git")
    assert f"'./dev setup {group}' installs" in used.dev(*arguments).stderr


def test_user_is_told_what_to_install(bare):
    done = bare.dev("test", user_id=1000)
    assert (done.returncode, bare.installed()) == (1, "")
    assert re.search("sudo apt-get install .*ninja-build", done.stderr)


def test_ci_asks_first_for_what_its_lanes_need():
    lanes = re.findall(r"^lane .*", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    assert lanes[0].endswith("./dev setup lint bench debug")
