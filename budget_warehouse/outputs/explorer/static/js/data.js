"use strict";
// The parts of the data, each a script that is added when a page first needs it.

const Data = {
  parts: new Map(),
  handed: new Map(),

  /** Called by the part itself. */
  receive(name, text) {
    Data.handed.set(name, { part: JSON.parse(text), hasEnglish: false });
  },

  /** Called by a large part, which is gzip in base64. */
  receivePacked(name, packed) {
    Data.handed.set(name, { packed, hasEnglish: false });
  },

  /** Called by a part whose English texts are another part. */
  receiveEnglishOf(name) {
    Data.handed.get(name).hasEnglish = true;
  },

  load(name) {
    if (!Data.parts.has(name)) {
      const path = name.split("/").map(encodeURIComponent).join("/");
      const part = script(`data/${path}.js`).then(async () => {
        const handed = Data.handed.get(name);
        if (handed.packed) handed.part = JSON.parse(await unpacked(handed.packed));
        if (handed.hasEnglish && Language.name === "en") translate(handed.part, await Data.load(`english/${name}`));
        return handed.part;
      });
      Data.parts.set(name, part);
    }
    return Data.parts.get(name);
  },

  /** Load a part of a disclosure, whose file is named by the disclosure. */
  loadOf(id, kind) {
    return Data.load(`${kind}/${id.replaceAll("%", "%25").replaceAll("/", "%2F")}`);
  },
};

/** Put English into the tables of a part: the same rows, of some columns. */
function translate(part, english) {
  const tables = Array.isArray(english.columns) ? [[part, english]] : Object.entries(english).map(([name, table]) => [part[name], table]);
  for (const [table, { columns, rows }] of tables) {
    for (const [at, column] of columns.entries()) {
      const place = table.columns.indexOf(column);
      rows.forEach((row, number) => { table.rows[number][place] = row[at] ?? table.rows[number][place]; });
    }
  }
}

async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

function script(source) {
  return new Promise((resolve, reject) => {
    document.head.append(h("script", {
      src: source,
      onload: resolve,
      onerror: () => reject(new Error(t("无法读取 {0}", source))),
    }));
  });
}

/** The rows of a table as objects. */
function records({ columns, rows }) {
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
}

/** Rows by the value of a column, in the order of first appearance. */
function grouped(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const value = key(row);
    if (!groups.has(value)) groups.set(value, []);
    groups.get(value).push(row);
  }
  return groups;
}

/** The index: what every page needs. */
const Index = {
  async load() {
    if (Index.disclosures) return;
    const index = await Data.load("index");
    Index.labels = new Map(
      records(index.labels).map(({ kind, name, label_zh }) => [`${kind} ${name}`, label_zh]));
    Index.kinds = grouped(records(index.labels), (row) => row.kind);
    Index.regions = new Map(records(index.regions).map((row) => [row.region_code, row]));
    Index.organizations = publishing(index);
    Index.rules = records(index.rules);
    Index.rule = new Map(Index.rules.map((rule) => [rule.rule_code, rule]));
    Index.precision = new Map(records(index.precisions).map((row) => [row.rule_code, row]));
    Index.years = records(index.years);
    Index.projectYears = index.project_years;
    Index.context = records(index.context);
    Index.publishedAt = index.published_at;
    Index.disclosures = listed(index);
    Index.disclosure = new Map(Index.disclosures.map((row) => [row.disclosure_id, row]));
  },
};

/** The organizations with their numbers and those of their departments, and their places' names. */
function publishing({ organizations }) {
  const rows = records(organizations);
  for (const row of rows) {
    row.organization_id ??= `${row.region_code ?? ""}-${row.organization_name}`;
    row.region_name = Index.regions.get(row.region_code)?.region_name ?? null;
  }
  for (const row of rows) row.parent_organization_id = rows[row.parent_organization_id]?.organization_id ?? null;
  return rows;
}

/** The short rows of the index, with the words, flags and other rows that they stand for. */
function listed({ disclosures, words, flags }) {
  const rows = records(disclosures);
  for (const row of rows) {
    row.organization = Index.organizations[row.organization_id];
    row.department_disclosure_id = rows[row.department_disclosure_id]?.disclosure_id ?? null;
    for (const [name, values] of Object.entries(words)) row[name] = values[row[name]] ?? null;
    flags.forEach((name, bit) => { row[name] = Boolean(row.flags & (1 << bit)); });
  }
  return rows;
}

/** Put into each row of the index how its rules came out, which only some pages need. */
async function withOutcomes() {
  for (const { disclosure_id, outcomes } of records(await Data.load("outcomes"))) Index.disclosures[disclosure_id].outcomes = outcomes;
}

function label(kind, name) {
  return Index.labels.get(`${kind} ${name}`) ?? name ?? "";
}

/** The name of a table in documents of a stage. */
function tableLabel(stage, name) {
  return Index.labels.get(`${stage}_table ${name}`) ?? label("table", name);
}

/** A rule's statement, with the titles that a document of a stage has. */
function statementOf(rule, stage) {
  return rule?.[`${stage}_statement`] ?? rule?.statement;
}

/** 上海市财政局2025年度单位年初预算 */
function titleOf(row) {
  const name = row.organization.organization_name;
  const revision = row.revision > 1 ? t("（第{0}版）", row.revision) : "";
  return t("{0}{1}年度{2}{3}{4}", name, row.fiscal_year, label("scope", row.scope), label("stage", row.stage), revision);
}
