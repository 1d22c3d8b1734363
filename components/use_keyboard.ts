import { useEffect } from "preact/hooks";

/**
 * Tells styles, as `--keyboard`, how much of the page a phone's keyboard hides: Safari lays its over
 * the page, and what is stuck below would be under it. Others make the page smaller themselves.
 */
export function useKeyboard(): void {
  useEffect(() => {
    const view = globalThis.visualViewport;
    if (!view) return;
    const follow = () => {
      // Pinched larger, less of the page is seen too, and no keyboard hides the rest.
      const hidden = view.scale > 1.01 ? 0 : innerHeight - view.height - view.offsetTop;
      document.documentElement.style.setProperty("--keyboard", `${Math.max(0, hidden)}px`);
    };
    view.addEventListener("resize", follow);
    view.addEventListener("scroll", follow);
    return () => {
      view.removeEventListener("resize", follow);
      view.removeEventListener("scroll", follow);
    };
  }, []);
}
