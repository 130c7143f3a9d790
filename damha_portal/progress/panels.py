"""What plans contribute to all pages: a record that a plan names is not deleted unseen."""

from __future__ import annotations

from django.db import models

from damha_portal.core.services import Dependents, dependents_of, extra_dependents
from damha_portal.progress.models import ChecklistItem, CohortMember


def named_by_a_plan(record: models.Model) -> list[Dependents]:
    """Frozen groups and named checklists that point to the record without a foreign key."""
    return [
        *dependents_of(CohortMember.objects.of(record)),
        *dependents_of(ChecklistItem.objects.of(record)),
    ]


extra_dependents.append(named_by_a_plan)
