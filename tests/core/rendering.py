"""Rendering small pieces of templates, for the tests of components."""

import re
from html import unescape

from django.template import Context, Template
from django.test import RequestFactory


def show(source, path="/", **context):
    """The HTML of a template given as text, on a page at `path`."""
    request = RequestFactory().get(path)
    return Template(source).render(Context({"request": request, **context}))


def words(html):
    """What a reader sees, spaces folded."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
