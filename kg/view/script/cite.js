// What a writer takes along of one sentence or statement: a citation, or Turtle that any RDF tool reads.

/** A sentence as it is cited: quote, who claims it, title, publisher, date, address, place. */
function citation(item) {
  const { title, publisher, author, date, url } = documents[item.document];
  const how = reserves(item).map((each) => each.textContent).join(", ");
  const from = [author, `“${title}”`, publisher, date ?? "undated", url].filter(Boolean).join(", ");
  return `“${quoted(item)}”${how ? ` (${how})` : ""} — ${from}, characters ${charsOf(item).join("–")}.`;
}

const escaped = (text, unsafe) =>
  text.replace(unsafe, (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
const iri = (text) => (text.startsWith("_:") ? text : `<${escaped(text, /[\u0000-\u0020<>"{}|^`\\]/g)}>`);
const literal = (text) => `"${escaped(text, /[\u0000-\u001f"\\]/g)}"`;

/** The object of a statement or fact: an IRI, or a literal with its language or datatype. */
function termOf(said) {
  if (said.object) return iri(iriOf(said.object.id));
  const term = said.columns.object[said.row];
  if (typeof term === "string") return iri(term);
  const [text, datatype, language] = term;
  return literal(text) + (language ? `@${language}` : datatype.endsWith("#string") ? "" : `^^${iri(datatype)}`);
}

/** Where the page shows a statement; of a page from disk nothing, since its address tells of the reader's folders. */
async function seeAlso(said) {
  if (!location.protocol.startsWith("http")) return null;
  const parts = new URLSearchParams({ s: await idOf(said), of: said.subject.id });
  return `rdfs:seeAlso ${iri(`${location.href.split("#")[0]}#${parts}`)}`;
}

/** A statement with its sentences as Turtle: the plain triple only if some source states it. */
async function turtle(said) {
  await told([said]);
  const [subject, predicate, object] = [iri(iriOf(said.subject.id)), iri(view.predicates[said.p]), termOf(said)];
  const plainly = !said.evidence.length || said.evidence.some((item) => !item.stance.length);
  const places = said.evidence.map((item) => iri(`${documents[item.document].iri}#char=${charsOf(item).join()}`));
  const node = [
    `${iri(`${view.base}statement/${await idOf(said)}`)} a rdf:Statement`,
    `rdf:subject ${subject}`, `rdf:predicate ${predicate}`, `rdf:object ${object}`,
    places.length ? `prov:wasDerivedFrom ${places.join(" , ")}` : null,
    await seeAlso(said),
  ];
  const sentencesToo = said.evidence.map((item, number) =>
    [`${places[number]} oa:exact ${literal(quoted(item))}`, `oa:hasSource ${iri(documents[item.document].iri)}`, ...item.stance.map((word) => `kg:stance ${literal(word)}`)].join(" ;\n    ") + " .",
  );
  return [
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .",
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
    "@prefix prov: <http://www.w3.org/ns/prov#> .",
    "@prefix oa: <http://www.w3.org/ns/oa#> .",
    `@prefix kg: ${iri(`${view.base}ontology#`)} .`,
    "",
    ...(plainly ? [`${subject} ${predicate} ${object} .`] : []),
    `${node.filter(Boolean).join(" ;\n    ")} .`,
    ...unique(sentencesToo),
    "",
  ].join("\n");
}

/** A button that copies a text, and says so. */
function copier(word, text) {
  const button = element("button", { class: "link", type: "button" }, word);
  button.addEventListener("click", async () => {
    await copyText(await text());
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = word), 2000);
  });
  return button;
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    announce("Copied");
  } catch {
    prompt("To copy", text); // a page from disk may not reach the clipboard
  }
}
