import { App, type Context, HttpError } from "fresh";
import { h } from "preact";
import assert from "node:assert/strict";

interface State {
  trail: string[];
}

const at = (path: string, method = "GET") => new Request(`http://localhost${path}`, { method });

/** Asks an app, and gives status and text. */
async function ask(app: App<State>, path: string, method?: string): Promise<[number, string]> {
  const response = await app.handler()(at(path, method));
  return [response.status, await response.text()];
}

/** A middleware that leaves a word on the way in, and one on the way out. */
const leave = (word: string) => async (ctx: Context<State>) => {
  (ctx.state.trail ??= []).push(word);
  const response = await ctx.next();
  response.headers.append("x-out", word);
  return response;
};

const showTrail = (ctx: Context<State>) => ctx.text(ctx.state.trail.join(" "));

Deno.test("[FR1] middlewares run from top to bottom and back, for what is added after them", async () => {
  const app = new App<State>()
    .use(leave("a"))
    .get("/early", showTrail)
    .use(leave("b"), leave("c"))
    .use("/api", leave("api"))
    .get("/late", leave("own"), showTrail)
    .get("/api/x", showTrail)
    .get("/apix", showTrail);
  assert.deepEqual(await ask(app, "/early"), [200, "a"]);
  assert.deepEqual(await ask(app, "/late"), [200, "a b c own"]);
  assert.deepEqual(await ask(app, "/api/x"), [200, "a b c api"]);
  assert.deepEqual(await ask(app, "/apix"), [200, "a b c"]);
  const response = await app.handler()(at("/late"));
  assert.equal(response.headers.get("x-out"), "own, c, b, a");
});

Deno.test("[FR1] a middleware may answer itself, and sees paths that have no route", async () => {
  const app = new App<State>().use((ctx) =>
    ctx.url.pathname === "/mine" ? ctx.text("mine") : ctx.next()
  );
  assert.deepEqual(await ask(app, "/mine"), [200, "mine"]);
  assert.equal((await ask(app, "/other"))[0], 404);
});

Deno.test("[FR2] literal paths go before patterns, patterns in their order", async () => {
  const app = new App<State>()
    .get("/room/:id", (ctx) => ctx.text(`id ${ctx.params.id}`))
    .get("/room/*", (ctx) => ctx.text("star"))
    .get("/room/new", (ctx) => ctx.text("new"))
    .get("/mañana", (ctx) => ctx.text("literal"));
  assert.deepEqual(await ask(app, "/room/new"), [200, "new"]);
  assert.deepEqual(await ask(app, "/room/7"), [200, "id 7"]);
  assert.deepEqual(await ask(app, "/room/7/8"), [200, "star"]);
  assert.deepEqual(await ask(app, "/ma%C3%B1ana"), [200, "literal"]);
});

Deno.test("[FR2] methods have routes of their own; HEAD falls back to GET; others get 405", async () => {
  const app = new App<State>()
    .get("/x", (ctx) => ctx.text("get"))
    .post("/x", (ctx) => ctx.text("post"))
    .all("/all", (ctx) => ctx.text(ctx.req.method))
    .get("/:any", (ctx) => ctx.text("any"))
    .delete("/:any", (ctx) => ctx.text(`gone ${ctx.params.any}`));
  assert.deepEqual(await ask(app, "/x"), [200, "get"]);
  assert.deepEqual(await ask(app, "/x", "POST"), [200, "post"]);
  assert.deepEqual(await ask(app, "/x", "HEAD"), [200, ""]);
  assert.equal((await ask(app, "/x", "PUT"))[0], 405);
  assert.deepEqual(await ask(app, "/all", "PATCH"), [200, "PATCH"]);
  assert.deepEqual(await ask(app, "/thing", "DELETE"), [200, "gone thing"]);
});

Deno.test("[FR3] params are decoded like whole addresses: what separates stays encoded", async () => {
  const app = new App<State>().get("/r/:room", (ctx) => ctx.text(ctx.params.room));
  assert.deepEqual(await ask(app, "/r/caf%C3%A9%20%F0%9F%8E%89"), [200, "café 🎉"]);
  assert.deepEqual(await ask(app, "/r/a%2Fb%23c%3Fd"), [200, "a%2Fb%23c%3Fd"]);
  assert.deepEqual(await ask(app, "/r/%E0%A4%A"), [200, "%E0%A4%A"]);
});

Deno.test("[FR4] an HttpError is answered with its status and message, nothing found with 404", async () => {
  const app = new App<State>().get("/teapot", () => {
    throw new HttpError(418, "short and stout");
  });
  assert.deepEqual(await ask(app, "/teapot"), [418, "short and stout"]);
  assert.equal((await ask(app, "/nothing"))[0], 404);
});

Deno.test("[FR4] any other error is logged and answered with 500 that tells nothing", async () => {
  const app = new App<State>().get("/", () => Promise.reject(new Error("the password is 1234")));
  const written: unknown[] = [];
  const { error } = console;
  console.error = (...words) => written.push(...words);
  try {
    assert.deepEqual(await ask(app, "/"), [500, "Internal Server Error"]);
  } finally {
    console.error = error;
  }
  assert.match(String(written), /the password/);
});

Deno.test("[FR4] onError answers what is thrown, notFound every 404, outside the middlewares", async () => {
  const app = new App<State>()
    .onError((ctx) => ctx.text(`caught ${(ctx.error as Error).message}`, { status: 500 }))
    .notFound((ctx) => ctx.text("nothing here", { status: 404 }))
    .use(leave("a"))
    .get("/bad", () => Promise.reject(new Error("it")))
    .get("/gone", () => Promise.reject(new HttpError(404)));
  assert.deepEqual(await ask(app, "/bad"), [500, "caught it"]);
  assert.deepEqual(await ask(app, "/gone"), [404, "nothing here"]);
  const response = await app.handler()(at("/nowhere"));
  assert.equal(response.headers.get("x-out"), null);
  assert.equal(await response.text(), "nothing here");
});

Deno.test("[FR5] the context answers with text, JSON, HTML, pages and redirects", async () => {
  const app = new App<State>()
    .get("/text", (ctx) => ctx.text("<t>", { status: 201, headers: { "x-own": "1" } }))
    .get("/json", (ctx) => ctx.json({ a: 1 }))
    .get("/html", (ctx) => ctx.html("<b>b</b>"))
    .get("/page", (ctx) => ctx.render(h("p", { title: '"' }, "<tag>"), { status: 202 }))
    .get("/away", (ctx) => ctx.redirect("//evil.example/x"))
    .get("/moved", (ctx) => ctx.redirect("/there", 308));
  const handler = app.handler();
  const types = async (path: string) => (await handler(at(path))).headers.get("content-type");
  assert.equal(await types("/text"), "text/plain; charset=utf-8");
  assert.equal(await types("/json"), "application/json");
  assert.equal(await types("/html"), "text/html; charset=utf-8");
  assert.equal(await types("/page"), "text/html; charset=utf-8");
  assert.deepEqual(await ask(app, "/text"), [201, "<t>"]);
  assert.deepEqual(await ask(app, "/page"), [
    202,
    '<!DOCTYPE html><p title="&quot;">&lt;tag></p>',
  ]);
  assert.equal((await handler(at("/away"))).headers.get("location"), "/evil.example/x");
  const moved = await handler(at("/moved"));
  assert.deepEqual([moved.status, moved.headers.get("location")], [308, "/there"]);
});

Deno.test("[FR5] info reaches the context as it was given, and each request has its own state", async () => {
  const app = new App<State>().use(leave("once")).get("/", (ctx) => {
    const { room } = ctx.info as Deno.ServeHandlerInfo & { room: string };
    return ctx.text(`${room} ${ctx.state.trail}`);
  });
  const handler = app.handler();
  const remoteAddr = { transport: "tcp", hostname: "::1", port: 1 } as const;
  const info = (room: string) => ({ remoteAddr, completed: Promise.resolve(), room });
  const answers = await Promise.all(["one", "two"].map((room) => handler(at("/"), info(room))));
  assert.deepEqual(await Promise.all(answers.map((answer) => answer.text())), [
    "one once",
    "two once",
  ]);
});
