"""A spreadsheet's number format: the text that a cell shows for the number or date it stores."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal

_STORED_DIGITS = Context(
    prec=15
)  # Excel keeps and shows 15 significant digits, a float has noise after them
_TOKEN = re.compile(
    r"""(?P<literal>"[^"]*"|[\\!].)  # quoted text, or one escaped character
      | (?P<gap>[_*].)              # room as wide as a character, or filled with it
      | (?P<bracket>\[[^\]]*\])     # a colour, a currency or locale, a condition
      | (?P<general>General|G/通用格式)
      | (?P<digit>[0#?])
      | (?P<point>\.)
      | (?P<comma>,)
      | (?P<percent>%)
      | (?P<unknown>[eE][+-]|/|@)   # scientific, fraction, text
      | (?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_MOMENT = re.compile(
    r"""(?P<literal>"[^"]*"|[\\!].)|(?P<ignored>[_*].|\[[^\]]*\])|(?P<part>([a-z])\4*)|(?P<other>.)""",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[[<>=]")

CHINESE_BUILT_IN_FORMATS = {
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
}  # ECMA-376 18.8.30 leaves these to the program's language: files give no code for them

_Token = tuple[str, str]


def displayed_number(value: int | float, code: str) -> str:
    """Return the number as the format `code` shows it: 1234.5 under `#,##0.00` reads `1,234.50`.

    A format that is not understood (fractions, conditions, scientific) shows the number in full:
    more digits than on the sheet, never fewer. So does General, whose rounding to the width of the
    column is not imitated.
    """
    number = _STORED_DIGITS.create_decimal(repr(value))
    if (
        not number.is_finite()
        or number.adjusted() >= _STORED_DIGITS.prec
        or _CONDITION.search(code)
    ):
        return _in_full(number)
    sections = _sections(code)
    if number < 0 and len(sections) > 1:
        return _formatted(-number, sections[1])
    if number == 0 and len(sections) > 2:
        return _formatted(number, sections[2])
    return _formatted(number, sections[0])


def displayed_moment(value: date | time, code: str) -> str:
    """Return the date or time as `code` shows it, or as ISO 8601 if that is not understood."""
    moment = _moment(value)
    shown, after_hour = "", False
    for match in _MOMENT.finditer(code.split(";")[0]):
        text = match.group()
        if match.lastgroup == "literal":
            shown += _literal("literal", text)
        elif match.lastgroup == "other":
            shown += text
        elif match.lastgroup != "ignored":
            letter, length = text[0].lower(), len(text)
            number = _part(moment, "minute" if letter == "m" and after_hour else letter)
            if number is None or length > (4 if letter == "y" else 2):
                return value.isoformat()
            shown += f"{number % 100:02}" if text in ("yy", "YY") else f"{number:0{length}}"
            after_hour = letter == "h"
    return shown


def _moment(value: date | time) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, time):
        return datetime.combine(date.min, value)
    return datetime.combine(value, time.min)


def _part(moment: datetime, letter: str) -> int | None:
    """Return the part of the moment that a letter of a format stands for, if it is known."""
    names = {"y": "year", "m": "month", "d": "day", "h": "hour", "minute": "minute", "s": "second"}
    return getattr(moment, names[letter]) if letter in names else None


def _in_full(number: Decimal) -> str:
    """Return the number with all its digits and no exponent, without zeros that say nothing."""
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _sections(code: str) -> list[list[_Token]]:
    """Return the format's tokens, divided at `;`: for positive, negative, zero and text."""
    sections: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code):
        if match.group() == ";":
            sections.append([])
        elif match.lastgroup != "gap":
            sections[-1].append((str(match.lastgroup), match.group()))
    return sections


def _formatted(number: Decimal, tokens: Sequence[_Token]) -> str:
    kinds = [kind for kind, _ in tokens]
    if "unknown" in kinds:
        return _in_full(number)
    if "general" in kinds:
        return "".join(
            _in_full(number) if kind == "general" else _literal(kind, text) for kind, text in tokens
        )
    places = [index for index, kind in enumerate(kinds) if kind == "digit"]
    if not places:
        return "".join(_literal(kind, text) for kind, text in tokens)
    first, last = places[0], places[-1] + 1
    while last < len(kinds) and kinds[last] in ("comma", "point"):
        last += 1
    head, body, tail = tokens[:first], list(tokens[first:last]), tokens[last:]
    if first and kinds[first - 1] == "point":
        head, body = head[:-1], [tokens[first - 1], *body]
    while body[-1][0] == "comma":  # a comma after the last digit divides by a thousand
        body.pop()
        number = number.scaleb(-3)
    number = number.scaleb(2 * kinds.count("percent"))
    text = _digits(abs(number), body)
    sign = "-" if number < 0 else ""
    before = "".join(_literal(*token) for token in head)
    return sign + before + text + "".join(_literal(*token) for token in tail)


def _literal(kind: str, text: str) -> str:
    """Return what a token other than a digit shows."""
    match kind:
        case "literal":
            return text.strip('"') if text.startswith('"') else text[1:]
        case "bracket":
            currency = re.match(r"\[\$([^-\]]*)", text)
            return currency.group(1) if currency else ""
        case "comma":
            return ""
        case _:
            return text


def _digits(number: Decimal, body: Sequence[_Token]) -> str:
    """Lay the unsigned number out over the placeholders `0`, `#` and `?`."""
    kinds = [kind for kind, _ in body]
    point = kinds.index("point") if "point" in kinds else len(body)
    whole, fraction = body[:point], [text for kind, text in body[point:] if kind == "digit"]
    rounded = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    integer, _, decimals = f"{rounded:f}".partition(".")
    required = sum(text == "0" for kind, text in whole if kind == "digit")
    integer = integer.lstrip("0").rjust(required, "0")
    needed = max((place + 1 for place, text in enumerate(fraction) if text == "0"), default=0)
    while len(decimals) > needed and decimals.endswith("0"):
        decimals = decimals[:-1]
    return _laid_out(integer, whole) + ("." if point < len(body) else "") + decimals


def _laid_out(integer: str, whole: Sequence[_Token]) -> str:
    """Lay the digits out over the placeholders from the right, keeping literals between."""
    places = sum(kind == "digit" for kind, _ in whole)
    if any(kind == "comma" for kind, _ in whole):
        return f"{int(integer):,}".rjust(len(integer), "0") if integer else ""
    shown = ""
    for kind, text in reversed(whole):
        if kind != "digit":
            shown = _literal(kind, text) + shown
            continue
        places -= 1
        taken = integer if places == 0 else integer[-1:]
        integer = integer[: len(integer) - len(taken)]
        shown = taken + shown
    return shown
