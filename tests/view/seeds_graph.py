"""The graph of the five articles in seeds/ as a careful reader would write it: facts by hand, offsets looked up."""

from __future__ import annotations

import json
from pathlib import Path

from kg import vocab
from kg.graph import Dispute, Graph
from kg.types import Document, Evidence, Literal, Span, Statement, digest, evidence_id

SEEDS = Path(__file__).parents[2] / "seeds"

ENTITIES: dict[str, tuple[str, str, list[str]]] = {
    "openai": ("Company", "OpenAI", ["ChatGPT-maker", "the company"]),
    "sora": ("Model", "Sora", ["Sora model", "Sora video generator"]),
    "leak": ("Event", "Sora leak", ["the leak", "leak of Sora"]),
    "artists": ("Group", "group of artists", ["artists", "the group"]),
    "puppets": ("Group", "Sora PR Puppets", []),
    "letter": ("Work", "open letter", ["letter"]),
    "hugging-face": ("Company", "Hugging Face", []),
    "techcrunch": ("Media", "TechCrunch", []),
    "the-verge": ("Media", "The Verge", []),
    "silicon-republic": ("Media", "Silicon Republic", []),
    "pc-tablet": ("Media", "PC-Tablet.com", []),
    "ai-made-friendly": ("Media", "AI Made Friendly HERE", []),
    "jamie-davidson": ("Person", "Jamie Davidson", ["Jamie"]),
    "shy-kids": ("Company", "Shy Kids", []),
    "air-head": ("Work", "Air Head", []),
    "toronto": ("Place", "Toronto", []),
    "dall-e-3": ("Model", "Dall-E 3", []),
    "chatgpt": ("Product", "ChatGPT", []),
    "sora-turbo": ("Model", "Sora Turbo", []),
    "midjourney": ("Company", "Midjourney", []),
    "discord-server": ("Collective", "Discord server", []),
    "program": ("Event", "Early Access program", ["Sora program", "the program"]),
    "testers": ("Group", "early testers", ["early access testers"]),
    "filmmakers": ("Group", "visual artists, designers and filmmakers", ["visual artists and directors"]),
    "critics": ("Group", "critics of the leaked letter", ["critics"]),
    "community": ("Group", "digital community", []),
    "presenter": ("Group", "presenter", []),
    "video": ("Work", "video", ["The video"]),
    "videos": ("Work", "some videos", []),
    "blog": ("Work", "blog", []),
    "statement": ("Work", "statement", []),
    "competition": ("Event", "competition", []),
    "interface": ("Product", "frontend interface", []),
    "users": ("Group", "numerous users", ["many users"]),
    "text-to-video": ("Topic", "text-to-video generation", ["AI video generation"]),
    "labour": ("Topic", "unpaid labor", ["unpaid labour", "unpaid R&D"]),
    "art-washing": ("Topic", "art washing", []),
    "transparency": ("Topic", "transparency", []),
    "compensation": ("Topic", "fair compensation", []),
    "creative-jobs": ("Topic", "creative jobs", []),
    "coherence": ("Topic", "video coherence", []),
    "text-to-image": ("Topic", "text-to-image generation", []),
    "biotechnology": ("Topic", "Biotechnology", []),
}

VALUES: dict[str, tuple[str, str]] = {
    "150bn": ("Money", "more than $150bn"),
    "600": ("Quantity", "nearly 600 signatures"),
    "10s": ("Quantity", "10-second videos"),
    "1080p": ("Quantity", "up to 1080p"),
    "hundreds": ("Quantity", "hundreds of artists"),
    "5y": ("Quantity", "over 5 years"),
    "analyst": ("Role", "Senior Rumors Analyst"),
}

# Document number → (where a sentence begins, where it ends, what it says); what it says is
# "subject relation object | stance, by=who", the subject's words and the object's words ("" where there are none).
Said = list[tuple[str, str, list[tuple[str, str, str]]]]
SAID: dict[int, Said] = {
    0: [
        ("The video discusses the backlash", "benefits to OpenAI.", [
            ("video about leak", "The video", "leaked"),
            ("artists criticizes openai", "artists", "OpenAI"),
            ("sora developer openai", "Sora", "OpenAI"),
        ]),
        ("The video discusses the recent leak", "exploited by OpenAI.", [
            ("leak affects sora", "leak", "Sora model"),
            ("artists criticizes openai", "artists", "OpenAI"),
        ]),
        ("The leaked model was initially", "$150 billion.", [
            ("artists uses sora | past", "a select group of artists", "The leaked model"),
            ("openai valuation 150bn", "a company", "$150 billion"),
        ]),
        ("Artists express frustration", "from their work.", [
            ("artists endorses compensation", "Artists", "compensation"),
        ]),
        ("The video highlights an open letter", "development resources.", [
            ("letter creator artists", "open letter", "artists"),
            ("letter criticizes openai", "open letter", "OpenAI"),
            ("video about letter", "The video", "open letter"),
        ]),
        ("The presenter notes", "animation quality.", [
            ("presenter endorses sora", "The presenter", "the model"),
        ]),
        ("They draw parallels", "through their usage.", [
            ("sora competitorOf midjourney | by=presenter", "", "Midjourney"),
        ]),
    ],
    1: [
        ("Recently, the AI community", "model, Sora.", [
            ("leak affects sora", "leak", "Sora"),
            ("sora developer openai", "Sora", "OpenAI"),
        ]),
        ("This unexpected incident", "using the model.", [
            ("testers leaked sora", "early testers", "Sora"),
            ("leak hostedOn hugging-face", "This unexpected incident", "Hugging Face"),
            ("leak agent testers", "This unexpected incident", "early testers"),
        ]),
        ("This act contradicted", "unfolding drama.", [
            ("openai released sora | negated", "OpenAI", "Sora"),
        ]),
        ("However, the situation took", "and collaboration.", [
            ("testers criticizes openai", "testers", "OpenAI"),
        ]),
        ("The letter released from", "their experience.", [
            ("letter creator testers", "The letter", "early access testers"),
            ("letter criticizes program", "The letter", "experience"),
        ]),
        ("The artists asserted that", "and valuation.", [
            ("testers criticizes labour", "The artists", "unpaid labor"),
        ]),
        ("The group also disclosed", "creative freedom.", [
            ("testers criticizes openai", "The group", "OpenAI"),
        ]),
        ("While it's clear", "Early Access program.", [
            ("artists endorses compensation | by=critics", "artists", "fair compensation"),
            ("program participant testers | by=critics", "Early Access program", "participants"),
        ]),
        ("Some critics of the leaked letter", "entered into.", [
            ("critics criticizes letter", "critics of the leaked letter", "leaked letter"),
            ("critics criticizes testers", "critics of the leaked letter", "they"),
        ]),
        ("Navigating this criticism", "artistic expression.", [
            ("testers criticizes text-to-video | negated, by=testers", "the participants", "technology"),
        ]),
        ("Rather than damaging", "Hugging Face link.", [
            ("community endorses sora", "digital community", "early outputs"),
        ]),
        ("Amidst the discussion", "video clips.", [
            ("sora capability coherence | possible", "Sora", "video coherence"),
        ]),
        ("As OpenAI navigates the fallout", "artists involved.", [
            ("leak affects openai", "this leak", "OpenAI"),
        ]),
    ],
    2: [
        ("OpenAI’s Sora leaked by", "protesting artists", [
            ("artists leaked sora", "protesting artists", "Sora"),
            ("sora developer openai", "Sora", "OpenAI"),
        ]),
        ("The artists, in an open letter", "tokens’.", [
            ("letter creator artists", "open letter", "The artists"),
            ("letter addressedTo openai", "open letter", "OpenAI"),
        ]),
        ("OpenAI’s unreleased Sora", "(26 November).", [
            ("sora developer openai", "Sora", "OpenAI"),
            ("sora capability text-to-video", "Sora", "text-to-video generating"),
            ("artists leaked sora", "a group of artists", "Sora"),
            ("leak affects sora", "leaked", "Sora"),
            ("leak agent artists", "leaked", "a group of artists"),
            ("leak eventDate 2024-11-26", "leaked", "yesterday (26 November)"),
        ]),
        ("The ChatGPT-maker first", "in February.", [
            ("chatgpt developer openai", "ChatGPT", ""),
            ("openai announced sora", "The ChatGPT-maker", "Sora"),
            ("sora announcedDate 2024-02", "Sora", "February"),
        ]),
        ("While it wasn’t made", "OpenAI feedback.", [
            ("openai released sora | negated", "", "it"),
            ("filmmakers uses sora", "visual artists, designers and filmmakers", "the model"),
        ]),
        ("However, yesterday, the artists", "means of PR.", [
            ("artists leaked sora", "the artists", "the model"),
            ("artists criticizes openai", "the artists", "the company"),
            ("artists criticizes labour", "the artists", "unpaid R&D"),
        ]),
        ("In an open letter signed", "creative partners”.", [
            ("letter quantity 600", "open letter", "nearly 600 signatures"),
            ("letter hostedOn hugging-face", "open letter", "Hugging Face"),
        ]),
        ("However, they claimed", "for artists”.", [
            ("artists criticizes art-washing | by=artists", "they", "art washing"),
        ]),
        ("The group said that hundreds", "Sora-created films.", [
            ("openai valuation 150bn", "OpenAI", "more than $150bn"),
            ("artists quantity hundreds | by=artists", "", "hundreds of artists"),
            ("competition agent openai | by=artists", "competition", "OpenAI"),
            ("competition participant artists | by=artists", "competition", "a few artists"),
        ]),
        ("While the group behind the leak", "rolled out.", [
            ("artists criticizes text-to-video | negated, by=artists", "the group behind the leak", "AI"),
            ("artists criticizes program | by=artists", "they", "the Sora program"),
        ]),
        ("In March, OpenAI released", "band Shy Kids.", [
            ("openai released videos", "OpenAI", "some videos"),
            ("videos creator filmmakers", "some videos", "visual artists and directors"),
            ("air-head creator shy-kids", "Air Head", "Shy Kids"),
            ("air-head uses sora", "Air Head", "Sora"),
            ("air-head releaseDate 2024-03", "Air Head", "March"),
            ("shy-kids locatedIn toronto", "Shy Kids", "Toronto"),
        ]),
        ("“Since we introduced Sora", "in a blog.", [
            ("openai partnerOf filmmakers | by=openai", "we", "visual artists, designers, creative directors"),
            ("blog creator openai", "blog", "the company"),
            ("blog about sora", "blog", "Sora"),
        ]),
        ("TechCrunch, who initially", "text description.", [
            ("leak reportedBy techcrunch", "the leak", "TechCrunch"),
            ("sora quantity 10s | by=techcrunch", "", "10-second videos"),
            ("sora quantity 1080p | by=techcrunch", "", "up to 1080p"),
        ]),
        ("Meanwhile, The Verge reported", "authentic or not.", [
            ("leak reportedBy the-verge", "alleged Sora leak", "The Verge"),
            ("openai announced leak | negated, by=the-verge", "OpenAI", "alleged Sora leak"),
        ]),
        ("Last year, OpenAI released", "previous iterations.", [
            ("openai released dall-e-3", "OpenAI", "Dall-E 3"),
            ("dall-e-3 developer openai", "Dall-E 3", "OpenAI"),
            ("dall-e-3 releaseDate 2023", "Dall-E 3", "Last year"),
            ("dall-e-3 capability text-to-image", "Dall-E 3", "text-to-image generating"),
        ]),
    ],
    3: [
        ("The online world was recently", "from OpenAI.", [
            ("leak affects sora", "leak", "Sora"),
            ("sora developer openai", "Sora", "OpenAI"),
        ]),
        ("The leak occurred despite", "own hands.", [
            ("leak agent artists", "The leak", "artists"),
            ("artists criticizes openai", "artists", "OpenAI"),
        ]),
        ("The buzz around the leak", "usage of Sora.", [
            ("sora hostedOn hugging-face", "Sora", "Hugging Face space"),
            ("leak reportedBy discord-server", "the leak", "Discord server"),
        ]),
        ("The Sora leak involved", "such a leak.", [
            ("leak hostedOn hugging-face", "The Sora leak", "Hugging Face"),
        ]),
        ("The leaked version, known as", "technical hiccups.", [
            ("sora-turbo variantOf sora", "Sora Turbo", ""),
            ("leak affects sora-turbo", "leaked", "Sora Turbo"),
        ]),
        ("Artists demanded a more", "fairly compensated.", [
            ("artists endorses transparency", "Artists", "transparent"),
            ("artists endorses compensation", "Artists", "fairly compensated"),
        ]),
    ],
    4: [
        ("Artists leaked OpenAI", "lack of transparency.", [
            ("artists leaked sora", "Artists", "Sora"),
            ("artists criticizes labour", "Artists", "unpaid labor"),
        ]),
        ("In a surprising turn of events", "lack of transparency.", [
            ("artists criticizes openai", "a group of artists", "the company"),
        ]),
        ("The leak, which occurred", "early testers.", [
            ("leak eventDate 2023-11-14", "The leak", "November 14, 2023"),
            ("leak hostedOn hugging-face", "The leak", "Hugging Face"),
        ]),
        ("The group responsible for", "any compensation.", [
            ("leak agent puppets", "the leak", "Sora PR Puppets"),
            ("puppets criticizes openai | by=puppets", "Sora PR Puppets", "OpenAI"),
            ("openai partnerOf artists | alleged, by=puppets", "OpenAI", "hundreds of artists"),
        ]),
        ("This alleged lack of", "own hands.", [
            ("artists criticizes transparency | alleged", "the artists", "lack of transparency"),
        ]),
        ("Sora is a powerful AI model", "text prompts.", [
            ("sora developer openai", "Sora", "OpenAI"),
            ("sora capability text-to-video", "Sora", "generate realistic and creative videos"),
        ]),
        ("The leaked version of Sora", "1080p.", [
            ("interface hostedOn hugging-face", "frontend interface", "Hugging Face"),
            ("interface uses sora", "frontend interface", "Sora"),
            ("sora quantity 10s", "Sora", "10-second video clips"),
            ("sora quantity 1080p", "Sora", "up to 1080p"),
        ]),
        ("While OpenAI swiftly", "social media.", [
            ("users uses sora", "numerous users", "the tool"),
        ]),
        ("OpenAI has acknowledged", "by the artists.", [
            ("openai announced leak", "OpenAI", "the leak"),
        ]),
        ("In a statement, the company", "artist community.", [
            ("statement creator openai", "statement", "the company"),
            ("openai partnerOf artists | planned, by=openai", "the company", "the artist community"),
        ]),
        ("As someone who has been", "significant event.", [
            ("leak reportedBy jamie-davidson", "the Sora leak", "I"),
        ]),
        ("Jamie is the Senior", "tech journalism.", [
            ("jamie-davidson worksFor pc-tablet", "Jamie", "PC-Tablet.com"),
            ("jamie-davidson role analyst", "Jamie", "Senior Rumors Analyst"),
            ("jamie-davidson quantity 5y", "Jamie", "over 5 years"),
        ]),
        ("The artists’ protest has garnered", "and recognition.", [
            ("community endorses artists", "the creative community", "The artists"),
        ]),
    ],
}  # fmt: skip


def documents() -> list[Document]:
    """The five articles with their metadata, in the order of their files."""
    return [_document(path) for path in sorted(SEEDS.glob("*.txt"))]


def seeds_graph() -> Graph:
    """The graph of SAID with names, types and the two disputes that the articles hold."""
    articles = documents()
    statements = [*_names(), *_values()]
    for number, sentences in SAID.items():
        for begins, ends, said in sentences:
            statements += [_statement(articles[number], begins, ends, *row) for row in said]
    plain = Graph(statements)
    disputes = [
        Dispute("value", _id("leak"), vocab.KG + "eventDate", _of(plain, "leak", "eventDate")),
        Dispute("denial", _id("openai"), vocab.KG + "announced", _of(plain, "openai", "announced", "leak")),
    ]
    return Graph(statements, articles, disputes)


def _document(path: Path) -> Document:
    text = path.read_text(encoding="utf-8")
    about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return Document(f"{vocab.BASE}doc/{path.stem}", path.stem, text, **about)


def _id(key: str) -> str:
    return f"{vocab.BASE}id/{key}"


def _value(key: str) -> str:
    return f"{vocab.BASE}value/{VALUES[key][0].lower()}/{key}"


def _names() -> list[Statement]:
    rows = []
    for key, (type_, name, aliases) in ENTITIES.items():
        rows += [
            Statement(_id(key), vocab.TYPE, vocab.KG + type_),
            Statement(_id(key), vocab.LABEL, Literal(name)),
            *(Statement(_id(key), vocab.ALT_LABEL, Literal(alias)) for alias in aliases),
        ]
    return rows


def _values() -> list[Statement]:
    rows = []
    for key, (type_, name) in VALUES.items():
        rows += [
            Statement(_value(key), vocab.TYPE, vocab.KG + type_),
            Statement(_value(key), vocab.LABEL, Literal(name)),
        ]
    return rows


def _statement(article: Document, begins: str, ends: str, said: str, subject: str, object_: str) -> Statement:
    triple, _, tags = said.partition(" | ")
    head, relation, tail = triple.split()
    words = [tag.strip() for tag in tags.split(",") if tag.strip()]
    start = article.text.index(begins)
    end = article.text.index(ends, start) + len(ends)
    stance = tuple(word for word in words if not word.startswith("by="))
    by = next((_id(word[3:]) for word in words if word.startswith("by=")), None)
    spans = [_span(article.text, start, end, surface) for surface in (subject, object_)]
    key = evidence_id(
        document=article.id,
        span=Span(start, end),
        subject=spans[0],
        object=spans[1],
        predicate=relation,
        stance=stance,
        by=by,
        extra=tail,
    )
    quote = article.text[start:end]
    evidence = Evidence(key, article.id, start, end, quote, stance, by, 0.9, "hand", subject=spans[0], object=spans[1])
    return Statement(_id(head), vocab.KG + relation, _tail(tail), (evidence,))


def _tail(key: str) -> str | Literal:
    if key in VALUES:
        return _value(key)
    if key in ENTITIES:
        return _id(key)
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(key)]
    return Literal(key, vocab.XSD + kind)


def _span(text: str, start: int, end: int, surface: str) -> Span | None:
    if not surface:
        return None
    at = text.index(surface, start, end)
    return Span(at, at + len(surface))


def _of(graph: Graph, subject: str, relation: str, object_: str | None = None) -> tuple[Statement, ...]:
    return tuple(
        statement
        for statement in graph.about(_id(subject))
        if statement.predicate == vocab.KG + relation and object_ in (None, str(statement.object).rsplit("/", 1)[-1])
    )


def fingerprint(graph: Graph) -> str:
    """A hash of all ids of statements and evidence."""
    return digest(item for statement in graph for item in (statement.id, *(e.id for e in statement.evidence)))
