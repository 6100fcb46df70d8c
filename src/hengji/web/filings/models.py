"""A filing in the database: one row with a version per value, register row, statement, claim, paragraph and file.

A row's version is the filing's revision at its last change, so that it never comes twice, not even for a row that was
removed and made again. Figures are kept as the text that was stated.
"""

from functools import cache
from typing import ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models

from hengji.web.filings import tables
from hengji.web.filings.tables import Table
from hengji.web.people.models import Department
from hengji.web.states.machine import Step, subword, word

_SHA = 64


class PinnedSystem(models.Model):
    """The indicator system as it was pinned: id, version, hash and its whole text."""

    system = models.CharField(max_length=120)
    version = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=_SHA, unique=True)
    name = models.CharField(max_length=200)
    text = models.TextField()

    def __str__(self) -> str:
        return f"{self.name}（第{self.version}版）"


class FilingRow(models.Model):
    """填报数据 of one department and year: its system, where it stands, and how often it changed."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="filings")
    year = models.PositiveSmallIntegerField("评价年度")
    system = models.ForeignKey(PinnedSystem, on_delete=models.PROTECT)
    deadline = models.DateField("截止日期", null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)  # entries in its trail
    step = models.CharField(max_length=10, default=Step.FILLING.value)
    received = models.BooleanField(default=False)
    returned = models.BooleanField(default=False)
    rectification = models.CharField(max_length=10, blank=True)
    publication = models.CharField(max_length=10, blank=True)
    second = models.CharField(max_length=10, blank=True)  # 复审
    answered = models.BooleanField(default=False)  # the department has answered the opinion
    notice = models.ForeignKey("notices.Notice", on_delete=models.PROTECT, null=True, related_name="filings")
    due = models.DateField("本步截止", null=True, blank=True)  # of the step it stands at, after 填报
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One per department and year."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["department", "year"], name="filing_once")]
        ordering: ClassVar = ["-year", "department_id"]

    def __str__(self) -> str:
        return f"{self.department} {self.year}年度"

    @property
    def step_word(self) -> str:
        """The word of its state, and what more there is to say."""
        return "，".join(filter(None, (word(self), subword(self))))


def whole_rows() -> "models.QuerySet[FilingRow]":
    """Filings with department, region and system at hand; a system's text is read when a process first needs it."""
    return FilingRow.objects.select_related("department__region", "system").defer("system__text")


class Assignment(models.Model):
    """What a third party may see: one filing assigned to one person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    filing = models.ForeignKey(FilingRow, on_delete=models.CASCADE, related_name="assignments")

    class Meta:
        """Once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "filing"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.filing}"


class Stated(models.Model):
    """What every row of a filing has: the filing, a version, and the table it belongs to."""

    table: ClassVar[Table]
    filing = models.ForeignKey(FilingRow, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()

    class Meta:
        """No table of its own."""

        abstract = True

    def __str__(self) -> str:
        return f"{self.table.word} {self.place}"

    @property
    def place(self) -> tuple[object, ...]:
        """What the row is known by within its filing."""
        return tuple(getattr(self, name) for name in self.table.key)

    @property
    def says(self) -> dict[str, object]:
        """What the row states."""
        return {name: getattr(self, name) for name in self.table.data}


def once(table: Table) -> list[models.BaseConstraint]:
    """What keeps a row's key unique within its filing."""
    return [models.UniqueConstraint(fields=["filing", *table.key], name=f"{table.name}_once")]


class CoverLine(Stated):
    """封面: one printed label and what stands beside it."""

    table = tables.COVER
    label = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        """One label once."""

        constraints: ClassVar = once(tables.COVER)


class ValueRow(Stated):
    """数据项: one figure or text of a year, as stated."""

    table = tables.VALUE
    item = models.CharField(max_length=120)
    year = models.SmallIntegerField()
    unit = models.CharField(max_length=120, blank=True)  # 下属单位
    stated = models.TextField(blank=True)
    measure = models.CharField(max_length=20, blank=True)  # 计量单位
    state = models.CharField(max_length=10)
    source = models.CharField(max_length=10)
    locator = models.TextField(blank=True)
    quote = models.TextField(blank=True)

    class Meta:
        """One value once."""

        constraints: ClassVar = once(tables.VALUE)


class MarkRow(Stated):
    """台账标记: whether a register is complete, or there was none this year."""

    table = tables.MARK
    register = models.CharField(max_length=60)
    complete = models.BooleanField(default=False)
    none_this_year = models.BooleanField(default=False)

    class Meta:
        """One register once."""

        constraints: ClassVar = once(tables.MARK)


class RegisterRow(Stated):
    """台账行: one row of a register, its cells as stated."""

    table = tables.ROW
    register = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    locator = models.TextField(blank=True)
    unit = models.CharField(max_length=120, blank=True)

    class Meta:
        """One number once."""

        constraints: ClassVar = once(tables.ROW)


class AnswerRow(Stated):
    """要点判定: one statement of a checklist; ``holds`` is None where nobody has said."""

    table = tables.ANSWER
    leaf = models.CharField(max_length=40)
    statement = models.CharField(max_length=40)
    holds = models.BooleanField(null=True)
    evidence = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """One statement once."""

        constraints: ClassVar = once(tables.ANSWER)


class JudgementRow(Stated):
    """档次判定: the band, share or choice a person took on a leaf, with the reason."""

    table = tables.JUDGEMENT
    leaf = models.CharField(max_length=40)
    band = models.CharField(max_length=60, blank=True)
    share = models.CharField(max_length=40, blank=True)
    choice = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        """One leaf once."""

        constraints: ClassVar = once(tables.JUDGEMENT)


class ClaimRow(Stated):
    """自评得分: a score the department states, and why it differs from the computed one."""

    table = tables.CLAIM
    leaf = models.CharField(max_length=40)
    score = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    locator = models.TextField(blank=True)
    quote = models.TextField(blank=True)

    class Meta:
        """One leaf once."""

        constraints: ClassVar = once(tables.CLAIM)


class ExemptionRow(Stated):
    """不考核: declared for a leaf, with the reason."""

    table = tables.EXEMPTION
    leaf = models.CharField(max_length=40)
    reason = models.TextField()
    evidence = models.TextField(blank=True)

    class Meta:
        """One leaf once."""

        constraints: ClassVar = once(tables.EXEMPTION)


class ParagraphRow(Stated):
    """文字: one paragraph of a chapter."""

    table = tables.PARAGRAPH
    chapter = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        """One number once."""

        constraints: ClassVar = once(tables.PARAGRAPH)


class EvidenceRow(Stated):
    """佐证材料: one line of the evidence list; ``sha256`` finds the file where one was uploaded."""

    table = tables.EVIDENCE
    number = models.PositiveIntegerField()
    title = models.TextField()
    proves = models.JSONField(default=list)
    file = models.TextField(blank=True)
    locator = models.TextField(blank=True)
    sha256 = models.CharField(max_length=_SHA, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        """One number once."""

        constraints: ClassVar = once(tables.EVIDENCE)


class WaiverRow(Stated):
    """不成立说明: why the department holds that a finding does not stand."""

    table = tables.WAIVER
    finding = models.CharField(max_length=60)
    reason = models.TextField()

    class Meta:
        """One finding once."""

        constraints: ClassVar = once(tables.WAIVER)


class Examined(models.Model):
    """What the checks found in the text of a filing, as of a revision; derived, and made again whenever it is behind."""

    filing = models.OneToOneField(FilingRow, on_delete=models.CASCADE, related_name="examined")
    revision = models.PositiveIntegerField()
    stamp = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now=True)
    findings = models.JSONField(default=list)
    not_checked = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.filing} {self.revision}"


ROW_MODELS: tuple[type[Stated], ...] = (
    CoverLine,
    ValueRow,
    MarkRow,
    RegisterRow,
    AnswerRow,
    JudgementRow,
    ClaimRow,
    ExemptionRow,
    ParagraphRow,
    EvidenceRow,
    WaiverRow,
)


@cache
def bureau_models() -> tuple[type[Stated], ...]:
    """The rows that the bureau's apps bring: beside the filing, in its trail, never part of what it states."""
    ours = {model.table.name for model in ROW_MODELS}
    found = (model for model in apps.get_models() if issubclass(model, Stated))
    return tuple(model for model in found if model.table.name not in ours)


@cache
def model_of(table: str) -> type[Stated]:
    """The model behind a table's name."""
    return next(model for model in (*ROW_MODELS, *bureau_models()) if model.table.name == table)
