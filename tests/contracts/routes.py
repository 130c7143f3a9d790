"""Every route of the portal as an address that can be asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from damha_portal.core.access import Requirement, requirement_of
from damha_portal.core.checks import walk_routes

#: Routes about a record whose view does not name its model.
MODELS = {
    "ocop:participation": "ocop.CycleParticipation",
    "ocop:recognition": "ocop.Recognition",
    "ocop:code": "ocop.TraceabilityCode",
    "tourism:monthly": "tourism.MonthlyFigure",
    "documents:attachment-add": "ocop.Product",
    "documents:attachment": "documents.Attachment",
    "plans": "progress.Plan",
    "admin:auth_user_password_change": "accounts.User",
}
GROUP = re.compile(r"\(\?P<(\w+)>((?:[^()\[\]]|\[[^\]]*\])*)\)|<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """One route; `model` is what its key belongs to, where that is known."""

    pattern: str
    name: str
    requirement: Requirement | None
    model: Any

    @property
    def area(self) -> str:
        """Pages, API or admin."""
        if self.name.startswith("admin:"):
            return "admin"
        return "api" if self.pattern.startswith("api/") else "pages"

    def address(self, rows: dict[Any, Any], plan: Any) -> str:
        """The route filled in with the given rows, keys of rows that are missing with 1."""
        row = rows.get(self.model)
        values = {
            "pk": row.pk if row is not None else 1,
            "object_id": row.pk if row is not None else 1,
            "id": row.pk if row is not None else 1,
            "content_type_id": 1,
            "plan_id": plan.pk,
            "code": "T8",
            "part": "base",
            "act": "duyet",
            "label": "ocop.Product",
            "format": "json",
            "uidb36": "1",
            "key": "abc-def",
            "app_label": "accounts",
            "url": "khong-co",
        }
        text = self.pattern.replace("<drf_format_suffix:format>", ".json")
        text = GROUP.sub(lambda match: str(values[match[1] or match[4]]), text)
        text = re.sub(r"/\?$", "", re.sub(r"[\^$]|\\Z", "", text).replace("\\.", "."))
        return "/" + text


def every_route() -> Iterator[Route]:
    """All routes, in the order of the resolver."""
    for pattern, name, entry in walk_routes():
        view = entry.callback
        yield Route(pattern, name, requirement_of(view), _model(view, name))


def _model(view: Any, name: str) -> Any:
    pages = getattr(view, "view_initkwargs", {}).get("pages")
    owner = pages or getattr(view, "cls", None) or getattr(view, "model_admin", None)
    model = getattr(owner, "model", None)
    if model is not None:
        return model
    for prefix, label in sorted(MODELS.items(), key=lambda item: -len(item[0])):
        if name.startswith(prefix):
            return apps.get_model(label)
    return None
