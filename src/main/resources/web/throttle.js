/** A function that does the work once, this many milliseconds after its first call. Calls until then add nothing. */
export function throttle(millis, work) {
  let timer = 0;
  return () => {
    timer ||= setTimeout(() => {
      timer = 0;
      work();
    }, millis);
  };
}
