"""Files that commands read and write: looked at before any work, and what is wrong is told so that it can be mended."""

from __future__ import annotations

from fuhua.kernel.command import CommandError
from fuhua.kernel.words import Text


class BadFile(CommandError):
    """A file cannot be used; ``text`` names the place and says how to mend it."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.zh} / {text.en}")
        self.text = text
