"use strict";
// Elements made of text: nothing that comes from a document is ever parsed as HTML.

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
 * @param {{caption: any, heads: any[], rows: any[], className?: string, empty?: string}} table
 */
function tableOf({ caption, heads, rows, className, empty }) {
  if (!rows.length) return h("p", { class: "soft" }, empty ?? t("没有内容。"));
  const head = (one) => h("th", { scope: "col", class: one.class }, one.text ?? one);
  const row = (one) => {
    const { cells, ...attributes } = Array.isArray(one) ? { cells: one } : one;
    return h("tr", attributes, cells.map((cell, at) => {
      const { content, ...rest } = cell && cell.content !== undefined ? cell : { content: cell };
      return h(at ? "td" : "th", { scope: at ? null : "row", ...rest }, content);
    }));
  };
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", { class: className },
      h("caption", {}, caption, Csv.button()),
      h("thead", {}, h("tr", {}, heads.map(head))),
      h("tbody", {}, rows.map(row))));
}

/** A choice among options, each a [value, text]. */
function choice(label, options, chosen, onchoose) {
  return h("label", { class: "choice" }, label,
    h("select", { onchange: (event) => onchoose(event.target.value) },
      options.map(([value, text]) =>
        h("option", { value, selected: String(value) === String(chosen) }, text))));
}
