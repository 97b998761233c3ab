"""What a person fills in on the project's own six forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tests.generated.people import NOTES, SERVICES, Draw
from tests.generated.written import Entry, Filling, empty, line

PLACES = ("Brekstad", "Sjøvegan", "Raufoss", "Dokka", "Løten", "Mo i Rana", "Kárášjohka")
LANGUAGES = ("somali", "Nordsamisk", "tegnspråk", "Ukrainsk (telefontolk)")
REASONS = (
    "Vi venter på at den nye ergoterapeuten begynner.",
    "Ingen i avdelingen har kapasitet før påske.",
    "Familien ønsker en annen tjeneste.",
    "Målene er nådd, og skolen følger opp videre.",
    "Behovet er ikke lenger sammensatt.",
    "- Flytter til en annen kommune i august",
    "Hun vil klare seg med støtte fra NAV & fastlegen.",
    "Dato for siste møte var 3. mai.",
)
KEPT_BACK = (
    "Det som gjelder foreldrenes helse",
    "Journalen fra BUP",
    "opplysninger om økonomien min",
    "Alt fra før 2020 & det som står i barnevernsaken",
)
SHARERS = ("gp", "health_nurse", "care_services", "specialist", "school", "ppt", "child_welfare", "nav")
INFORMATION = ("health", "daily_life", "learning", "family", "finances", "plan")
QUESTIONS = (
    "evaluation.goals_reached",
    "evaluation.measures_work",
    "evaluation.services_work",
    "evaluation.cooperation_works",
    "evaluation.right_members",
    "evaluation.user_took_part",
)
WISHES = ("continue.coordinator", "continue.care_group", "continue.individual_plan")


def tick(on: bool) -> Entry:
    return Entry(value=on)


def subject(draw: Draw) -> dict[str, Entry]:
    number = f"{draw.rng.randint(2024, 2026)}/{draw.rng.randint(1, 999)}"
    return {
        "recipient.name": draw.maybe(draw.person(), empty_share=0.04),
        "recipient.birth_date": draw.maybe(draw.birth(), empty_share=0.1),
        "case.number": draw.maybe(line(number), empty_share=0.6),
    }


def signature(draw: Draw, *, none_share: float = 0.3) -> Entry:
    roll = draw.rng.random()
    if roll < none_share:
        return Entry(value=False)
    if roll < none_share + 0.15:
        return Entry(written=(draw.name(),), value=False, mark="typed")
    return Entry(value=True, mark="picture")


def several(draw: Draw, choices: tuple[str, ...], *, most: int = 3, empty_share: float = 0.35) -> Entry:
    lines = tuple(draw.rng.sample(choices, draw.rng.randint(1, most)))
    return draw.maybe(Entry(written=lines, value=" ".join(lines)), empty_share=empty_share)


def rows(written: list[dict[str, Entry]], columns: tuple[str, ...]) -> Entry:
    value = []
    for row in written:
        values = {column: row[column].value if column in row else None for column in columns}
        if any(item not in (None, False) for item in values.values()):
            value.append(values)
    return Entry(value=value, rows=tuple(written))


def answers(draw: Draw, keys: Iterable[str]) -> dict[str, Entry]:
    entries = {}
    for key in keys:
        entries[key] = tick(draw.chance(0.6)) if draw.chance(0.75) else empty()
        entries[f"{key}_note"] = draw.maybe(draw.text(NOTES), empty_share=0.6)
    return entries


def lacking(filling: Filling, *required: str) -> None:
    filling.problems += [(key,) for key in required if not filling.truth[key]]


def exactly_one(filling: Filling, *keys: str) -> None:
    if sum(bool(filling.truth[key]) for key in keys) != 1:
        filling.problems.append(keys)


def any_of(filling: Filling, *keys: str) -> None:
    if not any(filling.truth[key] for key in keys):
        filling.problems.append(keys)


def needs(filling: Filling, box: str, wanted: str) -> None:
    if filling.truth[box] and not filling.truth[wanted]:
        filling.problems.append((wanted,))


def collaboration_consent(draw: Draw, emoji: str) -> Filling:
    entries = subject(draw)
    for key in SHARERS:
        entries[f"share_with.{key}"] = tick(draw.chance(0.45))
    entries["share_with.other"] = draw.maybe(draw.text(SERVICES), empty_share=0.6)
    people = [
        {
            "name": draw.person(),
            "allowed": tick(draw.chance(0.75)),
            "service": draw.maybe(draw.text(SERVICES), empty_share=0.25),
            "information": draw.maybe(draw.text(("Skole", "bare møtereferater", "Helse")), empty_share=0.5),
        }
        for _ in range(draw.rng.randint(0, 4))
    ]
    entries["persons"] = rows(people, ("name", "allowed", "service", "information"))
    for key in INFORMATION:
        entries[f"information.{key}"] = tick(draw.chance(0.5))
    entries["information.except"] = several(draw, KEPT_BACK, most=2, empty_share=0.6)
    for key in ("consents.share", "consents.voluntary"):
        entries[key] = tick(draw.chance(0.85))
    entries["place"] = draw.maybe(draw.text(PLACES), empty_share=0.1)
    entries["date"] = draw.maybe(draw.date(), empty_share=0.08)
    entries["signed"] = signature(draw)
    entries["guardian.name"] = draw.maybe(draw.person(), empty_share=0.5)
    entries["guardian.signed"] = signature(draw, none_share=0.5)
    entries["second_guardian.signed"] = signature(draw, none_share=0.7)
    filling = Filling(form="collaboration-consent", entries=entries)
    lacking(filling, "recipient.name", "date", "consents.share")
    any_of(filling, "signed", "guardian.signed", "second_guardian.signed")
    any_of(filling, *(f"share_with.{key}" for key in (*SHARERS, "other")), "persons")
    any_of(filling, *(f"information.{key}" for key in INFORMATION), "persons")
    return filling


def consent_withdrawal(draw: Draw, emoji: str) -> Filling:
    entries = subject(draw)
    for key in ("all", "persons", "information"):
        entries[f"withdraws.{key}"] = tick(draw.chance(0.4))
    people = [
        {"name": draw.person(), "service": draw.maybe(draw.text(SERVICES), empty_share=0.3)}
        for _ in range(draw.rng.randint(0, 4))
    ]
    entries["persons"] = rows(people, ("name", "service"))
    entries["withdrawn_information"] = several(draw, KEPT_BACK, empty_share=0.5)
    entries["remarks"] = several(draw, REASONS, most=2, empty_share=0.6)
    entries["place"] = draw.maybe(draw.text(PLACES), empty_share=0.1)
    entries["date"] = draw.maybe(draw.date(), empty_share=0.08)
    entries["signed"] = signature(draw)
    entries["guardian.name"] = draw.maybe(draw.person(), empty_share=0.5)
    entries["guardian.signed"] = signature(draw, none_share=0.5)
    filling = Filling(form="consent-withdrawal", entries=entries)
    lacking(filling, "recipient.name", "date")
    any_of(filling, "signed", "guardian.signed")
    any_of(filling, *(f"withdraws.{key}" for key in ("all", "persons", "information")))
    needs(filling, "withdraws.persons", "persons")
    needs(filling, "withdraws.information", "withdrawn_information")
    return filling


def coordinator_designation(draw: Draw, emoji: str) -> Filling:
    entries = subject(draw)
    done = draw.chance(0.7)
    entries["department"] = draw.maybe(draw.text(SERVICES), empty_share=0.1)
    entries["designation.done"] = tick(done)
    entries["designation.not_yet"] = tick(not done and draw.chance(0.9))
    for role, share in (("coordinator", 0.05 if done else 0.9), ("deputy", 0.5)):
        absent = draw.chance(share)
        entries[f"{role}.name"] = empty() if absent else draw.person()
        entries[f"{role}.service"] = empty() if absent else draw.maybe(draw.text(SERVICES), empty_share=0.15)
        entries[f"{role}.contact"] = empty() if absent else draw.maybe(draw.contact(), empty_share=0.2)
    entries["from_date"] = draw.maybe(draw.date(), empty_share=0.1) if done else empty()
    for key in ("time", "training", "user_told"):
        entries[f"prepared.{key}"] = tick(done and draw.chance(0.7))
    entries["reason"] = several(draw, REASONS, empty_share=0.8 if done else 0.1)
    entries["answer_by"] = empty() if done else draw.maybe(draw.date())
    entries["completed_by"] = draw.maybe(draw.person(), empty_share=0.06)
    entries["date"] = draw.maybe(draw.date(), empty_share=0.06)
    entries["signed"] = signature(draw)
    filling = Filling(form="coordinator-designation", entries=entries)
    lacking(filling, "recipient.name", "completed_by", "date")
    exactly_one(filling, "designation.done", "designation.not_yet")
    needs(filling, "designation.done", "coordinator.name")
    needs(filling, "designation.done", "from_date")
    needs(filling, "designation.not_yet", "reason")
    return filling


def closure_notice(draw: Draw, emoji: str) -> Filling:
    entries = subject(draw)
    entries["coordinator.name"] = draw.maybe(draw.person(), empty_share=0.1)
    entries["coordinator.service"] = draw.maybe(draw.text(SERVICES), empty_share=0.2)
    for key in ("coordinator", "care_group", "individual_plan"):
        entries[f"closes.{key}"] = tick(draw.chance(0.6))
    chosen = draw.rng.choice(("agreed", "agreed", "disagreed", "not_asked", ""))
    for key in ("agreed", "disagreed", "not_asked"):
        entries[f"agreement.{key}"] = tick(key == chosen)
    entries["ends_on"] = draw.maybe(draw.date(), empty_share=0.2)
    entries["reason"] = several(draw, REASONS, empty_share=0.2)
    entries["user_view"] = several(draw, REASONS, most=2, empty_share=0.5)
    entries["follow_up"] = several(draw, REASONS, most=2, empty_share=0.5)
    for key in ("members", "manager"):
        entries[f"told.{key}"] = tick(draw.chance(0.5))
    entries["completed_by"] = draw.maybe(draw.person(), empty_share=0.06)
    entries["date"] = draw.maybe(draw.date(), empty_share=0.06)
    entries["signed"] = signature(draw)
    filling = Filling(form="closure-notice", entries=entries)
    lacking(filling, "recipient.name", "completed_by", "date")
    any_of(filling, "closes.coordinator", "closes.care_group", "closes.individual_plan")
    exactly_one(filling, *(f"agreement.{key}" for key in ("agreed", "disagreed", "not_asked")))
    return filling


def service_request(draw: Draw, emoji: str) -> Filling:
    asked = ("coordinator", "child_coordinator", "individual_plan", "care_group")
    entries = {f"requested.{key}": tick(draw.chance(0.45)) for key in asked}
    senders = ("self", "guardian", "relative", "service")
    chosen = draw.rng.choice((*senders, ""))
    for key in senders:
        entries[f"sender.{key}"] = tick(key == chosen)
    entries["reported_by"] = draw.maybe(draw.person(), empty_share=0.15)
    entries["reporter.service"] = draw.maybe(
        draw.text(SERVICES), empty_share=0.1 if chosen == "service" else 0.8
    )
    contact = draw.contact()  # one line is all the room there is
    entries["reporter.contact"] = draw.maybe(replace(contact, written=("; ".join(contact.written),)))
    unborn = draw.chance(0.1)
    entries["recipient.name"] = draw.maybe(draw.person(), empty_share=0.04)
    entries["recipient.birth_date"] = empty() if unborn else draw.maybe(draw.birth(), empty_share=0.1)
    entries["recipient.due_date"] = draw.due() if unborn else empty()
    entries["recipient.address"] = draw.maybe(draw.address())
    entries["recipient.postal_place"] = draw.maybe(draw.place())
    entries["recipient.phone"] = draw.maybe(draw.phone())
    entries["recipient.email"] = draw.maybe(draw.email())
    entries["guardian.name"] = draw.maybe(draw.person(), empty_share=0.6)
    entries["interpreter"] = draw.maybe(draw.text(LANGUAGES), empty_share=0.7)
    entries["services"] = rows(
        [
            {
                "service": draw.maybe(draw.text(SERVICES), empty_share=0.05),
                "contact": draw.maybe(draw.person(), empty_share=0.2),
            }
            for _ in range(draw.rng.randint(0, 4))
        ],
        ("service", "contact"),
    )
    entries["needs"] = draw.maybe(draw.needs(emoji=emoji), empty_share=0.15)
    entries["proposed_coordinator"] = draw.maybe(draw.person(), empty_share=0.5)
    entries["consents.process"] = tick(draw.chance(0.8))
    entries["place"] = draw.maybe(draw.text(PLACES), empty_share=0.15)
    entries["date"] = draw.maybe(draw.date(), empty_share=0.08)
    entries["signed"] = signature(draw)
    filling = Filling(form="service-request", entries=entries)
    lacking(filling, "recipient.name", "date", "signed")
    any_of(filling, *(f"requested.{key}" for key in asked))
    any_of(filling, *(f"recipient.{key}" for key in ("birth_date", "due_date", "address", "phone")))
    exactly_one(filling, *(f"sender.{key}" for key in senders))
    needs(filling, "sender.service", "reporter.service")
    return filling


def team_evaluation(draw: Draw, emoji: str) -> Filling:
    entries = subject(draw)
    entries["coordinator.name"] = draw.maybe(draw.person(), empty_share=0.1)
    entries["evaluated_on"] = draw.maybe(draw.date(), empty_share=0.08)
    entries |= answers(draw, QUESTIONS)
    for key in ("works_well", "changes", "new_goals"):
        entries[key] = several(draw, REASONS)
    entries |= answers(draw, WISHES)
    entries["next_evaluation"] = draw.maybe(draw.date(), empty_share=0.2)
    entries["date"] = draw.maybe(draw.date(), empty_share=0.08)
    entries["completed_by"] = draw.maybe(draw.person(), empty_share=0.06)
    filling = Filling(form="team-evaluation", entries=entries)
    lacking(filling, "recipient.name", "evaluated_on", "date", "completed_by")
    return filling


FORMS = {
    "collaboration-consent": collaboration_consent,
    "consent-withdrawal": consent_withdrawal,
    "coordinator-designation": coordinator_designation,
    "closure-notice": closure_notice,
    "service-request": service_request,
    "team-evaluation": team_evaluation,
}
