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
    return [
      t("来源：各单位公开的预算、决算文件，由本站读取；本页链接 {0}", location.href),
      t("数据发布于 {0}；金额为文件原数或原数之和，未作更正", Index.publishedAt),
      t("许可：原文件由各单位依法公开，权利属公布单位；整理与程序按 Apache License 2.0 提供"),
    ];
  },

  /** Hand a table to the reader as a file in UTF-8 with a byte-order mark. */
  save(name, heads, rows) {
    const lines = [heads, ...rows, [], ...Csv.origin().map((text) => [text])];
    const text = lines.map((line) => line.map(Csv.cell).join(",")).join("\r\n");
    const url = URL.createObjectURL(new Blob([`\ufeff${text}\r\n`], { type: "text/csv;charset=utf-8" }));
    h("a", { href: url, download: `${name}-${Index.publishedAt.slice(0, 10)}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  },
};
