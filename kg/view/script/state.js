// What the reader has chosen. Everything that is shown follows from this and the data.

const state = {
  chosen: null, // { kind: "entity" | "line" | "dispute" | "path", item, statement? }
  hovered: null, // an entity
  hiddenTypes: new Set(), // names of types
  hiddenGroups: new Set(), // ids of their main figures, "" for what is in none
  hiddenRelations: new Set(), // words of relations
  hiddenDocuments: new Set(), // ids
  status: "all",
  least: 1, // sentences that a statement needs
  sure: 0, // how probable its surest sentence must be
  time: null, // [first month, last month]
  undated: true, // whether what has no date passes the filter of time
  around: [], // entities that are shown with their neighbours only, each time it stands here with some more
  list: false, // tables instead of the picture
  pathFrom: null, // where the way begins whose end is being looked for
  loose: view.showLoose, // whether entities without lines are shown
  groups: true, // whether the land of groups is drawn
  ready: false,
};
