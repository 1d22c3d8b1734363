import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

/**
 * A component whose code comes when it is first shown; until then nothing stands in its place.
 * Should the code not come (the network is away), closing and opening again asks anew.
 *
 * @param load gets the component; asked again it must not load again, as `import()` does not
 */
export function later<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  return function Later(props: Props) {
    const [loaded, setLoaded] = useState<{ View: FunctionComponent<Props> } | null>(null);
    useEffect(() => {
      let wanted = true;
      load().then((View) => wanted && setLoaded({ View }), () => {});
      return () => {
        wanted = false;
      };
    }, []);
    return loaded && <loaded.View {...props} />;
  };
}
