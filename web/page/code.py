"""Templates as code of Python that says in one step what Jinja takes several for."""

from collections.abc import Mapping
from io import StringIO
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from web.page.macros import PageMacro
from web.page.text import text
from web.sentences.directions import sentence

SENTENCES = frozenset({"_", "gettext"})
# What asks to be told on which page it stands.
TOLD = frozenset({*SENTENCES, "ngettext", "pgettext", "npgettext"})
# Where Jinja would gather what it writes.
PIECES = "pieces_of_the_page"
# What the code calls, by the names it has there.
CALLED: Mapping[str, Any] = {"sentence": sentence, "Macro": PageMacro, "text": text}


class PageCode(CodeGenerator):
    """Writes out by one function, calls what is called, and looks sentences without places up as they are."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # as Jinja has it
        """The whole template, and behind it the names of ours that it uses."""
        super().visit_Template(node, frame)
        for name, called in CALLED.items():
            self.writeline(f"from {called.__module__} import {called.__name__} as {name}")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802  # as Jinja has it
        """All between two statements handed on at once, rather than piece by piece."""
        if frame.buffer is not None:
            super().visit_Output(node, frame)
            return
        page, self.stream, frame.buffer = self.stream, StringIO(), PIECES
        try:
            super().visit_Output(node, frame)
        finally:
            pieces, self.stream, frame.buffer = self.stream, page, None
        self.stream.write(_handed_on(pieces.getvalue()))

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802, FBT001, FBT002  # as Jinja has it
        """A call as Python has it, unless what is called asks for more than it is given."""
        words = _words(node)
        if words is not None and _is_page(frame):
            self.write(f"sentence({words!r})")
        elif isinstance(node.node, nodes.Name) and node.node.name in TOLD:
            super().visit_Call(node, frame, forward_caller=forward_caller)
        else:
            self.visit(node.node, frame)
            caller = {"caller": "caller"} if forward_caller else None
            self.write(f"({self._given(node, frame, caller)})")

    def _given(self, node: nodes.Call, frame: Frame, more: dict[str, Any] | None) -> str:
        """The arguments of a call; Jinja writes them behind another one."""
        page, self.stream = self.stream, StringIO()
        try:
            self.signature(node, frame, more)
            return self.stream.getvalue().removeprefix(", ")
        finally:
            self.stream = page

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _is_page(frame):
            self.write("text(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _is_page(frame):
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)


def _handed_on(gathered: str) -> str:
    """The code that hands on what other code would gather: several pieces as one, a single one as it is."""
    if f"{PIECES}.append(" not in gathered:
        return gathered.replace(f"{PIECES}.extend(", 'yield "".join(', 1)
    piece, _, end = gathered.rpartition(",")
    return piece.replace(f"{PIECES}.append(", "yield (", 1) + end


def _is_page(frame: Frame) -> bool:
    """Whether what is written here is known to be escaped."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


def _words(node: nodes.Call) -> str | None:
    """The sentence that is asked for, where it is written out and nothing stands in it."""
    if not isinstance(node.node, nodes.Name) or node.node.name not in SENTENCES:
        return None
    if len(node.args) != 1 or node.kwargs or node.dyn_args or node.dyn_kwargs:
        return None
    only = node.args[0]
    return only.value if isinstance(only, nodes.Const) and isinstance(only.value, str) else None
