/**
 * A few numbers about a running server, written in Prometheus' text format 0.0.4.
 *
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */

/** Only rises. */
export interface Counter {
  /**
   * @param amount 0 or more
   * @param label the value of the counter's label, from a small closed set; required if it has one
   */
  add(amount?: number, label?: string): void;
}

/** Rises and falls. */
export interface Gauge {
  set(value: number): void;
  add(amount: number): void;
}

export interface Metrics {
  /**
   * A counter; asking twice for a name gives the same one.
   *
   * @param name by Prometheus' habit `tertulia_…_total`
   * @param label the name of its one label, if any
   */
  counter(name: string, help: string, label?: string): Counter;
  gauge(name: string, help: string): Gauge;
  /** A gauge that is read when it is asked for; the last `read` given to a name counts. */
  reading(name: string, help: string, read: () => number): void;
  /** Everything, as Prometheus reads it. */
  text(): string;
}

/** The media type of {@link Metrics.text}. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

interface Family {
  readonly type: "counter" | "gauge";
  readonly help: string;
  readonly label?: string;
  readonly values: Map<string, number>;
  read?: () => number;
}

/** Makes an empty set of metrics. */
export function createMetrics(): Metrics {
  const families = new Map<string, Family>();

  const family = (name: string, type: Family["type"], help: string, label?: string): Family => {
    const known = families.get(name);
    if (known) {
      if (known.type !== type) throw new TypeError(`${name} is a ${known.type} already`);
      return known;
    }
    const values = new Map<string, number>(label === undefined ? [["", 0]] : []);
    const made: Family = { type, help, label, values };
    families.set(name, made);
    return made;
  };
  const raise = (values: Map<string, number>, key: string, amount: number) =>
    values.set(key, (values.get(key) ?? 0) + amount);

  return {
    counter(name, help, label) {
      const { values } = family(name, "counter", help, label);
      return { add: (amount = 1, value = "") => void raise(values, value, amount) };
    },
    gauge(name, help) {
      const { values } = family(name, "gauge", help);
      return {
        set: (value) => void values.set("", value),
        add: (amount) => void raise(values, "", amount),
      };
    },
    reading(name, help, read) {
      family(name, "gauge", help).read = read;
    },
    text: () => [...families].map(([name, made]) => write(name, made)).join(""),
  };
}

function write(name: string, { type, help, label, values, read }: Family): string {
  const samples: [string, number][] = read ? [["", read()]] : [...values];
  const lines = samples.map(([value, number]) =>
    label === undefined
      ? `${name} ${number}`
      : `${name}{${label}=${JSON.stringify(value)}} ${number}`
  );
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join("\n") + "\n";
}
