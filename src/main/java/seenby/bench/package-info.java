/** Benches: they talk to a server as any client does, and report what they measured. */
@NullMarked
package seenby.bench;

import org.jspecify.annotations.NullMarked;
