// When: of a dated fact its own date, of a statement the dates of its event, else those of the articles that say it.

/** A date of ISO 8601 as its first and last month, counted from year 0; a year spans its months. */
function monthsOf(iso) {
  const found = /^(\d{4})(?:-(\d\d))?/.exec(iso ?? "");
  if (!found) return null;
  const [year, month] = [Number(found[1]), found[2] ? Number(found[2]) - 1 : null];
  return month === null ? [12 * year, 12 * year + 11] : [12 * year + month, 12 * year + month];
}

const monthName = (month) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;

for (const fact of facts) fact.months = monthsOf(fact.iso);
for (const statement of statements) {
  const own = [statement.subject, statement.object].flatMap((entity) => (types[entity.type].name === "Event" ? entity.facts : []));
  const dated = own.map((fact) => fact.months).filter(Boolean);
  statement.months = dated.length ? [Math.min(...dated.map(([from]) => from)), Math.max(...dated.map(([, to]) => to))] : null;
}
for (const said of everySaid) {
  if (said.months) continue;
  const published = said.sources.map((number) => monthsOf(documents[number].iso)).filter(Boolean);
  if (published.length) said.months = [Math.min(...published.map(([from]) => from)), Math.max(...published.map(([, to]) => to))];
}

const dated = everySaid.filter((said) => said.months);
const SPAN = dated.length ? [dated.reduce((least, { months }) => Math.min(least, months[0]), Infinity), dated.reduce((most, { months }) => Math.max(most, months[1]), 0)] : null;

function fitsTime({ months }) {
  if (!months) return state.undated || !state.time;
  return !state.time || (months[1] >= state.time[0] && months[0] <= state.time[1]);
}

/** Bars of how much is said of each time, and two sliders. */
function showTime() {
  one("#when").hidden = !SPAN || SPAN[0] === SPAN[1];
  if (one("#when").hidden) return;
  const [from, to] = state.time ?? SPAN;
  [["from", from], ["to", to]].forEach(([name, value], end) => {
    const input = one(`#when-${name}`);
    Object.assign(input, { min: SPAN[0], max: SPAN[1] });
    input.value = value;
    input.setAttribute("aria-valuetext", monthName(value));
    one(`#when-${name}-word`).textContent = `${end ? "to" : "from"} ${monthName(value)}`;
  });
  const bars = 24;
  const width = (SPAN[1] - SPAN[0] + 1) / bars;
  const open = dated.filter((said) => fits(said, "time"));
  const numbers = Array.from({ length: bars }, (_, bar) => {
    const [begin, end] = [SPAN[0] + bar * width, SPAN[0] + (bar + 1) * width];
    return open.filter((said) => said.months[1] >= Math.floor(begin) && said.months[0] < end).length;
  });
  const most = Math.max(1, ...numbers);
  const drawn = numbers.map((number, bar) => drawing("rect", { x: bar * 8, y: 32 - (30 * number) / most, width: 7, height: (30 * number) / most, fill: "currentColor" }));
  one("#when-bars").replaceChildren(drawing("svg", { viewBox: `0 0 ${bars * 8} 32`, "aria-hidden": "true", preserveAspectRatio: "none" }, ...drawn));
  one("#undated input").checked = state.undated;
  one("#undated .number").textContent = figures.format(everySaid.length - dated.length);
}

function startTime() {
  for (const name of ["from", "to"]) {
    one(`#when-${name}`).addEventListener("input", () => {
      const [from, to] = [Number(one("#when-from").value), Number(one("#when-to").value)];
      const range = name === "from" ? [from, Math.max(from, to)] : [Math.min(from, to), to];
      state.time = range[0] === SPAN[0] && range[1] === SPAN[1] ? null : range;
      changed();
    });
  }
  one("#undated input").addEventListener("change", (event) => {
    state.undated = event.target.checked;
    changed();
  });
}
