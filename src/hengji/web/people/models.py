"""Who there is: regions, departments and users with one role each."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """角色: what a person is in the yearly work."""

    CLERK = "clerk", "填报人"
    HEAD = "head", "单位负责人"
    REVIEWER = "reviewer", "财政审核员"
    ADMIN = "admin", "财政管理员"
    FIRM = "firm", "第三方"
    AUDITOR = "auditor", "审计"


OF_DEPARTMENT = (Role.CLERK, Role.HEAD)


class Region(models.Model):
    """地区: one county or city with its finance bureau."""

    name = models.CharField("地区", max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """单位: one department of a region."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField("单位全称", max_length=120)
    kind = models.CharField("单位类别", max_length=40, blank=True)
    invented = models.BooleanField("虚构", default=False)  # of the demonstration county

    class Meta:
        """One name once in a region."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["region", "name"], name="department_once")]
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person (账号). ``office`` is what pages show: an office, not necessarily a name."""

    role = models.CharField("角色", max_length=10, choices=Role.choices, default=Role.CLERK)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    office = models.CharField("职务或科室", max_length=60, blank=True)

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """How pages and the trail name the person: office and role."""
        return f"{self.office or self.username}（{Role(self.role).label}）"


class SecondFactor(models.Model):
    """第二因子: the secret behind a person's codes; it counts once a first code has confirmed it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second")
    secret = models.CharField(max_length=120)  # sealed: second.py opens it
    confirmed = models.BooleanField(default=False)
    step = models.BigIntegerField(default=0)  # of the last code taken: none is taken twice
    recovery = models.JSONField(default=list)  # hashes of the recovery codes that are left

    def __str__(self) -> str:
        return f"{self.user}"


class Invitation(models.Model):
    """邀请: a link that lets one person set the first password, once, until a day; the link itself is not kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user} {self.until:%Y-%m-%d}"
