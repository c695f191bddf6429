// Tells Python which of the chosen keys was pressed while the pupil works in this widget. It listens before the notebook
// does, for the notebook turns a cell into a heading when somebody presses 1.
function render({ model, el }) {
  const box = () => el.closest(".facelab");

  function press(event) {
    if (!box()?.contains(event.target) || ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName)) return;
    if (event.target.closest("[data-own-keys]")?.dataset.ownKeys.includes(event.key)) return;
    if (event.key.startsWith("Arrow") && event.target.closest("[role=checkbox], [role=radio], [role=slider]")) return;
    if (!model.get("names").includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    model.send({ key: event.key });
  }

  // A click on the picture must bring the keys to this widget, so its box has to be able to take the focus.
  function focus(event) {
    if (!box()?.contains(event.target)) return;
    box().tabIndex = -1;
    if (!event.target.closest("button, input, select, a, summary")) setTimeout(() => box()?.focus({ preventScroll: true }));
  }

  document.addEventListener("keydown", press, true);
  document.addEventListener("pointerdown", focus, true);
  return () => {
    document.removeEventListener("keydown", press, true);
    document.removeEventListener("pointerdown", focus, true);
  };
}

export default { render };
