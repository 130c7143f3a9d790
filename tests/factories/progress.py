"""Plans, targets and what belongs to them."""

import datetime as dt
from decimal import Decimal

import factory

from damha_portal.accounts.enums import UnitKind
from damha_portal.progress.enums import Comparator, PlanStatus
from damha_portal.progress.models import (
    ChecklistItem,
    Cohort,
    CohortMember,
    ManualFigure,
    Measurement,
    PendingChange,
    Plan,
    PlanTask,
    Target,
)
from tests.factories.accounts import AdminUnitFactory
from tests.factories.base import RecordFactory


class PlanFactory(RecordFactory):
    """An active plan of a district for 2023."""

    class Meta:
        model = Plan

    title = factory.Sequence(lambda n: f"Kế hoạch phát triển sản phẩm OCOP và du lịch {n}")
    short_title = "Kế hoạch 2023"
    area = factory.SubFactory(AdminUnitFactory, kind=UnitKind.DISTRICT)
    period_start = dt.date(2023, 1, 1)
    period_end = dt.date(2023, 12, 31)
    status = PlanStatus.ACTIVE


class TargetFactory(RecordFactory):
    """At least three products; `metric_key` is the first of the plan's metrics unless told."""

    class Meta:
        model = Target

    plan = factory.SubFactory(PlanFactory)
    code = factory.Sequence(lambda n: f"X{n}")
    position = factory.Sequence(lambda n: n)
    title = "Sản phẩm đăng ký mới"
    wording = "đăng ký phát triển thêm ít nhất 3 sản phẩm mới"
    strength_word = "ít nhất"
    metric_key = "ocop.new_registrations"
    comparator = Comparator.GTE
    value = Decimal(3)
    unit = "sản phẩm"


class CohortFactory(RecordFactory):
    """An empty frozen group of fifteen."""

    class Meta:
        model = Cohort

    plan = factory.SubFactory(PlanFactory)
    key = factory.Sequence(lambda n: f"nhom-{n}")
    name = "15 sản phẩm đã được chứng nhận"
    frozen_on = dt.date(2023, 2, 20)
    expected_size = 15


class CohortMemberFactory(RecordFactory):
    """`record` must be given."""

    class Meta:
        model = CohortMember

    cohort = factory.SubFactory(CohortFactory)
    record = None


class ChecklistItemFactory(RecordFactory):
    """A name that no record is linked to yet."""

    class Meta:
        model = ChecklistItem

    target = factory.SubFactory(TargetFactory)
    position = factory.Sequence(lambda n: n)
    name = factory.Sequence(lambda n: f"Sản phẩm nêu tên {n}")


class PlanTaskFactory(RecordFactory):
    """A task without a number."""

    class Meta:
        model = PlanTask

    plan = factory.SubFactory(PlanFactory)
    code = factory.Sequence(lambda n: f"P{n}")
    position = factory.Sequence(lambda n: n)
    wording = "Duy trì, phát triển các sản phẩm du lịch hiện có"


class ManualFigureFactory(RecordFactory):
    """A typed figure of the plan's own area."""

    class Meta:
        model = ManualFigure

    target = factory.SubFactory(TargetFactory)
    admin_unit = factory.SelfAttribute("target.plan.area")
    as_of = dt.date(2023, 9, 30)
    value = Decimal(2)
    source = "Báo cáo của phòng chuyên môn"


class MeasurementFactory(RecordFactory):
    """A computed figure of the plan's own area."""

    class Meta:
        model = Measurement

    target = factory.SubFactory(TargetFactory)
    admin_unit = factory.SelfAttribute("target.plan.area")
    as_of = dt.date(2023, 9, 30)
    numerator = Decimal(2)
    denominator = None
    computed_at = dt.datetime(2023, 9, 30, 7, 5, tzinfo=dt.UTC)
    rule_version = 1


class PendingChangeFactory(RecordFactory):
    """A change that no figure includes yet."""

    class Meta:
        model = PendingChange

    plan = factory.SubFactory(PlanFactory)
    model_label = "ocop.Product"
    object_id = "1"
