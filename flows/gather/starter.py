"""What `tiebreak init DIR` writes: a small catalogue of two e-readers to rename and extend."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from flows.errors import InputError

CATEGORY = """\
# One category: what is measured, what is compared. Everything but `category` is a list.
# Ids are lower-case letters, digits and _; names are free.
category:
  id: e_readers          # the file has the same name
  name: E-readers
  noun: e-reader         # the words that prose uses for one and for several
  plural: e-readers

metrics:
  - id: price            # prose refers to a value as ENTITY.METRIC, here kindle_paperwhite.price
    name: Launch price
    kind: quantity       # quantity, boolean, category, date or text
    unit: USD            # a quantity needs one; "1" for a plain count
    direction: lower_is_better   # higher_is_better, lower_is_better or neutral (nobody wins)
    group: price         # the heading under which the page shows it
    aliases: [price, starting price, MSRP]   # what sources and prose call it; a label means one metric
    tolerance: "0"       # relative difference up to which two sources agree (default 0.05)
    ttl_days: 3650       # after this many days a value is stale and no prose may lean on it (default 365)
    plausible_min: 20    # what lies outside is reported
    plausible_max: 1000
    wording:             # how the built-in drafter speaks of it; all optional
      noun: launch price
      better: cheaper                        # "{A} is cheaper than {B}"
      worse: more expensive
      verb: launched at                      # "{A} launched at $159.99"
      question: Which is cheaper, {a} or {b}?
      matters: watch the budget              # "if you watch the budget"
  - id: screen
    name: Screen size
    kind: quantity
    unit: inches
    direction: higher_is_better
    group: display
    aliases: [screen, display size, diagonal]
    ttl_days: 3650
    plausible_min: 4
    plausible_max: 14
    wording:
      noun: screen
      better: larger on screen
      worse: smaller on screen
      verb: has a screen of
      question: Which has the larger screen, {a} or {b}?
      matters: read in large type
  - id: sharpness
    name: Sharpness
    kind: quantity
    unit: ppi
    direction: higher_is_better
    group: display
    aliases: [pixel density, resolution]
    ttl_days: 3650
    plausible_min: 100
    plausible_max: 600
    wording: {noun: sharpness, better: sharper, worse: less sharp, verb: shows}
  - id: weight
    name: Weight
    kind: quantity
    unit: g
    direction: lower_is_better
    group: size
    aliases: [mass]
    ttl_days: 3650
    plausible_min: 80
    plausible_max: 800
    wording:
      noun: weight
      better: lighter
      worse: heavier
      verb: weighs
      question: Which is lighter, {a} or {b}?
      matters: hold it in one hand for hours
  - id: storage
    name: Storage
    kind: quantity
    unit: GB
    direction: higher_is_better
    group: storage
    aliases: [memory, base storage]
    ttl_days: 3650
    plausible_min: 1
    plausible_max: 256
    wording: {noun: storage, better: roomier, worse: tighter, verb: stores, matters: carry many audiobooks}
  - id: library_loans
    name: Library loans on the device
    kind: boolean        # Yes, No, a check mark; "Yes (in the US)" keeps its bracket
    group: features
    aliases: [OverDrive, library books, library support]
    wording:
      noun: library loans on the device
      question: Can you borrow library books on {a} and {b}?
      matters: borrow books from a library
  - id: water_protection
    name: Water protection
    kind: text
    group: features
    aliases: [waterproofing, IP rating]
    wording: {noun: water protection, verb: is rated}
  - id: launched
    name: Launched
    kind: date           # 2024, 2024-04 or 2024-04-30
    group: general
    aliases: [launch date, release date]
    ttl_days: 3650
    wording: {noun: launch date, verb: came out on}

# Optional: `lower` must not exceed `upper` for one entity.
rules: []

entities:
  - id: kindle_paperwhite
    name: Kindle Paperwhite
    aliases: [Paperwhite]
    description: The twelfth generation, of 2024.
    homepage: https://www.amazon.com/kindle
  - id: kobo_clara_bw
    name: Kobo Clara BW
    aliases: [Clara BW]
    homepage: https://www.kobo.com/

comparisons:
  - slug: kindle-paperwhite-vs-kobo-clara-bw   # the address of the page; never change it later
    entities: [kindle_paperwhite, kobo_clara_bw]
    key_metrics: [price, screen, weight, library_loans]

# Who says so. `tier`: editor > official > curated > third_party > seed; the highest tier present decides a value.
# These figures are an example that was typed in: call a source official once its page has been read.
sources:
  - {id: amazon, name: "Amazon, typed in as an example", tier: third_party, url: "https://www.amazon.com/kindle"}
  - {id: kobo, name: "Kobo, typed in as an example", tier: third_party, url: "https://www.kobo.com/"}
"""

OBSERVATIONS = """\
entity,attribute,raw,source,as_of,url
kindle_paperwhite,price,$159.99,amazon,2024-10-16,https://www.amazon.com/kindle
kindle_paperwhite,screen,7 inches,amazon,2024-10-16,https://www.amazon.com/kindle
kindle_paperwhite,sharpness,300 ppi,amazon,2024-10-16,https://www.amazon.com/kindle
kindle_paperwhite,weight,211 g,amazon,2024-10-16,https://www.amazon.com/kindle
kindle_paperwhite,storage,16 GB,amazon,2024-10-16,https://www.amazon.com/kindle
kindle_paperwhite,library loans on the device,No,amazon,2026-11-01,https://www.amazon.com/kindle
kindle_paperwhite,IP rating,IPX8,amazon,2026-11-01,https://www.amazon.com/kindle
kindle_paperwhite,launched,2024-10-16,amazon,2024-10-16,https://www.amazon.com/kindle
kobo_clara_bw,price,$129.99,kobo,2024-04-30,https://www.kobo.com/
kobo_clara_bw,screen,6 inches,kobo,2024-04-30,https://www.kobo.com/
kobo_clara_bw,sharpness,300 ppi,kobo,2024-04-30,https://www.kobo.com/
kobo_clara_bw,weight,174 g,kobo,2024-04-30,https://www.kobo.com/
kobo_clara_bw,storage,16 GB,kobo,2024-04-30,https://www.kobo.com/
kobo_clara_bw,library loans on the device,Yes (OverDrive),kobo,2026-11-01,https://www.kobo.com/
kobo_clara_bw,IP rating,IPX8,kobo,2026-11-01,https://www.kobo.com/
kobo_clara_bw,launched,2024-04-30,kobo,2024-04-30,https://www.kobo.com/
"""

SLUG = "kindle-paperwhite-vs-kobo-clara-bw"
FILES = {"categories/e_readers.yaml": CATEGORY, "observations/e_readers.csv": OBSERVATIONS}


def write_starter(folder: Path) -> str:
    """Write the starter catalogue and return the slug of its comparison. Raises InputError where the folder already holds something.

    Where it cannot be written whole, nothing of it stays, so that it can be tried again under the same name.
    """
    made: list[Path] = []
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(f"{folder}: is not an empty folder: name a new one")
        for name, text in FILES.items():
            path = folder / name
            made += [each for each in (path.parent, folder) if not each.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            made.append(path)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        for left in sorted(made, key=lambda path: len(path.parts), reverse=True):
            with suppress(OSError):
                if left.is_dir():
                    left.rmdir()
                else:
                    left.unlink()
        raise InputError(
            f"{folder}: cannot be written ({os.strerror(error.errno) if error.errno else error}): "
            "make room, or name a folder elsewhere"
        ) from error
    return SLUG
