"""The LaTeX commands that mean something in a formula, and those that only move ink."""

from __future__ import annotations

from symderiv.notation.alphabet import GREEK

IGNORED = frozenset(
    r"\, \; \: \! \> \/ \quad \qquad \thinspace \medspace \thickspace \negthinspace \enspace \displaystyle "
    r"\textstyle \scriptstyle \limits \nolimits \nonumber \notag \hfill \allowbreak \nobreak \mathstrut "
    r"\mathopen \mathclose \mathord \mathbin \mathrel \mathpunct \mathinner \mathop \strut "
    r"\checkmark \blacksquare \square \Box \qed \qedhere \[ \] \( \)".split()
) | {"\\ ", "\\\n"}
"""Spacing and style."""

SIZES = frozenset(
    f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
)
"""Sizes of a bracket; the bracket follows as a sign of its own."""

SKIPPED_WITH_ARGUMENT = frozenset(
    r"\label \tag \tag* \hspace \hspace* \vspace \phantom \hphantom \vphantom".split()
)

FONTS = {
    "\\mathrm": "rm",
    "\\operatorname": "op",
    "\\operatorname*": "op",
    "\\mathit": "",
    "\\mathbf": "bf",
    "\\boldsymbol": "bf",
    "\\bm": "bf",
    "\\pmb": "bf",
    "\\mathcal": "cal",
    "\\mathscr": "cal",
    "\\mathfrak": "frak",
    "\\mathsf": "sf",
    "\\mathtt": "tt",
    "\\mathbb": "bb",
    "\\mathbbm": "bb",
}
"""Fonts of a letter or a word."""

FRACTIONS = frozenset(r"\frac \dfrac \tfrac \cfrac \nicefrac \sfrac".split())
"""Fractions with their two arguments."""

FRAMES = frozenset(r"\boxed \fbox \underbrace \overbrace".split())
"""What is drawn around a formula, which holds it together as brackets do."""

TEXTS = frozenset(r"\text \textrm \textnormal \mbox \textit \textbf".split())

ACCENTS = {
    "\\hat": "hat",
    "\\widehat": "hat",
    "\\bar": "bar",
    "\\overline": "bar",
    "\\tilde": "tilde",
    "\\widetilde": "tilde",
    "\\dot": "dot",
    "\\ddot": "ddot",
    "\\vec": "vec",
    "\\check": "check",
    "\\breve": "breve",
}
"""Accents over a letter, as name prefixes."""

OPERATORS = {
    **{
        f"\\{name}": name
        for name in "exp log sin cos tan sec csc cot sinh cosh tanh sech csch coth erf erfc".split()
    },
    "\\ln": "log",
    "\\arcsin": "asin",
    "\\arccos": "acos",
    "\\arctan": "atan",
    "\\arsinh": "asinh",
    "\\arcosh": "acosh",
    "\\artanh": "atanh",
    "\\max": "Max",
    "\\min": "Min",
    "\\sgn": "sign",
    "\\sign": "sign",
    "\\det": "det",
}
"""Named operators and the functions that they are."""

WORDS = {
    **{word[1:]: name for word, name in OPERATORS.items()},
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "asinh": "asinh",
    "acosh": "acosh",
    "atanh": "atanh",
    "asin": "asin",
    "acos": "acos",
    "atan": "atan",
    "abs": "Abs",
    "sqrt": "sqrt",
    "diag": "diag",
    "Diag": "diag",
}
r"""Words in `\operatorname{...}` that are functions of plain notation."""

DOTS = frozenset({"\\cdot", "\\times", "\\ast", "*"})
"""Signs of a product."""

RELATIONS = {
    "=": "=",
    ":=": "=",
    "\\coloneqq": "=",
    "\\triangleq": "=",
    "\\equiv": "=",
    "\\approx": "≈",
    "\\simeq": "≈",
    "<": "<",
    ">": ">",
    "\\lt": "<",
    "\\gt": ">",
    "\\le": "<=",
    "\\leq": "<=",
    "\\leqslant": "<=",
    "\\ge": ">=",
    "\\geq": ">=",
    "\\geqslant": ">=",
    "\\ne": "!=",
    "\\neq": "!=",
    "\\leftarrow": "←",
    "\\gets": "←",
    "\\Rightarrow": "⇒",
    "\\implies": "⇒",
    "\\iff": "⇔",
    "\\Leftrightarrow": "⇔",
}
"""Signs between two sides, and how a reading names them."""

_OTHERS = (
    r"\frac \dfrac \tfrac \cfrac \nicefrac \sfrac \over \dv \pdv \sqrt \sum \prod "
    r"\partial \div \odot \circ \top \intercal \prime "
    r"\lvert \rvert \vert \langle \rangle \{ \} \lbrace \rbrace \lbrack \rbrack \land \wedge \lor "
    r"\vee \indicator \cdots \ldots \dots \pm \mp \infty \int \lim \nabla \in \to \mid \| \binom "
    r"\propto \forall \exists \notin \subset \cup \cap \mapsto \lfloor \rfloor \lceil \rceil \lVert "
    r"\rVert \Vert \otimes \oplus \star \dagger \perp \parallel \sim \therefore \rightarrow "
    r"\longrightarrow \% \vdots \ddots \overset \underset \stackrel"
)

KNOWN = frozenset(
    {*FRAMES, *_OTHERS.split(), *ACCENTS, *OPERATORS, *DOTS, *RELATIONS, *FONTS, *TEXTS}
) | frozenset(
    {
        "\\left",
        "\\right",
        "\\begin",
        "\\end",
        "\\\\",
        *SKIPPED_WITH_ARGUMENT,
        *(f"\\{name}" for name in GREEK),
    }
)
"""Every command that a formula may hold (some only to be refused by name)."""

UNREADABLE = {
    "\\int": "integrals are not read",
    "\\infty": "infinity is not a number",
    "\\pm": "write the two signs as two lines",
    "\\mp": "write the two signs as two lines",
    "\\cdots": "write the sum with \\sum",
    "\\ldots": "write the sum with \\sum",
    "\\dots": "write the sum with \\sum",
    "\\circ": "write a composition as f(g(x)), an elementwise product with \\odot",
    "\\binom": "binomial coefficients are not read",
    "\\partial": "write a derivative as \\frac{\\partial L}{\\partial w}",
    "\\mid": "conditional notation is not read; an absolute value is |x|",
    "\\over": "\\over is read within braces, as in {a \\over b}",
    "\\vdots": "write a vector by its letter",
    "\\ddots": "write a matrix by its letter",
    "\\overset": "a sign over a sign is read only over a relation",
    "\\underset": "a sign under a sign is read only under a relation",
    "\\stackrel": "a sign over a sign is read only over a relation",
}
"""Commands that are refused, and what to write instead."""

UNICODE = {
    **dict(
        zip(
            "αβγδεζηθικλμνξρστυφχψω",
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho "
            "sigma tau upsilon phi chi psi omega".split(),
            strict=True,
        )
    ),
    **dict(zip("ΓΔΘΛΞΠΣΦΨΩ", "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split(), strict=True)),
    "π": "pi",
    "−": "-",
    "·": "\\cdot",
    "⋅": "\\cdot",
    "×": "\\times",
    "≤": "\\le",
    "≥": "\\ge",
    "≠": "\\ne",
    "≈": "\\approx",
    "∂": "\\partial",
    "′": "'",
    "’": "'",
    "\u00a0": "",
    "⊙": "\\odot",
    "⊤": "\\top",
}
"""Characters with one meaning, as they come out of editors and browsers."""
