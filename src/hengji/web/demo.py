"""The demonstration county (演示县): eleven invented departments in all states, and one real case at 填报.

Nothing is said about the real unit that its own published report does not say.
"""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import yaml
from django.contrib.auth.hashers import make_password
from django.db import transaction

from hengji.model.filing import Claim, Exemption, Filing, Register, Value, ValueKey
from hengji.web import demo_review, demo_years
from hengji.web.demo_intake import send
from hengji.web.filings import bridge
from hengji.web.filings.models import Assignment, FilingRow, PinnedSystem
from hengji.web.filings.systems import pin
from hengji.web.people.acts import Act
from hengji.web.people.models import Department, Region, Role, User
from hengji.web.states.moves import take
from hengji.workbook import open_filing

_FACTS = yaml.safe_load((Path(__file__).parent / "demo.yaml").read_text(encoding="utf-8"))
REGION, SYSTEM, YEAR = str(_FACTS["region"]), str(_FACTS["system"]), int(_FACTS["year"])
INVENTED = (
    ("教育局", ()),
    ("卫生健康局", (Act.SEND,)),
    ("民政局", (Act.SEND, Act.RETURN)),
    ("交通运输局", (Act.SEND, Act.SIGN)),
    ("农业农村局", (Act.SEND, Act.SIGN, Act.RECEIVE)),
    ("水利局", (Act.SEND, Act.SIGN, Act.RECEIVE, Act.REJECT)),
    ("文化广电旅游体育局", (Act.SEND, Act.SIGN, Act.RECEIVE, Act.PASS)),
    ("应急管理局", (Act.SEND, Act.SIGN, Act.RECEIVE, Act.PASS, Act.HAND_UP, Act.APPROVE, Act.OPINE)),
    ("统计局", (Act.SEND, Act.SIGN, Act.RECEIVE, Act.PASS, Act.HAND_UP, Act.APPROVE, Act.OPINE, Act.SETTLE)),
    (
        "档案馆",
        (Act.SEND, Act.SIGN, Act.RECEIVE, Act.PASS, Act.HAND_UP, Act.APPROVE, Act.OPINE, Act.SETTLE, Act.DEMAND),
    ),
    (
        "气象局",
        (
            Act.SEND,
            Act.SIGN,
            Act.RECEIVE,
            Act.PASS,
            Act.HAND_UP,
            Act.APPROVE,
            Act.OPINE,
            Act.SETTLE,
            Act.PUBLISH,
            Act.ARCHIVE,
        ),
    ),
)
_REASONS = {
    Act.RETURN: "结转结余的原因没有写，请补充后再送。",
    Act.REJECT: "缺签章页和采购合同，请补齐。",
    Act.DEMAND: "请在两个月内完善采购预算编制。",
}


@transaction.atomic
def make(password: str) -> list[str]:
    """Makes the county; every account has this password. Returns the accounts' names."""
    hashed = make_password(password)
    region = Region.objects.get_or_create(name=REGION)[0]
    bureau = {
        role: User.objects.create(username=name, password=hashed, role=role, region=region, office=office)
        for name, role, office in (
            ("shenhe", Role.REVIEWER, "财政局绩效管理股"),
            ("guanli", Role.ADMIN, "财政局绩效管理股"),
            ("disanfang", Role.FIRM, "示例会计师事务所"),
            ("shenji", Role.AUDITOR, "审计局"),
        )
    }
    made = [user.username for user in bureau.values()]
    pinned = pin(SYSTEM)
    deadline = date.today() + timedelta(days=10)
    for number, (name, acts) in enumerate(INVENTED, start=1):
        department = Department.objects.create(region=region, name=f"{REGION}{name}", invented=True)
        people = _people(department, hashed, f"{number:02}")
        made += [user.username for user in people.values()]
        row = FilingRow.objects.create(department=department, year=YEAR, system=pinned, deadline=deadline)
        bridge.save(row.pk, people[Role.CLERK], bridge.stated(invented(number)))
        about = {"reviewer": bureau[Role.REVIEWER], "admin": bureau[Role.ADMIN]}
        about |= {"clerk": people[Role.CLERK], "head": people[Role.HEAD]}
        for act in acts:
            demo_review.before(act, row, about, number)
            who = {Act.SEND: people[Role.CLERK], Act.SIGN: people[Role.HEAD], Act.RETURN: people[Role.HEAD]}
            who |= {Act.HAND_UP: bureau[Role.REVIEWER], Act.REPLY: people[Role.HEAD]}
            take(row.pk, who.get(act, bureau[Role.ADMIN]), act, _REASONS.get(act, ""))
        demo_review.after_all(row, about, number)
        if Act.PASS in acts:
            Assignment.objects.create(user=bureau[Role.FIRM], filing=row)
    last = row
    real = _real()
    department = Department.objects.create(region=region, name=real.department)
    people = _people(department, hashed, "00")
    row = FilingRow.objects.create(department=department, year=YEAR, system=pinned, deadline=deadline)
    bridge.save(row.pk, people[Role.CLERK], bridge.stated(real), "取自公开的自评报告", "import")
    _earlier(region, pinned, bureau)
    demo_review.sample(last, bureau[Role.ADMIN])
    send(region, bureau[Role.ADMIN], pinned, YEAR)
    return made + [user.username for user in people.values()]


def _earlier(region: Region, pinned: PinnedSystem, bureau: dict[Role, User]) -> None:
    """The two years before, for the invented departments and one that has since been merged away."""
    Department.objects.create(region=region, name=f"{REGION}粮食和物资储备局", invented=True)
    departments = list(Department.objects.filter(region=region, invented=True).order_by("pk"))
    demo_years.kinds(departments)
    pinned = demo_years.earlier(pinned, YEAR - 2, YEAR - 1)
    for year in (YEAR - 2, YEAR - 1):
        for number, department in enumerate(departments, start=1):
            row = demo_years.begin(department, year, pinned)
            clerk = department.people.filter(role=Role.CLERK).first() or bureau[Role.ADMIN]
            filing = invented(number + year % 3, year)
            demo_years.settled(row, filing, number, clerk, bureau[Role.REVIEWER], bureau[Role.ADMIN])


def _real() -> Filing:
    """The real case: beside this file where hengji is installed, among the examples in the repository."""
    place = Path(__file__).parent / "demo-real.yaml"
    return open_filing(place if place.exists() else Path(__file__).parents[3] / str(_FACTS["real"])).filing


def _people(department: Department, hashed: str, number: str) -> dict[Role, User]:
    named = ((Role.CLERK, f"tianbao{number}", "办公室"), (Role.HEAD, f"fuze{number}", "单位负责人"))
    return {
        role: User.objects.create(
            username=name, password=hashed, role=role, region=department.region, department=department, office=office
        )
        for role, name, office in named
    }


def invented(number: int, of: int = YEAR) -> Filing:
    """An invented filing: plain figures that grow with the number, claims, an exemption and a few words."""
    budget = Decimal(600 + 37 * number)
    spent = budget - Decimal(number) * Decimal("1.25")
    plan = Decimal(20 + number)

    def value(name: str, stated: Decimal | int, unit: str, year: int = of) -> tuple[ValueKey, Value]:
        return ValueKey(name, year), Value(format(stated, "f") if isinstance(stated, Decimal) else str(stated), unit)

    values = dict(
        [
            value("年度部门预算资金", budget, "万元"),
            value("年度部门预算资金", budget - 15, "万元", of - 1),
            value("部门预算资金实际支出", spent, "万元"),
            value("部门预算资金实际支出", spent - 15, "万元", of - 1),
            value("年末结转结余", budget - spent, "万元"),
            value("年末结转结余", budget - spent, "万元", of - 1),
            value("国库集中支付结转结余存量资金", 0, "万元"),
            value("采购预算金额", plan, "万元"),
            value("实际采购金额", plan - 2, "万元"),
            value("编制数", 20 + number, "人"),
            value("在编人数", 18 + number, "人"),
        ]
    )
    computed = {"2.1.1", "2.1.2", "2.1.3", "2.1.4", "2.1.6", "2.4"}
    return Filing(
        department="",
        year=of,
        cover={"填报日期": f"{of + 1}-05-20"},
        values=values,
        registers={"转移支付": Register(none_this_year=True), "表彰奖励": Register(none_this_year=True)},
        claims={leaf: Claim(points) for leaf, points in _CLAIMS.items() if leaf not in computed},
        exemptions={"2.1.6": Exemption("本年没有转移支付资金")},
        narrative={
            "主要职责": ("（虚构）承担本领域的管理和服务工作。",),
            "存在问题": ("（虚构）预算编制还不够细，个别项目支出进度偏慢。",),
            "相关建议": ("（虚构）建议提前开展项目论证，按季度通报支出进度。",),
        },
    )


_CLAIMS = {
    leaf: Decimal(points)
    for leaf, points in (
        ("1.1.1", 5), ("1.1.2", 4), ("1.1.3", 4), ("1.1.4", 4), ("1.2.1", 2), ("1.2.2", 3), ("1.2.3", 4),
        ("2.1.5", 4), ("2.1.7", 4), ("2.2.1", 2), ("2.2.2", 5), ("2.3.1", 2), ("2.3.2", 2), ("2.3.3", 3), ("2.5", 4),
        ("3.1", 5), ("3.2.1", 3), ("3.2.2", 3), ("3.2.3", 3), ("3.3", 9), ("3.4", 5),
    )
}  # fmt: skip
