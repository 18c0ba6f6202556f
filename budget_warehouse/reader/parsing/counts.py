"""Years of headings, days of counts, shares, vehicles by kind, and that there are no funds."""

import re
from collections.abc import Iterator, Sequence

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.statements import Statements
from budget_warehouse.reader.parsing.wording import squeezed

_NUMBER = r"\d[\d,，]*(?:\.\d+)?"
_SENTENCE = re.compile(r"[^。]*。|[^。]+$")
_KIND = rf"(?!其中)[^\d，,、；;。：:]{{1,25}}车为?{_NUMBER}(?:辆|台)"
# A list that ends in the middle of a sentence may go on in words that were not read.
_VEHICLES = re.compile(
    rf"共有(?:车辆|公务用?车)(?P<value>{_NUMBER})(?P<unit>辆|台)[，,；;（(]?其中[:：，,]?"
    rf"(?P<kinds>{_KIND}(?:[、，,；;和及]{_KIND})*)[）)]?(?=[。；;]|$|[，,](?:单价|单位价值|主要))"
)
_NO_FUNDS = re.compile(r"(?:无|没有|不涉及|未安排|未使用)(?:当年|使用|安排)?政府性基金")
_VEHICLES_OF_KIND = re.compile(
    rf"(?P<note>[^\d，,、；;。：:]{{1,25}}车)为?(?P<value>{_NUMBER})(?P<unit>辆|台)"
)
_SHARE = re.compile(
    rf"授予(?P<who>中小|小微|小型、?微型)微?企业的?(?:政府采购)?合同总?金额为?(?:共计?)?{_NUMBER}(?:亿|百万|万|千)?元"
    rf"[，,]占(?P<note>[^\d，,。；;]{{4,24}}?)的?(?:比例|比重)?为?(?P<value>{_NUMBER})(?P<unit>[%％])"
)
_COUNTED = re.compile(
    r"截[至止]到?(?P<note>(?P<value>20\d\d)年(?:度)?(?:底|末|\d{1,2}月(?:底|末|\d{1,2}日)?))"
    r"[^。；;]{0,60}?(?:车辆|公务用?车|设备|房屋|资产|编制|在职|在编|人员)"
)
# A heading of a report on another year, or on what one owns, names a year of its own.
_OF_THE_YEAR = (
    r"(?:(?!执行|完成|上年|回顾|总结|项目|结转|调整|绩效|资产|占用|占有)[^。；;：:，,\d]){0,24}"
)
_HEADING = re.compile(
    r"(?=.*(?:预算|决算|收支|收入|支出|三公))"
    r"(?:第?[一二三四五六七八九十]+(?:部分|[、.．])|[（(][一二三四五六七八九十]+[）)]|关于)"
    rf"{_OF_THE_YEAR}(?P<value>20\d\d)年度?{_OF_THE_YEAR}(?:说明|情况|安排|[算出支]表)"
)


def read_years_and_counts(prose: Sequence[Paragraph]) -> Statements:
    """Return what paragraphs say of years and counts, in reading order."""
    statements = Statements()
    for paragraph in prose:
        for row in _of_paragraph(squeezed(paragraph.text)):
            statements.add(paragraph, row)
    return statements


def _of_paragraph(text: str) -> Iterator[Fields]:
    """Yield a heading's year, that there are no funds, days of counts, shares, vehicles by kind."""
    heading = _HEADING.fullmatch(text)
    if heading:
        yield {"subject": "heading_fiscal_year", "value": heading["value"], "note": text}
    for sentence in _SENTENCE.finditer(text):
        if _NO_FUNDS.search(sentence.group()):
            yield {"subject": "government_funds_statement", "value": sentence.group()}
    for found in _COUNTED.finditer(text):
        yield {"subject": "counted_in_year", "value": found["value"], "note": found["note"]}
    for found in _SHARE.finditer(text):
        subject = "sme_share" if found["who"] == "中小" else "small_micro_share"
        share = {name: found[name] for name in ("value", "unit", "note")}
        yield {"subject": subject} | share
    for found in _VEHICLES.finditer(text):
        yield {"subject": "vehicles_in_all", "value": found["value"], "unit": found["unit"]}
        for kind in _VEHICLES_OF_KIND.finditer(found["kinds"]):
            yield {"subject": "vehicles_of_kind"} | kind.groupdict()
