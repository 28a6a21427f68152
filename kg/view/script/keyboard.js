// The whole page without a mouse.

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function startKeyboard() {
  addEventListener("keydown", (event) => {
    if (reader.open || event.target.matches("input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      box.focus();
    } else if (event.key === "Escape" && state.chosen) go(null);
    else if (event.key === "Escape" && state.around.length) toCircle([]);
  });
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in WAYS) walk(WAYS[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") fit();
    else if (event.key === "Enter" && state.chosen) pane.focus();
    else return;
    event.preventDefault();
  });
  one("#closer").addEventListener("click", () => zoom(1.3));
  one("#farther").addEventListener("click", () => zoom(1 / 1.3));
  one("#whole").addEventListener("click", () => fit());
  one("#filters").addEventListener("click", (event) => {
    const open = document.body.classList.toggle("filtering");
    event.currentTarget.setAttribute("aria-expanded", String(open));
  });
}

/** To the connected entity that lies most in this direction; from nowhere to the main figure. */
function walk([x, y]) {
  const from = state.chosen?.kind === "entity" ? state.chosen.item : null;
  if (!from) {
    const first = shown.entities[0];
    if (first) go({ kind: "entity", item: first });
    return;
  }
  const ways = from.between.filter((line) => line.on).map((line) => {
    const to = otherEnd(line, from);
    const [across, down] = [to.x - from.x, to.y - from.y];
    const length = Math.hypot(across, down) || 1;
    return { to, turn: (across * x + down * y) / length, length };
  });
  const fitting = ways.filter(({ turn }) => turn > 0.35).sort((p, q) => q.turn - q.length / 4000 - (p.turn - p.length / 4000));
  if (fitting.length) go({ kind: "entity", item: fitting[0].to });
  else announce("No connected entity that way");
}
