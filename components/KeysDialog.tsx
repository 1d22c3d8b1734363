import type { Key } from "../lib/i18n/catalogue.ts";
import { Dialog } from "./Dialog.tsx";
import { Switch } from "./Switch.tsx";
import type { Shortcuts } from "./use_keys.ts";
import { useWords } from "./words.tsx";

/** What each key does, in the order of how often it is wanted. Keys with names are messages. */
const KEYS: readonly (readonly [key: { readonly is: string } | Key, does: Key])[] = [
  [{ is: "M" }, "keys.microphone"],
  ["keys.space", "keys.talk"],
  [{ is: "V" }, "keys.camera"],
  [{ is: "H" }, "keys.hand"],
  [{ is: "C" }, "tool.chat"],
  [{ is: "P" }, "tool.people"],
  [{ is: "D" }, "keys.share"],
  [{ is: "W" }, "keys.view"],
  [{ is: "F" }, "keys.fullScreen"],
  [{ is: "?" }, "keys.help"],
  ["keys.arrows", "keys.move"],
  [{ is: "Esc" }, "keys.escape"],
];

/** The keys that work the call, and the switch to turn them off. */
export function KeysDialog(
  { shortcuts, onClose }: { shortcuts: Shortcuts; onClose: () => void },
) {
  const { t } = useWords();
  return (
    <Dialog kind="card" title={t("tool.keys")} onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([key, does]) => (
          <div key={does}>
            <dt>
              <kbd>{typeof key === "string" ? t(key) : key.is}</kbd>
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
      <Switch label={t("settings.keys")} on={shortcuts.on} onChange={shortcuts.set} />
    </Dialog>
  );
}
