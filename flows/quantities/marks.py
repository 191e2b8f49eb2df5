"""Cells without arithmetic: marks, yes and no, "N/A", versions; and the decoration around any cell."""

from __future__ import annotations

import re
import unicodedata

from flows.quantities.patterns import lazy

YES_MARKS = "✓✔✅☑🗸👍🗹"
NO_MARKS = "✗✘❌✕✖❎🚫👎⛔☒⨯"
_DECORATION = " \t\r\n\u00a0*_`|⭐★☆🌟🏆🥇🥈🥉🟩🟨🟥🟦🟧🟪🟡🟠🔵⚠️ℹ️✨🔥🚀⚡💰🎯📈📉\ufe0f\u200b\u200d\ufeffπβαÂ�†‡§"
#: Coloured circles say yes and no only where they stand alone: beside words they are decoration.
_CIRCLES = {"🟢": True, "🔴": False}
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
    r"(yes|no|none|true|false|supported|not supported|unsupported|included|not included)(?P<dot>[.!])?[ \u00a0]*(?P<joint>$|[(\[,;:]|[—–-](?=[ \u00a0])|\+ )",
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
    if raw.strip() in _CIRCLES:
        return end, end, _CIRCLES[raw.strip()]
    said: list[bool] = []
    while start < end:
        length, verdict = _mark(raw, start, end)
        if not length:
            break
        start += length
        said += [] if verdict is None else [verdict]
    leading = bool(said) or start > 0
    while end > start:
        length, verdict = _mark(raw, end - 1, end)
        if not length:
            break
        end -= 1
        said += [] if verdict is None or leading else [verdict]
    return start, end, said[0] if said else None


def _mark(raw: str, position: int, end: int) -> tuple[int, bool | None]:
    """How much decoration stands at `position` (0 for none), and what it says."""
    character = raw[position]
    if character in YES_MARKS:
        return 1, True
    if character in NO_MARKS:
        return 1, False
    if _is_decoration(character):
        return 1, None
    code = _SHORTCODES.match(raw, position, end) if character == ":" else None
    if code is None:
        return 0, None
    verdict = True if _YES_CODES.match(raw, position) else False if _NO_CODES.match(raw, position) else None
    return code.end() - position, verdict


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
    bare = folded.strip("()[] ")
    if bare != folded and (bare in _YES or bare in _NO) and len(bare) > 1:
        return bare in _YES, len(text)
    match = _LEADING.match(text)
    if match is not None and match["joint"]:
        word = match.group(1).lower()
        return word in _YES, match.start("joint")
    match = _YES_AND_WORDS.match(text)
    return (True, match.end()) if match is not None else None


def is_missing(text: str) -> bool:
    """Whether a cell says that nothing is known."""
    return text.lower() in MISSING or (len(text) == 1 and not text.isalnum())
