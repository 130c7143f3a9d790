"""Participations, recognitions and support, with the acts that a rule earned."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from damha_portal.core import clock
from damha_portal.core.api import RecordSerializer
from ocop.api.base import OcopViewSet
from ocop.enums import ParticipationState, RecognitionState
from ocop.filters import ParticipationFilter, RecognitionFilter, SupportFilter
from ocop.models import CycleParticipation, CycleStepChange, Recognition, SupportActivity
from ocop.services import (
    participation_advance,
    participation_start,
    recognition_revoke,
    support_save,
)


class StepSerializer(serializers.ModelSerializer[CycleStepChange]):
    """One step that happened; steps are made by `advance`, never written directly."""

    class Meta:
        model = CycleStepChange
        fields = ("to_state", "happened_on", "actor", "reason")
        read_only_fields = fields


class ParticipationSerializer(RecordSerializer):
    """A participation; `happened_on` is the day of its first step, asked for when it is made."""

    state = serializers.ChoiceField(
        choices=ParticipationState.choices, read_only=True, allow_null=True
    )
    state_since = serializers.DateField(read_only=True, allow_null=True)
    steps = StepSerializer(source="step_changes", many=True, read_only=True)
    happened_on = serializers.DateField(write_only=True, required=False)

    class Meta:
        model = CycleParticipation
        fields = (
            "id",
            "product",
            "year",
            "entry_step",
            "note",
            "happened_on",
            "state",
            "state_since",
            "steps",
            "is_illustrative",
        )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The first step has a day; once made, how it entered the cycle stays."""
        if self.instance is None and "happened_on" not in attrs:
            raise serializers.ValidationError({"happened_on": [_("Ghi ngày của bước đầu tiên.")]})
        if self.instance is not None:
            attrs.pop("happened_on", None)
            attrs.pop("entry_step", None)
        return attrs

    def create(self, validated_data: dict[str, Any]) -> CycleParticipation:
        """Through the service, with the first step."""
        return participation_start(
            actor=self.context["request"].user, today=clock.today(), **validated_data
        )


class AdvanceSerializer(serializers.Serializer[Any]):
    """The next step."""

    to_state = serializers.ChoiceField(choices=ParticipationState.choices)
    happened_on = serializers.DateField()
    reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=1000)


class ParticipationViewSet(OcopViewSet):
    """Participations in the cycle."""

    model = CycleParticipation
    serializer_class = ParticipationSerializer
    filterset_class = ParticipationFilter
    prefetch = ("step_changes",)

    def with_states(self, rows: Any, today: dt.date) -> models.QuerySet[Any]:  # noqa: ANN401
        """The state of today."""
        found: models.QuerySet[Any] = rows.with_state(today)
        return found

    @extend_schema(request=AdvanceSerializer, responses=ParticipationSerializer)
    @action(detail=True, methods=["post"])
    def advance(self, _request: Request, pk: str | None = None) -> Response:
        """Move on by the transition table."""
        participation = self.get_object()
        participation_advance(
            actor=self.request.user,
            participation=participation,
            today=clock.today(),
            **self.asked(AdvanceSerializer),
        )
        return self.shown(participation)


class RecognitionSerializer(RecordSerializer):
    """A star as the decision says it; revocation goes through `revoke`."""

    state = serializers.ChoiceField(
        source="state_now", choices=RecognitionState.choices, read_only=True
    )

    class Meta:
        model = Recognition
        fields = (
            "id",
            "product",
            "rule_set",
            "star",
            "level",
            "type",
            "evaluation_year",
            "decision_no",
            "decided_on",
            "certificate_no",
            "issued_on",
            "valid_until",
            "total_score",
            "revoked_on",
            "revocation_ref",
            "revocation_reason",
            "note",
            "state",
            "is_illustrative",
        )
        read_only_fields = ("revoked_on", "revocation_ref", "revocation_reason")


class RevokeSerializer(serializers.Serializer[Any]):
    """The decision that takes a star away."""

    revoked_on = serializers.DateField()
    revocation_ref = serializers.CharField(max_length=120)
    reason = serializers.CharField(max_length=1000)


class RecognitionViewSet(OcopViewSet):
    """Recognitions."""

    model = Recognition
    serializer_class = RecognitionSerializer
    filterset_class = RecognitionFilter

    def with_states(self, rows: Any, today: dt.date) -> models.QuerySet[Any]:  # noqa: ANN401
        """The state of today."""
        found: models.QuerySet[Any] = rows.with_state(today)
        return found

    @extend_schema(request=RevokeSerializer, responses=RecognitionSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, _request: Request, pk: str | None = None) -> Response:
        """Revoke by decision."""
        recognition = self.get_object()
        recognition_revoke(
            actor=self.request.user,
            recognition=recognition,
            today=clock.today(),
            **self.asked(RevokeSerializer),
        )
        return self.shown(recognition)


class SupportSerializer(RecordSerializer):
    """An activity and whom it reached."""

    class Meta:
        model = SupportActivity
        fields = (
            "id",
            "title",
            "kind",
            "held_on",
            "ended_on",
            "admin_unit",
            "organiser",
            "producers",
            "products",
            "cost",
            "funding",
            "plan_task",
            "note",
            "is_illustrative",
        )

    def _save(self, record: Any, data: dict[str, Any]) -> models.Model:  # noqa: ANN401
        producers, products = data.pop("producers", None), data.pop("products", None)
        for name, value in data.items():
            setattr(record, name, value)
        return support_save(
            actor=self.context["request"].user,
            activity=record,
            producers=producers,
            products=products,
        )


class SupportViewSet(OcopViewSet):
    """Support activities."""

    model = SupportActivity
    serializer_class = SupportSerializer
    filterset_class = SupportFilter
    prefetch = ("producers", "products")
