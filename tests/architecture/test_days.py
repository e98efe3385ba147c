"""On which days an appointment holds is said once: nobody else compares its first and last day."""

import ast

from tests.architecture.layout import ROOT, modules, tree_of

SAID = "workflow/people/appointments.py"
# Who looks at the days all the same, and why.
STATED = {
    "workflow/people/terms/extension.py": "the days that an extension adds, which begin after the last",
}
DAYS = ("starts_on", "ends_on")


def compares(node: ast.AST) -> bool:
    """Whether a condition of the database sets a day of an appointment against another one."""
    return isinstance(node, ast.Compare) and any(
        isinstance(side, ast.Attribute)
        and side.attr in DAYS
        and isinstance(side.value, ast.Name)
        and side.value.id == "Appointment"
        for side in (node.left, *node.comparators)
    )


def test_when_an_appointment_holds_is_said_in_one_place() -> None:
    found = {
        str(module)
        for module in modules("workflow", "web")
        if any(compares(node) for node in ast.walk(tree_of(ROOT / module)))
    }

    assert found == {SAID, *STATED}
