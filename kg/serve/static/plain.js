"use strict";
// The plain editor: asks this server alone, and shows what comes back as text, never as markup.
const $ = (id) => document.getElementById(id);
const shown = document.createElement("table");

const cell = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
const row = (tag, texts) => {
  const line = document.createElement("tr");
  line.append(...texts.map((text) => cell(tag, text)));
  return line;
};

const table = ({ head, results, boolean }) => {
  if (boolean !== undefined) return cell("p", boolean ? "Yes" : "No");
  const body = document.createElement("tbody");
  body.append(...results.bindings.map((each) => row("td", head.vars.map((name) => each[name]?.value ?? ""))));
  const top = document.createElement("thead");
  top.append(row("th", head.vars));
  shown.replaceChildren(top, body);
  return shown;
};

const run = async () => {
  $("state").textContent = "…";
  const started = performance.now();
  try {
    const answer = await fetch("/sparql", {
      method: "POST",
      headers: { Accept: "application/sparql-results+json, text/turtle", "Content-Type": "application/sparql-query" },
      body: $("query").value,
    });
    const solutions = answer.headers.get("Content-Type").startsWith("application/sparql-results+json");
    const found = solutions ? await answer.json() : await answer.text();
    $("answer").replaceChildren(solutions ? table(found) : cell("pre", found));
    const rows = found.results ? `${found.results.bindings.length} rows, ` : "";
    $("state").textContent = answer.ok ? `${rows}${Math.round(performance.now() - started)} ms` : `status ${answer.status}`;
  } catch (error) {
    $("state").textContent = `no answer: ${error.message}`;
  }
};

$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
$("query").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
});
$("known").addEventListener("change", () => {
  if ($("known").value) $("query").value = $("known").value;
});
const asked = new URLSearchParams(location.search || location.hash.slice(1)).get("query");
if (asked) $("query").value = asked;
