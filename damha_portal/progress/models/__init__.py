"""Plans, targets, cohorts, and what is computed from them."""

from damha_portal.progress.models.cohort import (
    ChecklistItem,
    Cohort,
    CohortMember,
    cohort_member_ids,
)
from damha_portal.progress.models.manual import ManualFigure
from damha_portal.progress.models.measurement import (
    Measurement,
    PendingChange,
    RecomputeState,
    Verification,
)
from damha_portal.progress.models.plan import Plan, PlanTask, Target

__all__ = [
    "ChecklistItem",
    "Cohort",
    "CohortMember",
    "ManualFigure",
    "Measurement",
    "PendingChange",
    "Plan",
    "PlanTask",
    "RecomputeState",
    "Target",
    "Verification",
    "cohort_member_ids",
]
