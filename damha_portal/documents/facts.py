"""The documents that the plan at hand rests on, each with its source."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from damha_portal.accounts.models import Organisation
from damha_portal.core.seeds import read_data, register_facts
from damha_portal.core.services import record_save
from damha_portal.documents.models import OfficialDocument

DATA = Path(__file__).parent / "data" / "documents.toml"


@register_facts(order=10)
@transaction.atomic
def documents() -> str:
    """Create what is missing; existing rows stay as people left them."""
    rows = read_data(DATA)["document"]
    known = set(OfficialDocument.objects.values_list("raw_ref", flat=True))
    made = 0
    for row in rows:
        if row["raw_ref"] in known:
            continue
        issuer = Organisation.objects.filter(name=row.pop("issuer", "")).first()
        record_save(actor=None, record=OfficialDocument(issuer=issuer, **row), reason=row["source"])
        made += 1
    return f"documents: {made} loaded, {len(rows) - made} present"
