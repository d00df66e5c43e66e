"""Two messages of one key, of which at least one is obsolete: what merges leave behind and gettext refuses."""

from netzwerk_i18n.catalog.message import Message
from netzwerk_i18n.catalog.syntax import escape


def fold_twin(kept: Message, twin: Message) -> None:
    """Give `kept` what an obsolete message of the same key holds, so that nothing a person typed is lost.

    gettext knows no two messages of one key, obsolete or not. A message without a translation takes the twin's; a
    translation that differs, or a form of one for which there is no place, becomes a `# ` comment; the twin's own
    comments are added.

    >>> message = Message("Hallo", "Bonjour")
    >>> fold_twin(message, Message("Hallo", "Salut", obsolete=True))
    >>> message.comments
    ('other translation: "Salut"',)
    """
    comments = [comment for comment in twin.comments if comment not in kept.comments]
    if twin.has_translation and not kept.has_translation:
        kept.flags = tuple(dict.fromkeys(kept.flags + twin.flags))
        kept.previous, kept.previous_ctxt = twin.previous, twin.previous_ctxt
        if (twin.plural is None) is (kept.plural is None):
            kept.msgstr, kept.msgstr_plural = twin.msgstr, twin.msgstr_plural
        else:  # one of the two has one form only
            kept.msgstr = (twin.msgstr_plural or (twin.msgstr,))[0]
            kept.plural, kept.msgstr_plural = None, ()
    known = {kept.msgstr, *kept.msgstr_plural, ""}
    others = [text for text in (twin.msgstr, *twin.msgstr_plural) if text not in known]
    comments += [f'other translation: "{escape(text)}"' for text in dict.fromkeys(others)]
    kept.comments += tuple(comment for comment in comments if comment not in kept.comments)
