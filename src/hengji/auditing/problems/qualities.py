"""R18: whether a problem is of the kind that a leaf is about: its quality (及时性, 完整性), and a fault at all."""

import re

from hengji.library.texts import load_circumstances, load_general_words, load_qualities
from hengji.model.patterns import pattern

_KINDS = ("目标", "指标")
_DEFECT = pattern(
    r"不|未|(?<![淹沉埋出])没(?![收落])|缺|偏低|走了?过场|走了?形式|流于|滞后|薄弱|闲置|差错|脱节|粗|笼统|漏|超|慢|晚|迟|有待|差距|问题|推后|返工|拖|逾|延[期误迟到至]|[月日年]才|错误|顺延|短板|瑕疵|失误|隐患|存放|积压|拥堵|投诉"
)


def of_its_quality(name: str, text: str) -> bool:
    """Whether a problem speaks of the quality that a leaf's name ends with; of goals or of indicators as the name does."""
    if any(name.endswith(quality) and not form.search(text) for quality, form in load_qualities().items()):
        return False
    asked = [kind for kind in _KINDS if kind in text]
    has = [kind for kind in _KINDS if kind in name]
    return not asked or not has or any(kind in has for kind in asked)


def is_judged_by(name: str, word: str) -> bool:
    """Whether a problem's word is what a leaf is about, its quality with it: 财务制度 of 管理制度健全性."""
    forms = (form for quality, form in load_qualities().items() if name.endswith(quality))
    return any(found is not None and found[0] in name for found in (form.search(word) for form in forms))


def of_its_object(name: str, text: str) -> bool:
    """Whether a passage speaks of what a leaf's name is about beside its kind: 水库 of 水库工程完工及时率."""
    about = load_general_words().sub("", name)
    return len(about) < _OBJECT or any(about[k : k + _OBJECT] in text for k in range(len(about) - 1))


_OBJECT = 2  # characters


def at_fault(text: str) -> bool:
    """Whether a problem tells of a fault beside what the unit only suffers from: few people, low rates, old rooms."""
    parts = re.split(r"[,，]", _GOT_LATE.sub(" ", text))
    return any(_DEFECT.search(part) and not load_circumstances().search(part) for part in parts)


# What others gave late: 「2个项目12月才收到指标」.
_GOT_LATE = pattern(r"[月日年底末初旬]才[^,。;]{0,6}(?:[收接领]到|下达|下发|下拨|到账|到位|批[复准]|获批)")


def beside(text: str, word: str) -> bool:
    """Whether a text speaks of what only stands beside what a word names: the people, the means, a system for it (合同管理人员)."""
    return _BESIDE.match(text.partition(word)[2]) is not None


_BESIDE = pattern(
    r"(?:管理|业务|工作|专业|执法|建设)?(?:信息化|(?:信息)?系统|平台|软件|人员|人手|队伍|经费|资金不|场[地所]|车辆|条件|权限)"
)
