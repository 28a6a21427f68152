// What the reader has chosen. Everything that is shown follows from this and the data.

const state = {
  chosen: null, // { kind: "entity" | "line" | "dispute" | "path", item, statement? }
  hovered: null, // an entity
  hiddenTypes: new Set(), // names of types
  hiddenRelations: new Set(), // words of relations
  hiddenDocuments: new Set(), // ids
  status: "all",
  least: 1, // sentences that a statement needs
  sure: 0, // how probable its surest sentence must be
  time: null, // [first month, last month]
  undated: true, // whether what has no date passes the filter of time
  alone: null, // an entity that is shown with its neighbours only
  list: false, // tables instead of the picture
  pathFrom: null, // where the way begins whose end is being looked for
  loose: view.showLoose, // whether entities without lines are shown
  groups: true,
  ready: false,
};
