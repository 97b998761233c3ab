"""Word files to PDF/A-2b through LibreOffice, many in one call.

LibreOffice is a guest that must be watched: it hangs on some files, says nothing of others, and two at once in one profile lose
work. So each call has a profile of its own (held by a lock), a session of its own and a hard limit; what it leaves is looked at.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.errors import UnreadableError
from pipeline.letters._package import read_parts

_FILTER = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"DisplayPDFDocumentTitle":{"type":"boolean","value":"true"},'
    '"ReduceImageResolution":{"type":"boolean","value":"false"}}'
)
_PER_LETTER = 2.0
_NOT_WORD = "Filen er ikke et Word-dokument, og ble ikke gjort om til PDF."
_NO_PDF = "LibreOffice klarte ikke å lage PDF av brevet. Åpne Word-filen og se etter feil."
_TOO_SLOW = "LibreOffice brukte for lang tid på brevet og ble stanset."


class PdfPress:
    """Prints letters. ``folder`` holds the profiles, ``soffice`` is the program (None: looked for on the path).

    ``time_limit`` is the seconds one letter may take; a batch gets two more for each letter beyond the first.
    """

    def __init__(
        self, folder: Path, soffice: Path | None = None, workers: int = 1, time_limit: float = 60.0
    ) -> None:
        """Find the program; nothing is started yet."""
        found = (
            str(soffice) if soffice is not None else shutil.which("soffice") or shutil.which("libreoffice")
        )
        self._soffice = Path(found) if found and Path(found).exists() else None
        self._folder, self._workers, self._time_limit = folder, max(1, workers), time_limit

    @property
    def available(self) -> bool:
        """Whether LibreOffice is there; without it letters are Word files only, and the PDFs follow later."""
        return self._soffice is not None

    def print(self, files: Sequence[Path], out: Path) -> dict[Path, Path | str]:
        """Make ``<stem>.pdf`` in ``out`` for each Word file; for one that failed, why (a Norwegian sentence).

        Never raises for a letter: a bad one is set aside and the rest go on. Two files with the same stem are refused.
        """
        if len({file.stem for file in files}) != len(files):
            raise ValueError("two letters of one batch have the same name")
        if self._soffice is None:
            return dict.fromkeys(
                files, "LibreOffice er ikke installert. PDF-filene lages når det er på plass."
            )
        out.mkdir(parents=True, exist_ok=True)
        result: dict[Path, Path | str] = {}
        sound = []
        for file in files:
            try:
                read_parts(file.read_bytes())
            except (UnreadableError, OSError):
                result[file] = _NOT_WORD
            else:
                sound.append(file)
        shares = [share for n in range(self._workers) if (share := sound[n :: self._workers])]
        with ThreadPoolExecutor(max_workers=self._workers) as pool:
            for made in pool.map(lambda share: self._share(share, out), shares):
                result |= made
        return {file: result[file] for file in files}

    def _share(self, files: Sequence[Path], out: Path) -> dict[Path, Path | str]:
        """One worker's letters: all in one call; then whichever stopped it alone, the rest together again."""
        with self._profile() as profile, tempfile.TemporaryDirectory(dir=self._folder) as work:
            result: dict[Path, Path | str] = {}
            waiting, alone = list(files), []
            while waiting:
                made = self._call(waiting, out, profile, Path(work))[0]
                result |= made
                waiting = [file for file in waiting if file not in made]
                if waiting:
                    # LibreOffice works in order: the first without a PDF is the one that failed or hung.
                    alone.append(waiting.pop(0))
                    if not made:
                        alone, waiting = alone + waiting, []
            for file in alone:
                made, slow = self._call([file], out, profile, Path(work))
                result[file] = made.get(file, _TOO_SLOW if slow else _NO_PDF)
            return result

    def _call(
        self, files: Sequence[Path], out: Path, profile: Path, work: Path
    ) -> tuple[dict[Path, Path], bool]:
        """Run LibreOffice once; the PDFs that came and are whole, and whether it was stopped for time.

        The copies it sees are numbered: no letter's name stands on a command line.
        """
        with tempfile.TemporaryDirectory(dir=work) as room:
            copies = []
            for number, file in enumerate(files):
                copies.append(Path(room) / f"{number:05d}.docx")
                shutil.copyfile(file, copies[-1])
            slow = self._run(copies, profile, Path(room), self._time_limit + _PER_LETTER * (len(files) - 1))
            made = {}
            for file, copy in zip(files, copies, strict=True):
                pdf = copy.with_suffix(".pdf")
                if whole(pdf):
                    target = out / f"{file.stem}.pdf"
                    _lay(pdf, target)
                    made[file] = target
            return made, slow

    def _run(self, copies: Sequence[Path], profile: Path, room: Path, limit: float) -> bool:
        command = [
            str(self._soffice),
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            f"-env:UserInstallation={profile.resolve().as_uri()}",
            "--convert-to",
            _FILTER,
            "--outdir",
            str(room),
            *map(str, copies),
        ]
        quiet = subprocess.DEVNULL
        # What it and its libraries keep for themselves stays in its profile: nothing is written outside the home.
        own = dict.fromkeys(
            ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"), str(profile)
        )
        process = subprocess.Popen(
            command,
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            start_new_session=True,
            env={**os.environ, **own},
        )
        try:
            process.wait(timeout=limit)
            return False
        except subprocess.TimeoutExpired:
            return True
        finally:
            # The wrapper may be gone while soffice.bin lives on: the whole group, always.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    @contextlib.contextmanager
    def _profile(self) -> Iterator[Path]:
        """A profile nobody else uses now, also no other process."""
        self._folder.mkdir(parents=True, exist_ok=True)
        number = 0
        while True:
            with (self._folder / f"worker-{number}.lock").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    number += 1
                    continue
                profile = self._folder / f"worker-{number}"
                profile.mkdir(mode=0o700, exist_ok=True)
                yield profile
                return


def whole(pdf: Path) -> bool:
    """Whether a file is a PDF with at least one page."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return len(PdfReader(pdf).pages) > 0
    except (OSError, PyPdfError, ValueError, KeyError, TypeError):
        return False


def _lay(source: Path, target: Path) -> None:
    """Lay a finished file at its place in one step, readable for its owner only."""
    beside = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, beside)
    beside.chmod(0o600)
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    beside.replace(target)
