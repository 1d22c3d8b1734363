import assert from "node:assert/strict";
import { LobbySettings } from "../../components/LobbySettings.tsx";
import { shortcutOf } from "../../lib/call/shortcuts.ts";
import { fakeCall } from "../support/fake_call.ts";
import { scenes } from "../support/gallery/scenes.ts";
import { buttonsIn, html, roomHtml } from "./support.tsx";

const SCENES = scenes(() => null, Date.UTC(2026, 0, 1));

Deno.test("[PW8] The lobby leads to the settings, and they say nothing of a stage", () => {
  assert.ok(buttonsIn(roomHtml(SCENES.lobby())).includes("Settings"));
  assert.ok(buttonsIn(roomHtml(SCENES.lobby(), "es")).includes("Ajustes"));
  const settings = html(
    <LobbySettings
      call={fakeCall()}
      shortcuts={{ on: true, set: () => {}, of: shortcutOf }}
      onClose={() => {}}
    />,
  );
  assert.match(settings, /Reduce noise[^]*Mirror my picture[^]*aria-label="Language"/);
  assert.doesNotMatch(settings, /Show my picture|My picture large/);
});

Deno.test("[LN11] On plain http the lobby says why and what to do, in place of devices", () => {
  const insecure = { is: "failed", why: "insecure" } as const;
  const { room } = SCENES.lobby();
  const call = fakeCall({ phase: "lobby" }, { microphone: insecure, camera: insecure });
  const text = roomHtml({ ...SCENES.lobby(), call, room });
  assert.match(text, /to https only\.[^]*begins with https\.[^]*deno task lan/);
  assert.ok(!buttonsIn(text).some((name) => /microphone|camera/i.test(name)), "none that fails");
});
