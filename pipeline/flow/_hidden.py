"""What the one at the desk may not see: the cases they are kept out of, and the documents that belong there (B.1, fvl. § 6)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from pipeline.domain import DocumentRecord, MatterKind, name_key
from pipeline.store import Counts, Register


@dataclass(frozen=True, kw_only=True, slots=True)
class Hidden:
    """Ids of cases and documents. A document with a form in such a case, or that may belong there, is hidden whole: its file holds it all."""

    cases: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()

    def holds(self, record: DocumentRecord) -> bool:
        """Whether a document is hidden; the same file handed in again is too."""
        return record.id in self.documents or record.duplicate_of in self.documents


def hidden_from(register: Register, name: str) -> Hidden:
    """What is hidden from the one of this name; for almost everybody nothing, at the cost of one question."""
    cases = frozenset(
        case
        for case, matter in register.matters(MatterKind.CONFLICT, open_only=True)
        if name and name_key(matter.who) == name_key(name)
    )
    if not cases:
        return Hidden()
    linked = {form.document for case in cases for form in register.submissions(case=case)}
    waiting = {
        item.document for item in register.review_items() if any(c.case in cases for c in item.candidates)
    }
    return Hidden(cases=cases, documents=frozenset(linked | waiting))


def seen(register: Register, hidden: Hidden) -> Counts:
    """The register in numbers, without what is hidden from the one who asks."""
    counts = register.counts()
    return replace(
        counts,
        documents=Counter(one.status for one in register.documents() if not hidden.holds(one)),
        submissions=Counter(
            one.status for one in register.submissions() if one.document not in hidden.documents
        ),
        letters=Counter(one.status for one in register.letters() if one.order.case not in hidden.cases),
        cases=counts.cases - len(hidden.cases),
    )
