"""The register: one unit of work over everything the store keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from pipeline.store._candidates import Candidates
from pipeline.store._cases import Cases
from pipeline.store._counts import Numbers
from pipeline.store._documents import Documents
from pipeline.store._events import Events
from pipeline.store._figures import Figures
from pipeline.store._journal import Journal
from pipeline.store._letters import Letters
from pipeline.store._reminders import Reminders
from pipeline.store._review import Reviews
from pipeline.store._search import Search
from pipeline.store._staff import StaffList
from pipeline.store._submissions import Submissions
from pipeline.store._unit import Unit


class Register:
    """One unit of work, from ``Store.transaction`` or ``Store.reading``; of no use after it.

    Each question and change is a method of the part it belongs to, documented there; the register gathers them by name.
    """

    def __init__(self, session: Session, clock: Callable[[], datetime]) -> None:
        """Gather the parts round one session."""
        unit = Unit(session, clock)

        documents = Documents(unit)
        self.record_arrival = documents.record_arrival
        self.next_document = documents.next_document
        self.release_working = documents.release_working
        self.settle_document = documents.settle_document
        self.postpone_document = documents.postpone_document
        self.move_document = documents.move_document
        self.document = documents.document
        self.documents = documents.documents
        self.documents_named = documents.documents_named
        self.waiting_for = documents.waiting_for
        self.add_step = documents.add_step
        self.steps = documents.steps

        events = Events(unit)
        self.add_events = events.add_events
        self.events = events.events

        reviews = Reviews(unit)
        self.add_review_item = reviews.add_review_item
        self.review_item = reviews.review_item
        self.review_items = reviews.review_items
        self.resolve_review_item = reviews.resolve_review_item

        submissions = Submissions(unit, events, reviews)
        self.save_submissions = submissions.save_submissions
        self.submission = submissions.submission
        self.submissions = submissions.submissions
        self.document_forms = submissions.document_forms
        self.set_field = submissions.set_field
        self.accept_field = submissions.accept_field
        self.link_submission = submissions.link_submission
        self.unlink_submission = submissions.unlink_submission
        self.reject_submission = submissions.reject_submission

        cases = Cases(unit, events)
        self.next_case_id = cases.next_case_id
        self.next_person_id = cases.next_person_id
        self.save_case = cases.save_case
        self.case = cases.case
        self.cases = cases.cases
        self.case_summaries = cases.case_summaries
        self.cases_of_person = cases.cases_of_person
        self.person = cases.person
        self.open_tasks = cases.open_tasks
        self.matters = cases.matters

        candidates = Candidates(unit)
        self.cases_by_id = candidates.cases_by_id
        self.due_designations = candidates.due_designations
        self.undecided = candidates.undecided
        self.active_teams = candidates.active_teams
        self.coordinated = candidates.coordinated
        self.born_between = candidates.born_between
        self.expected_by = candidates.expected_by
        self.running_matters = candidates.running_matters

        search = Search(unit)
        self.cases_by_number = search.cases_by_number
        self.cases_by_birth_date = search.cases_by_birth_date
        self.cases_by_due_date = search.cases_by_due_date
        self.cases_by_phone = search.cases_by_phone
        self.cases_by_address = search.cases_by_address
        self.cases_by_name = search.cases_by_name

        letters = Letters(unit)
        self.order_letters = letters.order_letters
        self.letter = letters.letter
        self.letters = letters.letters
        self.letters_without_pdf = letters.letters_without_pdf
        self.withdrawn_outside = letters.withdrawn_outside
        self.update_letter = letters.update_letter
        self.set_archive_reference = letters.set_archive_reference
        self.archive_reference = letters.archive_reference

        journal = Journal(unit)
        self.unjournalled_documents = journal.unjournalled_documents
        self.unjournalled_letters = journal.unjournalled_letters

        reminders = Reminders(unit)
        self.claim_reminder = reminders.claim_reminder
        self.stop_reminder = reminders.stop_reminder
        self.reminder_status = reminders.reminder_status
        self.reminder = reminders.reminder
        self.reminders = reminders.reminders

        staff = StaffList(unit)
        self.import_staff = staff.import_staff
        self.staff = staff.staff

        self.counts = Numbers(unit).counts

        figures = Figures(unit)
        self.tally = figures.tally
        self.has_cases = figures.has_cases
