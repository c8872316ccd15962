"""A first scenario (首个应用场景): somebody here who tries the product out."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="first_scenario",
    label=t("首个应用场景", "first scenario"),
    why=t("对接第一个试用单位或应用场景", "a first user or scenario in which to try the product"),
    answer_days=20,
)
