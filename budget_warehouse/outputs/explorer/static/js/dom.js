"use strict";
// Elements made of text: nothing that comes from a document is ever parsed as HTML.

const PHONE = matchMedia("(max-width: 46rem)");

/** An element with attributes (`on…` are listeners; null and false are left out) and children. */
function h(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  append(made, children);
  return made;
}

function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    if (child instanceof Node) parent.append(child);
    else if (child instanceof Amount) parent.append(child.element);
    else if (parent instanceof HTMLOptionElement) {  // holds no elements
      parent.append(String(child));
      if (Language.name !== "zh" && String(child).match(CHINESE)) parent.lang = "zh";
    }
    else parent.append(...spoken(String(child)));
  }
}

/**
 * A table: heads are texts or {text, class}; a row is a list of cells or {cells, …attributes}.
 * On a phone it starts with what is looked for first, unless it stands as printed.
 * @param {{caption: any, heads: any[], rows: any[], className?: string, empty?: string, isPrinted?: boolean}} table
 */
function tableOf({ caption, heads, rows, className, empty, isPrinted }) {
  if (!rows.length) return h("p", { class: "soft" }, empty ?? t("没有内容。"));
  if (PHONE.matches && !isPrinted) [heads, rows] = forPhone(heads, rows);
  const head = (one) => h("th", { scope: "col", class: one.class }, one.text ?? one);
  const row = (one) => {
    const { cells, ...attributes } = Array.isArray(one) ? { cells: one } : one;
    return h("tr", attributes, cells.map((cell, at) => {
      const { content, ...rest } = cell && cell.content !== undefined ? cell : { content: cell };
      return h(at ? "td" : "th", { scope: at ? null : "row", ...rest }, content);
    }));
  };
  return sideways(h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", { class: className },
      h("caption", {}, caption, Csv.button()),
      h("thead", {}, h("tr", {}, heads.map(head))),
      h("tbody", {}, rows.map(row)))));
}

/** Say above a table that it scrolls sideways, where it does. */
function sideways(scroll) {
  scroll.prepend(h("p", { class: "sideways", "aria-hidden": "true" }, t("左右滑动可看其余各栏")));
  new ResizeObserver(() => scroll.classList.toggle("wide", scroll.scrollWidth > scroll.clientWidth + 1)).observe(scroll);
  return scroll;
}

/** Columns and rows with the total first and the newest year first, as a narrow screen shows them. */
function forPhone(heads, rows) {
  const words = heads.map((one) => wordsOf(one.text ?? one));
  const totals = [t("合计"), t("占比")].map((text) => words.indexOf(text)).filter((at) => at > 0);
  const years = words.flatMap((text, at) => (yearOf(text) ? [at] : []));
  const newest = [...years].sort((one, other) => yearOf(words[other]) - yearOf(words[one]));
  const order = [0, ...totals, ...words.keys()].filter((at, place, all) => all.indexOf(at) === place)
    .map((at) => (years.includes(at) ? newest[years.indexOf(at)] : at));
  const cellsOf = (row) => (Array.isArray(row) ? row : row.cells);
  const arranged = (row) => {
    const cells = order.map((at) => cellsOf(row)[at]);
    return Array.isArray(row) ? cells : { ...row, cells };
  };
  const first = (row) => wordsOf(cellsOf(row)[0]?.content ?? cellsOf(row)[0]);
  const isTotal = (row) => Number(String(row.class ?? "").split(" ").includes("level-total"));
  const sorted = rows.every((row) => yearOf(first(row)))
    ? [...rows].sort((one, other) => yearOf(first(other)) - yearOf(first(one)))
    : [...rows].sort((one, other) => isTotal(other) - isTotal(one));
  return [order.map((at) => heads[at]), sorted.map(arranged)];
}

function wordsOf(content) {
  const [one] = [content].flat(Infinity);
  return one instanceof Node ? one.textContent : String(one ?? "");
}

/** The year that a text is, in either language; 0 where it is something else. */
function yearOf(text) {
  return Number(/^(\d{4})(?:\D|$)/.exec(text)?.[1] ?? 0) && text.length <= 5 ? Number(text.slice(0, 4)) : 0;
}

/** A choice among options, each a [value, text]. */
function choice(label, options, chosen, onchoose) {
  return h("label", { class: "choice" }, label,
    h("select", { onchange: (event) => onchoose(event.target.value) },
      options.map(([value, text]) =>
        h("option", { value, selected: String(value) === String(chosen) }, text))));
}
