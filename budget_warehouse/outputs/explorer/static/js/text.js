"use strict";
// The texts of the pages: Chinese where they stand, English by the list of texts.

const CHINESE = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef][\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”·/0-9]*/g;

const Language = {
  name: "zh",
  texts: new Map(),

  /** Speak another language: the texts and all data are read again, in it. */
  async choose(name) {
    const chosen = name === "en" ? "en" : "zh";
    if (chosen === Language.name) return;
    if (chosen === "en" && !Language.texts.size) {
      const rows = records(await Data.load("texts"));
      Language.texts = new Map(rows.map(({ chinese, english }) => [chinese, english]));
    }
    Language.name = chosen;
    document.documentElement.lang = chosen === "en" ? "en" : "zh-CN";
    Data.parts.clear();
    Index.disclosures = null;
    Disclosure.loaded.clear();
  },

  /** The texts that stand in the page before anything is drawn, as `data-t` or in attributes. */
  dress() {
    for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-t]"))) {
      one.dataset.chinese ??= one.textContent;
      one.textContent = t(one.dataset.chinese, ...(one.dataset.t ? one.dataset.t.split("|") : []));
    }
    for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-t-of]"))) {
      for (const name of one.dataset.tOf.split(" ")) {
        one.dataset[name.replace("-", "")] ??= one.getAttribute(name);
        one.setAttribute(name, t(one.dataset[name.replace("-", "")]));
      }
    }
  },
};

/** A text in the language that was chosen, with the values in place of {0}, {1} …. */
function t(chinese, ...values) {
  const text = Language.name === "en" ? Language.texts.get(chinese) ?? chinese : chinese;
  return text.replace(/\{(\d)\}/g, (_, at) => values[at] ?? "");
}

/** A text with elements in it, as children of an element. */
function phrase(chinese, ...children) {
  const text = Language.name === "en" ? Language.texts.get(chinese) ?? chinese : chinese;
  return text.split(/\{(\d)\}/).map((part, at) => (at % 2 ? children[Number(part)] : part));
}

/** Text as it stands, on an English page with the Chinese names in it marked as Chinese. */
function spoken(text) {
  if (Language.name === "zh") return [text];
  const parts = [];
  let end = 0;
  for (const { 0: chinese, index } of text.matchAll(CHINESE)) {
    parts.push(text.slice(end, index), h("span", { lang: "zh" }, document.createTextNode(chinese)));
    end = index + chinese.length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}
