"""The lines of a CSV file as text, in bounded memory, each with its number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from guichet import Refused

_LONGEST_LINE = 1024 * 1024
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Lines(Iterator[str]):
    """The lines of a file as text, with the number of the last one given."""

    def __init__(self, content: BinaryIO, encoding: str) -> None:
        self.number = 0
        self._content = content
        self._encoding = encoding

    def __next__(self) -> str:
        line = self._content.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) == _LONGEST_LINE:
            raise Refused(
                fr=f"La ligne {self.number} dépasse un mégaoctet : ce fichier n'est pas un CSV.",
                en=f"Line {self.number} is longer than a megabyte: this file is no CSV.",
            )
        if self.number == 1 and line.startswith(_UTF16_MARKS):
            raise Refused(
                fr="Le fichier est en utf-16 (« texte Unicode » d'un tableur) : enregistrez-le en CSV UTF-8.",
                en='The file is in utf-16 ("Unicode text" of a spreadsheet): save it as CSV UTF-8.',
            )
        if self.number == 1 and line.startswith(_UTF8_MARK):
            line = self._without_mark(line)
        try:
            text = line.decode(self._encoding)
        except UnicodeDecodeError as error:
            other = "windows-1252" if self._encoding == "utf-8" else "utf-8"
            raise Refused(
                fr=f"La ligne {self.number} n'est pas en {self._encoding} : déclarez `encoding: {other}` si le fichier "
                "vient d'un autre logiciel.",
                en=f"Line {self.number} is not in {self._encoding}: declare `encoding: {other}` if the file comes "
                "from other software.",
            ) from error
        if _CONTROL.search(text.rstrip("\r\n")):
            return _CONTROL.sub("\ufffd", text.rstrip("\r\n")) + "\n"
        return text

    def _without_mark(self, line: bytes) -> bytes:
        if self._encoding != "utf-8":
            raise Refused(
                fr="Le fichier est en utf-8 : déclarez `encoding: utf-8`.",
                en="The file is in utf-8: declare `encoding: utf-8`.",
            )
        return line.removeprefix(_UTF8_MARK)
