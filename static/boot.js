// What is said while the page's program is awaited, and to those who wait in vain.
{
  const boot = document.getElementById("boot");
  const waiting = () => "early" in app.dataset;
  // The first reason is the one: what follows it is of its making.
  const say = (kind, text) => {
    if (!waiting() || ["failed", "refused"].includes(boot.className)) return;
    boot.className = kind;
    boot.textContent = text;
    boot.hidden = false;
    if (!kind) return;
    const again = document.createElement("button");
    again.id = "boot-again";
    again.className = "button";
    again.textContent = "Try again · 再试一次";
    again.onclick = () => location.reload();
    boot.append(" ", again);
  };
  const failed = (reason) =>
    say("failed", `Coroscope could not start · Coroscope 未能启动：${String(reason).slice(0, 300)}`);
  setTimeout(() => say("", "Coroscope is loading … · 正在加载……"), 2500);
  setTimeout(() => say("slow", "Coroscope is still waiting for its program: the connection is slow or cut · 仍在等待程序：网络缓慢或已中断"), 8000);
  addEventListener("unhandledrejection", ({ reason }) => failed(reason));
  // A module that fails is an error of the window, one that cannot be had an error of its script.
  addEventListener("error", ({ target, message }) => {
    if (target === window) failed(message);
    else if (target instanceof HTMLScriptElement) failed("its program cannot be loaded · 无法加载程序");
  }, true);
  // What is pressed before the program has come: it presses it again.
  app.addEventListener("click", (event) => {
    if (!waiting()) return;
    if (event.target.closest(".skip")) {
      // Not an address of an example: move the focus instead.
      event.preventDefault();
      document.getElementById("plot").focus();
    }
    const button = event.target.closest("button[id]");
    if (!button) return;
    app.dataset.pressed = button.id;
    boot.hidden = false;
  });
  // What is turned before: it gives its own control the same value.
  app.addEventListener("input", ({ target }) => { if (waiting()) target.dataset.turned = ""; });
}
