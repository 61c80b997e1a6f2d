"""What goes wrong with XML, in words for people."""

from __future__ import annotations

from xml.sax import SAXParseException

READER_ERRORS = (SAXParseException, LookupError, ValueError)  # the latter two of encodings

_CUT_OFF = "the file is cut off or empty; get it again, whole"
_ENCODING = "pass the encoding that it is really in as encoding=…"
_WAYS_OUT = {  # what expat says -> what can be done
    "no element found": _CUT_OFF,
    "unclosed token": _CUT_OFF,
    "unclosed CDATA section": _CUT_OFF,
    "partial character": _CUT_OFF,
    "syntax error": "this is no XML; check that it is the feed and not, say, a page with an error",
    "not well-formed (invalid token)": (
        "either this is no XML, or & or < should be written &amp; or &lt; there, or the file is "
        f"not in the encoding that it declares: {_ENCODING}"
    ),
    "XML or text declaration not at start of entity": "remove the blank lines above <?xml …?>",
    "unknown encoding": _ENCODING,
    "undefined entity": "write the character itself",
}


def place_in(file: str, line: int, column: int) -> str:
    """Name a place in a file; columns are counted from 0 by the parser.

    >>> place_in("feed.xml", 7, 0)
    'feed.xml, line 7, column 1'
    """
    return f"{file}, line {line:,}, column {column + 1:,}"


def explained(error: Exception, where: str) -> str:
    """Say what is wrong and what can be done about it.

    Parameters
    ----------
    error : Exception
        One of `READER_ERRORS`.
    where : str
        The place.

    Examples
    --------
    >>> explained(LookupError("unknown encoding: cp1252x"), "feed.xml, line 1, column 1")
    'feed.xml, line 1, column 1: unknown encoding: cp1252x; pass the encoding that it is really in \
as encoding=….'
    """
    if isinstance(error, SAXParseException):
        message = error.getMessage()
        return f"{where}: {message}; {_WAYS_OUT.get(message, 'mend the feed there')}."
    return f"{where}: {error}; {_ENCODING}."
