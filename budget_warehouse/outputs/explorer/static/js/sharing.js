"use strict";
// Things a reader takes away: a chart as a picture, a link, one chart for somebody's own page.

const PICTURE_SCALE = 2;

/** The buttons below a chart: its picture, its figures, and how to show it elsewhere. */
function chartActions(figure, { name, csv }) {
  const title = () => figure.querySelector("figcaption").firstChild.textContent;
  return h("div", { class: "actions take" },
    h("button", { type: "button", onclick: () => savePicture(figure, title()) }, "PNG"),
    csv && h("button", { type: "button", onclick: () => { const [heads, ...rows] = csv(); Csv.save(title(), heads, rows); } }, "CSV"),
    name && h("details", { class: "embedding" },
      h("summary", {}, t("嵌入网页")),
      h("textarea", { readonly: true, rows: "3", "aria-label": t("嵌入网页"), onfocus: ({ target }) => target.select() }, snippet(name)),
      copyButton(t("复制"), () => snippet(name))));
}

/** HTML that shows one chart alone on a page of another. */
function snippet(name) {
  const address = location.href.split("#")[0] + Route.with({ embed: name, figure: null });
  return `<iframe src="${address.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}" width="100%" height="560" loading="lazy"></iframe>`;
}

/** A button that copies a text and says so. */
function copyButton(text, copied) {
  const button = h("button", { type: "button", onclick: async () => {
    await toClipboard(copied());
    button.replaceChildren(t("已复制"));
  } }, text);
  return button;
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = h("textarea", { class: "copied" });  // a page opened from a file may have no clipboard
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

/** Only the chart that the link asks for, with where its figures are from. */
function embedded(main, title) {
  const name = Route.get("embed");
  document.body.classList.toggle("embedded", Boolean(name));
  if (!name) return;
  const figure = main.querySelector(`figure[data-name="${CSS.escape(name)}"]`);
  const whole = h("a", { href: location.href.split("#")[0] + Route.with({ embed: null }), target: "_blank", rel: "noopener" }, title);
  main.replaceChildren();
  append(main, [
    h("h1", { class: "hidden" }, title),
    figure ?? h("p", {}, t("这一页没有这张图。")),
    h("p", { class: "sources" }, whole, h("br", {}), Csv.origin().join(t("；"))),
  ]);
}

/** Write a chart as a picture, with its title above it and its source below. */
async function savePicture(figure, title) {
  const picture = await drawPicture(figure, title);
  picture.toBlob((blob) => saveFile(blob, `${fileName(title)}.png`));
}

async function drawPicture(figure, title) {
  const drawing = figure.querySelector(".canvas svg");
  const { width, height } = drawing.getBoundingClientRect();
  const copy = drawing.cloneNode(true);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const colours = Charts.colours();
  const font = getComputedStyle(document.body).fontFamily;
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const note = figure.querySelector("figcaption small")?.textContent ?? "";
  const texts = [
    { text: title, style: `600 16px ${font}`, colour: colours.ink },
    { text: [document.title.split(" · ").slice(0, -1).join(" · "), note, t("单位：{0}", Money.name)].filter(Boolean).join("  "), style: `13px ${font}`, colour: colours.soft },
    ...Csv.origin().map((text) => ({ text, style: `11px ${font}`, colour: colours.soft })),
  ].map((one) => ({ ...one, lines: wrapped(context, one, width) }));
  const [above, below] = [texts.slice(0, 2), texts.slice(2)];
  const heightOf = (some) => some.reduce((sum, { lines }) => sum + 20 * lines.length, 16);
  canvas.width = (width + 32) * PICTURE_SCALE;
  canvas.height = (heightOf(above) + height + heightOf(below)) * PICTURE_SCALE;
  context.scale(PICTURE_SCALE, PICTURE_SCALE);
  context.fillStyle = colours.card;
  context.fillRect(0, 0, canvas.width, canvas.height);
  let top = 24;
  const write = ({ lines, style, colour }) => {
    context.font = style;
    context.fillStyle = colour;
    for (const line of lines) {
      context.fillText(line, 16, top);
      top += 20;
    }
  };
  above.forEach(write);
  context.drawImage(image, 16, heightOf(above), width, height);
  top = heightOf(above) + height + 20;
  below.forEach(write);
  return canvas;
}

/** The lines of a text that has so much room; Chinese breaks anywhere, so everything may. */
function wrapped(context, { text, style }, room) {
  context.font = style;
  const lines = [];
  for (const sign of text) {
    if (!lines.length || context.measureText(lines.at(-1) + sign).width > room) lines.push("");
    lines[lines.length - 1] += sign;
  }
  return lines;
}

/** Page and title without the signs that no file may have, and the day of publication. */
function fileName(title) {
  const whole = `${document.title.split(" · ")[0]} ${title}`;
  return `${whole.replace(/[\\/:*?"<>|\s]+/g, " ").trim().slice(0, 100)}-${Index.publishedAt.slice(0, 10)}`;
}

/** Hand a file to the reader. */
function saveFile(blob, name) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
