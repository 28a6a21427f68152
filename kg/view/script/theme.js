// Light and dark: the page's colours, as the style sheet defines them, for the canvas.

const COLOURS = "paper land ink ink-2 ink-3 line warn accent halo shore".split(" ");
let colours = {};

const isDark = () => document.documentElement.dataset.theme === "dark";
const colourOf = (type) => (isDark() ? type.dark : type.colour);

function readColours() {
  const computed = getComputedStyle(document.documentElement);
  colours = Object.fromEntries(COLOURS.map((name) => [name, computed.getPropertyValue(`--${name}`).trim()]));
}

function remembered() {
  try {
    return localStorage.getItem("kg-theme");
  } catch {
    return null; // a page from disk may have no storage
  }
}

function remember(theme) {
  try {
    localStorage.setItem("kg-theme", theme);
  } catch {
    // then it is chosen again next time
  }
}

/** Sets the theme of the page: what the reader chose before, what the page was made with, or what the system likes. */
function startTheme(onChange) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const made = document.documentElement.dataset.made;
  const set = (theme) => {
    document.documentElement.dataset.theme = theme;
    readColours();
  };
  set(remembered() ?? (made === "auto" ? (system.matches ? "dark" : "light") : made));
  one("#theme").addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    set(theme);
    remember(theme);
    onChange();
  });
  system.addEventListener("change", (event) => {
    if (remembered() || made !== "auto") return;
    set(event.matches ? "dark" : "light");
    onChange();
  });
}
