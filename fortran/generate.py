#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Write the sources that repeat: deed_constants.f90 from the C headers; from KINDS, deed_kinds_*.F90 and the
lists of the shim and of the tests.

    generate.py [DIRECTORY]    into this repository, or into DIRECTORY as if it were that

They are committed, so that building deed does not need Python; the test fortran.generated compares them with
what this script writes.
"""

import re
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
HEADERS = HERE.parent / "c" / "include" / "deed"
LICENCE = "SPDX-License-Identifier: BSD-3-Clause"

# What Fortran has of the types in dtype.h: suffix of the specific procedures (the name of the dtype in lower
# case), Fortran type, and the macro of kinds that not every compiler has, or that Fortran 2018 does not let a
# BIND(C) procedure have.
KINDS = [
    ("int8", "integer(c_int8_t)", None),
    ("int16", "integer(c_int16_t)", None),
    ("int32", "integer(c_int32_t)", None),
    ("int64", "integer(c_int64_t)", None),
    ("real32", "real(c_float)", None),
    ("real64", "real(c_double)", None),
    ("real80", "real(deed_real80_kind)", "DEED_HAVE_REAL80"),
    ("real128", "real(deed_real128_kind)", "DEED_HAVE_REAL128"),
    ("complex_real32", "complex(c_float_complex)", None),
    ("complex_real64", "complex(c_double_complex)", None),
    ("complex_real80", "complex(deed_real80_kind)", "DEED_HAVE_REAL80"),
    ("complex_real128", "complex(deed_real128_kind)", "DEED_HAVE_REAL128"),
    ("logical8", "logical(c_bool)", None),
    ("logical16", "logical(int16)", "DEED_HAVE_LOGICAL_KINDS"),
    ("logical32", "logical(int32)", "DEED_HAVE_LOGICAL_KINDS"),
    ("logical64", "logical(int64)", "DEED_HAVE_LOGICAL_KINDS"),
    ("character1", "character(kind=c_char, len=:)", None),
    ("character4", "character(kind=deed_character4_kind, len=:)", "DEED_HAVE_CHARACTER4"),
]

# The types of dtype.h that are no kind: Fortran has no unsigned integers and no 16-bit reals; derived types
# have procedures of their own (deed_lend_record).
NO_KINDS = {"uint8", "uint16", "uint32", "uint64", "real16", "bfloat16", "opaque"}

# Integers are type(*) so that they may be of any kind: the default kind of a program is what its flags say.
TAIL = [
    "type(*), optional, intent(inout) :: stat(..)",
    "type(*), optional, intent(inout) :: errmsg(..)",
    "type(*), optional, intent(in) :: file(..)",
    "type(*), optional, intent(in) :: line(..)",
]
RIGHTS = "type(*), optional, intent(in) :: rights(..)"
ORDER = "type(*), optional, intent(in) :: order(..)"
LOWER = "type(*), optional, intent(in) :: lower(..)"
NAME = "type(*), optional, intent(in) :: name(..)"

NAMED = """`name`: publish it in the same call, as `deed_publish` does. All or nothing: when the name is
refused (`DEED_EINVAL`, `DEED_EEXIST`), """


class Verb(NamedTuple):
    """A verb that touches a Fortran variable."""

    name: str
    arguments: str  # before stat, errmsg, file, line
    last: list[str]  # after them
    declarations: list[str]  # of arguments and last; {type} is the Fortran type
    text: str


VERBS = [
    Verb(
        "take",
        "a, h",
        ["name"],
        ["{type}, allocatable, intent(inout) :: a(..)", "type(deed_array), intent(inout) :: h", NAME],
        """Give the memory of an allocatable to deed, as `move_alloc` gives it to another variable: no element
is copied, the bounds are kept, and `a` is unallocated afterwards. `h` becomes the title; DEALLOCATE of this
compiler frees the memory when the last claim ends. Characters must have a deferred length. """
        + NAMED
        + """`a` is still allocated.

Errors in order: `DEED_EINVAL` (`h` still holds an array), `DEED_EUNALLOCATED`, `DEED_EBUSY` (the memory is
lent: the loan would point to what deed frees), `DEED_ENOMEM`, `DEED_EFULL`, `DEED_EDUPLICATE`, those of
`name`. `a` and `h` are unchanged then. Any thread that may touch `a`.""",
    ),
    Verb(
        "lend",
        "a, h, rights",
        ["name"],
        ["{type}, pointer, intent(in) :: a(..)", "type(deed_array), intent(inout) :: h", RIGHTS, NAME],
        """Lend memory to deed without copying: a pointer, or a variable with TARGET, or a part of one
(`u(1:20:2, :)`, `u(:, 4:0:-1)`, `tiles(:)%x`), with its strides and its bounds. The memory stays the
caller's, who keeps it as it is until `deed_recall` or `deed_release` of `h` has succeeded. `h` becomes the
title.

What has no address of its own does not compile: expressions, literals, vector subscripts, variables without
TARGET, `class(*)`. What the compilers say then, and what to do, is in docs/fortran.md. Characters of fixed
length are lent through a pointer of deferred length (`p => names`). `rights`: `deed_read`, or `deed_read +
deed_write` (the default). The compiler does not tell deed what may not be written: for an argument with
INTENT(IN), or a variable that is PROTECTED, say `rights=deed_read`. Pass component sections directly or
through a pointer variable: gfortran 12 hands `tiles(:)%x` to a POINTER dummy of a Fortran procedure with a
wrong address. """
        + NAMED
        + """there is no loan.

Errors in order: `DEED_EINVAL` (`h` still holds an array, `rights`), `DEED_EUNALLOCATED` (not associated),
`DEED_ENOMEM`, `DEED_EFULL`, `DEED_EDUPLICATE`, those of `name`. `h` is unchanged then.""",
    ),
    Verb(
        "lend_unsafe",
        "a, h, lower, rights",
        ["name"],
        [
            "{type_of_any_length}, target, intent(inout) :: a(..)",
            "type(deed_array), intent(inout) :: h",
            LOWER,
            RIGHTS,
            NAME,
        ],
        """As `deed_lend`, for a variable that has no TARGET and in source that cannot be changed. Nobody
checks that this works: the compiler may keep elements in registers, or move loads and stores of `a` past
calls that use the loan, because nothing but `a` can name them as far as it knows. `a` must live as long as
the loan: a SAVE or module variable, an allocated array, or a variable of a procedure that has not returned;
never a dummy argument whose actual argument the compiler copied. The lower bounds are 1 unless `lower`
(integers, one per dimension) gives them: `lower=lbound(a)`.

Errors in order: as `deed_lend`, with `DEED_ESHAPE` (assumed-size) and `DEED_ERANK` (`lower` of another size)
after `DEED_EUNALLOCATED`.""",
    ),
    Verb(
        "reclaim",
        "h, a",
        [],
        ["type(deed_array), intent(in) :: h", "{type}, allocatable, intent(inout) :: a(..)"],
        """Take memory back from deed into an allocatable: the opposite of `deed_take`. No element is copied,
the bounds come back, and `h` is stale afterwards. `h` must be the title and the only claim, `a` unallocated
and of the kind and rank of the array. The memory must come from `deed_take` of this compiler, in whatever
library: another allocator cannot be freed by DEALLOCATE.

Errors in order: `DEED_EHANDLE`, `DEED_ESTALE`, `DEED_EDEVICE`, `DEED_EDTYPE`, `DEED_ERANK`, `DEED_EINVAL`
(`a` is allocated), `DEED_ENOTTITLE`, `DEED_EORIGIN`, `DEED_EBUSY` (`errmsg` says who holds the array). `h`
and `a` are unchanged then.""",
    ),
    Verb(
        "pointer",
        "h, p, rights",
        ["order"],
        [
            "type(deed_array), intent(in) :: h",
            "{type}, pointer, intent(inout) :: p(..)",
            RIGHTS,
            ORDER,
        ],
        """Point at the elements of an array, with its shape, strides and lower bounds. No claim is made: `p`
is good as long as the claim `h` lives and must not be deallocated. `rights`: `deed_read` to get a pointer
to an array that may not be written, and must not be through `p`; the default asks for both. `order`:
`deed_order_fortran` to get a pointer only to elements that lie without gaps in Fortran's order,
`deed_order_c` in that of C, `deed_order_any` (the default) wherever they are. deed cannot see that `p` is
CONTIGUOUS: gfortran reads wrong elements through such a pointer to others, so ask for `deed_order_fortran`
with it.

Errors in order: `DEED_EHANDLE`, `DEED_ESTALE`, `DEED_EDEVICE`, `DEED_EDTYPE`, `DEED_ERANK`, `DEED_EINVAL`
(`rights`, `order`), `DEED_ERIGHTS`, `DEED_EORDER`, `DEED_EUNSUPPORTED` (gfortran cannot point at
elements whose strides are not multiples of their size). `p` is unchanged then.""",
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
        f"! {LICENCE}",
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


def specific(verb: Verb, kind: tuple) -> list[str]:
    """One interface body."""
    suffix, fortran_type, macro = kind
    arguments = ", ".join([verb.arguments, "stat, errmsg, file, line", *verb.last])
    types = {"type": fortran_type, "type_of_any_length": fortran_type.replace("len=:", "len=*")}
    body = [
        f"    subroutine deed_{verb.name}_{suffix}({arguments}) &",
        f'      bind(C, name="deed_fortran_{verb.name}_{suffix}")',
        "      import",
    ]
    body += [f"      {line.format(**types)}" for line in verb.declarations + TAIL]
    body += [f"    end subroutine deed_{verb.name}_{suffix}"]
    return [f"#ifdef {macro}", *body, "#endif"] if macro else body


def generic(verb: Verb) -> list[str]:
    """One generic name with its documentation."""
    lines = ["  !>"]
    for paragraph in verb.text.split("\n\n"):
        lines += [
            f"  !> {line}" for line in textwrap.wrap(" ".join(paragraph.split()), 110, break_on_hyphens=False)
        ]
        lines += ["  !>"]
    lines = lines[1:-1]
    lines += [f"  interface deed_{verb.name}"]
    for kind in KINDS:
        lines += specific(verb, kind)
    return [*lines, f"  end interface deed_{verb.name}", ""]


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


def module(verb: Verb) -> str:
    """The module of one verb that touches a Fortran variable."""
    return "\n".join(
        [
            f"! {LICENCE}",
            "! Written by fortran/generate.py.",
            f"!> The verb {verb.name}: one procedure per kind, none per rank. See module deed.",
            f"module deed_kinds_{verb.name}",
            "  use, intrinsic :: iso_c_binding, only: c_bool, c_char, c_double, c_double_complex, c_float, &",
            "    c_float_complex, c_int8_t, c_int16_t, c_int32_t, c_int64_t",
            "#ifdef DEED_HAVE_LOGICAL_KINDS",
            "  use, intrinsic :: iso_fortran_env, only: int16, int32, int64",
            "#endif",
            "  use deed_types, only: deed_array",
            "  implicit none",
            "  private",
            f"  public :: deed_{verb.name}",
            "",
            *optional_kinds(),
            "",
            *generic(verb),
            f"end module deed_kinds_{verb.name}",
            "",
        ]
    )


def shim_kinds() -> str:
    """The kinds as the shim wants them: an X-macro."""
    rows = [f"  X(DEED_{suffix.upper()}, {suffix})" for suffix, _, _ in KINDS]
    begin = "#define DEED_SHIM_KINDS(X)"
    width = max(map(len, [begin, *rows])) + 1
    return "\n".join(
        [
            f"/* {LICENCE} */",
            "/* Written by fortran/generate.py. shim_kinds.h - the kinds that Fortran can have. */",
            "#ifndef DEED_SHIM_KINDS_H",
            "#define DEED_SHIM_KINDS_H",
            "",
            "/* X(dtype, suffix of the specific procedures). */",
            *[f"{line:{width}}\\" for line in [begin, *rows[:-1]]],
            rows[-1],
            "",
            "#endif",
            "",
        ]
    )


def kind_test(kind: tuple) -> list[str]:
    """A call of deed_fortran_kind_test: the kind, a value of it, and how two values are compared."""
    suffix, fortran_type, macro = kind
    intrinsic, number = re.match(r"(\w+)\((?:kind=)?(\w+)", fortran_type).groups()
    value = {
        "integer": f"7_{number}",
        "real": f"1.5_{number}",
        "complex": f"(1.5_{number}, -2.0_{number})",
        "logical": f".true._{number}",
        "character": f"{number}_'abc'",
    }[intrinsic]
    equals = ".eqv." if intrinsic == "logical" else "=="
    call = f'deed_fortran_kind_test({suffix} "{fortran_type}" "{value}" "{equals}")'
    if not macro:
        return [call]
    return [
        f"if({macro})",
        f"  {call}",
        "else()",
        f'  message(STATUS "deed: no {suffix}, so it is not tested")',
        "endif()",
    ]


def tested_kinds() -> str:
    """The kinds as the tests want them."""
    lines = [line for kind in KINDS for line in kind_test(kind)]
    return "\n".join(
        [f"# {LICENCE}", "# Written by fortran/generate.py. The kinds that are tested.", *lines, ""]
    )


def check_kinds() -> None:
    """Every type of dtype.h is a kind or is said to be none."""
    names = {name.removeprefix("DEED_").lower() for name, _ in number_map("dtype.h", "DEED_DTYPE_MAP")}
    decided = {suffix for suffix, _, _ in KINDS} | NO_KINDS
    if names != decided:
        sys.exit(f"in dtype.h or in KINDS and NO_KINDS, not in both: {', '.join(sorted(names ^ decided))}")


def main() -> None:
    """Write all files."""
    check_kinds()
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent
    texts = {f"fortran/src/deed_kinds_{verb.name}.F90": module(verb) for verb in VERBS}
    texts["fortran/src/deed_constants.f90"] = constants()
    texts["fortran/src/shim_kinds.h"] = shim_kinds()
    texts["tests/fortran/kinds_tested.cmake"] = tested_kinds()
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


if __name__ == "__main__":
    main()
