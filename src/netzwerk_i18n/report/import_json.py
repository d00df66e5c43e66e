"""What an import found and did as JSON, for programs."""

from netzwerk_i18n.adopt import Import, Kind
from netzwerk_i18n.report.text import to_json


def format_import_json(result: Import) -> str:
    """One JSON object: `pages`, each with its figures and its notes, the `changed` files, and a `summary`."""
    pages = [
        {
            "locale": page.locale,
            "source": page.source,
            "page": page.page,
            "catalog": page.catalog,
            "skipped": page.skipped or None,
            "filled": page.filled,
            "known": page.known,
            **{kind.value: page.count(kind) for kind in Kind if kind is not Kind.FILLED},
            "notes": [
                {
                    "kind": note.kind.value,
                    "file": note.file,
                    "line": note.line,
                    "msgid": note.msgid or None,
                    "text": note.text,
                    "reason": note.reason,
                }
                for note in page.notes
            ],
        }
        for page in result.pages
    ]
    summary = {
        "pages": len(result.pages),
        "skipped": sum(bool(page.skipped) for page in result.pages),
        "absent": result.absent,
        "generated": result.generated,
        "filled": sum(page.filled for page in result.pages),
        "known": sum(page.known for page in result.pages),
        **{
            kind.value: sum(page.count(kind) for page in result.pages)
            for kind in Kind
            if kind is not Kind.FILLED
        },
    }
    return to_json({"pages": pages, "changed": result.changed, "summary": summary})
