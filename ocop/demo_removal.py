"""Takes the illustrative OCOP rows out again, with what people attached to them."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from damha_portal.core.audit import acting
from damha_portal.core.services import record_save
from damha_portal.documents.models import Attachment
from damha_portal.documents.services import attachment_remove
from damha_portal.progress.models import ChecklistItem, CohortMember
from ocop.models import (
    CycleParticipation,
    CycleStepChange,
    Platform,
    PlatformListing,
    Producer,
    Product,
    ProductGroup,
    ProductSubgroup,
    Recognition,
    RetailChain,
    RetailListing,
    RetailOutlet,
    RuleSet,
    SupportActivity,
    TraceabilityCode,
)

REMOVAL = "Gỡ dữ liệu minh họa."


def remove_illustrative() -> str:
    """Delete every marked row; a row attached to one goes too, because it would mean nothing."""
    removed = attached = 0
    with acting(None, REMOVAL):
        for model, condition in _doomed():
            rows = list(model.objects.filter(condition).distinct())
            attached += sum(not row.is_illustrative for row in rows)
            removed += len(rows)
            for row in rows:
                _remove(row)
    return f"OCOP: {removed} rows removed, {attached} of them attached to illustrative ones"


def _doomed() -> list[tuple[Any, Q]]:
    """Models from the leaves to the roots, and which of their rows go."""
    own = Q(is_illustrative=True)
    made = own | Q(producer__is_illustrative=True)
    about = own | Q(product__is_illustrative=True) | Q(product__producer__is_illustrative=True)
    return [
        (CycleStepChange, own | _through("participation", about)),
        (CycleParticipation, about),
        (Recognition, about),
        (TraceabilityCode, about),
        (PlatformListing, about | Q(platform__is_illustrative=True)),
        (
            RetailListing,
            about | Q(outlet__is_illustrative=True) | Q(outlet__chain__is_illustrative=True),
        ),
        (SupportActivity, own),
        (Product, made),
        (Producer, own),
        (RetailOutlet, own | Q(chain__is_illustrative=True)),
        *(
            (model, own)
            for model in (RetailChain, Platform, ProductSubgroup, ProductGroup, RuleSet)
        ),
    ]


def _through(path: str, condition: Q) -> Q:
    """The same condition asked of a related row."""
    found = Q()
    for name, value in condition.children:  # type: ignore[misc]  # plain pairs, joined by OR
        found |= Q(**{f"{path}__{name}": value})
    return found


def _remove(record: models.Model) -> None:
    for file in Attachment.objects.of(record):
        attachment_remove(actor=None, attachment=file, reason=REMOVAL)
    kind = ContentType.objects.get_for_model(record)
    for member in CohortMember.objects.filter(content_type=kind, object_id=record.pk):
        member.delete()
    for item in ChecklistItem.objects.filter(content_type=kind, object_id=record.pk):
        item.content_type = item.object_id = None
        record_save(actor=None, record=item, reason=REMOVAL)
    record.delete()
