// One entity alone with its neighbours, on a ring where all relations can be read; and the shortest way between two.

/** Shows only this entity and what it is connected with; all others come back with `leaveCircle`. */
function enterCircle(entity) {
  leaveCircle();
  state.alone = entity;
  const near = unique(entity.between.filter((line) => shown.lines.has(line)).map((line) => otherEnd(line, entity)));
  near.sort((p, q) => Math.atan2(p.y - entity.y, p.x - entity.x) - Math.atan2(q.y - entity.y, q.x - entity.x));
  const radius = Math.max(220, (near.length * 75) / (2 * Math.PI));
  for (const each of [entity, ...near]) each.home = { x: each.x, y: each.y };
  near.forEach((each, number) => {
    const angle = (2 * Math.PI * number) / near.length - Math.PI / 2;
    const away = radius * (near.length > 9 && number % 2 ? 1.28 : 1);
    Object.assign(each, { x: entity.x + 1.25 * away * Math.cos(angle), y: entity.y + away * Math.sin(angle) });
  });
}

function leaveCircle() {
  if (!state.alone) return;
  for (const entity of entities) {
    if (!entity.home) continue;
    Object.assign(entity, entity.home);
    delete entity.home;
  }
  state.alone = null;
}

/** The fewest lines that lead from one entity to another, null if none do; of equals those with most sentences. */
function wayBetween(from, to) {
  const came = new Map([[from, null]]);
  let edge = [from];
  while (edge.length && !came.has(to)) {
    const next = [];
    for (const entity of edge) {
      const ways = entity.between.filter((line) => shown.lines.has(line)).sort((p, q) => weight(q) - weight(p));
      for (const line of ways) {
        const other = otherEnd(line, entity);
        if (came.has(other)) continue;
        came.set(other, line);
        next.push(other);
      }
    }
    edge = next;
  }
  if (!came.has(to)) return null;
  const way = [];
  for (let at = to; came.get(at); at = otherEnd(came.get(at), at)) way.unshift(came.get(at));
  return way;
}

function pathTo(from, to) {
  return { kind: "path", item: { from, to, lines: wayBetween(from, to) } };
}

function pathPane({ from, to, lines: way }) {
  const steps = (way ?? []).flatMap((line) => line.statements.filter((said) => shown.statements.has(said)));
  return [
    element("h2", {}, link(from), element("span", { class: "quiet" }, " … "), link(to)),
    element("p", { class: "lead" }, way?.length ? `The shortest way between them: ${count(way.length, "step")}` : "No way leads from one to the other under these filters."),
    ...steps.map((said) => card(said, { open: steps.length < 5 })),
  ];
}

/** Buttons of an entity's pane. */
const circleTools = (entity) =>
  element(
    "p",
    { class: "acts" },
    element("button", { class: "button", type: "button", "aria-pressed": String(state.alone === entity), click: () => toggleCircle(entity) }, state.alone === entity ? "Show all again" : "Isolate"),
    element("button", { class: "button", type: "button", click: () => askPath(entity) }, "Way to …"),
  );

function toggleCircle(entity) {
  if (state.alone === entity) leaveCircle();
  else enterCircle(entity);
  changed();
  fit();
}

function askPath(entity) {
  state.pathFrom = entity;
  box.placeholder = `Way from ${plain(entity.label)} to …`;
  box.value = "";
  box.focus();
  announce(`Type the name of the entity to find the way to from ${entity.label}`);
}
