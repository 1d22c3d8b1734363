/** An error that carries the HTTP status it should be answered with. */
export class HttpError extends Error {
  /** @param status the HTTP status, as 404 @param message what to tell the client */
  constructor(
    readonly status: number,
    message = `HTTP ${status}`,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "HttpError";
  }
}

/** The status an error is answered with: an `HttpError`'s own, else 500. */
export function statusOf(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}
