/** A room as the screens know it: what stands in its link. */
export interface RoomPlace {
  /** As people read it; for a generated name, of no use to the eye. */
  readonly name: string;
  /** Made by "New call": only who has the link finds it, and may see who is inside. */
  readonly isPrivate: boolean;
  /** The whole link, with the secret after `#` where there is one. */
  readonly link: string;
}
