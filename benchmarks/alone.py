"""Programmes that open no cases under them: what is copied stands alone, and its trail tells of nothing besides."""

from dataclasses import replace

from workflow.demo.path import DemoStory

ANSWERS = "management_response"


def alone(story: DemoStory) -> DemoStory:
    """The story in which management accepts no recommendation, so that no action is followed up."""
    if ANSWERS not in story.texts:
        return story
    rows = story.texts[ANSWERS]["responses"]
    said = {"responses": [{**row, "response": "rejected"} for row in rows]}
    return replace(story, texts={**story.texts, ANSWERS: said})
