"""What goes wrong with a spreadsheet: a file that cannot be read, and a cell that does not say what its column wants."""

from __future__ import annotations

from dataclasses import dataclass

from fuhua.kernel.words import Text


class BadSheet(ValueError):
    """The file cannot be read; ``text`` says in the reader's language how to mend it. Nothing was taken from it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class BadCell(ValueError):
    """The cell does not hold what its column wants; ``text`` says how to write it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True)
class Limits:
    """How large a file may be before it is refused: bytes as sent and unpacked, packing ratio, entries, rows, columns.

    ``cell`` is characters in one cell, ``line`` characters in one record of a .csv, ``shared`` bytes of memory for the
    texts that cells share, ``token`` bytes of one XML tag or comment, ``names`` different tags and attributes of one part,
    ``directory`` bytes of the list of parts, ``header`` the rows of a sheet among which the headers are looked for.
    """

    sent: int = 64 * 2**20
    unpacked: int = 1_500 * 2**20
    ratio: int = 250
    entries: int = 5_000
    rows: int = 500_000
    columns: int = 300
    cell: int = 32_767
    line: int = 2**20
    shared: int = 400 * 2**20
    token: int = 2**20
    names: int = 2_000
    directory: int = 4 * 2**20
    header: int = 30


LIMITS = Limits()
