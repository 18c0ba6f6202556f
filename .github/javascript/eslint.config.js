// The explorer's scripts share one global scope: what one declares, tsc finds in another.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    languageOptions: { sourceType: "script", ecmaVersion: 2022, globals: globals.browser },
    rules: {
      "no-undef": "off", // tsc tells names that are nowhere
      "no-unused-vars": ["error", { vars: "local", argsIgnorePattern: "^_" }],
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
      "no-implicit-globals": "off",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "What a document says is text: use h()." },
        { property: "outerHTML", message: "What a document says is text: use h()." },
        { property: "insertAdjacentHTML", message: "What a document says is text: use h()." },
      ],
    },
  },
];
