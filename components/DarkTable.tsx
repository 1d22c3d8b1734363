import { Icon } from "./Icon.tsx";
import { seatOthers } from "./seating.ts";
import { Table } from "./Table.tsx";

/** The table where nothing works: no lamp, a plug that is out. */
export function DarkTable() {
  return (
    <Table size="message" dark chairs={seatOthers([], 6)}>
      <Icon name="unplug" class="unplugged" />
    </Table>
  );
}
