"""Names of units, and the words that part a counted noun from what follows it."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """The words of a text, parted by spaces."""
    return frozenset(text.split())


UNITS = {
    name: unit
    for unit, names in {
        "GB": "gigabyte gigabytes gb gig gigs",
        "MB": "megabyte megabytes mb",
        "TB": "terabyte terabytes tb",
        "PB": "petabyte petabytes pb",
        "km": "kilometre kilometres kilometer kilometers km",
        "cm": "centimetre centimetres centimeter centimeters cm",
        "mm": "millimetre millimetres millimeter millimeters mm",
        "kg": "kilogram kilograms kilo kilos kg",
        "kW": "kilowatt kilowatts kw",
        "MW": "megawatt megawatts mw",
        "GW": "gigawatt gigawatts gw",
        "nm": "nanometre nanometres nanometer nanometers nm",
        "minutes": "minute min mins",
        "hours": "hour hr hrs h",
        "seconds": "second sec secs s",
        "years": "year yr yrs year-old years-old",
        "m": "metre metres meter meters m",
        "m2": "m²",
        "km2": "km²",
        "inches": "inch",
        "feet": "foot ft",
        "W": "watt watts",
        "kWh": "kwh kilowatt-hour kilowatt-hours",
        "Wh": "wh watt-hour watt-hours",
        "ml": "millilitre millilitres milliliter milliliters ml",
        "g": "gram grams gramme grammes g",
        "m3": "m³",
        "fps": "fps",
        "tokens": "tok toks",
        "people": "person persons ppl folk guys",
        "GPUs": "gpu gpus h100s h200s h800s a100s b100s b200s v100s h100 a100 h200",
    }.items()
    for name in names.split()
}
"""What a unit's name or sign is written as in a value."""

STOPS = words(
    "of in on per a an for with that who which from to by and or at as than under over behind into each between about "
    "before after during is are was were will has have had would could can may might the all its his her their not but "
    "if when where while so this these it they he she we more"
)
"""Words that end the noun phrase that a number begins."""

WORD = re.compile(r"[^\W_][\w'\u2019²-]*")
"""A word, with what is tied to it."""

CLAUSE = re.compile(r"[,.;:!?()\n\u201d\"]|\s[-\u2013\u2014]\s")
"""What parts clauses."""
