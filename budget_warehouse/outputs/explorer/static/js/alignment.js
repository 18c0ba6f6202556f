"use strict";
// Two functional trees beside each other: codes that were renumbered between them are followed.

const LEVELS = { class: 3, section: 5, item: 7 };
const SPENT = ["total", "basic", "project"];

const Alignment = {
  /**
   * The nodes of two documents in the codes of the later one, as the warehouse compares years.
   * A node has an amount for each side and nature, or null where a table prints no natures, and
   * the codes under which the earlier document prints it where these are others.
   */
  nodes(left, right, changes) {
    const isLeftEarlier = left.row.fiscal_year <= right.row.fiscal_year;
    const [earlier, later] = isLeftEarlier ? [left, right] : [right, left];
    const between = changes.filter((one) => one.effective_fiscal_year > earlier.row.fiscal_year && one.effective_fiscal_year <= later.row.fiscal_year);
    const laterLeaves = Alignment.leaves(later.splits);
    const earlierLeaves = Alignment.leaves(earlier.splits)
      .map((leaf) => ({ ...leaf, printed: leaf.code, code: Alignment.moved(leaf.code, laterLeaves, between) }));
    const sides = isLeftEarlier ? { left: earlierLeaves, right: laterLeaves } : { left: laterLeaves, right: earlierLeaves };
    const codes = new Set([...earlierLeaves, ...laterLeaves].map((leaf) => leaf.code));
    const nodes = [Alignment.node("total", "total", sides, between)];
    for (const [level, digits] of Object.entries(LEVELS)) {
      const prefixes = new Set([...codes].filter((code) => code.length >= digits).map((code) => code.slice(0, digits)));
      for (const code of prefixes) {
        // where one of the two stops at a class or section, nothing below it can be compared
        const stops = Object.values(LEVELS).some((above) => above < digits && codes.has(code.slice(0, above)));
        if (!stops) nodes.push(Alignment.node(code, level, sides, between));
      }
    }
    return nodes;
  },

  /** The leaves of a tree: what a node has that no node below it has. */
  leaves(splits) {
    const rows = splits.filter((row) => /^[0-9]+$/.test(row.function_code));
    const below = grouped(rows, (row) => row.function_code.slice(0, -2));
    return rows.flatMap((row) => {
      const children = below.get(row.function_code) ?? [];
      const rest = (nature) => (row[`${nature}_yuan`] === null ? null : children
        .reduce((sum, child) => sum - BigInt(child[`${nature}_yuan`] ?? 0), BigInt(row[`${nature}_yuan`])));
      const leaf = { code: row.function_code, total: rest("total"), basic: rest("basic"), project: rest("project") };
      return children.length && leaf.total === 0n ? [] : [leaf];
    });
  },

  /** The code that an earlier one became; where it and its section moved, the longer one counts. */
  moved(code, laterLeaves, between) {
    if (laterLeaves.some((leaf) => leaf.code === code)) return code;
    const [move] = between
      .filter((one) => ["move", "merge"].includes(one.kind) && code.startsWith(one.from_code))
      .sort((one, other) => other.from_code.length - one.from_code.length || (one.to_code < other.to_code ? 1 : -1));
    return move ? move.to_code + code.slice(move.from_code.length) : code;
  },

  /** Down to how many digits a code means the same in both years. */
  comparableDigits(code, between) {
    const digits = between.filter((one) => one.kind === "new" && code.startsWith(one.to_code)).map(() => 0);
    const splits = grouped(between.filter((one) => one.kind === "split"), (one) => `${one.from_code} ${one.effective_fiscal_year}`);
    for (const parts of splits.values()) {
      const from = parts[0].from_code;
      if (![from, ...parts.map((one) => one.to_code)].some((one) => code.startsWith(one))) continue;
      digits.push([5, 3].find((length) => parts.every((one) => one.to_code.length > length && one.to_code.slice(0, length) === from.slice(0, length))) ?? 0);
    }
    return Math.min(7, ...digits);
  },

  node(code, level, sides, between) {
    const digits = LEVELS[level] ?? 0;
    const within = (leaf) => code === "total" || leaf.code.startsWith(code);
    const node = { code, level, isMapped: true };
    for (const [side, leaves] of Object.entries(sides)) {
      const own = leaves.filter(within);
      node[side] = { isPresent: own.length > 0 };
      for (const nature of SPENT)
        node[side][nature] = own.some((leaf) => leaf[nature] === null) ? null : own.reduce((sum, leaf) => sum + leaf[nature], 0n);
      node[side].codes = own.some((leaf) => leaf.printed && leaf.printed !== leaf.code) && code !== "total"
        ? own.map((leaf) => leaf.printed) : [];
      if (own.some((leaf) => Alignment.comparableDigits(leaf.code, between) < digits)) node.isMapped = false;
    }
    return node;
  },
};
