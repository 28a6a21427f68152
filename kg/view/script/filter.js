// Which statements, entities and lines are shown under the reader's choices; over columns, since a large page has many.

const shown = { entities: [], statements: [], facts: [], key: null };

const groupKey = (number) => (number < 0 ? "" : entities[groups[number].main].id);
const isNamed = (entity) => state.loose || !isLoose(entity);
const isRead = (source) => !state.hiddenDocuments.has(documents[source].id);

const known = { status: STATUS, word: relationWords };

/** Whether an entity passes by its type, and by its group: each type and group is judged once. */
function typeFits() {
  const ok = types.map(({ name }) => !state.hiddenTypes.has(name));
  return ({ type }) => ok[type];
}

function groupFits() {
  const ok = [...groups.map(({ number }) => groupKey(number)), groupKey(-1)].map((key) => !state.hiddenGroups.has(key));
  return ({ group }) => ok.at(group); // -1 is the last
}

/** What passes by a column of SAID: each of its values is judged once. */
const byValue = (column, judge) => {
  const ok = known[column].map(judge);
  return (row) => ok[SAID[column][row]];
};

/** What passes by both its ends. */
const byEnds = (judge) => {
  const ok = new Uint8Array(entities.length);
  for (const entity of entities) ok[entity.number] = judge(entity);
  return (row) => ok[SAID.s[row]] && ok[SAID.end[row]];
};

/** A filter: whether it is in use, and what passes, by row; each has a bit, so that its own numbers can leave it out. */
const FILTERS = {
  status: [() => state.status !== "all", () => byValue("status", (status) => status === state.status)],
  type: [() => state.hiddenTypes.size > 0, () => byEnds(typeFits())],
  group: [() => state.hiddenGroups.size > 0, () => byEnds(groupFits())],
  relation: [() => state.hiddenRelations.size > 0, () => byValue("word", (word) => !state.hiddenRelations.has(word))],
  document: [() => state.hiddenDocuments.size > 0, () => (row) => !everySaid[row].sources.length || everySaid[row].sources.some(isRead)],
  least: [() => state.least > 1, () => (row) => SAID.sentences[row] >= state.least || !SAID.sentences[row]],
  sure: [() => state.sure > 0, () => (row) => SAID.sure[row] >= 100 * state.sure || !SAID.sentences[row]],
  time: [() => state.time !== null || !state.undated, () => (row) => fitsTime(everySaid[row])],
};
const BITS = Object.fromEntries(Object.keys(FILTERS).map((name, place) => [name, 1 << place]));
BITS[null] = 0;

/** Whether statements pass all filters, or all but one; by row. */
function fitting(but = null) {
  const [{ fails }, mask] = [SAID, ~BITS[but]];
  return (row) => (fails[row] & mask) === 0;
}

const inUse = (name) => FILTERS[name][0]();
const narrows = () => Object.keys(FILTERS).some((name) => name !== "type" && name !== "group" && inUse(name));
const isFiltered = () => Object.keys(FILTERS).some(inUse);

const sorted = (set) => [...set].sort();
const filterKey = () =>
  JSON.stringify([
    state.status, sorted(state.hiddenTypes), sorted(state.hiddenGroups), sorted(state.hiddenRelations), sorted(state.hiddenDocuments),
    state.least, state.sure, state.time, state.undated, state.loose, state.around.map(({ id }) => id),
  ]);

/** Decides anew and says whether anything is different; a filter on statements narrows entities to those they are about. */
function refilter() {
  const key = filterKey();
  if (key === shown.key) return false;
  judge();
  const about = narrows() ? subjectsOf() : null;
  const circle = circleMembers();
  const inside = (entity) => !circle || circle.has(entity);
  const [ofType, inGroup, wanted] = [typeFits(), groupFits(), about ? (entity) => about[entity.number] : isNamed];
  for (const entity of entities) entity.on = Boolean(wanted(entity) && ofType(entity) && inGroup(entity) && inside(entity));
  const fits = fitting();
  for (const line of lines) line.on = false;
  for (let row = 0; row < everySaid.length; row += 1) {
    SAID.on[row] = fits(row) && (!circle || (inside(entities[SAID.s[row]]) && inside(entities[SAID.end[row]])));
    if (SAID.on[row] && SAID.line[row] >= 0) lines[SAID.line[row]].on = true;
  }
  const isOn = (each) => each.on;
  Object.assign(shown, { key, entities: entities.filter(isOn), statements: statements.filter(isOn), facts: facts.filter(isOn) });
  return true;
}

/** Notes for each statement which filters it fails. */
function judge() {
  SAID.fails.fill(0);
  for (const name of Object.keys(FILTERS).filter(inUse)) {
    const passes = FILTERS[name][1]();
    for (let row = 0; row < everySaid.length; row += 1) if (!passes(row)) SAID.fails[row] |= BITS[name];
  }
}

/** Which entities the statements are about that pass all filters, or all but one. */
function subjectsOf(but = null) {
  const [about, fits] = [new Uint8Array(entities.length), fitting(but)];
  for (let row = 0; row < everySaid.length; row += 1) if (fits(row)) about[SAID.s[row]] = about[SAID.end[row]] = 1;
  return about;
}

/** How many statements have each value of a column, of those that pass all filters but one. */
function tally(but, column, values) {
  const [numbers, fits] = [new Uint32Array(values), fitting(but)];
  for (let row = 0; row < everySaid.length; row += 1) if (fits(row)) numbers[column[row]] += 1;
  return numbers;
}

/** How many entities have each value of a key, of those that pass all filters but this one; the key may be -1. */
function tallyEntities(but, keyOf) {
  const fitsElse = but === "type" ? groupFits() : typeFits();
  const about = narrows() ? subjectsOf(but) : null;
  const numbers = new Map();
  for (const entity of entities) {
    if (!(about ? about[entity.number] : isNamed(entity)) || !fitsElse(entity)) continue;
    numbers.set(keyOf(entity), (numbers.get(keyOf(entity)) ?? 0) + 1);
  }
  return numbers;
}

function showEverything() {
  for (const hidden of [state.hiddenTypes, state.hiddenGroups, state.hiddenRelations, state.hiddenDocuments]) hidden.clear();
  Object.assign(state, { status: "all", least: 1, sure: 0, time: null, undated: true });
}

/** Makes sure that what is to be shown can be seen, and says whether it could not. */
function reveal({ kind, item, statement }) {
  const parts = { entity: () => [item], line: () => [statement ?? item], dispute: () => partiesOf(item), path: () => [] };
  if (parts[kind]().every((part) => part.on)) return false;
  showEverything();
  leaveCircle();
  if (kind === "entity" && isLoose(item)) state.loose = true;
  return true;
}

/** What the filters leave out, in words, for the margin of what is saved. */
function filterWords() {
  const without = (name, hidden) => (hidden.size ? `without ${count(hidden.size, name)}` : null);
  return [
    state.status === "all" ? null : `only ${state.status}`,
    without("kind", state.hiddenTypes),
    without("group", state.hiddenGroups),
    without("relation", state.hiddenRelations),
    without("document", state.hiddenDocuments),
    state.least > 1 ? `at least ${state.least} sentences` : null,
    state.sure ? `at least ${100 * state.sure} % sure` : null,
    state.time ? state.time.map(monthName).join(" to ") : null,
  ].filter(Boolean).join(", ");
}
