"""The loop: look, take, work, write letters; and the reminder clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import schedule

from pipeline.dispatch import sweep
from pipeline.domain import DocumentStatus
from pipeline.errors import PassingError
from pipeline.flow._clock import OSLO
from pipeline.flow._desk import Desk
from pipeline.flow._lettering import lay_withdrawn, make_letters, make_pdfs
from pipeline.flow._reminding import remind
from pipeline.flow._taking import take
from pipeline.flow._working import retake_unread, work
from pipeline.intake import Bell, Look, Watchlist, scan, watch
from pipeline.reminders import cadences_between

AT_A_TIME = 20
"""Documents worked on between two looks at the inbox."""

GLANCE_SECONDS = 1.0
"""How often a waiting run asks the register whether another command has given it something to do."""

ONCE_SECONDS = 60.0
"""How long ``run --once`` waits for files still growing and for retries."""


@dataclass(slots=True)
class Runner:
    """Runs one home. ``remind_at`` is HH:MM local time; ``watching`` is ``events`` or ``polling``."""

    desk: Desk
    pause: float
    patience: float
    look_every: float
    watching: str
    remind_at: str
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _stopping: bool = False
    _bell: Bell | None = None
    _list: Watchlist = field(init=False)
    _reminded: date | None = None
    _press: ThreadPoolExecutor | None = None
    _printing: Future[None] | None = None

    def __post_init__(self) -> None:
        """Start with an empty watch list."""
        self._list = Watchlist(pause=self.pause, patience=self.patience)

    def stop(self) -> None:
        """Stop soon: after the few documents, or the batch of PDFs, in hand."""
        self._stopping = True
        if self._bell is not None:
            self._bell.ring()

    def once(self) -> int:
        """Work through what is there and stop. Returns how many files were put aside on the way."""
        desk = self.desk
        before = self._put_aside()
        self._start()
        until = self.clock() + ONCE_SECONDS
        while True:
            look = self._look()
            fault, busy = None, 0
            try:
                busy = take(desk, look.whole) + work(desk, most=AT_A_TIME) + make_letters(desk)
            except (PassingError, OSError) as passing:
                fault = passing
                desk.log.warning("round-postponed", fault=type(passing).__name__)
            waiting = look.growing or self._to_retry() or fault is not None
            if self._stopping or not (busy or (waiting and self.clock() < until)):
                break
            if not busy:
                self.sleep(min(self.pause, 0.5))
        if fault is not None:
            raise fault
        make_pdfs(desk, stopped=lambda: self._stopping)
        lay_withdrawn(desk)
        return self._put_aside() - before

    def forever(self) -> int:
        """Watch the inbox until stopped. Returns 0."""
        desk = self.desk
        self._start()
        clock = schedule.Scheduler()
        clock.every(1).minutes.do(self.tick)
        with (
            watch(desk.inbox, polling=self.watching == "polling") as bell,
            ThreadPoolExecutor(max_workers=1) as press,
        ):
            self._bell, self._press = bell, press
            self.tick()
            while not self._stopping:
                look = self._round()
                clock.run_pending()
                wait = (
                    self.pause
                    if look.growing
                    else min(self.look_every, clock.idle_seconds or self.look_every)
                )
                self._wait(bell, max(0.05, wait))
        return 0

    def _wait(self, bell: Bell, seconds: float) -> None:
        """Wait for the bell; what another command recorded, or a retry that falls due, ends the wait too."""
        until = self.clock() + seconds
        while not self._stopping and (left := until - self.clock()) > 0:
            if bell.wait(min(left, GLANCE_SECONDS)) or self._received(self.desk.now()):
                return

    def _round(self) -> Look:
        """One look and the work it gives, until nothing is left to do but wait."""
        desk = self.desk
        while True:
            look = self._look()
            try:
                busy = take(desk, look.whole) + work(desk, most=AT_A_TIME) + make_letters(desk)
                if not busy and not look.growing:
                    self._print()
            except (PassingError, OSError) as fault:
                desk.log.warning("round-postponed", fault=type(fault).__name__)
                return look
            if not busy or self._stopping:
                return look

    def _print(self) -> None:
        """Make the PDFs beside the loop: LibreOffice takes seconds, and a form that comes meanwhile shall not wait for it."""
        if self._press is not None and (self._printing is None or self._printing.done()):
            self._printing = self._press.submit(self._print_waiting)

    def _print_waiting(self) -> None:
        try:
            made = make_pdfs(self.desk, stopped=lambda: self._stopping)
            lay_withdrawn(self.desk)
        except (PassingError, OSError) as fault:
            self.desk.log.warning("pdf-postponed", fault=type(fault).__name__)
        except Exception as fault:  # noqa: BLE001 - the letters lie there as Word files; the loop goes on
            self.desk.log.error("pdf-failed", fault=type(fault).__name__)
        else:
            if made and self._bell is not None:
                self._bell.ring()

    def tick(self) -> None:
        """Ask the register what is due, once a day after the set time. A fault is tried again at the next tick.

        A clock set back asks nothing again; after days asleep the one run stands for those missed.
        """
        now = self.desk.now().astimezone(OSLO)
        cadences = cadences_between(self._reminded, now.date())
        if not cadences or f"{now:%H:%M}" < self.remind_at:
            return
        try:
            made = remind(self.desk, on=now.date(), dry_run=False, cadences=cadences, new_only=True)
        except (PassingError, OSError) as fault:
            self.desk.log.warning("reminders-postponed", fault=type(fault).__name__)
            return
        self._reminded = now.date()
        self.desk.log.info("reminders-run", made=sum(row["action"] == "created" for row in made))

    def _start(self) -> None:
        with self.desk.store.transaction() as register:
            register.release_working()
        retake_unread(self.desk)
        lay_withdrawn(self.desk)
        sweep(self.desk.outbox)

    def _look(self) -> Look:
        try:
            return self._list.look(scan(self.desk.inbox, self.desk.municipalities.keys()), at=self.clock())
        except OSError as fault:
            self.desk.log.warning("inbox-out-of-reach", errno=fault.errno)
            return Look(whole=(), growing=0)

    def _to_retry(self) -> int:
        return self._received(self.desk.now() + timedelta(seconds=ONCE_SECONDS))

    def _received(self, soon: datetime) -> int:
        """How many documents wait to be worked on by then."""
        with suppress(PassingError), self.desk.store.reading() as register:
            return sum(
                1
                for record in register.documents(status=DocumentStatus.RECEIVED)
                if record.try_after is None or record.try_after <= soon
            )
        return 0

    def _put_aside(self) -> int:
        with self.desk.store.reading() as register:
            counts = register.counts()
        return sum(counts.documents.get(s, 0) for s in (DocumentStatus.REJECTED, DocumentStatus.LOCKED))
