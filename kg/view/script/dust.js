// A large graph as a map: every entity a dot, the most central ones in view drawn in full.

const LIVE = network.nodes.length;
const NEIGHBOURS = 40;
const CROWD = 9000;

const bounds = boundsOf(entities);
const grid = gridOf(entities);
let dustImage = null;

function boundsOf(list) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of list) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

/** Entities by square of the map, each square in the order of rank. */
function gridOf(list) {
  const size = Math.max(1, Math.min(256, Math.round(Math.sqrt(list.length / 12))));
  const cells = Array.from({ length: size * size }, () => []);
  const column = (x) => clamp(Math.floor(((x - bounds.left) / (bounds.right - bounds.left || 1)) * size), 0, size - 1);
  const row = (y) => clamp(Math.floor(((y - bounds.top) / (bounds.bottom - bounds.top || 1)) * size), 0, size - 1);
  for (const entity of list) cells[row(entity.y) * size + column(entity.x)].push(entity);
  return { size, cells, column, row };
}

/** The squares that a part of the map touches. */
function* squares(box) {
  for (let row = grid.row(box.top); row <= grid.row(box.bottom); row += 1) {
    for (let column = grid.column(box.left); column <= grid.column(box.right); column += 1) {
      yield grid.cells[row * grid.size + column];
    }
  }
}

const within = (entity, box) => entity.x >= box.left && entity.x <= box.right && entity.y >= box.top && entity.y <= box.bottom;

/** The most central shown entities in this part of the map, and what is chosen with its neighbours. */
function pickLive(box) {
  const found = [];
  const all = [...squares(box)];
  const share = Math.max(3, Math.ceil((2 * LIVE) / all.length));
  for (const cell of all) {
    let taken = 0;
    for (const entity of cell) {
      if (taken >= share) break;
      if (!shown.entities.has(entity) || !within(entity, box)) continue;
      found.push(entity);
      taken += 1;
    }
  }
  found.sort((p, q) => p.number - q.number);
  return new Set([...found.slice(0, LIVE), ...chosenWithNeighbours()]);
}

function chosenWithNeighbours() {
  const { chosen } = state;
  if (!chosen) return [];
  if (chosen.kind === "line") return [entities[chosen.item.a], entities[chosen.item.b]];
  if (chosen.kind === "path") return [chosen.item.from, chosen.item.to, ...(chosen.item.lines ?? []).flatMap((line) => [entities[line.a], entities[line.b]])];
  const centre = chosen.kind === "entity" ? chosen.item : partiesOf(chosen.item)[0]?.subject;
  if (!centre) return [];
  const near = centre.between.filter((line) => shown.lines.has(line)).slice(0, NEIGHBOURS);
  return [centre, ...near.map((line) => otherEnd(line, centre))];
}

/** The dots: one image of the whole map when many are in view, squares when few. */
function paintDust(context, box, scale) {
  const cells = [...squares(box)];
  const near = cells.reduce((sum, cell) => sum + cell.length, 0);
  context.globalAlpha = state.chosen ? 0.25 : 0.7;
  if (near > CROWD) {
    dustImage ??= imageOfDust();
    context.drawImage(dustImage, bounds.left, bounds.top, bounds.right - bounds.left, bounds.bottom - bounds.top);
  } else {
    const radius = Math.min(5, 2.2 / scale);
    const dots = cells.flat().filter((entity) => shown.entities.has(entity));
    for (const type of types) {
      context.fillStyle = colourOf(type);
      context.beginPath();
      for (const { x, y } of dots.filter((entity) => entity.type === type.number)) {
        context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
      }
      context.fill();
    }
  }
  context.globalAlpha = 1;
}

function imageOfDust() {
  const wide = 1600;
  const factor = wide / (bounds.right - bounds.left || 1);
  const image = new OffscreenCanvas(wide, Math.max(1, Math.ceil((bounds.bottom - bounds.top) * factor)));
  const context = image.getContext("2d");
  for (const entity of entities) {
    if (!shown.entities.has(entity)) continue;
    context.fillStyle = colourOf(types[entity.type]);
    context.fillRect((entity.x - bounds.left) * factor, (entity.y - bounds.top) * factor, 2, 2);
  }
  return image;
}

const forgetDust = () => {
  dustImage = null;
};
