# SPDX-License-Identifier: BSD-3-Clause
"""Every path that a document names exists: links, and paths in backticks that begin at the top."""

import re
from pathlib import Path

import tree

LINK = re.compile(r"\]\(([^)#\s]+)")
QUOTED = re.compile(r"`([\w./*-]+)`")
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


documents = [path for path in tree.files() if path.suffix == ".md"]
names = [(document, name) for document in documents for name in named_paths(document.read_text())]
missing = [(document, name) for document, name in names if not exists(name, document)]
problems = sorted(f"{tree.name_of(document)}: {name} does not exist" for document, name in missing)
tree.finish(problems, len(names))
