"""The mutants of a module: what the operators of mutmut make of each place in it, one at a time.

mutmut itself leaves out decorated functions and what stands at the top of a module; here they take part.
Left out, as there: annotations, decorators, calls of len and isinstance. A mutant that changes nothing but
the text of a rejection, or of what is said when nothing was found, is of the kind "message".
"""

from collections.abc import Iterator

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

from .edits import Edit, distinct, edit, functions, line_starts, parsed, read

MESSAGE, MUTANT = "message", "mutant"
REFUSALS = ("require", "Rejected", "Malformed", "CheckError", "Undecided", "ArithmeticError")


class Places(cst.CSTVisitor):
    """Collects every change of a node: its kind, the node, and the one in its place."""

    def __init__(self) -> None:
        self.found, self.messages = list[tuple[str, cst.CSTNode, cst.CSTNode]](), set[int]()
        self.inside = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        name = node.func.value if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) else ""
        if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom):
            return False
        if name in ("len", "isinstance"):
            return False
        if isinstance(node, cst.Call) and name in REFUSALS:
            self.messages |= {id(x) for x in node.args[name == "require" :]}
        self.inside += id(node) in self.messages
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                self.found += [(self.kind(node, new, name), node, new) for new in operator(node)]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        self.inside -= id(original_node) in self.messages

    def kind(self, node: cst.CSTNode, new: cst.CSTNode, name: str) -> str:
        same = (isinstance(node, cst.Call) and isinstance(new, cst.Call) and name in REFUSALS
                and (name != "require" or (bool(new.args) and new.args[0].deep_equals(node.args[0]))))
        return MESSAGE if self.inside or same else MUTANT


def variants(file: str) -> list[Edit]:
    """Every mutant of a file."""
    source = read(file)
    names, wrapper = functions(parsed(source)), MetadataWrapper(cst.parse_module(source))
    spans, places = wrapper.resolve(PositionProvider), Places()
    wrapper.module.visit(places)
    starts = line_starts(source)

    def edits() -> Iterator[Edit]:
        for kind, node, new in places.found:
            if isinstance(node, cst.BaseCompoundStatement):
                whole = wrapper.module.deep_replace(node, new).code  # type: ignore[union-attr]
            else:
                first, last = spans[node].start, spans[node].end
                begin, end = (starts[x.line - 1] + x.column for x in (first, last))
                whole = source[:begin] + wrapper.module.code_for_node(new) + source[end:]
            if whole != source:
                yield edit(file, kind, source, whole, names)

    return distinct(edits())
