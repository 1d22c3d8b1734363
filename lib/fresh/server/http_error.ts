/** An error that carries the HTTP status it shall be answered with, and what to tell the client. */
export class HttpError extends Error {
  override name = "HttpError";

  constructor(readonly status: number, message = `HTTP ${status}`, options?: ErrorOptions) {
    super(message, options);
  }
}
