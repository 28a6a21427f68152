// The legend, which is also the filter: kinds of entities, and how surely things are said.

const STATUSES = [
  ["all", "All statements"],
  ["stated", "Stated"],
  ["claimed", "Said with reserve"],
  ["denied", "Denied ¬"],
  ["disputed", "Disputed ≠"],
];

function showRail() {
  const said = tally("status", SAID.status, STATUS.length);
  const left = tallyEntities("type", ({ type }) => type);
  one("#types").replaceChildren(...typeGroups().flatMap((group) => typeRows(group, left)));
  one("#statuses").replaceChildren(...STATUSES.map((row) => statusRow(row, said)).filter(Boolean));
  one("#everything").hidden = !isFiltered();
  const [some, kept, all] = [shown.entities.length, shown.statements.length + shown.facts.length, everySaid.length];
  one("#counts").textContent = [
    some < entities.length ? `${figures.format(some)} of ${count(entities.length, "entity", "entities")}` : count(some, "entity", "entities"),
    kept < all ? `${figures.format(kept)} of ${count(all, "statement")}` : count(all, "statement"),
    documents.length ? count(documents.length, "document") : null,
  ].filter(Boolean).join(" · ");
  one("#hidden").hidden = !isFiltered();
  one("#hidden-word").textContent = `${count(entities.filter((entity) => !entity.on && isNamed(entity)).length, "entity", "entities")} hidden by filters`;
  showLoose();
  showFacets();
}

/** Types by the group that they share colour and shape in. */
function typeGroups() {
  const found = new Map();
  for (const type of types) found.set(type.group, [...(found.get(type.group) ?? []), type]);
  return [...found.values()];
}

function typeRows(group, left) {
  if (group.length === 1) return [typeRow(group[0], group[0].label, group, "", left)];
  return [typeRow(group[0], group[0].group, group, "all", left), ...group.map((type) => typeRow(type, type.label, [type], "part", left))];
}

/** A row with checkbox, glyph, word, "only" and number, for one type or a group of them. */
function typeRow(look, label, members, kind, left) {
  const names = members.map((type) => type.name);
  const on = names.filter((name) => !state.hiddenTypes.has(name)).length;
  const box = element("input", { type: "checkbox", "data-types": names.join(" ") });
  box.checked = on > 0;
  box.indeterminate = on > 0 && on < names.length;
  box.addEventListener("change", () => {
    for (const name of names) state.hiddenTypes[box.checked ? "delete" : "add"](name);
    changed();
  });
  const alone = () => {
    state.hiddenTypes = new Set(types.map((type) => type.name).filter((name) => !names.includes(name)));
    changed();
  };
  const number = members.reduce((sum, type) => sum + (left.get(type.number) ?? 0), 0);
  return element(
    "div",
    { class: `choice ${kind}${on ? "" : " off"}` },
    element("label", {}, box, kind === "part" ? null : glyph(look), element("span", { class: "word" }, capital(label))),
    element("button", { class: "only", type: "button", "aria-label": `Show only ${label}`, click: alone }, "only"),
    element("span", { class: "number" }, figures.format(number)),
  );
}

const occurring = new Set(SAID.status);

function statusRow([name, label], numbers) {
  if (name !== "all" && !occurring.has(STATUS.indexOf(name))) return null;
  const number = name === "all" ? numbers.reduce((sum, each) => sum + each, 0) : numbers[STATUS.indexOf(name)];
  const box = element("input", { type: "radio", name: "status", value: name });
  box.checked = state.status === name;
  box.addEventListener("change", () => {
    state.status = name;
    changed();
  });
  return element(
    "div",
    { class: "choice" },
    element("label", {}, box, element("i", { class: `stroke ${name}` }), element("span", { class: "word" }, label)),
    element("span", { class: "number" }, figures.format(number)),
  );
}

/** The switch for entities that no line leads to. */
function showLoose() {
  const loose = entities.filter(isLoose).length;
  one("#loose").hidden = !loose || loose === entities.length;
  one("#loose .number").textContent = figures.format(loose);
  one("#loose input").checked = state.loose;
}

function startRail() {
  for (const part of document.querySelectorAll(".key .sourced")) part.hidden = !documents.length;
  for (const name of ["#everything", "#hidden button"]) {
    one(name).addEventListener("click", () => {
      showEverything();
      changed();
    });
  }
  startFacets();
  one("#loose input").addEventListener("change", (event) => {
    state.loose = event.target.checked;
    changed();
    fit();
  });
}
