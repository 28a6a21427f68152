// The lines between entities: how each looks, where it runs between two glyphs, and which one is under the pointer.

const DASHES = { disputed: [9, 6], claimed: [2, 5] };
const HEAD = [9, 3.5]; // length and half the width of an arrow's head, on the screen
const NEAR = 6; // pixels within which the pointer is on a line

/** Solid if some source states one of its statements, dotted if none does, dashed if they are disputed. */
function lookOf(line) {
  const said = line.statements.filter((each) => each.on);
  const [disputed, stated] = ["disputed", "stated"].map((status) => said.some((each) => each.status === status));
  const sentences = said.reduce((sum, each) => sum + each.sentences, 0);
  const bright = lit ? 0.95 : disputed ? 0.85 : isWhole() ? 0.62 : 0.4;
  return {
    line,
    disputed,
    width: Math.min(5, 0.9 + 0.55 * sentences),
    dash: disputed ? DASHES.disputed : stated ? [] : DASHES.claimed,
    opacity: !lit || lit.lines.has(line) ? bright : 0.07,
    heads: [line.a, line.b].filter((end) => said.some((each) => each.o === end && each.s !== end)),
  };
}

/** Lines are thinner in a small picture, and on a map, where they are many. */
const thickness = ({ width }, scale) => width * (view.isMap ? 0.5 : clamp(scale, 0.5, 1.2));
const headScale = () => (view.isMap ? 0.6 : clamp(net.getScale(), 0.6, 1));
const inkOf = ({ disputed }) => (disputed ? colours.warn : colours.line);

/** A line on the screen, from glyph to glyph, without what its heads cover, and each head as three points. */
function wayOf(look, onScreen) {
  const [a, b] = [entities[look.line.a], entities[look.line.b]];
  const [p, q] = [onScreen(a), onScreen(b)];
  const length = Math.hypot(q.x - p.x, q.y - p.y) || 1;
  const [x, y] = [(q.x - p.x) / length, (q.y - p.y) / length];
  const room = Math.max(0, length - radiusOf(a) - radiusOf(b) - 2);
  const [long, wide] = [Math.min(HEAD[0] * headScale(), room / 2), HEAD[1] * headScale()];
  const ends = [[a, p, 1], [b, q, -1]].map(([entity, at, way]) => {
    const off = (away, aside) => ({ x: at.x + x * away * way - y * aside, y: at.y + y * away * way + x * aside });
    const rim = Math.min(radiusOf(entity) + 1, length / 2);
    if (!look.heads.includes(entity.number)) return { from: off(rim, 0), head: null };
    return { from: off(rim + long - 1, 0), head: [off(rim, 0), off(rim + long, wide), off(rim + long, -wide)] };
  });
  return { from: ends[0].from, to: ends[1].from, heads: ends.map(({ head }) => head).filter(Boolean) };
}

function paintLines(context, scale) {
  const onScreen = projector();
  context.lineCap = "butt";
  for (const look of drawn) {
    const { from, to, heads } = wayOf(look, onScreen);
    context.globalAlpha = look.opacity;
    context.strokeStyle = context.fillStyle = inkOf(look);
    context.lineWidth = thickness(look, scale);
    context.setLineDash(look.dash);
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
    for (const [tip, left, right] of heads) {
      context.beginPath();
      context.moveTo(tip.x, tip.y);
      context.lineTo(left.x, left.y);
      context.lineTo(right.x, right.y);
      context.fill();
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** The drawn line nearest to a point of the screen, if it is near enough. */
function lineAt(point) {
  const onScreen = projector();
  let [nearest, least] = [null, NEAR];
  for (const { line } of drawn) {
    const away = distance(point, onScreen(entities[line.a]), onScreen(entities[line.b]));
    if (away < least) [nearest, least] = [line, away];
  }
  return nearest;
}

/** From a point to the straight line between two others. */
function distance(point, from, to) {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const part = clamp(((point.x - from.x) * x + (point.y - from.y) * y) / (x * x + y * y || 1), 0, 1);
  return Math.hypot(point.x - from.x - part * x, point.y - from.y - part * y);
}
