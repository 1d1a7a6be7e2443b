// A stretch of days is chosen by drawing over the timeline; without this, each bar is a link to its own days.
"use strict";

function watch(chart) {
  const bars = [...chart.querySelectorAll("a[data-first]")];
  const shade = chart.querySelector(".shade");
  const svg = chart.querySelector("svg");
  let from = null;
  const place = (event) => {
    const box = svg.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * svg.viewBox.baseVal.width;
  };
  const show = (one, other) => {
    shade.setAttribute("x", Math.min(one, other));
    shade.setAttribute("width", Math.abs(one - other));
  };
  const chosen = (one, other) => {
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    return bars.filter((bar) => Number(bar.dataset.x) + 8 > low && Number(bar.dataset.x) < high);
  };
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => { if (event.button === 0) from = place(event); });
  window.addEventListener("pointermove", (event) => { if (from !== null) show(from, place(event)); });
  window.addEventListener("pointercancel", () => { from = null; show(0, 0); });
  window.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [start, end] = [from, place(event)];
    from = null;
    show(0, 0);
    const some = chosen(start, end);
    if (Math.abs(end - start) < 5 || some.length === 0) return;
    svg.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
    const address = new URL(chart.dataset.address, window.location.href);
    address.searchParams.set("from", some[0].dataset.first);
    address.searchParams.set("to", some[some.length - 1].dataset.last);
    window.location.assign(address);
  });
}

document.querySelectorAll(".timeline").forEach(watch);
