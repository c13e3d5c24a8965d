"""The figures that lists are numbered with."""

_ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")]
_ROMAN += [(50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


def figure(count: int, style: str) -> str:
    """A list's number in the style that Word names so; empty where nothing is printed."""
    if style in ("none", "bullet"):
        return ""
    if style in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman"):
        return roman(count).upper() if style == "upperRoman" else roman(count)
    if style == "decimalZero":
        return f"{count:02d}"
    return f"{count}." if style == "ordinal" else str(count)


def roman(count: int) -> str:
    """A number in small Roman figures; empty below 1."""
    figures = ""
    for worth, letters in _ROMAN:
        while count >= worth:
            figures += letters
            count -= worth
    return figures
