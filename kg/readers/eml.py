"""E-mail as saved, such as newsletters: the text of the message, with subject, sender and date."""

from __future__ import annotations

import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser

from kg.errors import SkipDocument
from kg.readers._pages import main_text
from kg.readers._source import Source, document, read_bytes
from kg.types import Document


def read(source: Source) -> Iterator[Document]:
    """One document: the plain text of the message, else the main text of its page; attachments are left (RFC 5322).

    SkipDocument if it is too large or has neither.
    """
    message = BytesParser(policy=email.policy.default).parsebytes(read_bytes(source))
    part = message.get_body(("plain", "html")) if message.keys() else None
    if part is None:
        raise SkipDocument("no text in it: expected an e-mail with a text or a page")
    text = str(part.get_content())
    if part.get_content_subtype() == "html":
        text, _ = main_text(text)
    yield document(source, text.replace("\r\n", "\n"), _told(message), source.metadata)


def _told(message: EmailMessage) -> dict[str, object]:
    date, sender = message["date"], message["from"]
    moment = getattr(date, "datetime", None)
    addresses = getattr(sender, "addresses", ())
    return {
        "title": str(message["subject"] or ""),
        "published": moment.isoformat() if moment else None,
        "publisher": addresses[0].display_name if addresses else None,
    }
