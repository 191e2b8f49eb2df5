"""Cells without arithmetic: marks, yes and no, "N/A", versions; and the decoration around any cell."""

from __future__ import annotations

import re
import unicodedata

from flows.quantities.patterns import lazy

YES_MARKS = "✓✔✅☑🗸👍🟢🗹"
NO_MARKS = "✗✘❌✕✖❎🚫👎⛔🔴☒⨯"
_DECORATION = " \t\r\n\u00a0*_`|⭐★☆🌟🏆🥇🥈🥉🟩🟨🟥🟦🟧🟪🟡🟠🔵⚠️ℹ️✨🔥🚀⚡💰🎯📈📉\ufe0f\u200b\u200d\ufeffπβαÂ�†‡§"
_SHORTCODES = lazy(r":[a-z0-9_+-]+:(?:\{[^{}]*\})?\s*")
_YES_CODES = lazy(
    r":(?:white_check_mark|heavy_check_mark|ballot_box_with_check|check|\+1|thumbsup|green_circle|material-check[a-z-]*|octicons-check[a-z0-9-]*|tick|yes):"
)
_NO_CODES = lazy(
    r":(?:x|heavy_multiplication_x|negative_squared_cross_mark|no_entry|no_entry_sign|-1|thumbsdown|cross|red_circle|material-close[a-z-]*|octicons-x[a-z0-9-]*|no):"
)

MISSING = {
    "", "-", "--", "---", "—", "–", "−", "―", "‐", "n/a", "na", "n.a.", "n.a", "not applicable", "?", "??", "???", "unknown", "tbd", "tba", "tbc", "to be announced", "to be determined", "not specified", "unspecified",
    "not disclosed", "undisclosed", "not available", "no data", "null", "nil", "nan", "...", "…", "not tested", "not listed", "not stated", "not published", "not reported", "pending", "#n/a", "blank", "-/-", "n\\a", "n/d", "n.d.", "not measured",
}  # fmt: skip
_YES = {
    "yes",
    "true",
    "supported",
    "included",
    "available",
    "enabled",
    "y",
    "✓",
    "[x]",
    "full support",
    "fully supported",
    "natively supported",
    "yep",
    "present",
    "is supported",
}
_NO = {
    "no", "false", "none", "not supported", "unsupported", "not included", "unavailable", "disabled", "n", "not present", "no support", "[ ]", "absent", "lacking", "not yet", "not supported yet", "not yet supported", "nope", "never", "excluded", "without",
}  # fmt: skip
_LEADING = lazy(
    r"(yes|no|none|true|false|supported|not supported|unsupported|included|not included)(?P<dot>[.!])?[ \u00a0]*(?P<joint>$|[(\[,;:/]|[—–-](?=[ \u00a0])|\+ )",
    re.IGNORECASE,
)
_YES_AND_WORDS = lazy(r"yes[ \u00a0]+(?=[a-z(~✓✔])", re.IGNORECASE)


def clean_span(raw: str) -> tuple[int, int, bool | None]:
    """Where the text of a cell begins and ends inside its decoration, and what its marks say (True, False or None)."""
    start, end = 0, len(raw)
    if raw.isascii() and ":" not in raw:
        while start < end and raw[start] in _DECORATION:
            start += 1
        while end > start and raw[end - 1] in _DECORATION:
            end -= 1
        return start, end, None
    verdict: bool | None = None
    while start < end:
        character = raw[start]
        if character in YES_MARKS:
            verdict, start = True if verdict is None else verdict, start + 1
        elif character in NO_MARKS:
            verdict, start = False if verdict is None else verdict, start + 1
        elif _is_decoration(character):
            start += 1
        elif character == ":" and (code := _SHORTCODES.match(raw, start, end)):
            if _YES_CODES.match(raw, start):
                verdict = True if verdict is None else verdict
            elif _NO_CODES.match(raw, start):
                verdict = False if verdict is None else verdict
            start = code.end()
        else:
            break
    while end > start and (_is_decoration(raw[end - 1]) or raw[end - 1] in YES_MARKS or raw[end - 1] in NO_MARKS):
        if raw[end - 1] in YES_MARKS and start == 0 and verdict is None:
            verdict = True
        elif raw[end - 1] in NO_MARKS and start == 0 and verdict is None:
            verdict = False
        end -= 1
    return start, end, verdict


def _is_decoration(character: str) -> bool:
    if character in _DECORATION:
        return True
    if character.isascii() or character in "°€£¥₹₩₽₺₪฿₫≈≤≥≃≅∼−±→½¼¾⅓⅔⅛×µ%":
        return False
    return unicodedata.category(character) in ("So", "Co", "Cn", "Cf", "Cc", "Sk")


def truth(text: str) -> tuple[bool, int] | None:
    """What a cell without numbers says when it is a yes or a no, and where its qualifier begins."""
    folded = text.lower().rstrip(".! ")
    if folded in _YES:
        return True, len(text)
    if folded in _NO:
        return False, len(text)
    match = _LEADING.match(text)
    if match is not None and match["joint"]:
        word = match.group(1).lower()
        return word in _YES, match.start("joint")
    match = _YES_AND_WORDS.match(text)
    return (True, match.end()) if match is not None else None


def is_missing(text: str) -> bool:
    """Whether a cell says that nothing is known."""
    return text.lower() in MISSING or (len(text) == 1 and not text.isalnum())
