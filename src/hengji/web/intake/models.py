"""What was sent in: a batch of files, each file with what it was told to be, and the audit of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from hengji.web.filings.models import FilingRow
from hengji.web.people.models import Department, Region

_SHA = 64


class State(models.TextChoices):
    """Where a file stands; every file of a batch stands in exactly one place."""

    CONFIRMED = "confirmed", "已归入"
    MATCHED = "matched", "已匹配"
    DOUBTFUL = "doubtful", "待确认"
    UNREAD = "unread", "读不出"
    OTHER = "other", "不是自评报告"
    DOUBLE = "double", "重复"
    REFUSED = "refused", "不收"
    LITTER = "litter", "系统杂物"
    WAITING = "waiting", "等待处理"


class Part(models.TextChoices):
    """What a file is to its department's submission."""

    REPORT = "report", "自评报告"
    TABLE = "table", "评分表"
    EVIDENCE = "evidence", "佐证材料"


class Batch(models.Model):
    """收件: what was sent in at one time, for one year."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="batches")
    year = models.PositiveSmallIntegerField("评价年度")
    name = models.CharField("名称", max_length=160)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name


class Received(models.Model):
    """收到的文件. Of a batch, or (without one) what a department, a firm or the bureau had read for itself.

    ``first`` and ``second`` are the departments proposed, ``why`` says by what; ``department`` is whose it is once that is
    settled, ``filing`` where it was put, ``filled`` whether the filing was filled with what was read in it.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, null=True, related_name="files")
    number = models.PositiveIntegerField(default=1)
    name = models.TextField()
    sha256 = models.CharField(max_length=_SHA, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    form = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    part = models.CharField(max_length=10, choices=Part.choices, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    kind_reason = models.TextField(blank=True)
    unsure = models.TextField(blank=True)  # pages that were not read, or recognised from pictures
    unit = models.CharField("写的单位", max_length=120, blank=True)
    year = models.PositiveSmallIntegerField("写的年度", default=0)
    named = models.JSONField(default=dict)  # departments' numbers that the text names, with how often
    first = models.ForeignKey(Department, on_delete=models.SET_NULL, null=True, related_name="+")
    second = models.ForeignKey(Department, on_delete=models.SET_NULL, null=True, related_name="+")
    why = models.TextField(blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="received")
    filing = models.ForeignKey(FilingRow, on_delete=models.PROTECT, null=True, related_name="received_files")
    filled = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    same = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    claimed = models.CharField(max_length=40, blank=True)
    errors = models.PositiveIntegerField(default=0)
    doubts = models.PositiveIntegerField(default=0)
    hints = models.PositiveIntegerField(default=0)
    slips = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        """In the order they came; one number once in a batch."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "number"], name="received_once")]
        indexes: ClassVar = [models.Index(fields=["region", "sha256"]), models.Index(fields=["filing", "part"])]

    def __str__(self) -> str:
        return self.name

    @property
    def short(self) -> str:
        """Its name without folders."""
        return self.name.replace("\\", "/").rpartition("/")[2]

    @property
    def read(self) -> bool:
        """Whether there is an audit to look at."""
        return bool(self.kind)


class Outcome(models.Model):
    """The audit of a file as it was read: the extraction and the findings, packed; ``keeping`` reads and writes it."""

    received = models.OneToOneField(Received, on_delete=models.CASCADE, primary_key=True, related_name="outcome")
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"核查 {self.received_id}"


class Aside(models.Model):
    """记为不成立: a finding of an audit that a person holds not to stand, and why."""

    received = models.ForeignKey(Received, on_delete=models.CASCADE, related_name="asides")
    finding = models.CharField(max_length=60)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """One finding once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["received", "finding"], name="aside_once")]

    def __str__(self) -> str:
        return self.finding
