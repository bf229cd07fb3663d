// Has the page kept for when there is no network, once it stands; says when there is another version of it.
if ("serviceWorker" in navigator && document.querySelector("meta[name=coroscope-offline]")) {
  const workers = navigator.serviceWorker;
  let taken = false;
  const tell = (worker) => {
    if (document.getElementById("update")) return;
    const words = document.documentElement.lang.startsWith("zh")
      ? ["Coroscope 有了新版本。", "使用新版本", "稍后"]
      : ["There is a newer version of Coroscope.", "Use it", "Later"];
    const update = document.createElement("div");
    update.id = "update";
    update.setAttribute("role", "status");
    update.append(words[0]);
    for (const [n, act] of [[1, () => { taken = true; worker.postMessage("take"); }], [2, () => update.remove()]]) {
      const button = document.createElement("button");
      button.className = "button";
      button.id = ["", "update-take", "update-later"][n];
      button.textContent = words[n];
      button.onclick = act;
      update.append(button);
    }
    document.body.append(update);
  };
  // Only where it was asked for; another page that is open goes on.
  workers.addEventListener("controllerchange", () => { if (taken) location.reload(); });
  const keep = async () => {
    try {
      const registration = await workers.register("offline.js");
      const watch = (worker) => worker?.addEventListener("statechange", () => {
        if (worker.state === "installed" && workers.controller) tell(worker);
      });
      if (registration.waiting && workers.controller) tell(registration.waiting);
      watch(registration.installing);
      registration.addEventListener("updatefound", () => watch(registration.installing));
    } catch {
      // Where it cannot be kept the page is only not there without a network.
    }
  };
  // When the reader has what they came for.
  addEventListener("load", () => setTimeout(keep, 6000));
}
