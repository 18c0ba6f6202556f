"use strict";
// From the link to the page.

const PAGES = {
  "": overviewPage,
  disclosure: disclosurePage,
  accounts: accountsPage,
  account: accountPage,
  findings: findingsPage,
  place: placePage,
  organization: organizationPage,
  compare: comparePage,
  rules: rulesPage,
  reading: readingPage,
  search: searchPage,
};

/** @type {HTMLInputElement} */
const SEARCH = document.querySelector("[name=q]");

const PLACES = "a, button, input, select, summary, textarea, [tabindex]";

let drawn = null;
let isStep = false;  // whether the figure that is looked at was a step from the page behind it

async function show() {
  Route.read();
  await Language.choose(Route.lang);
  const asked = Route.drawn;
  if (asked !== drawn) {
    const first = drawn === null;
    const samePage = !first && drawn.split("?")[0] === asked.split("?")[0];
    drawn = asked;
    await draw(asked, { first, samePage });
  }
  if (asked === drawn) await showEvidence();
}

async function draw(asked, { first, samePage }) {
  const main = document.querySelector("main");
  let page;
  try {
    await Index.load();
    const make = Object.hasOwn(PAGES, Route.path[0] ?? "") ? PAGES[Route.path[0] ?? ""] : null;
    if (!make) throw new Error(t("没有这一页。"));
    page = await make(Route.path);
  } catch (error) {
    page = { title: t("打不开"), content: [h("h1", {}, t("打不开")), h("p", {}, error.message), h("p", {}, h("a", { href: link([]) }, t("回到总览")))] };
  }
  if (asked !== drawn) return;  // the reader went on meanwhile
  const left = { focus: placeIn(main, document.activeElement), top: scrollY };
  Charts.forget();
  main.replaceChildren();
  append(main, [page.content]);
  embedded(main, page.title);
  Charts.drawn.forEach(Charts.settle);
  document.title = t("{0} · 预算公开", page.title);
  dress();
  if (samePage) {
    scrollTo(0, left.top);
    if (left.focus) (samePlaces(main, left.focus.name).at(left.focus.at) ?? main).focus({ preventScroll: true });
  } else if (!first) {
    scrollTo(0, 0);
    if (document.activeElement !== SEARCH) main.focus({ preventScroll: true });
  }
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  document.querySelector(".here, .chosen, .wanted")?.scrollIntoView({ block: "nearest" });
}

/** The place of the focus in the page, to find it again when the page is drawn again. */
function placeIn(main, element) {
  if (element === main || !main.contains(element)) return null;
  const name = nameOf(element);
  return { name, at: Math.max(0, samePlaces(main, name).indexOf(element)) };
}

/** The elements of a page that have one name, in their order. */
function samePlaces(main, name) {
  return [...main.querySelectorAll(PLACES)].filter((one) => nameOf(one) === name);
}

/** The name of an element, to find it again on the redrawn page. */
function nameOf(element) {
  return element ? `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent}` : null;
}

/** The frame of every page: the reader's place, the unit, the links that carry it. */
function dress() {
  for (const one of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".bar a"))) {
    const [path] = one.getAttribute("href").replace(/^#\/?/, "").split("?");
    one.href = link(path ? [path] : []);
    if (one.dataset.page !== undefined) {
      const here = one.dataset.page.split(" ").includes(Route.path[0] ?? "");
      if (here) one.setAttribute("aria-current", "page");
      else one.removeAttribute("aria-current");
    }
  }
  for (const one of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".unit input")))
    one.checked = one.value === (one.name === "lang" ? Language.name : Money.unit);
  Language.dress();
  if (document.activeElement !== SEARCH) SEARCH.value = Route.path[0] === "search" ? Route.get("q") : "";
}

for (const choices of document.querySelectorAll(".unit")) {
  choices.addEventListener("change", (event) => {
    const { name, value } = /** @type {HTMLInputElement} */ (event.target);
    remember(name, value);
    location.replace(Route.with({ [name]: value }));
  });
}

document.addEventListener("copy", copyExact);
document.querySelector(".copy-link").addEventListener("click", async ({ target }) => {
  await toClipboard(location.href.split("#")[0] + Route.with({}));
  /** @type {HTMLElement} */ (target).textContent = t("已复制");
});
document.querySelector("[role=search]").addEventListener("submit", async (event) => {
  event.preventDefault();
  search(SEARCH.value);
  await show();
  /** @type {HTMLElement} */
  const first = document.querySelector("main .hits a");
  first?.focus();
});
SEARCH.addEventListener("input", (/** @type {InputEvent} */ event) => {
  if (event.isComposing) return;  // the letters of an input method are not yet what is meant
  search(SEARCH.value);
});
SEARCH.addEventListener("compositionend", () => search(SEARCH.value));

function search(wanted) {
  const target = link(["search"], { q: wanted });
  if (Route.path[0] === "search") location.replace(target);
  else location.hash = target;
}

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.key === "/" && target instanceof Element && !target.closest("input, select, textarea")) {
    event.preventDefault();
    SEARCH.focus();
  }
});

document.querySelector(".skip").addEventListener("click", () => document.querySelector("main").focus());
document.querySelector("dialog").addEventListener("close", () => {
  if (!Route.get("figure")) return;
  if (isStep) history.back();
  else location.replace(Route.with({ figure: null }));
});
document.querySelector("dialog").addEventListener("click", ({ target, currentTarget }) => {
  if (target === currentTarget && target instanceof HTMLDialogElement) target.close();
});

addEventListener("hashchange", ({ oldURL, newURL }) => {
  const [before, after] = [oldURL, newURL].map((url) => new URLSearchParams(url.split("?")[1] ?? ""));
  isStep = !before.has("figure") && after.has("figure") && oldURL.split("?")[0] === newURL.split("?")[0];
  show();
});
PHONE.addEventListener("change", () => {
  drawn = null;
  show();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => Charts.redraw());
show();
