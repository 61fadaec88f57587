// Added by `cargo xtask serve` only: reloads the page when a newer build than the one it shows is being served.
(async () => {
  const ask = async (query) => Number(await (await fetch(`/.xtask/build${query}`)).text());
  const shown = await ask("");
  for (;;) {
    try {
      // Answered when there is a newer build, or after a while without one.
      if ((await ask(`?after=${shown}`)) > shown) location.reload();
    } catch (stopped) {
      await new Promise((resume) => setTimeout(resume, 2000));
    }
  }
})();
