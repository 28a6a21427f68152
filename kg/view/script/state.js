// What the reader has chosen. Everything that is shown follows from this and the data.

const state = {
  chosen: null, // { kind: "entity" | "line" | "dispute", item, statement? }
  hovered: null, // an entity
  hiddenTypes: new Set(), // names of types
  status: "all",
  loose: view.showLoose, // whether entities without lines are shown
  groups: true,
  ready: false,
};
