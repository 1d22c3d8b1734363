import { render } from "preact";
import { useRef } from "preact/hooks";
import type { CallModel, Participant } from "../lib/call/model.ts";
import type { Words } from "../lib/i18n/catalogue.ts";
import { faceOf } from "./Tile.tsx";
import { TileFrame } from "./TileFrame.tsx";
import { Tool } from "./Tool.tsx";
import { cameraTool, leaveTool, microphoneTool } from "./tools.ts";
import { Video } from "./Video.tsx";
import { Speaking, useWords } from "./words.tsx";

/** What WICG "Document Picture-in-Picture" adds to a window. */
interface DocumentPictureInPicture {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

const SIZE = { width: 400, height: 320 };

/**
 * Opens the small window; to be called in a press.
 *
 * @param onClose called once when it is closed, by whomever
 * @returns closes it
 * @throws when the browser refuses, or nobody has a picture
 */
export async function openSmallWindow(
  call: CallModel,
  words: Words,
  onClose: () => void,
): Promise<() => void> {
  const { documentPictureInPicture } = globalThis as {
    documentPictureInPicture?: DocumentPictureInPicture;
  };
  if (documentPictureInPicture) {
    return openDocument(await documentPictureInPicture.requestWindow(SIZE), call, words, onClose);
  }
  const video = document.querySelector<HTMLVideoElement>("[data-peer]:not([data-self]) video");
  if (video === null) throw new Error("nobody to show");
  await video.requestPictureInPicture();
  video.addEventListener("leavepictureinpicture", onClose, { once: true });
  return () => void document.exitPictureInPicture().catch(() => {});
}

function openDocument(
  opened: Window,
  call: CallModel,
  words: Words,
  onClose: () => void,
): () => void {
  const { document: page } = opened;
  page.documentElement.lang = words.lang;
  page.title = document.title;
  for (const { href } of document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")) {
    const link = page.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    page.head.append(link);
  }
  render(
    <Speaking words={words}>
      <SmallWindow call={call} />
    </Speaking>,
    page.body,
  );
  opened.addEventListener("pagehide", () => {
    render(null, page.body);
    onClose();
  }, { once: true });
  return () => opened.close();
}

/** Who spoke last, or else the first; their sound comes from the page itself. */
function SmallWindow({ call }: { call: CallModel }) {
  const words = useWords();
  const shown = useRef<Participant>();
  const others = call.others.value;
  const speaker = others.find(({ speaking }) => speaking.value);
  const stays = others.find(({ seat }) => seat === shown.current?.seat);
  const person = shown.current = speaker ?? stays ?? others[0];
  return (
    <main class="stage small-window">
      <div class="stage-tiles two">
        {person && (
          <TileFrame key={person.seat} face={faceOf(person)}>
            <Video stream={person.stream.value} silent />
          </TileFrame>
        )}
      </div>
      <section class="tray" aria-label={words.t("tool.toolbar")}>
        <div class="tray-middle">
          <Tool tool={microphoneTool(call.media, words)} />
          <Tool tool={cameraTool(call.media, words)} />
          <Tool tool={leaveTool(call, words)} />
        </div>
      </section>
    </main>
  );
}
