"""Words that tell an assertion from advice, taste, talk about the reader and talk about the comparison itself.

Only general English. `PLAIN` words assert nothing on their own (light verbs, words of order, measure, time and discourse);
`TASTE` words are judgement without a checkable content; `QUALITY` words are properties that a fact would have to carry;
`READER` words are about who reads; `NEEDS` may be the object of a wish without saying anything of a product.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VERBS = """
stay sit land lead trail lag rank finish start begin end keep hold offer provide bring give get take need cost run work use do make come go
stand win lose beat score reach manage deliver achieve hit show list report measure record rate answer return pay save spend charge add carry weigh count
total range vary differ match share split cut drop rise fall double halve triple quadruple buy pick choose follow pull push put set turn move leave remain
become seem appear look feel sound mean let allow help fit last extend support include lack require want have be trade ask call name mention note state
say tell know think see read compare consider decide depend matter settle close open widen narrow shrink grow climb drop slip edge top tie draw level
outpace outperform surpass exceed undercut separate divide bridge make give earn gain claim own possess boast sport pack feature come cover span serve
handle process complete perform respond respond operate sell ship round stretch squeeze drive draw demand ask concede sacrifice compensate offset
justify explain reflect reward punish repay balance swing favour favor tip lean point check confirm verify find swap switch replace try test stop fail
arrive contain combine join accept reject extend rely expect assume apply belong concern involve bear count answer keep clock post log register average peak
store hand tend suit accompany plan play cap limit offer pass fly race reply rest bow owe boil
""".split()


def _forms(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    return verb, verb + "s", verb + "es", verb + "ed", verb + "ing", verb + verb[-1] + "ing", verb + verb[-1] + "ed"


VERBS = frozenset(_VERBS)

PLAIN = frozenset(form for verb in _VERBS for form in _forms(verb)) | _words("""
stood led lost won beaten beat hit kept held offered brought gave given got gotten took taken cost ran made came gone went sat left became felt said told knew known
thought saw seen read spent paid sold shown showed chosen chose drawn drew fell fallen rose risen grown grew meant found let bore born built done did put set cut stuck
lead leads gap gaps difference differences margin margins edge edges advantage advantages disadvantage distance spread rest field place places spot spots top bottom middle centre center
side sides half halves third thirds quarter quarters fifth tenth figure figures result results score scores value rate rates level levels amount amounts total totals sum sums
price prices cost costs money tradeoff trade-off tradeoffs trade-offs trade off offs compromise compromises catch exception exceptions pair list table comparison comparisons test tests testing benchmark benchmarks
measurement measurements metric metrics category categories column columns row rows round rounds case cases scenario setting settings mode modes point points step steps bit bits
hair mile miles end ends mark marks threshold limit limits cap ceiling floor maximum minimum average median range ranges band order magnitude factor multiple multiples percent percentage
share shares portion part parts piece unit units day days week weeks month months year years hour hours minute minutes second seconds time times moment today tomorrow
budget budgets data fact facts spec specs specification specifications sheet entry entries exact precise rough roughly same different similar equal identical clear clearly narrow modest slight
whole full fully single exactly close far next previous last first second third remaining respectively here there everywhere elsewhere both neither either alone together apart combined
side-by-side overall straight flat even odd extra additional further plus minus twice double triple thrice once again still yet already never ever always often sometimes rarely
hand hands terms regard respect sense rule question questions answer answers reason reasons case verdict choice choices option options pick picks winner winners runner runner-up loser
contest contender rival rivals competitor competitors competition opponent head heads neck foot feet race lap story tale picture thing things stuff lot lots plenty kind sort type types
reading readings cell cells note notes base baseline basis line lines least most more less fewer few many much several some any enough too very quite rather fairly pretty
high higher highest low lower lowest long longer longest short shorter shortest big bigger biggest small smaller smallest large larger largest great greater greatest little
strength strengths weakness weaknesses weak strong spot point downside upside drawback drawbacks benefit benefits pro pros con cons concession sub dependency dependencies price-tag tag bill
available possible able likely due according given based despite instead otherwise therefore hence thus meanwhile moreover furthermore nevertheless nonetheless besides indeed admittedly
certainly probably perhaps maybe basically essentially largely mostly partly purely strictly relatively comparatively generally specifically notably especially particularly
practically virtually barely hardly merely simply just only almost nearly about around roughly approximately comfortably easily narrowly slightly marginally considerably substantially
significantly dramatically clearly noticeably decisively outright everybody everyone nobody no-one somebody anybody everything nothing something anything
altogether out-of-the-box box standard built-in builtin native natively included separately separate manual manually optional additionally likewise similarly accordingly conversely
yes no not nor ok okay well now then so ahead behind across between among against toward towards versus vs above below past beyond within without amid amongst
ago later earlier sooner before after since until while during early late recent recently new newer newest old older oldest current currently present presently latest date dated dates
one two three four five six seven eight nine ten eleven twelve hundred thousand million billion dozen zero
upshot gist takeaway moral lesson lessons truth reality footnote asterisk nuance hitch snag coin penalty scales mix blend combination lineup line-up roster podium league ladder pecking spectrum
duel fight match-up matchup showdown glance sight math maths arithmetic calculation conclusion summary priority priorities circumstances situation context
breadth equation picture pictures paint paints ballpark territory ground newcomer veteran veterans sibling siblings cousin cousins predecessor successor outlier outliers
trait traits shade shades surprises disguise whisker whiskers tad notch notches smidgen loads tons heaps raw sheer pure utter
machine machines granted contrast proper class way ways argument arguments appeal appeals claim claims ground grounds call calls reasoning turn turns word words word for joint jointly else nearest closest furthest paper published publish publishes unpublished unknown stated premium surcharge difference saving savings extra cheap cheaper cheapest expensive pricier priciest dear
""")

TASTE = _words("""
interesting intriguing fascinating quirky quirk quirks odd strange weird peculiar clever smart neat tidy handy nifty humble brave bold noble grand lovely cute cosy cozy sweetest noisy
pleasure delight treat gem jewel marvel wonder miracle beast monster steal hero star king queen champion darling classic icon legend giant dwarf tortoise hare sprinter marathon specialist
generalist crowd-pleaser showstopper no-brainer dilemma temptation puzzle riddle mystery shock twist irony paradox consolation disappointment letdown headache nuisance annoyance nightmare dream
indulgence splurge gamble blemish surprises offer stumble stumbles struggle struggles dazzle dazzles disappoint tempt tempts tempted dull bland clumsy awkward polarising polarizing divisive overkill
indecisive undecided torn jury spoilt spoiled purist purists romantic nostalgia pride proud regret regrets envy envious blessing curse virtue virtues sin sins

worth worthwhile ideal perfect suitable suited suits suit fit fits fine good great nice nicely pleasant lovely solid sensible reasonable reasonably safe safest safer obvious natural sound sane
recommend recommended recommends recommendation deserves deserve deserving sense like liked likes love loved loves enjoy enjoys enjoyable fun joy happy glad pleased satisfied content delight delightful
beautiful pretty ugly charming charm swagger style stylish elegant attractive appealing tempting impressive impresses impress remarkable striking respectable decent acceptable tolerable fair
hope hopes wish wishes guess guesses bet taste tastes preference preferences feeling personal personally opinion honest honestly frankly admit surprise surprised surprising surprisingly
hard easy difficult tough tricky beat ignore argue fault resist recommend swallow justify overlook deny match miss
bargain bargains hunter compromise favourite favorite sweet attention
fan fans friend friends patience patient impatient addictive comfort mind minds peace worry worries care cares careful bother bothered annoying annoy irritating painful pain
sadly luckily fortunately unfortunately alas thankfully of-course course simply question matter matters deal dealbreaker deal-breaker story trouble
nothing everybody somebody anybody most many few depends depend habit habits mood heart soul eyes eye wallet purse pocket
better best worse worst right wrong enough overkill luxury necessity must-have nice-to-have bonus perk
consider considered considering think thinks thought decide deciding decision decisions choose choosing chosen pick picking picked prefer prefers preferred favour favor favors favours
underdog workhorse heavyweight lightweight curious curiosity watch tiny negligible
underwhelming disappointing disappoints disappointing mediocre average ordinary middling boring exciting modest
look looks shine shines shining convinces convince convincing compelling interesting balanced all-round rounded all-rounder allrounder
serious everyday help helps helped beauty plain veteran league middle pause made play purpose job sense price tag money
""")

QUALITY = _words("""
easy easier easiest simple simpler simplest intuitive friendly beginner-friendly user-friendly mature stable stability robust battle-tested proven reliable reliability secure security flexible flexibility versatile powerful
extensible extensibility modular minimal minimalist clean modern rich comprehensive extensive excellent superb outstanding strong weak limited steep gentle active vibrant thriving
wide broad widespread well-known popular established familiar polished consistent comfortable premium quiet smooth sturdy durable rugged portable convenient verbose complex complicated complexity heavy
scalable capable seamless automatic ecosystem community communities documentation docs tutorials tooling learning curve maintained
unmatched unrivalled unrivaled unbeatable best-in-class industry-leading top-notch world-class state-of-the-art cutting-edge mediocre poor infinite endless unlimited
responsive snappy accurate precise crisp vivid bright dim loud bulky flimsy tight loose slow fast quick light lightweight thin thick
""")

READER = _words("""
you your yours yourself you're you'll you've you'd we us our ours i me my mine team teams people person persons someone somebody anyone anybody everyone everybody user users reader readers buyer buyers shopper shoppers
developer developers engineer engineers student students beginner beginners professional professionals pro pros hobbyist hobbyists family families household households parent parents kid kids child children commuter commuters
traveller travellers traveler travelers driver drivers rider riders gamer gamers player players listener listeners viewer viewers photographer photographers creator creators editor editors writer writers
company companies business businesses startup startups enterprise enterprises organisation organisations organization organizations shop shops agency agencies office offices school schools newcomer newcomers
owner owners colleague colleagues boss city town home house flat apartment kitchen garden garage desk commute travel trip trips journey journeys
budget budgets wallet money work job everyday daily weekend weekends holiday holidays life workload workloads project projects application applications app apps use uses case cases
""")

NEEDS = READER | _words("""
protection setup experience peace mind workflow workflows flexibility simplicity control choice option bill bargain something anything everything nothing more less most best lowest highest room space
value freedom convenience comfort safety certainty guarantee answer answers answer quickly fast quick speed performance power efficiency quality price prices cost costs money savings saving
headroom leeway slack reserve reserves
solution tool tools product products device devices machine machines thing things one ones support features feature functionality long short term run future growth
all-rounder allrounder companion starter start basics basic essentials simple solid reliable cheap small big large light lightest little lots plenty much many few compact
modern proven mature stable established familiar well-known minimal full complete whole
phone phones laptop laptops car cars camera cameras plan plans service services framework library database editor language server servers storage bike mattress monitor
""")

#: Abbreviations that any text may use without naming a thing of its own.
COMMON_CAPITALS = _words("""
i ok tv pc pcs ui ux it diy faq tldr tl dr q a us uk eu usd eur gbp am pm vs id api apis cpu cpus gpu gpus ram os ai ml sms pdf url urls html css json xml sql http https
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
english choose pick pros cons verdict summary note otherwise yes no
""")

#: Verbs of a wish about what is bought: their object, where no fact knows it, is a claim about the product.
WISHES = _words("want need prefer require")
FONDNESS = _words("like love enjoy value appreciate fancy tolerate accept")
BEARING = _words("live cope up deal")
WISHES_HARD = _words("depend rely")

#: Words in -est that are no superlatives.
NOT_SUPERLATIVE = _words("""
test tests latest rest best request interest modest honest west guest forest harvest invest suggest contest digest nest chest earnest protest quest manifest arrest zest crest priest
conquest behest tempest jest pest vest lest unrest midwest northwest southwest budapest bequest attest detest divest infest ingest molest wrest everest retest pretest nearest furthest farthest
closest least most next first last
""")

NUMBERS = _words(
    "four five six seven eight nin ten eleven twelf thirteen fourteen fifteen sixteen seventeen eighteen nineteen twentie thirtie hundred thousand six"
)

#: Units, dates and amounts as words.
MEASURES = _words("""
january february march april may june july august september october november december spring summer autumn winter monday tuesday wednesday thursday friday saturday sunday
gigabyte gigabytes megabyte megabytes terabyte terabytes kilobyte kilobytes byte bytes millisecond milliseconds microsecond microseconds kilo kilos kilogram kilograms gram grams litre litres liter liters
metre metres meter meters centimetre centimetres millimetre millimetres kilometre kilometres inch inches foot pound pounds ounce ounces dollar dollars euro euros cent cents pence watt watts hertz decibel decibels degree degrees
twelfth sixteenth eighth sixth seventh ninth twentieth hundredth thousandth digit digits figure decade decades century dozen dozens hundreds thousands millions billions fraction couple handful
bit bits mbps gbps ms gb mb tb kb kg km cm mm mph kmh kwh hp
""")

#: How a thing is there; such words alone do not say which thing is meant.
STATES = _words(
    "built built-in builtin included includes include available supported native natively optional standard default manual manually required yes no none not full partial extra separate separately"
)

#: Qualities that are things, which one can want.
GOODS = _words(
    "ecosystem community communities documentation docs tutorials tooling stability security extensibility modularity"
)

#: What people call an amount of a dimension: where a metric has it, such a noun names nothing new.
DIMENSION_NOUNS = {
    "data": _words("capacity"),
    "power": _words("draw wattage"),
    "charge": _words("capacity"),
    "megapixel": _words("pixels pixel"),
}

#: Units whose amounts have a noun of their own.
UNIT_NOUNS = {
    "tflops": _words("compute"),
    "gflops": _words("compute"),
    "tops": _words("compute"),
    "mpg": _words("fuel"),
}

#: What stands shortened in units ("B/op", "req/s"), as prose writes it out.
WRITTEN_OUT = {
    "op": _words("operation operations"),
    "ops": _words("operation operations"),
    "req": _words("request requests"),
    "msg": _words("message messages"),
    "msgs": _words("message messages"),
    "alloc": _words("allocation allocations"),
    "allocs": _words("allocation allocations"),
    "iter": _words("iteration iterations"),
    "conn": _words("connection connections"),
    "tx": _words("transaction transactions"),
    "txn": _words("transaction transactions"),
    "tok": _words("token tokens"),
}

#: "type safe", "memory safety": a property of a language or library, where "safe" alone is a judgement.
SAFE_OF = _words("type thread memory null exception crash concurrency kernel")

#: Words that assert little alone; two of them said of a thing, and nothing that a fact knows, assert something.
WEAK = frozenset(
    form
    for verb in "own run share serve sell process contain combine accept reject answer switch replace store play post charge".split()
    for form in _forms(verb)
) | _words("""
sold machine machines app apps kitchen office desk laptop laptops phone phones camera cameras server servers device devices platform platforms engine engines project projects
application applications workload workloads language languages company companies business businesses startup startups database databases home standard standards school schools
shop shops trip trips travel city editor editors writer writers creator creators driver drivers developer developers engineer engineers gamer gamers beginner beginners professional professionals
""")

#: Nouns for a thing compared by its relation to another, or by what kind of thing it is.
RELATIONS = _words("""
sibling siblings brother brothers sister sisters cousin cousins predecessor predecessors successor successors stablemate stablemates relative relatives neighbour neighbours neighbor
neighbors peer peers counterpart counterparts twin twins ancestor descendant newcomer newcomers veteran veterans namesake flagship flagships version versions variant variants edition
editions model models rival rivals opponent appetite thirst hunger diet lead footprint bill showing form record trick strength weakness attraction attractions
""")

#: What things fall into.
SORTS = _words(
    "camps kinds sorts types groups worlds schools classes tiers categories leagues clusters approaches extremes"
)

#: Nouns for one of the forms that a thing comes in.
EDITIONS = _words(
    "version versions variant variants edition editions option options plan plans tier tiers model models support feature features mode modes processing handling functionality"
)

#: Endings of compounds that say how a thing is made or works: "indentation-based", "header-only", "sugar-free".
MAKES = _words(
    "based driven style first only free aware backed powered grade native safe heavy led oriented focused centric agnostic friendly proof ready certified rated compatible"
)
