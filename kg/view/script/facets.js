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
  one("input", place).hidden = rows.length <= FEW;
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
  one("#least").value = String(state.least);
  one("#sure").value = String(state.sure);
  one("#support").hidden = !documents.length;
  showTime();
}

/** The groups by their main figures, and the switch for their land. */
function showGroups() {
  one("#groupings").hidden = groups.length < 2;
  const apart = entities.length - groups.reduce((sum, { size }) => sum + size, 0);
  showFacet("groupings", groups.length + (apart > 0), state.hiddenGroups, () => {
    const rows = groups.map(({ number, name, size }) => ({ key: groupKey(number), label: name, number: size }));
    return apart ? [...rows, { key: "", label: "in no group", number: apart }] : rows;
  });
  one("#land").checked = state.groups;
}

function startFacets() {
  one("#land").addEventListener("change", (event) => {
    state.groups = event.target.checked;
    net.redraw();
  });
  one("#when").addEventListener("toggle", showTime);
  for (const name of ["relations", "groupings", "sources"]) {
    one(`#${name}`).addEventListener("toggle", showFacets);
    one(`#${name} input`).addEventListener("input", (event) => {
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
