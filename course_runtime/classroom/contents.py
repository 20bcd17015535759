"""One submission, read: its files and which of them counts, ready to be written into a folder of its own."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from course_runtime.classroom.archives import JUNK, ONE_STUDENT, members
from course_runtime.classroom.handed_in import HandedIn, Piece
from course_runtime.classroom.labels import readable
from course_runtime.classroom.refusal import Refused
from course_runtime.course import CourseError, Module, read_file, read_folder

CODE = (".py", ".ipynb")
NO_CODE = "holds no .py or .ipynb file"


@dataclass
class Contents:
    files: dict[str, bytes] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, content: bytes, modified: float) -> None:
        """Of two of one name the newer counts: a platform keeps what was handed in again beside the first."""
        if name in self.files:
            self.notes.append(f"{name} was handed in more than once; the newest counts.")
            if modified <= self.times[name]:
                return
        self.files[name] = content
        self.times[name] = modified

    def digest(self) -> str:
        """The same for the same files in the same order of age: which one is newer decides which one counts."""
        whole = hashlib.blake2b(digest_size=16)
        for name in sorted(self.files):
            whole.update(_framed(name.encode("utf-8", "surrogateescape")))
            whole.update(_framed(self.files[name]))
        for name in sorted(self.code, key=lambda name: (self.times[name], name)):
            whole.update(_framed(name.encode("utf-8", "surrogateescape")))
        return whole.hexdigest()

    @property
    def code(self) -> list[str]:
        return [name for name in self.files if name.lower().endswith(CODE)]

    def write(self, folder: Path) -> None:
        for name, content in self.files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            os.utime(target, (self.times[name], self.times[name]))


def contents_of(handed_in: HandedIn, module: Module) -> Contents:
    """Raises Refused with a sentence for the student and the instructor."""
    if handed_in.problem:
        raise Refused(handed_in.problem)
    contents = Contents()
    try:
        for piece in handed_in.pieces:
            _read(piece, contents)
    except CourseError as error:
        raise Refused(str(error)) from None
    except OSError as error:
        raise Refused(
            f"{readable(error.filename or handed_in.student)} cannot be read: {error.strerror}."
        ) from None
    _require_bounded(contents, handed_in)
    return _newest_alone(_at_the_root(contents, module, handed_in), module)


def digest_of(handed_in: HandedIn, module: Module) -> str:
    """What cannot be read is known by why it cannot."""
    try:
        return contents_of(handed_in, module).digest()
    except Refused as error:
        return f"refused: {error}"


def _read(piece: Piece, contents: Contents) -> None:
    if piece.path.is_dir():
        _read_folder(piece.path, contents)
    elif piece.path.suffix.lower() == ".zip":
        _unpack(piece.path, "", contents)
    else:
        name = PurePosixPath(piece.name or piece.path.name).name
        contents.add(name, read_file(piece.path, ONE_STUDENT.file), piece.path.stat().st_mtime)


def _read_folder(folder: Path, contents: Contents) -> None:
    """An archive that is the only thing in it with code is opened; one beside code stays a file."""
    found = read_folder(folder)
    if found.left_out:
        contents.notes.append(
            f"Too large, too many or not readable, so left out: {', '.join(map(readable, found.left_out))}."
        )
    for name, content in found.files.items():
        if not JUNK.intersection(name.split("/")):
            contents.add(name, content, (folder / name).stat().st_mtime)
    if contents.code:
        return
    for name in [name for name in contents.files if name.lower().endswith(".zip")]:
        contents.files.pop(name)
        _unpack(folder / name, str(PurePosixPath(name).parent), contents)
    if not contents.code:
        _say_why_not(folder, found.left_out)


def _unpack(archive: Path, below: str, contents: Contents) -> None:
    if archive.is_symlink():
        raise Refused(f"{readable(archive.name)} is a link.")
    for member in members(archive, ONE_STUDENT):
        name = member.name if below in ("", ".") else f"{below}/{member.name}"
        contents.add(name, member.content, member.modified)


def _say_why_not(folder: Path, left_out: list[str]) -> None:
    for entry in sorted(folder.rglob("*")):
        if entry.suffix.lower() in CODE and entry.is_symlink():
            raise Refused(f"{readable(entry.name)} is a link, not a file; the file itself is needed.")
    unread = [readable(name) for name in left_out if name.lower().endswith(CODE)]
    if unread:
        raise Refused(f"{', '.join(unread)} cannot be read: too large, or no permission.")


def _require_bounded(contents: Contents, handed_in: HandedIn) -> None:
    total = sum(map(len, contents.files.values()))
    if total > ONE_STUDENT.total:
        raise Refused(
            f"The submission of {handed_in.student} is {total:,} bytes; at most {ONE_STUDENT.total:,} are taken."
        )


def _at_the_root(contents: Contents, module: Module, handed_in: HandedIn) -> Contents:
    """Without the folders that the module's own lies in."""
    folders = {str(PurePosixPath(name).parent) for name in contents.code}
    if not folders:
        held = ", ".join(sorted(map(readable, contents.files))[:20]) or "nothing"
        raise Refused(f"The submission of {handed_in.student} {NO_CODE}: it holds {held}.")
    root = _root(folders, module, handed_in)
    if root == ".":
        return contents
    inside = Contents(notes=contents.notes)
    for name, content in contents.files.items():
        if name.startswith(f"{root}/"):
            inside.add(name.removeprefix(f"{root}/"), content, contents.times[name])
    return inside


def _root(folders: set[str], module: Module, handed_in: HandedIn) -> str:
    named = [
        folder for folder in sorted(folders) if PurePosixPath(folder).name in (module.name, module.short)
    ]
    if named:
        return named[0]
    if "." in folders:
        return "."
    depth = min(len(PurePosixPath(folder).parts) for folder in folders)
    nearest = sorted(folder for folder in folders if len(PurePosixPath(folder).parts) == depth)
    if len(nearest) > 1:
        held = ", ".join(map(readable, nearest))
        raise Refused(
            f"The submission of {handed_in.student} holds code in several folders ({held}),"
            f" and none is called {module.name}."
        )
    return nearest[0]


def _newest_alone(contents: Contents, module: Module) -> Contents:
    """Files of any name may count, but only one of them; the module's own names are chosen between by the course."""
    top = [name for name in contents.code if "/" not in name]
    main = PurePosixPath(module.main_file)
    if main.name in top or f"{main.stem}.ipynb" in top:
        return contents
    own = [name for name in top if name not in (*module.files, *module.extra)]
    if len(own) > 1:
        newest = max(own, key=lambda name: (contents.times[name], name))
        others = ", ".join(readable(name) for name in sorted(own) if name != newest)
        contents.notes.append(f"{readable(newest)} is the newest and counts; {others} does not.")
        for name in own:
            if name != newest:
                del contents.files[name], contents.times[name]
    return contents


def _framed(content: bytes) -> bytes:
    return len(content).to_bytes(8, "big") + content
