// Tells in the widget what Python cannot tell: that it has stopped, is busy or does not answer, and that something went
// wrong in the browser. It asks Python for a sign of life at each click and key; other scripts report when they ask and
// are answered. And for screen readers it gives the box its language and the dials their names, which ipywidgets leaves out.
const ENDS = ["restarting", "autorestarting", "starting", "terminating", "dead"]; // what is next knows nothing of this widget
const PATIENCE = 6_000; // milliseconds

function render({ model, el }) {
  const box = () => el.closest(".facelab");
  const kernel = model.widget_manager?.kernel; // JupyterLab's; elsewhere there may be none
  const note = document.createElement("p");
  note.setAttribute("role", "alert");
  note.className = "facelab-problem";
  el.append(note);
  const words = model.get("words");
  let clock = null;
  let trouble = "";
  let detail = "";

  function show() {
    note.hidden = !trouble;
    note.textContent = trouble ? words[trouble].replace("{problem}", detail) : "";
    box()?.classList.toggle("facelab-gone", trouble === "gone");
  }

  function nameDials() {
    for (const handle of box()?.querySelectorAll("[role=slider]") ?? []) {
      const name = handle.closest(".widget-slider")?.querySelector(".widget-label")?.textContent;
      if (name && handle.ariaLabel !== name) handle.ariaLabel = name;
    }
  }

  // A problem that appears out of sight is of no use to whoever has just pressed something here.
  function showProblem(changes) {
    const problem = changes.flatMap((change) => [...change.addedNodes]).find((node) => node.matches?.(".facelab-problem"));
    const last = document.activeElement;
    if (problem && box()?.contains(last)) problem.scrollIntoView({ block: "nearest" });
  }

  function tell(what, problem = "") {
    if (trouble === "gone") return; // nothing can be worse
    [trouble, detail] = [what, problem];
    show();
  }

  function calm(...troubles) {
    if (troubles.includes(trouble)) tell("");
  }

  function wait() {
    clearTimeout(clock);
    calm("busy", "silent");
    clock = setTimeout(() => tell(kernel?.status === "busy" ? "busy" : "silent"), PATIENCE);
  }

  function expect(event) {
    if (!box()?.contains(event.target) || clock || trouble === "gone") return false;
    wait();
    return true;
  }

  function ask(event) {
    if (!expect(event)) return;
    calm("failed");
    model.send({ kind: "beat" });
  }

  function hear() {
    clearTimeout(clock);
    clock = null;
    calm("busy", "silent");
  }

  const listen = (event) => box()?.contains(event.target) && hear();
  const live = (_, status) => ENDS.includes(status) && tell("gone");
  const ended = () => tell("gone");
  const connect = (_, status) => (status === "connected" ? calm("disconnected") : tell("disconnected"));

  // A failure in one of our scripts, which Jupyter loads from addresses that begin with blob:
  function fail(event) {
    const problem = event.reason ?? event.error;
    const here = box()?.contains(document.activeElement) || !document.activeElement?.closest(".facelab");
    if (here && problem?.stack?.includes("blob:")) tell("failed", problem.message);
  }

  const changes = [[kernel?.statusChanged, live], [kernel?.connectionStatusChanged, connect], [kernel?.disposed, ended]];
  const events = [["pointerdown", ask], ["keydown", ask], ["facelab-asked", expect], ["facelab-answered", listen]];
  changes.forEach(([signal, action]) => signal?.connect(action));
  events.forEach(([name, action]) => document.addEventListener(name, action, true));
  ["error", "unhandledrejection"].forEach((name) => window.addEventListener(name, fail));
  model.on("msg:custom", hear);
  const watcher = new MutationObserver((changes) => {
    nameDials();
    showProblem(changes);
    if (clock && changes.some((change) => !el.contains(change.target))) wait(); // a bar that grows is a sign of life
  });
  setTimeout(() => { // by then the box is on the page
    show();
    nameDials();
    if (box()) box().lang = words.language;
    if (box()) watcher.observe(box(), { childList: true, subtree: true });
  });
  return () => {
    clearTimeout(clock);
    watcher.disconnect();
    changes.forEach(([signal, action]) => signal?.disconnect(action));
    events.forEach(([name, action]) => document.removeEventListener(name, action, true));
    ["error", "unhandledrejection"].forEach((name) => window.removeEventListener(name, fail));
    model.off("msg:custom", hear);
  };
}

export default { render };
