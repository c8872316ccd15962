"""Which pages are sent long bodies: those whose view reads files, however far down, and no other but the verbs that are pressed."""

from __future__ import annotations

from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver

from fuhua.kernel.page import PAGES, Page
from fuhua.parties.panels.pressing import Pressed

LONG = b"%PDF-1.7\n" + b"0" * settings.FUHUA_BODY_BYTES


def names(code: CodeType) -> Iterator[str]:
    """Every name that a piece of code uses, also within what is defined in it."""
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from names(inner)


def reads_files(function: FunctionType, seen: set[FunctionType]) -> bool:
    """Whether it, what it encloses, or a function of its module or the kernel's that it uses reads ``request.FILES``."""
    seen.add(function)
    used = set(names(function.__code__))
    near = [function.__globals__.get(name) for name in used] + [cell.cell_contents for cell in function.__closure__ or ()]
    return "FILES" in used or any(reads_files(each, seen) for each in near if isinstance(each, FunctionType) and each not in seen
                                  and each.__module__ in (function.__module__, Page.__module__))


def pressed(page: Page) -> bool:
    return page.view.__module__ == Pressed.__module__


def test_a_page_declares_that_it_takes_files_where_its_view_reads_them_and_nowhere_else() -> None:
    get_resolver().url_patterns  # noqa: B018 - importing the URL table declares every page
    found = {each.name for each in PAGES if pressed(each) or reads_files(each.view, set())}
    assert {"exchange:deck", "exchange:credentials", "exchange:book", "desk:intakes", "schemes:field_rename"} <= found
    assert {each.name for each in PAGES if each.files} == found


@pytest.mark.parametrize(("path", "office"), [
    ("/exchange/credentials/", "founder"), ("/exchange/999/deck/", "founder"), ("/landings/999/show/", "founder"),
    ("/schemes/agreements/999/claim/", "operator"), ("/schemes/agreements/999/convert/", "city_officer"),
    ("/schemes/fields/enter/", "city_officer")])
def test_a_file_of_more_than_a_mebibyte_reaches_the_page(client_of: Any, path: str, office: str) -> None:
    answer = client_of(office).post(path, {"file": SimpleUploadedFile("材料.pdf", LONG)})
    assert answer.status_code in (404, 422)
