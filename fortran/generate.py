#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Write the Fortran sources that repeat: deed_constants.f90 from the C headers, deed_kinds_*.F90 from KINDS.

    generate.py [DIRECTORY]    into fortran/src, or into DIRECTORY

They are committed, so that building deed does not need Python; the test fortran.generated compares them with
what this script writes.
"""

import re
import sys
import textwrap
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEADERS = HERE.parent / "c" / "include" / "deed"
LICENCE = "! SPDX-License-Identifier: BSD-3-Clause"

# Suffix of the specific procedures (the label of the dtype in lower case), Fortran type, and the macro of
# kinds that not every compiler has.
KINDS = [
    ("int8", "integer(int8)", None),
    ("int16", "integer(int16)", None),
    ("int32", "integer(int32)", None),
    ("int64", "integer(int64)", None),
    ("real32", "real(real32)", None),
    ("real64", "real(real64)", None),
    ("real80", "real(deed_real80_kind)", "DEED_HAVE_REAL80"),
    ("real128", "real(deed_real128_kind)", "DEED_HAVE_REAL128"),
    ("complex_real32", "complex(real32)", None),
    ("complex_real64", "complex(real64)", None),
    ("complex_real80", "complex(deed_real80_kind)", "DEED_HAVE_REAL80"),
    ("complex_real128", "complex(deed_real128_kind)", "DEED_HAVE_REAL128"),
    ("logical8", "logical(int8)", None),
    ("logical16", "logical(int16)", None),
    ("logical32", "logical(int32)", None),
    ("logical64", "logical(int64)", None),
    ("character1", "character(kind=c_char, len=:)", None),
    ("character4", "character(kind=deed_character4_kind, len=:)", "DEED_HAVE_CHARACTER4"),
]

TAIL = [
    "integer(c_int), optional, intent(out) :: stat",
    "type(*), optional, intent(inout) :: errmsg(..)",
    "type(*), optional, intent(in) :: file(..)",
    "integer(c_int), optional, intent(in) :: line",
]
RIGHTS = "integer(c_int), optional, intent(in) :: rights"

# Verb, arguments before the tail, their declarations ({type} is the Fortran type), documentation.
VERBS = [
    (
        "take",
        "a, h",
        ["{type}, allocatable, intent(inout) :: a(..)", "type(deed_array), intent(inout) :: h"],
        """Give the memory of an allocatable to deed, as `move_alloc` gives it to another variable: no element
is copied, the bounds are kept, and `a` is unallocated afterwards. `h` becomes the title; DEALLOCATE of this
compiler frees the memory when the last claim ends. Characters must have a deferred length.

Errors in order: `DEED_EINVAL` (`h` still holds an array), `DEED_EUNALLOCATED`, `DEED_ENOMEM`, `DEED_EFULL`,
`DEED_EDUPLICATE`. `a` and `h` are unchanged then. Any thread that may touch `a`.""",
    ),
    (
        "lend",
        "a, h, rights",
        ["{type}, pointer, intent(in) :: a(..)", "type(deed_array), intent(inout) :: h", RIGHTS],
        """Lend memory to deed without copying: a pointer, or a variable with TARGET, or a part of one
(`u(1:20:2, :)`, `u(:, 4:0:-1)`, `tiles(:)%x`), with its strides and its bounds. The memory stays the
caller's, who keeps it as it is until `deed_recall` or `deed_release` of `h` has succeeded. `h` becomes the
title.

What has no address of its own does not compile: expressions, literals, vector subscripts, variables without
TARGET, `class(*)`. Characters of fixed length are lent through a pointer of deferred length (`p => names`).
`rights`: `deed_read`, or `deed_read + deed_write` (the default). Pass component sections directly or through
a pointer variable: gfortran 12 hands `tiles(:)%x` to a POINTER dummy of a Fortran procedure with a wrong
address.

Errors in order: `DEED_EINVAL` (`h` still holds an array, `rights`), `DEED_EUNALLOCATED` (not associated),
`DEED_ENOMEM`, `DEED_EFULL`, `DEED_EDUPLICATE`. `h` is unchanged then.""",
    ),
    (
        "reclaim",
        "h, a",
        ["type(deed_array), intent(in) :: h", "{type}, allocatable, intent(inout) :: a(..)"],
        """Take memory back from deed into an allocatable: the opposite of `deed_take`. No element is copied,
the bounds come back, and `h` is stale afterwards. `h` must be the title and the only claim, `a` unallocated
and of the kind and rank of the array. The memory must come from `deed_take` of this compiler: another
allocator cannot be freed by DEALLOCATE.

Errors in order: `DEED_EHANDLE`, `DEED_ESTALE`, `DEED_EDTYPE`, `DEED_ERANK`, `DEED_EINVAL` (`a` is
allocated), `DEED_ENOTTITLE`, `DEED_EORIGIN`, `DEED_EBUSY` (`errmsg` says who holds the array). `h` and `a`
are unchanged then.""",
    ),
    (
        "pointer",
        "h, p, rights",
        ["type(deed_array), intent(in) :: h", "{type}, pointer, intent(inout) :: p(..)", RIGHTS],
        """Point at the elements of an array, with its shape, strides and lower bounds. No claim is made: `p`
is good as long as the claim `h` lives and must not be deallocated. `rights`: `deed_read` to get a pointer
to an array that may not be written, and must not be through `p`; the default asks for both.

Errors in order: `DEED_EHANDLE`, `DEED_ESTALE`, `DEED_EDTYPE`, `DEED_ERANK`, `DEED_EUNSUPPORTED` (gfortran
cannot point at elements whose strides are not multiples of their size), `DEED_EINVAL` (`rights`),
`DEED_ERIGHTS`. `p` is unchanged then.""",
    ),
]


def number_map(header: str, macro: str) -> list[tuple[str, str]]:
    """Names and numbers of an X-macro of a header."""
    text = (HEADERS / header).read_text()
    body = re.search(rf"#define {macro}\(X\)(.*?[^\\])\n", text, re.S)
    return re.findall(r"X\((\w+), (\d+)", body.group(1))


def enumerators(header: str, name: str) -> list[tuple[str, str]]:
    """Names and numbers of an enumeration of a header."""
    body = re.search(rf"enum {name} {{(.*?)}};", (HEADERS / header).read_text(), re.S)
    return re.findall(r"(\w+) = (\d+)", body.group(1))


def defines(header: str, names: list[str]) -> list[tuple[str, str]]:
    """Names and numbers of object-like macros of a header."""
    text = (HEADERS / header).read_text()
    return [(name, re.search(rf"#define {name} (\d+)", text).group(1)) for name in names]


def constants() -> str:
    """The module of numbers that C and Fortran share."""
    groups = [
        (
            "What `stat=` can be.",
            [(name.upper(), n) for name, n in number_map("status.h", "DEED_STATUS_MAP")],
        ),
        (
            "Types of elements: what `deed_kind` gives and `deed_alloc` wants.",
            number_map("dtype.h", "DEED_DTYPE_MAP"),
        ),
        ("Allocators.", enumerators("array.h", "deed_origin")),
        ("Languages.", enumerators("base.h", "deed_language")),
        ("Roles of a claim.", enumerators("array.h", "deed_role")),
        ("Rights of a claim, to be added.", defines("array.h", ["DEED_READ", "DEED_WRITE"])),
        ("Options of `deed_alloc`.", defines("array.h", ["DEED_ZEROED"])),
        ("Orders of elements.", enumerators("layout.h", "deed_order")),
        ("Why an array is a copy.", enumerators("array.h", "deed_copy_reason")),
        (
            "Sizes.",
            defines("layout.h", ["DEED_MAX_RANK"])
            + defines("registry.h", ["DEED_NAME_BYTES"])
            + defines("version.h", ["DEED_ABI_VERSION"]),
        ),
    ]
    lines = [
        LICENCE,
        "! Written by fortran/generate.py from the C headers.",
        "!> The numbers that C and Fortran share, with the names that the C headers give them.",
        "module deed_constants",
        "  use, intrinsic :: iso_c_binding, only: c_int",
        "  implicit none",
        "  public",
        "  private :: c_int",
    ]
    for title, names in groups:
        lines += ["", f"  !> {title}"]
        lines += [
            f"  integer(c_int), parameter :: {name if title.startswith('What') else name.lower()} = {number}"
            for name, number in names
        ]
    return "\n".join([*lines, "end module deed_constants", ""])


def specific(verb: str, arguments: str, declarations: list[str], kind: tuple) -> list[str]:
    """One interface body."""
    suffix, fortran_type, macro = kind
    body = [
        f"    subroutine deed_{verb}_{suffix}({arguments}, stat, errmsg, file, line) &",
        f'      bind(C, name="deed_fortran_{verb}_{suffix}")',
        "      import",
    ]
    body += [f"      {line.format(type=fortran_type)}" for line in declarations + TAIL]
    body += [f"    end subroutine deed_{verb}_{suffix}"]
    return [f"#ifdef {macro}", *body, "#endif"] if macro else body


def generic(verb: str, arguments: str, declarations: list[str], text: str) -> list[str]:
    """One generic name with its documentation."""
    lines = ["  !>"]
    for paragraph in text.split("\n\n"):
        lines += [
            f"  !> {line}" for line in textwrap.wrap(" ".join(paragraph.split()), 110, break_on_hyphens=False)
        ]
        lines += ["  !>"]
    lines = lines[1:-1]
    lines += [f"  interface deed_{verb}"]
    for kind in KINDS:
        lines += specific(verb, arguments, declarations, kind)
    return [*lines, f"  end interface deed_{verb}", ""]


def optional_kinds() -> list[str]:
    """The kind numbers that not every compiler has."""
    values = {
        "DEED_HAVE_REAL80": ("deed_real80_kind", "selected_real_kind(18, 4931)"),
        "DEED_HAVE_REAL128": ("deed_real128_kind", "selected_real_kind(33, 4931)"),
        "DEED_HAVE_CHARACTER4": ("deed_character4_kind", "selected_char_kind('ISO_10646')"),
    }
    lines = []
    for macro, (name, value) in values.items():
        lines += [f"#ifdef {macro}", f"  integer, parameter :: {name} = {value}", "#endif"]
    return lines


def module(verb: str, arguments: str, declarations: list[str], text: str) -> str:
    """The module of one verb that touches a Fortran variable."""
    return "\n".join(
        [
            LICENCE,
            "! Written by fortran/generate.py.",
            f"!> The verb {verb}: one procedure per kind and none per rank. Module deed has the conventions.",
            f"module deed_kinds_{verb}",
            "  use, intrinsic :: iso_c_binding, only: c_char, c_int",
            "  use, intrinsic :: iso_fortran_env, only: int8, int16, int32, int64, real32, real64",
            "  use deed_types, only: deed_array",
            "  implicit none",
            "  private",
            f"  public :: deed_{verb}",
            "",
            *optional_kinds(),
            "",
            *generic(verb, arguments, declarations, text),
            f"end module deed_kinds_{verb}",
            "",
        ]
    )


def main() -> None:
    """Write all files."""
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "src"
    (directory / "deed_constants.f90").write_text(constants())
    for verb in VERBS:
        (directory / f"deed_kinds_{verb[0]}.F90").write_text(module(*verb))


if __name__ == "__main__":
    main()
