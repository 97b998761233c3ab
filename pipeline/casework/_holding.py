"""Whether a consent holds now, for whom, and why not (R-50 to R-58, T-18, T-20)."""

from __future__ import annotations

from datetime import date

from pipeline.casework._outcome import Situation
from pipeline.casework._parties import speaks_for
from pipeline.casework._scope import Cover, read_scope
from pipeline.casework._words import same
from pipeline.domain import Case, Consent, ContactRole, LetterOrder, Member, PartyRole
from pipeline.municipalities import Profile

TEAM_KINDS = ("share", "establish", "register", "voluntary")
"""The consents that «hele samtykket» means: to share, and to the team. A notification's own consent is another matter."""

_ABOUT_TEAM = frozenset(
    {
        "annual-collection",
        "evaluation-reminder",
        "meeting-notice",
        "meeting-reminder",
        "minutes-form",
        "reminder-annual-after",
        "reminder-annual-before",
        "statistics-request",
    }
)
"""The kinds of letters that rest on the consent to the team."""


def holds(case: Case, situation: Situation, kind: str) -> bool:
    """Whether the newest consent of a kind is valid today, the person's age considered (T-18)."""
    ages = situation.profile.ages
    return case.holds(kind, situation.today, own_consent=ages.consent, majority=ages.majority)


def cover(case: Case, situation: Situation, member: Member) -> Cover:
    """Whether the consent to share covers a member: it names them with service, or was given when they already belonged (R-55)."""
    consent = case.consent("share")
    if consent is None or not holds(case, situation, "share"):
        return Cover.NO
    said = read_scope(consent.scope).member(member.name, member.service)
    if said is not Cover.UNSAID:
        return said
    belonged = consent.given_on and member.from_date and consent.given_on >= member.from_date
    return Cover.YES if belonged else Cover.NO


def withdrawn_for(case: Case, member: Member) -> bool:
    """Whether the consent to share with a member was withdrawn, so that they are told nothing more (R-54)."""
    consent = case.consent("share")
    if consent is None:
        return False
    scope = read_scope(consent.scope)
    if consent.withdrawn_on is not None and not scope.entries:
        return True
    if consent.withdrawn_on is not None and any(not e.without for e in scope.entries):
        return True
    return scope.leaves_out(member.name, member.service)


def halted(case: Case, profile: Profile, order: LetterOrder, on: date) -> bool:
    """Whether a letter that is not yet sent rests on a consent that was withdrawn, or to a registration that isn't consented to (R-54, R-61)."""
    if order.to.role is PartyRole.MEMBER and case.team is not None:
        parts = order.key.split(":")
        meant = [m for m in case.team.members if m.id in parts] or [
            m for m in case.team.members if same(m.name, order.to.name)
        ]
        if any(withdrawn_for(case, member) for member in meant):
            return True
    if order.kind not in _ABOUT_TEAM:
        return False
    newest = [one for kind in ("establish", "register") if (one := case.consent(kind)) is not None]
    if any(one.withdrawn_on is not None for one in newest):
        return True
    ages = profile.ages
    return profile.consent.registration_required and not case.holds(
        "register", on, own_consent=ages.consent, majority=ages.majority
    )


def lapsed(case: Case, profile: Profile, consent: Consent, on: date) -> bool:
    """Whether a consent counts no longer because of the person's age (T-18, T-20)."""
    ends = case.lapses_on(consent, own_consent=profile.ages.consent, majority=profile.ages.majority)
    return ends is not None and on >= ends


def standing(case: Case, profile: Profile, consent: Consent, on: date) -> str:
    """Why a consent doesn't count on a day, in a Norwegian sentence; ``""`` when it does."""
    if consent.withdrawn_on is not None:
        return f"Trukket tilbake eller avsluttet {consent.withdrawn_on.isoformat()}."
    if not consent.granted:
        return "Det er ikke gitt: ruten sto tom."
    if not consent.signed:
        return "Underskriften mangler, eller en underskrift til."
    if case.consent(consent.kind) != consent:
        return "Et nyere samtykke gjelder i stedet."
    if lapsed(case, profile, consent, on):
        return "Den det gjelder er blitt gammel nok til å samtykke selv, og må gi eget samtykke."
    return ""


def asked_for(case: Case, situation: Situation) -> bool:
    """Whether the person or somebody who speaks for them has asked or consented (``appointment.user_wish_required``).

    A wish that a parent voiced in time isn't undone by a birthday; a consent to a team is (T-18).
    """
    if case.consented("process") or case.consented("oral") or holds(case, situation, "establish"):
        return True
    reporters = (contact.name for contact in case.contacts if contact.role is ContactRole.REPORTER)
    return any(speaks_for(case, name, situation.law, situation.today) for name in reporters)
