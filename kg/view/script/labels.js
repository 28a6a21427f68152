// Where names and relations are written: at a constant size, the most important first, none across another.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", "DejaVu Sans", sans-serif';
const RELATION_SIZE = 11;
const RELATION_FONT = `500 ${RELATION_SIZE}px ${FONT}`;
const HALO = 3.5;
const CAPTION_FAMILY = 'Charter, "Iowan Old Style", Georgia, "Noto Serif", "Liberation Serif", serif';
const LINE_HEIGHT = 1.22;
const MOST_COVERED = 70; // how much a name may cover of other glyphs, in square pixels and by how far its side is liked
const MAIN = 6; // names that are wanted even where room is scarce
const LARGE_DISC = 70; // pixels of its radius on the screen from which its group is named
const AIR = 3;
const SMALL_PICTURE = 0.5; // the scale below which there is no room for the names of groups

const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
const hitsAny = (box, boxes) => boxes.some((other) => overlaps(box, other));
const common = (a, b) =>
  Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));

/** Names grow and shrink a little with the picture, so that a page that fits keeps its proportions. */
const growth = (scale) => (view.isMap ? 0.9 : clamp(scale, 0.82, 1.2));
const nameFont = (entity, grown) => `${entity.font > 17 ? 680 : entity.font > 15 ? 600 : 500} ${entity.font * grown}px ${FONT}`;

/** The width and height of a name; measured once, at its plain size. */
function measured(context, entity, grown = 1) {
  if (!entity.extent) {
    context.font = nameFont(entity, 1);
    const width = Math.max(...entity.rows.map((row) => context.measureText(plain(row)).width));
    entity.extent = { width, height: entity.rows.length * entity.font * LINE_HEIGHT };
  }
  return { width: entity.extent.width * grown, height: entity.extent.height * grown };
}

/** The places around a glyph of this radius for the middle of a name, in the order of liking. */
function sides(radius, { width, height }) {
  const [x, y] = [radius + 5 + width / 2, radius + 2 + height / 2];
  const [near, low] = [radius * 0.7 + 4 + width / 2, radius * 0.7 + height / 2];
  return [[0, y], [x, 0], [0, -y], [-x, 0], [near, low], [-near, low], [near, -low], [-near, -low]];
}

/**
 * Plans the names: `spots` are { entity, x, y, radius, first } on the screen, the important ones first; those with
 * `first` are written in any case, `grown` is the size of the text,
 * `reserved` are boxes that names keep off, `keep` lets names stay on the side that they had in the last plan made without it. Gives { entity, dx, dy, box } relative to the spot.
 */
function planNames(context, spots, { grown, keep, width, height, reserved }) {
  const bodies = spots.map(({ x, y, radius }) => [x - radius * 0.8, y - radius * 0.8, x + radius * 0.8, y + radius * 0.8]);
  const taken = [...reserved];
  const names = [];
  for (const [number, spot] of spots.entries()) {
    const extent = measured(context, spot.entity, grown);
    const choices = sides(spot.radius, extent).map(([dx, dy], rank) => {
      const box = around(spot.x + dx, spot.y + dy, extent);
      const outside = box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2;
      const struck = bodies.reduce((sum, body, other) => sum + (other === number ? 0 : common(box, body)), 0);
      const liking = keep && rank === spot.entity.side ? -1 : rank * 6;
      return { rank, dx, dy, box, free: !hitsAny(box, taken), cost: struck + liking + (outside ? 900 : 0) };
    });
    const free = choices.filter((choice) => choice.free && choice.cost < (number < MAIN ? 6 : 1) * MOST_COVERED);
    const best = free.length ? free.reduce((p, q) => (q.cost < p.cost ? q : p)) : spot.first ? choices[0] : null;
    if (!best) continue;
    taken.push(best.box);
    if (!keep) spot.entity.side = best.rank;
    names.push({ entity: spot.entity, dx: best.dx, dy: best.dy, box: best.box });
  }
  return { names, taken, bodies };
}

const around = (x, y, { width, height }) => [x - width / 2 - AIR, y - height / 2, x + width / 2 + AIR, y + height / 2];

const SIGNS = { denied: "¬ ", disputed: "≠ " };

/** What may be written on a line, the fullest first: its relations with signs, and arrows if both ways; at least ≠. */
function relationTexts(line, leftToRight) {
  const issue = state.chosen?.kind === "dispute" ? state.chosen.item.number : undefined;
  const said = line.statements.filter((one) => one.on && (issue === undefined || one.dispute === issue));
  const both = unique(said.map((one) => one.s)).length > 1;
  const words = said.map((one) => {
    const forward = (one.s === line.a) === leftToRight;
    const word = (SIGNS[one.status] ?? "") + one.relation;
    return both ? (forward ? `${word} →` : `← ${word}`) : word;
  });
  const different = unique(words);
  const first = (number) => different.slice(0, number).join(" · ") + (different.length > number ? ` +${different.length - number}` : "");
  const sign = said.some(({ status }) => status === "disputed") ? ["≠"] : [];
  return unique([first(2), first(1), ...sign]).map(plain);
}

/**
 * Plans what is written along lines: `rods` are { line, from: spot, to: spot, first }. A text keeps off all that is
 * taken unless `first`. Gives { line, text, part, width } with `part` along the line from its left end.
 */
function planRelations(context, rods, { taken, bodies }, most) {
  context.font = RELATION_FONT;
  const written = [];
  for (const rod of rods) {
    if (written.length >= most) break;
    const [left, right] = rod.from.x <= rod.to.x ? [rod.from, rod.to] : [rod.to, rod.from];
    const [x, y] = [right.x - left.x, right.y - left.y];
    const length = Math.hypot(x, y);
    const room = length - left.radius - right.radius;
    const texts = relationTexts(rod.line, left.entity.number === rod.line.a);
    const fitting = texts.filter((words) => context.measureText(words).width + 16 <= room);
    if (!fitting.length && rod.first) fitting.push(texts.at(-1));
    const spots = fitting.flatMap((text) => {
      const width = context.measureText(text).width;
      const middle = (left.radius + room / 2) / length;
      const shifts = [0, 0.12, -0.12, 0.24, -0.24].filter((shift) => Math.abs(shift) * length + width / 2 < room / 2 - 4);
      return (shifts.length ? shifts : [0]).map((shift) => {
        const part = middle + shift;
        return { text, part, width, boxes: strip(left.x + x * part, left.y + y * part, x / length, y / length, width) };
      });
    });
    const clear = spots.find(({ boxes }) => boxes.every((box) => !hitsAny(box, taken) && !hitsAny(box, bodies)));
    const best = clear ?? (rod.first ? spots[0] : spots.find(({ text }) => text === "≠")); // a dispute is told in any case
    if (!best) continue;
    taken.push(...best.boxes);
    written.push({ line: rod.line, text: best.text, part: best.part, width: best.width });
  }
  return written;
}

/** Small boxes along a slanted text. */
function strip(x, y, across, down, width) {
  const pieces = Math.max(1, Math.ceil(width / 12));
  return Array.from({ length: pieces }, (_, piece) => {
    const away = ((piece + 0.5) / pieces - 0.5) * width;
    const [left, top] = [x + across * away, y + down * away];
    return [left - 8, top - 8, left + 8, top + 8];
  });
}

function writeName(context, entity, grown, x, y) {
  context.font = nameFont(entity, grown);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  entity.rows.forEach((row, number) => {
    const top = y + (number - (entity.rows.length - 1) / 2) * entity.font * grown * LINE_HEIGHT;
    context.lineWidth = HALO;
    context.strokeStyle = colours.halo;
    context.strokeText(plain(row), x, top);
    context.fillStyle = colours.ink;
    context.fillText(plain(row), x, top);
  });
}

/** Writes along a line, upright, on a pill of the paper's colour. */
function writeRelation(context, relation, left, right, ink) {
  context.save();
  context.translate(left.x + (right.x - left.x) * relation.part, left.y + (right.y - left.y) * relation.part);
  context.rotate(Math.atan2(right.y - left.y, right.x - left.x));
  context.font = RELATION_FONT;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colours.halo;
  context.beginPath();
  context.roundRect(-relation.width / 2 - 4, -8, relation.width + 8, 16, 8);
  context.fill();
  context.fillStyle = ink;
  context.fillText(relation.text, 0, 0.5);
  context.restore();
}

const captionFont = (scale) => `italic 500 ${13 * clamp(scale, 0.85, 1.15)}px ${CAPTION_FAMILY}`;

/** The names of groups that are on no other text: on a map those of the discs that are large enough to be read in. */
function planCaptions(context, toSpot, scale, { taken }) {
  context.font = captionFont(scale);
  const found = [];
  if (scale < SMALL_PICTURE && !view.isMap) return found;
  for (const group of groups) {
    const at = captionPlace(group, scale);
    if (!at) continue;
    const { x, y } = toSpot(at);
    const box = around(x, y, { width: context.measureText(plain(group.name)).width, height: 14 * clamp(scale, 0.85, 1.15) });
    if (hitsAny(box, taken)) continue;
    taken.push(box);
    found.push({ group, ...at });
  }
  return found;
}

function captionPlace({ caption, disc }, scale) {
  if (caption) return { x: caption[0], y: caption[1] };
  const [x, y, radius] = disc;
  return radius * scale > LARGE_DISC ? { x, y: y - radius + 12 / scale } : null;
}

function writeCaption(context, group, scale, x, y) {
  context.font = captionFont(scale);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = HALO;
  context.strokeStyle = colours.halo;
  context.strokeText(plain(group.name), x, y);
  context.fillStyle = colours["ink-3"];
  context.fillText(plain(group.name), x, y);
}
