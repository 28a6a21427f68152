// A statement with the sentences behind it: who says it, how surely, where.

const RESERVES = { negated: "denied", alleged: "alleged", planned: "planned", possible: "possible", past: "no longer" };

const chip = (kind, text) => element("span", { class: `chip ${kind}` }, text);

/** The button of an entity: its glyph and name, or its name alone. */
const link = (entity, { withGlyph = false } = {}) =>
  element(
    "button",
    { class: "link", type: "button", "data-entity": entity.id, click: () => go({ kind: "entity", item: entity }) },
    withGlyph ? glyph(types[entity.type]) : null,
    element("span", { dir: "auto" }, entity.label),
  );

/** How one sentence says it. */
function reserves(item) {
  const claim = item.by === undefined ? [] : [chip("claim", `claim by ${speaker(item.by)}`)];
  return [...claim, ...item.stance.map((word) => chip(word === "negated" ? "denied" : "reserve", RESERVES[word] ?? word))];
}

/** How a statement stands as a whole. */
function standing({ status, how: [by, stances] }) {
  return [
    status === "disputed" ? chip("disputed", "≠ disputed") : null,
    by === null ? null : chip("claim", `claim by ${speaker(by)}`),
    ...stances.map((word) => chip(word === "negated" ? "denied" : "reserve", RESERVES[word] ?? word)),
  ].filter(Boolean);
}

/** A text in pieces: the words of subject and object marked, `from` and `to` in the passage. */
function marked(item, from, to) {
  const text = passageText(item);
  const spans = [["subject", item.subject], ["object", item.object]]
    .filter(([, span]) => span && span[0] >= from && span[1] <= to)
    .sort((p, q) => p[1][0] - q[1][0] || q[1][1] - p[1][1]);
  const pieces = [];
  let at = from;
  for (const [role, [start, end]] of spans) {
    if (start < at) continue; // within the other one
    pieces.push(text.slice(at, start), element("mark", { class: role, title: role }, text.slice(start, end)));
    at = end;
  }
  return [...pieces, text.slice(at, to)];
}

/** One sentence with its source. */
function sentence(item) {
  const source = documents[item.document];
  const where = [source.publisher ?? "publisher unknown", source.date ?? "undated", `characters ${charsOf(item).join("–")}`];
  return element(
    "figure",
    { class: "sentence" },
    element("blockquote", { dir: "auto", lang: source.lang }, marked(item, ...item.at)),
    reserves(item).length ? element("p", { class: "chips" }, reserves(item)) : null,
    item.reason ? element("p", { class: "quiet" }, item.reason) : null,
    element(
      "figcaption",
      {},
      element("button", { class: "link", type: "button", click: () => openReader(source, item) }, source.title),
      element("span", {}, where.join(" · "), " · ", copier("Copy citation", () => citation(item))),
    ),
  );
}

/** All sentences of a statement, or a word on why there are none. */
const sentences = (evidence) =>
  evidence.length ? evidence.map(sentence) : [element("p", { class: "quiet" }, "No source is given for this.")];

const support = ({ sentences: number, sources }) =>
  number ? `${count(number, "sentence")} in ${count(sources.length, "document")}` : "no source given";

const relationWord = (said) => (said.status === "denied" ? `not: ${said.relation}` : said.relation);

/** Subject, relation, object or value; the one whose pane it is steps back. */
function triple(said, own = null) {
  return element(
    "span",
    { class: "triple" },
    element(own === said.subject ? "span" : "b", { dir: "auto" }, said.subject.label),
    element("span", { class: "relation" }, relationWord(said)),
    element(own && own === said.object ? "span" : "b", { dir: "auto", lang: said.language }, said.end),
  );
}

/** A statement or fact as a card that opens to its sentences. */
function card(said, { own = null, open = false } = {}) {
  const body = element("div", { class: "body", id: `said-${said.number}`, hidden: true });
  const head = element(
    "button",
    { class: "head", type: "button", "aria-expanded": "false", "aria-controls": body.id },
    triple(said, own),
    element("span", { class: "chips" }, standing(said), element("span", { class: "quiet" }, support(said))),
  );
  const turn = async (opening) => {
    if (opening && !body.childElementCount) {
      await told([said]);
      body.replaceChildren(...sentences(said.evidence), element("p", { class: "quiet" }, copier("Copy as Turtle", () => turtle(said))));
    }
    body.hidden = !opening;
    head.setAttribute("aria-expanded", String(opening));
  };
  head.addEventListener("click", () => turn(body.hidden));
  if (open) turn(true);
  return element("article", { class: `card ${said.status}` }, head, body);
}

/** A list of which the first are shown, and a button that brings more. */
function some(items, show, most) {
  const rest = items.slice(most);
  if (!rest.length) return items.map((item) => show(item));
  const next = Math.min(most, rest.length);
  const more = element("button", { class: "link more", type: "button" }, `Show ${figures.format(next)} more (${figures.format(rest.length)} left)`);
  more.addEventListener("click", () => {
    const added = some(rest, show, most);
    more.replaceWith(...added);
    one("button", added[0])?.focus();
  });
  return [...items.slice(0, most).map((item) => show(item)), more];
}
