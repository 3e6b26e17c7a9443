/* In a preview, a page shows itself anew when a declaration is saved, and says what is wrong with it. */
(() => {
  const state = document.createElement("div");
  let seen = null;
  const look = async () => {
    try {
      const answer = await fetch("/apercu/etat", { headers: { Accept: "text/html" } });
      const number = answer.headers.get("X-Preview");
      if (seen !== null && number !== seen && answer.headers.get("X-Preview-Right") === "yes") location.reload();
      else if (number !== seen) {
        state.innerHTML = await answer.text();
        if (!state.isConnected) document.body.prepend(state);
      }
      seen = number;
    } catch {
      /* the preview was stopped: the next look says whether it is back */
    }
    setTimeout(look, 1000);
  };
  look();
})();
