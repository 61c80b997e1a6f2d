"""The comparison as tables: targets, ratios, all figures."""

from __future__ import annotations

from typing import Any

from costs.figures import NONE, Figure, Kind, table
from costs.fitted import OURS
from costs.kinds import BATCH, FIT, KINDS, SHARE, quality_kinds

_ONLY_OURS = "no calibration"
# Ratios that are to be reached: kind, peer, target.
_RATIOS = (
    (Kind(BATCH.key, f"{BATCH.title}, over fasttext-hs", "×", True, 1.0), "fasttext-hs"),
    (Kind(FIT.key, "fit, over pecos", "×", target=2.0), "pecos"),
)
_NO_RATIO = ("parallel",)  # is one already


class Compared:
    """A section of the comparison, as it was kept."""

    def __init__(self, section: dict[str, Any]) -> None:
        self._section = section
        self._systems: dict[str, Any] = section["systems"]
        self._names = sorted(self._systems, key=lambda name: name != OURS)
        self._kinds = [*KINDS, *quality_kinds(section["parts"])]

    def targets(self) -> list[tuple[str, ...]]:
        """Rows of what is to be reached."""
        if OURS not in self._systems:
            return []
        rows = [_target(kind, self._figure(OURS, kind.key)) for kind in self._kinds if kind.target]
        for kind, peer in _RATIOS:
            ratio = self._figure(OURS, kind.key).over(self._figure(peer, kind.key))
            row = _target(kind, ratio)
            if kind.key == FIT.key and self._systems.get(peer, {"given": False})["given"]:
                row = (*row[:-1], f"– {peer} was fitted in an earlier run")
            rows.append(row)
        heavy = sorted({"sklearn", "nltk", "pandas"} & set(self._systems[OURS]["heavy"]))
        imported = ", ".join(heavy) or "none"
        verdict = "no" if heavy else "yes"
        rows.append(("scikit-learn, nltk, pandas imported to answer", imported, "none", verdict))
        return rows

    def ratios(self) -> list[str]:
        """Table of textcat over every peer."""
        peers = [name for name in self._names if name != OURS]
        if OURS not in self._systems or not peers:
            return [NONE]
        rows = []
        for kind in self._kinds:
            cells = [self._against(peer, kind) for peer in peers]
            if kind.key not in _NO_RATIO and set(cells) != {NONE}:
                rows.append([*_direction(kind), *cells])
        return table(["figure", "textcat is better", *peers], rows)

    def _against(self, peer: str, kind: Kind) -> str:
        ours, theirs = self._figure(OURS, kind.key), self._figure(peer, kind.key)
        return str(ours.less(theirs) if kind.unit == SHARE else ours.over(theirs))

    def absolutes(self) -> list[str]:
        """Table of everything, and why some of it is missing."""
        facts = self._section["facts"]
        size = f"A catalogue of {facts['rows']:,} rows in {facts['categories']:,} categories"
        asked = f"{facts['asked']:,} different names of its test sets are asked."
        threads = f"Fits have {facts['threads']} threads, answers one."
        rows = []
        for kind in self._kinds:
            cells = [str(self._figure(name, kind.key)) for name in self._names]
            target = f"{kind.target:g}" if kind.target else ""
            rows.append([f"{kind.title}, {kind.unit}", *cells, target])
        heavy = [", ".join(self._systems[name]["heavy"]) or "none" for name in self._names]
        rows.append(["heavy libraries imported to answer", *heavy, ""])
        lines = [f"{size}; {asked} {threads}", ""]
        lines += table(["figure", *self._names, "target"], rows)
        return [*lines, "", *self._notes()]

    def _notes(self) -> list[str]:
        """Versions, remarks, and the reasons for every dash."""
        lines = []
        for name in self._names:
            system = self._systems[name]
            reasons: dict[str, list[str]] = {}
            for kind in self._kinds:
                why = self._figure(name, kind.key).why
                if why:
                    reasons.setdefault(why, []).append(kind.title)
            said = [f"{', '.join(titles)}: – since {why}" for why, titles in reasons.items()]
            said = [system["note"], *said] if system["note"] else said
            lines.append(f"- {name} {system['version']}{': ' if said else ''}{'; '.join(said)}")
        missing = self._section["missing"].items()
        return [*lines, *(f"- {name}: left out, {why}" for name, why in missing)]

    def _figure(self, system: str, key: str) -> Figure:
        found = self._systems.get(system, {"figures": {}})["figures"].get(key)
        if found:
            return Figure(found["values"], found["why"])
        return Figure(why=_ONLY_OURS if key == "fit_uncalibrated" else "not measured")


def _direction(kind: Kind) -> tuple[str, str]:
    """How a row of comparisons is called, and what is good."""
    if kind.unit == SHARE:
        return f"{kind.title}: difference", "above 0"
    return kind.title, "above 1" if kind.higher_is_better else "below 1"


def _target(kind: Kind, figure: Figure) -> tuple[str, ...]:
    """Row of one target."""
    words = {True: "yes", False: "no"}
    verdict = NONE if figure.median is None else words[kind.is_reached(figure.median)]
    bound = f"{'≥' if kind.higher_is_better else '≤'} {kind.target:,g} {kind.unit}"
    return kind.title, f"{figure} {kind.unit}" if figure.measured else NONE, bound, verdict


def target_row(kind: Kind, values: list[float]) -> tuple[str, ...]:
    """Row of a target outside the comparison."""
    return _target(kind, Figure(list(values)))
