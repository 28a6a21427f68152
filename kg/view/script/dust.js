// A large graph as a map: every entity a dot, the most central ones in view drawn in full.

const LIVE = network.nodes.length;
const NEIGHBOURS = 40;
const CROWD = 9000;
const CANDIDATES = 4; // how many are tried for each that is drawn
const TOUCH = 0.9; // of its radius, what a glyph keeps free on all sides

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

/** The most central shown entities in this part of the map that leave each other room, and what is chosen with its neighbours. */
function pickLive(box) {
  const chosen = chosenWithNeighbours();
  const all = box.left <= bounds.left && box.right >= bounds.right && box.top <= bounds.top && box.bottom >= bounds.bottom;
  return new Set([...chosen, ...roomy(all ? centralOnes() : centralIn(box), chosen)]);
}

/** Of all that is shown: those that groups are called after, and the next in rank. */
function centralOnes() {
  const main = groups.slice(0, LIVE / 2).map((group) => entities[group.main]).filter((entity) => entity.on);
  return unique([...main, ...shown.entities.slice(0, CANDIDATES * LIVE)]);
}

function centralIn(box) {
  const found = [];
  const all = [...squares(box)];
  const share = Math.max(3, Math.ceil((2 * CANDIDATES * LIVE) / all.length));
  for (const cell of all) {
    let taken = 0;
    for (const entity of cell) {
      if (taken >= share) break;
      if (!entity.on || !within(entity, box)) continue;
      found.push(entity);
      taken += 1;
    }
  }
  return found.sort((p, q) => p.number - q.number);
}

/** The first of these whose glyphs do not lie on each other. */
function roomy(list, chosen) {
  const room = (glyphSize * TOUCH) / net.getScale();
  const reach = (entity) => entity.size * room;
  const kept = [...chosen];
  for (const entity of list) {
    if (kept.length >= LIVE + chosen.length) break;
    const free = kept.every((other) => Math.abs(other.x - entity.x) > reach(other) + reach(entity) || Math.abs(other.y - entity.y) > reach(other) + reach(entity));
    if (free) kept.push(entity);
  }
  return kept;
}

function chosenWithNeighbours() {
  const { chosen } = state;
  if (!chosen) return [];
  if (chosen.kind === "line") return [entities[chosen.item.a], entities[chosen.item.b]];
  if (chosen.kind === "path") return [chosen.item.from, chosen.item.to, ...(chosen.item.lines ?? []).flatMap((line) => [entities[line.a], entities[line.b]])];
  if (chosen.kind === "dispute") return endsOf(chosen.item);
  return [chosen.item, ...linesAround(chosen.item).slice(0, NEIGHBOURS).map((line) => otherEnd(line, chosen.item))];
}

/** The dots: one image of the whole map when many are in view, squares when few. */
function paintDust(context, box, scale) {
  const cells = [...squares(box)];
  const near = cells.reduce((sum, cell) => sum + cell.length, 0);
  context.globalAlpha = state.chosen ? 0.2 : 0.5;
  if (near > CROWD) {
    dustImage ??= imageOfDust();
    context.drawImage(dustImage, bounds.left, bounds.top, bounds.right - bounds.left, bounds.bottom - bounds.top);
  } else {
    const radius = Math.min(5, 2.2 / scale);
    const dots = cells.flat().filter((entity) => entity.on && !live.has(entity));
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

/** A picture of all dots; those of high rank are set last and lie on top. */
function imageOfDust() {
  const wide = 1600;
  const factor = (wide - 2) / (bounds.right - bounds.left || 1);
  const high = Math.max(2, Math.ceil((bounds.bottom - bounds.top) * factor) + 2);
  const image = new OffscreenCanvas(wide, high);
  const context = image.getContext("2d");
  const dots = context.createImageData(wide, high);
  const points = new Uint32Array(dots.data.buffer);
  const ink = types.map((type) => pointOf(colourOf(type)));
  for (let number = entities.length - 1; number >= 0; number -= 1) {
    const entity = entities[number];
    if (!entity.on) continue;
    const at = Math.floor((entity.y - bounds.top) * factor) * wide + Math.floor((entity.x - bounds.left) * factor);
    points[at] = points[at + 1] = points[at + wide] = points[at + wide + 1] = ink[entity.type];
  }
  context.putImageData(dots, 0, 0);
  return image;
}

/** A colour "#rrggbb" as the four bytes of a point. */
const pointOf = (colour) => {
  const bytes = new Uint8Array([1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)).concat(255));
  return new Uint32Array(bytes.buffer)[0];
};

const forgetDust = () => {
  dustImage = null;
};
