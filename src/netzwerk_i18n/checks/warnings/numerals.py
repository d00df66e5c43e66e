"""Numbers in words: what multiplies a number that stands before it, and numerals without digits."""

import re
from collections.abc import Iterable

from netzwerk_i18n.checks.warnings.prose import WORD

_ROMAN = re.compile(r"\b[IVXLCDM]{1,9}(?![A-Z])")
_HAN_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千万萬億亿两兩]{1,20}")
_ROMAN_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LONGEST_WORD = 40
_COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+(?:-[^\W\d_]+)?")

_SCALES: dict[str, int] = {
    word: scale
    for scale, words in {
        100: "hundert hundred cent cents cien ciento cem cento honderd sto sata száz yüz hundra hundre hundrede hundruð сто"
        " εκατό مئة مائة מאה",
        1000: "tausend tausende thousand thousands mille mila mil miles milhares duizend tysiąc tysiące tysięcy tuhat tuhatta"
        " tuhandet tusen tusind ezer bin тысяча тысяч тысячи тыс тисяч тисячі тисяча хиляди хил χιλιάδες χίλια ألف آلاف"
        " אלף אלפים هزار ہزار हज़ार हजार ribu nghìn ngàn mijë tisíc tisíce tisoč tisuća tisuće hiljada mii mie tūkst"
        " tūkstoši tūkstančių tsd elfu min k",
        100_000: "लाख lakh lakhs لاکھ",
        1_000_000: "million millions mio millionen millones millón milioni milione miljoen milhão milhões milion miliony"
        " milionów miliona miljon miljoner miljonit millió milyon миллион миллиона миллионов млн мільйон мільйона мільйонів"
        " милион милиона εκατομμύρια εκατομμύριο مليون ملايين מיליון میلیون juta triệu milijun milijuna milijon milijona"
        " milioane milioner millioner miljoonaa miljoona milionu milióny miliónov miljonai miljoni mln milionë",
        10_000_000: "करोड़ crore کروڑ",
        1_000_000_000: "bn milliarde milliarden mrd billion billions milliard milliards miliardi miliardo miliard miliardy miliardów"
        " miljard miljarder miljardia milliárd milyar миллиард миллиарда миллиардов мільярд мільярда млрд mld bilhão"
        " bilhões miliarde tỷ miliar مليار میلیارد מיליארד",
    }.items()
    for word in words.split()
}
_HAN_SCALES = {
    "百": 100, "백": 100, "千": 1000, "천": 1000, "万": 10**4, "萬": 10**4, "만": 10**4,
    "億": 10**8, "亿": 10**8, "억": 10**8, "兆": 10**12, "조": 10**12,
}  # fmt: skip
_THAI_SCALES = {"พัน": 1000, "หมื่น": 10**4, "แสน": 10**5, "ล้าน": 10**6}
_AND_MORE = "多余餘几幾여"
"""What stands between a number and its scale, and says that there is a little more."""
_HAN_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_MYRIAD = 10**4

_WORDS_OF_TENS = (
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix",
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio",
    "zwanzigste dreißigste vierzigste fünfzigste sechzigste siebzigste achtzigste neunzigste",
    "zwanzigsten dreißigsten vierzigsten fünfzigsten sechzigsten siebzigsten achtzigsten neunzigsten",
    "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth",
    "vingtième trentième quarantième cinquantième soixantième soixante-dixième quatre-vingtième quatre-vingt-dixième",
)
"""Twenty to ninety, and the twentieth to the ninetieth."""
_WORDS_OF_DECADES = (
    "zwanziger dreißiger vierziger fünfziger sechziger siebziger achtziger neunziger",
    "twenties thirties forties fifties sixties seventies eighties nineties",
    "tjugotalet trettiotalet fyrtiotalet femtiotalet sextiotalet sjuttiotalet åttiotalet nittiotalet",
    """dwudziestych trzydziestych czterdziestych pięćdziesiątych sześćdziesiątych siedemdziesiątych osiemdziesiątych
    dziewięćdziesiątych""",
    "двадцатых тридцатых сороковых пятидесятых шестидесятых семидесятых восьмидесятых девяностых",
)
"""The decades of the last century: "die 50er Jahre"."""
_WORDS_OF_TEENS = (
    "dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "treize quatorze quinze seize dix-sept dix-huit dix-neuf",
    "trece catorce quince dieciséis diecisiete dieciocho diecinueve",
    "tredici quattordici quindici sedici diciassette diciotto diciannove",
    "dreizehnte vierzehnte fünfzehnte sechzehnte siebzehnte achtzehnte neunzehnte",
    "dreizehnten vierzehnten fünfzehnten sechzehnten siebzehnten achtzehnten neunzehnten",
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth",
    "treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième",
)
_UNITS = {
    word: value
    for words in (
        "one two three four five six seven eight nine",
        "un deux trois quatre cinq six sept huit neuf",
        "first second third fourth fifth sixth seventh eighth ninth",
        "unième deuxième troisième quatrième cinquième sixième septième huitième neuvième",
        "uno dos tres cuatro cinco seis siete ocho nueve",
    )
    for value, word in enumerate(words.split(), 1)
}
_PARTS_IN_WORDS = {
    word: parts
    for words, parts in (
        (
            "half halb halbe halber halbes halben hälfte demi demie moitié medio media mitad mezzo mezza metà",
            ("0.5", "50"),
        ),
        ("quarter viertel quart cuarto quarto", ("0.25", "25", "15")),
        ("anderthalb eineinhalb einundeinhalb", ("1.5",)),
        ("zweieinhalb zweiundeinhalb", ("2.5",)),
    )
    for word in words.split()
}
"""What a half is, of a whole and of a hundred; a quarter, of an hour too."""
_LINKS = frozenset(("and", "a", "et", "y"))
_HUNDRED = 100
_LARGEST = 10**15
_FROM = 13
"""Smaller numbers are words so often that who asks lets them pass, unless another one is there."""
_DECADES = frozenset(" ".join(_WORDS_OF_DECADES).split())

_NUMBER_WORDS: dict[str, int] = (
    {
        word: value
        for words in (*_WORDS_OF_TENS, *_WORDS_OF_DECADES)
        for word, value in zip(words.split(), range(20, 100, 10), strict=True)
    }
    | {
        word: value
        for words in _WORDS_OF_TEENS
        for word, value in zip(words.split(), range(13, 20), strict=True)
    }
    | _SCALES
)


def find_scale(text: str, end: int) -> tuple[int, int]:
    """What the word behind a number multiplies it by, or 0, and where that word ends."""
    if end < len(text) and text[end] in " \u00a0\u202f":
        end += 1
    if text[end : end + 1] in tuple(_AND_MORE) and text[end + 1 : end + 2] in _HAN_SCALES:
        end += 1
    if end >= len(text):
        return 0, end
    if text[end] in _HAN_SCALES:
        return _HAN_SCALES[text[end]], end + 1
    if text[end] in "พหลแ":
        for word, scale in _THAI_SCALES.items():
            if text.startswith(word, end):
                return scale, end + len(word)
    word_match = WORD.match(text, end, end + _LONGEST_WORD)
    if word_match is None:
        return 0, end
    return _SCALES.get(word_match[0].casefold(), 0), word_match.end()


def numbers_in_words(text: str) -> set[str]:
    """The numbers that a text may be said to write in words, Roman or Chinese numerals."""
    values = {str(_roman(numeral)) for numeral in _ROMAN.findall(text)}
    words = list(map(str.casefold, WORD.findall(text)))
    values |= {str(_NUMBER_WORDS[word]) for word in words if word in _NUMBER_WORDS}
    values |= {str(1900 + _NUMBER_WORDS[word]) for word in words if word in _DECADES}
    values |= {str(value) for value in map(_compound, _COMPOUND.findall(text.casefold())) if value}
    values |= _sums(words)
    for numeral in _HAN_NUMERAL.findall(text):
        values.add(str(_han(numeral)))
        values.add("".join(str(_HAN_DIGITS.get(sign, "")) for sign in numeral))
    return values


def _sums(words: Iterable[str]) -> set[str]:
    """The numbers of several words, as in "two hundred and fifty", and those with a half or a quarter."""
    values: set[str] = set()
    total = section = 0
    for word in words:
        if word in _PARTS_IN_WORDS:
            parts = _PARTS_IN_WORDS[word]
            values.update((*parts, f"{total + section}{parts[0][1:]}"))
        if word in _SCALES and _SCALES[word] == _HUNDRED:
            section = (section or 1) * _HUNDRED
        elif word in _SCALES:
            total, section = total + (section or 1) * _SCALES[word], 0
        elif value := _UNITS.get(word) or _compound(word):
            section += value
        elif word not in _LINKS:
            total = section = 0
        if total + section > _LARGEST:
            total = section = 0
        if total + section >= _FROM:
            values.add(str(total + section))
    return values


def _compound(words: str) -> int:
    """The value of words such as `twenty-five`, or 0."""
    if words in _NUMBER_WORDS:
        return _NUMBER_WORDS[words]
    tens, _, unit = words.rpartition("-")
    return _NUMBER_WORDS[tens] + _UNITS[unit] if tens in _NUMBER_WORDS and unit in _UNITS else 0


def continues(text: str, end: int) -> bool:
    """Whether the scale that ends there is one that the next digits are added to, as in 3万4000."""
    return text[end - 1] in _HAN_SCALES


def _roman(numeral: str) -> int:
    worth = [_ROMAN_WORTH[sign] for sign in numeral]
    return sum(
        -value if value < following else value
        for value, following in zip(worth, [*worth[1:], 0], strict=True)
    )


def _han(numeral: str) -> int:
    total = section = digit = 0
    for sign in numeral:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        elif sign == "十" or _HAN_SCALES[sign] < _MYRIAD:
            section += (digit or 1) * (10 if sign == "十" else _HAN_SCALES[sign])
            digit = 0
        else:
            total += (section + digit or 1) * _HAN_SCALES[sign]
            section = digit = 0
    return total + section + digit
