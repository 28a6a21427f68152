// From a choice to what is shown.

let turns = 0;

/** Shows the page anew after any change of `state`; `html[data-settled]` tells when all of it is there. */
async function changed({ write = true, different = false } = {}) {
  const turn = (turns += 1);
  delete document.documentElement.dataset.settled;
  if (refilter() || different || !state.ready) {
    forgetDust();
    showRail();
  }
  document.body.classList.toggle("sides", state.chosen?.kind === "dispute"); // before the drawing takes its size
  showPicture();
  const filled = showPane();
  showList();
  one("#nothing").hidden = shown.entities.length > 0;
  document.title = (state.chosen ? `${titleOf(state.chosen)} – ` : "") + view.title;
  await Promise.all([filled, write ? writeAddress() : null]);
  if (turn === turns) document.documentElement.dataset.settled = "1";
}

function titleOf({ kind, item }) {
  if (kind === "entity") return item.label;
  if (kind === "path") return `${item.from.label} … ${item.to.label}`;
  return kind === "line" ? `${entities[item.a].label} – ${entities[item.b].label}` : "Sources disagree";
}

/** Chooses what was clicked in the picture. */
function choose(target) {
  if (!target && !state.chosen) return;
  state.chosen = target;
  changed();
  if (target) announce(tell(target));
}

/** Chooses something from elsewhere and brings it into view, though filters may have hidden it. */
function go(target) {
  const was = target !== null && reveal(target);
  choose(target);
  if (was) tellBriefly(`${capital(titleOf(target))} was hidden by the filters; all is shown again.`);
  bringIntoView(target);
}

function bringIntoView(target) {
  if (!target) return;
  if (target.kind === "entity") lookAt(target.item);
  else lookAt([...litUp().entities][0] ?? entities[0]);
  if (target.kind === "path") fit([...litUp().entities], { closest: Math.max(net.getScale(), 1.8), margin: 90 });
  if (view.isMap) later();
}

function tell({ kind, item }) {
  if (kind === "entity") return `${item.label}, ${types[item.type].label}, ${count(item.told, "statement")}`;
  return titleOf({ kind, item });
}

startTheme(() => {
  forgetDust();
  showRail();
  changed({ write: false });
});
await readAddress();
fit();
startPointer();
startRail();
startSearch();
startList();
startSave();
startKeyboard();
startAddress();
changed({ write: false });
if (!isWhole()) fit(); // now that it's told below how many are drawn
bringIntoView(state.chosen);
state.ready = true;
setTimeout(() => {
  showFacets(); // a large page leaves some numbers for when it is open
  namesFolded(); // so that its first search is as fast as the next
}, 500);
const written = () => plan.names.map(({ entity, box }) => ({ id: entity.id, box }));
const worded = () => plan.relations.map(({ line, text }) => ({ ends: [entities[line.a].id, entities[line.b].id], text }));
const glyphs = () => [...live].map((entity) => ({ id: entity.id, ...toScreen(entity), radius: radiusOf(entity) }));
window.kg = { view: { ...view, entities, statements, facts, disputes }, state, idOf, written, worded, glyphs };
requestAnimationFrame(() => requestAnimationFrame(() => {
  window.kg.readyAt = performance.now();
  document.documentElement.dataset.ready = "1";
}));
