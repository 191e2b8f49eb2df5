"""The standard tables. One line a word or group; the meaning of the columns stands in `model.py`."""

from __future__ import annotations

from flows.check.lexicon.model import Adjective, Lexicon, adjective, synonym_map


def _table(text: str) -> dict[str, Adjective]:
    """Lines of "word word: sign class class"."""
    table: dict[str, Adjective] = {}
    for line in text.strip().splitlines():
        words, meaning = line.split(":")
        for word in words.split():
            table[word] = adjective(meaning)
    return table


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in text.strip().splitlines())


_ADJECTIVES = _table("""
fast quick speedy rapid swift snappy brisk nimble zippy: better speed
slow sluggish laggy: worse speed
soon: better speed
responsive: better speed
cheap affordable inexpensive: down price
economical thrifty: down price consumption
expensive pricey costly dear: up price
light lightweight: down weight memory size thickness
heavy hefty weighty: up weight memory size
lean frugal: down memory size consumption price
thirsty hungry power-hungry: up consumption memory
small compact tiny little petite: down size memory length count weight thickness capacity area any
large big huge hefty bulky: up size memory length count weight capacity area any
long: up time length range battery any
short brief: down time length range any
high great: up any
low: down any
more most: up any
less least few: down any
new young recent fresh: up date
old early mature ancient: down date
late: up date time
tall: up height
wide broad: up width count any
narrow: down width any
thick: up thickness
thin slim slender flat: down thickness height
deep: up thickness any
shallow: down thickness any
strong powerful: up power score torque any
weak: down power score any
bright luminous: up brightness
dim: down brightness
dark: down brightness
loud noisy: up noise
quiet silent: down noise
hot warm mild: up temperature
cool cold chilly: down temperature
wet rainy: up rain
dry arid: down rain
sunny: up sun
windy stormy: up wind
snowy: up snow
rare scarce: down frequency
frequent abundant plentiful: up frequency
populous: up population
wealthy: up wealth
deadly: up deaths
dense: up density
sharp crisp: up resolution
good great: better any
bad poor: worse any
efficient: better consumption efficiency speed
inefficient: worse consumption efficiency speed
popular: up popularity
rich generous roomy spacious ample capacious: up capacity size memory count
sparse: down count
far: up range length
strict: up score
accurate precise: better accuracy
reliable: better reliability
durable: better durability
""")

_ORDER_VERBS = _table("""
beat defeat outperform best trounce outdo outclass outrank: better any
outpace outrun: better speed
win lead top: better any
edge: better any
trail lag lose: worse any
exceed surpass outnumber eclipse dwarf: up any
undercut: down price
outlast: up battery time durability
outweigh: up weight
outsell: up sales popularity
overtake: better any
underperform: worse any
""")

_IRREGULAR = {
    "better": ("good", "comparative"),
    "best": ("good", "superlative"),
    "worse": ("bad", "comparative"),
    "worst": ("bad", "superlative"),
    "more": ("more", "comparative"),
    "most": ("more", "superlative"),
    "less": ("less", "comparative"),
    "lesser": ("less", "comparative"),
    "least": ("less", "superlative"),
    "fewer": ("few", "comparative"),
    "fewest": ("few", "superlative"),
    "elder": ("old", "comparative"),
    "eldest": ("old", "superlative"),
    "further": ("far", "comparative"),
    "farther": ("far", "comparative"),
    "furthest": ("far", "superlative"),
    "farthest": ("far", "superlative"),
    "bigger": ("big", "comparative"),
    "biggest": ("big", "superlative"),
    "hotter": ("hot", "comparative"),
    "hottest": ("hot", "superlative"),
    "thinner": ("thin", "comparative"),
    "thinnest": ("thin", "superlative"),
    "slimmer": ("slim", "comparative"),
    "slimmest": ("slim", "superlative"),
    "dimmer": ("dim", "comparative"),
    "dimmest": ("dim", "superlative"),
    "priciest": ("pricey", "superlative"),
    "pricier": ("pricey", "comparative"),
    "latest": ("new", "superlative"),
    "later": ("late", "comparative"),
    "top": ("good", "superlative"),
}

#: The first word names the concept. Only words of general English; what belongs to one domain is an alias in the facts.
_SYNONYMS = """
memory ram footprint
parse reading read reads parsing parsed parser decode decoding deserialize deserializing deserialization deserializes
stringify stringifying stringifies write writing writes serialize serializing serialization serializes
encode encoding encodes encoder
price cost costs priced pricing cheap cheaper cheapest expensive pricey pricier priciest affordable fee fees dollar dollars euro euros sells retail retails undercuts bill
weight weigh weighs weighing weighed heavy heavier heaviest light lighter lightest lightweight mass kilogram kilograms grams gram
consumption consume consumes consuming thirsty
battery batteries
start starts startup boot boots booting starting
latency response responds respond responding responsiveness lag
request requests req reqs rps
duration takes took taking finishes finished finish runtime completes elapsed
release released releases releasing launched introduced debuted arrived arrives appeared
license licence licensed licensing
install installation installed installs installer installing
download downloads downloaded downstream
upload uploads uploaded uploading upstream
compile compiles compiling compilation build builds
screen display panel
storage disk
speed velocity fast faster fastest quick quicker quickest slow slower slowest pace
compress compresses compression compressing compressor squeezes squeeze packs
decompress decompresses decompression decompressing decompressor unpacks unpacking unpack
accuracy accurate precision
noise loud louder loudest quiet quieter quietest noisy
range distance reach reaches
warranty guarantee guaranteed
capacity holds hold holding
height tall taller tallest high
width wide wider widest
thickness thick thicker thickest thin thinner thinnest slim slimmer slimmest
depth deep deeper deepest
length long longer longest
age old older oldest
error errors mistake mistakes
brightness bright brighter brightest nits
temperature hot hotter cool cooler
doc docs documentation documented document documents documenting
validation validated validate validates validating
support supports supported supporting
job jobs vacancies
extension extensions plugin plugins addon addons
async asynchronous asynchronously
question questions
version versions
power watts wattage
hz hertz refresh
multithreaded multi-threaded threads threaded multithreading thread
popularity popular
free free-of-charge gratis
vehicle car cars
language languages
user users
country countries
employee employees staff headcount employ employs employed employing workforce worker workers
city cities
max maximum peak peaks peaked peaking
min minimum
mean average averages averaged averaging avg
"""

_CLASS_CONCEPTS = {
    "speed": "speed throughput latency performance duration response bandwidth rate fps time acceleration pace",
    "price": "price tariff rent salary rate subscription budget",
    "memory": "memory vram heap",
    "size": "size storage binary bundle disk package footprint volume parameters wheel area dimension",
    "weight": "weight",
    "length": "length diagonal distance wheelbase",
    "height": "height altitude elevation",
    "width": "width wingspan",
    "thickness": "thickness depth",
    "date": "release year date launch founded established opened updated version born built introduced",
    "battery": "battery endurance runtime autonomy standby",
    "consumption": "consumption fuel energy power electricity mileage",
    "efficiency": "efficiency consumption mileage mpg",
    "power": "power horsepower output",
    "torque": "torque",
    "capacity": "capacity seats storage context battery cargo trunk volume",
    "noise": "noise decibel",
    "brightness": "brightness",
    "temperature": "temperature",
    "resolution": "resolution megapixel pixel density",
    "density": "density",
    "popularity": "stars download popularity user subscriber visitor sales rating contributor fork job question",
    "accuracy": "accuracy precision score error recall",
    "score": "score rating benchmark points",
    "range": "range distance radius coverage",
    "time": "time duration hours days age",
    "reliability": "reliability uptime availability failure",
    "durability": "durability lifetime lifespan warranty",
    "sales": "sales units shipments",
    "count": "number count",
    "area": "area",
    "rain": "rain rainfall precipitation",
    "sun": "sunshine sun",
    "wind": "wind gust",
    "snow": "snow snowfall",
    "frequency": "frequency abundance incidence prevalence occurrence rate share count",
    "population": "population inhabitants residents",
    "wealth": "wealth income gdp",
    "deaths": "deaths fatalities casualties mortality",
}

_STOP = _words("""
a an the this that these those it its it's they them their theirs he she his her him we our us you your i my me one ones
is are was were be been being am do does did done has have had having will would can could should may might must shall
and or but nor so yet if then than as at by for from in into of off on onto out over per to toward towards under up upon via with within without
about across after against along among around before behind below beneath beside besides between beyond during except inside near since through throughout till until
not no never neither none nothing n't don't doesn't isn't aren't can't cannot won't wasn't weren't hasn't haven't didn't
only just also too even still already again ever very quite rather really much many more most less least few fewer lot lots some any all both each every either
other others another same such own here there where when while whereas who whom whose which what how why because though although unless whether
s t re ve ll d m itself themselves yourself
get gets got getting make makes made making go goes going come comes coming take takes taking give gives giving put puts keep keeps kept
let lets say says said see sees know need needs want wants like likes look looks looking use uses used using
well far away back down now today ago soon later once twice first second third last next
thing things something anything everything someone anyone everyone way ways kind sort
actually simply merely nearly almost roughly approximately exactly precisely slightly significantly considerably substantially noticeably marginally barely hardly mostly mainly generally usually typically often always
comparison compared comparing compare versus vs verdict overall summary conclusion bottom line short answer
figure figures number numbers value values data table sheet listed list shown
""")

_COMMON = _words("""
go rust bun swift ruby spring express flash spark fast small base large medium tiny turbo pro plus air max mini lite one
basic standard premium advanced core open free next go dash ray base box drive work notion slack linear zoom teams word
rocket pages sketch canvas motion flow signal arc brave edge focus wave dart crystal julia lean elm nim pony red
""")

_IDIOMS = _phrases("""
hard to beat
tough to beat
difficult to beat
impossible to beat
more than one
more or less
more than just
more of a
no longer
no more
any longer
any more
or later
or newer
or older
or better
or so
at least once
at most once
at-least-once
at-most-once
exactly once
most of
most cases
most likely
at best
at worst
do best
your best bet
best bet
best of luck
the best of both worlds
all the more
once more
what is more
what's more
more importantly
most importantly
better off
sooner or later
last but not least
at least
at most
at the latest
the latter
the former
no later than
rather than
other than
less than ideal
more often than not
nothing more
nothing less
the more
early adopters
best practices
best practice
on top of
on the other hand
on the one hand
one hand
lower-level
higher-level
low-level
high-level
long-term
short-term
long-running
one of
number one
first of all
at first
first-class
first party
first-party
third-party
third party
second-hand
at once
one another
one day
zero-config
open source
early on
long run
long time
for short
in short
short answer
short version
small teams
large teams
big picture
in the long run
as well as
as long as
as soon as
so far
by far
high time
day one
one-time
one-off
day to day
year to year
year round
24/7
365 days
""")

_SOFT = _words("""
choose pick choosing picking go recommend recommended suggest prefer preferred prefers favour favor favours favors consider want wants need needs
ideal perfect suitable suited suits suit fit fits fine good great nice pleasant solid sensible reasonable safe obvious natural sound sane right
decide deciding matter matters depends depend care worry worth think
""")

_QUALITIES = _words("""
easy simple intuitive friendly beginner-friendly user-friendly mature stable robust battle-tested proven reliable secure flexible versatile powerful
extensible modular lightweight minimal minimalist elegant clean modern rich comprehensive extensive excellent superb outstanding impressive strong weak limited
steep gentle active vibrant huge large big vast thriving wide broad widespread well-known popular established familiar
polished consistent comfortable premium quiet smooth sturdy durable rugged portable convenient quick fast slow cheap expensive complex verbose
complicated heavy scalable capable native seamless automatic ecosystem community documentation tutorials tooling learning curve
""")

_BEYOND = _words("""
popular popularity adoption adopted widely growing grew trend trending increasingly soon upcoming roadmap planned expected forecast
founded founder maintained maintainer backed acquired invented creator created developed developer owner owned headquartered
award awards famous renowned industry market-leading leader
""")

STANDARD = Lexicon(
    adjectives=_ADJECTIVES,
    irregular=_IRREGULAR,
    order_verbs=_ORDER_VERBS,
    same=_words(
        "same identical equal equals equally tie ties tied match matches matching matched par similar level neck-and-neck unchanged alike indistinguishable draw"
    ),
    synonyms=synonym_map(_SYNONYMS.strip().splitlines()),
    class_concepts=_CLASS_CONCEPTS,
    capability_verbs=_words(
        "support supports supported supporting include includes included including offer offers offered offering ship ships shipped bundle bundles bundled "
        "provide provides provided feature features featured contain contains have has had come comes allow allows enable enables handle handles speak speaks "
        "require requires required need needs needed demand demands run runs use uses accept accepts implement implements integrate integrates available built-in native run deliver delivers"
    ),
    lacking_verbs=_words(
        "lack lacks lacked lacking miss misses missing omit omits skip skips forgo forgoes drops absent exclude excludes excluding "
        "ban bans forbid forbids prohibit prohibits disallow disallows"
    ),
    negations=_words(
        "not no never neither nor none without cannot can't n't isn't aren't doesn't don't didn't won't wasn't weren't hasn't haven't couldn't wouldn't nothing nobody hardly"
    ),
    comparand_words=_words(
        "than of against behind over to versus vs with like unlike from by above below past for beyond under as"
    ),
    stop=_STOP,
    common=_COMMON,
    class_nouns=_words(
        "framework frameworks library libraries tool tools option options product products project projects model models car cars language languages service services provider providers "
        "database databases editor editors package packages runtime runtimes engine engines plan plans phone phones laptop laptops camera cameras device devices competitor competitors rival rivals "
        "alternative alternatives candidate candidates contender contenders choice choices one ones platform platforms system systems app apps parser parsers linter linters formatter formatters codec codecs "
        "algorithm algorithms format formats command commands resolver resolvers side sides pair trio group field pack lot bunch others rest"
    ),
    idioms=_IDIOMS,
    soft=_SOFT,
    qualities=_QUALITIES,
    beyond=_BEYOND,
)
