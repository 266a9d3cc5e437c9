"""Stand-ins for what is slow or absent: a translator that knows a few words and counts its work."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.errors import LanguageError
from reader.pipeline import Route

WORDS = {
    "pt": "um:one dois:two três:three o:the gato:cat cão:dog dorme:sleeps come:eats na:in_the "
    "casa:house velha:old rio:river corre:runs para:to mar:sea capitão:captain viu:saw navio:ship",
    "ru": "один:one два:two три:three кот:the_cat пёс:the_dog спит:sleeps ест:eats в:in "
    "доме:the_house старом:old река:the_river бежит:runs к:to морю:the_sea "
    "капитан:the_captain увидел:saw корабль:the_ship",
}


@dataclass
class FakeTranslator:
    """Translates word by word; keeps every text it was given."""

    key: str
    words: dict[str, str]
    seen: list[str] = field(default_factory=list)

    def translate(self, texts: Sequence[str]) -> list[str]:
        self.seen += texts
        return [re.sub(r"\w+", self._word, text) for text in texts]

    def _word(self, match: re.Match[str]) -> str:
        return self.words.get(match[0].lower(), match[0]).replace("_", " ")


class FakeRoutes:
    """Routes from the languages of `WORDS` to English; all others lack a package."""

    def __init__(self, *, starter: bool = False) -> None:
        self.starter = starter
        self.translators = {
            code: FakeTranslator(f"{code}-en fake", dict(pair.split(":") for pair in words.split()))
            for code, words in WORDS.items()
        }

    def __call__(self, source: str, target: str) -> Route:
        if source not in self.translators or target != "en":
            raise LanguageError(f"{source!r}: no package translates it to {target!r}; install one")
        return Route(self.translators[source], (source,) if self.starter else ())

    @property
    def seen(self) -> list[str]:
        """All texts that were translated so far."""
        return [text for translator in self.translators.values() for text in translator.seen]
