// The columns that the page was given (kg/view/columns.py), as entities, statements and lines that know each other.

const view = await opened(one("#view"));
const network = JSON.parse(one("#network").textContent);
const { documents, types, groups } = view;

const STATUS = ["stated", "claimed", "denied", "disputed"];
const NONE = Object.freeze([]);

/** A list of one number stands in the columns as this number. */
const all = (numbers) => (typeof numbers === "number" ? [numbers] : numbers);

/** What a block of data holds: JSON, or a string of base64 in which JSON is deflated. */
async function opened(block) {
  const data = JSON.parse(block.textContent);
  if (typeof data !== "string") return data;
  return new Response(new Blob([bytesOf(data)]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).json();
}

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

/** Which rows belong to which of `count` owners, by a column of their owners and perhaps another. */
function shelves(count, owners, others = null) {
  const ends = new Uint32Array(count + 1);
  const twice = (row) => others !== null && others[row] !== owners[row];
  for (let row = 0; row < owners.length; row += 1) {
    ends[owners[row]] += 1;
    if (twice(row)) ends[others[row]] += 1;
  }
  for (let owner = 1; owner <= count; owner += 1) ends[owner] += ends[owner - 1];
  const starts = ends.slice(); // each moves down from its end to its start as rows are put
  const rows = new Uint32Array(ends[count]);
  for (let row = owners.length - 1; row >= 0; row -= 1) {
    rows[(starts[owners[row]] -= 1)] = row;
    if (twice(row)) rows[(starts[others[row]] -= 1)] = row;
  }
  return {
    count: (owner) => ends[owner] - starts[owner],
    of: (owner, list) => Array.from(rows.subarray(starts[owner], ends[owner]), (row) => list[row]),
  };
}

const ENTITY = view.entities;

class Entity {
  constructor(number) {
    this.number = number;
    this.label = ENTITY.label[number];
    this.type = ENTITY.type[number];
    this.x = ENTITY.x[number];
    this.y = ENTITY.y[number];
    this.on = true; // whether the filters leave it
    this.group = ENTITY.group[number];
    this.lines = null;
  }

  get id() { return ENTITY.id[this.number]; }
  get size() { return ENTITY.size[this.number]; }
  get font() { return ENTITY.font[this.number]; }
  get rows() { return ENTITY.rows[this.number] ?? [this.label]; }
  get aliases() { return ENTITY.aliases[this.number] ?? NONE; }
  get documents() { return all(ENTITY.documents[this.number]); }
  get statements() { return statementsOf.of(this.number, statements); }
  get facts() { return factsOf.of(this.number, facts); }
  get between() { return (this.lines ??= linesOf.of(this.number, lines)); }
  get degree() { return linesOf.count(this.number); }
  get told() { return statementsOf.count(this.number) + factsOf.count(this.number); }
}

/** A statement, or a fact, which has a value instead of an object. `number` counts the statements, then the facts. */
class Said {
  constructor(columns, row, number) {
    this.columns = columns;
    this.row = row;
    this.number = number;
    this.when = undefined; // its months: see monthsFor()
    this.evidence = null; // its sentences, once they are opened: see told()
  }

  get on() { return SAID.on[this.number] === 1; } // whether the filters leave it
  get line() { return lines[SAID.line[this.number]] ?? null; }
  get s() { return this.columns.s[this.row]; }
  get p() { return this.columns.p[this.row]; }
  get o() { return this.columns.o?.[this.row]; }
  get subject() { return entities[this.s]; }
  get object() { return this.columns.o && entities[this.o]; }
  get relation() { return view.relations[this.p]; }
  get value() { return this.columns.value?.[this.row]; }
  get iso() { return this.columns.iso?.[this.row]; }
  get end() { return this.columns.o ? this.object.label : this.value; }
  get language() { return [this.columns.object?.[this.row]].flat()[2] || null; } // of a literal
  get status() { return STATUS[this.columns.status[this.row]]; }
  get sentences() { return this.columns.sentences[this.row]; }
  get sure() { return this.columns.sure[this.row] / 100; }
  get sources() { return all(this.columns.sources[this.row]); }
  get shards() { return all(this.columns.shards[this.row]); }
  get dispute() { return this.columns.dispute[this.row]; }
  get months() { return (this.when === undefined ? (this.when = monthsFor(this)) : this.when); }
  get how() { return this.columns.how[this.row] ?? [null, NONE]; }
}

class Line {
  constructor(number, a, b, from) {
    this.number = number;
    this.a = a; // the number of the entity at either end, the smaller first
    this.b = b;
    this.from = from; // its first statement, and the one after its last
    this.to = from;
    this.on = true;
  }

  get statements() { return statements.slice(this.from, this.to); }
}

const entities = ENTITY.label.map((_, number) => new Entity(number));
const statements = view.statements.s.map((_, row) => new Said(view.statements, row, row));
const facts = view.facts.s.map((_, row) => new Said(view.facts, row, statements.length + row));
const everySaid = statements.concat(facts);
const relationWords = unique(view.relations); // of which two predicates may share one

/** What the filters ask of each statement and fact, by number; of a fact the end is its subject. */
const SAID = columnsOf(everySaid.length);

function columnsOf(length) {
  const both = (name, List) => {
    const list = new List(length);
    list.set(view.statements[name]);
    list.set(view.facts[name], statements.length);
    return list;
  };
  const [s, p] = [both("s", Uint32Array), both("p", Uint32Array)];
  const end = s.slice();
  end.set(view.statements.o);
  const word = new Map(relationWords.map((each, number) => [each, number]));
  const wordOf = view.relations.map((each) => word.get(each));
  const [status, sure, sentences] = [both("status", Uint8Array), both("sure", Uint8Array), both("sentences", Uint32Array)];
  const [fails, on] = [new Uint8Array(length), new Uint8Array(length).fill(1)]; // `fails`: a bit for each filter
  return { s, end, word: p.map((each) => wordOf[each]), status, sure, sentences, fails, on, line: new Int32Array(length).fill(-1) };
}

const disputes = view.disputes.map((dispute, number) => ({ ...dispute, number }));

groups.forEach((group, number) => (group.number = number));
types.forEach((type, number) => (type.number = number));
documents.forEach((source, number) => Object.assign(source, { number, statements: 0 }));
for (const { sources } of everySaid) for (const number of sources) documents[number].statements += 1;

/** All statements that join the same two entities are one line; they stand next to each other, as in the network's data. */
const lines = [];
let last = null;
for (const said of statements) {
  const [a, b] = said.s < said.o ? [said.s, said.o] : [said.o, said.s];
  if (a === b) continue;
  if (!last || last.a !== a || last.b !== b) {
    last = new Line(lines.length, a, b, said.row);
    lines.push(last);
  }
  last.to = said.row + 1;
  SAID.line[said.row] = last.number;
}

const statementsOf = shelves(entities.length, view.statements.s, view.statements.o);
const factsOf = shelves(entities.length, view.facts.s);
const linesOf = shelves(entities.length, lines.map(({ a }) => a), lines.map(({ b }) => b));

const otherEnd = (line, entity) => entities[line.a === entity.number ? line.b : line.a];
const isLoose = (entity) => entity.degree === 0;

/** The shown lines of an entity, those with most sentences first. */
const linesAround = (entity) => entity.between.filter((line) => line.on).sort((p, q) => weight(q) - weight(p));
const weight = (line) => line.statements.reduce((sum, each) => sum + each.sentences + (each.status === "disputed" ? 50 : 0), 0);

/** The facts and statements of a dispute. */
const partiesOf = (dispute) => dispute.statements.map((number) => everySaid[number]);

/** What choosing a line opens: the dispute on it, if there is one. */
function targetOfLine(line) {
  const disputed = line.statements.find((said) => said.dispute !== undefined && said.on);
  return disputed ? { kind: "dispute", item: disputes[disputed.dispute] } : { kind: "line", item: line };
}

/** The name of who claims something: an entity's number, or a name. */
const speaker = (by) => (typeof by === "number" ? entities[by].label : by);

/* What links need */

const index = (list, key) => new Map(list.map((each) => [key(each), each]));
let entityIndex = null;
const entityById = (id) => id && (entityIndex ??= index(entities, (entity) => entity.id)).get(id);

/** What a statement is called in links and in RDF: the hash of subject, predicate and object, as kg/types.py takes it. */
async function idOf(said) {
  if (!crypto.subtle) return null; // a page that came over an unprotected network has none
  const value = said.object ? [iriOf(said.object.id)] : [said.columns.object[said.row]].flat();
  const key = [iriOf(said.subject.id), view.predicates[said.p], ...value, "", ""].slice(0, 5);
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key.join("\u001f")));
  return Array.from(new Uint8Array(hash, 0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const iriOf = (id) => (id.includes(":") ? id : `${view.base}id/${id}`);

/** The statement or fact with this id among those of an entity, or among all. */
async function saidById(id, about) {
  if (!id) return null;
  const list = about ? [...about.statements, ...about.facts] : everySaid;
  for (const said of list) if ((await idOf(said)) === id) return said;
  return null;
}
