"""Names of countries as tables of statistics and newsrooms write them → as they are known: for joining, not for places.

The World Bank turns names round and shortens them ("Iran, Islamic Rep."), the United Nations put the form of the state
in brackets, Eurostat has codes of its own, and every language has short names beside the official ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from storymap.text.names import normalize_name

_EVERYDAY = {
    "AE": "VAE, SAE, EAU, Emirates, Emirati Arabi",
    "BY": "Weißrussland, Biélorussie, Bielorrusia, Bielorussia, Wit-Rusland, Белоруссия",
    "CD": "DRC, DR Kongo, RDC, Congo Dem Rep, Congo Democratic Republic, Demokratická republika Kongo, "
    "Demokratische Republik Kongo, République démocratique du Congo",
    "CG": "Congo Rep, Congo Republic, République du Congo",
    "CI": "Elfenbeinküste, Costa de Marfil, Costa d'Avorio",
    "CZ": "ČR, Tschechische Republik, République tchèque, República Checa, Repubblica Ceca, Republika Czeska, Чехия",
    "DE": "BRD, Federal Republic of Germany",
    "FM": "Micronesia Fed Sts, Micronesia Fed States of",
    "GB": "Velká Británie, Veľká Británia, Großbritannien, Grande-Bretagne, Gran Bretaña, Gran Bretagna, Grã-Bretanha, "
    "Wielka Brytania, Groot-Brittannië, Nagy-Britannia, Великобритания, Велика Британія",
    "GR": "EL",
    "IE": "Republic of Ireland",
    "KG": "Kyrgyz Republic",
    "KP": "Korea Dem People's Rep, Dem People's Republic of Korea, DPRK",
    "KR": "Korea Rep, ROK",
    "LA": "Lao PDR",
    "MK": "FYROM, Makedonie, Macedónsko, Mazedonien, Macédoine, Macedonia del Norte",
    "MM": "Barma, Birma, Birmanie, Birmania",
    "NL": "Nizozemí, Holandsko, Hollande, Holanda, Olanda, Holandia, Голландия",
    "PS": "West Bank and Gaza, Palestinian Territories",
    "RU": "Russische Föderation, Fédération de Russie, Federación Rusa, Ruská federace",
    "SK": "Slovenská republika, Slowakische Republik, République slovaque",
    "SX": "Sint Maarten Dutch part",
    "MF": "St Martin French part, Saint Martin French part",
    "US": "Etats-Unis d'Amérique",
    "VA": "Vatikan, Vatikán, Vaticano",
    "VC": "Saint Vincent, St Vincent",
    "VI": "Virgin Islands US, US Virgin Islands",
    "PR": "Puerto Rico US",
    "MO": "Macao SAR China",
    "WF": "Wallis and Futuna Islands",
    "ST": "Sao Tome",
}  # fmt: skip
"""Short, former and statistical names that are not those of the Unicode CLDR or of GeoNames."""

_BY_NAME = {normalize_name(name): code for code, names in _EVERYDAY.items() for name in names.split(", ")}

_FORMS = frozenset(
    "the rep republic dem democratic peoples people s islamic arab fed federal federated federation sts states state "
    "of rb bolivarian plurinational kingdom union united".split()
)
"""Words of the form of a state, which stand behind a comma beside its name."""


def find_everyday(written: str) -> str:
    """The code of the country that `written` is an everyday or a statistical name of; empty where it is none."""
    return _BY_NAME.get(normalize_name(written), "")


def simplify_country(written: str) -> Iterator[tuple[str, str]]:
    """Other spellings of the name that `written` may be, without the form of its state and without brackets.

    Each comes with what stood in its brackets, which may name another country that is meant: "Georgia (US)".
    """
    plain = written.replace("&", "and").strip(" *†‡")
    yield plain, ""
    name, comma, form = plain.partition(",")
    if comma and set(normalize_name(form).split()) <= _FORMS:
        yield f"{form.strip()} {name}", ""
        yield name, ""
    if bracketed := re.fullmatch(r"(.+?)\s*[(\[](.*?)[)\]]?", plain):
        yield bracketed[1], bracketed[2]
