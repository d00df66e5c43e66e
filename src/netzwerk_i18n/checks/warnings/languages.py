"""What tells languages apart: their scripts, and the small words that no longer text of theirs does without."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_LATIN = "A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿ"
_SCRIPTS = {
    "Latn": _LATIN,
    "Cyrl": "Ѐ-ԯ",
    "Grek": "Ͱ-Ͽἀ-῿",
    "Hebr": "א-ת",
    "Arab": "\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f",
    "Armn": "Ա-և",
    "Geor": "Ⴀ-ჿ",
    "Deva": "\u0904-\u0939\u0958-\u0961",
    "Beng": "\u0985-\u09b9",
    "Guru": "\u0a05-\u0a39",
    "Gujr": "\u0a85-\u0ab9",
    "Taml": "\u0b85-\u0bb9",
    "Telu": "\u0c05-\u0c39",
    "Knda": "\u0c85-\u0cb9",
    "Mlym": "\u0d05-\u0d39",
    "Sinh": "\u0d85-\u0dc6",
    "Thai": "\u0e01-\u0e33",
    "Laoo": "\u0e81-\u0eb3",
    "Mymr": "\u1000-\u102a",
    "Khmr": "\u1780-\u17b3",
    "Ethi": "\u1200-\u135a",
    "Jpan": "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff",
    "Hang": "\u1100-\u11ff\uac00-\ud7a3",
}
_PATTERNS = {script: re.compile(f"[{letters}]") for script, letters in _SCRIPTS.items()}

_SCRIPT_OF = {
    "Cyrl": "ru uk be bg mk kk ky tg mn tt ba cv os",
    "Grek": "el",
    "Hebr": "he iw yi",
    "Arab": "ar fa ur ps sd ug ckb arz",
    "Armn": "hy",
    "Geor": "ka",
    "Deva": "hi mr ne sa",
    "Beng": "bn as",
    "Gujr": "gu",
    "Taml": "ta",
    "Telu": "te",
    "Knda": "kn",
    "Mlym": "ml",
    "Sinh": "si",
    "Thai": "th",
    "Laoo": "lo",
    "Mymr": "my",
    "Khmr": "km",
    "Ethi": "am ti",
    "Jpan": "ja",
    "Hani": "zh yue",
    "Hang": "ko",
    "Latn": (
        "af sq eu bs br ca co hr cs da nl en eo et fo fi fr fy gl de ht hu is id ga it la lv lt lb ms mt mi nb nn no oc pl"
        " pt ro rm gd sk sl so es sv sw tl fil tr tk vi cy xh yo zu gsw nds ast sc fur szl hsb dsb"
    ),
}
_SCRIPTS_BY_LANGUAGE = {
    language: script for script, languages in _SCRIPT_OF.items() for language in languages.split()
}
_SCRIPT_NAMES = {"hans": "Hani", "hant": "Hani", "latin": "Latn", "cyrillic": "Cyrl", "kore": "Hang"} | {
    script.lower(): script for script in _SCRIPTS
}

STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "de": "und der die das nicht mit ist für auf von ein eine einen einer einem eines auch werden wird sich dem den"
        " des wir sind oder nach bei aus zum zur über als wie dass sie ihr uns unsere unser haben hat kann noch nur durch"
        " gegen mehr diese dieser dieses sein im am es zu ich in an um vom war wurde wenn aber ihre wer was hier",
        "en": "the and of to with for is are this that from your you our we have not will has been was were they their"
        " it its by on at as be or an in a which who can more about all when what how if but do us here there than",
        "fr": "le la les des et est une un pour dans que qui ne pas sur avec nous vous ce cette ces par plus sont il elle"
        " ils aux du de au en notre nos votre vos se son sa ses ou leur leurs mais comme tout être d l qu c n s j voici",
        "es": "el la los las de del y que en un una por con para es son no se al lo su sus como más este esta estos"
        " nuestro nuestra nuestros pero o ha han sobre entre también ser todo todos desde nos qué si sin muy hay aquí",
        "it": "il la le gli i di e che in un una per con è sono non si al del della dei delle nel nella alla ai da come più"
        " questo questa anche se ne tutti tutto ma ci o su dal dalla nostra nostro nostri l d lo degli sulla essere qui cosa chi",
        "nl": "de het een en van is zijn op met voor niet dat die aan te ook door bij naar uit of wij we ons onze er als"
        " maar over om in worden wordt deze dit hebben heeft kan meer jij je u hun hier wat hoe dan nog",
        "pt": "o a os as de do da dos das e que em um uma por com para é são não se ao à no na nos nas mais este esta"
        " como nosso nossa mas ou também pelo pela sobre você seu sua foi ser já muito aqui há isso",
        "pl": "i w z na do nie się jest to że o dla jak od po przez za są oraz lub ale który która które przy co czy ich"
        " nas nasze nasza tym być jego aby może tego ze tylko już także ten ta te tu",
        "sv": "och att det i en som på är av för med den till inte har de om ett men vi kan så från eller var ska sig"
        " vår våra alla när hur vad här också genom mot detta denna dem oss er ni du jag under mer",
        "da": "og at det i en som på er af for med den til ikke har de om et men vi kan så fra eller var skal sig vores"
        " alle når hvordan hvad her også gennem mod dette denne dem os jer du jeg mere blev bliver",
        "nb": "og at det i en som på er av for med den til ikke har de om et men vi kan så fra eller var skal seg vår våre"
        " alle når hvordan hva her også gjennom mot dette denne dem oss dere du jeg mer ble blir",
        "nn": "og at det i ein som på er av for med den til ikkje har dei om eit men vi kan så frå eller var skal seg vår"
        " alle når korleis kva her også gjennom mot dette denne oss de du eg meir vart blir ei",
        "fi": "ja on ei että se hän ovat tai kun myös joka jotka mutta kuin niin ole olla oli me sinä te ne tämä tämän sen"
        " voi voit sekä jos vain nyt kaikki kaikkien mitä miten meidän heidän tässä ovat jo",
        "et": "ja on ei et see ta või kui ka mis kes aga nii oli me te nad selle need saab oma kõik mida kuidas meie nende"
        " siin ning pole ole juba ainult nagu üle",
        "lv": "un ir ar no par uz lai kas vai arī bet ka kā pie pēc mēs jūs viņi nav tas tā šis šī mūsu to šo tiek lūdzu"
        " visi ko kur pret vēl tikai līdz",
        "lt": "ir yra į su iš apie kad kaip ar arba bet už po prie mes jūs jie nėra tai šis ši mūsų jų savo per visi kas"
        " ne dėl turi dar tik nuo prieš",
        "cs": "a je v na se že s z o do pro jsou jako ale nebo by který která které při od po za jsme jste není si také i"
        " být k ve naše tento tato toto už jen co proti kde tím jeho ze",
        "sk": "a je v na sa že s z o do pre sú ako ale alebo by ktorý ktorá ktoré pri od po za sme ste nie si tiež aj byť k"
        " vo naše tento táto toto už len čo proti kde tým jeho zo",
        "sl": "in je v na se da s z o do za so kot ali ki pri od po smo ste ni si tudi biti k naše ta to že samo kaj proti"
        " kjer tem njegov iz ne pa kako vse bi",
        "hr": "i je u na se da s z o do za su kao ali ili koji koja koje pri od po smo ste nije si također biti k naše ovaj"
        " ova ovo već samo što protiv gdje tim njegov iz ne sve kako bi",
        "bs": "i je u na se da s z o do za su kao ali ili koji koja koje pri od po smo ste nije si također biti k naše ovaj"
        " ova ovo već samo što šta protiv gdje tim njegov iz ne sve kako bi",
        "sr": "i je u na se da s z o do za su kao ali ili koji koja koje pri od po smo ste nije si takođe biti k naše ovaj"
        " ova ovo već samo što šta protiv gde tim njegov iz ne sve kako bi и је у на се да с з о до за су као али или који"
        " која које при од по смо сте није си такође бити к наше овај ова ово већ само што шта против где тим из не све",
        "ro": "și în de la cu pe pentru este sunt nu că care din un o a al ale ai se mai sau dar prin ce ca să au am fi"
        " noastră nostru voastră lor această acest aceste toate cum despre le ne îi",
        "hu": "a az és hogy nem is egy van meg ez de ha mint vagy csak már még el ki mi ti ők azt ezt lesz volt minden"
        " kell ezek azok arra erre által ellen után között itt ami aki",
        "tr": "ve bir bu için ile de da olan olarak daha çok ne var yok gibi en kadar sonra ama veya biz siz onlar değil her"
        " tüm bizim sizin onun üzerinde hakkında karşı nasıl burada ki ya",
        "az": "və bir bu üçün ilə də da olan olaraq daha çox nə var yox kimi ən qədər sonra amma biz siz onlar deyil hər"
        " bütün bizim haqqında qarşı necə burada ki",
        "ca": "el la els les de del i que en un una per amb és són no es al lo seu seva com més aquest aquesta aquests"
        " nostre nostra però o ha han sobre entre també ser tots des ens què si sense molt hi d l dels als",
        "gl": "o a os as de do da dos das e que en un unha por con para é son non se ao á no na nos nas máis este esta"
        " como noso nosa pero ou tamén polo pola sobre vostede seu súa foi ser xa moi aquí hai",
        "eu": "eta da ez du bat ere dira dute baina hau izan dela edo egin gure bere den hori guztiak nola zer hemen"
        " gara zara baino arte ditu dago gehiago horrek honek",
        "ga": "agus an na ar is tá ní go le do a i sé sí siad muid seo sin ach nó as faoi ag bhfuil chun gach níos mar dár"
        " ár leis den don",
        "cy": "a y yr ac i o yn mae nid ar am gan gyda ein eich eu hyn hwn hon ond neu fel wedi bod sydd yw oes ni chi nhw"
        " pob mwy sut beth yma",
        "is": "og að í á er sem til með við um ekki en það þetta þessi fyrir frá hefur hafa eru var af eða við okkar þeir"
        " þær allir hvernig hvað hér eftir úr gegn",
        "mt": "u ta tal li ma fuq biex għal mhux hija huwa dan din aħna intom huma jew iżda kif x f b l il mill minn"
        " kollha tagħna hawn aktar bħal",
        "sq": "dhe të e i në për me nga që një është janë nuk ose por si më ne ju ata kjo ky këto tona jonë mund të gjitha"
        " çfarë këtu kundër se së",
        "id": "yang dan di ke dari untuk dengan ini itu tidak adalah pada dalam atau akan juga kami kita mereka anda oleh"
        " sebagai bisa dapat lebih karena semua apa bagaimana telah ada sudah",
        "ms": "yang dan di ke dari untuk dengan ini itu tidak ialah pada dalam atau akan juga kami kita mereka anda oleh"
        " sebagai boleh dapat lebih kerana semua apa bagaimana telah ada sudah",
        "vi": "và của là có cho không trong các một những được với này để người từ đến khi chúng tôi bạn trên về như cũng"
        " đã sẽ ra vào hãy hơn tất cả gì ở",
        "sw": "na ya wa kwa ni katika za la cha hii hiyo kama si au lakini sisi wao yetu yenu wote zaidi kuhusu hapa nini"
        " jinsi ili hizo hawa kutoka",
        "af": "die en van is in vir met nie dat op aan te ook deur by na uit of ons hulle dit wat maar oor om word hierdie"
        " het kan meer jy u hul hier hoe dan nog as n sy",
        "tl": "ang ng sa mga na at ay para hindi ito kung o pero may namin natin ating kanilang lahat dito ano paano mula"
        " bilang upang nang tayo kami sila isang",
        "eo": "la kaj de en al estas ne por kun ke kiu kiuj ĉi tiu tiuj sed aŭ el per ni vi ili nia pli ĉiuj kiel kio sur"
        " pri da kontraŭ ankaŭ",
        "ru": "и в не на что с по для это как от из но или за о мы вы они он она их все при так также к у до наш наша наши"
        " который которые есть быть уже чтобы этот эта здесь против же бы",
        "uk": "і в не на що з по для це як від із але або за про ми ви вони він вона їх усі при так також до наш наша наші"
        " який які є бути вже щоб цей ця тут проти та й у",
        "be": "і ў не на што з па для гэта як ад але або за пра мы вы яны ён яна іх усе пры так таксама да наш наша які якія"
        " ёсць быць ужо каб гэты тут супраць у",
        "bg": "и в не на че с по за това как от из но или ние вие те той тя им всички при така също до наш наша нашите"
        " който които е са бъде вече да тази този тук против се ще",
        "mk": "и во не на дека со по за ова како од но или ние вие тие тој таа им сите при така исто до наш наша кој кои е"
        " се биде веќе да оваа овој тука против ќе",
        "ar": "في من على إلى أن عن هذا هذه التي الذي مع لا ما هو هي كل أو لم قد كان بين نحن أنت هم بعد ذلك لكن كما يمكن غير"
        " ضد ثم حتى",
        "fa": "در از به که این را با است برای آن و یا نیست شود می ما شما آنها بر هم تا همه اما نیز خود هر باید کنید"
        " کرد شده های",
        "ur": "کے کی کا میں ہے اور سے کو پر یہ کہ نہیں ہیں نے ہم آپ وہ ایک لیے ساتھ بھی تو یا جو کر ہو تھا گیا اس ان",
        "hi": "के की का में है और से को पर यह कि नहीं हैं ने हम आप वे एक लिए साथ भी तो या जो कर हो था गया इस उन",
        "mr": "च्या आणि आहे ते हे ही या तो आहेत नाही आम्ही तुम्ही एक साठी सह पण की जे करा होते हा मध्ये वर",
        "ne": "को का मा छ र ले लाई यो हो छन् हामी तपाईं एक लागि साथ पनि तर वा जो गर्न भएको यस उनी हुन्",
    }.items()
}
"""Frequent small words of each language, in lower case."""

KIN = {
    frozenset(pair.split())
    for pair in (
        "nb no,nb nn,nn no,nb da,nn da,no da,hr bs,hr sr,bs sr,hr sl,id ms,he iw,de lb,de gsw,de nds,nl af,cs sk,tl fil,pt gl,"
        "es gl,es ast,pt mwl,fr oc,ca oc,it co,it sc,it fur,sv fo,ru be,uk be,bg mk,tr az,hi mr,hi ne,mr ne,nl fy,ga gd,pl szl"
    ).split(",")
}
"""Languages that no list of small words can keep apart."""

_FEWEST = 2
_SPARSEST = 6

_LANGUAGES_OF: dict[str, tuple[str, ...]] = {}
for _language, _words in STOP_WORDS.items():
    for _word in _words:
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _language)


@dataclass(frozen=True, slots=True)
class Tongue:
    """A locale, taken apart.

    Attributes:
        language: the language's code, `pt` of `pt_PT`.
        territory: the territory's code, `PT`, or an empty string.
        script: the script that it is written in (ISO 15924), or an empty string where that is not known.
    """

    language: str
    territory: str
    script: str


@lru_cache(maxsize=1024)
def read_locale(locale: str) -> Tongue:
    """Language, territory and script of a locale as gettext or the web names it.

    >>> read_locale("sr@latin")
    Tongue(language='sr', territory='', script='Latn')
    """
    first, *rest = re.split(r"[_\-@.]", locale)
    language = first.lower()
    script, territory = _SCRIPTS_BY_LANGUAGE.get(language, ""), ""
    for part in rest:
        if part.lower() in _SCRIPT_NAMES:
            script = _SCRIPT_NAMES[part.lower()]
        elif re.fullmatch(r"[A-Za-z]{2}|[0-9]{3}", part):
            territory = part.upper()
    return Tongue(language, territory, script)


def count_letters(text: str, script: str) -> int:
    """How many letters of that script are in `text`."""
    return len(_PATTERNS[script].findall(text))


def same_language(first: str, second: str) -> bool:
    """Whether two languages are one, or so close that small words can't tell them apart."""
    return first == second or frozenset((first, second)) in KIN


def count_stop_words(words: Iterable[str]) -> tuple[Counter[str], dict[str, set[str]]]:
    """By language: how many of the words are small words of it, and which ones these are."""
    scores: Counter[str] = Counter()
    seen: dict[str, set[str]] = {}
    for word in words:
        languages = _LANGUAGES_OF.get(word)
        if languages is None:
            continue
        for language in languages:
            scores[language] += 1
            seen.setdefault(language, set()).add(word)
    return scores, seen


def guess_language(words: Sequence[str], among: Iterable[str] = ()) -> str | None:
    """The one language whose small words the text is full of, or None where that is not clear.

    Args:
        words: the words of the text in lower case.
        among: languages that win over others with the same count, the likeliest first.

    >>> guess_language("an open letter to all european politicians and leaders to abandon it".split())
    'en'
    """
    scores, seen = count_stop_words(words)
    if not scores:
        return None
    order = {language: index for index, language in enumerate(among)}
    best = min(scores, key=lambda language: (-scores[language], order.get(language, 99), language))
    if len(seen[best]) < _FEWEST or scores[best] * _SPARSEST < len(words):
        return None
    return best
