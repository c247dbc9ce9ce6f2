# SPDX-License-Identifier: BSD-3-Clause
"""What a document names exists: links, paths in backticks that begin at the top, files and functions of deed.

A file may be named alone, as `make.c`; a function is written as `deed_take()`.
"""

import re
from pathlib import Path

import tree

LINK = re.compile(r"\]\(([^)#\s]+)")
QUOTED = re.compile(r"`([\w./*-]+)`")
ALONE = re.compile(r"`([\w.-]+\.(?:c|h|hpp|cpp|py|pyi|f90|F90|cmake|txt|sh|md))`")
CALLED = re.compile(r"`(deed\w*)\(\)`")
WORD = re.compile(r"\bdeed\w+")
BUILT = ("build/", "out/")


def named_paths(text: str) -> set[str]:
    """What the text of a document names as a path of this repository or of its own folder."""
    top = {path.name for path in tree.ROOT.iterdir()}
    links = {link for link in LINK.findall(text) if "://" not in link}
    quoted = {word for word in QUOTED.findall(text) if word.removeprefix("./").split("/")[0] in top}
    return {name for name in links | quoted if not name.startswith(BUILT)}


def exists(name: str, document: Path) -> bool:
    """Whether it is there, from the top of the repository or from the document; * stands for anything."""
    return any(any(folder.glob(name.strip("/"))) for folder in (tree.ROOT, document.parent))


def words_of_code() -> set[str]:
    """Every name of deed in the sources."""
    folders = [tree.ROOT / name for name in ("c", "cxx", "fortran", "python")]
    sources = (path for folder in folders for path in tree.files(folder) if path.suffix in tree.CODE)
    return {word for path in sources for word in WORD.findall(path.read_text())}


documents = [path for path in tree.files() if path.suffix == ".md"]
names = [(document, name) for document in documents for name in named_paths(document.read_text())]
missing = [(document, name) for document, name in names if not exists(name, document)]
calls = [(document, name) for document in documents for name in CALLED.findall(document.read_text())]
alone = [(document, name) for document in documents for name in ALONE.findall(document.read_text())]
files = {path.name for path in tree.files()}
missing += [(document, name) for document, name in alone if name not in files]
words = words_of_code()
missing += [(document, f"{name}()") for document, name in calls if name not in words]
problems = sorted(f"{tree.name_of(document)}: {name} does not exist" for document, name in missing)
tree.finish(problems, len(names) + len(calls) + len(alone))
