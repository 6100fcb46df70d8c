"""What a report tells that there was, kind by kind: people hired and moved, posts, receptions, travel, cars, purchases without a plan."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.denials.clauses import clause_at, clauses_with, scope_of, told, year_of
from hengji.auditing.ledger import PLANNED, SPENT, Entry
from hengji.library.lines import load_lines
from hengji.model.extraction import Span
from hengji.model.patterns import pattern


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that there was: where it is told, in whose words, of whom and of which year."""

    span: Span
    shown: str
    scope: str
    year: int
    piece: Span


_COUNT = r"(?<![\d.])[1-9]\d*\s?(?:余|多)?[名人位](?!次)"
_HIRED = r"(?:劳务派遣|劳务公司|编外|编制外|临聘|临时工|临时(?:聘用|用工|人员)|外聘|自聘|返聘|合同制|聘用|聘请|雇用?|招用|借用|协管员|辅警|公益性?岗位|代课)"
# 「劳务派遣公司派到管护中心的4名巡查员」, 「自聘代课教师7人」
_PEOPLE_HIRED = pattern(rf"{_HIRED}[^\d]{{0,18}}{_COUNT}|{_COUNT}[^\d]{{0,10}}{_HIRED}")
_NOT_OURS = pattern(
    r"清退|辞退|解聘|解除|转为|到期|村|社区(?!卫生)|企业|专家|讲师|律师|会计师|顾问|第三方|评委|监督员|志愿者|护林员|网格员|施工|群众|当地|协调|村民|居民|合作社|带动|培训|招聘会|就业|求职|补贴|帮扶|超|核定|控制数|限额|名额|岗位计划|农民工|贫困|学员|考核合格"
    r"|(?:学校|企业|公司|单位|乡镇|社区)自行|中标|物业|承包|外包"
)
_DENIED = pattern(r"没有|未(?!来|成年|婚)|无(?!人机|障碍|线|偿)|不(?:再|存在|予|是|同|含|列)|取消|停止|零")
# 「新招录公务员3名」, 「退休5人」
_CAME = r"(?:招录|录用|调入|考录|招考|选调|引进|新进|公开招聘|转业安置|新招聘?|接收)"
_LEFT = r"(?:(?<!离)退休|调出|调离|离职|辞职|病故|去世|辞去)"
_MOVES = {
    "新进": pattern(rf"{_CAME}[^\d]{{0,10}}{_COUNT}|{_COUNT}[^\d]{{0,8}}{_CAME}"),
    "退休": pattern(rf"(?<!离)退休[^\d]{{0,8}}{_COUNT}|{_COUNT}[^\d]{{0,8}}(?<!离)退休(?!人员|职工|干部)"),
    "调出": pattern(rf"调[出离][^\d]{{0,6}}{_COUNT}|{_COUNT}[^\d]{{0,6}}调[出离]"),
    "离开": pattern(rf"{_LEFT}[^\d]{{0,8}}{_COUNT}|{_COUNT}[^\d]{{0,8}}{_LEFT}(?!人员|职工|干部)"),
}
_IN_THE_YEAR = pattern(r"当年|本年|年内|全年|年中|\d{1,2}月|20\d\d年|办理|新|到龄|减少|增加|招录|调[入出离]")
_NOT_STAFF = pattern(r"离退休|企业|学生|招生|培训|求职|毕业生就业|活动|养老|社保|待遇|参保|居民|老年|慰问|残疾人")
# 「县直机关用房出租」 is none of these: what was bought, hosted, visited.
_HOSTED = pattern(
    r"(?:公务|检查|考察|调研|督导|督查|来[访客宾])[^\d]{0,10}接待[^\d]{0,6}[1-9]\d*\s?余?(?:批|人)|公务接待\D{0,8}[1-9]\d*\s?余?(?:批|人次)|接待[^\d群众游客]{0,8}(?:检查|考察|调研|督导|来访)[^\d]{0,8}[1-9]\d*\s?余?(?:批|人)|接待费[^\d]{0,8}[1-9]\d*(?:\.\d+)?\s?万?元"
)
_ABROAD = pattern(
    r"(?:因公)?(?:临时)?(?:出国|出境|出访|赴(?:国外|境外|海外|香港|澳门|台湾|港澳|日本|韩国|德国|法国|英国|美国|新加坡|泰国|越南|老挝|马来西亚|以色列|荷兰|澳大利亚|新西兰|欧洲|东南亚))[^\d]{0,24}?[1-9]\d*(?:\.\d+)?\s?(?:人|名|次|批|万元|元|个团)"
)
_CARS = r"(?:公务用车|公务车辆?|公车|车辆|执法执勤用车|执法用?车|业务用车|轿车|越野车|商务车|皮卡车?|面包车|小客车|客车|中巴)"
_CAR_BOUGHT = pattern(
    rf"(?:新购|购置|购买|购入|采购|更新|添置|新增|新配)(?:了|置)?[^\d]{{0,12}}?{_CARS}[^\d]{{0,6}}[1-9一二两三]\d*\s?辆"
    rf"|(?:新购|购置|购买|购入|更新|添置)(?:了)?\s?[1-9一二两三四五六]\d*\s?[辆台][^\d]{{0,8}}{_CARS}|{_CARS}购置费?(?:支出)?\s?[1-9]\d*(?:\.\d+)?\s?万元"
)
_GIVEN = pattern(
    r"捐赠|无偿|划拨|调拨|调入|划入|拟|计划|申请|将|租|消防|救护|环卫|垃圾|洒水|校车|特种|学校|企业|报废|拍卖"
)
_CAR_HELD = pattern(
    r"(?:保有|现有|配备|实有|共有|保留)[^\d]{0,8}(?:公务用车|公务车辆?|公车)[^\d]{0,4}[1-9]\d*\s?辆|公务用车(?:保有量)?\s?[1-9]\d*\s?辆"
)


def _acts(case: Case, form: re.Pattern[str], without: re.Pattern[str] | None = None) -> Iterator[Fact]:
    """Each clause that tells an act of this form, as done, by nobody else."""
    for clause in clauses_with(case, form):
        match = form.search(clause.text)
        if match is None or (without is not None and without.search(clause.text)):
            continue
        if _DENIED.search(clause.text, 0, match.end()) or not told(case, clause):
            continue
        yield Fact(clause.span, clause.text, scope_of(case, clause), year_of(case, clause), clause.piece)


@once
def hired(case: Case) -> tuple[Fact, ...]:
    """People who work for the unit without a post."""
    return tuple(_acts(case, _PEOPLE_HIRED, _NOT_OURS))


def moved(case: Case, way: str) -> Iterator[Fact]:
    """People who came or went in the year."""
    for fact in _acts(case, _MOVES[way], _NOT_STAFF):
        if _IN_THE_YEAR.search(case.text(fact.piece)):
            yield fact


@once
def hosted(case: Case) -> tuple[Fact, ...]:
    """Receptions of guests on duty."""
    return (*_spent(case, "公务接待费"), *_acts(case, _HOSTED))


@once
def abroad(case: Case) -> tuple[Fact, ...]:
    """Travel abroad on duty."""
    return (*_spent(case, "因公出国（境）费"), *_spent(case, "因公出国费"), *_acts(case, _ABROAD, _NOT_STAFF))


@once
def cars_bought(case: Case) -> tuple[Fact, ...]:
    """Cars bought, and what was paid for them."""
    return (*_spent(case, "公务用车购置费"), *_acts(case, _CAR_BOUGHT, _GIVEN))


@once
def cars_held(case: Case) -> tuple[Fact, ...]:
    """Cars that there are, and what it costs to run them."""
    return (*_spent(case, "公务用车运行维护费"), *_acts(case, _CAR_HELD), *cars_bought(case))


def _spent(case: Case, line: str) -> Iterator[Fact]:
    """What was spent of a line of money."""
    for entry in case.ledger:
        if entry.line == line and entry.amount > 0 and entry.stage in (SPENT, ""):
            clause = clause_at(case, entry.span.start)
            if clause is not None:
                scope = scope_of(case, clause) if not entry.table else ""
                yield Fact(entry.span, f"{line}{entry.shown}", scope, entry.year, clause.piece)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of money in one year: the figures it was planned with, and those spent."""

    name: str
    plans: tuple[Entry, ...]
    spent: tuple[Entry, ...]


def lines_of(case: Case, family: str, year: int) -> tuple[Line, ...]:
    """The lines of a family (三公经费, 政府采购), the whole first."""
    within = load_lines().within
    own = [e for e in case.ledger if family in (e.line, within.get(e.line)) and e.year == year]
    own = [
        e for e in own if "招标投标法" not in case.text(case.sentence(e.span.start))
    ]  # works that are no procurement
    names = sorted({e.line for e in own}, key=lambda name: (name != family, name))
    return tuple(
        Line(
            name,
            tuple(e for e in own if e.line == name and e.stage in PLANNED),
            tuple(e for e in own if e.line == name and e.stage in (SPENT, "")),
        )
        for name in names
    )


def one_amount(entries: tuple[Entry, ...]) -> Fraction | None:
    """The one amount that all these tell."""
    amounts = {e.amount for e in entries}
    return next(iter(amounts)) if len(amounts) == 1 else None


# What is bought by kind: 「办公家具购置22.40万元」, 「采购门厅改造工程」, 「购买物业服务12.00万元」.
_GOODS = r"(?:家具|设备|电脑|计算机|打印机|复印机|空调|器材|物资|用品|仪器|车辆?|图书|服装|药品|耗材|桌椅|装备|用具)"
_SOME = r"[1-9]\d*(?:,\d{3})*(?:\.\d+)?\s?(?:万?元|[台套辆件批张架])"
_BOUGHT = {
    "货物": pattern(
        rf"(?:购置|购买|采购|购入|添置)(?:了)?[^\d]{{0,14}}{_GOODS}[^\d]{{0,10}}{_SOME}|{_GOODS}(?:的)?(?:购置|采购)(?:费|支出)?[^\d]{{0,6}}{_SOME}"
        rf"|货物(?:类)?(?:政府)?采购[^\d预计]{{0,8}}{_SOME}"
    ),
    "工程": pattern(
        rf"(?:采购|招标|磋商|询价|谈判)[^\d]{{0,16}}(?:改造|修缮|维修|装修|修建|新建|扩建|绿化|建设|工程)|(?:改造|修缮|维修|装修|修建|新建|扩建|绿化|建设|工程)(?:工程|项目)?[^\d]{{0,12}}(?:采购|招标|磋商|询价|中标|成交)"
        rf"|工程(?:类)?(?:政府)?采购[^\d预计]{{0,8}}{_SOME}"
    ),
    "服务": pattern(
        rf"(?:采购|购买)(?:了)?[^\d]{{0,16}}服务[^\d]{{0,10}}{_SOME}|服务(?:类)?(?:政府)?采购[^\d预计]{{0,8}}{_SOME}"
    ),
}
_ANY = pattern(
    rf"(?:政府采购|公开招标|竞争性(?:磋商|谈判)|询价)(?:方式|程序)?[^\d]{{0,16}}{_SOME}|实际采购[^\d]{{0,6}}{_SOME}"
)
_NOT_BOUGHT = pattern(
    r"计划|拟|预算(?!单位)|上年|限额|节约|得\s?\d|标准|委托方|自行采购|零星|由[^,]{1,10}(?:局|委|办|中心|政府)|代建|统一"
)


def bought(case: Case, kind: str) -> Iterator[Fact]:
    """What was bought of a kind: its amounts, else the acts."""
    yield from _spent(case, f"{kind}采购")
    yield from _acts(case, _BOUGHT[kind], _NOT_BOUGHT)


@once
def bought_at_all(case: Case) -> tuple[Fact, ...]:
    """Whatever was bought by government procurement."""
    kinds = (fact for kind in _BOUGHT for fact in _spent(case, f"{kind}采购"))
    return (*_spent(case, "政府采购"), *kinds, *_acts(case, _ANY, _NOT_BOUGHT))
