// The glyph of each type: one outline in a box from -1 to 1, for the canvas and for the legend.

const SHAPES = {
  dot: "M0-.9A.9.9 0 1 1 0 .9A.9.9 0 1 1 0-.9Z",
  square: "M-.62-.82H.62A.2.2 0 0 1 .82-.62V.62A.2.2 0 0 1 .62.82H-.62A.2.2 0 0 1-.82.62V-.62A.2.2 0 0 1-.62-.82Z",
  diamond: "M-.12-1.02A.17.17 0 0 1 .12-1.02L1.02-.12A.17.17 0 0 1 1.02.12L.12 1.02A.17.17 0 0 1-.12 1.02L-1.02.12A.17.17 0 0 1-1.02-.12Z",
  hexagon: "M-.42-.87H.42A.16.16 0 0 1 .57-.78L.95-.09A.18.18 0 0 1 .95.09L.57.78A.16.16 0 0 1 .42.87H-.42A.16.16 0 0 1-.57.78L-.95.09A.18.18 0 0 1-.95-.09L-.57-.78A.16.16 0 0 1-.42-.87Z",
  triangle: "M-.13-.93A.15.15 0 0 1 .13-.93L1 .62A.15.15 0 0 1 .87.84H-.87A.15.15 0 0 1-1 .62Z",
  triangleDown: "M-.13.93A.15.15 0 0 0 .13.93L1-.62A.15.15 0 0 0 .87-.84H-.87A.15.15 0 0 0-1-.62Z",
  star: "M0-1.12L.3-.39 1.08-.34.48.16.67.92 0 .5-.67.92-.48.16-1.08-.34-.3-.39Z",
  pin: "M0 1.1C-.5.42-.78.14-.78-.3A.78.78 0 1 1 .78-.3C.78.14.5.42 0 1.1ZM0-.58A.27.27 0 1 0 0-.04A.27.27 0 1 0 0-.58Z",
};

const RIM = 4; // pixels on the screen, half of them outside the glyph

const outline = new Map(Object.entries(SHAPES).map(([name, path]) => [name, new Path2D(path)]));
const shapeOf = (type) => (type.shape in SHAPES ? type.shape : "dot");

/** The glyph of a type as an SVG element. */
const glyph = (type, size = 16) =>
  drawing(
    "svg",
    { class: "glyph", width: size, height: size, viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": "true" },
    drawing("path", { d: SHAPES[shapeOf(type)], fill: colourOf(type), "fill-rule": "evenodd" }),
  );

/** Draws the glyph of an entity on a canvas at (x, y) with this radius, and a rim that is as wide at any scale. */
function paintGlyph(context, entity, x, y, radius, scale) {
  context.save();
  context.translate(x, y);
  context.scale(radius, radius);
  const path = outline.get(shapeOf(types[entity.type]));
  context.lineJoin = "round";
  context.lineWidth = RIM / radius / scale;
  context.strokeStyle = colours.halo;
  context.stroke(path);
  context.fillStyle = colourOf(types[entity.type]);
  context.fill(path, "evenodd");
  context.restore();
}

const signScale = (scale) => (view.isMap ? 0.8 : clamp(scale, 0.65, 1));

/** Draws the sign of a dispute at the upper right of a glyph. */
function paintSign(context, x, y, radius, scale) {
  const size = (8.5 * signScale(scale)) / scale;
  const [left, top] = [x + radius * 0.8, y - radius * 0.8];
  context.beginPath();
  context.arc(left, top, size, 0, 2 * Math.PI);
  context.fillStyle = colours.warn;
  context.fill();
  context.lineWidth = 2 / scale;
  context.strokeStyle = colours.land;
  context.stroke();
  context.fillStyle = colours.land;
  context.font = `700 ${(12 * signScale(scale)) / scale}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText("≠", left, top + 0.5 / scale);
}
