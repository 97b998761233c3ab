"""How like blurred print is to what a form prints: letters that scans take for each other, and few errors."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from pipeline.recognition._cues import keyed

LETTERS_AN_ERROR = 8
"""Print may differ by one letter in so many."""
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("ø0öóòôõð", "o"),
        **dict.fromkeys("åäáàâã", "a"),
        **dict.fromkeys("1iíìîïltj!|", "l"),
        **dict.fromkeys("éèêë", "e"),
        **dict.fromkeys("5", "s"),
        **dict.fromkeys("8", "b"),
        **dict.fromkeys("v", "u"),
    }
)


def skeleton(key: str) -> str:
    """A key with the letters that scans take for each other made one."""
    return key.translate(_ALIKE).replace("æ", "ae").replace("rn", "m")


def by_length(phrases: dict[str, tuple[str, ...]]) -> dict[int, list[tuple[str, tuple[str, ...]]]]:
    found: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    for bones, words in phrases.items():
        found.setdefault(len(bones), []).append((bones, words))
    return found


def nearest(bones: str, by_length: dict[int, list[tuple[str, tuple[str, ...]]]]) -> tuple[str, ...] | None:
    """The print whose skeleton is nearest and near enough; its end must be the same (endings have meaning)."""
    most = len(bones) // LETTERS_AN_ERROR
    best: tuple[str, ...] | None = None
    least = most + 1
    for length in range(len(bones) - most, len(bones) + most + 1):
        for other, words in by_length.get(length, ()):
            if other[-2:] != bones[-2:] or (other[0] != bones[0] and other[1:] != bones[1:]):
                continue
            away = Levenshtein.distance(bones, other, score_cutoff=least - 1)
            if away < least:
                best, least = words, away
                if away == 0:
                    return best
    return best


def same_words(keys: list[str], printed: tuple[str, ...]) -> bool:
    """Whether no word is there too many or too few: blurred print loses letters and spaces, and hardly a whole word."""
    seen, known = (
        [skeleton(key) for key in keys if key],
        [skeleton(key) for key in map(keyed, printed) if key],
    )
    if len(seen) == len(known):
        return True
    away = Levenshtein.distance("".join(seen), "".join(known))
    return not any(
        len(word) > 1
        and Levenshtein.distance("".join(more[:at] + more[at + 1 :]), "".join(other)) <= away - len(word)
        for more, other in ((seen, known), (known, seen))
        for at, word in enumerate(more)
    )
