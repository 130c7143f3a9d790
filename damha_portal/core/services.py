"""The plain writes: save and delete of one record, with validation, scope and history.

A rule of the field earns a service of its own in its app; those end in `record_save` as well, so
that no path skips the checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from damha_portal.core.audit import acting
from damha_portal.core.errors import DomainError

R = TypeVar("R", bound=models.Model)


def record_save(
    *,
    actor: Any,  # noqa: ANN401  (User; the kernel does not know the model)
    record: R,
    many: Mapping[str, Iterable[models.Model]] | None = None,
    reason: str = "",
) -> R:
    """Validate and save `record` with its many-to-many rows; it must stay in the actor's scope.

    Raises `ValidationError` where the record breaks a rule, `DomainError` where the saved row
    would lie outside what `actor` may edit; then nothing is saved. `actor=None` is the system.
    """
    with transaction.atomic(), acting(actor, reason):
        record.full_clean()
        record.save()
        for name, rows in (many or {}).items():
            getattr(record, name).set(rows)
        if actor is not None:
            _stay_in_scope(actor, record)
    return record


def _stay_in_scope(actor: Any, record: models.Model) -> None:  # noqa: ANN401
    manager: Any = type(record)._default_manager
    if not manager.editable_by(actor).filter(pk=record.pk).exists():
        raise DomainError(
            _(
                "Bạn không có quyền lưu bản ghi này: nó thuộc đơn vị hoặc lĩnh vực ngoài phạm vi "
                "của bạn. Chọn đơn vị của bạn, hoặc nhờ cơ quan phụ trách nhập."
            )
        )


@dataclass(frozen=True, slots=True)
class Dependents:
    """Rows of one model that keep a record from being deleted."""

    label: str
    count: int
    examples: tuple[str, ...]


#: Dependents that no foreign key holds (evidence, frozen groups); applications above add theirs.
extra_dependents: list[Callable[[models.Model], Sequence[Dependents]]] = []


def dependents_of(rows: models.QuerySet[Any]) -> list[Dependents]:
    """The rows as one `Dependents` with up to five names; [] where there are none."""
    if not (count := rows.count()):
        return []
    label = capfirst(str(rows.model._meta.verbose_name))
    return [Dependents(label, count, tuple(str(row) for row in rows[:5]))]


def record_dependents(record: models.Model) -> list[Dependents]:
    """What refers to `record` and forbids its deletion, by model, with up to five names each."""
    found: list[Dependents] = []
    for relation in record._meta.related_objects:
        if relation.on_delete is not models.PROTECT or relation.related_model is None:
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: record.pk})
        found += dependents_of(rows)
    for find in extra_dependents:
        found += find(record)
    return found


def record_delete(*, actor: Any, record: models.Model, reason: str = "") -> None:  # noqa: ANN401
    """Delete `record`; raises `DomainError` naming what depends on it."""
    if any(find(record) for find in extra_dependents):
        raise _still_needed(record)
    try:
        with transaction.atomic(), acting(actor, reason):
            record.delete()
    except (ProtectedError, RestrictedError) as error:
        raise _still_needed(record) from error


def _still_needed(record: models.Model) -> DomainError:
    names = ", ".join(f"{row.label}: {row.count}" for row in record_dependents(record))
    return DomainError(
        _("Chưa xóa được vì còn dữ liệu gắn với bản ghi này (%(names)s).") % {"names": names}
    )


def validation_to_domain_error(error: ValidationError) -> DomainError:
    """The same sentences as a `DomainError`, for callers outside forms and serializers."""
    if hasattr(error, "message_dict"):
        fields = {name: " ".join(texts) for name, texts in error.message_dict.items()}
        return DomainError(" ".join(fields.values()), fields=fields)
    return DomainError(" ".join(error.messages))
