// Filters by relation, by group, by document, by number of sentences and by sureness, with numbers that heed the other filters.

const FEW = 12;
const unfolded = new Set(); // which long lists are shown whole
const typedIn = new Map(); // what is typed to narrow a list

/** The rows of a list of choices: { key, label, number }, the unticked ones in `hidden`; made only where it is open. */
function showFacet(name, total, hidden, rowsOf) {
  const place = one(`#${name}`);
  one(".state", place).textContent = figures.format(total - hidden.size) + (hidden.size ? ` of ${figures.format(total)}` : "");
  if (!place.open) return;
  const rows = rowsOf();
  const wanted = fold(typedIn.get(name) ?? "");
  const fitting = rows.filter((row) => fold(row.label).includes(wanted));
  const visible = unfolded.has(name) || wanted ? fitting : fitting.slice(0, FEW);
  one(".choices", place).replaceChildren(...visible.map((row) => facetRow(row, rows, hidden)));
  one(".narrow", place).hidden = rows.length <= FEW;
  const rest = one(".rest", place);
  rest.hidden = rows.length <= FEW || Boolean(wanted);
  rest.textContent = unfolded.has(name) ? "fewer" : `${rows.length - FEW} more`;
}

function facetRow({ key, label, number }, rows, hidden) {
  const box = element("input", { type: "checkbox" });
  box.checked = !hidden.has(key);
  box.addEventListener("change", () => {
    hidden[box.checked ? "delete" : "add"](key);
    changed();
  });
  const alone = () => {
    hidden.clear();
    for (const row of rows) if (row.key !== key) hidden.add(row.key);
    changed();
  };
  return element(
    "div",
    { class: `choice${box.checked ? "" : " off"}` },
    element("label", {}, box, element("span", { class: "word", title: plain(label) }, label)),
    element("button", { class: "only", type: "button", "aria-label": `Show only ${plain(label)}`, click: alone }, "only"),
    element("span", { class: "number" }, figures.format(number)),
  );
}

function tally(but, keysOf) {
  const numbers = new Map();
  for (const said of everySaid) {
    if (!fits(said, but)) continue;
    const keys = keysOf(said);
    for (const key of typeof keys === "object" ? keys : [keys]) numbers.set(key, (numbers.get(key) ?? 0) + 1);
  }
  return numbers;
}

/** How many entities of each key pass all filters but this one. */
function tallyEntities(but, keyOf) {
  const fitsElse = but === "type" ? groupFits : typeFits;
  const about = narrows() ? new Set() : null;
  if (about) for (const said of everySaid) if (fits(said, but)) about.add(said.subject).add(said.object);
  const numbers = new Map();
  for (const entity of entities) {
    if (!fitsElse(entity) || !(about ? about.has(entity) : isNamed(entity))) continue;
    numbers.set(keyOf(entity), (numbers.get(keyOf(entity)) ?? 0) + 1);
  }
  return numbers;
}

const overall = once(() => {
  const numbers = new Map();
  for (const { relation } of everySaid) numbers.set(relation, (numbers.get(relation) ?? 0) + 1);
  return [...numbers].sort((p, q) => q[1] - p[1] || (p[0] < q[0] ? -1 : 1)).map(([relation]) => relation);
});

function showFacets() {
  showFacet("relations", unique(view.relations).length, state.hiddenRelations, () => {
    const said = tally("relation", ({ relation }) => relation);
    return overall().map((relation) => ({ key: relation, label: relation, number: said.get(relation) ?? 0 }));
  });
  one("#sources").hidden = documents.length < 2;
  showFacet("sources", documents.length, state.hiddenDocuments, () => {
    const from = tally("document", ({ sources }) => sources);
    return documents.map(({ id, title, number }) => ({ key: id, label: title, number: from.get(number) ?? 0 }));
  });
  showGroups();
  if (state.ready || !view.isMap) {
    showSupport("least", (said) => said.sentences);
    showSupport("sure", (said) => said.sure);
  }
  one("#support").hidden = !documents.length;
  showTime();
}

/** The choice of how well a statement is supported: each step with how many statements reach it. */
function showSupport(name, valueOf) {
  const steps = [...one(`#${name}`).options];
  const least = steps.map((step) => Number(step.value));
  const reached = least.map(() => 0);
  for (const said of everySaid) {
    if (!fits(said, name)) continue;
    const value = said.sentences ? valueOf(said) : Infinity;
    for (let at = 0; value >= least[at]; at += 1) reached[at] += 1;
  }
  steps.forEach((step, at) => (step.textContent = `${step.dataset.word} (${figures.format(reached[at])})`));
  one(`#${name}`).value = String(state[name]);
}

/** The groups by their main figures, and the switch for their land. */
function showGroups() {
  one("#groupings").hidden = groups.length < 2;
  const apart = entities.length > groups.reduce((sum, { size }) => sum + size, 0);
  showFacet("groupings", groups.length + apart, state.hiddenGroups, () => {
    const left = tallyEntities("group", ({ group }) => group);
    const rows = groups.map(({ number, name }) => ({ key: groupKey(number), label: name, number: left.get(number) ?? 0 }));
    return apart ? [...rows, { key: "", label: "in no group", number: left.get(-1) ?? 0 }] : rows;
  });
  one("#land").checked = state.groups;
}

function startFacets() {
  one("#land").addEventListener("change", (event) => {
    state.groups = event.target.checked;
    changed();
  });
  one("#when").addEventListener("toggle", showTime);
  for (const name of ["relations", "groupings", "sources"]) {
    one(`#${name}`).addEventListener("toggle", showFacets);
    one(`#${name} .narrow`).addEventListener("input", (event) => {
      typedIn.set(name, event.target.value);
      showFacets();
    });
    one(`#${name} .rest`).addEventListener("click", () => {
      unfolded[unfolded.has(name) ? "delete" : "add"](name);
      showFacets();
    });
  }
  for (const name of ["least", "sure"]) {
    one(`#${name}`).addEventListener("change", (event) => {
      state[name] = Number(event.target.value);
      changed();
    });
  }
  startTime();
}
