// The drawing: vis-network holds nodes, lines and the camera; glyphs, names and shores are painted in its hooks.

const FADED = 0.16;
const SMALLEST_SCALE = 0.5;
const ON_A_MAP = 0.85;
const MOST_RELATIONS = 12;
const MOST_LINES = 300; // on a map
const MOST_NAMES = 90; // on a map
const ROOM = 9000; // square pixels that each name has at least

const stage = one("#picture");
const nodeSet = new vis.DataSet(network.nodes.map((node) => ({ ...node, shape: "custom", ctxRenderer: renderNode })));
const edgeSet = new vis.DataSet(); // filled with all that is to be drawn at once, which takes vis-network a while
const net = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, network.options);
const canvas = one("canvas", stage);
let drawn = []; // the lines between them
let live = new Set(network.nodes.map((node) => entities[node.id]));
let lit = null; // { entities, lines } that stand out, null when all do
let plan = null;
let framed = true; // whether the camera is where fit() put it

canvas.setAttribute("aria-hidden", "true");

/* What is drawn */

/** The radius of a glyph on the screen: it grows with the picture, but not where only a few of many are drawn. */
const radiusOf = (entity, scale = net.getScale()) => entity.size * (isWhole() ? Math.max(view.isMap ? Math.min(scale, 1) : scale, SMALLEST_SCALE) : ON_A_MAP);

function renderNode({ ctx, id, x, y }) {
  const entity = entities[id];
  const radius = radiusOf(entity) / net.getScale();
  return {
    drawNode() {
      ctx.globalAlpha = !lit || lit.entities.has(entity) ? 1 : FADED;
      paintGlyph(ctx, entity, x, y, radius);
      if (isDisputed(entity)) paintSign(ctx, x, y, radius);
      ctx.globalAlpha = 1;
    },
    nodeDimensions: { width: radius * 1.8, height: radius * 1.8 },
  };
}

const isDisputed = (entity) => (disputedOnes ??= new Set(facts.filter((fact) => fact.dispute !== undefined).map((fact) => fact.s))).has(entity.number);
let disputedOnes = null;

function edgeLook(line) {
  const said = line.statements.filter((each) => each.on);
  const disputed = said.some((each) => each.status === "disputed");
  const certain = said.some((each) => each.status === "stated");
  const sentences = said.reduce((sum, each) => sum + each.sentences, 0);
  const width = Math.min(4.5, 1 + 0.4 * sentences) + (disputed ? 0.6 : 0);
  const bright = !lit || lit.lines.has(line);
  const arrow = (number) => ({ enabled: said.some((each) => each.o === number && each.s !== number), scaleFactor: 0.5 });
  return {
    width: view.isMap ? width / 2 / net.getScale() : width,
    dashes: disputed ? [9, 6] : certain ? false : [2, 5],
    arrows: { to: arrow(line.b), from: arrow(line.a) },
    color: { color: disputed ? colours.warn : colours.line, opacity: bright ? (lit ? 0.95 : disputed ? 0.85 : isWhole() ? 0.6 : 0.4) : 0.07 },
  };
}

/** Brings the drawing in line with the reader's choices. */
function showPicture() {
  lit = litUp();
  live = isWhole() ? new Set(shown.entities) : pickLive(seen());
  const between = new Set([...live].flatMap((entity) => entity.between));
  drawn = [...between].filter((line) => line.on && live.has(entities[line.a]) && live.has(entities[line.b]));
  if (view.isMap && !state.around.length) drawn = heaviest(drawn, MOST_LINES);
  exchange(nodeSet, [...live].map(nodeOf), (id) => `n${id}`, ({ x, y }) => `${x} ${y}`);
  exchange(edgeSet, drawn.map((line) => ({ id: line.number, from: line.a, to: line.b, ...edgeLook(line) })), (id) => `e${id}`, JSON.stringify);
  plan = null;
  net.redraw();
  showNear();
}

/** Whether all that is shown is drawn in full: always but on a map. */
const isWhole = () => !view.isMap || state.around.length > 0 || shown.entities.length <= LIVE;

/** How much of a map is drawn in full. */
function showNear() {
  one("#near").hidden = isWhole();
  one("#near").textContent = `${figures.format(live.size)} of ${count(shown.entities.length, "entity", "entities")} drawn here; come closer or search for more`;
}

const nodeOf = ({ number, x, y, size }) => ({ id: number, x, y, size, shape: "custom", ctxRenderer: renderNode });

const looks = new Map(network.nodes.map(({ id, x, y }) => [`n${id}`, `${x} ${y}`])); // how each stands in its set

/** Puts these into a set and takes the others out; what is as it was is not touched, since that is slow. */
function exchange(set, items, keyOf, lookOf) {
  const wanted = new Set(items.map((item) => item.id));
  const gone = set.getIds().filter((id) => !wanted.has(id));
  for (const id of gone) looks.delete(keyOf(id));
  set.remove(gone);
  const other = items.filter((item) => looks.get(keyOf(item.id)) !== lookOf(item));
  for (const item of other) looks.set(keyOf(item.id), lookOf(item));
  set.update(other);
}

/** Those with most sentences, after all that stand out. */
function heaviest(list, most) {
  if (list.length <= most) return list;
  const heavy = (line) => (lit?.lines.has(line) ? Infinity : weight(line));
  return list.map((line) => [heavy(line), line]).sort((p, q) => (p[0] === q[0] ? p[1].number - q[1].number : q[0] - p[0])).slice(0, most).map(([, line]) => line);
}

/** What stands out: the chosen entity with its neighbours, the chosen line, or all that a dispute is about. */
function litUp() {
  const { chosen } = state;
  if (!chosen) return null;
  if (chosen.kind === "entity") {
    const near = linesAround(chosen.item);
    return { lines: new Set(near), entities: new Set([chosen.item, ...near.map((line) => otherEnd(line, chosen.item))]) };
  }
  const ones = linesIn(chosen);
  const subjects = chosen.kind === "dispute" ? partiesOf(chosen.item).map((said) => said.subject) : [];
  if (chosen.kind === "path") subjects.push(chosen.item.from, chosen.item.to);
  return { lines: new Set(ones), entities: new Set([...subjects, ...ones.flatMap((line) => [entities[line.a], entities[line.b]])]) };
}

function linesIn({ kind, item }) {
  if (kind === "line") return [item];
  return kind === "path" ? item.lines ?? [] : partiesOf(item).map((said) => said.line).filter(Boolean);
}

/* Names and relations */

const toScreen = ({ x, y }) => {
  const [scale, middle] = [net.getScale(), net.getViewPosition()];
  return { x: (x - middle.x) * scale + canvas.clientWidth / 2, y: (y - middle.y) * scale + canvas.clientHeight / 2 };
};

function spotOf(entity) {
  return { entity, ...toScreen(entity), radius: radiusOf(entity), first: state.chosen?.item === entity };
}

function inSight({ x, y }) {
  return x > -60 && y > -40 && x < canvas.clientWidth + 60 && y < canvas.clientHeight + 40;
}

function planText(context) {
  const writable = (entity) => entity.on && (!lit || lit.entities.has(entity));
  const spots = [...live].filter(writable).map(spotOf).filter(inSight);
  spots.sort((p, q) => q.first - p.first || p.entity.number - q.entity.number);
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (!lit && !state.around.length) spots.splice(Math.min(view.isMap ? MOST_NAMES : Infinity, Math.max(12, (width * height) / ROOM)));
  const grown = growth(net.getScale());
  const names = planNames(context, spots, { grown, keep: lit !== null, width, height, reserved: [toolsBox()] });
  const place = new Map(spots.map((spot) => [spot.entity.number, spot]));
  const rods = drawn
    .filter((line) => place.has(line.a) && place.has(line.b) && (!lit || lit.lines.has(line)))
    .map((line) => ({ line, from: place.get(line.a), to: place.get(line.b), first: Boolean(lit) && state.chosen.kind !== "entity" }));
  const heavy = new Map(rods.map((rod) => [rod, weight(rod.line)]));
  rods.sort((p, q) => heavy.get(q) - heavy.get(p));
  const captions = lit || state.around.length || !state.groups ? [] : planCaptions(context, toScreen, net.getScale(), names);
  return { ...names, grown, captions, relations: planRelations(context, rods, names, lit || state.around.length ? 60 : view.isMap || net.getScale() < SMALL_PICTURE ? 0 : MOST_RELATIONS), place };
}

/** Where the buttons for zooming are. */
function toolsBox() {
  const [tools, whole] = [one(".tools").getBoundingClientRect(), canvas.getBoundingClientRect()];
  return [tools.left - whole.left, tools.top - whole.top, tools.right - whole.left, tools.bottom - whole.top];
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
  const ratio = context.canvas.width / canvas.clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const caption of captions) {
    const { x, y } = toScreen(caption);
    writeCaption(context, caption.group, net.getScale(), x, y);
  }
  for (const relation of relations) {
    const ends = [entities[relation.line.a], entities[relation.line.b]].map((entity) => ({ ...toScreen(entity) }));
    const [left, right] = ends[0].x <= ends[1].x ? ends : [ends[1], ends[0]];
    const disputed = relation.line.statements.some((each) => each.status === "disputed");
    writeRelation(context, relation, left, right, disputed ? colours.warn : colours["ink-2"]);
  }
  for (const name of names) {
    const { x, y } = toScreen(name.entity);
    name.on = [x + name.dx, y + name.dy];
    writeName(context, name.entity, grown, ...name.on);
  }
  const { hovered } = state;
  if (hovered && live.has(hovered) && !names.some((name) => name.entity === hovered)) {
    const spot = spotOf(hovered);
    const [, dy] = sides(spot.radius, measured(context, hovered, grown))[0];
    writeName(context, hovered, grown, spot.x, spot.y + dy);
  }
  context.restore();
  document.documentElement.dataset.names = names.length;
}

net.on("beforeDrawing", (context) => {
  if (state.groups && !state.around.length) paintShores(context, net.getScale());
  if (!isWhole()) paintDust(context, seen(), net.getScale());
});
net.on("afterDrawing", paintText);

/* The camera */

function seen() {
  const [from, to] = [net.DOMtoCanvas({ x: 0, y: 0 }), net.DOMtoCanvas({ x: canvas.clientWidth, y: canvas.clientHeight })];
  return { left: from.x, top: from.y, right: to.x, bottom: to.y };
}

const gently = (duration) => (state.ready && !still() ? { duration, easingFunction: "easeInOutQuad" } : false);

/** What an entity covers on the picture: glyph and name, at scale 1. */
function coverOf(entity) {
  if (view.isMap) return [entity.x, entity.y, entity.x, entity.y];
  const { width, height } = measured(canvas.getContext("2d"), entity);
  const half = Math.max(entity.size, width / 2);
  return [entity.x - half, entity.y - entity.size, entity.x + half, entity.y + entity.size + height];
}

/** Moves the camera so that these entities, and all shores if they are all, fill the stage. */
function fit(list = shown.entities, { closest = 1.3, margin = 16, moving = true } = {}) {
  if (!list.length) return;
  const whole = list.length === entities.length;
  const boxes = whole && view.isMap ? [[bounds.left, bounds.top, bounds.right, bounds.bottom]] : list.map(coverOf);
  if (list.length === shown.entities.length && !state.around.length) boxes.push(...groups.flatMap(shoreBoxes));
  const [left, top] = [0, 1].map((side) => boxes.reduce((least, box) => Math.min(least, box[side]), Infinity));
  const [right, bottom] = [2, 3].map((side) => boxes.reduce((most, box) => Math.max(most, box[side]), -Infinity));
  const across = (canvas.clientWidth - 2 * margin) / Math.max(1, right - left);
  const down = (canvas.clientHeight - 2 * margin) / Math.max(1, bottom - top);
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
  net.moveTo({ position, scale: Math.min(closest, across, down), animation: moving && gently(300) });
  framed = true;
}

function zoom(factor) {
  framed = false;
  net.moveTo({ scale: clamp(net.getScale() * factor, 0.01, 5), animation: gently(160) });
}

/** Brings an entity into view without moving more than is needed. */
function lookAt(entity) {
  const { x, y } = toScreen(entity);
  const edge = 90;
  const comfortable = x > edge && y > edge && x < canvas.clientWidth - edge && y < canvas.clientHeight - edge;
  const scale = Math.max(net.getScale(), view.isMap ? 0.6 : 0.7);
  if ((comfortable || framed) && scale === net.getScale()) return; // all are in view where fit() put the camera
  framed = false;
  net.moveTo({ position: { x: entity.x, y: entity.y }, scale, animation: gently(350) });
}

/* The pointer */

function entityAt(point) {
  const id = net.getNodeAt(point);
  if (id !== undefined) return entities[id];
  const name = plan?.names.find(({ on, entity }) => {
    const box = on && around(on[0], on[1], measured(canvas.getContext("2d"), entity, plan.grown));
    return box && point.x >= box[0] && point.x <= box[2] && point.y >= box[1] && point.y <= box[3];
  });
  return name?.entity ?? null;
}

function lineAt(point) {
  const id = net.getEdgeAt(point);
  return id === undefined ? null : lines[id];
}

function startPointer() {
  net.on("click", ({ pointer, event }) => {
    const entity = entityAt(pointer.DOM);
    const line = entity ? null : lineAt(pointer.DOM);
    const from = event.srcEvent?.shiftKey && state.chosen?.kind === "entity" ? state.chosen.item : null;
    if (from && entity && from !== entity) go(pathTo(from, entity));
    else if (entity) choose({ kind: "entity", item: entity });
    else choose(line && targetOfLine(line));
  });
  canvas.addEventListener("mousemove", (event) => {
    const point = { x: event.offsetX, y: event.offsetY };
    const entity = entityAt(point);
    canvas.style.cursor = entity || lineAt(point) ? "pointer" : "";
    if (entity === state.hovered) return;
    state.hovered = entity;
    net.redraw();
  });
  net.on("dragEnd", ({ nodes }) => {
    framed = false;
    for (const [id, place] of Object.entries(net.getPositions(nodes))) Object.assign(entities[id], place);
    plan = null;
    if (view.isMap) later();
  });
  net.on("zoom", () => {
    framed = false;
    if (view.isMap) later();
  });
  net.on("animationFinished", () => view.isMap && later());
  net.on("resize", () => {
    plan = null;
    if (framed) fit(undefined, { moving: false });
  });
}
