// The address after #: what is chosen and filtered, so that a link opens the same view and Back goes back.

async function writeAddress() {
  const parts = new URLSearchParams();
  const { chosen } = state;
  if (chosen?.kind === "entity") parts.set("n", chosen.item.id);
  if (chosen?.kind === "line") {
    const said = chosen.statement ?? chosen.item.statements[0];
    parts.set("s", await idOf(said));
    parts.set("of", said.subject.id);
  }
  if (chosen !== state.chosen) return; // something else was chosen meanwhile
  if (chosen?.kind === "dispute") parts.set("d", chosen.item.id);
  if (chosen?.kind === "path") parts.set("way", JSON.stringify([chosen.item.from.id, chosen.item.to.id]));
  if (state.around.length) parts.set("alone", JSON.stringify(state.around.map(({ id }) => id)));
  if (state.hiddenGroups.size) parts.set("apart", JSON.stringify([...state.hiddenGroups].sort()));
  if (state.loose !== view.showLoose) parts.set("loose", "yes");
  if (state.hiddenRelations.size) parts.set("without", JSON.stringify([...state.hiddenRelations].sort()));
  if (state.hiddenDocuments.size) parts.set("unread", [...state.hiddenDocuments].sort().join(" "));
  if (state.least > 1) parts.set("least", state.least);
  if (state.sure) parts.set("sure", state.sure);
  if (state.time) parts.set("time", state.time.join(" "));
  if (!state.undated) parts.set("undated", "no");
  if (!state.groups) parts.set("land", "no");
  if (state.list) parts.set("view", "list");
  if (state.hiddenTypes.size) parts.set("hide", [...state.hiddenTypes].sort().join(" "));
  if (state.status !== "all") parts.set("status", state.status);
  const address = `#${parts}`;
  if (address === (location.hash || "#")) return;
  try {
    if (chosen || state.list) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  } catch {
    location.hash = address; // some browsers allow no history for files
  }
}

/** Takes over what the address says, and whether that shows other things; what the page does not know is passed over. */
async function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const known = new Set(types.map((type) => type.name));
  state.hiddenTypes = new Set((parts.get("hide") ?? "").split(" ").filter((name) => known.has(name)));
  state.status = STATUSES.some(([name]) => name === parts.get("status")) ? parts.get("status") : "all";
  state.hiddenRelations = new Set(listIn(parts.get("without")).filter((word) => view.relations.includes(word)));
  const main = new Set(["", ...groups.map(({ number }) => groupKey(number))]);
  state.hiddenGroups = new Set(listIn(parts.get("apart")).filter((id) => main.has(id)));
  state.loose = view.showLoose || parts.get("loose") === "yes";
  const read = new Set(documents.map(({ id }) => id));
  state.hiddenDocuments = new Set((parts.get("unread") ?? "").split(" ").filter((id) => read.has(id)));
  state.least = clamp(Math.round(Number(parts.get("least"))) || 1, 1, 5);
  state.sure = clamp(Number(parts.get("sure")) || 0, 0, 0.95);
  const range = (parts.get("time") ?? "").split(" ").map(Number);
  state.time = hasDates && range.length === 2 && range.every(Number.isInteger) && range[0] <= range[1] ? range.map((month) => clamp(month, ...timeSpan())) : null;
  state.undated = !hasDates || parts.get("undated") !== "no";
  state.groups = parts.get("land") !== "no";
  state.list = parts.get("view") === "list";
  enterCircle(listIn(parts.get("alone")).map(entityById).filter(Boolean));
  const different = refilter();
  const [from, to] = listIn(parts.get("way")).map(entityById);
  const [entity, said, dispute] = [entityById(parts.get("n")), await saidById(parts.get("s"), entityById(parts.get("of"))), disputes.find(({ id }) => id === parts.get("d"))];
  if (entity) state.chosen = { kind: "entity", item: entity };
  else if (said) state.chosen = targetOf(said);
  else if (dispute) state.chosen = { kind: "dispute", item: dispute };
  else if (from && to) state.chosen = pathTo(from, to);
  else state.chosen = null;
  return different;
}

/** The strings in a list in JSON, none if it is no such list. */
function listIn(text) {
  try {
    const found = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

function startAddress() {
  addEventListener("popstate", async () => {
    delete document.documentElement.dataset.settled;
    const different = await readAddress();
    changed({ write: false, different });
    bringIntoView(state.chosen);
  });
}
