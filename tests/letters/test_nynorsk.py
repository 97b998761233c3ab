"""Letters in nynorsk (issue 4): the same letters as in bokmål, every line of them nynorsk, and never another language in silence."""

from __future__ import annotations

import io
import re
import shutil
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.domain import Fact, Measure, Party, PartyRole
from pipeline.errors import DeclarationError
from pipeline.letters import (
    Composed,
    LetterSpecs,
    check_templates,
    language_of,
    load_letters,
    render,
)
from pipeline.letters._facts import Facts
from pipeline.letters._fields import FactSpec, FactType
from pipeline.letters._language import in_language, with_own_words
from pipeline.municipalities import NynorskTerms, Terms
from tests.letters.words import paragraphs, plain
from tests.letters.world import (
    CASE,
    COORDINATOR,
    FAMILY,
    GUARDIAN,
    IN_NYNORSK,
    LAW,
    ORDERS,
    PROFILE,
    REPORTER,
    STAFF,
    TEMPLATES,
    TODAY,
    USER,
    composed,
    order,
)
from tools.letter_templates.__main__ import TEXTS
from tools.letter_templates._frame import FRAMES

SOURCES = {"nb": TEXTS, "nn": TEXTS / "nn"}
ONLY = {
    code: frozenset((Path(__file__).parent / f"only_{code}.txt").read_text(encoding="utf-8").split())
    for code in SOURCES
}
"""Words that are of one language only."""
FOREIGN = {"nb": ONLY["nn"], "nn": ONLY["nb"]}
_ENDINGS = {
    "nb": re.compile(r".*(slova|nelova|tenest\w*|legheit\w*|ingar|ingane)"),
    "nn": re.compile(r".*(loven|tjenest\w*|lighet\w*|inger|ingene|heten|elsen)"),
}
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def said(text: str) -> set[str]:
    """The words of a text, in small letters."""
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def spoken(language: str) -> Iterator[tuple[str, str]]:
    """Every text of the product in a language, with where it stands: letters, shared parts, what stands around, word lists."""
    folder = SOURCES[language]
    for path in (*folder.glob("*.txt"), *(folder / "shared").glob("*.txt")):
        lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "@")
        yield path.name, _TAG.sub(" ", "\n".join(lines))
    yield "frame", "\n".join(getattr(FRAMES[language], f.name) for f in fields(FRAMES[language])[1:])
    words = tomllib.loads((TEMPLATES / ("" if language == "nb" else language) / "_words.toml").read_text())
    yield "_words.toml", "\n".join(_values({**words, "language": "", "municipality_word": ""}))
    for path in TEMPLATES.glob("*.toml"):
        table = tomllib.loads(path.read_text())
        own = table if language == "nb" else table.get("nn", {})
        yield path.name, "\n".join(own.get("enclosures", {}).values())


def _values(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield _TAG.sub(" ", re.sub(r"\{\w+\}", " ", value))
    elif isinstance(value, list):
        for one in value:
            yield from _values(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _values(one)


def foreign(text: str, language: str) -> set[str]:
    """The words of a text that are the other language's."""
    return {w for w in said(text) if w in FOREIGN[language] or _ENDINGS[language].fullmatch(w)}


def tags(path: Path, shared: Path) -> list[Counter[str]]:
    """What a text asks for: each condition in its order, and between them the fields that are printed, in any order."""
    found: list[Counter[str]] = [Counter()]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@include "):
            part = shared / f"{line.removeprefix('@include ').strip()}.txt"
            found += [Counter({f"@{part.stem}": 1}), *tags(part, shared), Counter()]
            continue
        found.append(Counter({line[:2] if line[:2] in ("# ", "##", "- ") else "": 1}))
        for tag in _TAG.findall(line):
            if tag.startswith("{%"):
                found += [Counter({tag: 1}), Counter()]
            else:
                found[-1][tag] += 1
    return found


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.stem)
def test_both_languages_say_the_same_under_the_same_conditions(path: Path) -> None:
    """Issue 4: fields, conditions, headings and points are one for one."""
    other = TEXTS / "nn" / path.name
    assert tags(other, TEXTS / "nn" / "shared") == tags(path, TEXTS / "shared")


def test_no_letter_lacks_a_language(specs: LetterSpecs) -> None:
    assert not [(r.kind, r.lacks) for r in check_templates(TEMPLATES) if r.lacks]
    assert {path.stem for path in TEXTS.glob("*.txt")} == {spec.kind for spec in specs}
    for spec in specs:
        other = specs.of(spec.kind, "nn")
        assert other is not None
        assert (other.facts, other.body, other.every_page) == (spec.facts, spec.body, spec.every_page)
        assert set(other.enclosures) == set(spec.enclosures)


@pytest.mark.parametrize("language", SOURCES)
def test_no_word_is_the_other_languages(language: str) -> None:
    wrong = {place: found for place, text in spoken(language) if (found := foreign(text, language))}
    assert not wrong


@pytest.mark.parametrize("language", SOURCES)
def test_the_two_languages_are_told_apart(language: str) -> None:
    """The lists bite: what one language says is full of words the other may not say."""
    other = "nn" if language == "nb" else "nb"
    for path in SOURCES[other].glob("*.txt"):
        text = _TAG.sub(" ", path.read_text(encoding="utf-8"))
        assert len(foreign(text, language)) >= 3, path


NN_WORDS = frozenset(word for _, text in spoken("nn") for word in said(text))


def given_words(*values: object) -> set[str]:
    """The words of names, addresses and what a clerk wrote."""
    words: set[str] = set()
    for value in values:
        if isinstance(value, str):
            words |= said(value)
        elif isinstance(value, (tuple, list)):
            words |= given_words(*value)
    return words


NAMES = given_words(
    [getattr(PROFILE.office, f.name) for f in fields(PROFILE.office) if f.name != "complaint_body"],
    PROFILE.office.county,
    "Brev i sak om koordinering",
    [employee.name for employee in STAFF.employees],
    CASE.person.name,
    [citation.text_nn for citation in LAW.citations],
    "offl. første ledd jf. fvl. nr. hol.",
)
_ROLES = {PartyRole.USER: USER, PartyRole.FAMILY: FAMILY, PartyRole.GUARDIAN: GUARDIAN}


def _party(draw: st.DrawFn, own: Party, recipients: frozenset[PartyRole]) -> Party:
    return draw(st.sampled_from([own, *(party for role, party in _ROLES.items() if role in recipients)]))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_case_in_nynorsk_makes_letters_whose_every_word_is_nynorsk(
    specs: LetterSpecs, data: st.DataObject
) -> None:
    """Whatever is known and whoever reads: a word in the letter is a name, a clerk's own, or stands in the nynorsk sources."""
    name = data.draw(st.sampled_from(sorted(ORDERS)))
    spec = specs.of(ORDERS[name][0], "nn")
    assert spec is not None
    facts: dict[str, Fact | None] = dict(IN_NYNORSK.get(name, {}))
    for fact in spec.facts.values():
        match fact.type:
            case FactType.MEASURE:
                facts[fact.name] = data.draw(st.sampled_from(list(Measure)))
            case FactType.MEASURES:
                facts[fact.name] = tuple(data.draw(st.lists(st.sampled_from(list(Measure)), unique=True)))
            case FactType.FLAG:
                facts[fact.name] = data.draw(st.booleans())
            case FactType.DATE:
                facts[fact.name] = TODAY + timedelta(days=data.draw(st.integers(-400, 400)))
            case _ if not fact.required and data.draw(st.booleans()):
                facts[fact.name] = None
    wanted = order(name, facts=facts)
    own = _party(data.draw, wanted.to, spec.recipients) if wanted.to.role in _ROLES else wanted.to
    wanted = replace(wanted, to=own)
    profile = replace(
        PROFILE,
        letters=replace(
            PROFILE.letters,
            approval=data.draw(st.sampled_from(["signature", "electronic"])),
            expected_weeks=data.draw(st.none() | st.integers(1, 20)),
        ),
        appointment=replace(
            PROFILE.appointment,
            decision_form=data.draw(st.sampled_from(["vedtak", "melding_om_avgjorelse"])),
        ),
        consent=replace(PROFILE.consent, partial_withdrawal=data.draw(st.booleans())),
    )
    made = composed(specs, wanted, profile=profile, language="nn")
    if not isinstance(made, Composed):
        assert {code for code, _ in made.gaps} <= {"missing", "one-of"}
        return
    content = render(spec, made.data)
    parts = ("header1", "header2", "document", "footer1", "footer2")
    text = "\n".join(line for part in parts for line in paragraphs(content, f"word/{part}.xml"))
    known = NN_WORDS | NAMES | given_words(list(wanted.facts.values()), wanted.to.service)
    known |= said(made.data["recipient_lines"][0]) - ONLY["nb"]  # type: ignore[index]
    known |= given_words(own.address_lines)
    assert said(text) <= known


@pytest.mark.parametrize("name", sorted(ORDERS))
def test_what_was_approved_in_nynorsk_is_nynorsk(name: str) -> None:
    text = (Path(__file__).parent / "golden" / "nn" / f"{name}.txt").read_text(encoding="utf-8")
    assert foreign(text.replace("Barne- og familietjenesten", ""), "nn") - {"fysioterapitjenesten"} == set()


def test_the_document_says_which_language_it_is_in(specs: LetterSpecs) -> None:
    for language in ("nb", "nn"):
        spec = specs.of("appointment-user", language)
        made = composed(specs, order("appointment-user"), language=language)
        assert spec is not None
        assert isinstance(made, Composed)
        with zipfile.ZipFile(io.BytesIO(render(spec, made.data))) as letter:
            every = "".join(letter.read(n).decode() for n in letter.namelist() if n.endswith(".xml"))
        assert set(re.findall(r"\bn[bn]-NO\b", every)) == {f"{language}-NO"}
        assert f"<dc:language>{language}-NO</dc:language>" in every
        assert f'<w:lang w:val="{language}-NO"' in every


def test_citizens_are_written_to_in_the_cases_language_and_employees_in_the_municipalitys() -> None:
    """Issue 4: the case's ``language`` (B.6)."""
    ours = replace(PROFILE, office=replace(PROFILE.office, language="nb"))
    case = replace(CASE, language="nn")
    wanted = order("appointment-user")
    for to in (USER, FAMILY, GUARDIAN, REPORTER):
        assert language_of(replace(wanted, to=to, facts={}), case, ours) == "nn"
    board = Party(role=PartyRole.COMPLAINT_BODY, name="Statsforvalteren i Fjordland")
    for to in (COORDINATOR, replace(REPORTER, employee="e9"), board):
        assert language_of(replace(wanted, to=to, facts={}), case, ours) == "nb"
    assert language_of(replace(wanted, to=REPORTER, facts={"by_service": True}), case, ours) == "nb"
    theirs = replace(PROFILE, office=replace(PROFILE.office, language="nn"))
    assert language_of(replace(wanted, to=COORDINATOR), CASE, theirs) == "nn"
    assert language_of(wanted, CASE, theirs) == "nb"


def test_a_municipalitys_word_is_its_own_then_the_products_then_as_it_is(specs: LetterSpecs) -> None:
    spec = specs.of("team-dissolved-user", "nn")
    assert spec is not None
    own = replace(
        PROFILE,
        terms=replace(
            PROFILE.terms, team="samspillgruppe", unit="Koordinerende enhet", team_definite="samspillgruppen"
        ),
        nn=NynorskTerms(team_definite="samspelsgruppa"),
    )
    said_so = in_language(own, spec.words)
    assert said_so.terms.team_definite == "samspelsgruppa"
    assert said_so.terms.unit == "Koordinerande eining"
    assert said_so.terms.team == "samspillgruppe"
    assert said_so.office.complaint_body == "Statsforvaltaren i Fjordland"
    assert said_so.letters.marking.startswith("Unnateke offentlegheit – offl.")
    everywhere = with_own_words(spec.words, replace(own, nn=replace(own.nn, team="samspelsgruppe")))
    assert everywhere.form("samtykke til samspillgruppe") == "samtykke til samspelsgruppe"
    assert everywhere.form("samtykke til registrering hos koordinerende enhet").endswith(
        "koordinerande eining"
    )
    first = specs["team-dissolved-user"]
    assert with_own_words(first.words, own) == first.words
    assert in_language(own, first.words) == own
    assert {f.name for f in fields(Terms)} < {f.name for f in fields(NynorskTerms)}


def test_a_paragraph_without_a_nynorsk_name_is_a_task_and_never_in_the_other_language(
    specs: LetterSpecs,
) -> None:
    law = replace(LAW, citations=tuple(replace(one, text_nn="") for one in LAW.citations))
    made = composed(specs, order("appointment-user"), law=law, language="nn")
    assert not isinstance(made, Composed)
    assert {code for code, _ in made.gaps} == {"no-legal-basis"}


def test_what_the_product_calls_things_has_a_form_in_a_list_and_a_name_has_none(specs: LetterSpecs) -> None:
    """R-55: kinds of information are the consent form's own words; members are names."""
    kinds = FactSpec(name="kinds", type=FactType.LIST, required=True, meaning="slagene")
    for language, said_so in (
        ("nb", ["hverdag og behov for hjelp", "Siri Brandvoll"]),
        ("nn", ["kvardag og behov for hjelp", "Siri Brandvoll"]),
    ):
        spec = specs.of("team-dissolved-member", language)
        assert spec is not None
        spec = replace(spec, facts={**spec.facts, "kinds": kinds})
        given_facts = Facts(
            spec, {"kinds": ("hverdag og behov for hjelp", "Siri Brandvoll")}, spec.words, "team", TODAY
        )
        assert given_facts.data["kinds"] == said_so


def test_the_clerk_is_asked_in_the_homes_language(specs: LetterSpecs) -> None:
    both = [
        composed(specs, order("appointment-user", facts={"from_date": None}), language=c) for c in SOURCES
    ]
    assert both[0] == both[1]


def test_a_period_of_one_week_is_feminine(specs: LetterSpecs) -> None:
    spec = specs.of("acknowledgement", "nn")
    assert spec is not None
    profile = replace(PROFILE, letters=replace(PROFILE.letters, expected_weeks=1))
    made = composed(specs, order("acknowledgement"), profile=profile, language="nn", on=date(2026, 11, 23))
    assert isinstance(made, Composed)
    assert "innan éi veke frå vi fekk meldinga" in plain(render(spec, made.data))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All letters, to be broken."""
    return Path(shutil.copytree(TEMPLATES, tmp_path / "letters"))


def test_a_letter_that_lacks_a_language_is_named_and_the_others_go_on(folder: Path) -> None:
    (folder / "nn" / "acknowledgement.docx").unlink()
    lacking = {r.kind: r.lacks for r in check_templates(folder) if r.lacks}
    assert lacking == {"acknowledgement": ("nynorsk",)}
    for on_use in (False, True):
        specs = load_letters(folder, on_use=on_use)
        assert specs.of("acknowledgement", "nn") is None
        assert specs.of("acknowledgement", "nb") is specs["acknowledgement"]
        assert specs.of("appointment-user", "nn") is not None
    shutil.rmtree(folder / "nn")
    assert {r.lacks for r in check_templates(folder)} == {("nynorsk",)}


def broken(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def test_what_is_amiss_in_the_other_language_is_named_with_its_place(folder: Path) -> None:
    broken(folder, "appointment-user.toml", '"Samtykkeskjema"', '"Skjema for noe annet"')
    broken(folder, "termination-member.toml", "[facts]", "[nn]\nx = 1\n\n[facts]")
    shutil.copy(folder / "nn" / "termination-agreed.docx", folder / "nn" / "new-kind.docx")
    (folder / "nn" / "team-dissolved-user.docx").write_bytes(b"no Word file")
    with pytest.raises(DeclarationError) as fault:
        load_letters(folder)
    told = "\n".join(fault.value.mistakes)
    assert "appointment-user.toml: «nn.enclosures» skal ha de samme navnene som «enclosures»" in told
    assert "«nn» kan bare ha «enclosures»" in told
    assert "nn/new-kind.docx: erklæringen new-kind.toml mangler" in told
    assert "nn/team-dissolved-user.docx: Filen er ikke et Word-dokument." in told
    wrong = {r.file for r in check_templates(folder) if r.mistakes}
    assert {"nn/appointment-user.docx", "nn/new-kind.docx", "nn/team-dissolved-user.docx"} <= wrong
    assert "appointment-user.docx" not in wrong


def test_an_enclosure_is_called_what_its_letter_says_before_what_the_list_says(folder: Path) -> None:
    assert load_letters(folder).others["nn"]["reminder-annual-after"].enclosures == {
        "form_enclosed": "Skjema for årleg rapport"
    }
    own = '[nn.enclosures]\nform_enclosed = "Årsskjema"\n\n[facts]'
    broken(folder, "reminder-annual-after.toml", "[facts]", own)
    specs = load_letters(folder)
    assert specs.others["nn"]["reminder-annual-after"].enclosures == {"form_enclosed": "Årsskjema"}
    assert specs["reminder-annual-after"].enclosures == {"form_enclosed": "Skjema for årlig rapport"}


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ('language = "nn"', 'language = "nb"', "nn/_words.toml: «language» skal være mappens navn, nn"),
        ('week     = ["veke", "veker"]', "", "nn/_words.toml: «week» skal være en liste med minst 2 ord"),
        (
            '"leder"                 = "leiar"',
            '"leder" = 1',
            "nn/_words.toml: «own.leder» mangler eller er ikke en tekst",
        ),
    ],
)
def test_a_mistake_in_the_nynorsk_words_is_named(folder: Path, old: str, new: str, mistake: str) -> None:
    broken(folder, "nn/_words.toml", old, new)
    with pytest.raises(DeclarationError) as fault:
        load_letters(folder)
    assert mistake in fault.value.mistakes


def test_the_home_says_which_languages_there_are(folder: Path) -> None:
    broken(folder, "_words.toml", "[languages]", "[language_names]")
    with pytest.raises(DeclarationError, match="«languages» skal ha minst filens egen målform, nb"):
        load_letters(folder)


def test_a_folder_of_templates_without_words_is_a_mistake(folder: Path) -> None:
    (folder / "nn" / "_words.toml").unlink()
    with pytest.raises(DeclarationError, match=r"_words\.toml: filen mangler"):
        load_letters(folder)
