import { page } from "fresh";
import { Head } from "fresh/runtime";
import { FailedForGood } from "../../components/screens/Failed.tsx";
import { Speaking } from "../../components/words.tsx";
import RoomPage from "../../islands/RoomPage.tsx";
import { wordsFor } from "../../lib/i18n/server.ts";
import { isGenerated, roomFromPath } from "../../lib/protocol/room_name.ts";
import { define } from "../../lib/state.ts";

/** A room's page: its lobby. Opening it creates nothing; who is inside, it asks for itself. */
export const handler = define.handlers({
  GET(ctx) {
    const place = roomFromPath(ctx.url.pathname);
    return page(place, { status: place.ok ? 200 : 404 });
  },
});

export default define.page<typeof handler>(({ data, req }) => {
  const words = wordsFor(req.headers);
  if (!data.ok) {
    return (
      <Speaking words={words} still>
        <main class="room" data-phase="failed">
          <FailedForGood why="bad-room" />
        </main>
      </Speaking>
    );
  }
  return (
    <>
      <Head>
        <title>{isGenerated(data.room) ? "Tertulia" : `${data.name} · Tertulia`}</title>
        <meta name="robots" content="noindex" />
      </Head>
      <RoomPage words={words} room={data.room} />
    </>
  );
});
