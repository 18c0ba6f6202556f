"""The disclosure itself: who publishes it, for which year, at which stage, and of what scope."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from budget_warehouse.reader.document import Document, Paragraph
from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.sections import Sections
from budget_warehouse.reader.parsing.wording import plain, squeezed, with_digit_years

_SUPERVISOR = re.compile(r"^(?:预算)?主管部门[:：](.+)$")
_PUBLISHER = re.compile(r"^(?:(?:预算|编制|编报|公开)?(?:部门|单位)(?:名称)?|部门|单位)[:：](.+)$")
_ITSELF = re.compile(r"[（(](?:单位|本级|本部|机关)[）)]$")
_BY_THE_WAY = re.compile(r"[（(](?:部门|单位|本级|本部|机关|汇总)[）)]$")
_KINDS = (
    "局|委|会|政府|办公室|办公厅|处|中心|厅|院|校|馆|站|所|队|部|园|社|学|台|联|组|团|宫|库|场|狱|办"
    "|街道|镇|乡"
)
_COVER_NAME = re.compile(
    r"^(?:附件\d*[:：]?)?(?:20\d{2}年度?)?(?!\d|关于|第.部分)"
    rf"([^，。：:]{{3,40}}?(?:{_KINDS})(?:[（(](?:单位|部门|本级|本部|机关|汇总)[）)])?)"
    r"(?:(?:部门|单位)?(?:20\d{2}年.*|(?:综合)?(?:预算|决算).*))?$"
)
_CONTENTS = re.compile(r"^目录?$|^第.部分")
_NAME_LABEL = re.compile(r"^(?:部门|单位|部门\(单位\)|单位\(部门\))名称:?$")
_ITS_OWN = "本(?:单位|中心|院|馆|所|校|站|队|园)"
_SUPERIOR = r"[^，、（(]{3,30}?(?:局|委|委员会|办公室|政府|办事处)"
_UNDER = re.compile(
    rf"(?:隶属|直属|归属)于?(?P<owner>{_SUPERIOR})(?=[，的]|$)"
    rf"|^(?:是|为|系)(?P<parent>{_SUPERIOR})(?:直属|所属|下属|管理)"
)
_BOTH = re.compile("预决算|预算、决算|预算和决算")
_SENTENCE = re.compile("[。，；]")
_BUDGET = re.compile("(?<!公共)(?<!基金)(?<!经营)预算")
_ANY_YEAR = re.compile(r"(20\d{2})年")
_YEAR_ALONE = re.compile(r"^\(?(20\d{2})年度?\)?$")
_BUDGET_YEAR = re.compile(r"20\d{2}年?.{0,12}(?:预算|决算)")
_UNIT_SCOPE = re.compile(r"单位(?:综合)?[预决]算|预算单位|年单位")
_DEPARTMENT_SCOPE = re.compile(r"部门(?:综合)?[预决]算|年部门")
_TYPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("参公单位", re.compile(r"^(?:是|为|属于?)[^。，]*参照公务员法管理")),
    ("事业单位", re.compile(r"^(?:是|为|属于?)[^。，]*事业单位")),
    (
        "行政单位",
        re.compile(r"^(?:是|为|属于?)[^。，]*(?:政府(?:工作|组成)部门|派出机关|行政(?:机关|单位))"),
    ),
)
_PEOPLES = re.compile(
    r"(?:(?:朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古|柯尔克孜|哈萨克)族?)+自治州$"
)
_WITHIN = re.compile(r"([^市区县]{1,8}?(?<![城社地校景库林])(?:区|县|市|旗))(?![域级长属场])")
_NEEDED = {
    "organization_name": "organization",
    "region_code": "region",
    "fiscal_year": "budget year",
}
_TITLE_LINES = 4  # over which a cover prints its title
_LABEL_AND_VALUE = 2
_COVER = 12  # paragraphs in which a document says on its cover what it is


@dataclass(frozen=True)
class Region:
    """A place with its code (GB/T 2260), and the code of the place that it belongs to."""

    code: str
    name: str
    parent_code: str


def read_regions(path: Path) -> list[Region]:
    """Return the places of a CSV with region_code, region_name and parent_region_code."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Region(row["region_code"], row["region_name"], row["parent_region_code"])
            for row in csv.DictReader(file)
        ]


def read_disclosure(document: Document, parts: Sections, regions: Iterable[Region]) -> Fields:
    """Return the row of disclosure.csv, without `disclosure_id`.

    What the document does not say stays blank, but for the stage and the revision: a disclosure is
    a first budget unless its titles speak of an adjustment or of final accounts.
    """
    cover, titles = _cover(parts), _titles(parts)
    printed = _publisher(cover, titles, parts)
    name = _BY_THE_WAY.sub("", printed)
    supervisor = next(
        (found.group(1) for text in cover if (found := _SUPERVISOR.match(text))),
        _superior(name, parts.prose),
    )
    organization_type = _organization_type(name, parts.prose)
    return {
        "organization_name": name or supervisor,
        "organization_type": organization_type or _organization_type(supervisor, parts.prose),
        "supervising_organization_name": supervisor if name and supervisor != name else "",
        "region_code": _region_code((name or supervisor, *cover), list(regions)),
        "fiscal_year": fiscal_year(parts),
        "stage": _stage(titles, cover[:3])[0],
        "scope": _scope(cover, titles, organization_type, bool(_ITSELF.search(printed))),
        "revision": "1",
        "published_on": document.origin.published_on,
        "source_document": document.names,
        "source_url": document.origin.address,
        "source_sha256": document.sha256,
        "reading": "by_program",
    }


def fiscal_year(parts: Sections) -> str:
    """Return the year that a document is about, '' where it names none."""
    return _fiscal_year(_titles(parts), _cover(parts)) or _year_of_forms(parts)


def _year_of_forms(parts: Sections) -> str:
    """Return the year that stands alone, as in （2026年度） under the title of a form."""
    texts = (
        plain(text)
        for section in parts.tables
        for text in (
            section.subtitle,
            *(cell for grid in section.grids for row in grid.rows[:3] for cell in row.cells),
        )
    )
    return next((found.group(1) for text in texts if (found := _YEAR_ALONE.match(text))), "")


def _cover(parts: Sections) -> list[str]:
    return [with_digit_years(squeezed(paragraph.text)) for paragraph in parts.prose[:_COVER]]


def _titles(parts: Sections) -> list[str]:
    return [
        with_digit_years(plain(section.title)) for section in parts.tables if section.table_name
    ]


def doubts(disclosure: Fields, parts: Sections, regions: Sequence[Region]) -> Iterator[str]:
    """Say what the document does not tell, and which place in its name `regions` does not hold."""
    stage, is_disputed = _stage(_titles(parts), _cover(parts)[:3])
    if is_disputed:
        yield f"cover and titles of tables name two stages: {stage} is that of the cover"
    for column, meaning in _NEEDED.items():
        if not disclosure[column]:
            yield f"the document names no {meaning} that is known: write {column} by hand"
    region = next((one for one in regions if one.code == disclosure["region_code"]), None)
    name = disclosure["organization_name"]
    if region and region.code.endswith("00") and region.name in name:
        within = _WITHIN.match(name, name.index(region.name) + len(region.name))
        if within and within.group(1) not in {one.name for one in regions}:
            yield (
                f"{within.group(1)} is not among the regions: region_code is that of {region.name}"
            )
    if region:
        by_code = {one.code: one for one in regions}
        above = list(_above(region, by_code))
        namesakes = [one for one in regions if one.name == region.name and one is not region]
        if namesakes and above and not any(one.name in name for one in above):
            yield (
                f"{len(namesakes) + 1} places are called {region.name}:"
                f" region_code is that of the one in {above[0].name}"
            )


def _publisher(cover: Sequence[str], titles: Sequence[str], parts: Sections) -> str:
    """Return the unit on the cover, else the entity that most tables say compiled them.

    A document whose tables name nobody may label its organization elsewhere, or open with it, or
    name it in its titles.
    """
    labelled = _labelled(cover)
    entities = Counter(
        section.compiling_entity for section in parts.tables if section.compiling_entity
    )
    if labelled or entities:
        return labelled or entities.most_common(1)[0][0]
    return (
        _labelled(squeezed(paragraph.text) for paragraph in parts.prose)
        or next(
            (
                found.group(1)
                for text in (*_joined_cover(parts), *cover[:4], *titles)
                if (found := _COVER_NAME.match(text))
            ),
            "",
        )
        or _in_a_cell(parts)
    )


def _joined_cover(parts: Sections) -> Iterator[str]:
    """Yield the cover's first lines in one, for a name or a title is often broken in two."""
    lines: list[str] = []
    for text, paragraph in zip(_cover(parts), parts.prose, strict=False):
        if paragraph.place != parts.prose[0].place or _CONTENTS.match(text):
            break
        lines.append(text)
    for count in range(min(len(lines), _TITLE_LINES), 1, -1):
        yield "".join(lines[:count])


def _in_a_cell(parts: Sections) -> str:
    """Return the organization that a form about its performance names."""
    for section in parts.tables:
        for row in (row for grid in section.grids for row in grid.rows):
            filled = [cell.strip() for cell in row.cells if cell.strip()]
            if len(filled) == _LABEL_AND_VALUE and _NAME_LABEL.match(plain(filled[0])):
                return filled[1]
    return ""


def _labelled(texts: Iterable[str]) -> str:
    for text in texts:
        found = _PUBLISHER.match(text)
        if found and not _SUPERVISOR.match(text):
            return found.group(1)
    return ""


def _said_of(name: str, prose: Sequence[Paragraph]) -> Iterator[str]:
    """Yield what the prose says of the organization, from the verb on: 是…, 为…, 隶属于…."""
    if not name:
        return
    says = re.compile(
        rf"(?:^|[。；])(?:{re.escape(name)}(?:[（(][^）)]*[）)])?|{_ITS_OWN})(?=是|为|系|属|隶属|直属)"
    )
    for paragraph in prose:
        text = squeezed(paragraph.text)
        for found in says.finditer(text):
            yield re.split("[。；]", text[found.end() :], maxsplit=1)[0]


def _superior(name: str, prose: Sequence[Paragraph]) -> str:
    """Return the organization that the prose says this one belongs to."""
    for statement in _said_of(name, prose):
        found = _UNDER.search(statement)
        if found:
            return found["owner"] or found["parent"]
    return ""


def _organization_type(name: str, prose: Sequence[Paragraph]) -> str:
    for statement in _said_of(name, prose):
        for organization_type, pattern in _TYPES:
            if pattern.match(statement):
                return organization_type
    return ""


def _fiscal_year(titles: Sequence[str], cover: Sequence[str]) -> str:
    """Return the year that most titles name; the cover's when titles name none."""
    for texts in (titles, [text for text in cover if _BUDGET_YEAR.search(text)], cover):
        years = Counter(found.group(1) for text in texts if (found := _ANY_YEAR.search(text)))
        if years:
            return years.most_common(1)[0][0]
    return ""


def _stage(titles: Sequence[str], cover: Sequence[str]) -> tuple[str, bool]:
    """Return the stage that the cover names, else most titles, and whether the two disagree.

    A cover has no sentences: what they tell may be of another year.
    """
    lines = [text for text in cover if not _SENTENCE.search(text)]
    named = [Counter(map(_stage_named, texts)) for texts in (lines, titles)]
    for counted in named:
        del counted[""]
    stages = [counted.most_common(1)[0][0] for counted in named if counted]
    return (stages or ["initial_budget"])[0], len(set(stages)) > 1


def _stage_named(text: str) -> str:
    """Return the stage that a title names; what is about both names none."""
    text = _BOTH.sub("", text)
    if "决算" in text:
        return "final_accounts"
    if "预算调整" in text or "调整预算" in text:
        return "adjusted_budget"
    return "initial_budget" if _BUDGET.search(text) else ""


def _scope(
    cover: Sequence[str], titles: Sequence[str], organization_type: str, is_itself: bool
) -> str:
    """Tell a department's budget, with its units, from a unit's; a public institution is a unit."""
    if is_itself:
        return "unit"
    for text in cover[:3]:
        if _UNIT_SCOPE.search(text):
            return "unit"
        if _DEPARTMENT_SCOPE.search(text):
            return "department"
    if any(_UNIT_SCOPE.search(title) for title in titles) or organization_type == "事业单位":
        return "unit"
    return "department"


def _region_code(texts: Sequence[str], regions: Sequence[Region]) -> str:
    """Return the smallest place that the first text to name a place names.

    Districts share their names: one whose city is named too is meant before any other, and else
    the place that is named first. Of namesakes it is the one whose city another text names, or the
    first of the list. A name of two characters is part of many words: it opens the text, or stands
    beside its city.
    """
    by_code = {region.code: region for region in regions}
    for text in texts:
        named: list[tuple[int, int, int, int, int, str]] = []
        for position, region in enumerate(regions):
            start = _stands_in(text, region.name)
            if start < 0:
                continue
            above = list(_above(region, by_code))
            chain = sum(one.name in text for one in above)
            if len(region.name) > 2 or start == 0 or chain:
                elsewhere = sum(any(one.name in other for other in texts) for one in above)
                named.append((chain, -start, len(region.name), elsewhere, -position, region.code))
        if named:
            return max(named)[-1]
    return _region_by_short_name(texts[0], regions) if texts else ""


def _region_by_short_name(name: str, regions: Sequence[Region]) -> str:
    """Return the city or province whose name without its last character opens a name, if one does.

    Counties are too many to be told by a short name.
    """
    found = {
        region.code
        for region in regions
        if region.code.endswith("00") and len(region.name) > 2 and name.startswith(region.name[:-1])
    }
    return found.pop() if len(found) == 1 else ""


def _above(region: Region, by_code: Mapping[str, Region]) -> Iterator[Region]:
    """Yield the places that a place belongs to, the nearest first."""
    parent = by_code.get(region.parent_code)
    while parent is not None:
        yield parent
        parent = by_code.get(parent.parent_code)


def _stands_in(text: str, name: str) -> int:
    """Return where a text names a place, also an autonomous prefecture by its short name."""
    return max(text.find(name), text.find(_PEOPLES.sub("州", name)))
