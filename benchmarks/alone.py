"""Programmes that open no cases under them: what is copied stands alone, and its trail tells of nothing besides."""

from dataclasses import replace

from workflow.demo.path import DemoStory

PROPOSAL, BUDGET = "proposal", "project_document"
REPORT, EVALUATION = "final_report", "evaluation"


def alone(story: DemoStory) -> DemoStory:
    """The story planned for the one year of its budget, and its evaluation waived.

    So no other year is planned while it is told, nothing is evaluated, and its report tells no lesson.
    """
    texts = {kind: text for kind, text in story.texts.items() if kind != EVALUATION}
    if texts[PROPOSAL].get("planned_start"):
        (year,) = {row["year"] for row in texts[BUDGET]["budget"]}
        planned = {"planned_start": f"{year}-01-01", "planned_end": f"{year}-12-31"}
        texts[PROPOSAL] = {**texts[PROPOSAL], **planned}
    if report := texts.get(REPORT):
        texts[REPORT] = {**report, "lessons": []}
    return replace(story, texts=texts)
