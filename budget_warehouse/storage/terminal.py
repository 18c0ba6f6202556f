"""The system around a command: its terminal and its texts, in whatever language."""

import codecs
import io
import locale
import os
import sys


def prepare() -> None:
    """Work in UTF-8, speak in the terminal's own encoding, and let others read what is written.

    Names of files are UTF-8 to DuckDB and JSON. Where the locale says GBK, Python would take them
    for something else: it is started again in its UTF-8 mode, which its children inherit. A
    character that the terminal cannot show is written as an escape.
    """
    if sys.getfilesystemencoding() != "utf-8":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    encoding = locale.getencoding()  # of the locale itself, also in UTF-8 mode
    if codecs.lookup(encoding).name == "ascii":
        encoding = "utf-8"  # what the terminals show of those who set no language
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_chosen = "PYTHONIOENCODING" in os.environ
            stream.reconfigure(
                encoding=stream.encoding if is_chosen else encoding, errors="backslashreplace"
            )
    os.umask(0o022)  # what readers trust, nobody else may write
