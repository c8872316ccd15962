"""A dispute over the reuse of an idea that was disclosed in confidence (构想使用争议)."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="idea_reuse",
    label=t("构想使用争议", "dispute over reuse of an idea"),
    why=t("保密披露的方案疑似被使用，查阅记录作为证据",
          "a confidential disclosure seems to be in use; the log of openings is the evidence"),
    answer_days=10,
)
