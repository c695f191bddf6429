// The camera's live picture, mirrored like a looking-glass, with the found face drawn on it. Small pictures go to Python,
// each after an answer, so a slow computer sees fewer of them and none pile up; three are under way, so that one is packed
// here and one travels while Python looks at another.
const AT_ONCE = 3; // small pictures
const LOOK_WIDTH = 480; // pixels: enough to find a face
const BURST = 5;
const FAILURES = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "missing", OverconstrainedError: "missing", NotReadableError: "taken", AbortError: "taken" };

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// A canvas of a size that stays is kept by the browser as it is; a new size costs a new one.
function resize(canvas, width, height) {
  [width, height] = [Math.round(width), Math.round(height)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
}

async function grab(video, canvas, width, quality) {
  const scale = Math.min(1, width / video.videoWidth);
  resize(canvas, video.videoWidth * scale, video.videoHeight * scale);
  const pen = canvas.getContext("2d", { willReadFrequently: true }); // else it would be fetched from the graphics card
  pen.drawImage(video, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  return blob.arrayBuffer();
}

function drawFound(canvas, found) {
  resize(canvas, canvas.clientWidth, canvas.clientHeight);
  const pen = canvas.getContext("2d");
  const [wide, high] = [canvas.width, canvas.height];
  pen.clearRect(0, 0, wide, high);
  pen.lineWidth = 3;
  pen.strokeStyle = pen.fillStyle = "#ffe500";
  for (const [x, y, width, height] of found.boxes) pen.strokeRect(x * wide, y * high, width * wide, height * high);
  pen.beginPath(); // all points at once
  for (const [x, y] of found.points) pen.rect(x * wide - 1, y * high - 1, 2, 2);
  pen.fill();
}

function render({ model, el }) {
  const words = model.get("words");
  const button = (word, main) => make("button", { type: "button", className: "facelab-button" + (main ? " facelab-main" : ""), textContent: words[word] });
  const video = make("video", { muted: true, playsInline: true, ariaLabel: words.picture });
  const marks = make("canvas", { ariaHidden: "true" });
  const small = make("canvas"); // what Python looks at
  const count = make("div", { className: "facelab-count", role: "timer" });
  const stage = make("div", { className: "facelab-stage", hidden: true }, [video, marks, count]);
  const bars = make("div", { hidden: true }); // what Python makes of the live picture
  const which = make("select", { ariaLabel: words.which, hidden: true });
  const [toggle, shoot, burst] = [button("on", true), button("shoot", true), button("burst", false)];
  const slow = make("input", { type: "checkbox", checked: true });
  const slowly = make("label", {}, [slow, ` ${words.countdown}`]);
  const status = make("p", { role: "status" });
  const problem = make("p", { role: "alert", className: "facelab-problem", hidden: true });
  const shots = make("span", { hidden: true }, [shoot, ...(model.get("bursts") ? [burst] : []), slowly]);
  el.append(make("div", { tabIndex: -1 }, [make("div", { className: "facelab-live" }, [stage, bars]), toggle, shots, which, status, problem]));
  el.dataset.lmSuppressShortcuts = "true"; // else the notebook takes the space bar for scrolling

  let stream = null;
  let asking = false; // whether the browser may be asking the pupil for leave
  let gone = false; // whether the notebook has taken the widget away
  let busy = false;
  let waiting = 0; // for how many answers
  let seen = false; // whether the live picture is on the screen; a view that nobody sees asks Python nothing
  let beside = ""; // what stands beside the picture
  let chosen = ""; // the camera that the pupil has chosen
  const isSeen = () => seen && document.visibilityState === "visible";
  const shows = () => stream && video.videoWidth > 0; // a camera that was just turned on has no picture yet

  function tell(sentence) {
    problem.hidden = !sentence;
    problem.textContent = sentence;
  }

  function showCamera(on) {
    stage.hidden = shots.hidden = bars.hidden = !on;
    which.hidden = !on || which.length < 2;
    bars.innerHTML = beside = "";
    toggle.textContent = on ? words.off : words.on;
    toggle.classList.toggle("facelab-main", !on);
    status.textContent = "";
  }

  function stop() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    showCamera(false);
  }

  async function start() {
    tell("");
    if (!navigator.mediaDevices?.getUserMedia) return tell(words.insecure);
    asking = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 }, height: { ideal: 720 }, ...(chosen && { deviceId: { exact: chosen } }) } });
      if (gone) return stop();
      video.srcObject = stream;
      stream.getVideoTracks()[0].onended = () => { stop(); tell(words.lost); };
      await video.play();
      await listCameras();
    } catch (failure) {
      stop();
      chosen = ""; // it may have been unplugged
      return tell(words[FAILURES[failure.name]] ?? words.broken.replace("{problem}", failure.message));
    } finally {
      asking = false;
    }
    if (!stream) return; // taken away in its first moment
    showCamera(true);
    talk.tell({ kind: "on" });
    shoot.focus({ preventScroll: true }); // or the space bar would turn the camera off again
    el.scrollIntoView({ block: "nearest" }); // the picture and the button for it together
    goOn();
  }

  // Only after the pupil has allowed one camera does the browser tell the names of all.
  async function listCameras() {
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((each) => each.kind === "videoinput");
    const name = (camera, place) => camera.label || fill(words.camera, { number: place + 1 });
    which.replaceChildren(...cameras.map((each, place) => make("option", { value: each.deviceId, textContent: name(each, place) })));
    which.value = stream?.getVideoTracks()[0].getSettings().deviceId;
  }

  function goOn() {
    for (let number = waiting; number < AT_ONCE; number++) look();
  }

  async function look() {
    if (!shows() || !isSeen() || waiting >= AT_ONCE) return;
    waiting++;
    report(el, "asked");
    const picture = await grab(video, small, LOOK_WIDTH, 0.8);
    if (!gone) talk.tell({ kind: "look" }, [picture]); // a notebook that was closed meanwhile has no Python to be told
  }

  async function shootOnce() {
    report(el, "asked");
    talk.tell({ kind: "shot" }, [await grab(video, make("canvas"), 1600, 0.92)]);
    stage.animate([{ opacity: 0.2 }, { opacity: 1 }], 250); // a flash, so that one sees the shot
  }

  async function shootTimes(times) {
    if (busy || !shows()) return;
    busy = true;
    for (let left = slow.checked ? 3 : 0; left > 0 && stream; left--) {
      count.textContent = left;
      await pause(800);
    }
    count.textContent = "";
    for (let shot = 0; shot < times && shows(); shot++) {
      await shootOnce();
      if (shot + 1 < times) await pause(400);
    }
    busy = false;
    if (!model.get("bursts")) stop(); // one was wanted, and a light that stays on worries people
  }

  function hear(message) {
    if (message.kind === "found") waiting--;
    if (message.kind === "found" && stream) {
      drawFound(marks, message);
      if (beside !== message.bars) bars.innerHTML = beside = message.bars; // else a sound in it would begin anew each time
      if (status.textContent !== message.sentence) status.textContent = message.sentence; // not told ten times a second
      requestAnimationFrame(look);
    } else if (message.kind === "taken") tell(message.problem);
  }

  toggle.onclick = () => asking || (stream ? stop() : start()); // a second camera would never be turned off
  shoot.onclick = () => shootTimes(1);
  burst.onclick = () => shootTimes(BURST);
  slow.onchange = () => shoot.focus({ preventScroll: true }); // or the space bar would tick it again
  el.onkeydown = (event) => {
    if (event.key !== " " || ["BUTTON", "INPUT"].includes(event.target.tagName)) return;
    event.preventDefault();
    shootTimes(1);
  };
  which.onchange = () => { chosen = which.value; stop(); start(); };
  const talk = converse(model, el, hear);
  const watcher = new IntersectionObserver(([entry]) => { seen = entry.isIntersecting; goOn(); });
  watcher.observe(stage);
  document.addEventListener("visibilitychange", goOn);
  return () => {
    gone = true;
    stop();
    watcher.disconnect();
    document.removeEventListener("visibilitychange", goOn);
    talk.end();
  };
}

export default { render };
