// The land under each group and its name, like islands on a map.

const shores = groups.map((group) => {
  const path = new Path2D();
  if (group.disc) path.arc(group.disc[0], group.disc[1], group.disc[2], 0, 2 * Math.PI);
  for (const ring of group.outlines ?? []) trace(path, ring);
  return { group, path };
});

/** A closed line through the middles of the ring's sides, bent at its points. */
function trace(path, ring) {
  const middle = (p, q) => [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
  path.moveTo(...middle(ring.at(-1), ring[0]));
  ring.forEach((point, number) => path.quadraticCurveTo(...point, ...middle(point, ring[(number + 1) % ring.length])));
  path.closePath();
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
