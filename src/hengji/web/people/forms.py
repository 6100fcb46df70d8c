"""Forms about people: every field says what is wrong with it."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from hengji.web.people.models import OF_DEPARTMENT, Department, Role, User

if TYPE_CHECKING:  # generic for the type checker only
    _OfUser = forms.ModelForm[User]
    _OfDepartment = forms.ModelForm[Department]
else:
    _OfUser = _OfDepartment = forms.ModelForm


class NewPerson(_OfUser):
    """A new account: who it is for and its first password, to be changed by its owner."""

    password = forms.CharField(
        label="初始口令（可不填）",
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="不填时请下载邀请文件交给本人，由本人设口令",
    )

    class Meta:
        """The fields in their order."""

        model = User
        fields: ClassVar = ["username", "office", "role", "department"]
        labels: ClassVar = {"username": "账号", "department": "单位（填报人、负责人必选）"}
        help_texts: ClassVar = {"username": "字母、数字，登录用"}

    def __init__(self, *args: Any, departments: Any, **kwargs: Any) -> None:  # noqa: ANN401 - a queryset
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A clerk and a head are of a department, the others of none."""
        data: dict[str, Any] = super().clean() or {}
        role, department = data.get("role"), data.get("department")
        if role in OF_DEPARTMENT and department is None:
            self.add_error("department", "填报人和单位负责人要选单位。")
        if role and role not in OF_DEPARTMENT and department is not None:
            self.add_error("department", f"{Role(role).label}不属于任何单位，请留空。")
        return data

    def _post_clean(self) -> None:
        """The rules for passwords hold for first ones too; they look at the account's name."""
        super()._post_clean()  # type: ignore[misc]
        if not self.cleaned_data.get("password"):
            return
        try:
            validate_password(self.cleaned_data.get("password", ""), self.instance)
        except ValidationError as error:
            self.add_error("password", error)

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - Django's own signature
        """The account with its password hashed."""
        user: User = super().save(commit=False)
        user.set_password(self.cleaned_data["password"] or None)  # None: nobody can sign in with it
        if commit:
            user.save()
        return user


class NewDepartment(_OfDepartment):
    """A new department."""

    class Meta:
        """Its name, and the kind that decides on its indicator system."""

        model = Department
        fields: ClassVar = ["name", "kind"]
        help_texts: ClassVar = {"kind": "例如 党政机关、事业单位、乡镇（可不填）；通知按类别选指标体系"}
