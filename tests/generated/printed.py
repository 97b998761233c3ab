"""Words printed on the blanks, from the municipalities' own forms."""

from __future__ import annotations

TITLE = "Melding om behov for IP/koordinator/barnekoordinator/ansvarsgruppe"
INFORMATION = (
    "Når søknaden er mottatt, vil vi innhente nødvendig informasjon for å behandle "
    "søknaden. Du vil ved behov bli "
    "kontaktet for ytterligere opplysninger som gjelder din søknad. Vi vil vurdere dine "
    "hjelpebehov, og avgjøre om du "
    "har rett til å få individuell plan og koordinator/barnekoordinator."
)
CONSENT = (
    "Ved å underskrive dette skjemaet samtykker du til at Ørland kommune kan innhente "
    "nødvendige saksopplysninger fra "
    "andre offentlige instanser og pårørende som er registrert i dette skjemaet.",
    "Du samtykker til at kommunen kan behandle dine personopplysninger elektronisk og "
    "formidler til de ansatte som "
    "deltar i saksbehandlingen.",
)
CONDITIONS = (
    "Barnet eller ungdommen har alvorlig sykdom, skade eller nedsatt funksjonsevne med "
    "«behov for langvarige og "
    "sammensatte eller koordinerte helse- og omsorgstjenester og andre velferdstjenester», jf. hol. § 7-2 a.",
    "Det er ikke et eget vilkår knyttet til psykisk og/eller fysisk tilstand for å ha rett "
    "til alminnelig koordinator. "
    "Pasient eller bruker har «behov for langvarige og koordinerte tjenester», jf. hol § 7-2.",
)
ASKED = (
    ("requested.individual_plan", "Individuell plan (IP)"),
    ("requested.coordinator", "Koordinator"),
    ("requested.care_group", "Ansvarsgruppe"),
    ("requested.child_coordinator", "Barnekoordinator"),
)
CONSENTS = (
    (
        "consents.establish",
        "Jeg er kjent med ansvarsgruppens tverrfaglige sammensetning og arbeidsform, og "
        "samtykker til at det opprettes ansvarsgruppe.",
    ),
    (
        "consents.share",
        "Jeg samtykker til at personene i ansvarsgruppen får tilgang til relevante "
        "taushetsbelagte opplysninger.",
    ),
    (
        "consents.register",
        "Jeg samtykker til at koordinerende enhet mottar og registrerer opplysningene om "
        "opprettelse/oppløsning/endringer/"
        "årlig melding om ansvarsgruppen.",
    ),
    (
        "consents.voluntary",
        "Jeg er kjent med at det er frivillig å gi samtykke, og at samtykket når som helst "
        "kan trekkes tilbake. "
        "Samtykket gjelder inntil annen beskjed blir gitt.",
    ),
)
INSTRUCTIONS = (
    "Les informasjon side 1",
    "Fyll ut aktørkart",
    "Fyll ut sjekkliste",
    "Vurdere barnets behov for samordning, barnekoordinator, koordinator eller individuell plan",
    "Dersom ja, skal familien orienteres om rettigheter",
)
PLAN_ROWS = {
    "plan.exists": "Har tjenestemottaker individuell plan?",
    "plan.active": "Hvis ja, er planen i drift?",
    "plan.informed": "Hvis nei, er det informert om individuell plan?",
    "plan.needed": "Er det behov for individuell plan?",
}
QUADRANTS = {
    "welfare_services": (
        "Velferdstjeneste",
        ("Barnehage/skole", "PPT", "NAV", "Familievern/-veiledning", "BVT (barnevern)"),
    ),
    "family_network": ("Familie og nettverk", ()),
    "health_services": (
        "Helse- og omsorgstjenester",
        (
            "Fastlege",
            "Helsesykepleier",
            "Fysio/ergo",
            "Spesialisthelsetjeneste (BUP, sykehus)",
            "Avlastning, personlig assistanse",
            "Tannhelse",
        ),
    ),
    "leisure": ("Fritidsaktiviteter", ()),
}
# (printed words, which of coordination / child_coordinator / coordinator can be ticked, bullet)
CHECKLIST = (
    ("Spesialpedagogisk hjelp i barnehage", "c", False),
    ("Spesialundervisning i skole", "c", False),
    ("PPT (pedagogisk psykologisk tjeneste)", "c", False),
    ("BUP (barne- og ungdomspsykiatri)", "c", False),
    ("Familie og forebygging (foreldreveiledning)", "c", False),
    ("Barneverntjeneste", "c", False),
    ("Familievernkontor", "c", False),
    ("NAV (arbeids- og velferdsforvaltninga)", "c", False),
    ("Krisesenter", "c", False),
    ("Andre:", "cbk", False),
    ("Har alvorlig sykdom, skade eller nedsatt funksjonsevne", "bk", False),
    ("Har sykdom, skade eller nedsatt funksjonsevne", "bk", False),
    ("Langvarige og sammensatte eller behov for koordinerte tjenester", "bk", False),
    ("Har behov for helse og omsorgstjenester", "bk", False),
    ("Helsesykepleier utover ordinær oppfølging", "bk", True),
    ("Fysioterapeut", "bk", True),
    ("Ergoterapeut", "bk", True),
    ("Støttekontakt", "bk", True),
    ("Avlastning", "bk", True),
    ("Omsorgsstønad", "bk", True),
    ("BPA", "bk", True),
    ("Praktisk bistand", "bk", True),
    ("Hjemmesykepleie", "bk", True),
    ("Annet?", "bk", True),
    ("Behov for andre velferdstjenester – sett kryss også ovenfor", "bk", False),
    ("Barnet/ ungdommen er under 18 år", "cbk", False),
)
AXES = {"c": "coordination", "b": "child_coordinator", "k": "coordinator"}
