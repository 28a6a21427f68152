"use strict";
// YASGUI over this server alone. Its look-ups to the web (vocabularies, prefixes, other endpoints) are off, and the
// content security policy would not let them through.
const place = document.getElementById("yasgui");
const known = document.getElementById("known");
const { Yasgui: Editor } = typeof Yasgui.Yasgui === "function" ? Yasgui : { Yasgui: Yasgui.default ?? Yasgui };
const endpoint = `${location.origin}/sparql`;
const prefixes = JSON.parse(place.dataset.prefixes);
const first = "SELECT ?type (COUNT(*) AS ?count) WHERE {\n  ?thing a ?type\n} GROUP BY ?type ORDER BY DESC(?count)";

Object.assign(Editor.Yasqe.defaults, { autocompleters: ["prefixes", "variables"], prefixCcApi: null, value: first });
for (const [name, completer] of Object.entries(Editor.Yasqe.Autocompleters ?? {})) {
  if (name === "prefixes") completer.get = async () => Object.entries(prefixes).map(([key, iri]) => `${key}: <${iri}>`);
}
Editor.Yasr.defaults.prefixes = prefixes;

window.kg = new Editor(place, {
  requestConfig: { endpoint },
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  copyEndpointOnNewTab: true,
  corsProxy: undefined,
  persistenceId: `kg_${location.port}`,
});
known.addEventListener("change", () => {
  if (!known.value) return;
  const query = window.kg.getTab().getYasqe();
  query.setValue(known.value);
  // the server knows them, but the editor would mark what it was not told of
  query.addPrefixes(Object.fromEntries(Object.entries(prefixes).filter(([name]) => RegExp(`\\b${name}:`).test(known.value))));
});
