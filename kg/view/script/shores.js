// The land under each group and its name, like islands on a map.

const shores = groups.map((group) => {
  const way = group.disc ? circleWay(...group.disc) : (group.outlines ?? []).map(ringWay).join("");
  return { group, way, path: new Path2D(way) };
});

function circleWay(x, y, radius) {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;
}

/** A closed line through the middles of the ring's sides, bent at its points. */
function ringWay(ring) {
  const middle = (p, q) => [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2].join(" ");
  const bends = ring.map((point, number) => `Q${point.join(" ")} ${middle(point, ring[(number + 1) % ring.length])}`);
  return `M${middle(ring.at(-1), ring[0])}${bends.join("")}Z`;
}

function paintShores(context, scale) {
  context.fillStyle = colours.land;
  context.strokeStyle = colours.shore;
  context.lineWidth = 1.25 / scale;
  for (const { path } of shores) {
    context.fill(path, "evenodd");
    context.stroke(path);
  }
}

/** What a group's land covers, as boxes. */
function shoreBoxes({ disc, outlines = [] }) {
  if (disc) return [[disc[0] - disc[2], disc[1] - disc[2], disc[0] + disc[2], disc[1] + disc[2]]];
  return outlines.flat().map(([x, y]) => [x, y, x, y]);
}
