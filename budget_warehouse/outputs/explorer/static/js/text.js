"use strict";
// The texts of the pages: Chinese where they stand, English by the list of texts.

const Language = {
  name: "zh",
  texts: new Map(),
};

/** A text in the language that was chosen, with the values in place of {0}, {1} …. */
function t(chinese, ...values) {
  const text = Language.name === "en" ? Language.texts.get(chinese) ?? chinese : chinese;
  return text.replace(/\{(\d)\}/g, (place, at) => values[at] ?? place);
}
