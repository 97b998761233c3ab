"""What a person fills in: for each form every field id with what is written and the value meant."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.generated import truth_own
from tests.generated.people import NOTES, OFFICES, RELATIONS, SERVICES, Draw
from tests.generated.printed import AXES, CHECKLIST, PLAN_ROWS
from tests.generated.written import Entry, Filling, empty, line


def tick(on: bool) -> Entry:
    return Entry(value=on)


def need_notification(draw: Draw, emoji: str) -> Filling:
    entries: dict[str, Entry] = {
        f"requested.{kind}": tick(draw.chance(0.45))
        for kind in ("individual_plan", "coordinator", "care_group", "child_coordinator")
    }
    entries["requested.other"] = draw.maybe(
        draw.text(("avlastning i helgene", "Støttekontakt & ferieopphold", "Ledsagerbevis")), empty_share=0.8
    )
    entries["reported_by"] = draw.maybe(draw.person())
    entries["date"] = draw.maybe(draw.date(), empty_share=0.06)
    entries["recipient.name"] = draw.maybe(draw.person(), empty_share=0.03)
    unborn = draw.chance(0.1)
    entries["recipient.birth_date"] = empty() if unborn else draw.maybe(draw.birth(), empty_share=0.1)
    entries["recipient.due_date"] = draw.due() if unborn else empty()
    entries["recipient.address"] = draw.maybe(draw.address())
    entries["recipient.postal_place"] = draw.maybe(draw.place())
    entries["recipient.phone"] = draw.maybe(draw.phone())
    entries["recipient.email"] = draw.maybe(draw.email())
    entries["next_of_kin.name"] = draw.maybe(draw.person())
    entries["next_of_kin.phone"] = draw.maybe(draw.phone())
    entries["next_of_kin.relation"] = draw.maybe(draw.text(RELATIONS))
    entries["gp.name"] = draw.maybe(draw.person())
    entries["gp.office"] = draw.maybe(draw.text(OFFICES))
    entries["guardian.name"] = draw.maybe(draw.person(), empty_share=0.6)
    entries["services"] = rows(
        [
            {
                "service": draw.maybe(draw.text(SERVICES), empty_share=0.05),
                "contact": draw.maybe(draw.person(), empty_share=0.2),
            }
            if number < used
            else {}
            for used in [draw.rng.randint(0, 4)]
            for number in range(4)
        ],
        ("service", "contact"),
    )
    entries["needs"] = draw.maybe(draw.needs(emoji=emoji), empty_share=0.15)
    entries["proposed_coordinator"] = draw.maybe(draw.person(), empty_share=0.5)
    entries["consent.signatures"] = rows(
        [signature_row(draw), signature_row(draw, 0.6)], ("place", "date", "name", "signed")
    )
    oral = draw.chance(0.3)
    entries["oral_consent.date"] = draw.date() if oral else empty()
    entries["oral_consent.service"] = draw.text(SERVICES) if oral else empty()
    spoken = draw.phone() if draw.chance(0.5) else draw.email()
    entries["oral_consent.contact"] = line(" ".join(spoken.written[0].split())) if oral else empty()
    entries["oral_consent.signed"] = signed(draw, none_share=0.1) if oral else Entry(value=False)
    filling = Filling(form="need-notification", entries=entries)
    truth = filling.truth
    if not truth["recipient.name"]:
        filling.problems.append(("recipient.name",))
    if not any(truth[f"recipient.{key}"] for key in ("birth_date", "due_date", "address", "phone")):
        filling.problems.append(
            ("recipient.birth_date", "recipient.due_date", "recipient.address", "recipient.phone")
        )
    asked = [key for key in truth if key.startswith("requested.")]
    if not any(truth[key] for key in asked):
        filling.problems.append(tuple(asked))
    if not truth["date"]:
        filling.problems.append(("date",))
    if not truth["oral_consent.signed"] and not any(row["signed"] for row in truth["consent.signatures"]):
        filling.problems.append(("consent.signatures", "oral_consent.signed"))
    return filling


def signed(draw: Draw, *, none_share: float = 0.3) -> Entry:
    roll = draw.rng.random()
    if roll < none_share:
        return Entry(value=False)
    if roll < none_share + 0.25:
        return Entry(written=(draw.name(),), value=False, mark="typed")
    return Entry(value=True, mark="picture")


def signature_row(draw: Draw, empty_share: float = 0.3) -> dict[str, Entry]:
    if draw.chance(empty_share):
        return {}
    place = draw.rng.choice(("Brekstad", "Bjugn", "Kárášjohka", "Mo i Rana", "Åfjord"))
    day = draw.date()
    mark = signed(draw, none_share=0.1)
    name = line(mark.written[0]) if mark.mark == "typed" else empty()
    return {
        "place": line(place),
        "date": day,
        "name": name,
        "signed": Entry(value=mark.value, mark=mark.mark),
    }


def rows(written: list[dict[str, Entry]], columns: tuple[str, ...]) -> Entry:
    """A rows field; a row of which nothing is written is left out of the value."""
    value = []
    for row in written:
        values = {column: row[column].value if column in row else None for column in columns}
        if any(item not in (None, False) for item in values.values()):
            value.append(values)
    return Entry(value=value, rows=tuple(written))


def group_report(draw: Draw, emoji: str) -> Filling:
    chosen = draw.rng.choice(("dissolution", "change", "annual"))
    entries = {f"kind.{kind}": tick(kind == chosen) for kind in ("dissolution", "change", "annual")}
    entries["recipient.name"] = draw.maybe(draw.person(), empty_share=0.04)
    entries["recipient.birth_date"] = draw.maybe(draw.birth(), empty_share=0.06)
    entries["recipient.address"] = draw.maybe(draw.address())
    entries["recipient.phone"] = draw.maybe(draw.phone())
    entries["next_of_kin.name"] = draw.maybe(draw.person())
    entries["next_of_kin.phone"] = draw.maybe(draw.phone())
    for role, share in (("coordinator", 0.05), ("deputy", 0.4)):
        absent = draw.chance(share)
        entries[f"{role}.name"] = empty() if absent else draw.person()
        entries[f"{role}.service"] = empty() if absent else draw.maybe(draw.text(SERVICES), empty_share=0.15)
        entries[f"{role}.contact"] = empty() if absent else draw.maybe(draw.contact(), empty_share=0.2)
    for key, most in (("members", 8), ("on_call_members", 3)):
        entries[key] = rows(
            [member(draw) for _ in range(draw.rng.randint(0, most))], ("name", "service", "contact")
        )
    plans = ("IOP", "Treningsplan og pleieplan", "IOP fra høsten, aktivitetsplan", "Omsorgsplan & IOP")
    entries["other_plans"] = draw.maybe(draw.text(plans), empty_share=0.5)
    for key in PLAN_ROWS:
        entries[key] = tick(draw.chance(0.5)) if draw.chance(0.65) else empty()
        entries[f"{key}_note"] = draw.maybe(draw.text(NOTES), empty_share=0.7)
    entries["plan.not_today"] = tick(draw.chance(0.3))
    entries["plan.not_today_note"] = draw.maybe(draw.text(NOTES), empty_share=0.8)
    entries["completed_by"] = draw.maybe(draw.person(), empty_share=0.07)
    filling = Filling(form="group-report", entries=entries)
    required = ["recipient.name", "recipient.birth_date", "completed_by"]
    if chosen != "dissolution":
        required.append("coordinator.name")
    filling.problems += [(key,) for key in required if entries[key].value is None]
    return filling


def member(draw: Draw) -> dict[str, Entry]:
    return {
        "name": draw.person(),
        "service": draw.maybe(draw.text(SERVICES), empty_share=0.15),
        "contact": draw.maybe(draw.contact(), empty_share=0.25),
    }


def needs_checklist(draw: Draw, emoji: str) -> Filling:
    busy = draw.rng.choice((0.1, 0.4, 0.8))
    written: list[dict[str, Entry]] = []
    for words, axes, _ in CHECKLIST:
        written.append(checklist_row(draw, words.removesuffix(":"), axes if draw.chance(busy) else ""))
    for _ in range(2):
        own = draw.rng.choice(("Trenger tolk", "Syn & hørsel", "Tilrettelagt transport til skolen"))
        blank = draw.chance(0.6)
        written.append(checklist_row(draw, "" if blank else own, "" if blank else "cbk"))
    entries = {
        "items": Entry(
            value=[
                {"item": row["item"].value, **{axis: row[axis].value for axis in AXES.values()}}
                for row in written
                if any(row[axis].value is not None for axis in AXES.values())
            ],
            rows=tuple(written),
        ),
        "items_other": draw.maybe(
            draw.text(("Logoped", "Flyktningtjenesten", "Krisesenter i Trondheim")), empty_share=0.6
        ),
        "items_annet": draw.maybe(
            draw.text(("Trygghetsalarm", "Matombringing & tilsyn", "Syn- og hørselskontakt")), empty_share=0.6
        ),
    }
    for key in ("plan.entitled", "plan.wanted", "plan.consented"):
        entries[key] = tick(draw.chance(0.6)) if draw.chance(0.7) else empty()
        entries[f"{key}_note"] = draw.maybe(draw.text(NOTES), empty_share=0.6)
    return Filling(form="needs-checklist", entries=entries)


def checklist_row(draw: Draw, item: str, axes: str) -> dict[str, Entry]:
    """One line of the checklist; at least one tick when `axes` names any."""
    row = {"item": line(item) if item else empty(), **{axis: empty() for axis in AXES.values()}}
    if axes:
        must = draw.rng.choice(axes)
        for letter in axes:
            if letter == must or draw.chance(0.5):
                row[AXES[letter]] = tick(draw.chance(0.7))
    return row


def stakeholder_map(draw: Draw, emoji: str) -> Filling:
    words = {
        "welfare_services": (
            "Opphaug skole, 3. trinn",
            "Kontakt: Liv Moen",
            "Saksbehandler er byttet i mai",
            "PP-rådgiver kommer ukentlig",
        ),
        "family_network": (
            "Mor og far, bor sammen",
            "Besteforeldre på Bjugn",
            "Storebror (19)",
            "Nabo & god venn",
        ),
        "health_services": (
            "Dr. Ås ved Fosen legesenter",
            "time hver 6. uke",
            "BUP siden 2024",
            "Annenhver helg",
        ),
        "leisure": ("Svømming på torsdager", "Speider < 12 år", "Kulturskolen: trommer", "Ingen for tiden"),
    }
    entries = {}
    for key, choices in words.items():
        lines = tuple(draw.rng.sample(choices, draw.rng.randint(1, 3)))
        entries[key] = draw.maybe(Entry(written=lines, value=" ".join(lines)), empty_share=0.2)
    return Filling(form="stakeholder-map", entries=entries)


def group_consent(draw: Draw, emoji: str) -> Filling:
    entries: dict[str, Entry] = {"subject": draw.maybe(draw.person(), empty_share=0.06)}
    full = draw.chance(0.5)
    for key in ("establish", "share", "register", "voluntary"):
        entries[f"consents.{key}"] = tick(full or draw.chance(0.6))
    entries["place"] = draw.maybe(
        draw.text(("Sjøvegan", "Salangen", "Mo i Rana", "Kárášjohka")), empty_share=0.15
    )
    entries["date"] = draw.maybe(draw.date(), empty_share=0.1)
    entries["signed"] = signed(draw)
    filling = Filling(form="group-consent", entries=entries)
    filling.problems += [(key,) for key in ("subject", "date") if entries[key].value is None]
    if not entries["signed"].value:
        filling.problems.append(("signed",))
    return filling


FORMS: dict[str, Callable[[Draw, str], Filling]] = {
    "need-notification": need_notification,
    "group-report": group_report,
    "needs-checklist": needs_checklist,
    "stakeholder-map": stakeholder_map,
    "group-consent": group_consent,
} | truth_own.FORMS


def fill(form: str, rng: Random, *, emoji: str = "") -> Filling:
    return FORMS[form](Draw(rng=rng), emoji)
