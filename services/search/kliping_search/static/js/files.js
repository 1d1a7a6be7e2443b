// The inbox's page: files may be dropped, and the list follows what becomes of them. Without this, by the form and by reloading.
const form = document.querySelector("[data-drop]");
if (form) {
  const input = form.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    form.addEventListener(name, () => form.classList.remove("over"));
  }
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });
}
new EventSource("/api/v1/files/events").addEventListener("files", () => {
  htmx.ajax("GET", location.href, {target: "#live", select: "#live", swap: "outerHTML"});
});
// What the reader has opened stays open.
let open = [];
document.body.addEventListener("htmx:beforeSwap", () => {
  open = Array.from(document.querySelectorAll("#live details[open]"), (one) => one.id);
});
document.body.addEventListener("htmx:afterSettle", () => {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
});
