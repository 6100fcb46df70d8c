"""Everything a person can try (操作), each with the words pages use for it."""

from enum import StrEnum


class Act(StrEnum):
    """One thing to do; the value is the ASCII name in addresses."""

    READ = "read"
    DOWNLOAD = "download"
    FILL = "fill"
    WAIVE = "waive"
    SEND = "send"
    RECALL = "recall"
    SIGN = "sign"
    RETURN = "return"
    WITHDRAW = "withdraw"
    RECEIVE = "receive"
    REJECT = "reject"
    PASS = "pass"  # noqa: S105 - an act
    REOPEN = "reopen"
    OPINE = "opine"
    SETTLE = "settle"
    DEMAND = "demand"
    RECTIFY = "rectify"
    PUBLISH = "publish"
    ARCHIVE = "archive"
    PEOPLE = "people"
    NOTICE = "notice"


ACT_CN = {
    Act.READ: "查看填报",
    Act.DOWNLOAD: "下载报告、工作簿和佐证",
    Act.FILL: "填写、导入和上传佐证",
    Act.WAIVE: "把核查发现记为不成立",
    Act.SEND: "送负责人签批",
    Act.RECALL: "撤回修改",
    Act.SIGN: "签批，报送财政局",
    Act.RETURN: "退回填报人",
    Act.WITHDRAW: "撤回报送",
    Act.RECEIVE: "受理",
    Act.REJECT: "退回单位",
    Act.PASS: "通过形式审核",
    Act.REOPEN: "复核退回单位",
    Act.OPINE: "送出复核意见",
    Act.SETTLE: "定稿",
    Act.DEMAND: "要求整改",
    Act.RECTIFY: "验收整改",
    Act.PUBLISH: "公开",
    Act.ARCHIVE: "归档",
    Act.PEOPLE: "管理人员",
    Act.NOTICE: "下达填报任务",
}
