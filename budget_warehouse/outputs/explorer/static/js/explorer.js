"use strict";
// From the link to the page.

const PAGES = {
  "": overviewPage,
  disclosure: disclosurePage,
  accounts: accountsPage,
  account: accountPage,
  findings: findingsPage,
  rules: rulesPage,
  search: searchPage,
};

let drawn = null;

async function show() {
  Route.read();
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
    if (!make) throw new Error("没有这一页。");
    page = await make(Route.path);
  } catch (error) {
    page = { title: "打不开", content: [h("h1", {}, "打不开"), h("p", {}, error.message), h("p", {}, h("a", { href: link([]) }, "回到总览"))] };
  }
  if (asked !== drawn) return;  // the reader went on meanwhile
  const left = { focus: nameOf(main.contains(document.activeElement) && document.activeElement), top: scrollY };
  Charts.forget();
  main.replaceChildren();
  append(main, [page.content]);
  Charts.drawn.forEach(Charts.settle);
  document.title = `${page.title} · 预算公开`;
  dress();
  if (samePage) {
    scrollTo(0, left.top);
    [...main.querySelectorAll("a, input, select, summary")].find((one) => nameOf(one) === left.focus)?.focus({ preventScroll: true });
  } else if (!first) {
    scrollTo(0, 0);
    if (document.activeElement?.name !== "q") main.focus({ preventScroll: true });
  }
  document.querySelector(".here, .chosen, .wanted")?.scrollIntoView({ block: "nearest" });
}

/** What tells an element from its neighbours, to find it again on the page drawn anew. */
function nameOf(element) {
  return element ? `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent}` : null;
}

/** What stands around every page: where the reader is, the unit, the links that carry it. */
function dress() {
  for (const one of document.querySelectorAll(".bar a")) {
    const [path] = one.getAttribute("href").replace(/^#\/?/, "").split("?");
    one.href = link(path ? [path] : []);
    if (one.dataset.page !== undefined) {
      const here = one.dataset.page.split(" ").includes(Route.path[0] ?? "");
      if (here) one.setAttribute("aria-current", "page");
      else one.removeAttribute("aria-current");
    }
  }
  for (const one of document.querySelectorAll(".unit input")) one.checked = one.value === Money.unit;
  const search = document.querySelector("[name=q]");
  if (document.activeElement !== search) search.value = Route.path[0] === "search" ? Route.get("q") : "";
}

document.querySelector(".unit").addEventListener("change", (event) => {
  remember("unit", event.target.value);
  location.replace(Route.with({ unit: event.target.value }));
});

document.querySelector("[role=search]").addEventListener("submit", (event) => event.preventDefault());
document.querySelector("[name=q]").addEventListener("input", (event) => {
  if (event.isComposing) return;  // the letters of an input method are not yet what is meant
  search(event.target.value);
});
document.querySelector("[name=q]").addEventListener("compositionend", (event) => search(event.target.value));

function search(wanted) {
  const found = link(["search"], { q: wanted });
  if (Route.path[0] === "search") location.replace(found);
  else location.hash = found;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    document.querySelector("[name=q]").focus();
  }
});

document.querySelector(".skip").addEventListener("click", () => document.querySelector("main").focus());
document.querySelector("dialog").addEventListener("close", () => {
  if (Route.get("figure")) location.replace(Route.with({ figure: null }));
});
document.querySelector("dialog").addEventListener("click", (event) => {
  if (event.target === event.currentTarget) event.currentTarget.close();
});

addEventListener("hashchange", show);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => Charts.redraw());
show();
