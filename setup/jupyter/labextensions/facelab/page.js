// What JupyterLab leaves to be wished for when a lesson is opened again, which it loads as an extension of its own.
(() => {
  const WIDGET = "application/vnd.jupyter.widget-view+json";
  const FAILED = ".jp-OutputArea-output.jupyter-widgets"; // of one that is shown, only what is in it has the second name
  const PLACE = "facelab:place"; // under which name it is noted, with the lesson's path

  // On a busy computer Python may tell of its widgets just when the page has ceased to look for them, which it does for
  // two seconds; then they are there, and an error stands in their place. So each is asked for once more.
  function mendWidgets(panel) {
    const mended = new WeakSet();

    function list() {
      const areas = panel.content.widgets.flatMap((cell) => cell.outputArea ?? []);
      const rows = areas.flatMap(({ widgets, model }) => widgets.map((row, place) => [row, model.get(place)]));
      return rows.flatMap(([row, output]) => (row.widgets ?? []).map((view) => ({ view, output })));
    }

    function mend({ view, output }) {
      mended.add(view);
      view.removeClass("jupyter-widgets");
      view.renderModel(output);
    }

    const watcher = new MutationObserver(() => {
      if (!panel.node.querySelector(FAILED)) return;
      const failed = list().filter(({ view, output }) => view.node.matches(FAILED) && output?.data[WIDGET]);
      failed.filter(({ view }) => !mended.has(view)).forEach(mend);
    });
    watcher.observe(panel.node, { childList: true, subtree: true });
    panel.disposed.connect(() => watcher.disconnect());
  }

  // A lesson that was begun opens at the cell where its pupil was last. That is noted in the workspace, which lies in the
  // pupil's folder; a lesson that was laid out afresh has run nothing, and opens at the top whatever is noted.
  async function openWhereStopped({ content, context, revealed, disposed }, state) {
    await revealed;
    const noted = await state.fetch(`${PLACE}:${context.path}`);
    const place = content.widgets.findIndex(({ model }) => model.id === noted?.cell);
    if (place > 0 && content.widgets.some(({ model }) => model.executionCount)) {
      content.activeCellIndex = place;
      hold(content, disposed);
    }
    content.activeCellChanged.connect((_, cell) => cell && state.save(`${PLACE}:${context.path}`, { cell: cell.model.id }));
  }

  // Charts and widgets above grow while they come back: until the pupil does something, the cell is kept in sight.
  function hold(content, disposed) {
    const growth = new ResizeObserver(() => content.scrollToItem(content.activeCellIndex, "start").catch(() => {}));
    const letGo = () => growth.disconnect();
    growth.observe(content.viewportNode);
    const once = { capture: true, once: true };
    ["pointerdown", "wheel", "keydown"].forEach((name) => document.addEventListener(name, letGo, once));
    disposed.connect(letGo);
  }

  function activate(app, notebooks, state) {
    const meet = (panel) => {
      mendWidgets(panel);
      openWhereStopped(panel, state);
    };
    notebooks.forEach(meet);
    notebooks.widgetAdded.connect((_, panel) => meet(panel));
  }

  let shared = null; // the packages that JupyterLab shares with its extensions: name -> version -> how to get it

  async function take(name) {
    const factory = await Object.values(shared[name])[0].get();
    return factory();
  }

  async function getExtension() {
    const { INotebookTracker } = await take("@jupyterlab/notebook");
    const { IStateDB } = await take("@jupyterlab/statedb");
    return () => ({ id: "facelab:page", autoStart: true, requires: [INotebookTracker, IStateDB], activate });
  }

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB.facelab = { init: (scope) => { shared = scope; }, get: getExtension };
})();
