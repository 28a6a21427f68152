// The same as tables: entities and statements that the filters leave, sorted by any column.

const PAGE = 200;
const tables = { entities: { column: 2, down: true, most: PAGE }, statements: { column: 4, down: true, most: PAGE } };

const COLUMNS = {
  entities: [
    ["Name", (entity) => entity.label, (entity) => link(entity, { withGlyph: true })],
    ["Kind", (entity) => types[entity.type].label],
    ["Statements", (entity) => entity.told],
    ["Documents", (entity) => entity.documents.length],
  ],
  statements: [
    ["Subject", (said) => said.subject.label, (said) => link(said.subject)],
    ["Relation", (said) => said.relation, (said) => opener(said)],
    ["Object", (said) => said.end, (said) => (said.object ? link(said.object) : said.value)],
    ["How", (said) => said.status, (said) => (standing(said).length ? standing(said) : "stated")],
    ["Sentences", (said) => said.sentences],
    ["Documents", (said) => said.sources.length],
  ],
};

const opener = (said) =>
  element("button", { class: "link", type: "button", click: () => go(said.dispute === undefined ? targetOf(said) : { kind: "dispute", item: disputes[said.dispute] }) }, relationWord(said));

function showList() {
  const list = one("#list");
  one("#as-list").setAttribute("aria-pressed", String(state.list));
  one("#as-list").textContent = state.list ? "Picture" : "List";
  list.hidden = !state.list;
  document.body.classList.toggle("listing", state.list);
  if (!state.list) return;
  const inside = list.contains(document.activeElement);
  list.replaceChildren(
    element("h2", { id: "list-entities" }, "Entities ", element("span", { class: "number" }, figures.format(shown.entities.length))),
    table("entities", shown.entities),
    element("h2", { id: "list-statements" }, "Statements ", element("span", { class: "number" }, figures.format(shown.statements.length + shown.facts.length))),
    table("statements", [...shown.statements, ...shown.facts]),
  );
  if (inside && state.chosen) pane.focus(); // the row that was opened is drawn anew
}

function table(name, items) {
  const { column, down, most } = tables[name];
  const sorted = sortedBy(items, COLUMNS[name][column][1], down);
  const heads = COLUMNS[name].map(([title], number) => {
    const order = number === column ? (down ? "descending" : "ascending") : null;
    const sort = () => {
      Object.assign(tables[name], { column: number, down: number === column ? !down : number > 1 });
      showList();
      one(`#list [data-table="${name}"] th:nth-child(${number + 1}) button`).focus();
    };
    return element("th", { scope: "col", "aria-sort": order }, element("button", { class: "link", type: "button", click: sort }, title, order ? (down ? " ↓" : " ↑") : ""));
  });
  const rows = sorted.slice(0, most).map((item) =>
    element("tr", { class: item.status ?? "" }, COLUMNS[name].map(([, value, cell]) => element("td", {}, cell ? cell(item) : typeof value(item) === "number" ? figures.format(value(item)) : value(item)))),
  );
  const more = () => {
    tables[name].most += PAGE;
    showList();
  };
  return element(
    "div",
    { class: "table" },
    element("table", { "data-table": name, "aria-labelledby": `list-${name}` }, element("thead", {}, element("tr", {}, heads)), element("tbody", {}, rows)),
    sorted.length > most ? element("button", { class: "button", type: "button", click: more }, `Show ${Math.min(PAGE, sorted.length - most)} more of ${figures.format(sorted.length)}`) : null,
  );
}

function sortedBy(items, value, down) {
  const keyed = items.map((item, number) => ({ item, key: value(item), number }));
  const compare = (p, q) => (typeof p === "number" ? p - q : p < q ? -1 : p > q ? 1 : 0);
  for (const each of keyed) if (typeof each.key === "string") each.key = fold(each.key);
  return keyed.sort((p, q) => (down ? -1 : 1) * compare(p.key, q.key) || p.number - q.number).map(({ item }) => item);
}

function startList() {
  one("#as-list").addEventListener("click", () => {
    state.list = !state.list;
    changed();
  });
  one("#skip").addEventListener("click", (event) => {
    event.preventDefault();
    state.list = true;
    changed();
    one("#list").focus();
  });
}
