"""Programmes that open no cases under them: what is copied stands alone, and its trail tells of nothing besides."""

from dataclasses import replace

from workflow.demo.path import DemoStory

PROPOSAL, BUDGET, ANSWERS = "proposal", "project_document", "management_response"
REPORT = "final_report"


def alone(story: DemoStory) -> DemoStory:
    """The story planned for the one year of its budget, in which management accepts no recommendation.

    So no other year is planned while it is told, no action is followed up, and its report tells no lesson.
    """
    texts = dict(story.texts)
    if texts[PROPOSAL].get("planned_start"):
        (year,) = {row["year"] for row in texts[BUDGET]["budget"]}
        planned = {"planned_start": f"{year}-01-01", "planned_end": f"{year}-12-31"}
        texts[PROPOSAL] = {**texts[PROPOSAL], **planned}
    if answers := texts.get(ANSWERS):
        rows = [{**row, "response": "rejected"} for row in answers["responses"]]
        texts[ANSWERS] = {**answers, "responses": rows}
    if report := texts.get(REPORT):
        texts[REPORT] = {**report, "lessons": []}
    return replace(story, texts=texts)
