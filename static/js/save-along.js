/* Saves the answers of a body while they are written. Without it every point has its button. */
const PAUSE = 2500;

for (const form of document.querySelectorAll("[data-save-along]")) {
  const said = form.querySelector(".saved-along");
  let timer = 0;
  let isSaving = false;

  async function save() {
    if (isSaving) return wait();
    isSaving = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new FormData(form),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { revisions, given } = await answer.json();
      for (const [name, revision] of Object.entries(revisions)) form.elements[name].value = revision;
      const bar = document.querySelector("#how-far progress");
      bar.value = given;
      document.querySelector("#how-far .progress-words").textContent = form.dataset.words.replace("{given}", given);
      said.textContent = form.dataset.saved;
    } catch {
      // The button then says what is wrong, and gives both texts where somebody else was faster.
      said.textContent = form.dataset.failed;
    } finally {
      isSaving = false;
    }
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  form.addEventListener("input", wait);
  form.addEventListener("submit", () => clearTimeout(timer));
}
