"""``case merge`` and ``case split``: two cases about one person."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.cli import _show


def merge(kept: str, gone: str, *, same_person: bool, as_json: bool) -> None:
    """Join the second case to the first."""
    from pipeline import flow
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        done = flow.merge_cases(desk, kept, gone, same_person=same_person, say=_show.say)
    _told(done, f"Sak {gone} er slått sammen med sak {kept}.", as_json=as_json)


def split(kept: str, gone: str, *, as_json: bool) -> None:
    """Part the second case from the first."""
    from pipeline import flow
    from pipeline.wiring import open_desk

    with open_desk(_show.home(), working=True) as desk:
        done = flow.split_cases(desk, kept, gone, say=_show.say)
    _told(done, f"Sak {gone} er skilt fra sak {kept}.", as_json=as_json)


def _told(done: Mapping[str, object], text: str, *, as_json: bool) -> None:
    if as_json:
        _show.line(done)
    else:
        _show.say(text)
