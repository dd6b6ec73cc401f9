/** Connections to Redis: they are asked before they are used, and nobody waits for a Redis that hangs. */
@NullMarked
package seenby.pool;

import org.jspecify.annotations.NullMarked;
