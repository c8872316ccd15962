"""A themed call (专题征集): drafted for a field of the future that the coverage map shows to be empty."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.kernel import period
from fuhua.parties.models import Party
from fuhua.schemes.actions import calls
from fuhua.schemes.models import Call
from fuhua.schemes.queries.fields import require_known

_OPEN_DAYS = 30  # a proposal, which the officer changes in the draft


@transaction.atomic
def draft(*, code: str, issuer: Party, by: str, at: dt.datetime, district: str = "") -> Call:
    """Draft a call for future-field incubators in one field: it opens on the next working day, for thirty days.

    Raises :class:`fuhua.schemes.queries.fields.UnknownField` for a field that is not in force.
    """
    field = require_known(code)
    first = period.add_working_days(period.day(at), 1)
    opens = dt.datetime.combine(first, dt.time(9), period.SHANGHAI)
    closes = dt.datetime.combine(first + dt.timedelta(days=_OPEN_DAYS), dt.time(17), period.SHANGHAI)
    text = (f"面向“{field.name.zh}”领域征集未来产业孵化器。由牵头单位与联合体成员共同申报，成员须逐一确认分工并签署联合体协议；"
            "支持方式、金额和条件以公开文件为准。")
    told = calls.Told(title=f"{first.year} 年{field.name.zh}未来产业孵化器征集", kind="future_field_incubator", opens_at=opens,
                      closes_at=closes, text=text, themes=(code,), district=district)
    return calls.draft(issuer=issuer, told=told, by=by, at=at)
