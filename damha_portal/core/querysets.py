"""The project's base QuerySet: one door to rows, and bulk paths that leave the same traces as save.

Every manager of the project is built from `RecordQuerySet` (a contract test proves it).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, Self, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import models, transaction
from django.dispatch import Signal

from damha_portal.core import clock
from damha_portal.core.access import RowScope, access_of
from damha_portal.core.audit import current_actor, current_reason
from damha_portal.core.modelfields import DerivedTextField

M = TypeVar("M", bound=models.Model)

#: Sent after rows changed without `save()`: sender is the model, `pks` the keys, `verb` the change.
rows_changed = Signal()


class RecordQuerySet(models.QuerySet[M], Generic[M]):
    """Scope by person, and `update`/`bulk_*` that write history and mark figures stale."""

    # --- scope ----------------------------------------------------------------------------------

    def visible_to(self, user: Any) -> Self:  # noqa: ANN401  (User or AnonymousUser)
        """The rows `user` may read; nothing for someone who is not signed in."""
        access = access_of(user)
        scope = self._row_scope()
        if access is None or not access.holds_any():
            return self.none()
        if scope.unit_path is None:
            return self
        units = access.readable_units()
        if units is None:
            return self
        condition = _within(scope.unit_path, units)
        for path in scope.also_readable:
            reached = self.model._base_manager.filter(_within(path, units)).values("pk")
            condition |= models.Q(pk__in=reached)
        return self.filter(condition)

    def editable_by(self, user: Any) -> Self:  # noqa: ANN401  (User or AnonymousUser)
        """The rows `user` may change or delete."""
        access = access_of(user)
        scope = self._row_scope()
        if access is None:
            return self.none()
        if scope.unit_path is None or scope.administrators_only:
            allowed = access.edits_reference(scope.sector)
            if scope.administrators_only:
                allowed = access.is_administrator
            return self if allowed else self.none()
        units = access.editable_units(scope.sector)
        return self if units is None else self.filter(_within(scope.unit_path, units))

    def public(self) -> Self:
        """The rows everybody may see: none, unless the model says otherwise."""
        condition = self._row_scope().public
        return self.none() if condition is None else self.filter(condition)

    def within(self, units: models.QuerySet[Any] | tuple[int, ...]) -> Self:
        """Rows that belong to one of `units` (unit keys, or a queryset of them)."""
        path = self._row_scope().unit_path
        if path is None:
            raise TypeError(f"{self.model.__name__} belongs to no administrative unit.")
        return self.filter(_within(path, units))

    def _row_scope(self) -> RowScope:
        scope: RowScope = self.model.row_scope  # type: ignore[attr-defined]
        return scope

    # --- bulk paths -----------------------------------------------------------------------------

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:  # noqa: ANN401
        """Insert rows with their history; conflicts are never ignored (their keys are unknown)."""
        if kwargs.get("ignore_conflicts") or kwargs.get("update_conflicts"):
            raise NotImplementedError("Conflicting rows would be left without history.")
        with transaction.atomic(using=self.db):
            created = super().bulk_create(objs, *args, **kwargs)
            self._record(created, verb="created")
        return created

    def bulk_update(
        self,
        objs: Iterable[M],
        fields: Iterable[str],
        batch_size: int | None = None,
    ) -> int:
        """Update the named fields of `objs`, the texts derived from them, and the history."""
        rows, names = list(objs), set(fields)
        for field in self._derived_fields():
            if names & set(field.sources):
                names.add(field.name)
                for row in rows:
                    setattr(row, field.attname, field.compute(row))
        names |= self._touch(rows)
        with transaction.atomic(using=self.db):
            # Django's bulk_update calls update(), which would record every row a second time.
            plain: models.QuerySet[M] = models.QuerySet(
                self.model, query=self.query.chain(), using=self.db
            )
            count = plain.bulk_update(rows, sorted(names), batch_size=batch_size)
            self._record(rows, verb="changed")
        return count

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def update(self, **kwargs: Any) -> int:  # noqa: ANN401  (Django's signature)
        """SQL UPDATE of the selected rows, with a history row each."""
        with transaction.atomic(using=self.db):
            try:
                pks = list(self.order_by().values_list("pk", flat=True))
            except EmptyResultSet:
                return 0
            if not pks:
                return 0
            if any(field.name == "updated_at" for field in self.model._meta.concrete_fields):
                kwargs.setdefault("updated_at", clock.now())
            chosen = self.model._base_manager.using(self.db).filter(pk__in=pks)
            count = models.QuerySet.update(chosen, **kwargs)
            rows: list[M] = list(self.model._base_manager.using(self.db).filter(pk__in=pks))
            self._refresh_derived(rows, kwargs)
            self._record(rows, verb="changed")
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def _refresh_derived(self, rows: list[M], changed: Iterable[str]) -> None:
        stale = [f for f in self._derived_fields() if set(changed) & set(f.sources)]
        for field in stale:
            for row in rows:
                setattr(row, field.attname, field.compute(row))
        if stale:
            plain: models.QuerySet[M] = models.QuerySet(self.model, using=self.db)
            plain.bulk_update(rows, [field.name for field in stale])

    def _derived_fields(self) -> list[DerivedTextField]:
        return [f for f in self.model._meta.concrete_fields if isinstance(f, DerivedTextField)]

    def _touch(self, rows: Sequence[M]) -> set[str]:
        if not any(field.name == "updated_at" for field in self.model._meta.concrete_fields):
            return set()
        moment = clock.now()
        for row in rows:
            row.updated_at = moment  # type: ignore[attr-defined]
        return {"updated_at"}

    def _record(self, rows: Sequence[M], *, verb: str) -> None:
        if not rows:
            return
        history = getattr(self.model, "history", None)
        if history is not None:
            history.bulk_history_create(
                rows,
                update=verb == "changed",
                default_user=current_actor(),
                default_change_reason=current_reason(),
            )
        rows_changed.send(sender=self.model, pks=[row.pk for row in rows], verb=verb)


def _within(path: str, units: models.QuerySet[Any] | tuple[int, ...]) -> models.Q:
    return models.Q(**{f"{path}__in" if path else "pk__in": units})


RecordManager = models.Manager.from_queryset(RecordQuerySet)
