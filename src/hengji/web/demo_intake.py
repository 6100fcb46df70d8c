"""A batch for the demonstration county: invented departments that only send files, read as soon as the county is there."""

import io

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hengji.library import load_system
from hengji.web.filings.models import FilingRow, PinnedSystem
from hengji.web.intake import gathering
from hengji.web.intake.models import Batch
from hengji.web.jobs import queue
from hengji.web.notices.models import Notice, NoticeDepartment, NoticeSystem
from hengji.web.people.models import Department, Region, User

_SENDING = ("林业局", "司法局", "信访局")


def send(region: Region, by: User, pinned: PinnedSystem, year: int) -> Batch:
    """Departments without accounts, a notice that they are under, and what they sent in, waiting to be read."""
    for name in _SENDING:
        Department.objects.get_or_create(region=region, name=f"{region.name}{name}", defaults={"invented": True})
    notice = Notice.objects.filter(region=region, year=year, issued_at__isnull=False).first()
    if notice is None:
        name = f"（虚构）关于开展{year}年度部门整体支出绩效自评的通知"
        notice = Notice.objects.create(region=region, year=year, name=name, issued_at=timezone.now(), issued_by=by)
        NoticeSystem.objects.create(notice=notice, kind="", system=pinned)
        _under(notice)
    batch = Batch.objects.create(region=region, year=year, name="纸质和邮件交来的材料（虚构）", by=by)
    files = _files(region.name, year, pinned.system)
    gathering.put(batch.pk, [SimpleUploadedFile(name, data) for name, data in files.items()])
    batch.job = queue.start("intake", by, None, {"batch": batch.pk})
    batch.save(update_fields=["job"])
    return batch


def _under(notice: Notice) -> None:
    """The year's filings that there are come under the notice, with their deadline."""
    rows = FilingRow.objects.filter(department__region=notice.region, year=notice.year)
    for row in rows:
        NoticeDepartment.objects.get_or_create(notice=notice, department_id=row.department_id)
    rows.update(notice=notice)
    notice.fill_by = rows.values_list("deadline", flat=True).first()
    notice.save(update_fields=["fill_by"])


def _files(place: str, year: int, system: str) -> dict[str, bytes]:
    first, second, third = (f"{place}{name}" for name in _SENDING)
    notice = f"关于开展{year}年度部门整体支出绩效自评的通知\n各部门：\n请各单位于{year + 1}年5月31日前报送自评报告。\n特此通知。"
    return {
        f"{first}自评报告.docx": _report(first, year, system, "96.5"),
        "司法自评.docx": _report(second.replace("司法", "司法行政"), year, system, "100"),
        f"{third}{year - 1}年度.docx": _report(third, year - 1, system, "98"),
        "通知.txt": notice.encode(),
        "损坏的文件.docx": b"PK\x03\x04 damaged",
        "Thumbs.db": b"litter",
    }


def _report(name: str, year: int, system: str, total: str) -> bytes:
    """An invented report with the table of the system's leaves."""
    rows = [(leaf.name, str(leaf.points or 0), str(leaf.points or 0)) for leaf in load_system(system).leaves()]
    made = docx.Document()
    for text in (
        f"{name}{year}年度部门整体支出绩效自评报告",
        f"部门名称：{name}",
        f"填报日期：{year + 1}年5月20日",
        "一、部门基本情况",
        f"（虚构）{name}承担本领域的管理和服务工作。{year}年年度部门预算资金642.30万元，部门预算资金实际支出640.10万元，支出率100%。",
        "二、自评结论",
        f"经自评，{year}年度部门整体支出绩效自评得分{total}分，等次为优。",
        "三、绩效分析",
    ):
        made.add_paragraph(text)
    table = made.add_table(rows=0, cols=3)
    for cells in [("三级指标", "分值", "自评得分"), *rows]:
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    for text in (
        "四、存在问题",
        "（虚构）政府采购预算编制不够科学，项目支出进度偏慢。",
        "五、相关建议",
        "（虚构）建议提前开展项目论证。",
        name,
        f"{year + 1}年5月20日",
    ):
        made.add_paragraph(text)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()
