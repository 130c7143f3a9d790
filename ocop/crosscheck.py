"""T1–T9 once more, in plain SQL written from the plan's words (domain.md §1.4).

Nothing here comes from the querysets: where they ask whether a row exists, these statements look
for the first, the newest or the remaining one. A mistake in either shows as a difference.
"""

from __future__ import annotations

import datetime as dt

from damha_portal.progress.crosscheck import (
    COUNTED,
    COUNTED_OF_BASE,
    UNITS,
    SqlScope,
    crosscheck,
)

# --- pieces ---------------------------------------------------------------------------------------

#: Products of the area with the unit of their producer.
LOCAL_PRODUCTS = """
local_products (id, producer_id, unit_id, joined_on) AS (
    SELECT product.id, product.producer_id, producer.admin_unit_id, product.joined_on
    FROM ocop_product product
    JOIN ocop_producer producer ON producer.id = product.producer_id
    JOIN units ON units.id = producer.admin_unit_id
)
"""

#: The first day on which an idea of a product was accepted, ever.
FIRST_ACCEPTED = """
first_accepted (product_id, accepted_on) AS (
    SELECT taking_part.product_id, MIN(step.happened_on)
    FROM ocop_cyclestepchange step
    JOIN ocop_cycleparticipation taking_part ON taking_part.id = step.participation_id
    WHERE step.to_state = 'idea_accepted'
    GROUP BY taking_part.product_id
)
"""

#: Products of anywhere that are new to the programme in the period.
NEW_PRODUCTS = f"""{FIRST_ACCEPTED},
new_products (id, producer_id) AS (
    SELECT product.id, product.producer_id
    FROM ocop_product product
    JOIN first_accepted ON first_accepted.product_id = product.id
    WHERE first_accepted.accepted_on >= %(period_start)s
        AND first_accepted.accepted_on <= %(window_end)s
        AND (product.joined_on IS NULL OR product.joined_on >= %(period_start)s)
        AND product.id NOT IN (
            SELECT old.product_id FROM ocop_recognition old WHERE old.decided_on < %(period_start)s
        )
)
"""  # noqa: S608  (constants of this module; values are parameters)

#: Somebody of the area entered a participation of the plan's year.
KNOWN_CYCLE = """
known (id) AS (
    SELECT taking_part.id FROM ocop_cycleparticipation taking_part
    JOIN local_products ON local_products.id = taking_part.product_id
    WHERE taking_part.year = %(year)s
)
"""

#: Activities of the period; known, where one was held in the area or reached somebody of it.
ACTIVITIES = """
activities (id, kind, unit_id) AS (
    SELECT activity.id, activity.kind, activity.admin_unit_id FROM ocop_supportactivity activity
    WHERE activity.held_on >= %(period_start)s AND activity.held_on <= %(window_end)s
),
known (id) AS (
    SELECT activities.id FROM activities JOIN units ON units.id = activities.unit_id
    UNION
    SELECT activities.id FROM activities
    JOIN ocop_supportactivity_producers link ON link.supportactivity_id = activities.id
    JOIN ocop_producer producer ON producer.id = link.producer_id
    JOIN units ON units.id = producer.admin_unit_id
    UNION
    SELECT activities.id FROM activities
    JOIN ocop_supportactivity_products link ON link.supportactivity_id = activities.id
    JOIN ocop_product product ON product.id = link.product_id
    JOIN ocop_producer producer ON producer.id = product.producer_id
    JOIN units ON units.id = producer.admin_unit_id
)
"""


def _reached_producers(condition: str) -> str:
    """Producers named in an activity, or with a product that is named."""
    return f"""
reached (producer_id) AS (
    SELECT link.producer_id FROM ocop_supportactivity_producers link
    JOIN activities ON activities.id = link.supportactivity_id WHERE {condition}
    UNION
    SELECT product.producer_id FROM ocop_supportactivity_products link
    JOIN activities ON activities.id = link.supportactivity_id
    JOIN ocop_product product ON product.id = link.product_id WHERE {condition}
)
"""  # noqa: S608  (constants of this module; values are parameters)


def _holders(name: str, day: str) -> str:
    """Products whose newest recognition by `day` is in force then at `min_star` or more."""
    return f"""
{name}_newest (product_id, issued_on) AS (
    SELECT product_id, MAX(issued_on) FROM ocop_recognition
    WHERE issued_on <= {day} GROUP BY product_id
),
{name} (product_id) AS (
    SELECT star.product_id
    FROM ocop_recognition star
    JOIN {name}_newest newest
        ON newest.product_id = star.product_id AND newest.issued_on = star.issued_on
    WHERE star.star >= %(min_star)s AND star.valid_until >= {day}
        AND (star.revoked_on IS NULL OR star.revoked_on > {day})
)
"""  # noqa: S608  (constants of this module; values are parameters)


def _members(model: str) -> str:
    """The target's frozen group, as far as its members are rows of this OCOP model."""
    return f"""
members (id) AS (
    SELECT member.object_id FROM progress_cohortmember member
    JOIN django_content_type kind ON kind.id = member.content_type_id
    WHERE member.cohort_id = %(cohort)s AND kind.app_label = 'ocop' AND kind.model = '{model}'
)
"""  # noqa: S608  (constants of this module; values are parameters)


# --- the nine targets -----------------------------------------------------------------------------


@crosscheck("ocop.new_registrations")
def new_registrations(_scope: SqlScope) -> str:
    """T1: products not in the programme before, idea accepted in the period."""
    return f"""{UNITS}, {LOCAL_PRODUCTS}, {NEW_PRODUCTS}, {KNOWN_CYCLE},
scored (id, unit_id) AS (
    SELECT local_products.id, local_products.unit_id
    FROM local_products JOIN new_products ON new_products.id = local_products.id
)
{COUNTED}"""  # noqa: S608  (constants of this module; values are parameters)


@crosscheck("ocop.trained_producers_share")
def trained_producers_share(scope: SqlScope) -> str:
    """T2: of the producers with a new product, those supported whose new dossier is ready."""
    reached = _reached_producers(scope.among("activities.kind", "kinds"))
    return f"""{UNITS}, {NEW_PRODUCTS}, {ACTIVITIES}, {reached},
base (id, unit_id) AS (
    SELECT DISTINCT producer.id, producer.admin_unit_id
    FROM ocop_producer producer
    JOIN units ON units.id = producer.admin_unit_id
    JOIN new_products ON new_products.producer_id = producer.id
),
steps (participation_id, to_state, place) AS (
    SELECT step.participation_id, step.to_state, ROW_NUMBER() OVER (
        PARTITION BY step.participation_id ORDER BY step.happened_on DESC, step.id DESC
    )
    FROM ocop_cyclestepchange step WHERE step.happened_on <= %(day)s
),
ready (producer_id) AS (
    SELECT new_products.producer_id
    FROM new_products
    JOIN ocop_cycleparticipation taking_part ON taking_part.product_id = new_products.id
    JOIN steps ON steps.participation_id = taking_part.id AND steps.place = 1
    WHERE steps.to_state IN ('dossier_ready', 'in_evaluation', 'recognised', 'not_recognised')
),
scored (id) AS (
    SELECT base.id FROM base
    WHERE base.id IN (SELECT producer_id FROM ready)
        AND base.id IN (SELECT producer_id FROM reached)
)
{COUNTED_OF_BASE}"""  # noqa: S608  (constants of this module; values are parameters)


@crosscheck("ocop.consolidated_products")
def consolidated_products(scope: SqlScope) -> str:
    """T3: of the frozen products, those named in a consolidation action of the period."""
    condition = scope.among("activities.kind", "kinds")
    return f"""{UNITS}, {LOCAL_PRODUCTS}, {ACTIVITIES}, {_members("product")},
base (id, unit_id) AS (
    SELECT local_products.id, local_products.unit_id
    FROM local_products JOIN members ON members.id = local_products.id
),
scored (id) AS (
    SELECT DISTINCT base.id FROM base
    JOIN ocop_supportactivity_products link ON link.product_id = base.id
    JOIN activities ON activities.id = link.supportactivity_id
    WHERE {condition}
)
{COUNTED_OF_BASE}"""  # noqa: S608  (constants of this module; values are parameters)


@crosscheck("ocop.new_recognitions")
def new_recognitions(scope: SqlScope) -> str:
    """T4: a first star of the evaluation year, at any level; upgrades and renewals apart.

    The baseline day is the plan's own, or the day before its period.
    """
    stated = scope.params.get("baseline_on")
    day_before = scope.values["period_start"] - dt.timedelta(days=1)
    baseline = scope.give("baseline_on", dt.date.fromisoformat(stated) if stated else day_before)
    return f"""{UNITS}, {LOCAL_PRODUCTS}, {_holders("held_before", baseline)},
scored (id, unit_id) AS (
    SELECT DISTINCT local_products.id, local_products.unit_id
    FROM local_products
    JOIN ocop_recognition star ON star.product_id = local_products.id
    WHERE star.type = 'new' AND star.star >= %(min_star)s
        AND star.evaluation_year = %(year)s AND star.decided_on <= %(as_of)s
        AND (star.revoked_on IS NULL OR star.revoked_on > %(as_of)s)
        AND local_products.id NOT IN (SELECT product_id FROM held_before)
),
known (id) AS (
    SELECT star.id FROM ocop_recognition star
    JOIN local_products ON local_products.id = star.product_id
    WHERE star.evaluation_year = %(year)s
)
{COUNTED}"""  # noqa: S608  (constants of this module; values are parameters)


@crosscheck("ocop.supported_producers")
def supported_producers(_scope: SqlScope) -> str:
    """T5: of the frozen establishments, those reached by any support in the period."""
    return f"""{UNITS}, {ACTIVITIES}, {_members("producer")}, {_reached_producers("1 = 1")},
base (id, unit_id) AS (
    SELECT producer.id, producer.admin_unit_id
    FROM ocop_producer producer
    JOIN units ON units.id = producer.admin_unit_id
    JOIN members ON members.id = producer.id
),
scored (id) AS (SELECT base.id FROM base JOIN reached ON reached.producer_id = base.id)
{COUNTED_OF_BASE}"""  # noqa: S608  (constants of this module; values are parameters)


@crosscheck("ocop.new_producers")
def new_producers(_scope: SqlScope) -> str:
    """T6: producers whose very first accepted registration falls in the period."""
    return f"""{UNITS}, {LOCAL_PRODUCTS}, {FIRST_ACCEPTED}, {KNOWN_CYCLE},
beginnings (producer_id, accepted_on) AS (
    SELECT local_products.producer_id, MIN(first_accepted.accepted_on)
    FROM local_products JOIN first_accepted ON first_accepted.product_id = local_products.id
    GROUP BY local_products.producer_id
),
stars (producer_id, decided_on) AS (
    SELECT local_products.producer_id, MIN(star.decided_on)
    FROM local_products JOIN ocop_recognition star ON star.product_id = local_products.id
    GROUP BY local_products.producer_id
),
scored (id, unit_id) AS (
    SELECT producer.id, producer.admin_unit_id
    FROM ocop_producer producer
    JOIN beginnings ON beginnings.producer_id = producer.id
    LEFT JOIN stars ON stars.producer_id = producer.id
    WHERE beginnings.accepted_on >= %(period_start)s
        AND beginnings.accepted_on <= %(window_end)s
        AND (producer.joined_on IS NULL OR producer.joined_on >= %(period_start)s)
        AND (stars.decided_on IS NULL OR stars.decided_on >= %(period_start)s)
)
{COUNTED}"""  # noqa: S608  (constants of this module; values are parameters)


@crosscheck("ocop.products_in_chains")
def products_in_chains(_scope: SqlScope) -> str:
    """T7: starred products brought into chains of malls or supermarkets, begun in the period."""
    return f"""{UNITS}, {LOCAL_PRODUCTS}, {_holders("holders", "%(day)s")},
known (id) AS (
    SELECT sale.id FROM ocop_retaillisting sale
    JOIN local_products ON local_products.id = sale.product_id
),
scored (id, unit_id) AS (
    SELECT DISTINCT local_products.id, local_products.unit_id
    FROM local_products
    JOIN holders ON holders.product_id = local_products.id
    JOIN ocop_retaillisting sale ON sale.product_id = local_products.id
    JOIN ocop_retailoutlet outlet ON outlet.id = sale.outlet_id
    JOIN ocop_retailchain chain ON chain.id = outlet.chain_id
    WHERE chain.kind IN ('mall', 'supermarket')
        AND sale.started_on >= %(period_start)s AND sale.started_on <= %(day)s
        AND (sale.ended_on IS NULL OR sale.ended_on >= %(day)s)
)
{COUNTED}"""  # noqa: S608  (constants of this module; values are parameters)


@crosscheck("ocop.traceable_share")
def traceable_share(_scope: SqlScope) -> str:
    """T8: of the starred products, those with a stamp, code or barcode that holds on the day."""
    return f"""{UNITS}, {LOCAL_PRODUCTS}, {_holders("holders", "%(day)s")},
known (id) AS (
    SELECT code.id FROM ocop_traceabilitycode code
    JOIN local_products ON local_products.id = code.product_id
),
base (id, unit_id) AS (
    SELECT local_products.id, local_products.unit_id
    FROM local_products JOIN holders ON holders.product_id = local_products.id
),
scored (id) AS (
    SELECT DISTINCT base.id FROM base
    JOIN ocop_traceabilitycode code ON code.product_id = base.id
    WHERE code.registered_on <= %(day)s
        AND (code.valid_until IS NULL OR code.valid_until >= %(day)s)
        AND (code.terminated_on IS NULL OR code.terminated_on > %(day)s)
)
{COUNTED_OF_BASE}"""  # noqa: S608  (constants of this module; values are parameters)


@crosscheck("ocop.online_share")
def online_share(_scope: SqlScope) -> str:
    """T9: of the starred products, those shown on an exchange that operates on the day."""
    return f"""{UNITS}, {LOCAL_PRODUCTS}, {_holders("holders", "%(day)s")},
known (id) AS (
    SELECT shown.id FROM ocop_platformlisting shown
    JOIN local_products ON local_products.id = shown.product_id
),
base (id, unit_id) AS (
    SELECT local_products.id, local_products.unit_id
    FROM local_products JOIN holders ON holders.product_id = local_products.id
),
scored (id) AS (
    SELECT DISTINCT base.id FROM base
    JOIN ocop_platformlisting shown ON shown.product_id = base.id
    JOIN ocop_platform platform ON platform.id = shown.platform_id
    WHERE platform.counts_as_exchange
        AND (platform.active_from IS NULL OR platform.active_from <= %(day)s)
        AND (platform.active_to IS NULL OR platform.active_to >= %(day)s)
        AND shown.listed_on <= %(day)s
        AND (shown.delisted_on IS NULL OR shown.delisted_on > %(day)s)
)
{COUNTED_OF_BASE}"""  # noqa: S608  (constants of this module; values are parameters)
