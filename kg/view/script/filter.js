// Which statements, entities and lines are shown under the reader's choices.

let shown = { entities: new Set(), statements: new Set(), lines: new Set() };

const typeName = (entity) => types[entity.type].name;
const statusFits = (said) => state.status === "all" || said.status === state.status;
const typeFits = (entity) => !state.hiddenTypes.has(typeName(entity));

const isFiltered = () => state.hiddenTypes.size > 0 || state.status !== "all";

/** Decides anew; a status narrows entities to those that something of this status is said about. */
function refilter() {
  const kept = statements.filter((one) => statusFits(one) && typeFits(one.subject) && typeFits(one.object));
  shown = {
    statements: new Set(kept),
    lines: new Set(kept.map((one) => one.line).filter(Boolean)),
    entities: new Set(entities.filter(typeFits).filter(state.status === "all" ? isNamed : isTold)),
  };
}

const isLoose = (entity) => !entity.between.length;
const isNamed = (entity) => state.loose || !isLoose(entity);
const isTold = (entity) =>
  entity.facts.some(statusFits) || entity.statements.some((one) => statusFits(one) && typeFits(one.subject) && typeFits(one.object));

function showEverything() {
  state.hiddenTypes.clear();
  state.status = "all";
}

/** Makes sure that this entity can be seen. */
function reveal(entity) {
  if (shown.entities.has(entity)) return false;
  showEverything();
  if (isLoose(entity)) state.loose = true;
  return true;
}
