# SPDX-License-Identifier: BSD-3-Clause
"""Every source file says its licence in the first two lines."""

import tree

LINE = "SPDX-License-Identifier: BSD-3-Clause"

sources = [path for path in tree.code_files() if path.stat().st_size > 0]
problems = [
    f"{tree.name_of(path)}: no line '{LINE}'"
    for path in sources
    if not any(LINE in line for line in path.read_text().splitlines()[:2])
]
tree.finish(problems, len(sources))
