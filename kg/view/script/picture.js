// The drawing: vis-network holds nodes and camera; glyphs, lines, names and shores are painted in its hooks, since it takes
// half a millisecond for each line that it is given.

const FADED = 0.16;
const SMALLEST_SCALE = 0.5;
const MOST_LINES = 300; // on a map

const stage = one("#picture");
const nodeSet = new vis.DataSet(network.nodes.map((node) => ({ ...node, shape: "custom", ctxRenderer: renderNode })));
const net = new vis.Network(stage, { nodes: nodeSet, edges: new vis.DataSet() }, network.options);
const canvas = one("canvas", stage);
let live = new Set(network.nodes.map((node) => entities[node.id]));
let lit = null; // { entities, lines } that stand out, null when all do
let drawn = network.edges.map(({ id }) => lookOf(lines[id]));
let plan = null;
let glyphSize = 0.85; // on a map: see measureStage()
let framed = true; // whether the camera is where fit() put it

canvas.setAttribute("aria-hidden", "true");
measureStage();

/** The radius of a glyph on the screen: it grows with the picture, but not where only a few of many are drawn. */
function radiusOf(entity, scale = net.getScale()) {
  return entity.size * (isWhole() ? Math.max(view.isMap ? Math.min(scale, 1) : scale, SMALLEST_SCALE) : glyphSize);
}

/** How large glyphs are that stand for many: smaller on a small screen, whose size is slow to ask for. */
function measureStage() {
  glyphSize = clamp(Math.min(stage.clientWidth, stage.clientHeight) / 900, 0.5, 0.85);
}

function renderNode({ ctx, id, x, y }) {
  const entity = entities[id];
  const scale = net.getScale();
  const radius = radiusOf(entity) / scale;
  return {
    drawNode() {
      ctx.globalAlpha = !lit || lit.entities.has(entity) ? 1 : FADED;
      paintGlyph(ctx, entity, x, y, radius, scale);
      if (isDisputed(entity)) paintSign(ctx, x, y, radius, scale);
      ctx.globalAlpha = 1;
    },
    nodeDimensions: { width: radius * 1.8, height: radius * 1.8 },
  };
}

const isDisputed = (entity) => (disputedOnes ??= new Set(facts.filter((fact) => fact.dispute !== undefined).map((fact) => fact.s))).has(entity.number);
let disputedOnes = null;

/** Brings the drawing in line with the reader's choices. */
function showPicture() {
  lit = litUp();
  live = isWhole() ? new Set(shown.entities) : pickLive(seen());
  const between = new Set([...live].flatMap((entity) => entity.between));
  const joining = [...between].filter((line) => line.on && live.has(entities[line.a]) && live.has(entities[line.b]));
  drawn = (view.isMap && !state.around.length ? heaviest(joining, MOST_LINES) : joining).map(lookOf);
  exchange([...live].map(nodeOf));
  plan = null;
  net.redraw();
  showNear();
}

/** Whether all that is shown is drawn in full: always but on a map. */
function isWhole() {
  return !view.isMap || state.around.length > 0 || shown.entities.length <= LIVE;
}

/** How much of a map is drawn in full. */
function showNear() {
  one("#near").hidden = isWhole();
  one("#near").textContent = `${figures.format(live.size)} of ${count(shown.entities.length, "entity", "entities")} drawn; come closer for more`;
}

const nodeOf = ({ number, x, y, size }) => ({ id: number, x, y, size, shape: "custom", ctxRenderer: renderNode });

const places = new Map(network.nodes.map(({ id, x, y }) => [id, `${x} ${y}`])); // where vis-network has each

/** Gives vis-network these nodes and takes the others away; what is as it was is not touched, since that is slow. */
function exchange(nodes) {
  const wanted = new Set(nodes.map(({ id }) => id));
  const gone = nodeSet.getIds().filter((id) => !wanted.has(id));
  for (const id of gone) places.delete(id);
  net.body.emitter.emit("_blockRedraw"); // or it would draw after each of the two
  nodeSet.remove(gone);
  const other = nodes.filter(({ id, x, y }) => places.get(id) !== `${x} ${y}`);
  for (const { id, x, y } of other) places.set(id, `${x} ${y}`);
  nodeSet.update(other);
  net.body.emitter.emit("_allowRedraw");
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

net.on("beforeDrawing", (context) => {
  if (state.groups && !state.around.length) paintShores(context, net.getScale());
  if (!isWhole()) paintDust(context, seen(), net.getScale());
  inPixels(context, () => paintLines(context, net.getScale()));
});
net.on("afterDrawing", (context) => inPixels(context, () => paintText(context)));

/** Paints with the pixels of the screen as unit, not with the places of the picture. */
function inPixels(context, paint) {
  const ratio = context.canvas.width / canvas.clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint();
  context.restore();
}
