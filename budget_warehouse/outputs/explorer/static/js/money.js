"use strict";
// Amounts are strings of fen and stay text: no figure that is read passes through a float.

/** The units that a reader chooses from: what they are called, and the places to the fen. */
const UNITS = {
  yuan: { name: () => t("元"), places: 2 },
  wan: { name: () => t("万元"), places: 6 },
  yi: { name: () => t("亿元"), places: 10 },
};

/** An amount that is shown rounded: a text that knows its exact figure, on a page as its title. */
class Amount extends String {
  constructor(text, exact, yuan) {
    super(text);
    this.exact = exact;
    this.yuan = yuan;
  }

  get element() {
    return h("span", { class: "rounded", title: this.yuan, "data-exact": this.exact },
      h("span", { "aria-hidden": "true" }, String(this)), h("span", { class: "hidden" }, this.yuan));
  }
}

const Money = {
  unit: "yuan",

  get name() {
    return UNITS[Money.unit].name();
  },

  /**
   * An amount in the chosen unit: yuan to the fen, larger units to two places; with "+", a rise is signed.
   * @returns {any} a text, or an Amount, which is one
   */
  text(fen, sign = "") {
    const exact = Money.exact(fen, sign);
    const dropped = UNITS[Money.unit].places - 2;
    if (!dropped || fen === null || fen === undefined) return exact;
    const digits = BigInt(String(fen).replace("-", ""));
    const hundredths = (digits + 5n * 10n ** BigInt(dropped - 1)) / 10n ** BigInt(dropped);
    const rounded = signed(decimal(hundredths.toString(), 2), fen, sign);
    return new Amount(rounded, exact, `${Money.exact(fen, sign, "yuan")} ${UNITS.yuan.name()}`);
  },

  /** An amount in the chosen unit, every fen of it. */
  exact(fen, sign = "", unit = Money.unit) {
    if (fen === null || fen === undefined) return "—";
    return signed(decimal(String(fen).replace("-", ""), UNITS[unit].places), fen, sign);
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

/** Digits with a point before so many of them, separators, and two places at least. */
function decimal(digits, places) {
  const padded = digits.padStart(places + 1, "0");
  const part = padded.slice(-places);
  const whole = padded.slice(0, -places).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${whole}.${part.slice(0, 2)}${part.slice(2).replace(/0+$/, "")}`;
}

/** A figure with the sign of its amount, if it is not zero. */
function signed(text, fen, sign) {
  if (!/[1-9]/.test(text)) return text;
  return (String(fen).startsWith("-") ? "-" : sign) + text;
}

/** An amount as a percentage of another, of two places, rounded half up; nothing without a whole. */
function shareOf(fen, whole) {
  if (fen === null || fen === undefined || compare(whole, "0") <= 0) return "";
  const hundredths = (BigInt(magnitude(fen)) * 20000n / BigInt(whole) + 1n) / 2n;
  return `${signed(decimal(hundredths.toString(), 2), fen, "")}%`;
}

/** Put exact figures, without the marks beside them, into the clipboard for what was selected. */
function copyExact(event) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const { commonAncestorContainer: common } = range;
  const around = common instanceof Element ? common : common.parentElement;
  /** @type {HTMLElement} */
  const one = around.closest(".rounded");
  const copied = range.cloneContents();
  /** @type {NodeListOf<HTMLElement>} */
  const rounded = copied.querySelectorAll(".rounded");
  const marks = copied.querySelectorAll(".mark");
  if (!one && !rounded.length && !marks.length) return;
  for (const each of rounded) each.replaceWith(each.dataset.exact);
  for (const mark of marks) mark.remove();
  const row = around.matches("tr") ? h("tr", {}, copied) : copied;
  const holder = h("div", { class: "copied" }, one ? one.dataset.exact : around.closest("table") ? h("table", {}, row) : row);
  document.body.append(holder);
  event.clipboardData.setData("text/plain", holder.innerText);
  event.clipboardData.setData("text/html", new XMLSerializer().serializeToString(holder));
  holder.remove();
  event.preventDefault();
}

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
