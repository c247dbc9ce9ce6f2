# SPDX-License-Identifier: BSD-3-Clause
"""The check of layers, on trees of a few files in which something is wrong."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from check_layers import CORE, PYTHON, objects_of, problems_of, rows_of

TABLES = """
## The core, from the bottom up

| file | noun |
|---|---|
| `low.c`, `lone.h` | the first, unlike `high.c` |
| `high.c` | the second |

## The Python package

| folder | what is there |
|---|---|
| `base/` | what all use |
| `verbs/` | what uses it |
| `module.c` | the module |

## Afterwards
"""
CORE_FILES = {
    "c/src/lone.h": "",
    "c/src/low.h": "int low(void);",
    "c/src/low.c": '#include "low.h"\nint low(void) { return 1; }',
    "c/src/high.h": "int high(void);",
    "c/src/high.c": '#include "high.h"\n#include "low.h"\nint high(void) { return low(); }',
}
PYTHON_FILES = {
    "python/src/base/one.c": "int one(void) { return 1; }",
    "python/src/base/two.c": "int one(void);\nint two(void) { return one(); }",
    "python/src/verbs/three.c": "int two(void);\nint three(void) { return two(); }",
    "python/src/module.c": "int three(void);\nint module(void) { return three(); }",
}


@pytest.fixture
def tree(tmp_path):
    """Writes files, compiles them where there is a compiler, and returns what is wrong with the layers."""

    def check(layers, files, changed=None, architecture=TABLES):
        (tmp_path / "ARCHITECTURE.md").write_text(architecture)
        objects = []
        for name, text in (files | (changed or {})).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n")
        for path in sorted(tmp_path.rglob("*.c")) if shutil.which("cc") and shutil.which("nm") else []:
            top, _, rest = path.relative_to(tmp_path).as_posix().partition("/")
            objects.append(tmp_path / f"build/{top}/CMakeFiles/some.dir/{rest}.o")
            objects[-1].parent.mkdir(parents=True, exist_ok=True)
            command = ["cc", "-c", "-I", tmp_path / layers.folder, "-o", objects[-1], path]
            subprocess.run(command, check=True, timeout=60)
        found = objects_of(layers, [str(path).replace("some.dir/", "some.dir/./") for path in objects])
        return sorted(problems_of(tmp_path, layers, found))

    return check


needs_compiler = pytest.mark.skipif(not shutil.which("cc") or not shutil.which("nm"), reason="no compiler")


def test_first_columns_are_the_layers():
    assert rows_of(TABLES, CORE.section) == [["low", "lone"], ["high"]]
    assert rows_of(TABLES, PYTHON.section) == [["base"], ["verbs"], ["module"]]


def test_layers_that_are_kept(tree):
    assert tree(CORE, CORE_FILES) == []
    assert tree(PYTHON, PYTHON_FILES) == []


def test_include_of_a_later_row(tree):
    wrong = {"c/src/low.c": '#include "high.h"\nint low(void) { return 1; }'}
    assert tree(CORE, CORE_FILES, wrong) == ["c/src/low.c includes high.h, which ARCHITECTURE.md lists later"]


@needs_compiler
def test_symbol_of_a_later_row_that_nothing_includes(tree):
    wrong = {"c/src/low.c": "int high(void);\nint low(void) { return high(); }"}
    assert tree(CORE, CORE_FILES, wrong) == [
        "c/src/low.c uses high of high.c, which ARCHITECTURE.md lists later",
        "c/src: a circle: high.c -(low)-> low.c -(high)-> high.c",
    ]


@needs_compiler
def test_variable_of_a_later_folder(tree):
    wrong = {
        "python/src/base/one.c": "extern int table[];\nint one(void) { return *table; }",
        "python/src/verbs/table.c": "int table[4];",
    }
    assert tree(PYTHON, PYTHON_FILES, wrong) == [
        "python/src/base/one.c uses table of verbs/table.c, which ARCHITECTURE.md lists later"
    ]


@needs_compiler
def test_circle_within_a_folder(tree):
    wrong = {"python/src/base/one.c": "int two(void);\nint one(void) { return two(); }"}
    assert tree(PYTHON, PYTHON_FILES, wrong) == [
        "python/src: a circle: base/one -(two)-> base/two -(one)-> base/one"
    ]


@needs_compiler
def test_circle_of_a_symbol_and_a_header(tree):
    wrong = {
        "python/src/base/two.h": "struct two;",
        "python/src/base/one.c": '#include "base/two.h"\nint one(void) { return 1; }',
    }
    assert tree(PYTHON, PYTHON_FILES, wrong) == [
        "python/src: a circle: base/one -(base/two.h)-> base/two -(one)-> base/one"
    ]


@needs_compiler
def test_file_without_an_object(tree, tmp_path):
    tree(PYTHON, PYTHON_FILES)
    objects = {"base/one.c": tmp_path / "build/python/CMakeFiles/some.dir/src/base/one.c.o"}
    assert "python/src/base/two.c has no object file" in list(problems_of(tmp_path, PYTHON, objects))


def test_circle_of_headers(tree):
    wrong = {"c/src/low.h": '#include "lone.h"', "c/src/lone.h": '#include "low.h"'}
    assert tree(CORE, CORE_FILES | {"c/src/low.c": "int a;", "c/src/high.c": "int b;"}, wrong) == [
        "c/src: a circle: lone.h -(low.h)-> low.h -(lone.h)-> lone.h"
    ]


def test_file_without_a_row_and_row_without_a_file(tree):
    assert tree(CORE, CORE_FILES | {"c/src/new.h": ""}, None, TABLES.replace("lone.h", "gone.h")) == [
        "ARCHITECTURE.md lists gone, which is not in c/src",
        "c/src/lone has no row in ARCHITECTURE.md",
        "c/src/new has no row in ARCHITECTURE.md",
    ]


@needs_compiler
def test_object_without_symbols(tree):
    with pytest.raises(SystemExit, match="no symbols"):
        tree(CORE, CORE_FILES, {"c/src/low.c": ""})
