"""Rise and fall: verbs and nouns that say to which side a value has moved. General English, as data."""

DOWN = frozenset(
    "fell fall falls falling fallen drop drops dropped dropping decline declines declined declining lost lose loses losing loss losses "
    "down shrank shrink shrinks shrunk shrinking decrease decreases decreased decreasing slip slips slipped slid slide slump slumped "
    "plunge plunged plummeted dip dipped sank sink contracted contraction tumbled tumble slipping negative minus deficit".split()
)
UP = frozenset(
    "rose rise rises rising risen grew grow grows growing growth grown gain gains gained gaining up climb climbs climbed increase "
    "increases increased increasing surged surge jumped jump advanced advance added adds profit earned positive plus surplus".split()
)

__all__ = ["DOWN", "UP"]
