"""The library of published questionnaires, rule sets and maps, read once a process and only when asked for."""

import difflib
import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

from answering.responsibilities import Practice
from files.item_maps import load_item_map
from files.placing import BadFile
from files.questionnaires import parse_questionnaire, parse_trusted
from files.reading import read_bytes, refusal
from files.responsibilities import load_practice
from files.retirements import load_retirements
from files.rule_sets import load_rule_set
from surveys.item_maps import ItemMap
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire, Status
from surveys.rule_sets import RuleSet
from surveys.sentences import hint

SHIPPED = Path(__file__).resolve().parent.parent / "surveys" / "library"
CHECKSUMS = "checksums.txt"
RETIRED = "retired.yaml"
BESIDE = ("rules", "maps", "responsibilities")
T = TypeVar("T")


class UnknownVersion(BadFile):
    """The library has no questionnaire, rule set or map of that name."""


class Library:
    """A folder `<id>/<version>.yaml` of questionnaires, with `rules/`, `maps/` and `responsibilities/` beside them."""

    def __init__(self, root: Path = SHIPPED) -> None:
        self.root = root
        self.loaded: dict[Path, object] = {}

    def names(self) -> tuple[str, ...]:
        """Every questionnaire version, `id@version`; the published ones in the order of publication."""
        found = {name_of(path) for path in self.root.glob("*/*.yaml") if path.parent.name not in BESIDE}
        published = [name for name in map(name_of, map(Path, self.checksums())) if name in found]
        return (*published, *sorted(found - set(published)))

    def rule_names(self) -> tuple[str, ...]:
        """Every rule set, `id@version`."""
        return tuple(sorted(name_of(path) for path in self.root.glob("rules/*/*.yaml")))

    def questionnaire(self, name: str) -> Questionnaire:
        """Return a questionnaire; without a version, the one published last that is not retired."""
        if "@" not in name:
            return self.current(name)
        path = self.path_of(name)
        if path not in self.loaded and name not in self.names():
            raise unknown("unknown-questionnaire", name, self.names())
        return self.once(path, self.load_checked)

    def current(self, questionnaire_id: str) -> Questionnaire:
        """Return the version to begin a new assessment with, or the last one where all are retired."""
        names = [name for name in self.names() if name.split("@")[0] == questionnaire_id]
        if not names:
            raise unknown("unknown-questionnaire", questionnaire_id, {name.split("@")[0] for name in self.names()})
        versions = [self.questionnaire(name) for name in names]
        in_use = [each for each in versions if each.status is Status.PUBLISHED]
        return (in_use or versions)[-1]

    def rule_set(self, name: str) -> RuleSet:
        """Return a rule set; without a version, the last one."""
        names = [each for each in self.rule_names() if name in (each, each.split("@")[0])]
        if not names:
            raise unknown("unknown-rules", name, self.rule_names())
        path = self.root / "rules" / names[-1].replace("@", "/")
        return self.once(path.with_name(path.name + ".yaml"), load_rule_set)

    def item_map(self, old: str, new: str) -> ItemMap | None:
        """Return the map from one version to another, if there is one."""
        return next((each for each in self.item_maps() if (each.old, each.new) == (old, new)), None)

    def item_maps(self) -> tuple[ItemMap, ...]:
        """Return every map."""
        return tuple(self.once(path, load_item_map) for path in sorted(self.root.glob("maps/*.yaml")))

    def practices(self) -> tuple[Practice, ...]:
        """Return how departments were assigned items elsewhere."""
        return tuple(self.once(path, load_practice) for path in sorted(self.root.glob("responsibilities/*.yaml")))

    def once(self, path: Path, load: Callable[[Path], T]) -> T:
        """Load a file on first use and keep it."""
        if path not in self.loaded:
            self.loaded[path] = load(path)
        return self.loaded[path]  # type: ignore[return-value]  # what `load` returned for this very path

    def load_checked(self, path: Path) -> Questionnaire:
        """Load a questionnaire: a published one must be as it was published, a draft must pass the checks."""
        data = read_bytes(path)
        recorded = self.checksums().get(path.relative_to(self.root).as_posix())
        if recorded is not None and recorded != checksum(data):
            raise refusal(str(path), Problem("published-changed", (), {"name": name_of(path)}))
        found = parse_trusted(data, str(path)) if recorded else parse_questionnaire(data, str(path))
        self.check_place(path, found, recorded)
        retirement = self.once(self.root / RETIRED, load_retirements).get(found.name)
        return retirement.applied(found) if retirement else found

    def check_place(self, path: Path, found: Questionnaire, recorded: str | None) -> None:
        """A file stands where its name says, and a published one is on record."""
        if found.name != name_of(path):
            words = {"name": found.name, "expected": f"{found.id}/{found.version}.yaml"}
            raise refusal(str(path), Problem("wrong-place", (), words))
        if recorded is None and found.status is not Status.DRAFT:
            raise refusal(str(path), Problem("checksum-missing", (), {"name": found.name}))

    def checksums(self) -> dict[str, str]:
        """Return the recorded checksums by file, in the order of publication (the format of `sha256sum`)."""
        register = self.root / CHECKSUMS
        lines = register.read_text("utf-8").splitlines() if register.exists() else []
        return {file: recorded for recorded, file in (line.split(maxsplit=1) for line in lines if line.strip())}

    def path_of(self, name: str) -> Path:
        """Return the file of a version."""
        questionnaire_id, version = name.split("@", 1)
        return self.root / questionnaire_id / f"{version}.yaml"


class WithAnother(Library):
    """The library, and a questionnaire beside it that came from elsewhere; what the library has, it has itself."""

    def __init__(self, another: Questionnaire) -> None:
        super().__init__()
        self.another = another

    def questionnaire(self, name: str) -> Questionnaire:
        if name == self.another.name and name not in self.names():
            return self.another
        return super().questionnaire(name)


def checksum(data: bytes) -> str:
    """Return the checksum of a file; Windows line ends make no difference."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def name_of(path: Path) -> str:
    """Return `id@version` from a file's place."""
    return f"{path.parent.name}@{path.name.removesuffix('.yaml')}"


def unknown(code: str, name: str, known: Iterable[str]) -> UnknownVersion:
    """Make the error for a name the library does not have, with the nearest one it has."""
    nearest = next(iter(difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.5)), None)
    return UnknownVersion(refusal("", Problem(code, (), {"name": name, **hint(nearest)})).problems)


@cache
def shipped() -> Library:
    """Return the library that comes with the program, one for the whole process."""
    return Library()
