"""Signing in and out, the own account, people and tasks, and the page that says why not."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hengji.model.problem import HengjiError
from hengji.web.filings.models import FilingRow, whole_rows
from hengji.web.frame import frame
from hengji.web.gate import Request, everybody, general
from hengji.web.people import joining, lockout, second
from hengji.web.people.acts import ACT_CN, Act
from hengji.web.people.forms import NewDepartment, NewPerson
from hengji.web.people.models import Department, Role, User
from hengji.web.people.permissions import ROLES, in_reach, may


class SignIn(auth.LoginView):
    """登录: the form says how many tries are left."""

    template_name = "people/signin.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Signed in, or on to the code where the person has a second factor."""
        user = form.get_user()
        if isinstance(user, User) and second.is_on(user):
            return joining.pend(self.request, user, self.get_redirect_url())
        return super().form_valid(form)

    def form_invalid(self, form: object) -> HttpResponse:
        """The form again, with the tries left."""
        left = lockout.tries_left(self.request)
        return render(self.request, self.template_name, {"form": form, "left": left}, status=422)


signin = everybody(SignIn.as_view())
signout = everybody(auth.LogoutView.as_view(next_page=reverse_lazy("signin")))


def locked(request: HttpRequest, credentials: object, *args: object, **kwargs: object) -> HttpResponse:  # noqa: ARG001 - the lockout's own signature
    """Too many tries: until when, and whom to ask."""
    return render(request, "people/signin.html", {"locked": True, "minutes": lockout.minutes()}, status=429)


@general()
@require_http_methods(["GET", "POST"])
def account(request: Request) -> HttpResponse:
    """The own account: office, role, and a new password."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, request.user)
        messages.success(request, "口令已修改。")
        return redirect("account")
    status = 422 if form.errors else 200
    return render(
        request,
        "people/account.html",
        frame(request, "account", form=form, second=second.is_on(request.user)),
        status=status,
    )


@general()
def why(request: Request) -> HttpResponse:
    """为什么我不能: what was tried, what it needs, who can do it."""
    try:
        act = Act(request.GET.get("act", ""))
    except ValueError:
        return render(request, "people/why.html", frame(request, "why"))
    number = request.GET.get("filing", "")
    filing = None
    if number.isascii() and number.isdigit() and len(number) < 12:  # noqa: PLR2004 - no id is longer
        filing = FilingRow.objects.select_related("department__region").filter(pk=number).first()
    verdict = may(request.user, act, filing)
    seen = filing if filing is not None and in_reach(request.user, filing) else None
    roles = "、".join(role.label for role in ROLES[act])
    context = frame(request, "why", act=ACT_CN[act], verdict=verdict, about=seen, roles=roles)
    return render(request, "people/why.html", context)


@general(Act.PEOPLE)
@require_http_methods(["GET", "POST"])
def people(request: Request) -> HttpResponse:
    """人员与任务 of the own region: accounts, departments, roles, and what has been asked of whom."""
    region = request.user.region
    if region is None:
        raise HengjiError("你的账号没有地区，不能管理人员，请另建管理员")
    departments = Department.objects.filter(region=region)
    made = request.POST.get("form") if request.method == "POST" else None
    person = NewPerson(request.POST if made == "person" else None, departments=departments)
    department = NewDepartment(request.POST if made == "department" else None)
    if made == "person" and person.is_valid():
        person.instance.region = region
        user = person.save()
        messages.success(request, f"已建账号 {user.username}。")
        return redirect("people")
    if made == "department" and department.is_valid():
        name = department.cleaned_data["name"]
        if departments.filter(name=name).exists():
            department.add_error("name", "已有这个单位。")
        else:
            Department.objects.create(region=region, name=name, kind=department.cleaned_data["kind"])
            return redirect("people")
    users = (
        User.objects.filter(region=region)
        .select_related("department", "second")
        .order_by("department_id", "role", "pk")
    )
    filings = whole_rows().filter(department__region=region)
    year = filings.aggregate(last=Max("year"))["last"]
    matrix = [(ACT_CN[act], [role in roles for role in Role]) for act, roles in ROLES.items()]
    context = frame(
        request,
        "people",
        users=users,
        departments=departments,
        filings=filings.filter(year=year).order_by("department_id") if year else (),
        year=year,
        person=person,
        department=department,
        matrix=matrix,
        roles=Role,
    )
    return render(request, "people/people.html", context, status=422 if person.errors or department.errors else 200)


@general(Act.PEOPLE)
@require_POST
def unlock(request: Request, user_id: int) -> HttpResponse:
    """解锁: lets a locked account try again."""
    user = get_object_or_404(User, pk=user_id, region=request.user.region)
    lockout.release(user.username)
    messages.success(request, f"已解锁 {user.username}。")
    return redirect("people")


@general(Act.PEOPLE)
@require_POST
def suspend(request: Request, user_id: int) -> HttpResponse:
    """停用 and 启用: an account that is out of use keeps its history."""
    user = get_object_or_404(User, pk=user_id, region=request.user.region)
    if user == request.user:
        messages.error(request, "不能停用自己的账号，请由另一位管理员来做。")
        return redirect("people")
    user.is_active = not user.is_active
    user.save(update_fields=["is_active"])
    return redirect("people")


@general(Act.PEOPLE)
@require_POST
def reset(request: Request, user_id: int) -> HttpResponse:
    """重设口令: a new first password for somebody who forgot theirs; their sessions end."""
    user = get_object_or_404(User, pk=user_id, region=request.user.region)
    form = SetPasswordForm(
        user, {"new_password1": request.POST.get("password"), "new_password2": request.POST.get("password")}
    )
    if not form.is_valid():
        raise HengjiError(*[str(error) for errors in form.errors.values() for error in errors][:1])
    form.save()
    lockout.release(user.username)
    messages.success(request, f"已重设 {user.username} 的口令，请本人登录后修改。")
    return redirect("people")
