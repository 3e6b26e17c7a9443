// What a script adds to pages that work without one.

// A second click on a sending button does nothing while the first is under way; going back gives the button back.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// An answer that makes other questions appear brings them at once. The page that comes back was made from what had been
// typed when it was asked for: what was typed, ticked or chosen since then stays as it is.
const answersOf = (form) => new Map([...form.elements].filter((one) => one.id).map((one) => [one.id, stateOf(one)]));
const stateOf = (one) => (["radio", "checkbox"].includes(one.type) ? one.checked : one.value);
let sent = new Map();
let typed = [];

function refresh(event) {
  const answer = event.target;
  if (!answer.matches?.("[data-refreshes]")) return;
  if (event.type === "focusout" && (!sent.has(answer.id) || sent.get(answer.id) === stateOf(answer))) return;
  htmx.trigger("#refresh", "refresh");
}
document.addEventListener("change", refresh);
document.addEventListener("focusout", refresh);
document.addEventListener("htmx:beforeSend", (event) => {
  if (event.target.id === "refresh") sent = answersOf(event.target.closest("form"));
});
document.addEventListener("htmx:beforeSwap", (event) => {
  typed = [];
  const questions = event.target;
  if (questions.id !== "questions") return;
  for (const one of questions.querySelectorAll("input, select, textarea")) {
    const isFile = one.type === "file" && one.files.length > 0;
    if (one.id && (isFile || (sent.has(one.id) && sent.get(one.id) !== stateOf(one)))) typed.push(one);
  }
});
document.addEventListener("htmx:afterSwap", () => {
  for (const old of typed.splice(0)) {
    const fresh = document.getElementById(old.id);
    if (!fresh || fresh === old) continue;
    if (old.type === "file") { fresh.replaceWith(old); continue; }
    if (["radio", "checkbox"].includes(old.type)) { fresh.checked = old.checked; continue; }
    fresh.value = old.value;
    if (fresh === document.activeElement && old.selectionStart !== null && fresh.setSelectionRange) {
      fresh.setSelectionRange(old.selectionStart, old.selectionEnd);
    }
  }
});
