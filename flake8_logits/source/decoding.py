"""Bytes to text, as Python itself reads source files."""

from __future__ import annotations

import codecs
import io
import tokenize

_FOREIGN_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),  # first: it begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# Any codec that Python source can be written in leaves this as it is.  Codecs that interpret it (punycode, idna,
# unicode_escape, rot13, UTF-16) would shift columns, and some take quadratic time.
_PLAIN = "xn--4ca.abc-\\x41\\u0041"


class UndecodableError(Exception):
    """The bytes are no Python source; the message is one line, ``line`` counts from 1 where it is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def universal_newlines(text: str) -> str:
    """Return the text with every CRLF and lone CR as LF: lines are then counted as Python and editors do."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode_python(data: bytes) -> str:
    """Return the source text without byte order mark and with ``\\n`` at the end of lines.

    Raises UndecodableError when Python itself would not accept the bytes.
    """
    for mark, name in _FOREIGN_MARKS:
        if data.startswith(mark):
            raise UndecodableError(f"is encoded as {name}, which Python source cannot be", 1)
    text = universal_newlines(_decode(data, source_encoding(data)))
    refuse_null(text)
    return text


def encode_python(text: str) -> bytes:
    """Return the bytes of a file with this text, in the encoding that it declares.

    Where it cannot be written in that, they are UTF-8, so that ``decode_python`` says what is wrong.
    """
    data = text.encode("utf-8", "surrogatepass")
    try:
        encoding = source_encoding(data)
        return data if encoding in ("utf-8", "utf-8-sig") else text.encode(encoding)
    except (UndecodableError, ValueError, LookupError):
        return data


def refuse_null(text: str) -> None:
    """Raise UndecodableError when the text holds a null character, which no Python source may."""
    position = text.find("\0")
    if position >= 0:
        raise UndecodableError("holds a null byte, which Python source cannot", text.count("\n", 0, position) + 1)


def source_encoding(data: bytes) -> str:
    """Return the name of the codec that Python reads these bytes with; raises UndecodableError where it has none."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        _decode(data, "utf-8")  # the usual cause, told with its byte and line
        raise UndecodableError(f"has no usable encoding: {_one_line(error.msg)}", 1) from None
    except ValueError as error:
        raise UndecodableError(f"has no usable encoding: {_one_line(error)}", 1) from None
    if encoding not in ("utf-8", "utf-8-sig") and not _is_plain(encoding):
        raise UndecodableError(f"declares the encoding {encoding}, which Python source cannot have", 1)
    return encoding


def _is_plain(encoding: str) -> bool:
    try:
        return _PLAIN.encode("ascii").decode(encoding) == _PLAIN
    except (ValueError, LookupError):
        return False


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = universal_newlines(data[: error.start].decode("latin-1")).count("\n") + 1
        bad = data[error.start : error.start + 1].hex()
        raise UndecodableError(f"is not {encoding}: byte 0x{bad} on line {line} is not valid there", line) from None
    except (ValueError, LookupError) as error:
        raise UndecodableError(f"cannot be read as {encoding}: {_one_line(error)}", 1) from None


def _one_line(error: object) -> str:
    return " ".join(str(error).split())
