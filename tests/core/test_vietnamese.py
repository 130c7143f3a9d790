import unicodedata

import pytest
from django.utils.text import slugify as django_slugify
from hypothesis import given
from hypothesis import strategies as st

from damha_portal.core.vietnamese import (
    fold,
    looks_like_legacy_encoding,
    normalise,
    normalise_lines,
    person_sort_key,
    person_sort_text,
    place_sort_key,
    place_sort_text,
    search_words,
    slugify,
    sort_key,
    sort_text,
)

ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
vietnamese = st.text(
    st.sampled_from(
        "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
        "AÀĂÂĐEÊIOÔƠUƯY 0123456789-–.,()/\u0301\u0323\u0302"
    ),
    max_size=12,
)
UNITS = [
    "Dực Yên",
    "Đại Bình",
    "Đầm Hà",
    "Quảng An",
    "Quảng Lâm",
    "Quảng Tân",
    "Tân Bình",
    "Tân Lập",
]


# --- normalise ------------------------------------------------------------------------------------


def test_text_is_composed():
    decomposed = unicodedata.normalize("NFD", "Đầm Hà")
    assert decomposed != "Đầm Hà"
    assert normalise(decomposed) == "Đầm Hà"


def test_every_kind_of_space_becomes_one_plain_space():
    assert normalise("\u00a0Đầm\u00a0 \u2009\t Hà\u3000\n") == "Đầm Hà"


def test_invisible_characters_go():
    assert normalise("\ufeffĐầm\u200b Hà\u00ad") == "Đầm Hà"


def test_a_spelling_of_a_tone_is_kept_as_it_was_written():
    assert normalise("Huyện uỷ") == "Huyện uỷ"


def test_line_breaks_stay_in_notes():
    assert normalise_lines(" một \r\n\r\n hai\u00a0 ba \n\n") == "một\n\nhai ba"


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)
    assert normalise_lines(normalise_lines(text)) == normalise_lines(text)


# --- fold -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["lac do", "LẠC ĐỎ", "lạc đỏ", "Lạc  Đỏ", "Lạc\u00a0đỏ"])
def test_lac_do_finds_lac_do_with_accents_and_capitals(text):
    assert fold(text) == "lac do"


def test_both_tone_placements_fold_alike():
    assert fold("Huyện uỷ") == fold("Huyện ủy") == "huyen uy"


def test_dashes_are_one():
    assert fold("Đầm Hà – Tân Bình — 2023") == "dam ha - tan binh - 2023"


def test_the_letter_eth_typed_for_d_with_stroke_is_found_too():
    assert fold("Ðầm Hà") == "dam ha"


def test_stripping_marks_alone_would_keep_the_letter_d_with_stroke():
    marks_gone = "".join(
        char for char in unicodedata.normalize("NFD", "đ") if not unicodedata.combining(char)
    )
    assert marks_gone == "đ"
    assert fold("đ") == "d"


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_case_and_composition_do_not_matter_to_fold(text):
    assert fold(text.upper()) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_a_query_is_its_folded_words_once_each():
    assert search_words(" Lạc đỏ,  LẠC (Thành Mến) ") == ["lac", "do", "thanh", "men"]
    assert search_words("148/QĐ-TTg") == ["148/qd-ttg"]
    assert search_words(" … ") == []


# --- slugify --------------------------------------------------------------------------------------


def test_dam_ha_is_not_slugged_to_am_ha():
    assert django_slugify("Đầm Hà") == "am-ha"
    assert slugify("Đầm Hà") == "dam-ha"


def test_lac_do_thanh_men_keeps_its_letters_in_a_slug():
    assert django_slugify("Lạc đỏ Thành Mến") == "lac-o-thanh-men"
    assert slugify("Lạc đỏ Thành Mến") == "lac-do-thanh-men"


# --- order ----------------------------------------------------------------------------------------


def test_python_alone_puts_dam_ha_after_tan_lap():
    assert sorted(["Tân Lập", "Đầm Hà"]) == ["Tân Lập", "Đầm Hà"]
    assert sorted(["Tân Lập", "Đầm Hà"], key=sort_key) == ["Đầm Hà", "Tân Lập"]


def test_units_sort_as_icu_sorts_them():
    shuffled = [*UNITS[4:], *UNITS[:4]]
    assert sorted(shuffled, key=sort_key) == UNITS
    assert sorted(shuffled, key=sort_text) == UNITS


def test_the_alphabet_is_in_order():
    assert sorted(sorted(ALPHABET), key=sort_key) == list(ALPHABET)


def test_tones_are_in_order_and_decide_after_all_letters():
    assert sorted("ạáãảàa", key=sort_key) == list("aàảãáạ")
    assert sorted(["mạ", "má", "ma", "mà mới", "mã", "mả", "mà"], key=sort_key) == [
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
        "mà mới",
    ]


def test_case_decides_last_lower_before_upper():
    assert sorted(["Đầm", "đầm", "Đâm"], key=sort_key) == ["Đâm", "đầm", "Đầm"]


def test_spaces_then_digits_then_letters():
    assert sorted(["Hàm", "Hà1", "Hà B", "Hà"], key=sort_key) == ["Hà", "Hà B", "Hà1", "Hàm"]


def test_decomposed_text_sorts_like_composed_text():
    for name in UNITS:
        assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(name)


def test_sort_text_is_plain_lower_hexadecimal():
    assert sort_text("Đà") == "322c0012020"
    assert set(sort_text("Đầm Hà – «8» ☂ ậ̈")) <= set("0123456789abcdef")


@given(st.one_of(vietnamese, st.text()), st.one_of(vietnamese, st.text()))
def test_sort_text_orders_as_sort_key_does(one, other):
    assert (sort_key(one) < sort_key(other)) == (sort_text(one) < sort_text(other))
    assert (sort_key(one) == sort_key(other)) == (sort_text(one) == sort_text(other))


@given(vietnamese, vietnamese)
def test_place_and_person_texts_order_as_their_keys_do(one, other):
    assert (place_sort_key(one) < place_sort_key(other)) == (
        place_sort_text(one) < place_sort_text(other)
    )
    assert (person_sort_key(one) < person_sort_key(other)) == (
        person_sort_text(one) < person_sort_text(other)
    )


def test_places_sort_without_their_kind():
    names = ["xã Tân Lập", "Thị trấn Đầm Hà", "Xã Dực Yên", "phường Quảng An", "huyện Đầm Hà"]
    assert sorted(names, key=place_sort_key) == [
        "Xã Dực Yên",
        "huyện Đầm Hà",
        "Thị trấn Đầm Hà",
        "phường Quảng An",
        "xã Tân Lập",
    ]


def test_a_place_called_like_a_kind_keeps_its_name():
    assert place_sort_key("Xã")[0] == sort_key("Xã")


def test_people_sort_by_given_name():
    people = ["Nguyễn Văn Bình", "Trần Thị An", "Lê Văn An", "Đỗ Ân"]
    assert sorted(people, key=person_sort_key) == [
        "Lê Văn An",
        "Trần Thị An",
        "Đỗ Ân",
        "Nguyễn Văn Bình",
    ]


# --- legacy encodings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["§Çm Hµ", "X· Qu¶ng An", "hîp t¸c x·", "c«ng ty", "L¹c ®á", "S¶n phÈm OCOP"]
)
def test_tcvn3_is_recognised(text):
    assert looks_like_legacy_encoding(text)


@pytest.mark.parametrize("text", ["Ñaàm Haø", "huyeän", "Coâng ty", "Höông", "Laïc ñoû", "HUYEÄN"])
def test_vni_is_recognised(text):
    assert looks_like_legacy_encoding(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OCOP 2023",
        "Hợp tác xã Đầm Hà",
        "Hội hát Soóng cọ",
        "Hoà Bình, thuỷ sản, khuỷu, ngoằn ngoèo, quạnh quẽ",
        "«Công ty» © 2023 · OCOP® 3×4 m² 5 µm § 2",
        "Müller, François, España, Citroën, José, café, Malmö",
        "Lạc đỏ “Thành Mến” – 12,5 %",
        "Quảng Ninh · Đầm Hà",
    ],
)
def test_unicode_text_is_left_alone(text):
    assert not looks_like_legacy_encoding(text)


@pytest.mark.parametrize("name", UNITS)
def test_unit_names_are_left_alone_in_either_composition(name):
    assert not looks_like_legacy_encoding(name)
    assert not looks_like_legacy_encoding(unicodedata.normalize("NFD", name))
