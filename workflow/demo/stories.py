"""Stories of the demo: read from their file, and put into the documents that people would file."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from workflow.demo.path import DemoStory
from workflow.reference import reference

AUTHORITIES = {
    "MOZ": "graca.mabunda",
    "AGO": "domingos.neto",
    "WSM": "tavita.leota",
    "TON": "losa.fifita",
    "CPV": "maria.evora",
}
AGENTS = {"undp": "kenji.watanabe", "fao": "amina.diallo", "": ""}
DONORS = {"nor": "ingrid.solberg"}
GIVERS = frozenset({"Norway"})
CRITERIA = {
    "relevance": "6",
    "coherence": "5",
    "effectiveness": "5",
    "efficiency": "4",
    "impact": "5",
    "sustainability": "4",
}
REGISTER = "register of the ministry"


def read_stories() -> tuple[Mapping[str, Any], ...]:
    """Every story as its file tells it."""
    told = tomllib.loads((files("config") / "demo" / "stories.toml").read_text("utf-8"))
    return tuple(told["story"])


def story(told: Mapping[str, Any], today: date) -> DemoStory:
    """The story with its people and documents; `today` places its dates."""
    begin = today - timedelta(days=told["began"])
    return DemoStory(
        submitter=told["submitter"],
        party=told["party"],
        authorities=tuple(AUTHORITIES[country] for country in told["countries"]),
        agency=AGENTS[told["agency"]],
        positions={who: (verdict, reason) for who, verdict, reason in told["positions"]},
        texts={
            "proposal": _proposal(told, begin),
            "project_document": _project_document(told, begin),
            **_delivery(told, begin),
            **_ending(told, begin),
        },
        lines=_lines(told),
        convenor=told["convenor"],
        donor=next((DONORS[donor] for donor in told.get("donors", [])), ""),
        pace=told["pace"],
        kept="promised" not in told,
        evaluator=told.get("evaluator", "nadia.haddad"),
        comments=_comments(told),
        stands=tuple(told.get("stands", ("", "", ""))),
    )


def _comments(told: Mapping[str, Any]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for who, clause, words in told.get("comments", ()):
        found[who] = (*found.get(who, ()), (clause, words))
    return found


def _proposal(told: Mapping[str, Any], begin: date) -> dict[str, Any]:
    submitter = "Permanent Secretary"
    start, end = begin + timedelta(days=told.get("starts", 300)), begin + timedelta(days=1030)
    return {
        "title": told["title"],
        "framework": _framework(start),
        "modality": told.get("modality", "standard"),
        "participating_countries": told["countries"],
        "agreements": [
            {"country": country, "person": submitter, "agreed_on": begin.isoformat()}
            for country in told["countries"]
            if country.lower() != told["party"]
        ],
        "requesting_institution": told["institution"],
        "signatory": f"{submitter}, {told['institution']}",
        "areas": told["areas"],
        "sector": told["sector"],
        "sdg_goals": told["sdg"],
        "mdg_goals": [],
        "situation": told["situation"],
        "beneficiaries": told["beneficiaries"],
        "objective": told["objective"],
        "strategy": told["strategy"],
        "outputs": [
            {"output": output, "indicator": indicator, "target": target}
            for output, indicator, target in told["outputs"]
        ],
        "executing_agency": told["agency"],
        "donors": told.get("donors", []),
        "knowhow": told["strategy"] if told["budget"] else "",
        "budget": [
            {"source": source, "purpose": purpose, "nature": _nature(source), "amount": amount}
            for source, purpose, amount in told["budget"]
        ],
        "total_cost": str(total(told)) if told["budget"] else "",
        "planned_start": start.isoformat() if told["objective"] else "",
        "planned_end": end.isoformat() if told["objective"] else "",
    }


def _framework(start: date) -> str:
    """The newest framework that had come into force by this day."""
    begun = [row for row in reference().frameworks if int(row["period_start"]) <= start.year]
    return max(begun, key=lambda row: int(row["period_start"]))["id"]


def _nature(source: str) -> str:
    """What kind of money a source gives: funds and donors pay for activities, the South matches."""
    return "activities" if "Fund" in source or source in GIVERS else "matching"


def total(told: Mapping[str, Any]) -> int:
    """The sum of the budget lines, in dollars."""
    return sum(int(amount) for _, _, amount in told["budget"])


def _project_document(told: Mapping[str, Any], begin: date) -> dict[str, Any]:
    return {
        "strategy": told["strategy"],
        "arrangements": "The convenor of the lead group chairs; the group meets each quarter, and "
        "the executing agency reports to it and to the Special Unit.",
        "gender_marker": "2",
        "results": [
            {"output": output, "indicator": indicator, "baseline": "0", "target": target}
            for output, indicator, target in told["outputs"]
        ],
        "indicators": _indicators(told, begin),
        "budget": [
            {"year": str(begin.year + 1), "source": source, "amount": amount}
            for source, _, amount in told["budget"]
        ],
        "unfunded": "0",
        "risks": [{"risk": told["risk"], "level": "moderate", "measure": told["measure"]}],
    }


def _indicators(told: Mapping[str, Any], begin: date) -> list[dict[str, str]]:
    """Each output in figures, for the reports to be held against."""
    return [
        {
            "code": str(number), "output": output, "indicator": output, "unit": unit, "direction": "more",
            "baseline": "0", "baseline_on": begin.isoformat(), "target": target, "means": REGISTER,
        }
        for number, (output, unit, target) in enumerate(told["outputs"], 1)
    ]  # fmt: skip


def _actuals(told: Mapping[str, Any]) -> list[dict[str, str]]:
    """Where each output stands by the half of its time."""
    return [
        {"indicator": str(number), "value": str(int(target) // 2), "means": REGISTER}
        for number, (_, _, target) in enumerate(told["outputs"], 1)
    ]


def _delivery(told: Mapping[str, Any], begin: date) -> dict[str, dict[str, Any]]:
    half = str(total(told) // 2)
    done = [f"{output}: {indicator}" for output, indicator, _ in told["outputs"]]
    return (
        {
            "annual_work_plan": {
                "year": str((begin + timedelta(days=300)).year),
                "activities": [
                    {
                        "activity": output,
                        "quarters": "Q1-Q4",
                        "responsible": told["agency"].upper(),
                        "amount": str(total(told) // 2 // len(told["outputs"])),
                    }
                    for output, _, _ in told["outputs"]
                ],
            },
            "report": {
                "summary": f"On the way, about half of each target. {'; '.join(done)}.",
                "actuals": _actuals(told),
                "received": half,
                "spent": half,
                "blockers": "Customs clearance took six weeks; the lead group has written.",
                "support": "5",
            },
        }
        if told["outputs"]
        else {}
    )


def _lines(told: Mapping[str, Any]) -> tuple[tuple[str, str, str, str], ...]:
    """Each output with who carries it out, whose money it takes, and how much of it in a year."""
    if not told["outputs"] or not told["budget"]:
        return ()
    amount = str(total(told) // 4 // len(told["outputs"]))
    source = told["budget"][0][0]
    return tuple(
        (output, told["agency"].upper(), source, amount) for output, _, _ in told["outputs"]
    )


def _ending(told: Mapping[str, Any], begin: date) -> dict[str, dict[str, Any]]:
    spent = total(told) - 2400
    reached = [
        f"{output}: {target} {indicator} reached" for output, indicator, target in told["outputs"]
    ]
    return {
        "final_report": {
            "results": "; ".join(reached) + ".",
            "sustainability": "The ministries have taken the running costs into their budgets.",
            "assets": "Equipment handed over to the ministries against papers.",
        },
        "evaluation": _evaluation(told, begin),
        "final_financial_statement": {
            "received": str(total(told)),
            "spent": str(spent),
            "balance": "2400",
            "refund": "Returned to the fund and to the givers in proportion.",
        },
    }


def _evaluation(told: Mapping[str, Any], begin: date) -> dict[str, Any]:
    """What its final evaluation says; what is promised there is due so many days after it began."""
    about = told["outputs"][0][0] if told["outputs"] else told["title"]
    first, second = told.get("promised", (1100, 1130))
    agency = told["agency"]
    return {
        "since": begin.isoformat(),
        "purpose": "What it came to, and what another country should know before it begins.",
        "questions": "What was reached, and for whom? What stays? What did it cost in each country?",
        "scope": "The whole programme, in both countries.",
        "method": "The reports and books of the programme, visits, talks with those it was for.",
        "set_aside": "9000",
        "sources": "Reports, registers of the ministries, talks",
        "limits": "Sites that cannot be reached in the rains are heard by telephone.",
        "ratings": CRITERIA,
        "evidence": f"Reports of the programme and the {REGISTER}",
        "findings": " ".join(("The work went on after the money ended.", told["lesson"])),
        "recommendations": [
            {
                "to": "special-unit",
                "says": told["lesson"],
                "response": "accepted",
                "action": f"Put into the model agreement: {about}",
                "owner": "Special Unit",
                "due": first,
            },
            {
                "to": agency,
                "says": "Report costs by country.",
                "response": "partly_accepted",
                "action": f"Costs of each country: {about}",
                "owner": agency.upper(),
                "due": second,
            },
        ],
    }
