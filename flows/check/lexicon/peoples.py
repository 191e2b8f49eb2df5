"""Peoples: the adjectives of countries and continents, and by what words a table may name the place.

A column says Japan, USA or United Kingdom where a sentence says Japanese, American or British.
"""

from __future__ import annotations

#: One line: the adjective, then the words of the place; plurals ("Americans") follow.
_LINES = """
african africa; albanian albania; algerian algeria; american usa us america states; argentine argentina; argentinian argentina; armenian armenia; asian asia; australian australia; austrian austria;
bahraini bahrain; bangladeshi bangladesh; belarusian belarus; belgian belgium; bolivian bolivia; bosnian bosnia; brazilian brazil; british uk britain kingdom; bulgarian bulgaria;
cambodian cambodia; cameroonian cameroon; canadian canada; catalan catalonia; chilean chile; chinese china; colombian colombia; croatian croatia; cuban cuba; cypriot cyprus; czech czechia czech;
danish denmark; dutch netherlands holland; ecuadorian ecuador; egyptian egypt; emirati emirates uae; english england; estonian estonia; ethiopian ethiopia; european europe;
filipino philippines; finnish finland; french france; georgian georgia; german germany; ghanaian ghana; greek greece; hungarian hungary; icelandic iceland; indian india; indonesian indonesia;
iranian iran; iraqi iraq; irish ireland; israeli israel; italian italy; ivorian ivory; jamaican jamaica; japanese japan; jordanian jordan; kazakh kazakhstan; kenyan kenya; korean korea;
kuwaiti kuwait; latvian latvia; lebanese lebanon; lithuanian lithuania; luxembourgish luxembourg; macedonian macedonia; malaysian malaysia; maltese malta; mexican mexico; moldovan moldova;
mongolian mongolia; moroccan morocco; nepalese nepal; nigerian nigeria; norwegian norway; pakistani pakistan; peruvian peru; polish poland; portuguese portugal; qatari qatar; romanian romania;
russian russia; saudi saudi; scottish scotland; senegalese senegal; serbian serbia; singaporean singapore; slovak slovakia; slovene slovenia; slovenian slovenia; spanish spain; swedish sweden;
swiss switzerland; syrian syria; taiwanese taiwan; tanzanian tanzania; thai thailand; tunisian tunisia; turkish turkey türkiye; ugandan uganda; ukrainian ukraine; uruguayan uruguay;
uzbek uzbekistan; venezuelan venezuela; vietnamese vietnam; welsh wales; zambian zambia; zimbabwean zimbabwe
"""

PLACES: dict[str, tuple[str, ...]] = {}
for _line in _LINES.replace("\n", " ").split(";"):
    _people, *_places = _line.split()
    PLACES[_people] = tuple(_places)
    if not _people.endswith(("ese", "ish", "ch", "s")):
        PLACES[_people + "s"] = tuple(_places)

__all__ = ["PLACES"]
