// The address after #: what is chosen and filtered, so that a link opens the same view and Back goes back.

function writeAddress() {
  const parts = new URLSearchParams();
  const { chosen } = state;
  if (chosen?.kind === "entity") parts.set("n", chosen.item.id);
  if (chosen?.kind === "line") parts.set("s", (chosen.statement ?? chosen.item.statements[0]).id);
  if (chosen?.kind === "dispute") parts.set("d", chosen.item.id);
  if (state.hiddenTypes.size) parts.set("hide", [...state.hiddenTypes].sort().join(" "));
  if (state.status !== "all") parts.set("status", state.status);
  const address = `#${parts}`;
  if (address === (location.hash || "#")) return;
  try {
    if (chosen) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  } catch {
    location.hash = address; // some browsers allow no history for files
  }
}

/** Takes over what the address says; what it names and the page does not know is passed over. */
function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const known = new Set(types.map((type) => type.name));
  state.hiddenTypes = new Set((parts.get("hide") ?? "").split(" ").filter((name) => known.has(name)));
  state.status = STATUSES.some(([name]) => name === parts.get("status")) ? parts.get("status") : "all";
  const [entity, said, dispute] = [entityById.get(parts.get("n")), saidById.get(parts.get("s")), disputeById.get(parts.get("d"))];
  if (entity) state.chosen = { kind: "entity", item: entity };
  else if (said) state.chosen = targetOf(said);
  else if (dispute) state.chosen = { kind: "dispute", item: dispute };
  else state.chosen = null;
}

function startAddress() {
  addEventListener("popstate", () => {
    readAddress();
    changed({ write: false });
  });
}
