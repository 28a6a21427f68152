// What the reader takes along: the picture as SVG and PNG, what is shown as CSV and JSON, the link to this view.

const MARGIN = 96;

/** The picture as it is on the screen, as an SVG element with title, legend, filters and date in the margin. */
function stillPicture() {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const { names, relations, captions, grown } = plan ?? planText(canvas.getContext("2d"));
  const scale = net.getScale();
  const middle = net.getViewPosition();
  const moved = `translate(${width / 2 - middle.x * scale} ${height / 2 - middle.y * scale}) scale(${scale})`;
  const land = shores.map(({ way }) => drawing("path", { d: way, fill: colours.land, stroke: colours.shore, "stroke-width": 1.25 / scale, "fill-rule": "evenodd" }));
  return drawing(
    "svg",
    { viewBox: `0 ${-MARGIN / 2} ${width} ${height + MARGIN}`, width, height: height + MARGIN, "font-family": FONT },
    drawing("title", {}, plain(view.title)),
    drawing("rect", { y: -MARGIN / 2, width, height: height + MARGIN, fill: colours.paper }),
    drawing("svg", { width, height, viewBox: `0 0 ${width} ${height}` },
      drawing("g", { transform: moved }, ...(state.groups && !state.around.length ? land : [])),
      ...drawn.flatMap(stillLine),
      ...[...live].map(stillGlyph),
      ...captions.map((caption) => stillText(plain(caption.group.name), toScreen(caption), { size: 13, fill: colours["ink-3"], style: "italic", family: CAPTION_FAMILY })),
      ...relations.map(stillRelation),
      ...names.flatMap(({ entity, dx, dy }) => stillName(entity, grown, dx, dy)),
    ),
    ...stillMargin(width, height),
  );
}

function stillLine(look) {
  const { from, to, heads } = wayOf(look, projector());
  const [ink, opacity] = [inkOf(look), look.opacity];
  const line = { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: ink, opacity, "stroke-width": thickness(look, net.getScale()), "stroke-dasharray": look.dash.join(" ") || null };
  return [drawing("line", line), ...heads.map((head) => drawing("path", { d: `M${head.map(({ x, y }) => `${x} ${y}`).join("L")}Z`, fill: ink, opacity }))];
}

function stillGlyph(entity) {
  const { x, y } = toScreen(entity);
  const radius = radiusOf(entity);
  const type = types[entity.type];
  const opacity = !lit || lit.entities.has(entity) ? 1 : FADED;
  const shape = drawing("path", { d: SHAPES[shapeOf(type)], transform: `translate(${x} ${y}) scale(${radius})`, fill: colourOf(type), "fill-rule": "evenodd", opacity });
  if (!isDisputed(entity)) return shape;
  const at = { x: x + radius * 0.8, y: y - radius * 0.8 };
  const small = signScale(net.getScale());
  const sign = drawing("circle", { cx: at.x, cy: at.y, r: 8.5 * small, fill: colours.warn });
  return drawing("g", {}, shape, sign, stillText("≠", at, { size: 12 * small, fill: colours.land, halo: 0 }));
}

function stillText(text, { x, y }, { size, fill, weight: bold = 500, halo = HALO, style = null, family = null, turn = null, anchor = "middle" }) {
  return drawing(
    "text",
    { x, y: y + size * 0.35, "text-anchor": anchor, "font-size": size, "font-weight": bold, "font-style": style, "font-family": family, fill, stroke: halo ? colours.halo : null, "stroke-width": halo, "paint-order": "stroke", "stroke-linejoin": "round", transform: turn },
    text,
  );
}

function stillName(entity, grown, dx, dy) {
  const { x, y } = toScreen(entity);
  const size = entity.font * grown;
  return entity.rows.map((row, number) => {
    const at = { x: x + dx, y: y + dy + (number - (entity.rows.length - 1) / 2) * size * LINE_HEIGHT };
    return stillText(plain(row), at, { size, fill: colours.ink, weight: entity.font > 17 ? 680 : entity.font > 15 ? 600 : 500 });
  });
}

function stillRelation({ line, text, part }) {
  const ends = [entities[line.a], entities[line.b]].map(toScreen);
  const [left, right] = ends[0].x <= ends[1].x ? ends : [ends[1], ends[0]];
  const at = { x: left.x + (right.x - left.x) * part, y: left.y + (right.y - left.y) * part };
  const angle = (Math.atan2(right.y - left.y, right.x - left.x) * 180) / Math.PI;
  return stillText(text, at, { size: RELATION_SIZE, fill: line.statements.some((said) => said.status === "disputed") ? colours.warn : colours["ink-2"], turn: `rotate(${angle} ${at.x} ${at.y})` });
}

/** Title above; kinds, filters and the day below. */
function stillMargin(width, height) {
  const today = new Date().toISOString().slice(0, 10);
  const look = { size: 12, fill: colours["ink-2"], halo: 0, anchor: "start" };
  const found = [stillText(plain(view.title), { x: 20, y: -MARGIN / 4 }, { ...look, size: 18, weight: 650, fill: colours.ink, family: CAPTION_FAMILY })];
  let x = 20;
  for (const [type] of typeGroups()) {
    const word = capital(type.group);
    found.push(drawing("path", { d: SHAPES[shapeOf(type)], transform: `translate(${x + 6} ${height + 14}) scale(6)`, fill: colourOf(type), "fill-rule": "evenodd" }));
    found.push(stillText(plain(word), { x: x + 17, y: height + 14 }, look));
    x += 34 + word.length * 7;
  }
  const told = [one("#counts").textContent, filterWords(), "dotted: said with reserve, dashed ≠: disputed", today].filter(Boolean).join(" · ");
  return [...found, stillText(plain(told), { x: 20, y: height + 35 }, { ...look, fill: colours["ink-3"] })];
}

const svgText = () => new XMLSerializer().serializeToString(stillPicture());

async function pngFile() {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText())}`;
  await image.decode();
  const sheet = dress(document.createElement("canvas"), { width: image.width * 2, height: image.height * 2 });
  sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
  return new Promise((done) => sheet.toBlob(done, "image/png"));
}

/** One row a sentence; what a spreadsheet would take for a formula begins with an apostrophe. */
async function csvText() {
  const cell = (value) => `"${(/^[=+\-@\t\r]/.test(String(value)) ? `'${value}` : String(value)).replaceAll('"', '""')}"`;
  const head = ["subject", "relation", "object", "how", "claimed by", "stance", "sentence", "document", "publisher", "date", "start", "end"];
  const rows = (await told(shownSaid())).flatMap((said) => {
    const start = [said.subject.label, said.relation, said.end, said.status];
    if (!said.evidence.length) return [[...start, ...Array(8).fill("")]];
    return said.evidence.map((item) => {
      const { title, publisher, date } = documents[item.document];
      return [...start, item.by === undefined ? "" : speaker(item.by), item.stance.join(" "), quoted(item), title, publisher ?? "", date ?? "", ...charsOf(item)];
    });
  });
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

const shownSaid = () => [...shown.statements, ...shown.facts];

async function jsonText() {
  const item = (each) => ({ sentence: quoted(each), document: documents[each.document].title, characters: charsOf(each), stance: each.stance, claimedBy: each.by === undefined ? null : speaker(each.by) });
  const list = await told(shownSaid());
  const names = await Promise.all(list.map(idOf));
  const said = list.map((each, number) => ({ id: names[number], subject: each.subject.label, relation: each.relation, object: each.end, how: each.status, evidence: each.evidence.map(item) }));
  const things = shown.entities.map(({ id, label, type, aliases }) => ({ id, label, type: types[type].label, aliases }));
  return JSON.stringify({ title: view.title, filters: filterWords(), entities: things, statements: said }, null, 1);
}

const FILES = {
  png: async () => pngFile(),
  svg: async () => new Blob([svgText()], { type: "image/svg+xml" }),
  csv: async () => new Blob([await csvText()], { type: "text/csv" }),
  json: async () => new Blob([await jsonText()], { type: "application/json" }),
};

async function save(kind) {
  const address = URL.createObjectURL(await FILES[kind]());
  const name = fold(view.title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "graph";
  element("a", { href: address, download: `${name}.${kind}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  announce(`Saved as ${kind.toUpperCase()}`);
}

async function copyLink() {
  await copyText(location.href);
  one("#copy").textContent = "Copied";
  setTimeout(() => (one("#copy").textContent = "Copy link"), 2000);
}

function startSave() {
  for (const kind of Object.keys(FILES)) one(`#save-${kind}`).addEventListener("click", () => save(kind));
  one("#copy").addEventListener("click", copyLink);
  one("#print").addEventListener("click", () => print());
}
