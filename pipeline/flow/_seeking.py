"""From the reminders' questions to the cases they ask for: each answered by an index of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pipeline.domain import Case, MatterKind
from pipeline.municipalities import DateSource
from pipeline.reminders import Question
from pipeline.store import Register


def candidates(register: Register, asked: Iterable[Question]) -> Iterator[Case]:
    """The cases in which something may be due, each once: the open ones, and ended ones that a rule asks for (B.2, B.12)."""
    ids: set[str] = set()
    ended: set[str] = set()
    across: set[tuple[object, ...]] = set()
    for question in asked:
        # What is asked without regard to municipality is asked once.
        same = (question.source, question.rule, question.since, question.until)
        if question.source in _ACROSS and same in across:
            continue
        across.add(same)
        found = _ANSWERS[question.source](register, question)
        (ended if question.closed else ids).update(found)
    return register.cases_by_id(ids, ended=ended)


def _designations(register: Register, asked: Question) -> list[str]:
    return register.due_designations(until=asked.until) if asked.until is not None else []


def _received(register: Register, asked: Question) -> list[str]:
    return register.undecided(asked.municipality, until=asked.until) if asked.until is not None else []


def _reports(register: Register, asked: Question) -> list[str]:
    claimed = (asked.rule, asked.claimed) if asked.claimed is not None else None
    return register.active_teams(asked.municipality, unreported=asked.year, claimed=claimed)


def _teams(register: Register, asked: Question) -> list[str]:
    claimed = (asked.rule, asked.claimed) if asked.claimed is not None else None
    return register.active_teams(asked.municipality, established_by=asked.until, claimed=claimed)


def _gaps(register: Register, asked: Question) -> list[str]:
    if not asked.consents:
        return []
    claimed = (asked.rule, asked.claimed) if asked.claimed is not None else None
    return register.active_teams(
        asked.municipality,
        established_by=asked.until,
        unconsented=asked.consents,
        ages=asked.ages,
        claimed=claimed,
    )


def _evaluations(register: Register, asked: Question) -> list[str]:
    return register.active_teams(asked.municipality, evaluated_by=asked.until)


def _coordinated(register: Register, asked: Question) -> list[str]:
    claimed = (asked.rule, asked.claimed) if asked.claimed is not None else None
    return register.coordinated(asked.municipality, claimed=claimed)


def _deputies(register: Register, asked: Question) -> list[str]:
    claimed = (asked.rule, asked.claimed) if asked.claimed is not None else None
    return register.coordinated(asked.municipality, without_deputy=True, claimed=claimed)


def _born(register: Register, asked: Question) -> list[str]:
    if asked.until is None:
        return []
    return register.born_between(asked.municipality, since=asked.since, until=asked.until)


def _expected(register: Register, asked: Question) -> list[str]:
    return register.expected_by(asked.municipality, until=asked.until) if asked.until is not None else []


def _matters(kind: MatterKind, *, by_due: bool) -> Callable[[Register, Question], list[str]]:
    def found(register: Register, asked: Question) -> list[str]:
        if asked.until is None:
            return []
        return register.running_matters(kind, since=asked.since, until=asked.until, by_due=by_due)

    return found


_ANSWERS: Mapping[DateSource, Callable[[Register, Question], list[str]]] = {
    DateSource.REPLY_DUE: _designations,
    DateSource.RECEIVED: _received,
    DateSource.REPORT_YEAR: _reports,
    DateSource.STATISTICS_DAY: _coordinated,
    DateSource.MEETING: _matters(MatterKind.MEETING, by_due=False),
    DateSource.MEETINGS_IN_YEAR: _teams,
    DateSource.EVALUATION: _evaluations,
    DateSource.BIRTHDAY: _born,
    DateSource.LIFE_PHASE: _born,
    DateSource.CONSENT_GAP: _gaps,
    DateSource.CONSENT_RENEWAL: _matters(MatterKind.CONSENT_RENEWAL, by_due=False),
    DateSource.DEPUTY_MISSING: _deputies,
    DateSource.EXPECTED_BIRTH: _expected,
    DateSource.INTERIM_REPLY: _matters(MatterKind.INTERIM_REPLY, by_due=True),
    DateSource.PRIOR_NOTICE: _matters(MatterKind.PRIOR_NOTICE, by_due=True),
    DateSource.COMPLAINT: _matters(MatterKind.COMPLAINT, by_due=False),
    DateSource.DEVIATION: _matters(MatterKind.DEVIATION, by_due=True),
}
_ACROSS = frozenset(
    {
        DateSource.REPLY_DUE,
        DateSource.MEETING,
        DateSource.CONSENT_RENEWAL,
        DateSource.INTERIM_REPLY,
        DateSource.PRIOR_NOTICE,
        DateSource.COMPLAINT,
        DateSource.DEVIATION,
    }
)
"""Sources whose question is the same for every municipality."""
