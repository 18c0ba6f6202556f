"use strict";
// Amounts are strings of fen and stay text: no figure that is read passes through a float.

const Money = {
  unit: "yuan",

  get name() {
    return Money.unit === "wan" ? t("万元") : t("元");
  },

  /** An amount in the chosen unit, every fen of it; with "+", a rise is signed. */
  text(fen, sign = "") {
    if (fen === null || fen === undefined) return "—";
    const places = Money.unit === "wan" ? 6 : 2;
    const digits = String(fen).replace("-", "").padStart(places + 1, "0");
    const whole = digits.slice(0, -places).replace(/\B(?=(\d{3})+$)/g, ",");
    const part = digits.slice(-places);
    const text = `${whole}.${part.slice(0, 2)}${part.slice(2).replace(/0+$/, "")}`;
    if (String(fen).startsWith("-")) return `-${text}`;
    return /[1-9]/.test(digits) ? sign + text : text;
  },

  /** How many places are missing to those of the unit, so that points stand below each other. */
  missing(text) {
    return Money.unit === "wan" ? 6 - text.split(".")[1].length : 0;
  },

  /** An amount as a length on a chart, in yuan: for geometry, never to be read. */
  length(fen) {
    return Number(fen ?? 0) / 100;
  },

  /** A mark on an axis, of so many yuan: round by choice of the axis. */
  mark(value) {
    if (Language.name === "en") {
      if (Math.abs(value) >= 1e6) return `${Number((value / 1e6).toPrecision(6))}m`;
      return Math.abs(value) >= 1e3 ? `${Number((value / 1e3).toPrecision(6))}k` : String(value);
    }
    if (Math.abs(value) >= 1e8) return t("{0}亿", Number((value / 1e8).toPrecision(6)));
    if (Math.abs(value) >= 1e4) return t("{0}万", Number((value / 1e4).toPrecision(6)));
    return String(value);
  },
};

/** A share of six places as a percentage of two, rounded half up on its digits. */
function percent(ratio, sign = "") {
  if (ratio === null || ratio === undefined) return "—";
  const [whole, part = ""] = ratio.replace("-", "").split(".");
  const hundredths = (BigInt(whole + part.padEnd(6, "0").slice(0, 6)) + 50n) / 100n;
  const digits = hundredths.toString().padStart(3, "0");
  const text = `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${digits.slice(-2)}%`;
  return (ratio.startsWith("-") ? "-" : hundredths ? sign : "") + text;
}

function compare(one, other) {
  const [a, b] = [BigInt(one ?? 0), BigInt(other ?? 0)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function magnitude(fen) {
  return String(fen ?? 0).replace("-", "");
}
