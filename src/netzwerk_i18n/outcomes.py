"""What becomes of each source page in each locale: worked out, or known from an earlier run that saw the same."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from netzwerk_i18n import kept
from netzwerk_i18n.kept import Task
from netzwerk_i18n.project import Project, estimate_size
from netzwerk_i18n.walk import Visit

KIND = "outcome"

_TEXT_BYTES = 64 * 1024 * 1024
"""The localized pages themselves are kept only where all of them together are smaller; their digests always."""

_EASIER = 20
_EASIER_TO_WRITE = 4
"""How much less work a page is that is known than one that is not; and if it must be written."""


class Outcome(NamedTuple):
    """One source page in one locale.

    Attributes:
        digest: of the localized page's bytes; empty where it is not to be published.
        counts: figures, in the order that the caller gives them.
        states: the state of each message of the page, where it first occurs, as a digit.
        published: for each of them "1" if its translation stands on the page, else "0".
        fallbacks: what failed a check, as lists of strings and numbers.
        data: the page's bytes, or None where it is not to be published or was not kept.
    """

    digest: str
    counts: tuple[int, ...]
    states: str
    published: str
    fallbacks: tuple[tuple[Any, ...], ...]
    data: bytes | None


Found = kept.Found[Outcome]
"""A page and its outcome in one locale."""


def data_of(found: Found) -> bytes | None:
    """The localized page, or None where it is not to be published.

    Raises:
        NetzwerkError: if page or catalog cannot be read any more.
    """
    if found.outcome.data is None and found.outcome.digest:
        found.make_anew()
    return found.outcome.data


def outcome_task(
    project: Project, make: Callable[[Visit], Outcome], *, writes: bool = False
) -> Task[Outcome]:
    """The task of working out what becomes of every page in every locale.

    Args:
        project: the project.
        make: works an outcome out.
        writes: whether most of the pages are written then, which takes a while even where they are known.
    """
    keeps_text = estimate_size(project, project.pages) * len(project.config.locales) <= _TEXT_BYTES
    return Task(
        kind=lambda _: KIND,
        make=make,
        encode=lambda outcome: _encoded(outcome, with_text=keeps_text),
        decode=_decoded,
        names_lines=lambda outcome: bool(outcome.fallbacks),
        easier=_EASIER_TO_WRITE if writes else _EASIER,
    )


def _encoded(outcome: Outcome, *, with_text: bool) -> bytes | None:
    try:
        head = json.dumps(outcome[:-1], ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    except UnicodeEncodeError:
        return None
    return head if outcome.data is None or not with_text else b"%b\0%b" % (head, outcome.data)


def _decoded(data: bytes) -> Outcome:
    head, mark, text = data.partition(b"\0")
    digest, counts, states, published, fallbacks = json.loads(head)
    return Outcome(
        digest,
        tuple(counts),
        states,
        published,
        tuple([tuple(fallback) for fallback in fallbacks]),
        text if mark else None,
    )
