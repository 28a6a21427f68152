// The few ways in which the page is changed: elements with attributes and text, never markup.

const one = (selector, within = document) => within.querySelector(selector);

/** Sets attributes; a function becomes a listener, true an empty attribute, null and false none. */
function dress(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  return node;
}

/** An HTML element; children are nodes or texts, null ones are left out. */
function element(name, attributes = {}, ...children) {
  const node = dress(document.createElement(name), attributes);
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) node.append(child instanceof Node ? child : plain(child));
  }
  return node;
}

/** An SVG element. */
function drawing(name, attributes = {}, ...children) {
  const node = dress(document.createElementNS("http://www.w3.org/2000/svg", name), attributes);
  node.append(...children);
  return node;
}

/** Tells those who listen to the page rather than look at it. */
const announce = (text) => {
  one("#live").textContent = plain(text);
};

/** Tells everybody, for a while. */
function tellBriefly(text) {
  announce(text);
  const note = one("#note");
  note.textContent = plain(text);
  note.hidden = false;
  clearTimeout(tellBriefly.waiting);
  tellBriefly.waiting = setTimeout(() => (note.hidden = true), 6000);
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
