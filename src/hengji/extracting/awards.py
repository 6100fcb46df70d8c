"""Honours that a report counts for its bonus."""

import re
from collections.abc import Iterator

from hengji.extracting.citations import NUMBER
from hengji.extracting.passages import Passage
from hengji.model.extraction import Award, Extra
from hengji.model.patterns import pattern

_YEAR = pattern(r"(20\d\d)\s?年")
_HONOUR = pattern(
    r"(?:获评|荣膺|获|荣获|获得|评为|评选为|评定为|确定为|被(?:评|授予|命名|评选|评定)(?:为)?|为|入选|授予)\s?(?P<name>[^,。;]{0,60}?(?:先进|优秀|文明|示范|模范|称号|表彰|单位|岗|称号|集体|奖|支部|标兵)[^,。;]{0,16}|[^,。;\"“]{0,20}[\"“][^\"”]{2,20}[\"”])"
)
_NAMED = pattern(r"(?:[一二三四五]是|\d[.、])(?P<name>[^,。;]{4,40}?)(?:荣誉|称号)")
_TARIFF = pattern(r"每[项个次]|加\d")  # what an honour is worth is none
_TITLE = pattern(r"《([^《》]{4,100})》")


def awards(passages: tuple[Passage, ...], extras: tuple[Extra, ...]) -> Iterator[Award]:
    """The honours named under bonus headings, one for each paragraph that names one."""
    for passage in passages:
        if not any(extra.body.start <= passage.whole.start < extra.body.end for extra in extras):
            continue
        text = passage.flat
        for sentence in re.finditer(r"[^。;]+", text):
            told = (*_HONOUR.finditer(sentence[0]), *_NAMED.finditer(sentence[0]))
            honour = next((match for match in told if not _TARIFF.search(match["name"])), None)
            if honour is None:
                continue
            name = honour["name"].strip('"“” ')
            titled = _TITLE.search(sentence[0])
            number = NUMBER.search(sentence[0])
            years = (
                _YEAR.findall(name.partition("(")[0])
                or _YEAR.findall(name)
                or _YEAR.findall(titled[1] if titled else "")
                or _YEAR.findall(sentence[0])[:1]
            )
            yield Award(
                name,
                int(years[-1]) if years else None,
                number[0].strip() if number and (number["hao"] or titled) else "",
                titled[1] if titled else "",
                passage.span(sentence.start(), sentence.end()),
            )
