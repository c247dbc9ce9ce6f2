# SPDX-License-Identifier: BSD-3-Clause
"""tests/traps.md and the names of the tests agree: every trap that a test names is in the list, and every one
of the list is named by a test or says what holds it or why nothing does.
"""

import re

import tree

TESTS = tree.ROOT / "tests"
LIST = TESTS / "traps.md"
# "trap_a12_a43_text", "Traps T15 and T17", "trap A19, T20: text"
NUMBERS = r"[at]\d+"
NAMED = re.compile(rf"traps?[_ ]({NUMBERS}(?:(?:_|, | and ){NUMBERS})*)(?![a-z0-9])", re.IGNORECASE)
LINE = re.compile(r"^\* \*\*([AT]\d+)\*\* (.*)$", re.MULTILINE)
HELD, WITHOUT = re.compile(r"\*Held by\* `[^`]+`\.$"), re.compile(r"\*No test\*: .+\.$")


def number_of(text: str) -> str:
    """T1 for t01."""
    return f"{text[0].upper()}{int(text[1:])}"


def named_in(text: str) -> set[str]:
    """The traps that a file names."""
    return {number_of(each) for found in NAMED.findall(text) for each in re.findall(NUMBERS, found, re.I)}


def problems_of(listed: dict[str, str], named: dict[str, str]) -> list[str]:
    """What is wrong with the list, and with what tests name; named: the numbers, with a file that does."""
    problems = [f"{named[each]}: trap {each} is not in tests/traps.md" for each in named.keys() - listed]
    for number, text in listed.items():
        marked = bool(HELD.search(text) or WITHOUT.search(text))
        if number in named and marked:
            problems.append(
                f"tests/traps.md: {number} is marked as without a test, but {named[number]} names it"
            )
        if number not in named and not marked:
            problems.append(f"tests/traps.md: no test names {number}, and the line does not say why")
    return sorted(problems)


def main() -> None:
    """Look at all files of the tests."""
    lines = LINE.findall(LIST.read_text())
    named: dict[str, str] = {}
    for path in tree.files(TESTS):
        if path.suffix != ".md" and TESTS / "house" not in path.parents:  # tests/house tests this check
            found = named_in(path.read_text(errors="replace"))
            named |= {each: tree.name_of(path) for each in found}
    twice = [
        f"tests/traps.md: {each} stands twice" for each, _ in lines if [n for n, _ in lines].count(each) > 1
    ]
    tree.finish([*problems_of(dict(lines), named), *twice], len(lines))


if __name__ == "__main__":
    main()
