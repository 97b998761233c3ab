"""A new consent when the team, the information or the person's age outgrows the one there is (R-55, T-18)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.casework._delivery import tell_family
from pipeline.casework._holding import TEAM_KINDS, cover, holds, lapsed
from pipeline.casework._ledger import Ledger
from pipeline.casework._parties import age_on, internal
from pipeline.casework._scope import INFORMATION, Cover, Entry, Scope, person_entry, read_scope
from pipeline.casework._words import capital, same
from pipeline.domain import Fact, Matter, MatterKind, Measure, Member, PartyRole

_TASKS = ("reconsent", "reconsent-doubt", "own-consent")


def compare_team(ledger: Ledger, joined: Sequence[Member], moved: Sequence[Member] = ()) -> None:
    """Compare a team's new members with what was consented to; ``moved``: known by name, but now of another service (R-55)."""
    case, situation = ledger.case, ledger.situation
    found = [(member, cover(case, situation, member)) for member in joined]
    for member in moved:
        named = _scope(ledger).names_somebody
        said = cover(case, situation, member)
        found.append((member, said if named or said is not Cover.YES else Cover.DOUBT))
    missing = [member for member, said in found if said is Cover.NO]
    asked = "team_change" in situation.profile.consent.reconsent_on
    told = _scope(ledger).names_somebody and holds(case, situation, "share")
    if not (asked or told):
        return
    team = capital(situation.profile.terms.team_definite)
    if any(said is Cover.DOUBT for _, said in found):
        ledger.task(
            "reconsent-doubt",
            f"{team} har en deltaker som samtykket kanskje dekker: bare navnet stemmer, eller bare nesten tjenesten. Se i samtykket,"
            " og innhent et nytt hvis det ikke er den samme.",
            rule="R-55",
        )
    if missing:
        ledger.task(
            "reconsent", f"{team} har fått en deltaker som ingen samtykker dekker. Innhent nytt samtykke.", rule="R-55"
        )  # fmt: skip
        if asked:
            ask_anew(ledger, members=missing)


def compare_information(ledger: Ledger, kind: str) -> None:
    """Compare a kind of information that a message brings with what was consented to (R-55)."""
    situation = ledger.situation
    said = _scope(ledger).information(kind) if holds(ledger.case, situation, "share") else Cover.NO
    asked = "information_type_change" in situation.profile.consent.reconsent_on
    # A consent that names no kinds is to share what is relevant, whatever it is.
    if said in (Cover.YES, Cover.UNSAID) or not (asked or _scope(ledger).names_information):
        return
    ledger.task(
        "reconsent",
        f"Det er kommet opplysninger som samtykket ikke sikkert dekker: {INFORMATION[kind]}. Innhent nytt samtykke før de deles.",
        rule="R-55",
    )
    if asked and said is Cover.NO:
        ask_anew(ledger, information=(kind,))


def review_age(ledger: Ledger) -> None:
    """From the birthday of own consent, what others consented to must be consented to anew; said once for each age (T-18, T-20)."""
    case, situation = ledger.case, ledger.situation
    born, profile = case.person.birth_date, situation.profile
    if born is None or not case.open or case.person.deceased_on is not None or not _lapsed(ledger):
        return
    reached = [
        age for age in (profile.ages.consent, profile.ages.majority) if age_on(born, situation.today) >= age
    ]
    age = max(reached, default=profile.ages.consent)
    mark = f"age:{age}"
    if any(mark in matter.scope for matter in case.matters_of(MatterKind.CONSENT_RENEWAL)):
        return
    ledger.task(
        "own-consent",
        f"Den det gjelder har fylt {age} år. Samtykke som andre ga før det, gjelder ikke lenger: den det gjelder må gi eget samtykke.",
        rule="T-18",
    )
    ask_anew(ledger, age=age)


def ask_anew(
    ledger: Ledger,
    *,
    members: Sequence[Member] = (),
    information: Sequence[str] = (),
    age: int | None = None,
) -> None:
    """Open (or widen) the renewal and write to the coordinator and the family, once for each thing that lacks consent."""
    entries = [entry.text for m in members if (entry := _entry(m)) is not None]
    entries += [Entry(kind="information", name=kind).text for kind in information]
    entries += [f"age:{age}"] if age is not None else []
    running = next(iter(_running(ledger)), None)
    fresh = [entry for entry in dict.fromkeys(entries) if running is None or entry not in running.scope]
    if not fresh:
        return
    # The kinds of information in words: a reminder of the renewal says them again.
    words = "; ".join(INFORMATION[kind] for kind in information)
    if running is None:
        arrived = ledger.situation.arrived
        matter = ledger.open_matter(MatterKind.CONSENT_RENEWAL, arrived, scope=tuple(fresh), text=words)
    else:
        text = "; ".join(part for part in (running.text, words) if part)
        matter = ledger.change_matter(running, scope=(*running.scope, *fresh), text=text)
    facts: dict[str, Fact] = {
        "new_members": tuple(m.name for m in members),
        "information": tuple(INFORMATION[kind] for kind in information),
        "turned_age": age,
    }
    _write(ledger, f"{matter.id}-{len(matter.scope)}", facts)


def _write(ledger: Ledger, key: str, facts: dict[str, Fact]) -> None:
    coordinator = ledger.case.coordinator
    employees = ledger.situation.staff.employees
    employee = next((e for e in employees if coordinator is not None and e.id == coordinator.employee), None)
    if employee is None:
        why = (
            "saken har ingen koordinator" if coordinator is None else "koordinatoren står ikke i ansattlisten"
        )
        ledger.no_letter("consent-renewal", why)
    else:
        ledger.order("consent-renewal", internal(PartyRole.COORDINATOR, employee), key, facts)
    # From sixteen the young person alone is asked, whoever holds the right to the measure.
    team = ledger.case.team
    # Who is in it comes before the signature (L-002-2, R-59); the letter itself says how they work and what is shared.
    members = team.present if team is not None and team.active else ()
    told = tuple(dict.fromkeys(_called(member) for member in members))
    tell_family(ledger, "consent-request", key, facts | {"composition": told}, Measure.COORDINATOR)


def _called(member: Member) -> str:
    named = member.name and member.service and not same(member.name, member.service)
    return f"{member.name} ({member.service})" if named else member.name or member.service


def answer_renewal(ledger: Ledger) -> None:
    """Close the renewals that the newest consent covers, and the tasks with them."""
    left = [matter for matter in _running(ledger) if not _answered(ledger, matter)]
    for matter in _running(ledger):
        if matter not in left:
            ledger.change_matter(matter, done_on=ledger.situation.arrived, outcome="covered")
    team = ledger.case.team
    present = team.present if team is not None and team.active else ()
    covered = holds(ledger.case, ledger.situation, "share") and all(
        cover(ledger.case, ledger.situation, member) is Cover.YES for member in present
    )
    if covered and not left:
        ledger.settle("reconsent", "reconsent-doubt")
    if not _lapsed(ledger):
        ledger.settle("own-consent")


def end_renewals(ledger: Ledger, outcome: str) -> None:
    """Nobody is asked any more: the team is dissolved, the case closed or the consent withdrawn."""
    for matter in _running(ledger):
        ledger.change_matter(matter, done_on=ledger.situation.arrived, outcome=outcome)
    ledger.settle(*_TASKS)


def _answered(ledger: Ledger, matter: Matter) -> bool:
    case, situation = ledger.case, ledger.situation
    present = case.team.present if case.team is not None and case.team.active else ()
    for text in matter.scope:
        if text.startswith("age:"):
            if _lapsed(ledger):
                return False
            continue
        entry = read_scope((text,)).entries[0]
        if entry.kind == "information":
            if not holds(case, situation, "share") or _scope(ledger).information(entry.name) in (
                Cover.NO,
                Cover.DOUBT,
            ):
                return False
            continue
        meant = [m for m in present if (found := _entry(m)) is not None and found.text == text]
        if any(cover(case, situation, member) is not Cover.YES for member in meant):
            return False
    return True


def _entry(member: Member) -> Entry | None:
    if same(member.name, member.service):
        return person_entry("", member.service)
    return person_entry(member.name, member.service)


def _running(ledger: Ledger) -> list[Matter]:
    """The renewals that run. One that is ``about`` a document is a form that waits for a consent (R-61), another thing."""
    return [m for m in ledger.case.matters_of(MatterKind.CONSENT_RENEWAL, running=True) if not m.about]


def _lapsed(ledger: Ledger) -> list[str]:
    """The kinds of consent that count no longer because of the person's age."""
    case, situation = ledger.case, ledger.situation
    newest = [case.consent(kind) for kind in (*TEAM_KINDS, "process", "plan")]
    return [
        one.kind
        for one in newest
        if one is not None and one.valid and lapsed(case, situation.profile, one, situation.today)
    ]


def _scope(ledger: Ledger) -> Scope:
    consent = ledger.case.consent("share")
    return read_scope(consent.scope) if consent is not None and consent.valid else Scope()
