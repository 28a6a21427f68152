// The legend, which is also the filter: kinds of entities, and how surely things are said.

const STATUSES = [
  ["all", "All statements"],
  ["stated", "Stated"],
  ["claimed", "Claimed by someone"],
  ["denied", "Denied"],
  ["disputed", "Disputed ≠"],
];

function showRail() {
  one("#types").replaceChildren(...typeGroups().flatMap(typeRows));
  one("#statuses").replaceChildren(...STATUSES.map(statusRow).filter(Boolean));
  one("#everything").hidden = !isFiltered();
  const hidden = entities.length - shown.entities.size;
  const [some, said] = [shown.entities.size, shown.statements.size + shown.facts.size];
  const all = statements.length + facts.length;
  one("#counts").textContent = [
    hidden ? `${figures.format(some)} of ${count(entities.length, "entity", "entities")}` : count(some, "entity", "entities"),
    said < all ? `${figures.format(said)} of ${count(all, "statement")}` : count(all, "statement"),
    documents.length ? count(documents.length, "document") : null,
  ].filter(Boolean).join(" · ");
  one("#hidden").hidden = !isFiltered();
  one("#hidden-word").textContent = `${count(entities.filter((entity) => isNamed(entity) && !shown.entities.has(entity)).length, "entity", "entities")} hidden by filters`;
  showLoose();
  showFacets();
}

/** Types by the group that they share colour and shape in. */
function typeGroups() {
  const found = new Map();
  for (const type of types) found.set(type.group, [...(found.get(type.group) ?? []), type]);
  return [...found.values()];
}

function typeRows(group) {
  if (group.length === 1) return [typeRow(group[0], group[0].label, group, "")];
  return [typeRow(group[0], group[0].group, group, "all"), ...group.map((type) => typeRow(type, type.label, [type], "part"))];
}

/** A row with checkbox, glyph, word, "only" and number, for one type or a group of them. */
function typeRow(look, label, members, kind) {
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
  const number = members.reduce((sum, type) => sum + type.entities, 0);
  return element(
    "div",
    { class: `choice ${kind}${on ? "" : " off"}` },
    element("label", {}, box, kind === "part" ? null : glyph(look), element("span", { class: "word" }, capital(label))),
    element("button", { class: "only", type: "button", "aria-label": `Show only ${label}`, click: alone }, "only"),
    element("span", { class: "number" }, figures.format(number)),
  );
}

function statusRow([name, label]) {
  if (name !== "all" && !everySaid.some((said) => said.status === name)) return null;
  const number = everySaid.filter((said) => (name === "all" || said.status === name) && fits(said, "status")).length;
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
