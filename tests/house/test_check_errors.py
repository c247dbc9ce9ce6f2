# SPDX-License-Identifier: BSD-3-Clause
"""The page of errors, where it is not that of status.h."""

from __future__ import annotations

from check_errors import first_sentences, problems_of

BUSY = "*held*. Python: `BusyError` (`BufferError`).\n"


def test_every_status_has_a_class_of_python():
    sentences = first_sentences()
    assert "OK" not in sentences
    assert sentences["EBUSY"].endswith("Python: `BusyError` (`BufferError`).\n")
    assert not [each for each in sentences.values() if "None" in each]


def test_page_that_agrees():
    assert problems_of({"EBUSY": f"{BUSY}\nWait.\n"}, {"EBUSY": BUSY}) == []


def test_status_without_a_section_and_section_without_a_status():
    assert problems_of({"EBUSI": BUSY}, {"EBUSY": BUSY}) == [
        "docs/errors.md: DEED_EBUSI is not in status.h",
        "docs/errors.md: no section DEED_EBUSY",
    ]


def test_section_of_another_text_or_without_advice():
    assert "does not begin with *held*" in problems_of({"EBUSY": "*free*."}, {"EBUSY": BUSY})[0]
    assert "what to do" in problems_of({"EBUSY": f"{BUSY}\n"}, {"EBUSY": BUSY})[0]
