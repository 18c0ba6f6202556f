/** Apache ECharts, which a page loads when it first draws a chart. */
declare const echarts: { init(canvas: Element, theme: null, options: object): any };
