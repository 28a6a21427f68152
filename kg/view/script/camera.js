// Where the picture is looked at from: what is in view, and the moves of the reader.

/** From places in the picture to places on the screen, as the camera stands now. */
function projector() {
  const [scale, middle] = [net.getScale(), net.getViewPosition()];
  const [left, top] = [canvas.clientWidth / 2 - middle.x * scale, canvas.clientHeight / 2 - middle.y * scale];
  return ({ x, y }) => ({ x: x * scale + left, y: y * scale + top });
}

const toScreen = (place) => projector()(place);

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
  const foot = canvas.clientHeight - Math.min(canvas.clientHeight, boxOf("foot")[1]); // what stands at the bottom of the picture
  const across = (canvas.clientWidth - 2 * margin) / Math.max(1, right - left);
  const down = (canvas.clientHeight - foot - 2 * margin) / Math.max(1, bottom - top);
  const scale = Math.min(closest, across, down);
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 + foot / 2 / scale };
  net.moveTo({ position, scale, animation: moving && gently(300) });
  framed = true;
}

function zoom(factor) {
  framed = false;
  net.moveTo({ scale: clamp(net.getScale() * factor, 0.01, 5), animation: gently(160) });
}

/** On a map: so close that an entity's group fills the stage, if names can be read then. */
function closeTo({ group }) {
  const disc = group < 0 ? null : groups[group].disc;
  return disc ? clamp(Math.min(canvas.clientWidth, canvas.clientHeight) / (2 * disc[2]), 0.6, 1.3) : 0.6;
}

/** Brings an entity into view without moving more than is needed, and without showing more sea than needed. */
function lookAt(entity) {
  const { x, y } = toScreen(entity);
  const edge = 90;
  const comfortable = x > edge && y > edge && x < canvas.clientWidth - edge && y < canvas.clientHeight - edge;
  const scale = Math.max(net.getScale(), view.isMap ? closeTo(entity) : 0.7);
  if ((comfortable || framed) && scale === net.getScale()) return; // all are in view where fit() put the camera
  framed = false;
  const along = (at, low, high, room) => {
    const half = Math.max(0, room / 2 / scale - edge);
    return high - low > 2 * half ? clamp(at, low + half, high - half) : (low + high) / 2;
  };
  const position = {
    x: along(entity.x, bounds.left, bounds.right, canvas.clientWidth),
    y: along(entity.y, bounds.top, bounds.bottom, canvas.clientHeight),
  };
  net.moveTo({ position, scale, animation: gently(350) });
}
