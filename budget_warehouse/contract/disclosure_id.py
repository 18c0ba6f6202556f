"""The name of a disclosure, which is also that of its folder and of its pages."""

import re
import unicodedata

_LONGEST = 80  # characters, and in UTF-8:
_MOST_BYTES = 200  # a file system has room for 255, and pages add an ending to it
_UNSEEN = {"Cc", "Cf", "Zl", "Zp"}  # control and format characters, and breaks of lines
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")  # devices of Windows


def fault(disclosure_id: str) -> str | None:
    """Return what keeps a text from being the name of a disclosure, as the end of a sentence."""
    size = len(disclosure_id.encode(errors="surrogatepass"))
    if len(disclosure_id) > _LONGEST or size > _MOST_BYTES:
        return f"is longer than {_LONGEST} characters or {_MOST_BYTES} bytes"
    if any(unicodedata.category(character) == "Cs" for character in disclosure_id):
        return "is not written in UTF-8"
    if any(unicodedata.category(character) in _UNSEEN for character in disclosure_id):
        return "holds a control character, or one that nobody sees"
    if re.search(r'[/\\:*?"<>|]', disclosure_id):
        return 'holds one of / \\ : * ? " < > |, which the name of a page cannot'
    if not disclosure_id or disclosure_id != disclosure_id.strip().strip("."):
        return "is empty, or begins or ends with a dot or a space"
    if disclosure_id.lower() == "index":
        return "is the name of the report's front page"
    if _RESERVED.fullmatch(disclosure_id):
        return "is the name of a device on Windows"
    return None
