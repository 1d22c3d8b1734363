/** People who meet on fakes: one room, one clock, one network. */
import { Call } from "../../lib/call/call.ts";
import { care, type Cared } from "../../lib/call/care.ts";
import { asId, type RoomId, type SeatId } from "../../lib/protocol/ids.ts";
import { FakeClock } from "../support/clock.ts";
import { type FakeEnv, fakeEnv, pass, settle } from "../support/fake_env.ts";
import { FakeScreen } from "../support/fake_media.ts";
import { type FakeLink, FakeRoom } from "../support/fake_link.ts";
import { FakeNetwork, type FakePeerConnection } from "../support/fake_rtc.ts";

/** A name of the shape "New call" mints. */
export const ROOM = asId<RoomId>("0000-0000-0000-0000-0000-0000-0000");

export interface Person {
  readonly env: FakeEnv;
  readonly link: FakeLink;
  readonly screen: FakeScreen;
  readonly call: Call;
}

interface Coming {
  readonly room?: RoomId;
  readonly env?: Partial<FakeEnv>;
  /** Comes back to this seat, as a reload does. */
  readonly returning?: SeatId;
  readonly prepare?: (env: FakeEnv) => void;
}

export class World {
  readonly clock = new FakeClock();
  readonly network = new FakeNetwork();
  readonly room: FakeRoom;
  readonly people: Person[] = [];

  constructor(capacity = 6) {
    this.room = new FakeRoom({ capacity });
  }

  /** Opens the page, up to the lobby. */
  async open(name: string, coming: Coming = {}): Promise<Person> {
    const env = fakeEnv({ clock: this.clock, network: this.network, ...coming.env });
    coming.prepare?.(env);
    const room = coming.room ?? ROOM;
    const link = this.room.connect(coming.returning ? { seat: coming.returning, room } : null);
    const screen = new FakeScreen();
    const fetched = { care: (cared: Cared) => care(cared, screen) };
    const call = new Call({ room, env, link, loadCare: () => Promise.resolve(fetched) });
    if (name) call.setName(name);
    const one: Person = { env, link, screen, call };
    this.people.push(one);
    await settle();
    return one;
  }

  async join(name: string, coming: Coming = {}): Promise<Person> {
    const one = await this.open(name, coming);
    one.call.join();
    await settle();
    return one;
  }

  /** All connections that are not closed; of one person, if asked for. */
  connections(of?: Person): FakePeerConnection[] {
    return this.network.made.filter((each) => {
      const [certificate] = each.getConfiguration().certificates ?? [];
      return !each.closed && (!of || of.env.certificates.includes(certificate));
    });
  }

  pass(ms: number): Promise<void> {
    return pass(this.clock, ms);
  }

  /** Ends everybody; nothing may be left running. */
  dispose(): void {
    for (const { call } of this.people) call.dispose();
  }
}

/** Runs a test with a world, and disposes of it. */
export async function inWorld(
  test: (world: World) => Promise<void>,
  capacity?: number,
): Promise<void> {
  const world = new World(capacity);
  try {
    await test(world);
  } finally {
    world.dispose();
  }
  if (world.clock.waiting > 0) throw new Error(`${world.clock.waiting} timers were left behind`);
  const open = world.connections().length;
  if (open > 0) throw new Error(`${open} connections were left open`);
}
