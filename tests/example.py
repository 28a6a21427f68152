"""A small graph written by hand, and strategies for graphs full of hostile text."""

from __future__ import annotations

from hypothesis import strategies as st

from kg import vocab
from kg.graph import Dispute, Graph
from kg.types import STANCES, Document, Evidence, Literal, Span, Statement

ID, KG = vocab.BASE + "id/", vocab.KG
ONE = Document(
    id=vocab.BASE + "doc/one-11111111",
    name="one",
    text="Sora is made by OpenAI, Sam Altman said. The leak came on 26 November. OpenAI may be worth $150bn.",
    title='Sora "leak"',
    published="2024-11-27",
    publisher="The Verge",
    author="Ada",
    url="https://example.org/sora?a=1",
)
TWO = Document(
    id=vocab.BASE + "doc/two-22222222", name="two", text="OpenAI denies that it made Sora.\nThe leak: 14 November 2023."
)
MONEY = vocab.BASE + "value/money/usd-150000000000"


def evidence(key: str, document: Document, quote: str, **more) -> Evidence:
    start = document.text.index(quote)
    return Evidence(key, document.id, start, start + len(quote), quote, **more)


def graph() -> Graph:
    """OpenAI and Sora: a relation stated and denied, a date with two values, an amount that is only alleged."""
    made, leak, worth = (
        "Sora is made by OpenAI, Sam Altman said.",
        "The leak came on 26 November.",
        "OpenAI may be worth $150bn.",
    )
    statements = [
        Statement(ID + "openai", vocab.TYPE, KG + "Company", (evidence("a1", ONE, "OpenAI", score=0.98),)),
        Statement(
            ID + "openai",
            vocab.LABEL,
            Literal("OpenAI"),
            (evidence("a2", ONE, "OpenAI"), evidence("a3", TWO, "OpenAI")),
        ),
        Statement(ID + "openai", vocab.ALT_LABEL, Literal("OpenAI, Inc.")),
        Statement(ID + "sora", vocab.TYPE, KG + "Model", (evidence("b1", ONE, "Sora"),)),
        Statement(ID + "sora", vocab.LABEL, Literal("Sora"), (evidence("b2", ONE, "Sora"),)),
        Statement(ID + "sam-altman", vocab.TYPE, KG + "Person", (evidence("c1", ONE, "Sam Altman"),)),
        Statement(ID + "sam-altman", vocab.LABEL, Literal("Sam Altman"), (evidence("c2", ONE, "Sam Altman"),)),
        Statement(ID + "leak", vocab.TYPE, KG + "Event", (evidence("d1", ONE, "The leak"),)),
        Statement(ID + "leak", vocab.LABEL, Literal("leak"), (evidence("d2", ONE, "leak"),)),
        Statement(
            ID + "sora",
            KG + "developer",
            ID + "openai",
            (
                evidence(
                    "e1",
                    ONE,
                    made,
                    by=ID + "sam-altman",
                    score=0.91,
                    subject=Span(0, 4),
                    object=Span(16, 22),
                    reader="model",
                ),
                evidence("e2", TWO, "OpenAI denies that it made Sora.", stance=("negated",), score=0.8),
            ),
        ),
        Statement(
            ID + "leak", KG + "eventDate", Literal("2024-11-26", vocab.XSD + "date"), (evidence("f1", ONE, leak),)
        ),
        Statement(
            ID + "leak",
            KG + "eventDate",
            Literal("2023-11-14", vocab.XSD + "date"),
            (evidence("f2", TWO, "The leak: 14 November 2023."),),
        ),
        Statement(
            ID + "openai",
            KG + "valuation",
            MONEY,
            (evidence("g1", ONE, worth, stance=("alleged", "possible"), score=0.5),),
        ),
        Statement(MONEY, vocab.TYPE, KG + "Money"),
        Statement(MONEY, vocab.LABEL, Literal("USD 150 billion")),
        Statement(MONEY, vocab.SCHEMA + "value", Literal("150000000000", vocab.XSD + "decimal")),
        Statement(MONEY, vocab.SCHEMA + "currency", Literal("USD")),
        Statement(
            ONE.id + "#e1",
            vocab.SAME_AS,
            ID + "openai",
            (evidence("h1", ONE, "OpenAI", score=0.9, reader="matcher:names", reason=f"the same name ({TWO.id}#e1)"),),
        ),
    ]
    dates = tuple(item for item in reversed(statements) if item.predicate == KG + "eventDate")
    made_by = tuple(item for item in statements if item.predicate == KG + "developer")
    disputes = [
        Dispute("denial", ID + "sora", KG + "developer", made_by),
        Dispute("value", ID + "leak", KG + "eventDate", dates),
    ]
    return Graph(statements, [ONE, TWO], disputes)


HOSTILE = [
    *('"""', "'''", "\\", '\\"', "a\\", "\n\r\t\x00\x0b\x1b\x7f\x85", "\u2028\u2029\ufeff\ufffe\uffff", "\u202eabc"),
    *("</script><script>alert(1)</script>", "<!-- ]]> -->", "& &amp; <b>", "{{ x }}", "😀e\u0301", "a,b;c", '"; DROP'),
    *(
        "| a | b |",
        "`x` **b** _i_ [l](javascript:1) ![i](x)",
        "# h",
        "> q",
        "- l",
        "=1+1",
        "+1",
        "@x",
        "$(rm)",
        "%00%zz",
    ),
]

texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20))
filled = texts.filter(bool)
locals_ = st.one_of(
    st.sampled_from(["a", "b-1", "3090", "a.b", "x/y", "é", "a%20b", "-", "a b", 'q"<>', "", "a:b", "日本"]),
    st.text(max_size=5),
)
iris = st.one_of(
    st.builds(
        lambda base, local: base + local,
        st.sampled_from([ID, "http://example.org/#", vocab.BASE + "value/money/"]),
        locals_,
    ),
    st.sampled_from([KG + "Company", KG + "Model", KG + "Work"]),  # of ours, what the ontology lacks is not written
)
literals = st.one_of(
    st.builds(Literal, texts),
    st.builds(
        lambda text, tag: Literal(text, language=tag),
        texts,
        st.sampled_from(["en", "de-at", "not a tag", "toolongsubtag"]),
    ),
    st.builds(
        lambda text, local: Literal(text, vocab.XSD + local),
        st.sampled_from(["1", "-7", "0.50", "007", "1e3", "true", "2024-02-30", "2024", "", "x", ".5", "5.", "+1.0"]),
        st.sampled_from(["integer", "decimal", "boolean", "date", "gYear", "double", "string"]),
    ),
)
scores = st.integers(0, 100).map(lambda value: value / 100)
spans = st.none() | st.builds(lambda a, b: Span(min(a, b), max(a, b)), st.integers(0, 99), st.integers(0, 99))
stances = st.lists(st.sampled_from(STANCES), unique=True).map(lambda found: tuple(sorted(found, key=STANCES.index)))


def evidences(documents: list[str]):
    return st.builds(
        Evidence,
        id=st.integers(0, 2**64 - 1).map("{:016x}".format),
        document=st.sampled_from(documents),
        start=st.integers(0, 50),
        end=st.integers(50, 99),
        quote=texts,
        stance=stances,
        by=st.none() | iris,
        score=scores,
        reader=texts,
        subject=spans,
        object=spans,
        reason=texts,
    )


@st.composite
def graphs(draw) -> Graph:
    known = st.none() | texts
    documents = [
        Document(f"{vocab.BASE}doc/d{number}", draw(texts), draw(texts), *(draw(known) for _ in range(6)))
        for number in range(draw(st.integers(1, 2)))
    ]
    found = st.lists(evidences([item.id for item in documents]), max_size=3, unique_by=lambda item: item.id)
    predicates = st.sampled_from(
        [vocab.TYPE, vocab.LABEL, vocab.ALT_LABEL, KG + "developer", KG + "eventDate", vocab.SAME_AS]
    )
    sorted_ = found.map(lambda items: tuple(sorted(items, key=lambda item: item.id)))
    statements = draw(st.lists(st.builds(Statement, iris, predicates, iris | literals, sorted_), max_size=6))
    return Graph(statements, documents)
