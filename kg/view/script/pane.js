// The pane beside the picture: what it is about, an entity, a line, a dispute.

const pane = one("#pane");
const FEW_DISPUTES = 6;
const FEW_CARDS = 40;
const FEW_DOCUMENTS = 30;
let paneTurn = 0;

const heading = (text, number) => element("h3", {}, text, number === undefined ? null : element("span", { class: "number" }, figures.format(number)));

/** Fills the pane; what needs sentences that are not open yet comes as soon as they are. */
async function showPane() {
  const { chosen } = state;
  const parts = { entity: entityPane, line: linePane, dispute: disputePane, path: pathPane };
  const turn = (paneTurn += 1);
  const content = chosen ? [crumb(), ...(await parts[chosen.kind](chosen.item, chosen))] : await overview();
  if (turn !== paneTurn) return; // something else was chosen meanwhile
  const inside = pane.contains(document.activeElement);
  pane.replaceChildren(...content.filter(Boolean));
  if (inside) (chosen ? pane : stage).focus({ preventScroll: true }); // what had the focus is gone
  pane.parentElement.scrollTop = 0;
}

const crumb = () =>
  element("p", { class: "crumb" }, element("button", { type: "button", class: "button", click: () => go(null) }, "← Overview"));

/* Nothing chosen */

async function overview() {
  const sourced = everySaid.some((said) => said.sentences);
  await told(disputes.slice(0, FEW_DISPUTES).flatMap(partiesOf));
  return [
    element("h2", {}, view.title),
    element("p", { class: "lead" }, summary(sourced)),
    ...disputeCards(),
    ...oftenSaid(),
    ...mainFigures(),
    ...documentList(),
    element("p", { class: "quiet help" }, "Click a name or a line. Press / to search, the arrow keys to walk, Esc to go back. Click a second name with Shift held for the way between the two."),
  ];
}

function summary(sourced) {
  const from = documents.length ? `${count(documents.length, "document")} on ${count(entities.length, "entity", "entities")}` : count(entities.length, "entity", "entities");
  const said = count(everySaid.length, "statement");
  if (!everySaid.length) return `${from}: nothing is said of them.`;
  return sourced
    ? `${from}: ${said}, each with the sentences that say it.`
    : `${from}: ${said}. No sources are given for them.`;
}

function disputeCards() {
  if (!disputes.length) return [];
  const all = element("div", {}, disputes.slice(0, FEW_DISPUTES).map(disputeCard));
  const rest = element("button", { class: "link more", type: "button" }, `Show all ${figures.format(disputes.length)}`);
  rest.addEventListener("click", async () => {
    await told(disputes.flatMap(partiesOf));
    all.replaceChildren(...some(disputes, disputeCard, FEW_CARDS));
    rest.remove();
  });
  return [heading("Sources disagree", disputes.length), all, disputes.length > FEW_DISPUTES ? rest : null];
}

/** A dispute in a few lines: what is at issue, and who says what. */
function disputeCard(dispute) {
  const sides = sidesOf(dispute);
  const outlets = sides.map(({ evidence }) => sourcesOf(evidence));
  const titles = sides.map(({ evidence }) => sourcesOf(evidence, ({ title }) => `“${title}”`));
  const told = unique(titles).length > unique(outlets).length ? titles : outlets;
  const rows = sides.map(({ label }, number) =>
    element("span", { class: "side" }, element("b", {}, label), element("span", { class: "quiet" }, told[number])),
  );
  return element(
    "button",
    { class: "card disputed dispute", type: "button", click: () => go({ kind: "dispute", item: dispute }) },
    element("span", { class: "issue" }, issueOf(dispute)),
    rows,
  );
}

const issueOf = (dispute) => {
  const name = typeof dispute.s === "number" ? entities[dispute.s].label : dispute.s;
  const relation = view.relations[dispute.p] ?? "";
  const object = dispute.kind === "denial" ? partiesOf(dispute)[0]?.object?.label : null;
  return [name, relation, object ?? "…"].filter(Boolean).join(" ");
};

const reasonOf = ({ kind }, sides) =>
  kind === "denial" ? "What one side says, the other denies." : `The sentences give ${sides} different answers, of which only one can be right.`;

/** Who stands against whom: each value, or those who say it and those who deny it. */
function sidesOf(dispute) {
  const parties = partiesOf(dispute);
  if (dispute.kind !== "denial") {
    return parties.map((said) => ({ label: said.end, evidence: said.evidence }));
  }
  const all = parties.flatMap((said) => said.evidence);
  const denies = (item) => item.stance.includes("negated");
  return [
    { label: "Said", evidence: all.filter((item) => !denies(item)) },
    { label: "Denied", evidence: all.filter(denies) },
  ].filter((side) => side.evidence.length);
}

/** Who says it, and where: the outlet, or by `nameOf` what tells two articles of one outlet apart. */
function sourcesOf(evidence, nameOf = ({ publisher, title }) => publisher ?? `“${title}”`) {
  const names = unique(evidence.map((item) => {
    const claim = item.by === undefined ? "" : `${speaker(item.by)}, in `;
    return claim + nameOf(documents[item.document]);
  }));
  return names.length > 2 ? `${names.slice(0, 2).join("; ")} and ${names.length - 2} more` : names.join("; ");
}

function mainFigures() {
  const list = [];
  for (const entity of shown.entities) if (!isLoose(entity) && list.push(entity) === 7) break;
  if (!list.length) return [];
  const rows = list.map((entity) =>
    element("li", {}, link(entity, { withGlyph: true }), element("span", { class: "quiet" }, count(entity.told, "statement"))),
  );
  return [heading("Main figures"), element("ul", { class: "rows" }, rows)];
}

/** What most documents say. */
const often = once(() => {
  if (documents.length < 2) return [];
  const from = (said) => said.sources.length;
  const found = everySaid.filter((said) => from(said) > 1 && said.status === "stated");
  return found.sort((p, q) => from(q) - from(p) || q.sentences - p.sentences || p.s - q.s || p.p - q.p).slice(0, 5);
});

const oftenSaid = () => (often().length ? [heading("In short: what most say"), ...often().map((said) => card(said))] : []);

function documentList() {
  if (!documents.length) return [];
  const row = (source) =>
    element(
      "li",
      { class: "document" },
      element("button", { class: "link", type: "button", click: () => openReader(source) }, source.title),
      element("span", { class: "quiet" }, [source.publisher ?? "publisher unknown", source.date ?? "undated", count(source.statements, "statement")].join(" · ")),
    );
  return [heading("Documents", documents.length), element("ul", { class: "rows" }, some(documents, row, FEW_DOCUMENTS))];
}

/* Something chosen */

function entityPane(entity) {
  const type = types[entity.type];
  const [said, known] = [entity.statements.filter((each) => each.on), entity.facts.filter((fact) => fact.on)];
  const [out, back] = [said.filter((each) => each.subject === entity), said.filter((each) => each.subject !== entity)];
  const hidden = entity.told - said.length - known.length;
  const from = documents.length ? ` · in ${figures.format(entity.documents.length)} of ${count(documents.length, "document")}` : "";
  return [
    element("h2", {}, glyph(type, 20), element("span", { dir: "auto" }, entity.label)),
    element("p", { class: "lead" }, `${capital(type.label)} · ${count(entity.told, "statement")}${from}`),
    entity.aliases.length ? element("p", { class: "quiet" }, `Also written: ${entity.aliases.join(", ")}`) : null,
    circleTools(entity),
    ...section("Facts", known, entity),
    ...section(`${entity.label} …`, out, entity),
    ...section(`… ${entity.label}`, back, entity),
    hidden ? element("p", { class: "quiet" }, `${count(hidden, "statement")} hidden by the filters.`) : null,
    entity.told ? null : element("p", { class: "quiet" }, "It is named, but nothing is said of it that could be read."),
  ];
}

/** Statements as cards: disputed ones first, then those with most sentences. */
function section(title, list, own = null) {
  if (!list.length) return [];
  const sorted = [...list].sort(
    (p, q) => (q.status === "disputed") - (p.status === "disputed") || q.sentences - p.sentences || p.p - q.p,
  );
  return [heading(title, list.length), ...some(sorted, (said) => card(said, { own }), FEW_CARDS)];
}

async function linePane(line, { statement }) {
  const said = line.statements.filter((each) => each.on);
  const about = unique(said.map((each) => each.dispute).filter((number) => number !== undefined));
  await told([...said, ...about.flatMap((number) => partiesOf(disputes[number]))]);
  return [
    element("h2", {}, link(entities[line.a]), element("span", { class: "quiet" }, " — "), link(entities[line.b])),
    element("p", { class: "lead" }, `${count(said.length, "statement")} between these two`),
    ...about.map((number) => disputeCard(disputes[number])),
    ...said.map((each) => card(each, { open: !statement || statement === each || said.length < 4 })),
  ];
}

const endsOf = (dispute) => unique(partiesOf(dispute).flatMap((said) => [said.subject, said.object])).filter(Boolean);

async function disputePane(dispute) {
  await told(partiesOf(dispute));
  const sides = sidesOf(dispute).map(({ label, evidence }) =>
    element("section", { class: "party" }, element("h3", {}, label), sentences(evidence)),
  );
  const between = partiesOf(dispute).flatMap((said) => said.line?.statements ?? []);
  const also = unique(between).filter((each) => each.dispute !== dispute.number && each.on);
  return [
    element("h2", {}, "Sources disagree"),
    element("p", { class: "lead" }, issueOf(dispute)),
    element("p", { class: "quiet" }, reasonOf(dispute, sides.length)),
    element("div", { class: "parties" }, sides),
    ...section("Also said of these two", also),
    ...endsOf(dispute).map((entity) => element("p", {}, "More on ", link(entity, { withGlyph: true }))),
  ];
}
