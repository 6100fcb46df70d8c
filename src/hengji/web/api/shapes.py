"""What goes in and out of the interface. Scores and amounts are texts: exact, never a binary float."""

from typing import Annotated, Any

from ninja import Path, Query, Schema
from pydantic import AfterValidator, Field, StringConstraints


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("不能有空字符")
    return text


Name = Annotated[str, StringConstraints(max_length=120), AfterValidator(_plain)]
Long = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_plain)]
Short = Annotated[str, StringConstraints(max_length=2_000), AfterValidator(_plain)]
Number = Annotated[int, Path(ge=1, le=2_147_483_647)]
Of = Annotated[int, Path(ge=1990, le=2200)]
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Version = Annotated[int, Field(ge=0, le=2_147_483_647, description="读到的版本；没有这一行时写 0")]


class Error(Schema):
    """拒绝或出错: one sentence, and what more there is to it."""

    detail: str
    problems: list[str] | None = None
    why: str | None = Field(None, description="网页上说明原因的地址")
    conflicts: list[dict[str, Any]] | None = Field(None, description="409：别人现在写的和你写的")
    number: str | None = None


class Me(Schema):
    """Who asks."""

    office: str
    role: str
    region: str | None
    department: str | None
    scopes: list[str]
    ends_at: str


class SystemShape(Schema):
    """An indicator system by id, version and hash."""

    id: str
    version: str
    name: str
    sha256: str
    years: list[int | None] | None = None
    confidence: str | None = None


class LeafShape(Schema):
    """A leaf of a system."""

    id: str
    name: str
    points: str | None
    standard: str


class SystemDetail(SystemShape):
    """A system with its leaves and its whole text."""

    leaves: list[LeafShape]
    text: str


class DepartmentShape(Schema):
    """A department."""

    id: int
    name: str
    kind: str
    region: str


class NoticeShape(Schema):
    """A notice with its terms."""

    id: int
    year: int
    name: str
    doc_no: str
    text: str
    fill_by: str | None
    objection_days: int
    rectify_days: int
    publish_days: int
    issued_at: str | None
    attachments: list[str]


class FilingShape(Schema):
    """A filing: where it stands, its system, its terms."""

    id: int
    department: DepartmentShape
    year: int
    system: SystemShape
    step: str
    word: str = Field(description="状态，与网页同一个词")
    progress: str
    revision: int
    deadline: str | None
    due: str | None
    rectification: str
    publication: str


class Page(Schema):
    """A part of a list."""

    count: int
    items: list[FilingShape]


class RowShape(Schema):
    """One row: what it is known by, what it states, its version."""

    table: str
    place: list[Any]
    says: dict[str, Any]
    version: int


class ValueIn(Schema):
    """A figure or text to be stated; an empty value takes it back, 无 states that there is none."""

    item: Name
    year: int
    unit: Name = ""
    value: Short
    version: Version


class Values(Schema):
    """Values to be kept together, all or none."""

    values: Annotated[list[ValueIn], Field(min_length=1, max_length=500)]
    why: Short = ""


class ClaimIn(Schema):
    """A score the department states for a leaf; an empty one takes it back."""

    score: Name
    reason: Short = ""
    version: Version


class AnswerIn(Schema):
    """Whether a statement of a checklist holds; null is 未定."""

    holds: bool | None
    note: Short = ""
    version: Version


class JudgementIn(Schema):
    """The band, share or choice taken on a leaf, with the reason."""

    band: Name = ""
    share: Name = ""
    choice: Name = ""
    reason: Short = ""
    version: Version


class ExemptionIn(Schema):
    """不考核 with its reason; an empty reason takes it back."""

    reason: Short
    version: Version


class ParagraphIn(Schema):
    """A paragraph of a chapter; an empty one goes."""

    text: Long
    version: Version


class RegisterRowIn(Schema):
    """A row of a register by its columns' names; no cells take it out."""

    cells: Annotated[dict[Name, Short], Field(max_length=60)]
    version: Version


class MarkIn(Schema):
    """Whether a register is complete, or there was none this year."""

    complete: bool
    none_this_year: bool = False
    version: Version


class EvidenceIn(Schema):
    """What a file is called, which leaves and items it proves (with blanks between them), and where in it."""

    title: Name = ""
    proves: Short = ""
    locator: Short = ""


class ReviewIn(Schema):
    """A judgement: ``choice`` is 0 认可, 1 to 3 a grade of the tariff, 4 the system's score, 9 a free amount."""

    choice: Name
    amount: Name = ""
    part: Name = ""
    reason: Short = ""
    basis: Short = ""
    code: Name = ""
    version: Version


class OpinionIn(Schema):
    """The bureau's words about one leaf."""

    text: Short
    version: Version


class ObjectionIn(Schema):
    """A department's answer: ``answer`` is accept 接受 or object 申诉; an objection needs its reason."""

    answer: Name
    reason: Short = ""
    version: Version


class AttachedIn(Schema):
    """A file that goes with a row."""

    version: Version


class DecisionIn(Schema):
    """The decision on an objection: ``decision`` is keep 维持 or change 调整, which needs the final score."""

    decision: Name
    why: Short
    final: Name = ""
    version: Version


class ProblemIn(Schema):
    """A problem to be put right; without ``due`` it has the notice's term."""

    text: Short
    source: Name = ""
    leaf: Name = ""
    owner: Name = ""
    due: Name = ""


class MendedIn(Schema):
    """What was done about a problem."""

    measure: Short
    owner: Name
    done: bool = False
    version: Version


class AcceptedIn(Schema):
    """Whether it is accepted; ``note`` says what is still wanting where it is not."""

    accepted: bool
    note: Short = ""
    version: Version


class Kept(Schema):
    """What was kept: the filing's revision and the versions of the rows, in the order they were given."""

    revision: int
    versions: list[int]


class Numbered(Kept):
    """The same for a row that takes the next number."""

    number: int


class MoveIn(Schema):
    """A move, with the reason where it needs one, and what was read (digest) where that matters."""

    opinion: Short = ""
    digest: Name = ""


class MoveShape(Schema):
    """A move that leads on from here for who asks."""

    act: str
    name: str
    opinion: bool


class LeafScoreShape(Schema):
    """One leaf's scores, as exact texts."""

    id: str
    name: str
    standing: str
    points: str | None
    full: str | None
    claimed: str | None
    computed: str | None
    score: str | None
    sentence: str


class TotalsShape(Schema):
    """The total."""

    title: str
    base: str
    raw: str
    final: str
    grade: str


class ScoreShape(Schema):
    """The scorecard."""

    revision: int
    system: str
    totals: TotalsShape | None
    derivation: list[list[str]]
    leaves: list[LeafScoreShape]


class StepShape(Schema):
    """One step of the arithmetic."""

    name: str
    formula: str
    filled: str
    result: str
    source: str
    taken: bool


class InputShape(Schema):
    """One datum that a score used."""

    name: str
    year: int
    stated: str
    unit: str
    source: str


class TraceShape(LeafScoreShape):
    """One leaf with everything behind its score."""

    standard: str
    inputs: list[InputShape]
    steps: list[StepShape]
    missing: list[str]
    notes: list[str]


class FindingShape(Schema):
    """核查发现."""

    key: str
    code: str
    severity: str
    message: str
    leaf: str
    item: str
    stated: str
    recomputed: str
    waived: str
    blocks: bool


class BoardLine(Schema):
    """One filing of the board; scores with two places."""

    id: int
    department: str
    kind: str
    word: str
    progress: str
    ends: str | None
    left: int | None
    late: bool
    claimed: str | None
    computed: str | None
    reviewed: str | None
    final: str | None
    errors: int | None
    doubts: int | None


class TableShape(Schema):
    """A table of the statistics, figures as texts."""

    name: str
    heads: list[str]
    rows: list[list[str | None]]


class StatsShape(Schema):
    """The statistics of a year, as tables."""

    year: int
    kind: str
    counted: int
    left: int
    enough: bool
    tables: dict[str, TableShape]


class PublicLine(Schema):
    """A department that is public."""

    department: int
    name: str
    kind: str
    region: str
    claimed: str | None
    final: str | None
    grade: str
    rectification: str
    at: str


def said(shape: Any) -> dict[Any, Any]:  # noqa: ANN401 - what ninja takes
    """The answers of an operation: what it gives, and the refusals it may give instead."""
    return {200: shape, frozenset({400, 401, 403, 404, 409, 413, 422, 429}): Error}
