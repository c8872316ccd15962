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
    """How large a file may be before it is refused: bytes as sent and unpacked, packing ratio, entries, rows, columns."""

    sent: int = 64 * 2**20
    unpacked: int = 1_500 * 2**20
    ratio: int = 250
    entries: int = 5_000
    rows: int = 500_000
    columns: int = 300
    cell: int = 32_767
    shared: int = 300 * 2**20
    header: int = 30


LIMITS = Limits()
