"""The page and the styles of the report in Word: GB/T 9704, fonts by name with the East Asian one set."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer
from docx.shared import Mm

TITLE_FONT, HEI, KAI, FANG, SONG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
LATIN = "Times New Roman"
PITCH = 579  # twentieths of a point: 28.95 pt, 22 lines on a page
SIZE = 32  # half-points: 三号, 16 pt
_TWO_CHARACTERS = 200  # hundredths of a character


class Style:
    """The ids of the styles that paragraphs name."""

    BODY = "BodyText"
    MARK = "HengjiMark"
    TITLE = "Title"
    COVER = "HengjiCover"
    CELL = "HengjiCell"
    SMALL_CELL = "HengjiSmallCell"
    CAPTION = "Caption"
    UNIT = "HengjiUnit"
    PICTURE = "HengjiPicture"
    FOOTER = "Footer"

    @staticmethod
    def heading(level: int) -> str:
        """The heading style of a level, 1 to 5."""
        return f"Heading{level}"


@dataclass(frozen=True, slots=True)
class _Look:
    """What one style says: fonts, size in half-points, line pitch in twentieths (0: as high as needed), the rest as XML."""

    style: str
    name: str
    font: str
    size: int = SIZE
    line: int = PITCH
    paragraph: str = ""


def _indent(characters: int = _TWO_CHARACTERS) -> str:
    return f'<w:ind w:firstLineChars="{characters}" w:firstLine="{characters * SIZE // 10}"/>'


_NEXT = "<w:keepNext/><w:keepLines/>"
_CENTRED, _RIGHT, _BOTH = ('<w:jc w:val="center"/>', '<w:jc w:val="right"/>', '<w:jc w:val="both"/>')
_LOOKS = (
    _Look("Normal", "Normal", FANG),
    _Look(Style.BODY, "Body Text", FANG, paragraph=_indent() + _BOTH),
    _Look(Style.MARK, "附件标记", HEI),
    _Look(Style.TITLE, "Title", TITLE_FONT, 44, 720, _CENTRED),
    _Look(Style.COVER, "封面", FANG, line=640, paragraph='<w:ind w:leftChars="300" w:left="960"/>'),
    _Look(Style.CELL, "表格文字", SONG, 24, 360),
    _Look(Style.SMALL_CELL, "表格小字", SONG, 21, 320),
    _Look(Style.CAPTION, "caption", HEI, 24, 460, _NEXT + _CENTRED),
    _Look(Style.UNIT, "表格单位", SONG, 21, 320, _NEXT + _RIGHT),
    _Look(Style.PICTURE, "图", FANG, line=0, paragraph=_NEXT + _CENTRED),
    _Look(Style.FOOTER, "footer", SONG, 28, 0),
)  # fmt: skip
_DEFAULTS = {"DefaultParagraphFont", "TableNormal", "NoList"}
_UNUSED_PARTS = {"thumbnail", "stylesWithEffects", "customXml", "numbering", "extended-properties"}
_HEADING_FONTS = {1: HEI, 2: KAI, 3: FANG, 4: FANG, 5: FANG}


def _headings() -> tuple[_Look, ...]:
    """Level 1 黑体, 2 楷体, the others 仿宋; none of Word's blue."""
    return tuple(
        _Look(
            Style.heading(level),
            f"heading {level}",
            font,
            paragraph=f'{_NEXT}{_indent()}<w:outlineLvl w:val="{level - 1}"/>',
        )
        for level, font in _HEADING_FONTS.items()
    )


@cache
def empty_document() -> bytes:
    """A document with the page, the styles and the footers, and nothing in it."""
    document = Document()
    _page(document)
    for look in (*_LOOKS, *_headings()):
        _style(document, look)
    _settings(document)
    _without_ballast(document)
    found = BytesIO()
    document.save(found)
    return found.getvalue()


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(22)  # the number stands 7 mm below the text
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, "right", "right")
    _page_number(section.even_page_footer, "left", "left")
    section.first_page_footer.is_linked_to_previous = False


def _page_number(footer: _Footer, side: str, indent: str) -> None:
    """—1—, one character in from the outer edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]._p  # noqa: SLF001 - python-docx has no fields
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>—</w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>—</w:t>',
        )
    )
    made = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{Style.FOOTER}"/>'
        f'<w:ind w:{indent}Chars="100" w:{indent}="280"/><w:jc w:val="{side}"/></w:pPr>{field}</w:p>'
    )
    paragraph.getparent().replace(paragraph, made)


def _style(document: WordDocument, look: _Look) -> None:
    styles = document.styles
    known = {style.style_id: style for style in styles}
    style = known.get(look.style)
    if style is None:
        style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(_w("styleId"), look.style)
        style.base_style = styles["Normal"]
    element = style.element
    for tag in ("w:pPr", "w:rPr"):
        for old in element.findall(_w(tag[2:])):
            element.remove(old)
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{look.font}"/>'
    size = f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>'
    # Word's default, said aloud: LibreOffice loses a comma at the end of a justified line where it is not said.
    spacing = f'<w:overflowPunct w:val="1"/><w:spacing w:before="0" w:after="0" {_line(look.line)}/>'
    for xml in (
        f"<w:pPr {nsdecls('w')}>{_placed(look.paragraph, spacing)}</w:pPr>",
        f'<w:rPr {nsdecls("w")}>{fonts}<w:color w:val="auto"/>{size}</w:rPr>',
    ):
        element.append(parse_xml(xml))


def _placed(paragraph: str, spacing: str) -> str:
    """The spacing where the schema wants it: after keepNext and keepLines, before indent and alignment."""
    return _NEXT + spacing + paragraph.removeprefix(_NEXT) if paragraph.startswith(_NEXT) else spacing + paragraph


def _line(line: int) -> str:
    return f'w:line="{line}" w:lineRule="exact"' if line else 'w:line="240" w:lineRule="auto"'


def _settings(document: WordDocument) -> None:
    """Chinese as the language of everything, and the typography that goes with it."""
    defaults = document.styles.element.find(_w("docDefaults")).find(_w("rPrDefault")).find(_w("rPr"))
    for old in defaults.findall(_w("lang")):
        defaults.remove(old)
    # The digits are Latin text: called Chinese, they may be broken across lines like characters (8 / 4).
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'))
    settings = document.settings.element
    settings.find(_w("themeFontLang")).set(_w("eastAsia"), "zh-CN")
    settings.find(_w("characterSpacingControl")).set(_w("val"), "compressPunctuation")


def _without_ballast(document: WordDocument) -> None:
    """Takes out what python-docx's template brings and nothing here uses: its other styles, lists, picture, and parts."""
    used = {look.style for look in (*_LOOKS, *_headings())} | _DEFAULTS
    styles = document.styles.element
    for style in list(styles):
        if style.tag == _w("style") and style.get(_w("styleId")) not in used:
            styles.remove(style)
        elif style.tag == _w("style"):
            _without_links(style)
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in _UNUSED_PARTS:
                del relations[key]


def _without_links(style: BaseOxmlElement) -> None:
    """A style without references to styles that are gone."""
    for tag in ("link", "next"):
        for old in style.findall(_w(tag)):
            style.remove(old)


def _w(tag: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{tag}"
