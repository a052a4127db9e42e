// How far a formation is, told as it goes on. Without script the page loads itself again.
"use strict";
const bar = document.querySelector("progress[data-stream]");
let source = null;
function show(state) {
  const forming = state.standing === "committing", { tried, planned, placed, people } = state.progress;
  bar.max = (forming ? state.group_count : planned) || 1;
  bar.value = forming ? state.formed : tried;
  if (!forming) document.getElementById("count").textContent = bar.dataset.words.replace("{placed}", placed).replace("{people}", people);
}
function listen() {
  source = new EventSource(bar.dataset.stream);
  source.addEventListener("progress", e => show(JSON.parse(e.data)));
  source.addEventListener("end", () => { source.close(); location.replace(location.pathname); });
}
if (bar) {
  listen();
  document.body.addEventListener("ct:rest", () => source.close());
  document.body.addEventListener("ct:wake", listen);
}
