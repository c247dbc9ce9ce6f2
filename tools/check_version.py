# SPDX-License-Identifier: BSD-3-Clause
"""The version is written in c/include/deed/version.h and nowhere else in the code."""

import re

import tree

HEADER = tree.ROOT / "c/include/deed/version.h"

version = re.search(r'#define DEED_VERSION "(\d+\.\d+\.\d+)"', HEADER.read_text()).group(1)
pattern = re.compile(rf"(?<![\d.]){re.escape(version)}(?![\d.])")
sources = [path for path in tree.code_files() if path != HEADER]
problems = [
    f"{tree.name_of(path)}:{number}: {version} is written a second time"
    for path in sources
    for number, line in enumerate(path.read_text().splitlines(), 1)
    if pattern.search(line)
]
tree.finish(problems, len(sources))
