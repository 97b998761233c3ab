"""The six forms, each as a list of its parts."""

from __future__ import annotations

from tests.generated.lay_own import (
    AGREEMENT,
    ASKED,
    BIRTH,
    CLOSES,
    CONSENTS,
    DESIGNATION,
    INFORMATION,
    NUMBER,
    PREPARED,
    QUESTIONS,
    SENDERS,
    SHARERS,
    TOLD,
    WISHES,
    WITHDRAWS,
    Labelled,
    answers,
    asked,
    boxes,
    head,
    long_text,
    ruled,
    signing,
)
from tests.generated.page import Block, Cell, Para, Piece, Print, Style, Table, Tick, cell, words, written
from tests.generated.written import Entry, Filling

NAME: Labelled = ("recipient.name", ("Navn",))
ABOUT: Labelled = ("recipient.name", ("Gjelder", "Navn"))
PLACE: Labelled = ("place", ("Sted",))
DATE: Labelled = ("date", ("Dato",))
AUTHOR: Labelled = ("completed_by", ("Fylt ut av", "Skjema er fylt ut av"))
GUARDIAN: Labelled = ("guardian.name", ("Foresatt eller verge, navn", "Navn på foresatt eller verge"))
OWN = ("signed", ("Underskrift, den det gjelder",))
PARENT = ("guardian.signed", ("Underskrift, foresatt eller verge",))
OTHER_PARENT = ("second_guardian.signed", ("Underskrift, den andre forelderen",))
SIGNATURE = ("signed", ("Underskrift", "Signatur"))


def people(
    drawn: Style, filling: Filling, columns: tuple[tuple[str, str], ...], widths: tuple[float, ...]
) -> Block:
    """Rows of people, with a box for each where one of the columns is `allowed`."""
    rows: list[tuple[Cell, ...]] = [tuple(cell(Print(text=text, bold=True)) for _, text in columns)]
    listed = [*filling.entries["persons"].rows]
    listed += [{}] * (drawn.rng.randint(0, 2) + (0 if listed else 1))
    for number, person in enumerate(listed):
        cells = []
        for column, _ in columns:
            key = f"persons.{number}.{column}"
            entry = person.get(column, Entry())
            piece: Piece = written(key, entry)
            if column == "allowed":
                piece = Tick(field=key, on=entry.value is True, bare=True)
            cells.append(cell(piece))
        rows.append(tuple(cells))
    return Table(rows=tuple(rows), widths=widths, borders="all")


def collaboration_consent(drawn: Style, filling: Filling) -> list[Block]:
    columns = [
        ("allowed", "Kan dele"),
        ("name", "Person"),
        ("service", "Tjeneste"),
        ("information", "Bare disse opplysningene"),
    ]
    widths = [0.12, 0.3, 0.28, 0.3]
    if not drawn.box_first:
        columns, widths = [*columns[1:], columns[0]], [*widths[1:], widths[0]]
    return [
        *head(
            drawn,
            "Samtykke til tverrfaglig samarbeid",
            "Til koordinator",
            "Samtykket er frivillig, og du kan trekke det tilbake når du vil.",
        ),
        *asked(drawn, filling, (NAME,), (BIRTH, NUMBER)),
        *boxes(drawn, filling, SHARERS, "Hvem kan dele opplysninger med hverandre?"),
        *asked(drawn, filling, (("share_with.other", ("Andre tjenester",)),)),
        people(drawn, filling, tuple(columns), tuple(widths)),
        Para(),
        *boxes(drawn, filling, INFORMATION, "Hva kan de dele?"),
        *long_text(drawn, filling, "information.except", "Dette skal ikke deles"),
        *boxes(drawn, filling, CONSENTS),
        *signing(drawn, filling, (OWN,), ((PLACE, DATE),)),
        *signing(drawn, filling, (PARENT, OTHER_PARENT), ((GUARDIAN,),)),
    ]


def consent_withdrawal(drawn: Style, filling: Filling) -> list[Block]:
    return [
        *head(
            drawn,
            drawn.rng.choice(("Tilbaketrekking av samtykke", "Tilbaketrekning av samtykke")),
            "Til koordinator eller koordinerende enhet",
            "Du trenger ikke å si hvorfor.",
        ),
        *asked(drawn, filling, (NAME,), (BIRTH, NUMBER)),
        *boxes(drawn, filling, WITHDRAWS, "Hva trekker du tilbake?"),
        people(drawn, filling, (("name", "Person"), ("service", "Tjeneste")), (0.5, 0.5)),
        Para(),
        *long_text(drawn, filling, "withdrawn_information", "Opplysninger som ikke lenger skal deles"),
        *long_text(drawn, filling, "remarks", "Annet vi bør vite"),
        *signing(drawn, filling, (OWN,), ((PLACE, DATE),)),
        *signing(drawn, filling, (PARENT,), ((GUARDIAN,),)),
    ]


def coordinator_designation(drawn: Style, filling: Filling) -> list[Block]:
    parts = ("name", "service", "contact")
    rows = [
        tuple(
            cell(Print(text=text, bold=True))
            for text in ("Rolle", "Navn", "Tjeneste", "Telefon eller e-post")
        )
    ]
    for role, label in (("coordinator", "Koordinator"), ("deputy", "Stedfortreder")):
        cells = [cell(written(f"{role}.{part}", filling.entries[f"{role}.{part}"])) for part in parts]
        rows.append((cell(Print(text=label)), *cells))
    return [
        *head(
            drawn,
            "Tilbakemelding om utpekt koordinator",
            "Fra avdelingsleder til koordinerende enhet",
            "Svar senest 14 dager etter at du fikk oppnevningen.",
        ),
        *asked(
            drawn, filling, (ABOUT,), (BIRTH, NUMBER), (("department", ("Avdeling som svarer", "Avdeling")),)
        ),
        *boxes(drawn, filling, DESIGNATION, "Svaret fra avdelingen", "designation"),
        Table(rows=tuple(rows), widths=(0.18, 0.26, 0.27, 0.29), borders=ruled(drawn)),
        Para(),
        *asked(drawn, filling, (("from_date", ("Koordinator fra dato",)),)),
        *boxes(drawn, filling, PREPARED),
        *long_text(drawn, filling, "reason", "Hvorfor er ingen pekt ut ennå?"),
        *asked(drawn, filling, (("answer_by", ("Vi svarer innen",)),)),
        *signing(drawn, filling, (SIGNATURE,), ((AUTHOR, DATE),)),
    ]


def closure_notice(drawn: Style, filling: Filling) -> list[Block]:
    coordinator = (("coordinator.name", ("Meldes av",)), ("coordinator.service", ("Koordinators tjeneste",)))
    title = drawn.rng.choice(
        ("Melding om avslutning", "Melding om avslutning av ansvarsgruppe", "Beskjed om avslutning")
    )
    return [
        *head(
            drawn,
            title,
            "Fra koordinator til koordinerende enhet",
            "Ansvarsgruppe og plan kan ikke fortsette uten koordinator.",
        ),
        *asked(drawn, filling, (ABOUT,), (BIRTH, NUMBER), coordinator),
        *boxes(drawn, filling, CLOSES, "Hva skal avsluttes?"),
        *boxes(drawn, filling, AGREEMENT, "Er den det gjelder enig?", "agreement"),
        *asked(drawn, filling, (("ends_on", ("Avsluttes fra",)),)),
        *long_text(drawn, filling, "reason", "Begrunnelse"),
        *long_text(drawn, filling, "user_view", "Hva den det gjelder sier"),
        *long_text(drawn, filling, "follow_up", "Videre oppfølging"),
        *boxes(drawn, filling, TOLD),
        *signing(drawn, filling, (SIGNATURE,), ((AUTHOR, DATE),)),
    ]


def service_request(drawn: Style, filling: Filling) -> list[Block]:
    entries = dict(filling.entries)
    if entries["recipient.due_date"].written:
        entries["recipient.birth_date"] = entries["recipient.due_date"]
    shown = Filling(form=filling.form, entries=entries)
    services = [*filling.entries["services"].rows]
    services += [{}] * (4 - len(services))
    rows = [
        tuple(cell(Print(text=text, bold=True)) for text in ("Tjenester som er med i dag", "Kontaktperson"))
    ]
    for number, row in enumerate(services):
        keys = ("service", "contact")
        rows.append(tuple(cell(written(f"services.{number}.{key}", row.get(key, Entry()))) for key in keys))
    postal: Labelled = ("recipient.postal_place", ("Postnummer og sted", "Postnummer og poststed"))
    return [
        *head(
            drawn,
            "Søknad om koordinator, barnekoordinator eller individuell plan",
            "Til koordinerende enhet",
            "Fyll ut det du kan.",
        ),
        *boxes(drawn, filling, ASKED, "Hva søker du om?"),
        *boxes(drawn, filling, SENDERS, "Hvem søker?", "sender"),
        *asked(
            drawn,
            filling,
            (("reported_by", ("Søkers navn",)),),
            (("reporter.service", ("Søkers tjeneste",)),),
            (("reporter.contact", ("Søkers telefon eller e-post",)),),
        ),
        words("Hvem gjelder søknaden?", bold=True),
        *asked(
            drawn,
            shown,
            (NAME, BIRTH),
            (("recipient.address", ("Adresse",)), postal),
            (("recipient.phone", ("Telefon", "Tlf")), ("recipient.email", ("E-post", "E-postadresse"))),
            (("guardian.name", ("Foresatt eller verge",)), ("interpreter", ("Trenger tolk, språk",))),
        ),
        Table(rows=tuple(rows), widths=(0.5, 0.5), borders=ruled(drawn)),
        Para(),
        *long_text(drawn, filling, "needs", "Hva trenger du hjelp til å samordne?", tall=6),
        *asked(drawn, filling, (("proposed_coordinator", ("Ønsket koordinator",)),)),
        *boxes(
            drawn,
            filling,
            (
                (
                    "consents.process",
                    "Den det gjelder, har sagt ja til at søknaden sendes og at kommunen innhenter opplysninger "
                    "som trengs.",
                ),
            ),
        ),
        *signing(drawn, filling, (SIGNATURE,), ((PLACE, DATE),)),
    ]


def team_evaluation(drawn: Style, filling: Filling) -> list[Block]:
    title = drawn.rng.choice(
        (
            "Evaluering av ansvarsgruppe og individuell plan",
            "Evaluering av oppfølgingsteam og individuell plan",
        )
    )
    return [
        *head(
            drawn,
            title,
            "Fra koordinator til koordinerende enhet",
            "Gå gjennom spørsmålene sammen i gruppen.",
        ),
        *asked(
            drawn,
            filling,
            (ABOUT,),
            (BIRTH, NUMBER),
            (
                ("coordinator.name", ("Koordinator",)),
                ("evaluated_on", ("Evaluert dato", "Dato for evaluering")),
            ),
        ),
        answers(drawn, filling, "Gruppen og planen", QUESTIONS),
        Para(),
        *long_text(drawn, filling, "works_well", "Hva fungerer bra?"),
        *long_text(drawn, filling, "changes", "Hva bør endres?"),
        *long_text(drawn, filling, "new_goals", "Nye mål og avtaler"),
        answers(drawn, filling, "Ønsker den det gjelder å fortsette?", WISHES),
        Para(),
        *asked(drawn, filling, (("next_evaluation", ("Neste evaluering",)),), (DATE, AUTHOR))[:-1],
    ]
