// In the words of old browsers, so that they can be told: what keeps the page from starting at all.
(function () {
  var why;
  if (location.protocol === "file:") {
    why = [
      "Coroscope cannot be opened as a file: browsers give no modules to a page on a disk. Serve its folder, for example by “python3 -m http.server”, and open http://localhost:8000/.",
      "不能以文件方式打开 Coroscope：浏览器不允许磁盘上的页面加载模块。请用服务器提供该文件夹，例如运行 “python3 -m http.server” 后打开 http://localhost:8000/。"
    ];
  } else if (typeof WebAssembly !== "object") {
    why = [
      "Coroscope needs WebAssembly, which this browser lacks or has switched off. Firefox, Chrome, Edge and Safari of 2024 or newer have it.",
      "Coroscope 需要 WebAssembly，而此浏览器没有或已将其关闭。2024 年以后的 Firefox、Chrome、Edge 和 Safari 均可使用。"
    ];
  } else if (!("noModule" in HTMLScriptElement.prototype)) {
    why = [
      "Coroscope needs a browser with JavaScript modules. Firefox, Chrome, Edge and Safari of 2024 or newer have them.",
      "Coroscope 需要支持 JavaScript 模块的浏览器。2024 年以后的 Firefox、Chrome、Edge 和 Safari 均可使用。"
    ];
  }
  if (!why) return;
  var boot = document.getElementById("boot");
  boot.className = "refused";
  boot.textContent = why.join(" · ");
  boot.removeAttribute("hidden");
})();
