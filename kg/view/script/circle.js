// One entity alone with its neighbours on a ring, and theirs step by step; and the shortest way between two.

const MOST_AROUND = 40; // neighbours that one step brings

/** The entities of the circle, null if there is none: each step brings the next neighbours of one. */
function circleMembers() {
  if (!state.around.length) return null;
  const members = new Set([state.around[0]]);
  for (const entity of state.around) for (const other of nextAround(entity, members)) members.add(other);
  return members;
}

/** The neighbours of an entity that its next step brings, those with most sentences first. */
const nextAround = (entity, members) => outside(entity, members).slice(0, MOST_AROUND);

function outside(entity, members) {
  const ways = entity.between.map((line) => ({ to: otherEnd(line, entity), weight: weight(line) }));
  return ways.filter(({ to }) => !members.has(to)).sort((p, q) => q.weight - p.weight || p.to.number - q.to.number).map(({ to }) => to);
}

/** Shows only these entities with their neighbours; all others come back with `leaveCircle`. */
function enterCircle(around) {
  leaveCircle();
  if (!around.length) return;
  const centre = around[0];
  const members = new Set([centre]);
  keepHome(centre);
  for (const entity of around) {
    const some = nextAround(entity, members);
    some.forEach(keepHome);
    if (entity === centre && members.size === 1) ring(centre, some);
    else fan(centre, entity, some, [...members]);
    for (const other of some) members.add(other);
  }
  state.around = around;
}

const keepHome = (entity) => {
  entity.home ??= { x: entity.x, y: entity.y };
};

/** Around the first, in the order in which they stood. */
function ring(centre, near) {
  near.sort((p, q) => Math.atan2(p.y - centre.y, p.x - centre.x) - Math.atan2(q.y - centre.y, q.x - centre.x));
  const radius = Math.max(220, (near.length * 75) / (2 * Math.PI));
  near.forEach((each, number) => {
    const angle = (2 * Math.PI * number) / near.length - Math.PI / 2;
    const away = radius * (near.length > 9 && number % 2 ? 1.28 : 1);
    Object.assign(each, { x: centre.x + 1.25 * away * Math.cos(angle), y: centre.y + away * Math.sin(angle) });
  });
}

/** Beyond one of the ring, facing outwards, and off what stands there already. */
function fan(centre, entity, near, others) {
  const out = entity === centre ? 0 : Math.atan2(entity.y - centre.y, entity.x - centre.x);
  const wide = entity === centre ? 2 * Math.PI : Math.PI;
  near.forEach((each, number) => {
    const angle = out + wide * ((number + 0.5) / near.length - 0.5);
    const away = Math.max(180, near.length * 22) + (number % 2) * 60 + (entity === centre ? 420 : 0);
    Object.assign(each, { x: entity.x + 1.25 * away * Math.cos(angle), y: entity.y + away * Math.sin(angle) });
  });
  for (let round = 0; round < 80; round += 1) if (!near.map((each) => step(each, [...others, ...near])).some(Boolean)) break;
}

/** Moves an entity a little off those whose names it would cover. */
function step(entity, others) {
  let moved = false;
  for (const other of others) {
    const [across, down] = [entity.x - other.x, entity.y - other.y];
    if (other === entity || Math.abs(across) > 130 || Math.abs(down) > 52) continue;
    entity.y += (down < 0 ? -1 : 1) * (54 - Math.abs(down)) * 0.5;
    entity.x += (across < 0 ? -1 : 1) * 6;
    moved = true;
  }
  return moved;
}

function leaveCircle() {
  if (!state.around.length) return;
  for (const entity of entities) {
    if (!entity.home) continue;
    Object.assign(entity, entity.home);
    delete entity.home;
  }
  state.around = [];
}

/** The fewest lines that lead from one entity to another, null if none do; of equals those with most sentences. */
function wayBetween(from, to) {
  const came = new Map([[from, null]]);
  let edge = [from];
  while (edge.length && !came.has(to)) {
    const next = [];
    for (const entity of edge) {
      for (const line of linesAround(entity)) {
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

async function pathPane({ from, to, lines: way }) {
  const steps = await told((way ?? []).flatMap((line) => line.statements.filter((said) => said.on)));
  return [
    element("h2", {}, link(from), element("span", { class: "quiet" }, " … "), link(to)),
    element("p", { class: "lead" }, way?.length ? `The shortest way between them: ${count(way.length, "step")}` : "No way leads from one to the other under these filters."),
    ...steps.map((said) => card(said, { open: steps.length < 5 })),
  ];
}

/** Buttons of an entity's pane. */
function circleTools(entity) {
  const act = (word, click, attributes = {}) => element("button", { class: "button", type: "button", click, ...attributes }, word);
  const { around } = state;
  const more = around.length ? outside(entity, circleMembers()).length : 0;
  return element(
    "p",
    { class: "acts" },
    around.length ? act("Show all again", () => toCircle([]), { "aria-pressed": "true" }) : act("Isolate", () => toCircle([entity]), { "aria-pressed": "false" }),
    more ? act(more > MOST_AROUND ? `Add ${MOST_AROUND} of ${figures.format(more)} neighbours` : `Add ${count(more, "neighbour")}`, () => toCircle([...around, entity])) : null,
    around.length > 1 ? act("Undo", () => toCircle(around.slice(0, -1))) : null,
    act("Way to …", () => askPath(entity)),
  );
}

function toCircle(around) {
  enterCircle(around);
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
