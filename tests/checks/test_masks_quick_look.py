"""The quick look for masks passes over no text that holds one."""

from hypothesis import given
from hypothesis import strategies as st

from netzwerk_i18n.checks import masks

PIECES = [*"[]［］【】()/／xXхХ 19_AZPH⟦⟧{}%@#$<gptseidb=\n\t", "id =", "xx", "ph", "bpt", "ept", "XXXX"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
SHAPES = r"(\[\s?/?X\d+X?\]|__? ?PH_?1_|\{ ?xx ?1 ?xx ?\}|xx12xx|X{1,5}A?1?X|%%1%%|@@2@@|##3##|\$\{4\}|</? ?(x|g|ph|bpt|ept) id=)"


@given(st.one_of(TEXTS, st.from_regex(SHAPES), st.from_regex(masks.MASK)))
def test_every_mask_is_seen_by_the_quick_look(text: str) -> None:
    if masks.MASK.search(text):
        assert masks.MASK_START.search(text)
