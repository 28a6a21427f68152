// Which statements, entities and lines are shown under the reader's choices: each carries `on`.

const shown = { entities: [], statements: [], facts: [], key: null };

const typeFits = (entity) => !state.hiddenTypes.has(types[entity.type].name);
const groupFits = (entity) => !state.hiddenGroups.has(groupKey(entity.group));
const groupKey = (number) => (number < 0 ? "" : entities[groups[number].main].id);
const fitsIn = (entity) => typeFits(entity) && groupFits(entity);

/** A filter: whether it is in use, and what passes; each has a bit, so that its own numbers can leave it out. */
const FILTERS = {
  status: [() => state.status !== "all", (said) => said.status === state.status],
  type: [() => state.hiddenTypes.size > 0, (said) => typeFits(said.subject) && (!said.object || typeFits(said.object))],
  group: [() => state.hiddenGroups.size > 0, (said) => groupFits(said.subject) && (!said.object || groupFits(said.object))],
  relation: [() => state.hiddenRelations.size > 0, (said) => !state.hiddenRelations.has(said.relation)],
  document: [() => state.hiddenDocuments.size > 0, (said) => !said.sources.length || said.sources.some((number) => !state.hiddenDocuments.has(documents[number].id))],
  least: [() => state.least > 1, (said) => said.sentences >= state.least || !said.sentences],
  sure: [() => state.sure > 0, (said) => said.sure >= state.sure],
  time: [() => state.time !== null, (said) => fitsTime(said)],
};
const BITS = Object.fromEntries(Object.keys(FILTERS).map((name, place) => [name, 1 << place]));

/** Whether a statement passes all filters, or all but one. */
const fits = (said, but = null) => (said.fails & ~(BITS[but] ?? 0)) === 0;

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
  const used = Object.keys(FILTERS).filter(inUse).map((name) => [BITS[name], FILTERS[name][1]]);
  const about = narrows() ? new Set() : null;
  const circle = circleMembers();
  const inside = (entity) => !circle || circle.has(entity);
  const all = !used.length && !circle;
  for (const line of lines) line.on = all;
  for (const said of everySaid) {
    if (all) {
      [said.fails, said.on] = [0, true];
      continue;
    }
    said.fails = 0;
    for (const [bit, passes] of used) if (!passes(said)) said.fails |= bit;
    if (about && !said.fails) about.add(said.subject).add(said.object);
    said.on = !said.fails && inside(said.subject) && (!said.object || inside(said.object));
    if (said.on && said.line) said.line.on = true;
  }
  const wanted = about ? (entity) => about.has(entity) : isNamed;
  for (const entity of entities) entity.on = inside(entity) && fitsIn(entity) && wanted(entity);
  const isOn = (each) => each.on;
  Object.assign(shown, { key, entities: entities.filter(isOn), statements: statements.filter(isOn), facts: facts.filter(isOn) });
  return true;
}

const isNamed = (entity) => state.loose || !isLoose(entity);

function showEverything() {
  for (const hidden of [state.hiddenTypes, state.hiddenGroups, state.hiddenRelations, state.hiddenDocuments]) hidden.clear();
  Object.assign(state, { status: "all", least: 1, sure: 0, time: null, undated: true });
}

/** Makes sure that this entity can be seen, and says whether it could not. */
function reveal(entity) {
  if (entity.on) return false;
  showEverything();
  leaveCircle();
  if (isLoose(entity)) state.loose = true;
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
