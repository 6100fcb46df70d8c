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
    TAKE_IN = "takein"
    REJECT = "reject"
    PASS = "pass"  # noqa: S105 - an act
    REOPEN = "reopen"
    CHECK_FORM = "checkform"
    REVIEWS = "reviews"
    REVIEW = "review"
    HAND_UP = "handup"
    APPROVE = "approve"
    SEND_DOWN = "senddown"
    ASK = "ask"
    EXPLAIN = "explain"
    OPINIONS = "opinions"
    OPINE = "opine"
    ANSWER = "answer"
    REPLY = "reply"
    DECIDE = "decide"
    SETTLE = "settle"
    DEMAND = "demand"
    PROBLEM = "problem"
    MEND = "mend"
    ACCEPT = "accept"
    RECTIFY = "rectify"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    ARCHIVE = "archive"
    PEOPLE = "people"
    NOTICE = "notice"
    EXTEND = "extend"
    REMIND = "remind"
    BOARD = "board"
    INTAKE = "intake"
    ALIKE = "alike"
    UNIFY = "unify"
    SAMPLES = "samples"
    SAMPLE = "sample"
    ASSIGN = "assign"
    STATISTICS = "statistics"
    RESULTS = "results"
    DOSSIER = "dossier"
    SYSTEMS = "systems"
    SYSTEM = "system"
    TOKENS = "tokens"


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
    Act.TAKE_IN: "代收，转形式审核",
    Act.REJECT: "退回单位",
    Act.PASS: "通过形式审核",
    Act.REOPEN: "复核退回单位",
    Act.CHECK_FORM: "逐项做形式审核",
    Act.REVIEWS: "查看复核",
    Act.REVIEW: "复核判定",
    Act.HAND_UP: "送复审",
    Act.APPROVE: "复审通过",
    Act.SEND_DOWN: "退回初审",
    Act.ASK: "请单位说明、发问询函",
    Act.EXPLAIN: "向财政说明",
    Act.OPINIONS: "查看意见、申诉和整改",
    Act.OPINE: "送出复核意见",
    Act.ANSWER: "逐项答复意见",
    Act.REPLY: "送出答复",
    Act.DECIDE: "对申诉作出决定",
    Act.SETTLE: "定稿",
    Act.DEMAND: "要求整改",
    Act.PROBLEM: "提出整改问题",
    Act.MEND: "填写整改情况",
    Act.ACCEPT: "逐项验收整改",
    Act.RECTIFY: "验收整改",
    Act.PUBLISH: "公开",
    Act.UNPUBLISH: "撤下公开",
    Act.ARCHIVE: "归档",
    Act.PEOPLE: "管理人员",
    Act.NOTICE: "下达通知",
    Act.EXTEND: "延期",
    Act.REMIND: "提醒单位",
    Act.BOARD: "查看进度",
    Act.INTAKE: "收件与匹配",
    Act.ALIKE: "查看同类问题",
    Act.UNIFY: "统一同类问题的判定",
    Act.SAMPLES: "查看抽样",
    Act.SAMPLE: "抽取样本",
    Act.ASSIGN: "分配给第三方",
    Act.STATISTICS: "查看统计",
    Act.RESULTS: "拟定结果应用建议",
    Act.DOSSIER: "导出档案",
    Act.SYSTEMS: "查看指标体系",
    Act.SYSTEM: "编写和发布指标体系",
    Act.TOKENS: "管理自己的接口令牌",
}
