// Search: names, other spellings, relations and the words of the sentences.

const box = one("#search");
const results = one("#results");
const MOST = 20;
let hits = [];
let current = -1;

const named = entities.map((entity) => ({ entity, name: fold(entity.label), others: entity.aliases.map(fold) }));

/** What fits, the best first: names that begin so, names, other spellings, relations, sentences. */
function find(typed) {
  const wanted = fold(typed.trim());
  if (!wanted) return [];
  const byName = named.filter(({ name }) => name.startsWith(wanted));
  const inName = named.filter(({ name }) => !name.startsWith(wanted) && name.includes(wanted));
  const alias = named.filter(({ name, others }) => !name.includes(wanted) && others.some((other) => other.includes(wanted)));
  const found = [...byName, ...inName, ...alias].slice(0, MOST).map(({ entity, others }) => {
    const at = others.findIndex((other) => other.includes(wanted));
    const note = fold(entity.label).includes(wanted) ? types[entity.type].label : `“${entity.aliases[at]}”`;
    return { target: { kind: "entity", item: entity }, entity, text: entity.label, note };
  });
  return [...found, ...findSaid(wanted, MOST - found.length)];
}

function findSaid(wanted, most) {
  const found = [];
  for (const said of [...statements, ...facts]) {
    if (found.length >= most) break;
    const item = said.evidence.find((each) => fold(quoted(each)).includes(wanted));
    const value = said.value && fold(said.value).includes(wanted);
    if (!item && !value && !fold(said.relation).includes(wanted)) continue;
    const text = [said.subject.label, relationWord(said), said.object?.label ?? said.value].join(" ");
    found.push({ target: targetOf(said), text, note: item ? "in a sentence" : "statement" });
  }
  return found;
}

const targetOf = (said) => (said.line ? { kind: "line", item: said.line, statement: said } : { kind: "entity", item: said.subject });

function showResults() {
  hits = find(box.value);
  const typed = box.value.trim() !== "";
  results.replaceChildren(...hits.map(resultRow));
  if (typed && !hits.length) results.append(element("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No match"));
  results.hidden = !typed;
  box.setAttribute("aria-expanded", String(typed));
  if (typed) announce(hits.length ? count(hits.length, "result") : "No match");
  mark(hits.length ? 0 : -1);
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
  const was = hit.entity ? reveal(hit.entity) : false;
  const from = state.pathFrom;
  go(from && hit.entity && hit.entity !== from ? pathTo(from, hit.entity) : hit.target);
  forgetPath();
  if (was) announce(`${hit.text} was hidden by the filters; all is shown again.`);
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
