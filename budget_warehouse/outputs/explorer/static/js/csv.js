"use strict";
// A table as a file for a spreadsheet: exact figures, and where they are from.

const Csv = {
  /** An amount in yuan with its two places, without separators. */
  yuan(fen) {
    if (fen === null || fen === undefined) return "";
    const digits = String(fen).replace("-", "").padStart(3, "0");
    return `${String(fen).startsWith("-") ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  },

  /** A value in a cell; a text that a spreadsheet would run has an apostrophe before it. */
  cell(value) {
    const text = String(value ?? "");
    const quiet = /^-?\d+(\.\d+)?$/.test(text) ? text : text.replace(/^(?='*[=+\-@\t\r])/, "'");
    return /[",\r\n]/.test(quiet) ? `"${quiet.replaceAll('"', '""')}"` : quiet;
  },

  /** The lines below a table: where its figures are from, as of which day, and on what terms. */
  origin() {
    const about = Route.path[0] === "disclosure" ? Disclosure.loaded.get(Route.path[1])?.about : null;
    return [
      ...(about ? [t("文件：{0}；公开日期：{1}；公开网址：{2}", about.source_document ?? t("未注明"), about.published_on ?? t("未注明"), about.source_url ?? t("未注明"))] : []),
      t("来源：各单位公开的预算、决算文件，由本站读取；本页链接 {0}", location.href),
      t("数据发布于 {0}；金额为文件原数或原数之和，未作更正", Index.publishedAt),
      t("许可：原文件由各单位依法公开，权利属公布单位；整理与程序按 Apache License 2.0 提供"),
    ];
  },

  /** Hand a table to the reader as a file in UTF-8 with a byte-order mark. */
  save(name, heads, rows) {
    const lines = [heads, ...rows, [], ...Csv.origin().map((text) => [text])];
    const text = lines.map((line) => line.map(Csv.cell).join(",")).join("\r\n");
    saveFile(new Blob([`\ufeff${text}\r\n`], { type: "text/csv;charset=utf-8" }), `${fileName(name)}.csv`);
  },

  /** A table of the page as a file: what it shows, every figure exact and in its unit. */
  saveTable(table) {
    const [heads, ...rows] = Csv.linesOf(table);
    Csv.save(Csv.shown(table.caption), heads, rows);
  },

  /** The lines of a table, its heads first, and below them what it is called and its unit. */
  linesOf(table) {
    const rows = [...table.rows].filter((row) => !row.matches(".detail"));
    return [...rows.map((row) => [...row.cells].map(Csv.shown)), [], [Csv.shown(table.caption)]];
  },

  /** The text of a cell, without the marks beside its figure; a figure without separators. */
  shown(cell) {
    const copy = cell.cloneNode(true);
    for (const one of copy.querySelectorAll(".rounded")) one.replaceWith(one.dataset.exact);
    for (const one of copy.querySelectorAll(`.mark, .tick, .hidden, button${cell.matches(".amount") ? ", small" : ""}`)) one.remove();
    for (const one of copy.querySelectorAll("small, div")) one.prepend(" ");
    const text = copy.textContent.trim().replace(/\s+/g, " ");
    return /^[+-]?\d{1,3}(,\d{3})*(\.\d+)?$/.test(text) && !cell.matches(".printed") ? text.replace(/[+,]/g, "") : text;
  },

  /** The button of a table that writes it to a file. */
  button() {
    return h("button", { class: "take", type: "button", title: t("把本表存为 CSV 文件"), onclick: ({ target }) => Csv.saveTable(target.closest("table")) }, "CSV");
  },
};
