// Suggestions below the search box: a combobox with a list (ARIA 1.2). Without this file the box is just a box.

const WAIT_MS = 80;

const box = document.querySelector("#q");
const list = document.querySelector("#suggestions");
let options = [];
let active = -1;
let waiting = 0;
let asking = null;

if (box && list) {
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  close();
  box.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, WAIT_MS);
  });
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", close);
  // A press on an option must not take the focus from the box.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => choose(options.indexOf(event.target.closest("li"))));
}

async function ask() {
  asking?.abort();
  const mine = asking = new AbortController();
  const typed = box.value.slice(0, box.selectionStart);
  try {
    const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(typed)}`, { signal: mine.signal });
    const found = answer.ok ? (await answer.json()).suggestions : [];
    if (asking === mine) show(found);
  } catch {
    if (asking === mine) close(); // nobody answers: typing goes on
  }
}

function show(suggestions) {
  options = suggestions.map(option);
  list.replaceChildren(...options);
  const open = options.length > 0 && document.activeElement === box;
  list.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
  mark(-1);
}

function option(suggestion, number) {
  const item = document.createElement("li");
  item.id = `suggestion-${number}`;
  item.setAttribute("role", "option");
  item.dataset.query = suggestion.q;
  item.dataset.more = suggestion.type === "field" ? "yes" : "";
  const told = document.querySelector(`#help-${suggestion.field} .meaning`)?.textContent ?? "";
  const kind = suggestion.type === "field" ? told : (list.dataset[suggestion.field] ?? "");
  item.append(piece("value", suggestion.value), piece("kind", kind), piece("count", suggestion.count ?? ""));
  return item;
}

function piece(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}

function mark(number) {
  active = number;
  options.forEach((item, index) => item.setAttribute("aria-selected", String(index === number)));
  if (number < 0) {
    box.removeAttribute("aria-activedescendant");
  } else {
    box.setAttribute("aria-activedescendant", options[number].id);
    options[number].scrollIntoView({ block: "nearest" });
  }
}

function close() {
  window.clearTimeout(waiting);
  asking?.abort();
  show([]);
}

function choose(number) {
  const item = options[number];
  if (!item) return;
  const rest = box.value.slice(box.selectionStart).trimStart();
  box.value = item.dataset.query + rest;
  box.setSelectionRange(item.dataset.query.length, item.dataset.query.length);
  const more = item.dataset.more;
  close();
  if (more) ask();
}

function onKey(event) {
  if (event.isComposing || list.hidden) return;
  const last = options.length - 1;
  if (event.key === "ArrowDown") mark(active < last ? active + 1 : -1);
  else if (event.key === "ArrowUp") mark(active < 0 ? last : active - 1);
  else if (event.key === "Enter" && active >= 0) choose(active);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
}
