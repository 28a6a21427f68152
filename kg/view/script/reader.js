// The text that a document gave to the page, with quoted sentences and all names marked, opened at one sentence.

const reader = one("#reader");

function openReader(source, item = null) {
  const parts = passages.filter((passage) => documents[passage.document] === source);
  const body = element("div", { class: "text" }, parts.length ? parts.map((passage) => passagePart(passage, item)) : element("p", { class: "quiet" }, "Its text is not in this file."));
  reader.replaceChildren(readerHead(source), body);
  reader.showModal();
  one("mark.here", reader)?.scrollIntoView({ block: "center" });
}

function readerHead(source) {
  const told = [source.author, source.publisher ?? "publisher unknown", source.date ?? "undated", source.note].filter(Boolean);
  return element(
    "header",
    {},
    element(
      "div",
      {},
      element("h2", { id: "reader-title" }, source.title),
      element("p", { class: "quiet" }, told.join(" · ")),
      source.url ? element("p", {}, element("a", { href: source.url, rel: "noreferrer noopener", target: "_blank" }, source.url)) : null,
    ),
    element("button", { class: "button", type: "button", click: () => reader.close() }, "Close"),
  );
}

/** A passage: all that is quoted from it marked lightly, the sentence in question strongly, with its two ends. */
function passagePart(passage, item) {
  const number = passages.indexOf(passage);
  const here = item && item.passage === number ? item : null;
  const spans = quotedSpans(number).filter(([start, end]) => !here || end <= here.at[0] || start >= here.at[1]);
  if (here) spans.push([...here.at, here]);
  spans.sort((p, q) => p[0] - q[0]);
  const pieces = [];
  let at = 0;
  for (const [start, end, chosen] of spans) {
    if (start < at) continue;
    pieces.push(...withNames(passage, at, start));
    pieces.push(element("mark", { class: chosen ? "here" : "quoted" }, chosen ? marked(chosen, start, end) : withNames(passage, start, end)));
    at = end;
  }
  const whole = view.embed === "full" || passage.start === 0;
  return element("p", {}, whole ? null : element("span", { class: "gap" }, "[…] "), ...pieces, withNames(passage, at, passage.text.length));
}

/** A stretch of a passage, what is named in it underlined. */
function withNames({ text, names = [] }, from, to) {
  const pieces = [];
  let at = from;
  for (const [start, end, entity] of names) {
    if (start < at || end > to) continue;
    pieces.push(text.slice(at, start), element("span", { class: "named", title: plain(entities[entity].label) }, text.slice(start, end)));
    at = end;
  }
  return [...pieces, text.slice(at, to)];
}

const quotedSpans = (number) => {
  const spans = [...statements, ...facts].flatMap((said) => said.evidence).filter((item) => item.passage === number);
  return [...new Map(spans.map((item) => [item.at.join(), item.at])).values()];
};
