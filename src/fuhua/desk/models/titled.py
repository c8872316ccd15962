"""What has a title that people write or the platform says."""

from __future__ import annotations

from django.db import models

from fuhua.kernel.words import Text


class Titled(models.Model):
    """``title`` is mostly a name, which is the same in both languages; ``title_en`` is what the platform says of its own in English."""

    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def said(self) -> Text:
        """The title in both languages."""
        return Text(self.title, self.title_en or self.title)


def titled(title: str | Text) -> dict[str, str]:
    """The columns of a title: a name as it is, or words of ours in both languages."""
    said = title if isinstance(title, Text) else Text(title, "")
    return {"title": said.zh.strip()[:200], "title_en": said.en.strip()[:200]}
