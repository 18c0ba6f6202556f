"use strict";
// Amounts per head and in the prices of a year, by the figures that a list gives; without it, none.

const Context = {
  /** The choices that the list allows for two documents: each with its name and both figures. */
  choices(left, right) {
    const choices = [];
    for (const [kind, name] of [["population", t("按人口平均")], ["staff", t("按人员平均")]]) {
      const figures = [left, right].map((row) => Context.figure(kind, row));
      if (figures.every(Boolean)) choices.push({ value: kind, name, figures });
    }
    const series = [left, right].map((row) => Context.deflators(row));
    const years = [...new Set(series.flatMap((of) => of.map((one) => one.year)))].sort();
    for (const year of years) {
      const figures = [left, right].map((row, at) => [row.fiscal_year, year].map((wanted) => series[at].find((one) => one.year === wanted)));
      if (figures.every((pair) => pair.every(Boolean))) choices.push({ value: `prices-${year}`, name: t("按 {0} 年价格", year), year, figures });
    }
    return choices;
  },

  /** The people of a document's place or organization in its year. */
  figure(kind, row) {
    return Index.context.find((one) => one.kind === kind && one.year === row.fiscal_year &&
      (one.organization_name ? one.organization_name === row.organization.organization_name : true) &&
      (one.region_code ? one.region_code === row.organization.region_code : true));
  },

  /** The price levels that hold for a document: of the nearest place that has them, in one unit. */
  deflators(row) {
    const places = [...placeSteps(row.organization.region_code).map((one) => one.region_code).reverse(), "100000", "000000"];
    for (const code of places) {
      const ofPlace = Index.context.filter((one) => one.kind === "deflator" && one.region_code === code);
      const unit = ofPlace.find((one) => one.year === row.fiscal_year)?.unit;
      if (unit) return ofPlace.filter((one) => one.unit === unit);
    }
    return [];
  },

  /** An amount of fen after a choice, rounded half away from zero to the fen. */
  converted(fen, choice, side) {
    if (!choice || fen === null) return fen;
    if (choice.year === undefined) {
      const { value, heads } = choice.figures[side];
      return divided(fen * 10_000n, tenThousandths(value) * BigInt(heads));
    }
    const [own, wanted] = choice.figures[side];
    return divided(fen * tenThousandths(wanted.value), tenThousandths(own.value));
  },

  /** The figures that a choice uses, each with its year and source. */
  sources(choice) {
    const figures = [...new Set(choice.figures.flat())];
    const rounded = choice.year === undefined ? t("按人平均，四舍五入到分；差额为换算后两数之差。") : t("按价格指数换算，四舍五入到分；差额为换算后两数之差。");
    return h("div", { class: "notice" }, h("p", {}, t("{0}：{1}", choice.name, rounded)), h("ul", { class: "plain" }, figures.map((one) => h("li", {},
      t("{0} {1}年：{2}{3}。来源：{4}", one.organization_name ?? placeName(one), one.year, one.value.replace(/\.?0+$/, ""), one.kind === "deflator" ? t("（{0}）", one.unit) : one.unit, one.source)))));
  },
};

/** A number of at most four places, in ten thousandths. */
function tenThousandths(value) {
  const [whole, part = ""] = value.split(".");
  return BigInt(whole + part.padEnd(4, "0"));
}

/** A quotient rounded half away from zero. */
function divided(amount, by) {
  const size = amount < 0n ? -amount : amount;
  const rounded = (size * 2n + by) / (by * 2n);
  return amount < 0n ? -rounded : rounded;
}
