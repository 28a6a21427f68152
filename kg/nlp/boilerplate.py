"""The words and phrases by which page furniture is known: data for `kg.nlp.furniture`."""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WORDS: Mapping[str, frozenset[str]] = {
    # what a button asks for
    "ask": _words(
        "accept add advertise apply ask book browse buy call cancel check chip choose cite clap click close collect "
        "comment compare contact continue copy discover dismiss donate download edit embed enable enter explore "
        "export filter find follow forward get give go help hide install join jump learn leave like listen load log "
        "login logout manage mark message mute open order permalink pin play post press print quote rate react read "
        "refresh register reject reply report request restack retweet rsvp save scroll search see select send share "
        "shop show sign skip sort sponsor start submit subscribe support swipe switch tap tip toggle track translate "
        "try tweet unsubscribe update upgrade upvote view visit vote watch write"
    ),
    # where one shares, listens or follows
    "social": _words(
        "bluesky bsky digg discord email e-mail facebook feedly flipboard fb instagram line linkedin mail mastodon "
        "messenger mixcloud overcast patreon pinterest pocket podcasts quora reddit rss signal snapchat spotify "
        "substack telegram threads tiktok tumblr twitter vk wechat weibo whatsapp x xing youtube ko-fi soundcloud "
        "stitcher"
    ),
    # what a page has beside its article
    "page": _words(
        "accessibility advert advertise advertisement advertising adverts affiliate alert alerts archive archives "
        "author authors automatically autoplay back bookmark browse browser calendar careers categories category "
        "chapters classifieds comment comments commission contact contents cookie cookies copyright corrections "
        "credit crossword deals desktop disclaimer disclosure discussion docs donate download downloads e-paper "
        "edition editions email embed error events faq faqs featured feed feedback font forum forums forward gallery "
        "gift guestbook guidelines headlines help hiring home homepage horoscope horoscopes inbox index issn issue "
        "javascript jobs keyword latest letters link links list listings loading login logo logos logout magazine "
        "mailing masthead member membership menu merch methodology more navigation newest newsletter newsletters "
        "newsroom next notifications obituaries offer offers oldest online page pages password permalink photo photos "
        "picks pin pinned playlist podcast podcasts poll popular post posts preferences premium previous print "
        "printable privacy promo promoted puzzles quiz rates read reader readers reading recipes recommended refresh "
        "registration related replies reply reprints required rss sale scroll section sections settings shop shopping "
        "sidebar signup sitemap slideshow sort sponsor sponsored sponsors sports stories story subscribe subscriber "
        "subscribers subscription subscriptions suggested survey table tag tagged tags terms thread threads tickets "
        "tip tips toc toggle top topics transcript trending trial trailer unlimited unsubscribe updated upvotes "
        "username views votes vouchers weather web webring website weekly widget"
    ),
    # consent, rights, commission
    "legal": _words(
        "accept affiliate affiliated analytics automated automatically commission consent cookie cookies copyright "
        "disclosure earn forward-looking gdpr necessary opinions permission privacy prohibited provided purchases "
        "receiving reproduction reserved rights similar techniques terms trademarks transmitted unauthorized"
    ),
    # what a broken part says
    "failure": _words(
        "available blocked browser disabled display displayed embed empty enabled error expired failed found image "
        "javascript key loading missing not offline plugin refresh region reload retry set settings supported "
        "unavailable unsupported widget"
    ),
    # the reader
    "you": _words("u you you're you've your yours you\u2019re you\u2019ve"),
    # the site
    "us": _words("me our us we we're we\u2019re"),
    # signs of a sentence
    "verb": _words(
        "am are aren't be been being can can't could did didn't do does doesn't don't had has have is isn't "
        "may might must "
        "said say says should told was wasn't were will won't would"
    ),
    # what headings of an article are made of
    "title": _words(
        "about analysis background bottom changes conclusion context controversy details facts features final "
        "findings happened highlights history how impact implications insights introduction key lawsuit leak legacy "
        "lessons looking matters meaning meet methods next overview perspective reaction reactions reception response "
        "results root summary takeaways thoughts timeline verdict what what's when where who why"
    ),
    # signs of prose
    "function": _words(
        "a although an and as at because but by for from he her his in into it its of on or over she since than that "
        "the their them these they this those to under until when where which while who whose with"
    ),
}
"""Single words, lower case, by kind."""

# From here on verbose regular expressions, to be read without regard to case.

WHOLE = r"""
advertisement | back\ to\ top | loading | most\ (?:read|popular|viewed|shared) | web\ stories | also\ read
| originally\ (?:appeared|published|posted)\ .{1,40} | you\ (?:may|might)\ also\ (?:like|enjoy) | sort(?:\ by)?
| (?:add|post|leave)\ (?:a\ )?(?:comment|reply) | read\ (?:more|next|also) | related(?:\ (?:articles|posts|stories))?
| skip\ to\ (?:main\ )?content | share(?:\ this(?:\ \w+)?)? | more\ from\ .{1,40} | trending(?:\ now)?
| recommended(?:\ for\ you)? | table\ of\ contents | about\ the\ authors?
"""
"""Lines that are nothing else."""

LABEL = r"""
\W*(?: tag(?:s|ged)? | topics | categor(?:y|ies) | filed\ under | sources? | related | read\ (?:next|also|more)
| also\ read | see\ also | next\ \w+ | more(?:\ on)? | sponsored | promoted | advertisement | jump\ to
| share(?:\ on|\ this)? | listen\ on | tips | (?:media|press)\ contacts? | sort(?:\ by)? | author | posted\ in | via
)\s?[:▸?]
"""
"""How a line begins that lists tags, links or contacts."""

NOTICE = r"""
\byou(?:'re|\u2019re|\ are)?\ (?:receiv|get(?:ting)?\ this|reading) | \bsign(?:ed)?\ up\b | \bforwarded
| \blog(?:ged)?\ ?(?:in|out)\b | \bbuy\ me\b | \baffiliated\b | \bfree\ (?:edition|articles?|trial|account|copy)
| \bmay\ (?:earn|contain) | \bcommission\b | \byour?\ (?:e-?mail|inbox|preferences|subscription|account|browser)
| \bclick\ (?:here|to|below) | \ball\ rights\b | \bproduced\ automatically | \bword\ from\ (?:our|the)\ sponsor
| \b(?:auto|machine)(?:matically|mated)?[-\ ](?:generated|translated|produced|transcribed|refresh)
| \bsubscri(?:be|ption)\b | \bcookies\b | \bopens\ in\b | \bview\ in\b | \bread(?:ing)?\ time\b | \bfollow\ us\b
| \byou\ (?:may|might)\ also\b | \bdon['\u2019]t\ miss\b | \bnever\ miss\b | \bjoin\ (?:the|our)\b
| \bterms\ (?:and|of|apply)\b | \bnot\ available\ in\b | \brequired\ fields\b
| \b(?:failed|unable)\ to\ (?:load|display) | \bcould\ not\ be\ (?:loaded|displayed)
"""
"""Phrases of notices to the reader."""

COUNT = r"""
(?<![\d.,])\d[\d.,]*+\s?[kmw]?\s+(?:\w+\s)?(?: comments? | repl(?:y|ies) | views? | likes? | shares? | upvotes?
| points? | reposts? | boosts? | favou?rites? | quotes? | members? | guests? | readers? | subscribers? | followers?
| updates? | reviews? | ratings? | votes? | min(?:utes?)?(?:\ read)? | seconds? | articles?\ left )\b
| \(\d[\d,.k]*+\)
"""
"""How many liked, wrote, read."""

LISTICLE = r"""
(?:^|\W)(?: (?:top|best)\s\d+ | \d+\s(?:\w+\s)?(?:best|top|ways|things|tips|foods|cheapest) | best\s\w+ )\b
"""
"""How headlines of lists of products begin."""

CREDIT = r"""
\b(?:photo(?:graph)?s? | images? | audio | pictures? | foto | illustrations? | credits?)(?:\ by)?:\s | \(image\b
"""
"""Who took the picture."""
