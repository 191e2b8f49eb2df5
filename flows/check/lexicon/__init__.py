"""The words that the checker knows, as data: adjectives with sign and dimension, hedges, idioms, synonyms, exempt phrases.

The tables of this package are plain data in Python modules, because the pure room reads no disk and every start would
otherwise pay for parsing a file. They are extended, never replaced, by `data/lexicon.yaml`, which the caller loads
(`flows.gather.lexicon`) and passes to `compile_case`.
"""

from flows.check.lexicon.model import Adjective, Lexicon, extend
from flows.check.lexicon.standard import STANDARD

__all__ = ["STANDARD", "Adjective", "Lexicon", "extend"]
