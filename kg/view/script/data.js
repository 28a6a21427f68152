// The rows that the page was given (their keys: kg/view/model.py), linked to each other.

const view = await unpacked(JSON.parse(one("#view").textContent));
const network = JSON.parse(one("#network").textContent);
const { entities, statements, facts, documents, passages, disputes, types, groups } = view;

entities.forEach((entity, number) => {
  Object.assign(entity, { number, aliases: entity.aliases ?? [], documents: entity.documents ?? [] });
  Object.assign(entity, { statements: [], facts: [], rows: entity.rows ?? [entity.label], between: [] });
});
documents.forEach((document_, number) => Object.assign(document_, { number, statements: 0 }));
types.forEach((type, number) => Object.assign(type, { number, entities: entities.filter((e) => e.type === number).length }));
groups.forEach((group, number) => group.members.forEach((member) => (entities[member].group = number)));

const entityById = new Map(entities.map((entity) => [entity.id, entity]));
const saidById = new Map([...statements, ...facts].map((said) => [said.id, said]));
const disputeById = new Map(disputes.map((dispute, number) => [dispute.id, Object.assign(dispute, { number })]));

for (const said of [...statements, ...facts]) {
  said.evidence ??= [];
  for (const item of said.evidence) item.stance ??= [];
  said.status = statusOf(said);
  said.sources = unique(said.evidence.map((item) => item.document));
  said.sure = said.evidence.reduce((most, item) => Math.max(most, item.score ?? 1), said.evidence.length ? 0 : 1);
  said.relation = view.relations[said.p];
  said.subject = entities[said.s];
  for (const number of said.sources) documents[number].statements += 1;
}
for (const fact of facts) fact.subject.facts.push(fact);
for (const statement of statements) {
  statement.object = entities[statement.o];
  statement.subject.statements.push(statement);
  if (statement.o !== statement.s) statement.object.statements.push(statement);
}

/** Data as they are, or out of a string: base64 of what was deflated. */
async function unpacked(data) {
  if (typeof data !== "string") return data;
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).json();
}

/** All statements that join the same two entities are one line; numbered as in the network's data. */
const lines = linesOf(statements);
for (const line of lines) {
  for (const statement of line.statements) statement.line = line;
  entities[line.a].between.push(line);
  entities[line.b].between.push(line);
}

/** disputed, denied (by all who say anything), claimed (by a party, or with reserve), or stated. */
function statusOf(said) {
  if (said.dispute !== undefined) return "disputed";
  if (!said.evidence.length || said.evidence.some((item) => !item.stance.length && item.by === undefined)) return "stated";
  return said.evidence.every((item) => item.stance.includes("negated")) ? "denied" : "claimed";
}

function linesOf(all) {
  const found = new Map();
  for (const statement of all) {
    if (statement.s === statement.o) continue;
    const [a, b] = [Math.min(statement.s, statement.o), Math.max(statement.s, statement.o)];
    const key = `${a} ${b}`;
    if (!found.has(key)) found.set(key, { a, b, statements: [] });
    found.get(key).statements.push(statement);
  }
  const sorted = [...found.values()].sort((p, q) => p.a - q.a || p.b - q.b);
  sorted.forEach((line, number) => (line.number = number));
  return sorted;
}

const otherEnd = (line, entity) => entities[line.a === entity.number ? line.b : line.a];

/** The facts and statements of a dispute. */
const partiesOf = (dispute) => dispute.statements.map((id) => saidById.get(id)).filter(Boolean);

/** What choosing a line opens: the dispute on it, if there is one. */
function targetOfLine(line) {
  const disputed = line.statements.find((said) => said.dispute !== undefined && shown.statements.has(said));
  return disputed ? { kind: "dispute", item: disputes[disputed.dispute] } : { kind: "line", item: line };
}

/** The name of who claims something: an entity's number, or a name. */
const speaker = (by) => (typeof by === "number" ? entities[by].label : by);
