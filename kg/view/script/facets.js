// Filters by relation, by document, by number of sentences and by sureness, with numbers that heed the other filters.

const FEW = 12;
const opened = new Set(); // which long lists are shown whole
const typedIn = new Map(); // what is typed to narrow a list

/** The rows of a list of choices: { key, label, number }, the unticked ones in `hidden`. */
function showFacet(name, rows, hidden) {
  const place = one(`#${name}`);
  const wanted = fold(typedIn.get(name) ?? "");
  const fitting = rows.filter((row) => fold(row.label).includes(wanted));
  const visible = opened.has(name) || wanted ? fitting : fitting.slice(0, FEW);
  one(".choices", place).replaceChildren(...visible.map((row) => facetRow(row, rows, hidden)));
  one("input", place).hidden = rows.length <= FEW;
  const rest = one(".rest", place);
  rest.hidden = rows.length <= FEW || Boolean(wanted);
  rest.textContent = opened.has(name) ? "fewer" : `${rows.length - FEW} more`;
  one(".state", place).textContent = hidden.size ? `${rows.length - hidden.size} of ${rows.length}` : rows.length;
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
    if (fits(said, but)) for (const key of keysOf(said)) numbers.set(key, (numbers.get(key) ?? 0) + 1);
  }
  return numbers;
}

const overall = (() => {
  const numbers = new Map();
  for (const { relation } of everySaid) numbers.set(relation, (numbers.get(relation) ?? 0) + 1);
  return [...numbers].sort((p, q) => q[1] - p[1] || (p[0] < q[0] ? -1 : 1)).map(([relation]) => relation);
})();

function showFacets() {
  const said = tally("relation", ({ relation }) => [relation]);
  showFacet("relations", overall.map((relation) => ({ key: relation, label: relation, number: said.get(relation) ?? 0 })), state.hiddenRelations);
  const from = tally("document", ({ sources }) => sources);
  const rows = documents.map(({ id, title, number }) => ({ key: id, label: title, number: from.get(number) ?? 0 }));
  one("#sources").hidden = documents.length < 2;
  showFacet("sources", rows, state.hiddenDocuments);
  one("#least").value = String(state.least);
  one("#sure").value = String(state.sure);
  one("#support").hidden = !documents.length;
  showTime();
}

function startFacets() {
  for (const name of ["relations", "sources"]) {
    one(`#${name} input`).addEventListener("input", (event) => {
      typedIn.set(name, event.target.value);
      showFacets();
    });
    one(`#${name} .rest`).addEventListener("click", () => {
      opened[opened.has(name) ? "delete" : "add"](name);
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
