"""What the demo's people file of partners, agreements and training."""

from datetime import date, timedelta
from typing import Any


def day(today: date, days: int) -> str:
    """A day so many after another, as a form has it."""
    return (today + timedelta(days=days)).isoformat()


def lines(*lines: tuple[str, str, str]) -> list[dict[str, str]]:
    """Lines of a budget."""
    return [dict(zip(("output", "source", "amount"), each, strict=True)) for each in lines]


def examined(name: str, key: str, listed: date, until: date) -> dict[str, Any]:
    """What was found of a partner that passes until a day."""
    return {
        "title": f"Vetting of {name}",
        "partner": key,
        "purpose": "It wants to give to programmes that countries of the South lead.",
        "conflicts": "None that is known.",
        "money_from": "Its budget, as its parliament or its owners published it.",
        "list_of": listed.isoformat(),
        "recommendation": "pass",
        "valid_until": until.isoformat(),
        "reasons": "What was found speaks for it.",
    }


def norway(today: date) -> dict[str, Any]:
    """What Norway agrees to give."""
    return {
        "gives": ["money"],
        "amount": "2000000",
        "currency": "NOK",
        "earmarks": [
            {"number": "1", "output": "Benches"},
            {"number": "2", "condition": "An audit of the first year"},
        ],
        "payments": [
            {"due": day(today, 20), "amount": "1500000", "earmark": "1"},
            {"due": day(today, 300), "amount": "500000", "earmark": "2"},
        ],
        "reads": ["reports", "money", "evaluations"],
    }


def laboratories(today: date) -> dict[str, Any]:
    """A triangular programme, with Norway for its donor."""
    return {
        "title": "Soil laboratories for small farms",
        "framework": "F7",
        "modality": "triangular",
        "participating_countries": ["MOZ", "AGO"],
        "lead_country": ["MOZ"],
        "areas": ["agriculture"],
        "planned_start": day(today, 10),
        "planned_end": day(today, 760),
        "objective": "Two laboratories test the soil of 4,000 small farms a year.",
        "strategy": "An institute of Brazil trains; the two countries build; a donor adds benches.",
        "executing_agency": "undp",
        "donors": ["nor"],
        "donor_part": "200000",
        "total_cost": "500000",
    }


def pumps(today: date) -> dict[str, Any]:
    """A programme of training."""
    institute = "Institute of Solar Energy, Chennai"
    course = {"institution": institute, "days": "20"}
    return {
        "title": "Solar pumps that the village repairs",
        "framework": "F7",
        "modality": "training",
        "participating_countries": ["MOZ", "AGO"],
        "areas": ["agriculture"],
        "planned_start": day(today, -60),
        "planned_end": day(today, 400),
        "objective": "Mechanics of two countries repair solar pumps.",
        "executing_agency": "undp",
        "institutions": [{"institution": institute, "country": "IND", "known_for": "Pumps since 1994"}],
        "courses": [
            {"course": "1", "title": "Pumps and valves", "begins": day(today, -30), **course},
            {"course": "2", "title": "Panels and wiring", "begins": day(today, 90), **course},
        ],
        "places": [
            {"course": "1", "country": "MOZ", "places": "12"},
            {"course": "1", "country": "AGO", "places": "8"},
            {"course": "2", "country": "MOZ", "places": "10"},
        ],
        "donors": ["nor"],
        "total_cost": "300000",
        "contributions": [
            {"number": "1", "donor": "nor", "about": "Places, board and travel", "asked": "300000"}
        ],
        "budget": lines(("Courses", "nor", "300000")),
    }  # fmt: skip
