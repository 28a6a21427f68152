// The text that a document gave to the page, with quoted sentences and all names marked, opened at one sentence.

const reader = one("#reader");

async function openReader(source, item = null) {
  const parts = await passagesOf(source);
  const text = parts.length ? stretches(parts).map((each) => stretch(each, item)) : element("p", { class: "quiet" }, "Its text is not in this file.");
  reader.replaceChildren(readerHead(source), element("div", { class: "text", lang: source.lang }, text));
  reader.showModal();
  one("mark.here", reader)?.scrollIntoView({ block: "center" });
}

/** Passages that touch are one stretch of text. */
function stretches(parts) {
  const found = [];
  for (const passage of parts) {
    const last = found.at(-1)?.at(-1);
    if (last && passage.start <= last.start + [...last.text].length) found.at(-1).push(passage);
    else found.push([passage]);
  }
  return found;
}

function stretch(parts, item) {
  const whole = view.embed === "full" || parts[0].start === 0;
  return element("p", { dir: "auto" }, whole ? null : element("span", { class: "gap" }, "[…] "), ...parts.flatMap((passage) => passagePieces(passage, item)));
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
function passagePieces(passage, item) {
  const here = item && item.passage === passage ? item : null;
  const spans = quotedSpans(passage).filter(([start, end]) => !here || end <= here.at[0] || start >= here.at[1]);
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
  return [...pieces, ...withNames(passage, at, passage.text.length)];
}

/** A part of a passage, what is named in it underlined. */
function withNames({ text, names }, from, to) {
  const pieces = [];
  let at = from;
  for (let place = 0; place < names.length; place += 3) {
    const [start, end, entity] = names.slice(place, place + 3);
    if (start < at || end > to) continue;
    pieces.push(text.slice(at, start), element("span", { class: "named", title: plain(entities[entity].label) }, text.slice(start, end)));
    at = end;
  }
  return [...pieces, text.slice(at, to)];
}

const quotedSpans = ({ evidence }) => [...index(evidence, (item) => item.at.join()).values()].map(({ at }) => [...at]);
