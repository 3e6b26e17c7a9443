// The work table with a script: the count follows the boxes, Shift ticks a range. Everything works without it.
const form = document.getElementById("selection");
const status = form?.querySelector("[data-selected]");
if (status) {
  const boxes = [...form.querySelectorAll("input[name=dossier]")];
  const all = Number(status.dataset.everything);
  let last = null;
  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    const number = all ? all - (boxes.length - ticked) : ticked;
    const text = number < 2 ? status.dataset.selectedOne : status.dataset.selected;
    status.textContent = text.replace(/[12]/, String(number));
  };
  form.addEventListener("click", (event) => {
    const box = event.target;
    if (!boxes.includes(box)) return;
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
    }
    last = box;
    count();
  });
}
