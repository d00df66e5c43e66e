"""The ways in which markup can travel through a translation engine; each engine says which of them it can bear."""

from enum import StrEnum


class Style(StrEnum):
    """How a text's markup is written for an engine.

    Attributes:
        TAGS: real XML tags with ids, for engines with a tag mode (DeepL's `tag_handling=xml`): `<g id="1">…</g>` for
            a pair, `<x id="2"/>` for what stays as it is (`x` may be named to the engine as a tag to ignore).
        HTML: real HTML tags, for engines that read HTML (LibreTranslate's `format=html`, which unescapes its whole
            answer): `<span id="x1">…</span>` and `<img id="x2">`.
        BRACKETS: `[X1X]…[X/1X]` and `[X2X]`, for engines that know no tags; read back tolerantly.
        RUNS: each run of text between markup by itself, for engines that can bear nothing. Order is lost, markup never.
        PLAIN: the text as it is; only for texts without any markup.
    """

    TAGS = "tags"
    HTML = "html"
    BRACKETS = "brackets"
    RUNS = "runs"
    PLAIN = "plain"
