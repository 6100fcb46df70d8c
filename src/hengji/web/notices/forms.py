"""The form of a notice: every field says what is wrong with it."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hengji.model.problem import HengjiError
from hengji.web.filings.systems import system_of
from hengji.web.notices.models import Notice, NoticeDepartment, NoticeSystem
from hengji.web.notices.systems import choice_of, choices, chosen
from hengji.web.people.models import Department
from hengji.workbook.faults import year_fault

if TYPE_CHECKING:  # generic for the type checker only
    _OfNotice = forms.ModelForm[Notice]
else:
    _OfNotice = forms.ModelForm
OTHERS = ""  # the kind that stands for every department without a system of its own


class Day(forms.DateInput):
    """A day with the browser's picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NoticeForm(_OfNotice):
    """A notice: year, name, terms, the systems by kind of department, and the departments."""

    departments = forms.ModelMultipleChoiceField(
        label="单位",
        queryset=Department.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        """The fields in their order."""

        model = Notice
        fields: ClassVar = [
            "year",
            "name",
            "doc_no",
            "text",
            "fill_by",
            "objection_days",
            "rectify_days",
            "publish_days",
        ]
        widgets: ClassVar = {"fill_by": Day(), "text": forms.Textarea(attrs={"rows": 6})}
        help_texts: ClassVar = {
            "doc_no": "例如 某财绩〔2024〕5号（可不填）",
            "objection_days": "送出复核意见以后，单位可以申诉的天数",
            "rectify_days": "要求整改以后的天数",
            "publish_days": "定稿以后应当公开的天数；决算批复后二十日内公开见《预算法》第十四条",
        }

    def __init__(self, *args: Any, departments: Any, **kwargs: Any) -> None:  # noqa: ANN401 - a queryset
        super().__init__(*args, **kwargs)
        notice = self.instance
        self.fields["departments"].queryset = departments  # type: ignore[attr-defined]
        self.kinds = list(dict.fromkeys([*departments.order_by("kind").values_list("kind", flat=True), OTHERS]))
        given = {row.kind: choice_of(row.system) for row in notice.systems.all()} if notice.pk else {}
        options = [("", "——"), *choices(notice.region_id)]
        for kind in self.kinds:
            self.fields[_field(kind)] = forms.ChoiceField(
                label=f"指标体系：{kind or '其余单位'}", choices=options, required=False, initial=given.get(kind, "")
            )
        if notice.pk:
            self.initial["departments"] = list(notice.departments.values_list("department_id", flat=True))

    def clean(self) -> dict[str, Any]:
        """Every system is valid in the year."""
        data: dict[str, Any] = super().clean() or {}
        year = data.get("year")
        self.systems = {}
        for kind in self.kinds:
            value = data.get(_field(kind))
            if not value:
                continue
            try:
                pinned = chosen(self.instance.region_id, value)
                fault = year_fault(year, system_of(pinned)) if year else ""
            except HengjiError as error:
                fault = str(error)
            if fault:
                self.add_error(_field(kind), fault)
            else:
                self.systems[kind] = pinned
        return data

    def keep(self) -> Notice:
        """The notice with its systems and departments."""
        notice: Notice = self.save()
        notice.systems.all().delete()
        NoticeSystem.objects.bulk_create(
            NoticeSystem(notice=notice, kind=kind, system=pinned) for kind, pinned in self.systems.items()
        )
        notice.departments.all().delete()
        NoticeDepartment.objects.bulk_create(
            NoticeDepartment(notice=notice, department=each) for each in self.cleaned_data["departments"]
        )
        return notice


def _field(kind: str) -> str:
    return f"system_{kind.encode().hex()}"
