"""Made-up texts and their made-up translations: the same ones every time."""

import random
import re

PROTECTED = re.compile(
    r"""
      <!--.*?--> | <[^<>]*>                  # comments, tags, autolinks
    | (`+).*?\1                              # code spans
    | \]\([^()]*(?:\([^()]*\)[^()]*)*\)      # link targets
    | \[[^\[\]]*\](?![({\[])                 # reference labels, [!NOTE], task boxes
    | ^\s*\[[^\[\]]*\]:.*?$                  # link reference definitions
    | \{[^{}]*\} | \{\{.*?\}\}               # attributes, placeholders, shortcodes
    | https?://\S+ | [\w.+-]+@[\w-]+\.\w+
    | &\#?\w+; | \\.
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
"""What a translator leaves alone in a text."""

ENDING = "ène"
"""What every translated word ends with; no source text has such words."""

_WORDS = (
    "a about after again all also always and answer any archive are as at available be because before begin "
    "between block both branch build but by can catalog change chapter check choose clear collect community "
    "compare complete configure connect contain content context continue copy cost create data day default "
    "deliver describe detail different document each easy edit element empty enable end engine every example "
    "expect explain extend false feature few field figure file final find first folder follow for format found "
    "free from full function general give good group guide handle have help here high history hold how idea if "
    "image important in include index inform inside install instead into is issue it item join keep key known "
    "label language large last later layout learn leave letter level library like limit line link list local "
    "locale long look machine main make manage many mark measure member memory message method model module more "
    "most move name near network never new next not note number of often old on one only open option or order "
    "other our output over own page panel part path pattern people place plain plan point possible prepare "
    "present print private process produce program project protect prove public publish question quick range "
    "rather read ready reason record reference remember remove repeat replace report request result return "
    "review right role room rule run same save search second section see select send sentence separate server "
    "session set share short should show simple since site size small so some source space special stage stand "
    "start state step still stop store string strong structure style such supply support system table tag take "
    "target task template test text than that the their them then there these they thing this through time title "
    "to together tool topic translate tree true two type under until update use user usual value version very "
    "view visible wait want way we well what when where which while whole why will window with within without "
    "word work world write year yet you your"
).split()

_ONSETS = "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w".split()
_VOWELS = "a ai au e ea ee i ie o oa oo ou u".split()
_CODAS = "b ck d ft g l ld ll lm m mp n nd ng nt p r rd rk rm rn rt s sk ss st t th x".split()
_ENDINGS = "able al ance ation ed er est ful ian ible ic ing ion ish ism ist ity ive less ly ment ness or ous s y".split()
_COMMON = 0.6


class Writer:
    """Writes English-looking texts: common words, and many rare ones, as in any language."""

    def __init__(self, random_: random.Random) -> None:
        self.random = random_

    def word(self) -> str:
        choice = self.random.choice
        if self.random.random() < _COMMON:
            return choice(_WORDS)
        stem = "".join(map(choice, (_ONSETS, _VOWELS, _CODAS)))
        return stem + choice(_ENDINGS) if self.random.random() < _COMMON else stem

    def words(self, least: int, most: int) -> list[str]:
        return [self.word() for _ in range(self.random.randint(least, most))]

    def title(self) -> str:
        return " ".join(self.words(2, 5)).capitalize()

    def sentence(self, least: int, most: int) -> str:
        return " ".join(self.words(least, most)).capitalize() + "."

    def marked_sentence(self) -> str:
        """A sentence with a link, emphasis or code in it."""
        words = self.words(7, 20)
        at = self.random.randrange(1, len(words) - 2)
        words[at] = self.random.choice(
            (
                f"**{words[at]}**",
                f"*{words[at]} {self.word()}*",
                f"`{words[at]}_{self.word()}`",
                f"[{words[at]} {self.word()}](https://example.org/{self.word()}/{self.word()}/)",
                f"[{words[at]}][reference]",
                words[at] + ",",
            )
        )
        return " ".join(words)[0].upper() + " ".join(words)[1:] + "."

    def paragraph(self) -> str:
        return " ".join(self.marked_sentence() for _ in range(self.random.randint(2, 5)))


def translate(text: str) -> str:
    """A translation to look at: every word gets another ending; markup, code and links stay as they are.

    >>> translate("The **big** `tree`, see [here](https://example.org/tree)")
    'Theène **bigène** `tree`, seeène [hereène](https://example.org/tree)'
    """
    parts: list[str] = []
    end = 0
    for match in PROTECTED.finditer(text):
        parts += [_words_translated(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, _words_translated(text[end:])])


def _words_translated(text: str) -> str:
    return re.sub(r"[^\W\d_]{3,}", lambda match: match[0] + ENDING, text)
