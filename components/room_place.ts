/** A room as the screens know it: what stands in its link. */
export interface RoomPlace {
  /** As people read it; for a generated name, of no use to the eye. */
  readonly name: string;
  /** Made by "New call": only who has the link finds it, and may see who is inside. */
  readonly isPrivate: boolean;
  /** How many seats were asked for at home, should it be us who make the room. */
  readonly capacity?: number;
  /** The whole link, with the secret after `#` where there is one. */
  readonly link: string;
}
