"""The notice that begins a year, its deadlines, and what became of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from hengji.web.filings import tables
from hengji.web.filings.models import FilingRow, PinnedSystem, Stated, once
from hengji.web.people.models import Department, Region

_SHA = 64


class Notice(models.Model):
    """通知: one year's task for a region's departments, with its terms; a draft until it is issued, then unchanged."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="notices")
    year = models.PositiveSmallIntegerField("评价年度")
    name = models.CharField("名称", max_length=200)
    doc_no = models.CharField("文号", max_length=60, blank=True)
    text = models.TextField("正文", blank=True)
    fill_by = models.DateField("填报截止", null=True, blank=True)
    objection_days = models.PositiveSmallIntegerField("申诉期（天）", default=10)
    rectify_days = models.PositiveSmallIntegerField("整改期（天）", default=60)
    publish_days = models.PositiveSmallIntegerField("公开期限（天）", default=20)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-year", "-pk"]

    def __str__(self) -> str:
        return self.name


class NoticeSystem(models.Model):
    """Which pinned system departments of a kind score with; an empty kind stands for all others."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="systems")
    kind = models.CharField("单位类别", max_length=40, blank=True)
    system = models.ForeignKey(PinnedSystem, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One system for a kind."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "kind"], name="notice_system_once")]

    def __str__(self) -> str:
        return f"{self.kind or '其他单位'} {self.system}"


class NoticeDepartment(models.Model):
    """A department that a notice goes to."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="departments")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "department"], name="notice_department_once")
        ]

    def __str__(self) -> str:
        return str(self.department)


class Attachment(models.Model):
    """附件 of a notice; the file lies under its hash."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="attachments")
    file = models.CharField(max_length=130)
    sha256 = models.CharField(max_length=_SHA)
    size = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.file


class ExtensionRow(Stated):
    """延期: the term of the step a filing stood at, put off; why and by whom is in its entry of the trail."""

    table = tables.EXTENSION
    number = models.PositiveIntegerField()
    before = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10)

    class Meta:
        """One number once."""

        constraints: ClassVar = once(tables.EXTENSION)


class Reminder(models.Model):
    """提醒: shown on the department's workbench until it is read."""

    filing = models.ForeignKey(FilingRow, on_delete=models.CASCADE, related_name="reminders")
    text = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )  # None: by itself
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.text
