"""The people of the demo: who they are, what they hold and for whom."""

from dataclasses import dataclass

from workflow.vocabulary import HOUSE

# Known to everybody on purpose; only a demo has people with it.
PASSWORD = "prime-mover-demo"  # noqa: S105
DOMAIN = "demo.example"


@dataclass(frozen=True, slots=True)
class Actor:
    """One demo person; `offices` are (role, party key) pairs."""

    key: str
    name: str
    purpose: str
    offices: tuple[tuple[str, str], ...]
    language: str = "en"

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.key}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A party of the demo that is neither a country nor an office of the house."""

    key: str
    name: str
    executes: bool = True


ORGANISATIONS = (
    Organisation("undp", "United Nations Development Programme"),
    Organisation("unfpa", "United Nations Population Fund"),
    Organisation("fao", "Food and Agriculture Organization"),
    Organisation("unido", "United Nations Industrial Development Organization"),
    Organisation("board-of-auditors", "Board of Auditors", executes=False),
)

UNIT = HOUSE

CAST = (
    Actor("joao.lima", "João Lima", "writes and submits proposals", (("submitter", "moz"),)),
    Actor("leilani.tau", "Leilani Tau", "writes and submits proposals", (("submitter", "wsm"),)),
    Actor("jane.okello", "Jane Okello", "screens proposals", (("unit_officer", UNIT),)),
    Actor(
        "ravi.chand",
        "Ravi Chand",
        "screens, and sits on the appraisal committee",
        (("unit_officer", UNIT), ("pac_member", UNIT)),
    ),
    Actor("elena.petrova", "Elena Petrova", "directs the Special Unit", (("unit_head", UNIT),)),
    Actor("paulo.sa", "Paulo Sá", "answers consultations for Brazil", (("pivotal_focal", "bra"),)),
    Actor(
        "priya.menon", "Priya Menon", "answers consultations for India", (("pivotal_focal", "ind"),)
    ),
    Actor(
        "thandi.nkosi",
        "Thandi Nkosi",
        "answers consultations for South Africa",
        (("pivotal_focal", "zaf"),),
    ),
    Actor("li.wei", "Li Wei", "answers consultations for China", (("pivotal_focal", "chn"),)),
    Actor(
        "somchai.chaiyasit",
        "Somchai Chaiyasit",
        "answers consultations for Thailand",
        (("pivotal_focal", "tha"),),
    ),
    Actor(
        "aisyah.rahman",
        "Aisyah Rahman",
        "answers consultations for Malaysia",
        (("pivotal_focal", "mys"),),
    ),
    Actor(
        "youssef.benali",
        "Youssef Benali",
        "answers consultations for Morocco",
        (("pivotal_focal", "mar"),),
    ),
    Actor(
        "graca.mabunda",
        "Graça Mabunda",
        "endorses and signs for Mozambique",
        (("national_authority", "moz"),),
    ),
    Actor(
        "domingos.neto",
        "Domingos Neto",
        "endorses and signs for Angola",
        (("national_authority", "ago"),),
    ),
    Actor(
        "tavita.leota",
        "Tavita Leota",
        "endorses and signs for Samoa",
        (("national_authority", "wsm"),),
    ),
    Actor(
        "losa.fifita",
        "Losa Fifita",
        "endorses and signs for Tonga",
        (("national_authority", "ton"),),
    ),
    Actor(
        "maria.evora",
        "Maria Évora",
        "endorses and signs for Cabo Verde",
        (("national_authority", "cpv"),),
    ),
    Actor(
        "kenji.watanabe",
        "Kenji Watanabe",
        "formulates programmes for UNDP",
        (("executing_agency", "undp"),),
    ),
    Actor(
        "amina.diallo",
        "Amina Diallo",
        "formulates programmes for FAO",
        (("executing_agency", "fao"),),
    ),
    Actor(
        "beatriz.costa",
        "Beatriz Costa",
        "manages delivery for UNDP and FAO",
        (("programme_manager", "undp"), ("programme_manager", "fao")),
    ),
    Actor("fatou.ndiaye", "Fatou Ndiaye", "chairs the appraisal committee", (("pac_chair", UNIT),)),
    Actor(
        "arjun.mehta",
        "Arjun Mehta",
        "sits on the Board for India and chairs it",
        (("board_member", "ind"), ("board_chair", "ind")),
    ),
    Actor(
        "carla.duarte", "Carla Duarte", "sits on the Board for Brazil", (("board_member", "bra"),)
    ),
    Actor(
        "sipho.dlamini",
        "Sipho Dlamini",
        "sits on the Board for South Africa",
        (("board_member", "zaf"),),
    ),
    Actor("ingrid.solberg", "Ingrid Solberg", "represents the donor Norway", (("donor", "nor"),)),
    Actor(
        "oluwaseun.ade",
        "Oluwaseun Adé",
        "assures quality and arranges evaluations",
        (("quality_assurer", UNIT),),
    ),
    Actor(
        "nadia.haddad",
        "Nadia Haddad",
        "evaluates programmes",
        (("evaluator", "evaluation-office"),),
    ),
    Actor(
        "farida.nazarova",
        "Farida Nazarova",
        "evaluates programmes that Nadia Haddad evaluated before",
        (("evaluator", "evaluation-office"),),
    ),
    Actor("tom.becker", "Tom Becker", "certifies final accounts", (("finance_officer", UNIT),)),
    Actor(
        "marie.laurent",
        "Marie Laurent",
        "audits: reads every history, changes nothing",
        (("auditor", "board-of-auditors"),),
    ),
    Actor(
        "naledi.khumalo",
        "Naledi Khumalo",
        "administers the house: appoints and maintains, signs nothing",
        (("administrator", UNIT),),
    ),
    Actor(
        "pieter.vos",
        "Pieter Vos",
        "administers the house: confirms what takes a second administrator",
        (("administrator", UNIT),),
    ),
)

# Country, area and the day it answered that it wants to lead there.
# India, Thailand and Malaysia: paragraph 15 of the 2004 report; the others belong to the demo.
INTERESTS = (
    ("ind", "hiv-aids", "2004-01-15"),
    ("tha", "hiv-aids", "2004-01-20"),
    ("mys", "hiv-aids", "2004-02-02"),
    ("bra", "hiv-aids", "2004-03-09"),
    ("ind", "small-medium-enterprises", "2004-01-15"),
    ("tha", "small-medium-enterprises", "2004-01-20"),
    ("mys", "small-medium-enterprises", "2004-02-02"),
    ("ind", "ict", "2004-05-11"),
    ("chn", "ict", "2004-06-01"),
    ("zaf", "ict", "2004-06-14"),
    ("chn", "trade", "2003-11-28"),
    ("bra", "trade", "2004-03-09"),
    ("mar", "trade", "2004-01-08"),
    ("bra", "agriculture", "2005-02-17"),
    ("chn", "agriculture", "2005-03-01"),
    ("zaf", "agriculture", "2005-04-12"),
    ("bra", "distance-learning", "2005-02-17"),
    ("ind", "distance-learning", "2005-01-10"),
    ("chn", "energy", "2006-09-05"),
    ("ind", "energy", "2006-09-19"),
    ("mar", "energy", "2007-01-30"),
)


def focal_points(country: str) -> tuple[str, ...]:
    """Who speaks for a pivotal country, by its key: one of the cast, or nobody."""
    return tuple(each.key for each in CAST if ("pivotal_focal", country) in each.offices)[:1]
