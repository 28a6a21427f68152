"""What a careful reader marks in the five articles of seeds/: the things that matter, and what is said of them."""

from __future__ import annotations

from pathlib import Path

from kg import names
from kg.types import STANCES, Annotation, Document, Evidence, Mention, Span, Statement, evidence_id

SEEDS = Path(__file__).parent.parent / "seeds"
Entities = dict[str, tuple[str, list[str]]]
"""By id: the type, and the surfaces, each at its first place in the text, with "=" and the value where it has one."""

VIDEO = (
    "000_64845584ba835283",
    {
        "sora": ("Model", ["Sora model", "the model"]),
        "openai": ("Company", ["OpenAI", "a company valued"]),
        "leak": ("Event", ["the recent leak", "the leak"]),
        "artists": ("Group", ["artists"]),
        "letter": ("Work", ["an open letter"]),
        "sum": ("Money", ["$150 billion=USD 150000000000"]),
        "midjourney": ("Product", ["Midjourney"]),
    },
    [
        ("leak affects sora", "the recent leak of the Sora model"),
        ("openai valuation sum", "a company valued at $150 billion"),
        ("letter creator artists", "an open letter from artists"),
    ],
)
PARTS = (
    "001_0aa74bdefa87b4a1",
    {
        "sora": ("Model", ["Sora", "video generation model"]),
        "openai": ("Company", ["OpenAI"]),
        "leak": ("Event", ["a controversial leak", "This unexpected incident", "this leak"]),
        "testers": ("Group", ["a group of early testers", "the testers"]),
        "face": ("Company", ["Hugging Face"]),
        "letter": ("Work", ["The letter", "leaked letter"]),
        "program": ("Event", ["Early Access Program", "the program"]),
    },
    [
        ("leak affects sora", "a controversial leak involving OpenAI's experimental video generation model, Sora"),
        ("sora developer openai", "OpenAI's experimental video generation model, Sora"),
        ("leak agent testers", "a group of early testers decided to share access to Sora"),
        ("leak hostedOn face", "share access to Sora via a Hugging Face link"),
        ("letter creator testers", "The letter released from these early access testers"),
        ("program agent openai", "OpenAI's Early Access Program"),
    ],
)
REPUBLIC = (
    "002_d2385473773569d1",
    {
        "sora": ("Model", ["Sora", "the model"]),
        "openai": ("Company", ["OpenAI", "The ChatGPT-maker", "the company"]),
        "artists": ("Group", ["protesting artists", "a group of artists", "the group"]),
        "many": ("Group", ["hundreds of artists"]),
        "leak": ("Event", ["the leak", "alleged Sora leak"]),
        "day": ("Date", ["yesterday=2024-11-26"]),
        "letter": ("Work", ["an open letter"]),
        "signatures": ("Quantity", ["nearly 600 signatures=600 signatures"]),
        "face": ("Company", ["Hugging Face"]),
        "crunch": ("Media", ["TechCrunch"]),
        "verge": ("Media", ["The Verge"]),
        "dalle": ("Model", ["Dall-E 3"]),
        "year": ("Date", ["Last year=2023"]),
        "film": ("Work", ["a short film", "Air Head"]),
        "kids": ("Collective", ["Shy Kids"]),
        "toronto": ("Place", ["Toronto"]),
        "march": ("Date", ["March=2024-03"]),
        "sum": ("Money", ["more than $150bn=USD 150000000000"]),
    },
    [
        ("leak affects sora", "the “alleged Sora leak”"),
        ("artists leaked sora", "was leaked by a group of artists yesterday"),
        ("leak agent artists", "the group behind the leak"),
        ("leak eventDate day", "was leaked by a group of artists yesterday"),
        ("leak reportedBy crunch", "TechCrunch, who initially reported the leak"),
        ("leak reportedBy verge", "The Verge reported"),
        ("letter addressedTo openai", "in an open letter directed at OpenAI"),
        ("letter hostedOn face", "In an open letter signed by nearly 600 signatures on Hugging Face"),
        ("letter quantity signatures", "In an open letter signed by nearly 600 signatures on Hugging Face"),
        ("sora developer openai", "OpenAI’s unreleased Sora"),
        ("dalle developer openai", "OpenAI released Dall-E 3"),
        ("dalle releaseDate year", "Last year, OpenAI released Dall-E 3"),
        ("film creator kids", "Air Head, made by Toronto-based"),
        ("film uses sora", "using Sora, which included a short film"),
        ("film releaseDate march", "In March, OpenAI released some videos"),
        ("kids locatedIn toronto", "Toronto-based multimedia production company and indie pop band Shy Kids"),
        ("openai valuation sum", "a company valued at more than $150bn"),
    ],
)
NEWSLETTER = (
    "003_5403569c757583b8",
    {
        "sora": ("Model", ["Sora"]),
        "turbo": ("Model", ["Sora Turbo"]),
        "openai": ("Company", ["OpenAI"]),
        "leak": ("Event", ["a significant leak", "The leak", "The Sora leak"]),
        "artists": ("Group", ["artists protesting"]),
        "face": ("Company", ["Hugging Face"]),
    },
    [
        ("leak affects sora", "a significant leak of Sora"),
        ("leak agent artists", "artists protesting against OpenAI’s perceived control"),
        ("sora developer openai", "a highly anticipated AI model from OpenAI"),
        ("leak hostedOn face", "allowing public access through Hugging Face"),
        ("turbo variantOf sora", "The leaked version, known as Sora Turbo"),
    ],
)
TABLET = (
    "004_7b43d2c3fe14ff21",
    {
        "sora": ("Product", ["Sora Video Generator", "Sora", "the tool"]),
        "openai": ("Company", ["OpenAI", "the company"]),
        "leak": ("Event", ["The leak", "This incident", "The Sora leak"]),
        "puppets": ("Group", ["The group responsible", "Sora PR Puppets", "a group of artists"]),
        "many": ("Group", ["hundreds of artists"]),
        "face": ("Product", ["Hugging Face"]),
        "day": ("Date", ["November 14, 2023=2023-11-14"]),
        "jamie": ("Person", ["Jamie Davidson", "Jamie"]),
        "site": ("Media", ["PC-Tablet.com"]),
        "role": ("Role", ["Senior Rumors Analyst"]),
    },
    [
        ("leak affects sora", "The leak of OpenAI’s Sora video generator"),
        ("leak agent puppets", "The group responsible for the leak"),
        ("leak eventDate day", "The leak, which occurred on November 14, 2023"),
        ("leak hostedOn face", "via a project on the AI development platform Hugging Face"),
        ("sora developer openai", "Sora is a powerful AI model developed by OpenAI"),
        ("jamie worksFor site", "Jamie is the Senior Rumors Analyst at PC-Tablet.com"),
        ("jamie role role", "Jamie is the Senior Rumors Analyst at PC-Tablet.com"),
    ],
)
ARTICLES = (VIDEO, PARTS, REPUBLIC, NEWSLETTER, TABLET)


def annotations() -> list[Annotation]:
    return [_annotation(*article) for article in ARTICLES]


def annotation(name: str, text: str, entities: Entities, relations: list[tuple[str, str]], **known: str) -> Annotation:
    """A text of one's own, marked as the articles above; "a developer b | alleged, by=c" has stance and speaker."""
    document = Document(names.document_id(name, text), name, text, **known)
    mentions = [
        mention for key, (type_, surfaces) in entities.items() for mention in _marked(text, key, type_, surfaces)
    ]
    first = {item.entity: Span(item.start, item.end) for item in reversed(mentions)}
    return Annotation(document, tuple(mentions), tuple(_statement(document, first, *pair) for pair in relations))


def _annotation(name: str, entities: Entities, relations: list[tuple[str, str]]) -> Annotation:
    text = (SEEDS / f"{name}.txt").read_text(encoding="utf-8")
    published = "2024-11-27" if name.startswith("002") else None
    return annotation(name, text, entities, relations, **({"published": published} if published else {}))


def _marked(text: str, key: str, type_: str, surfaces: list[str]) -> list[Mention]:
    found = []
    for surface in surfaces:
        words, _, value = surface.partition("=")
        start = text.index(words)
        found.append(Mention(start, start + len(words), type_, key, value or None))
    return found


def _statement(document: Document, first: dict[str, Span], relation: str, quote: str) -> Statement:
    triple, _, tags = relation.partition(" | ")
    subject, predicate, object_ = triple.split()
    listed = [tag.strip() for tag in tags.split(",") if tag.strip()]
    by = next((tag[3:] for tag in listed if tag.startswith("by=")), None)
    stance = tuple(word for word in STANCES if word in listed)
    start = document.text.index(quote)
    span = Span(start, start + len(quote))
    key = evidence_id(
        document=document.id, span=span, subject=first[subject], object=first[object_], predicate=predicate,
        stance=stance, by=by,
    )  # fmt: skip
    evidence = Evidence(
        key, document.id, *span, quote, stance, by, reader="careful", subject=first[subject], object=first[object_]
    )
    return Statement(subject, predicate, object_, (evidence,))
