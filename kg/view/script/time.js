// When: of a dated fact its own date, of a statement the dates of its event, else those of the articles that say it.

/** A date of ISO 8601 as its first and last month, counted from year 0; a year spans its months. */
function monthsOf(iso) {
  const found = /^(\d{4})(?:-(\d\d))?/.exec(iso ?? "");
  if (!found) return null;
  const [year, month] = [Number(found[1]), found[2] ? Number(found[2]) - 1 : null];
  return month === null ? [12 * year, 12 * year + 11] : [12 * year + month, 12 * year + month];
}

const monthName = (month) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;

/** The months from the first to the last of these. */
function spanOf(all) {
  if (all.length < 2) return all[0] ?? null;
  return [all.reduce((least, [from]) => Math.min(least, from), Infinity), all.reduce((most, [, to]) => Math.max(most, to), 0)];
}

const isEvent = types.map(({ name }) => name === "Event");
for (const source of documents) source.months = monthsOf(source.iso);

function monthsFor(said) {
  if (monthsOf(said.iso)) return monthsOf(said.iso);
  const events = said.object ? [said.subject, said.object].filter(({ type }) => isEvent[type]) : NONE;
  const own = events.flatMap((entity) => entity.facts).map(({ iso }) => monthsOf(iso)).filter(Boolean);
  return spanOf(own) ?? spanOf(said.sources.map((number) => documents[number].months).filter(Boolean));
}

/* Worked out when first needed: on a large page it takes a moment. */
const dated = once(() => everySaid.filter((said) => said.months));
const timeSpan = once(() => spanOf(dated().map(({ months }) => months)));
const hasDates = Object.keys(view.facts.iso).length > 0 || documents.some(({ months, statements: said }) => months && said);

function fitsTime({ months }) {
  if (!months) return state.undated;
  return !state.time || (months[1] >= state.time[0] && months[0] <= state.time[1]);
}

/** Bars of how much is said of each time, and two sliders. */
function showTime() {
  one("#when").hidden = !hasDates;
  if (!one("#when").open || !hasDates) return;
  const span = timeSpan();
  const [from, to] = state.time ?? span;
  [["from", from], ["to", to]].forEach(([name, value], end) => {
    const input = one(`#when-${name}`);
    Object.assign(input, { min: span[0], max: span[1] });
    input.value = value;
    input.setAttribute("aria-valuetext", monthName(value));
    one(`#when-${name}-word`).textContent = `${end ? "to" : "from"} ${monthName(value)}`;
  });
  const bars = 24;
  const width = (span[1] - span[0] + 1) / bars;
  const bar = (month) => clamp(Math.floor((month - span[0]) / width), 0, bars - 1);
  const numbers = new Array(bars).fill(0);
  const fits = fitting("time");
  for (const said of dated()) {
    if (!fits(said.number)) continue;
    for (let place = bar(said.months[0]); place <= bar(said.months[1] + 0.999); place += 1) numbers[place] += 1;
  }
  const most = Math.max(1, ...numbers);
  const drawn = numbers.map((number, place) => drawing("rect", { x: place * 8, y: 32 - (30 * number) / most, width: 7, height: (30 * number) / most, fill: "currentColor" }));
  one("#when-bars").replaceChildren(drawing("svg", { viewBox: `0 0 ${bars * 8} 32`, "aria-hidden": "true", preserveAspectRatio: "none" }, ...drawn));
  one("#undated input").checked = state.undated;
  const undated = everySaid.filter((said) => !said.months && fits(said.number));
  one("#undated .number").textContent = figures.format(undated.length);
}

function startTime() {
  for (const name of ["from", "to"]) {
    one(`#when-${name}`).addEventListener("input", () => {
      const [from, to] = [Number(one("#when-from").value), Number(one("#when-to").value)];
      const range = name === "from" ? [from, Math.max(from, to)] : [Math.min(from, to), to];
      const span = timeSpan();
      state.time = range[0] === span[0] && range[1] === span[1] ? null : range;
      changed();
    });
  }
  one("#undated input").addEventListener("change", (event) => {
    state.undated = event.target.checked;
    changed();
  });
}
