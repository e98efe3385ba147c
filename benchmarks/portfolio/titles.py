"""Titles as programmes have them: in several languages and scripts, of several lengths."""

from random import Random

FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("{what} for {who} in {place}", ("en",)),
    ("{what} with {who}: from pilot to practice in {place}", ("en",)),
    ("Strengthening {what} and its upkeep, {place}, phase {number}", ("en",)),
    ("{what} au service des {who} ({place})", ("fr",)),
    ("{what} para {who} em {place}", ("pt",)),
    ("{what} con {who} de {place}, etapa {number}", ("es",)),
    ("{what} – {place} – {number}", ("ru", "ar", "zh", "hi", "am")),
)
WHAT = {
    "en": (
        "Solar pumps", "Distance learning", "Seed banks", "Cold chains", "Telemedicine",
        "Market roads", "Early warning of floods", "School meals", "Vaccine logistics",
        "Coastal fisheries", "Vocational training", "Drought-tolerant cassava", "Land registers",
        "Clean cooking", "Statistics offices", "Malaria control", "Rural credit", "Bamboo housing",
    ),
    "fr": ("Formation à distance", "Pompes solaires", "Banques de semences", "Santé maternelle"),
    "pt": ("Bancos de leite humano", "Merenda escolar", "Ensino técnico", "Energia solar"),
    "es": ("Alerta temprana", "Alfabetización", "Salud rural", "Pesca artesanal"),
    "ru": ("Дистанционное обучение медсестёр", "Солнечные насосы для сёл"),
    "ar": ("التعليم عن بعد للممرضات", "مضخات الطاقة الشمسية للقرى"),
    "zh": ("农村护士远程教育", "菌草技术合作", "太阳能水泵"),
    "hi": ("ग्रामीण सौर ऊर्जा प्रशिक्षण", "बीज बैंक"),
    "am": ("የገጠር ነርሶች የርቀት ትምህርት", "የፀሐይ ፓምፖች"),
}  # fmt: skip
WHO = {
    "en": (
        "nurses", "smallholders", "women's cooperatives", "village schools", "fishing families",
        "young engineers", "district hospitals", "returning migrants", "island ministries",
    ),
    "fr": ("coopératives rurales", "infirmières", "îles"),
    "pt": ("cooperativas", "escolas rurais", "jovens"),
    "es": ("comunidades costeras", "maestros rurales", "mujeres"),
}  # fmt: skip
LONGEST = 300


def title(random: Random, place: str) -> str:
    """A title of a programme in this place."""
    form, languages = random.choice(FORMS)
    language = random.choice(languages)
    who = WHO.get(language, ("",))
    said = form.format(
        what=random.choice(WHAT[language]),
        who=random.choice(who),
        place=place,
        number=random.randint(1, 99),
    )
    return said[:LONGEST]
