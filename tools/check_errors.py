# SPDX-License-Identifier: BSD-3-Clause
"""docs/errors.md has the statuses of status.h, with the core's sentence and Python's name, and no other."""

import re

import tree

STATUS = re.compile(r'X\(DEED_(\w+), (\d+),\s*"([^"]+)"\)')
CLASS = re.compile(
    r'class (\w+)\(DeedError, (\w+)\):\n    """.*?"""\n\n    status = Status\.(\w+)', re.DOTALL
)
SECTION = re.compile(r"^## DEED_(\w+)\n\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def first_sentences() -> dict[str, str]:
    """How the section of each status begins."""
    header = (tree.ROOT / "c" / "include" / "deed" / "status.h").read_text()
    errors = (tree.ROOT / "python" / "deed" / "errors.py").read_text()
    classes = {status: f"`{name}` (`{base}`)" for name, base, status in CLASS.findall(errors)}
    return {
        status: f"*{text}*. Python: {classes.get(status)}.\n"
        for status, number, text in STATUS.findall(header)
        if int(number) > 0
    }


def problems_of(sections: dict[str, str], expected: dict[str, str]) -> list[str]:
    """What is wrong with the sections of the page."""
    problems = [f"docs/errors.md: DEED_{status} is not in status.h" for status in sections.keys() - expected]
    for status, beginning in expected.items():
        if status not in sections:
            problems.append(f"docs/errors.md: no section DEED_{status}")
        elif not sections[status].startswith(beginning):
            problems.append(
                f"docs/errors.md: the section DEED_{status} does not begin with {beginning.strip()}"
            )
        elif not sections[status].removeprefix(beginning).strip():
            problems.append(f"docs/errors.md: the section DEED_{status} does not say what to do")
    return sorted(problems)


if __name__ == "__main__":
    page = (tree.ROOT / "docs" / "errors.md").read_text()
    tree.finish(problems_of(dict(SECTION.findall(page)), first_sentences()), len(first_sentences()))
