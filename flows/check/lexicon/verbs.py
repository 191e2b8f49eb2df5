"""Plain verbs that follow what a sentence is about: "both need ...", "the two differ"."""

from __future__ import annotations

from flows.check.lexicon.tenses import in_any_tense

VERBS = in_any_tense(
    (
        "is are was were has have had do does did can cannot offer offers support supports include includes need "
        "needs require requires cost costs use uses run runs take takes come comes provide provides ship ships share "
        "lack lacks get gets start starts stay stays sit sits work works reach reaches deliver weigh weighs last "
        "lasts arrived came date dates handle handles manage manages score scores land lands fall falls perform "
        "performs leave leaves rely relies allow allows let lets make makes agree differ tie give gives fit fits "
        "charge charges sell sells list lists measure measures appeared will would should may might must could remain "
        "remains also top tops clear clears hit hits attract attracts record records pay pays produce produces serve serves keep keeps store stores accept accepts end ends finish begin lie lies want ask demand show draw "
        "return hold trade swap compete look feel drop grow shrink climb rise lose win"
    ).split()
)
