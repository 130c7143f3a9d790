"""Colours stay readable in both schemes; templates carry no style, script or handler."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

CSS = Path(settings.BASE_DIR) / "static" / "css"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMPONENTS = TEMPLATES / "components"

# --- Pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_pages_of_last_resort_need_no_context(name):
    html = render_to_string(name)
    assert "UNDEFINED" not in html
    assert html.count("<h1>") == 1
    assert '<html lang="vi">' in html


def test_every_component_starts_with_a_comment_of_its_options():
    first = re.compile(r"^(\{% load [^%]+%\})?\{# (icon )?[\w-]+: ")
    files = [path for path in COMPONENTS.rglob("*.html") if path.is_file()]
    wrong = [path.name for path in files if not first.match(path.read_text(encoding="utf-8"))]
    assert wrong == []


def test_templates_carry_no_inline_style_script_or_handler():
    banned = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|\|safe\b|hx-on")
    found = [
        f"{path.relative_to(TEMPLATES)}: {match.group()}"
        for path in TEMPLATES.rglob("*.html")
        for match in [banned.search(path.read_text(encoding="utf-8"))]
        if match
    ]
    assert found == []


# --- Colours -------------------------------------------------------------------------------------

TONES = ["green", "blue", "amber", "red", "grey"]
TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-soft") for ground in ("ground", "surface")],
    ("ink", "surface-strong"),
    ("ink-soft", "surface-strong"),
    *[("accent", ground) for ground in ("ground", "surface", "accent-soft")],
    ("accent-hover", "ground"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-strip", "strip"),
    ("ground", "ink"),
    *[(tone, f"{tone}-soft") for tone in TONES],
    *[("ink", f"{tone}-soft") for tone in TONES],
    ("red", "ground"),
]
DRAWN_PAIRS = [("gold", "ground"), ("lapsed", "ground"), ("line-strong", "ground")]
DRAWN_PAIRS += [("focus", "ground"), ("focus", "surface"), ("lapsed", "surface-strong")]


def schemes():
    css = (CSS / "tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("prefers-color-scheme: dark")
    found = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
    return {"light": dict(found.findall(light)), "dark": dict(found.findall(dark))}


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_both_schemes_define_the_same_colours():
    assert schemes()["light"].keys() == schemes()["dark"].keys()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_is_readable_in_both_schemes(scheme, ink, ground):
    colours = schemes()[scheme]
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), DRAWN_PAIRS)
def test_marks_and_edges_are_visible_in_both_schemes(scheme, ink, ground):
    colours = schemes()[scheme]
    assert contrast(colours[ink], colours[ground]) >= 3


def test_colours_are_named_once_and_used_by_name():
    for name in ("layout.css", "components.css"):
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", (CSS / name).read_text(encoding="utf-8")) == []


def test_every_class_of_the_styles_occurs_in_a_template():
    css = "".join(
        (CSS / name).read_text(encoding="utf-8") for name in ("layout.css", "components.css")
    )
    html = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    names = set(re.findall(r"\.([a-z][a-z-]+)(?=[\s,:{.\[>)])", re.sub(r"/\*.*?\*/", "", css)))
    unused = {name for name in names if not re.search(rf"\b{re.escape(name)}\b", html)}
    made_of_parts = re.compile(r"^(badge|alert|bar|button|step)-")
    assert {n for n in unused if not made_of_parts.match(n)} - {"htmx-request", "number"} == set()
