"""The roster of ventures: firms in incubation with their credit codes and districts (在孵企业名单)."""

from __future__ import annotations

from fuhua.kernel.roster import ROSTERS, Line, Reference, Roster, Telling
from fuhua.kernel.words import t
from fuhua.parties.actions.attributes import in_district, must_bear
from fuhua.parties.kinds.roster_columns import code_column, district_column, name_column


def _tell(line: Line) -> list[Telling]:
    venture, name = line.parties["venture"], line.values.get("name")
    if name:
        must_bear(venture, name, "name")
    if "district" not in line.values:
        return []
    return [Telling("district", in_district, None, {"subject": venture, "district": line.values["district"]})]


SPEC = ROSTERS.add(Roster(
    name="ventures",
    title=t("在孵企业名单", "Ventures"),
    about=t("企业名称、统一社会信用代码和所在区；已登记的企业不会重复登记。",
            "Names, credit codes and districts; a firm on record is never registered twice."),
    rank=20,
    columns=(
        name_column("name", t("企业名称", "Venture"), "名称", "企业", "公司名称", "单位名称", "在孵企业名称", "company", "name",
                    required=True, example="北京示例科技有限公司"),
        code_column("code", t("统一社会信用代码", "Credit code"), "信用代码", "社会信用代码", "企业信用代码", "组织机构代码", "uscc"),
        district_column(),
    ),
    references=(Reference("venture", name="name", code="code", sorts=("venture", "firm", "project"), creates=True,
                          district="district"),),
    key=lambda line: line.parties["venture"],
    tell=_tell,
    operators=True,
))
