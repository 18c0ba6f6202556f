"use strict";
// The reader's place, all of it in the link: page, choices, unit, and the figure looked at.

const Route = {
  path: [],
  query: new URLSearchParams(),
  unit: null,
  lang: null,

  read() {
    const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
    Route.path = path.split("/").filter(Boolean).map(decoded);
    Route.query = new URLSearchParams(query);
    Route.unit = Route.query.get("unit") ?? remembered("unit");
    Route.lang = Route.query.get("lang") ?? remembered("lang");
    Money.unit = Object.hasOwn(UNITS, Route.unit ?? "") ? Route.unit : "yuan";
  },

  get(name, otherwise = "") {
    return Route.query.get(name) ?? otherwise;
  },

  /** The same page with other choices; null takes one away. */
  with(changes) {
    const query = Object.fromEntries(Route.query);
    return link(Route.path, { ...query, ...changes });
  },

  go(changes) {
    location.hash = Route.with(changes);
  },

  /** The part of the link that the page is drawn from: all but the figure that is looked at. */
  get drawn() {
    return Route.with({ figure: null });
  },
};

/** A link to a page of the site. */
function link(path, query = {}) {
  const kept = Object.entries({ unit: Route.unit, lang: Route.lang, ...query })
    .filter(([, value]) => value !== null && value !== undefined && value !== "");
  const search = new URLSearchParams(kept).toString();
  return `#/${path.map(encodeURIComponent).join("/")}${search ? `?${search}` : ""}`;
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;  // a link that was cut short
  }
}

function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;  // a browser may refuse storage to a page opened from a file
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // the link carries the choice all the same
  }
}
