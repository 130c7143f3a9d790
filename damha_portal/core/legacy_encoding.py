"""Recognise Vietnamese typed in the font encodings from before Unicode: TCVN3 (ABC) and VNI.

Such a text looks right in one font only: stored as it is, "§Çm Hµ" and "Ñaàm Haø" are never found
and never sorted. A word gives itself away when it is no Vietnamese syllable as it stands and is one
after decoding.
"""

from __future__ import annotations

import re
import unicodedata

# Both tables follow the code pages read as Latin-1, the way such text arrives in a browser.
_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_VNI_MARKS = {
    "ø": "\u0300",
    "ù": "\u0301",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "à": "\u0302\u0300",
    "á": "\u0302\u0301",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "è": "\u0306\u0300",
    "é": "\u0306\u0301",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_LETTERS = str.maketrans("ñôöæóòî", "đơưỉĩịỵ")
_VNI_PAIR = re.compile(f"([aeouyôö])([{''.join(_VNI_MARKS)}])")
_TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")

# Letters that only Unicode text has: a word with one of them was not typed in an old encoding.
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\s\d.,;:!?()\[\]{}/\\\"'“”‘’+=*%&<>|_–—-]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnrstvxp])?"
    r"(?:"
    r"[aeêioôơuưy]|oa|oe|uê|uy|uơ|ua|ưa|ia|uya"
    r"|(?:a|o|ô|ơ|u|ư|uô|ươ|oa)i|(?:a|â|oa|uâ)y|(?:a|e|oe|oa)o|(?:a|â|ê|i|ư|iê|yê|ươ|uy|e)u"
    r"|(?:a|ê|i|oa|uy|uê|e)(?:ch|nh)"
    r"|(?:a|ă|â|e|ê|i|o|ô|ơ|u|ư|oa|oă|oe|uâ|uê|iê|yê|uô|ươ|uyê|uy|oo)(?:c|m|n|ng|p|t)"
    r")"
)
# The sign for a thousandth of a millimetre reads as "àm" in TCVN3.
_NOT_LEGACY = frozenset({"µm"})


def looks_like_legacy_encoding(text: str) -> bool:
    """Whether some word of `text` is Vietnamese in TCVN3 or VNI and nothing as it stands."""
    return any(map(_is_legacy_word, _WORD.findall(unicodedata.normalize("NFC", text))))


def _is_legacy_word(word: str) -> bool:
    bare = word.strip("«»©®\u00ad")
    has_plain_letter = any(char.isascii() and char.isalpha() for char in bare)
    if bare.isascii() or not has_plain_letter or _UNICODE_ONLY.search(bare):
        return False
    if word in _NOT_LEGACY or _is_syllable(bare):
        return False
    return _is_syllable(word.translate(_TCVN3)) or _is_syllable(_from_vni(word))


def _from_vni(word: str) -> str:
    def composed(pair: re.Match[str]) -> str:
        base = pair[1].translate(_VNI_LETTERS)
        return unicodedata.normalize("NFC", base + _VNI_MARKS[pair[2]])

    pieces, end = [], 0
    lower = word.lower()
    for pair in _VNI_PAIR.finditer(lower):
        pieces += [lower[end : pair.start()].translate(_VNI_LETTERS), composed(pair)]
        end = pair.end()
    return "".join([*pieces, lower[end:].translate(_VNI_LETTERS)])


def _is_syllable(word: str) -> bool:
    """Whether `word` could be one Vietnamese syllable, with one tone at most."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    letters, tones = _TONE_MARKS.subn("", decomposed)
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", letters)))
