// What is written on the picture as the camera stands: names, relations, the names of groups.

const MOST_RELATIONS = 12;
const MOST_CHOSEN = 60; // of what is chosen
const MOST_NAMES = 90; // on a map
const FEW_LINES = 4; // so few are written on in any case, though it may cover something
const ROOM = 9000; // square pixels that each name has at least

const spotOf = (entity, onScreen = projector()) => ({ entity, ...onScreen(entity), radius: radiusOf(entity), first: state.chosen?.item === entity });

function inSight({ x, y }) {
  return x > -60 && y > -40 && x < canvas.clientWidth + 60 && y < canvas.clientHeight + 40;
}

function planText(context) {
  const [width, height, scale] = [canvas.clientWidth, canvas.clientHeight, net.getScale()];
  const free = !lit && !state.around.length;
  const spots = spotsToName();
  if (free) spots.splice(Math.min(view.isMap ? MOST_NAMES : Infinity, Math.max(12, (width * height) / ROOM)));
  const grown = growth(scale);
  const names = planNames(context, spots, { grown, keep: lit !== null, width, height, reserved: ["tools", "foot"].map(boxOf) });
  const captions = free && state.groups ? planCaptions(context, toScreen, scale, names) : [];
  const most = free ? (view.isMap || scale < SMALL_PICTURE ? 0 : MOST_RELATIONS) : MOST_CHOSEN;
  return { ...names, grown, captions, relations: planRelations(context, rodsBetween(spots), names, most) };
}

/** Those in sight whose names are wanted: the chosen one, the main figures, those that groups are called after, the rest. */
function spotsToName() {
  const onScreen = projector();
  const writable = (entity) => entity.on && (!lit || lit.entities.has(entity));
  const spots = [...live].filter(writable).map((entity) => spotOf(entity, onScreen)).filter(inSight);
  const turn = ({ entity, first }) => (first ? 0 : entity.number < MAIN ? 1 : mainOnes().has(entity.number) ? 2 : 3);
  return spots.sort((p, q) => turn(p) - turn(q) || p.entity.number - q.entity.number);
}

const mainOnes = once(() => new Set(view.isMap ? groups.map(({ main }) => main) : []));

/** The lines that may be written on, those with most sentences first. */
function rodsBetween(spots) {
  const place = new Map(spots.map((spot) => [spot.entity.number, spot]));
  const [centre] = state.around;
  const few = lit !== null && state.chosen.kind !== "entity" && lit.lines.size < FEW_LINES;
  const first = (line) => few || (centre && [line.a, line.b].includes(centre.number));
  const rods = drawn
    .filter(({ line }) => place.has(line.a) && place.has(line.b) && (!lit || lit.lines.has(line)))
    .map(({ line }) => ({ line, from: place.get(line.a), to: place.get(line.b), first: first(line) }));
  const heavy = new Map(rods.map((rod) => [rod, weight(rod.line)]));
  return rods.sort((p, q) => heavy.get(q) - heavy.get(p));
}

/** What a part of the page covers of the picture. */
function boxOf(id) {
  const [part, whole] = [one(`#${id}`).getBoundingClientRect(), canvas.getBoundingClientRect()];
  return [part.left - whole.left, part.top - whole.top, part.right - whole.left, part.bottom - whole.top];
}

/** A plan holds while the camera moves sideways; while it zooms in a crowd, the old one serves until it rests. */
function currentPlan(context) {
  const key = [net.getScale().toFixed(3), canvas.clientWidth, canvas.clientHeight].join();
  const middle = net.getViewPosition();
  const moved = plan && Math.hypot(middle.x - plan.middle.x, middle.y - plan.middle.y) * net.getScale() > 40;
  if (!plan || key !== plan.key || moved) {
    if (plan && live.size > 120) later();
    else plan = { ...planText(context), key, middle };
  }
  return plan;
}

let waiting = 0;
function later() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (view.isMap) showPicture();
    plan = null;
    net.redraw();
  }, 120);
}

function paintText(context) {
  const { names, grown, relations, captions } = currentPlan(context);
  const onScreen = projector();
  for (const caption of captions) {
    const { x, y } = onScreen(caption);
    writeCaption(context, caption.group, net.getScale(), x, y);
  }
  for (const relation of relations) {
    const ends = [entities[relation.line.a], entities[relation.line.b]].map(onScreen);
    const [left, right] = ends[0].x <= ends[1].x ? ends : [ends[1], ends[0]];
    const disputed = relation.line.statements.some((each) => each.status === "disputed");
    writeRelation(context, relation, left, right, disputed ? colours.warn : colours["ink-2"]);
  }
  for (const name of names) {
    const { x, y } = onScreen(name.entity);
    name.on = [x + name.dx, y + name.dy];
    writeName(context, name.entity, grown, ...name.on);
  }
  const { hovered } = state;
  if (hovered && live.has(hovered) && !names.some((name) => name.entity === hovered)) {
    const spot = spotOf(hovered);
    const [, dy] = sides(spot.radius, measured(context, hovered, grown))[0];
    writeName(context, hovered, grown, spot.x, spot.y + dy);
  }
  document.documentElement.dataset.names = names.length;
}
