"""What a roster says of an organisation itself: its district, and that the name it gives is one it bears."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.words import Grade
from fuhua.kernel.roster import RowRefused
from fuhua.kernel.words import t
from fuhua.parties.actions import organisations
from fuhua.parties.models import Name, Party
from fuhua.parties.queries import naming
from fuhua.parties.words import DISTRICTS


class DistrictTold:
    """Sets the district of the organisation ``subject``; tells nothing when it is there already."""

    def __call__(
        self, *, subject: str, district: str, by: str, at: dt.datetime, grade: Grade, on: dt.date | None = None,
        **_told: Any,
    ) -> str:
        """Returns "": the register's own action tells the fact. What is only declared cannot move an organisation."""
        party = Party.objects.get(urn=subject)
        if party.district and party.district != district and grade == Grade.DECLARED:
            raise RowRefused(t("该主体登记的所在区是“{kept}”；更改须由主管部门办理，请删去此格或联系主管部门",
                               "its district on record is “{kept}”; only an officer can change it: leave the cell blank or ask one")
                             .format(kept=DISTRICTS.get(party.district, party.district)), "district")
        if party.district != district:
            organisations.set_district(party, district=district, by=by, at=at, since=on, grade=grade)
        return ""

    def correct(self, _digest: str, **fields: Any) -> str:
        """The same: a district changes, the former one was true before."""
        return self(**fields)

    def void(self, _digest: str, **_given: Any) -> str:
        """A roster that leaves the district out does not say that it is wrong."""
        return ""


in_district = DistrictTold()


def must_bear(subject: str, name: str, column: str) -> None:
    """Raise :class:`RowRefused` when the organisation found by its code bears no such name now or formerly."""
    if Name.objects.filter(party__urn=subject, key=naming.key(name)).exists():
        return
    party = Party.objects.get(urn=subject)
    raise RowRefused(t("该信用代码登记的名称是“{kept}”，与“{name}”不一致；如已更名，请先在主体页面办理更名，再上传",
                       "that code is on record as “{kept}”, not “{name}”; if it was renamed, record the new name on its page first")
                     .format(kept=party.name, name=name), column)
