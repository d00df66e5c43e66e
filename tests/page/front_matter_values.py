"""Texts that front matter takes for something else, or breaks at, where they are not quoted as they have to be."""

VALUES = [
    *r"""
        yes No on null ~ 12 1e3 0o17 0x1F 1_000 12:30:45 2024-01-01 .inf = --- ... +++ x: #x @x `x` %x << \
        \n x\ C:\new { } [ ] été «ça» ''' true
    """.split(),
    '"""',
    "--- x",
    "- x",
    "? x",
    ": x",
    "x: y",
    "x #y",
    " x",
    "x ",
    "x\u00a0",
    "\u00a0x",
    "a, b",
    "{{< x >}}",
    "10 Fragen",
    "x\u2003",
]
