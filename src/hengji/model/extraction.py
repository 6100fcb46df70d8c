"""What was read out of a document: every occurrence of a figure, year, citation and claim, with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from hengji.model.document import Document


class Span(NamedTuple):
    """A range of a document's text in code points, the end left out."""

    start: int
    end: int


class DocumentKind(StrEnum):
    """What a document is, told before anything is read out of it."""

    OVERALL = "dept-overall-self-evaluation"  # 部门整体支出绩效自评
    PROJECT = "project-self-evaluation"  # 项目支出绩效自评
    ACCOUNTS = "final-accounts"  # 部门决算
    OTHER = "not-a-self-evaluation"


KIND_CN = {
    DocumentKind.OVERALL: "部门整体支出绩效自评",
    DocumentKind.PROJECT: "项目支出绩效自评",
    DocumentKind.ACCOUNTS: "部门决算",
    DocumentKind.OTHER: "不是自评材料",
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure as stated: 「累计支出912.97万元」.

    ``name`` is what the words before it call it, ``item`` the data item of the dictionary it means (empty where none),
    ``unit`` as stated (「%」 for rates), ``year`` the year it speaks of, ``span`` the number with its unit, ``sentence``
    the sentence or table row it stands in, ``about`` 「预算」, 「实际」, 「目标」 or nothing; ``vague`` the word that blurs it (约).
    """

    name: str
    value: str
    number: Decimal
    unit: str
    year: int
    span: Span
    sentence: Span
    item: str = ""
    about: str = ""
    vague: str = ""
    table: bool = False
    scope: str = ""  # the part, project or unit it is limited to


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year in running text, outside titles and document numbers."""

    year: int
    span: Span
    sentence: Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited: its title (without 《》) and number as written, either of them empty where absent."""

    title: str
    number: str
    span: Span
    number_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, down to the next heading of its level or above.

    ``mark`` is its number as written (「（一）」), ``rank`` how deep that form of number stands, ``key`` the canonical chapter it is
    (存在问题 …), ``body`` the text of its own paragraphs, those of deeper headings left out.
    """

    title: str
    mark: str
    rank: int
    span: Span
    body: Span
    parent: int | None
    heading: bool = True
    key: str = ""
    style: bool = False  # a heading by its style or shape, without a number


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """An indicator with what the document says of it; None where it says nothing.

    ``points`` and ``claimed`` are printed figures, ``path`` its groups from the top; ``receiver`` and ``moved`` say where the points of an
    item that is not assessed went; ``quote`` is where the score (or else the heading) stands, ``body`` the text about it.
    """

    name: str
    path: tuple[str, ...]
    points: Decimal | None
    claimed: Decimal | None
    span: Span
    quote: Span
    body: Span
    not_applicable: bool = False
    reason: str = ""
    receiver: str = ""
    moved: Decimal | None = None
    weighted: Decimal | None = None
    hundred: Decimal | None = None  # the score out of 100 that a weight made the claimed one
    weight: Decimal | None = None  # in percent, where a weighted score stands beside the score
    target: str = ""
    actual: str = ""
    remark: str = ""
    rule: str = ""  # the scoring rule that its table prints
    meaning: str = ""  # what it measures, where its table has a column for that beside the rule's
    has_remark: bool = False  # whether its table has a column for reasons
    table: bool = False
    section: int | None = None
    doubtful: bool = False

    def __hash__(self) -> int:
        """Of what tells one from another: it is looked up by far more often than it is made."""
        return hash((self.name, self.span, self.quote))

    @property
    def of_execution(self) -> bool:
        """Whether it scores how the whole budget was spent: the row of a form's money, perhaps under a name of its own."""
        return self.name == "预算执行率" or (self.table and not self.path and self.name.endswith("执行"))


@dataclass(frozen=True, slots=True)
class ScoredGroup:
    """A branch: its printed points and score, and how many aspects and which names its introduction gives."""

    name: str
    points: Decimal | None
    claimed: Decimal | None
    span: Span
    depth: int
    aspects: tuple[str, ...] = ()
    aspect_count: int | None = None
    aspect_span: Span | None = None
    section: int | None = None
    table: bool = False
    cover: Span | None = None  # in a table: from its first to its last row


@dataclass(frozen=True, slots=True)
class Extra:
    """Bonus or deduction outside the 100 (加减分): its claim, its kind and place."""

    name: str
    claimed: Decimal | None
    span: Span
    body: Span
    deduction: bool = False
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure or word of the total as printed, and where."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Totals:
    """What the document prints as its total: final score, base, bonus, deduction, grade and the scale it prints."""

    claimed: Stated | None = None
    all_claimed: tuple[Stated, ...] = ()
    base: Stated | None = None
    grade: Stated | None = None
    scale: Stated | None = None
    cap: Stated | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """An honour that the document counts."""

    name: str
    year: int | None
    number: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that was read out of one document; what it does not say is absent, never guessed.

    ``cover`` holds the printed labels of the first page; ``doubts`` says in sentences where more than one reading fits.
    """

    document: Document
    kind: DocumentKind
    kind_reason: str
    department: str
    year: int
    year_stated: bool
    cover: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    items: tuple[ScoredItem, ...] = ()
    groups: tuple[ScoredGroup, ...] = ()
    extras: tuple[Extra, ...] = ()
    totals: Totals = Totals()
    quantities: tuple[Quantity, ...] = ()
    years: tuple[YearMention, ...] = ()
    citations: tuple[Citation, ...] = ()
    awards: tuple[Award, ...] = ()
    problems: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    sentences: tuple[Span, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    dated: tuple[int, int, int] | None = None
    doubts: tuple[str, ...] = ()

    def text(self, span: Span) -> str:
        """The words of a span, as the document has them."""
        return self.document.text[span.start : span.end]
