"use strict";
// The printed page behind a figure: its picture, with the figure framed, and the document itself.

const WIDE = 600;  // pixels of room from which on a whole page can be read
const ZOOMS = [1, 1.5, 2.2, 3.2];

/**
 * @typedef {{table: string, row: number, column: string, place: string | null, text: string | null}} PrintedPlace
 * A figure of a disclosure as its raw table has it, and where the table says that it stands.
 */

/** Data of a disclosure's pages, loaded when a figure of it is looked at. */
const Pages = {
  loaded: new Map(),

  async load(id) {
    if (!Pages.loaded.has(id)) {
      const part = await Data.loadOf(id, "pages");
      Pages.loaded.set(id, {
        state: part.state,
        documents: part.documents,
        sizes: new Map(records(part.sizes).map((one) => [`${one.document} ${one.page}`, one])),
        boxes: grouped(records(part.boxes), (one) => `${one.table_name} ${one.row_number} ${one.column_name}`),
      });
    }
    return Pages.loaded.get(id);
  },

  /** The boxes of a figure, none where what is published is no longer what was read there. */
  boxes(pages, place) {
    return pages.boxes.get(`${place.table} ${place.row} ${place.column}`) ?? [];
  },
};

/** A section with the pages that figures are printed on, the first of them shown; it fills itself. */
function printedPages(disclosure, places) {
  const section = h("section", { class: "printed-pages", "aria-label": t("原文页面") });
  if (places.length) fillPages(section, disclosure, places);
  return section;
}

async function fillPages(section, disclosure, places) {
  let pages;
  try {
    pages = await Pages.load(disclosure.id);
  } catch {
    return;  // a site of before has no pages
  }
  append(section, [h("h3", {}, t("原文页面"))]);
  const shown = h("div", { class: "shown" });
  const choices = places.map((place) => h("button", {
    type: "button",
    onclick: () => choose(place),
  }, pageName(disclosure, place)));
  const choose = (place) => {
    choices.forEach((one, at) => one.setAttribute("aria-pressed", String(places[at] === place)));
    shown.replaceChildren();
    append(shown, [pageOf(disclosure, pages, place)]);
  };
  if (places.length > 1) append(section, [h("div", { class: "page-choices", role: "group", "aria-label": t("印有这个数的各页") }, choices)]);
  append(section, [shown]);
  choose(places[0]);
}

function pageName(disclosure, place) {
  return `${disclosure.tableTitle(place.table)} ${placeOf(place.place)}`;
}

/** The page of one figure with its frame, and those of its addends; or why there is none. */
function pageOf(disclosure, pages, place) {
  const boxes = Pages.boxes(pages, place);
  const number = boxes[0]?.page ?? Number(/^p\.(\d+)/.exec(place.place ?? "")?.[1] ?? 0);
  const document = boxes[0]?.document ?? 1;
  const addends = addendsOf(disclosure, place).flatMap((one) => Pages.boxes(pages, one));
  const size = pages.sizes.get(`${document} ${number}`);
  const links = documentLinks(disclosure, pages, document, number);
  if (!size) return [h("p", { class: "soft" }, withoutPicture(pages, number)), links];
  const others = [...grouped(addends, (one) => one.page)].filter(([page]) => page !== number);
  const shown = h("div", {});
  const turn = (page) => {
    const own = boxes.filter((box) => box.page === page);
    const parts = addends.filter((box) => box.page === page && box.document === document);
    shown.replaceChildren();
    append(shown, [
      sheet(pages, { document, page, own, parts, text: place.text }),
      documentLinks(disclosure, pages, document, page),
    ]);
  };
  turn(number);
  return [
    others.length > 0 && h("p", { class: "page-choices" },
      [[number, null], ...others].map(([page, parts]) => h("button", { type: "button", onclick: () => turn(page) },
        parts ? t("第{0}页（{1} 个加数）", page, parts.length) : t("第{0}页", page)))),
    shown,
  ];
}

/** The picture of a page that can be scrolled and made larger, with frames laid over it. */
function sheet(pages, { document, page, own, parts, text }) {
  const size = pages.sizes.get(`${document} ${page}`);
  if (!size) return h("p", { class: "soft" }, withoutPicture(pages, page));
  const frames = [...parts.map((box) => frame(box, size, "addend")), ...own.map((box) => frame(box, size, "own"))];
  const paper = h("div", { class: "paper", style: `aspect-ratio: ${size.width} / ${size.height}` },
    h("img", { src: `pages/${pages.documents[document].sha256}/${page}.png`, loading: "lazy", alt: pictureText(page, own, parts, text) }),
    frames);
  const view = h("div", { class: "sheet", tabindex: "0", role: "region", "aria-label": t("第{0}页的图，可滚动", page) }, paper);
  let zoom = 0;
  const scale = (step) => {
    zoom = Math.min(ZOOMS.length - 1, Math.max(0, step));
    paper.style.width = `${ZOOMS[zoom] * 100}%`;
    bringIntoView(view, paper.querySelector(".own") ?? paper.querySelector(".addend"));
    smaller.disabled = zoom === 0;
    larger.disabled = zoom === ZOOMS.length - 1;
  };
  const smaller = /** @type {HTMLButtonElement} */ (h("button", { type: "button", onclick: () => scale(zoom - 1), "aria-label": t("缩小") }, "−"));
  const larger = /** @type {HTMLButtonElement} */ (h("button", { type: "button", onclick: () => scale(zoom + 1), "aria-label": t("放大") }, "+"));
  const seen = new ResizeObserver(() => {
    if (!view.clientWidth) return;
    seen.disconnect();
    scale(view.clientWidth < WIDE ? 2 : 0);
  });
  seen.observe(view);
  return h("figure", { class: "page" },
    h("figcaption", {},
      h("span", {}, t("第{0}页", page), " · ", framed(own, parts, text)),
      h("span", { class: "zoom" }, smaller, larger)),
    view);
}

function frame(box, size, kind) {
  const share = (length, whole) => `${(100 * length / whole).toFixed(3)}%`;
  return h("i", {
    class: `frame ${kind}`,
    "aria-hidden": "true",
    style: `left: ${share(box.left, size.width)}; top: ${share(box.top, size.height)}; width: ${share(box.right - box.left, size.width)}; height: ${share(box.bottom - box.top, size.height)}`,
  });
}

/** The frames on a page, in words below or beside the picture. */
function framed(own, parts, text) {
  const said = [];
  if (own.length) said.push(t("框出的是“{0}”。", text ?? ""));
  if (parts.length) said.push(t("标出的是 {0} 个加数。", parts.length));
  return said.length ? said.join(" ") : t("发布的数与读取时所见不同，或未记下位置，故不加框。");
}

function pictureText(page, own, parts, text) {
  return `${t("原文第{0}页的图。", page)} ${framed(own, parts, text)}`;
}

/** Scroll a view so that an element of it stands in the middle. */
function bringIntoView(view, element) {
  if (!element) return;
  view.scrollLeft = element.offsetLeft + element.offsetWidth / 2 - view.clientWidth / 2;
  view.scrollTop = element.offsetTop + element.offsetHeight / 2 - view.clientHeight / 2;
}

function withoutPicture(pages, number) {
  return {
    no_document: t("没有保存原文件，无法显示页面。"),
    no_pages: t("这份文件没有页面图：它不是 PDF，或没有记下各数的位置。"),
    beyond_limit: t("页面图有数量上限，先给最需要查看的文件；这份文件没有轮到。管理员可提高 DRAWN_PAGES。"),
    failed: t("这份文件的页面画不出来，可直接打开原文件查看。"),
    drawn: number ? t("第{0}页没有图。", number) : t("没有记下这个数在哪一页。"),
  }[pages.state] ?? "";
}

/** Links to the kept file at a page, and to where it was published. */
function documentLinks(disclosure, pages, document, page) {
  const file = pages.documents[document]?.file;
  const url = disclosure.about.source_url;
  const isWeb = /^https?:\/\//i.test(url ?? "");
  const name = page ? t("打开原文件第{0}页", page) : t("打开原文件");
  if (!file && !isWeb) return null;
  return h("p", { class: "sources" },
    file && h("a", { href: page ? `${file}#page=${page}` : file, target: "_blank", rel: "noopener" }, name),
    file && isWeb && " · ",
    isWeb && h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, t("公布网址")));
}

/**
 * The figures of the same column that a total or subtotal is the sum of: the rows below it in the
 * tree of its table; where a table has none, as one of units, projects or purchases, its single rows.
 */
function addendsOf(disclosure, place) {
  const own = disclosure.amounts.find((one) => one.table_name === place.table && one.row_number === place.row && one.measure === place.column);
  if (!own || !["total", "subtotal"].includes(own.row_role)) return [];
  const column = disclosure.amounts.filter((one) => one.table_name === own.table_name && one.measure === own.measure && one.side === own.side);
  const below = column.filter((one) => one.parent_row_key !== null && one.parent_row_key === own.row_key);
  return (below.length ? below : singleRows(column, own)).map(placeOfAmount);
}

/** All single rows of a total without subtotals; of others those after or before it that come to the sum. */
function singleRows(column, own) {
  const singles = column.filter((one) => one.row_role === "leaf");
  const sums = column.filter((one) => ["total", "subtotal"].includes(one.row_role));
  if (own.row_role === "total" && sums.length === 1) return singles;
  const after = singles.filter((one) => one.row_number > own.row_number);
  const before = singles.filter((one) => one.row_number < own.row_number).reverse();
  return runTo(own, after) ?? runTo(own, before) ?? [];
}

/** The first rows of a list that come to an amount; null where none do. */
function runTo(own, rows) {
  if (own.amount_yuan === null) return null;
  let sum = 0n;
  for (const [at, one] of rows.entries()) {
    sum += BigInt(one.amount_yuan ?? 0);
    if (sum === BigInt(own.amount_yuan)) return rows.slice(0, at + 1);
  }
  return null;
}

/** A printed amount as a place. */
function placeOfAmount(one) {
  return { table: one.table_name, row: one.row_number, column: one.measure, place: one.source_ref, text: one.printed_text };
}

/** The dialog of a figure of the prose, `claim:12`, or of another statement there, `statement:3`. */
function proseEvidence(disclosure, figure) {
  const [kind, number] = figure.split(":");
  const isClaim = kind === "claim";
  const one = isClaim
    ? disclosure.claims.find((claim) => String(claim.claim_number) === number)
    : disclosure.statements.find((statement) => String(statement.statement_number) === number);
  const header = (subject) => h("header", {},
    h("div", {}, h("small", {}, disclosure.title), h("h2", {}, subject)),
    h("form", { method: "dialog" }, h("button", { class: "close", "aria-label": t("关闭") }, "×")));
  if (!one) return [header(t("这份文件中没有这个数。"))];
  const findings = isClaim ? disclosure.disputedClaims.get(one.claim_number) ?? [] : [];
  const subject = isClaim ? one.account_name ?? label("measure", one.measure) : label("measure", one.subject);
  const columns = isClaim
    ? [["amount", one.amount_text], ["base_amount", one.base_amount_text], ["change", one.change_text],
      ["change_percent", one.change_percent_text], ["completion_percent", one.completion_percent_text]]
    : [["value", one.value_text]];
  const [first] = columns.filter(([, text]) => text);
  const text = first?.[1] ?? null;
  return [
    header(subject),
    text && h("p", { class: "figure" }, `${text}${one.unit ?? ""}`, h("small", {}, t("文字说明中印出的原样，{0}", placeOf(one.source_ref)))),
    Ties.section(disclosure, isClaim
      ? ["amount_yuan", "base_amount_yuan", "change_yuan", "change_ratio", "completion_ratio"].map((measure) => ["narrative_claims", one.claim_number, measure])
      : [["statements", one.statement_number, "numeric_value"]]),
    printedPages(disclosure, [{
      table: isClaim ? "narrative_claims" : "statements",
      row: Number(number), column: first?.[0] ?? "amount", place: one.source_ref, text,
    }]),
    h("p", { class: "soft" }, t("来源文件：{0}", disclosure.about.source_document ?? t("未注明"))),
    findings.length > 0 && h("section", {}, h("h3", {}, t("文件对这个数自相矛盾")), findings.map((finding) => findingCard(disclosure, finding))),
  ];
}

/** A link to the printed page of a figure, in the words of where it stands. */
function pageLink(disclosure, figure, words) {
  const here = Route.path[0] === "disclosure" && Route.path[1] === disclosure.id;
  return h("a", { class: "to-page", href: here ? Route.with({ figure }) : link(["disclosure", disclosure.id], { figure }), title: t("看原文页面") }, words);
}
