// What is under the pointer, and what a click, a drag or the wheel does.

function entityAt(point) {
  const id = net.getNodeAt(point);
  if (id !== undefined) return entities[id];
  const name = plan?.names.find(({ on, entity }) => {
    const box = on && around(on[0], on[1], measured(canvas.getContext("2d"), entity, plan.grown));
    return box && point.x >= box[0] && point.x <= box[2] && point.y >= box[1] && point.y <= box[3];
  });
  return name?.entity ?? null;
}

function startPointer() {
  net.on("click", ({ pointer, event }) => {
    const entity = entityAt(pointer.DOM);
    const line = entity ? null : lineAt(pointer.DOM);
    const from = event.srcEvent?.shiftKey && state.chosen?.kind === "entity" ? state.chosen.item : null;
    if (from && entity && from !== entity) go(pathTo(from, entity));
    else if (entity) choose({ kind: "entity", item: entity });
    else choose(line && targetOfLine(line));
  });
  canvas.addEventListener("mousemove", (event) => {
    const point = { x: event.offsetX, y: event.offsetY };
    const entity = entityAt(point);
    canvas.style.cursor = entity || lineAt(point) ? "pointer" : "";
    if (entity === state.hovered) return;
    state.hovered = entity;
    net.redraw();
  });
  net.on("dragging", ({ nodes }) => {
    for (const [id, place] of Object.entries(net.getPositions(nodes))) Object.assign(entities[id], place);
  });
  net.on("dragEnd", () => {
    framed = false;
    plan = null;
    if (view.isMap) later();
  });
  net.on("zoom", () => {
    framed = false;
    if (view.isMap) later();
  });
  net.on("animationFinished", () => view.isMap && later());
  net.on("resize", () => {
    measureStage();
    plan = null;
    if (framed) fit(undefined, { moving: false });
  });
}
