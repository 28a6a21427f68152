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

const overall = once(() => {
  const numbers = new Uint32Array(relationWords.length);
  for (const word of SAID.word) numbers[word] += 1;
  const compare = (p, q) => numbers[q] - numbers[p] || (relationWords[p] < relationWords[q] ? -1 : 1);
  return [...relationWords.keys()].sort(compare);
});

function showFacets() {
  showFacet("relations", relationWords.length, state.hiddenRelations, () => {
    const said = tally("relation", SAID.word, relationWords.length);
    return overall().map((word) => ({ key: relationWords[word], label: relationWords[word], number: said[word] }));
  });
  one("#sources").hidden = documents.length < 2;
  showFacet("sources", documents.length, state.hiddenDocuments, () => {
    const [from, fits] = [new Uint32Array(documents.length), fitting("document")];
    for (const said of everySaid) if (fits(said.number)) for (const source of said.sources) from[source] += 1;
    return documents.map(({ id, title, number }) => ({ key: id, label: title, number: from[number] }));
  });
  showGroups();
  if (state.ready || !view.isMap) {
    showSupport("least", SAID.sentences, 1);
    showSupport("sure", SAID.sure, 100);
  }
  one("#support").hidden = !documents.length;
  showTime();
}

/** The choice of how well a statement is supported: each step with how many statements reach it. */
function showSupport(name, column, unit) {
  const steps = [...one(`#${name}`).options];
  const least = steps.map((step) => unit * Number(step.value));
  const [reached, fits] = [new Uint32Array(least.length), fitting(name)];
  for (let row = 0; row < everySaid.length; row += 1) {
    if (!fits(row)) continue;
    const value = SAID.sentences[row] ? column[row] : Infinity;
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
