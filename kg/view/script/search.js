// Search: names, other spellings, relations and the words of the sentences.

const box = one("#search");
const results = one("#results");
const MOST = 20;
let hits = [];
let current = -1;
let searching = 0; // which search is the last

/** Names and other spellings as they are compared; folded at once, which is much faster than one by one. */
const namesFolded = once(() => fold(entities.map(({ label }) => label.replaceAll("\n", " ")).join("\n")).split("\n"));
const aliasesFolded = once(() => entities.filter(({ aliases }) => aliases.length).map((entity) => ({ entity, others: entity.aliases.map(fold) })));

/** Which entities fit, the best first: names that begin so, names, other spellings. */
function findNamed(wanted) {
  const [first, then] = [[], []];
  const list = namesFolded();
  for (let number = 0; number < list.length && first.length < MOST; number += 1) {
    const at = list[number].indexOf(wanted);
    if (at >= 0) (at === 0 ? first : then).push({ entity: entities[number] });
  }
  const found = [...first, ...then];
  if (found.length < MOST) {
    for (const { entity, others } of aliasesFolded()) {
      const at = others.findIndex((other) => other.includes(wanted));
      if (at >= 0 && !list[entity.number].includes(wanted)) found.push({ entity, alias: entity.aliases[at] });
    }
  }
  return found.slice(0, MOST).map(({ entity, alias }) => ({
    target: { kind: "entity", item: entity }, entity, text: entity.label, note: alias ? `“${alias}”` : types[entity.type].label,
  }));
}

/** Which statements fit: by relation and value first, then by the words of their sentences, shard after shard. */
async function* findSaid(wanted) {
  const fitting = new Set(view.relations.flatMap((relation, number) => (fold(relation).includes(wanted) ? [number] : [])));
  const seen = new Set();
  for (const said of everySaid) {
    if (!fitting.has(said.p) && !(said.value && fold(said.value).includes(wanted))) continue;
    seen.add(said);
    yield hitOf(said, "statement");
  }
  for (let number = 0; number < SHARDS.length; number += 1) {
    await shard(number);
    for (const passage of passages) {
      if (passage?.shard !== number || !fold(passage.text).includes(wanted)) continue;
      for (const item of passage.evidence) {
        if (seen.has(item.said) || !fold(quoted(item)).includes(wanted)) continue;
        seen.add(item.said);
        yield hitOf(item.said, "in a sentence");
      }
    }
  }
}

const hitOf = (said, note) => ({ target: targetOf(said), text: [said.subject.label, relationWord(said), said.end].join(" "), note });

const targetOf = (said) => (said.line ? { kind: "line", item: said.line, statement: said } : { kind: "entity", item: said.subject });

/** Shows what fits the names at once, and then the statements as they are found. */
async function showResults() {
  const wanted = fold(box.value.trim());
  const turn = (searching += 1);
  hits = wanted ? findNamed(wanted) : [];
  const put = (over) => {
    const none = over ? "No match" : "…";
    results.replaceChildren(...hits.map(resultRow));
    if (wanted && !hits.length) results.append(element("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, none));
    mark(hits.length ? clamp(current, 0, hits.length - 1) : -1);
  };
  current = 0;
  results.hidden = !wanted;
  box.setAttribute("aria-expanded", String(Boolean(wanted)));
  put(false);
  if (!wanted) return;
  if (hits.length < MOST) {
    for await (const hit of findSaid(wanted)) {
      if (turn !== searching) return;
      hits.push(hit);
      if (hits.length >= MOST) break;
    }
  }
  if (turn !== searching) return;
  put(true);
  announce(hits.length ? count(hits.length, "result") : "No match");
}

const resultRow = (hit, number) =>
  element(
    "li",
    { role: "option", id: `result-${number}`, "aria-selected": "false", mousedown: (event) => event.preventDefault(), click: () => take(number) },
    hit.entity ? glyph(types[hit.entity.type]) : null,
    element("span", { class: "word" }, hit.text),
    element("span", { class: "quiet" }, hit.note),
  );

function mark(number) {
  current = number;
  [...results.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === number)));
  if (number < 0) box.removeAttribute("aria-activedescendant");
  else {
    box.setAttribute("aria-activedescendant", `result-${number}`);
    results.children[number].scrollIntoView({ block: "nearest" });
  }
}

function closeResults() {
  results.hidden = true;
  box.setAttribute("aria-expanded", "false");
}

function take(number) {
  const hit = hits[number];
  if (!hit) return;
  closeResults();
  const from = state.pathFrom;
  go(from && hit.entity && hit.entity !== from ? pathTo(from, hit.entity) : hit.target);
  forgetPath();
  stage.focus({ preventScroll: true });
}

function forgetPath() {
  state.pathFrom = null;
  box.placeholder = "Search";
}

function startSearch() {
  box.addEventListener("input", showResults);
  box.addEventListener("focus", () => box.value.trim() && showResults());
  box.addEventListener("blur", () => {
    closeResults();
    forgetPath();
  });
  box.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && hits.length) mark((current + moves[event.key] + hits.length) % hits.length);
    else if (event.key === "Enter") take(current);
    else if (event.key === "Escape") {
      box.value = "";
      closeResults();
      box.blur();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
}
