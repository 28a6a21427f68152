// Which statements, entities and lines are shown under the reader's choices.

let shown = { entities: new Set(), statements: new Set(), lines: new Set(), facts: new Set() };

const everySaid = [...statements, ...facts];
const typeName = (entity) => types[entity.type].name;
const typeFits = (entity) => !state.hiddenTypes.has(typeName(entity));

/** One test a filter; each can be left out, so that a filter's own numbers show what its other choices would bring. */
const TESTS = {
  status: (said) => state.status === "all" || said.status === state.status,
  type: (said) => typeFits(said.subject) && (!said.object || typeFits(said.object)),
  relation: (said) => !state.hiddenRelations.has(said.relation),
  document: (said) => !said.sources.length || said.sources.some((number) => !state.hiddenDocuments.has(documents[number].id)),
  least: (said) => said.evidence.length >= state.least || !said.evidence.length,
  sure: (said) => said.sure >= state.sure,
  time: (said) => fitsTime(said),
};

const everyTest = Object.entries(TESTS);
const fits = (said, but = null) => everyTest.every(([name, test]) => name === but || test(said));

const narrows = () =>
  state.status !== "all" || state.hiddenRelations.size > 0 || state.hiddenDocuments.size > 0 || state.least > 1 || state.sure > 0 || state.time !== null;
const isFiltered = () => state.hiddenTypes.size > 0 || narrows();

/** Decides anew; a filter on statements narrows entities to those of which something is still said. */
function refilter() {
  const kept = everySaid.filter((said) => fits(said));
  const told = new Set(kept.flatMap((said) => [said.subject, said.object]));
  const circle = state.alone && new Set([state.alone, ...state.alone.between.map((line) => otherEnd(line, state.alone))]);
  const inCircle = (entity) => !circle || circle.has(entity);
  const lasting = kept.filter((said) => said.object && inCircle(said.subject) && inCircle(said.object));
  shown = {
    statements: new Set(lasting),
    facts: new Set(kept.filter((said) => !said.object && inCircle(said.subject))),
    lines: new Set(lasting.map((said) => said.line).filter(Boolean)),
    entities: new Set(entities.filter((entity) => typeFits(entity) && inCircle(entity) && (narrows() ? told.has(entity) : isNamed(entity)))),
  };
}

const isLoose = (entity) => !entity.between.length;
const isNamed = (entity) => state.loose || !isLoose(entity);

function showEverything() {
  for (const hidden of [state.hiddenTypes, state.hiddenRelations, state.hiddenDocuments]) hidden.clear();
  Object.assign(state, { status: "all", least: 1, sure: 0, time: null, undated: true });
}

/** Makes sure that this entity can be seen. */
function reveal(entity) {
  if (shown.entities.has(entity)) return false;
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
    without("relation", state.hiddenRelations),
    without("document", state.hiddenDocuments),
    state.least > 1 ? `at least ${state.least} sentences` : null,
    state.sure ? `at least ${100 * state.sure} % sure` : null,
    state.time ? state.time.map(monthName).join(" to ") : null,
  ].filter(Boolean).join(", ");
}
