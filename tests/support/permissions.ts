/**
 * Tells whether a test must be skipped because the run lacks a permission it needs.
 *
 * Bare `deno test` grants nothing: tests that read the tree, listen on a port or start a process
 * are then reported as ignored rather than failed; `deno task test` grants them all.
 *
 * @param names the permissions the test needs
 * @returns the value for `Deno.test({ ignore })`: true when any of them is not granted
 */
export function lacks(...names: Deno.PermissionDescriptor["name"][]): boolean {
  return names.some((name) => Deno.permissions.querySync({ name }).state !== "granted");
}
