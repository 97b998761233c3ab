"""What a template may say: fields, conditions on fields, loops over lists, three filters. Anything else is named as a mistake."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError, nodes

from pipeline.letters._fields import Field, FieldKind
from pipeline.letters._template import FILTERS, environment

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.Filter,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake, on a line of the source (a paragraph)."""

    line: int
    text: str


@dataclass(slots=True)
class Reading:
    """What a part's source says. ``printed``: each field with the conditions it stands under."""

    findings: list[Finding] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    printed: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    def always(self, name: str, required: set[str]) -> bool:
        """Whether a field is printed whenever it is known: under no condition but that required fields are known."""
        return any(found == name and conditions <= required for found, conditions in self.printed)


def read_source(source: str, fields: Mapping[str, Field]) -> Reading:
    """Read one part."""
    reading = Reading()
    try:
        tree = environment().parse(source)
    except TemplateSyntaxError as fault:
        reading.findings.append(
            Finding(fault.lineno, f"betingelsene eller feltene går ikke opp ({fault.message})")
        )
        return reading
    _Walk(reading, fields).all(tree.body, _Under())
    return reading


@dataclass(frozen=True, slots=True)
class _Under:
    """Where a node stands: names known to be filled, conditions passed, loop variables, inside a loop."""

    known: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    loops: tuple[tuple[str, str], ...] = ()

    def inside(self, known: frozenset[str], conditions: frozenset[str]) -> _Under:
        return _Under(self.known | known, self.conditions | conditions, self.loops)


class _Walk:
    def __init__(self, reading: Reading, fields: Mapping[str, Field]) -> None:
        self.reading, self.fields = reading, fields

    def wrong(self, node: nodes.Node, text: str) -> None:
        finding = Finding(node.lineno, text)
        if finding not in self.reading.findings:
            self.reading.findings.append(finding)

    def all(self, body: list[nodes.Node], under: _Under) -> None:
        for node in body:
            self.one(node, under)

    def one(self, node: nodes.Node, under: _Under) -> None:
        """A statement or a piece of output."""
        if isinstance(node, nodes.Output):
            for piece in node.nodes:
                if not isinstance(piece, nodes.TemplateData):
                    self.prints(piece, under)
        elif isinstance(node, nodes.If):
            self.condition(node, under)
        elif isinstance(node, nodes.For):
            self.loop(node, under)
        else:
            self.forbidden(node)

    def condition(self, node: nodes.If, under: _Under) -> None:
        self.tests(node.test, under)
        yes, no = _known(node.test)
        self.all(node.body, under.inside(yes, _conditions(node.test)))
        rest = under.inside(no, _OTHER)
        self.all(list(node.elif_), rest)
        self.all(node.else_, rest)

    def loop(self, node: nodes.For, under: _Under) -> None:
        if under.loops:
            self.wrong(node, "en løkke kan ikke stå inne i en annen")
        if node.test is not None or node.recursive or node.else_:
            self.wrong(node, "en løkke kan bare gå gjennom en liste, uten vilkår")
        if not isinstance(node.iter, nodes.Name) or not isinstance(node.target, nodes.Name):
            self.wrong(node, "en løkke skal gå gjennom et felt som er en liste")
            return
        found = self.field(node.iter)
        if found is not None and found.kind is not FieldKind.LIST:
            self.wrong(node, f"«{node.iter.name}» er ikke en liste")
        loops = (*under.loops, (node.target.name, node.iter.name))
        self.all(node.body, _Under(under.known, under.conditions, loops))

    def field(self, node: nodes.Name) -> Field | None:
        found = self.fields.get(node.name)
        if found is None:
            near = difflib.get_close_matches(node.name, self.fields, n=1)
            hint = f". Mente du «{near[0]}»?" if near else ""
            self.wrong(node, f"ukjent felt «{node.name}»{hint}")
        else:
            self.reading.used.add(node.name)
        return found

    def prints(self, node: nodes.Node, under: _Under) -> None:
        """An expression whose value is written."""
        if isinstance(node, nodes.Name):
            source = dict(under.loops).get(node.name)
            if source is not None:
                self.reading.printed.append((source, under.conditions))
                return
            found = self.field(node)
            if found is None:
                return
            if found.kind is FieldKind.FLAG:
                self.wrong(node, f"«{node.name}» er ja eller nei og kan bare stå i en betingelse")
            elif found.kind is FieldKind.LIST:
                self.wrong(node, f"«{node.name}» er en liste: bruk en løkke eller join")
            elif found.optional and node.name not in under.known:
                self.wrong(node, f"«{node.name}» kan mangle: sett {{% if {node.name} %}} rundt setningen")
            self.reading.printed.append((node.name, under.conditions))
        elif isinstance(node, nodes.CondExpr):
            self.tests(node.test, under)
            yes, no = _known(node.test)
            self.prints(node.expr1, under.inside(yes, _OTHER))
            if node.expr2 is not None:
                self.prints(node.expr2, under.inside(no, _OTHER))
        elif isinstance(node, nodes.Filter):
            self.filtered(node, under)
        elif not (isinstance(node, nodes.Const) and isinstance(node.value, str)):
            self.forbidden(node)

    def filtered(self, node: nodes.Filter, under: _Under) -> None:
        if node.name not in FILTERS:
            self.wrong(node, f"filteret «{node.name}» er ikke lov i et brev")
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            self.forbidden(node)
        for argument in node.args:
            if not (isinstance(argument, nodes.Const) and isinstance(argument.value, str)):
                self.forbidden(argument)
        inner = node.node
        if node.name == "join" and isinstance(inner, nodes.Name):
            found = self.field(inner)
            if found is not None and found.kind is not FieldKind.LIST:
                self.wrong(node, f"«{inner.name}» er ikke en liste")
            self.reading.printed.append((inner.name, under.conditions))
        elif inner is not None:
            self.prints(inner, under)

    def tests(self, node: nodes.Node, under: _Under) -> None:
        """An expression that only decides."""
        if isinstance(node, nodes.Name):
            if node.name not in dict(under.loops):
                self.field(node)
        elif isinstance(node, nodes.Const):
            self.wrong(node, "en betingelse skal gjelde et felt")
        elif isinstance(node, _ALLOWED):
            for child in node.iter_child_nodes():
                compared = isinstance(node, (nodes.Compare, nodes.Operand)) and isinstance(child, nodes.Const)
                if not compared:
                    self.tests(child, under)
        else:
            self.forbidden(node)

    def forbidden(self, node: nodes.Node) -> None:
        self.wrong(node, f"«{type(node).__name__}» er ikke lov i et brev: bare felt, betingelser og løkker")


# A condition that is not simply that fields are known.
_OTHER = frozenset({"?"})


def _conditions(test: nodes.Node) -> frozenset[str]:
    """The fields a condition asks for, when it asks for nothing else."""
    if isinstance(test, nodes.Name):
        return frozenset({test.name})
    if isinstance(test, nodes.And):
        return _conditions(test.left) | _conditions(test.right)
    return _OTHER


def _known(test: nodes.Node) -> tuple[frozenset[str], frozenset[str]]:
    """The fields that are filled when a test holds, and when it doesn't."""
    if isinstance(test, nodes.Name):
        return frozenset({test.name}), frozenset()
    if isinstance(test, nodes.Not):
        yes, no = _known(test.node)
        return no, yes
    if isinstance(test, (nodes.And, nodes.Or)):
        (yes_left, no_left), (yes_right, no_right) = _known(test.left), _known(test.right)
        if isinstance(test, nodes.And):
            return yes_left | yes_right, no_left & no_right
        return yes_left & yes_right, no_left | no_right
    return frozenset(), frozenset()
